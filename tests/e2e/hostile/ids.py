"""Ids, addresses, secrets and keys of a form that nothing has."""

from typing import Any

IDS: tuple[Any, ...] = (
    "",
    "1",
    "-1",
    "null",
    "undefined",
    "*",
    "../../etc/passwd",
    "' OR '1'='1",
    "1; DROP TABLE bookings --",
    "00000000-0000-0000-0000-00000000000g",
    "01890000-0000-7000-8000-00000000000",
    "01890000-0000-7000-8000-0000000000000",
    "01890000-0000-7000-8000-000000000000'",
    "01890000-0000-7000-8000-000000000000\x00",
    "x" * 10_000,
    0,
    -1,
    2**63,
    1.5,
    True,
    ["01890000-0000-7000-8000-000000000000"],
    {"$ne": None},
)

IN_PATHS = (
    "1",
    "-",
    "--",
    "a" * 43,
    "A" * 43,
    "a" * 42,
    "a" * 2000,
    "01890000-0000-7000-8000-000000000000",
    "%00",
    "studio%00",
    "studio%0a",
    "%0d%0aSet-Cookie:%20a=b",
    "%27%20OR%201=1",
    "..%2f..%2fetc%2fpasswd",
    "%2e%2e",
    "%252e%252e%252f",
    "%c3%a9" * 10,
    "%ff%fe",
    "%ED%A0%80",
    "%F0%9F%92%A3",
    "STUDIO",
    "{slug}",
    "$%7Bjndi:ldap://x%7D",
    "%3Cscript%3E",
)
"""What stands in an address where a page, a link or a hold is named; `%` and two digits is how a byte is written."""

KEYS = (
    b"",
    b" ",
    b"\t",
    "é".encode(),
    b"\xff",
    b"\x7f",
    b"a\x01b",
    "a\u00a0b".encode(),
    b"x" * 256,
    b"x" * 5000,
    "💣".encode(),
)
"""What is no Idempotency-Key."""
