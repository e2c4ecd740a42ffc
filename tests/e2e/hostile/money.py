"""Amounts that are none: below nothing, in parts of the smallest coin, of no currency, or more than there is."""

from typing import Any

MONEY: tuple[Any, ...] = (
    1,
    "150.00",
    True,
    [],
    {},
    {"amount": 15000},
    {"currency": "AED"},
    {"amount": -1, "currency": "AED"},
    {"amount": -0.01, "currency": "AED"},
    {"amount": 1.5, "currency": "AED"},
    {"amount": "15000", "currency": "AED"},
    {"amount": "0x10", "currency": "AED"},
    {"amount": True, "currency": "AED"},
    {"amount": None, "currency": "AED"},
    {"amount": [15000], "currency": "AED"},
    {"amount": 10**13, "currency": "AED"},
    {"amount": 2**64, "currency": "AED"},
    {"amount": 1e400, "currency": "AED"},
    {"amount": 15000, "currency": "aed"},
    {"amount": 15000, "currency": "AEDX"},
    {"amount": 15000, "currency": ""},
    {"amount": 15000, "currency": "AED\n"},
    {"amount": 15000, "currency": 784},
    {"amount": 15000, "currency": "AED", "tip": -15000},
    {"amount": 15000, "currency": "AED", "exponent": 5},
)

NUMBERS: tuple[Any, ...] = (
    "",
    "1",
    "NaN",
    "1e3",
    "0x10",
    1.5,
    -(2**63),
    2**31,
    2**63,
    10**400,
    1e308,
    True,
    [1],
    {"$gt": 0},
)
"""What is not a whole number of minutes, days or seats; in a query `1` is one."""
