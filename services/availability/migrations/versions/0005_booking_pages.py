"""What is known here of booking pages: which slugs offer which services and staff."""

from alembic import op

from plumbing.migrations import wall

revision = "0005"
down_revision = "0004"

# A removed page stays, so that an older event that arrives late cannot bring it back.
PAGES_COPY = """
CREATE TABLE booking_pages_copy (
    business_id uuid NOT NULL,
    id uuid NOT NULL,
    revision integer NOT NULL,
    service_ids uuid[],
    staff_ids uuid[],
    active boolean NOT NULL,
    archived boolean NOT NULL,
    CONSTRAINT pk_booking_pages_copy PRIMARY KEY (business_id, id)
)
"""

# Events of two pages come in any order, so a slug may for a moment be that of both: the present one counts.
SLUGS_COPY = """
CREATE TABLE page_slugs_copy (
    slug text NOT NULL,
    business_id uuid NOT NULL,
    page_id uuid NOT NULL,
    until timestamptz,
    CONSTRAINT pk_page_slugs_copy PRIMARY KEY (slug, page_id),
    CONSTRAINT fk_page_slugs_copy_business_id_page_id
        FOREIGN KEY (business_id, page_id) REFERENCES booking_pages_copy (business_id, id)
)
"""

INDEX = "CREATE INDEX ix_page_slugs_copy_business_id_page_id ON page_slugs_copy (business_id, page_id)"


def upgrade() -> None:
    for statement in (PAGES_COPY, SLUGS_COPY, INDEX):
        op.execute(statement)
    wall(op, "booking_pages_copy", "page_slugs_copy")
