"""What services write as the reason of a cancellation, the mails say in every language."""

import pytest

from appointments.domain.appointments import EXPIRED
from appointments.use_cases.wait import DECLINED
from booking_public.domain.bookings import BY_GUEST
from booking_public.use_cases.bookings.advance import NOT_ASKED_FOR
from booking_public.use_cases.bookings.codes import NOT_VERIFIED
from booking_public.use_cases.bookings.unpaid import NOT_PAID
from notifications.domain.kinds import LOCALES
from notifications.use_cases.writing.defaults import reasons

WRITTEN = {EXPIRED, DECLINED, NOT_ASKED_FOR, NOT_VERIFIED, BY_GUEST, NOT_PAID}


@pytest.mark.parametrize("locale", LOCALES)
def test_every_reason_has_words(locale: str):
    assert reasons(locale).keys() == WRITTEN
