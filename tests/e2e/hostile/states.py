"""What a guest must not say: whose, how, by whom and for how much is decided here, and not by who asks."""

from typing import Any

SMUGGLED: dict[str, Any] = {
    "status": "CONFIRMED",
    "price": {"amount": 0, "currency": "AED"},
    "amount": 0,
    "currency": "JPY",
    "deposit": None,
    "refund": {"amount": 10**6, "currency": "AED"},
    "businessId": "01890000-0000-7000-8000-000000000000",
    "bookingPageId": "01890000-0000-7000-8000-000000000000",
    "role": "owner",
    "userId": "01890000-0000-7000-8000-000000000000",
    "customerId": "01890000-0000-7000-8000-000000000000",
    "id": "01890000-0000-7000-8000-000000000000",
    "source": "internal",
    "allow": ["outsideHours", "timeOff"],
    "end": "2099-01-01T00:00:00Z",
    "expiresAt": None,
    "revision": 99,
    "isPaid": True,
    "terms": {"isAutomatic": True},
    "__proto__": {"role": "owner"},
}
"""Fields that no guest has, and what they would gain by them."""
