"""Templates, read: a business's own words where it has some, else those that come with the product."""

from sqlalchemy import select

from contracts.ids import BusinessId
from notifications.domain import Template, TemplateKey
from notifications.tables import template_of, templates
from plumbing.db import Tx


async def own_template(tx: Tx, business_id: BusinessId, key: TemplateKey) -> Template | None:
    """The words that the business has given this template; None when it has not."""
    c = templates.c
    own = (c.business_id == business_id) & (c.kind == key.kind.value)
    row = await tx.row(
        select(templates).where(own, c.channel == key.channel.value, c.locale == key.locale),
    )
    return template_of(row) if row else None


async def own_templates(tx: Tx, business_id: BusinessId) -> dict[TemplateKey, Template]:
    """All that the business has made its own."""
    found = [template_of(row) for row in await tx.rows(select(templates).where(templates.c.business_id == business_id))]
    return {each.key: each for each in found}
