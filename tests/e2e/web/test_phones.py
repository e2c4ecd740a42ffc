"""Which phone numbers the wizard takes: as many digits as the numbers of people have, by the rules of the server."""

import re

import phonenumbers
from phonenumbers import PhoneMetadata

from sundial_local.layout import web_files

LISTED = web_files().parent / "src" / "booking" / "steps" / "details" / "countries.ts"
ENTRY = re.compile(r"\b([A-Z]{2})(\d+):([\d,-]+)(?::(\d+))?")
MOBILE_IS_DIALLED_LONGER = "AR"
"""By 15 before the number, which the server takes away."""
NORTH_AMERICA = 1


def lengths(written: str) -> set[int]:
    """Of `8-9,11`."""
    ranges = [[int(end) for end in each.split("-")] for each in written.split(",")]
    return {length for ends in ranges for length in range(ends[0], ends[-1] + 1)}


def expected(country: str) -> set[int]:
    """Of fixed lines, mobiles, and numbers that follow a person; at most 15 digits with the calling code (E.164)."""
    known = PhoneMetadata.metadata_for_region(country)
    assert known is not None
    if known.country_code == NORTH_AMERICA:
        return {10}
    kinds = (known.fixed_line, known.mobile, known.voip, known.personal_number)
    found = {length for kind in kinds if kind for length in kind.possible_length if length > 0}
    found |= {12} if country == MOBILE_IS_DIALLED_LONGER else set()
    return {length for length in found if length + len(str(known.country_code)) <= 15}


def test_a_number_may_be_as_long_as_the_server_knows_them_there():
    entries = ENTRY.findall(LISTED.read_text())
    assert len(entries) > 200
    assert {country: lengths(written) for country, _, written, _ in entries} == {
        country: expected(country) for country, *_ in entries
    }
    for country, dial, _, _ in entries:
        calling = str(phonenumbers.country_code_for_region(country))
        assert dial == calling or (calling == "1" and len(dial) == 4), country
