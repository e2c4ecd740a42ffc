"""What a guest sends to hold and to book, and what they are told."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, StringConstraints

from booking_public.domain.bookings import Guest, GuestAppointment
from booking_public.domain.codes import Verification
from booking_public.domain.payments import Deposit
from booking_public.schemas.fields import Locale
from contracts.booking import IntakeQuestion
from contracts.ids import ServiceId, StaffId
from contracts.money import Money
from contracts.wire import Instant, Wire
from plumbing.problems import FieldError, Invalid
from plumbing.schemas import Body, Email, Flag, Name, Phone, Text, When
from scheduling.hours import is_zone

MOST_NOTES = 5_000
MOST_ANSWER = 1_000

_AGREED = "Agreed on the booking page to be sent news and offers."


def _zone(value: str) -> str:
    if not is_zone(value):
        raise ValueError("is not a time zone such as Asia/Dubai")
    return value


Zone = Annotated[str, StringConstraints(min_length=1, max_length=64), AfterValidator(_zone)]
Token = Annotated[str, StringConstraints(min_length=20, max_length=100, pattern=r"^[A-Za-z0-9_-]+$")]
CaptchaToken = Annotated[str, StringConstraints(min_length=1, max_length=10_000, pattern=r"^[!-~]+$")]
AnswerText = Annotated[str, StringConstraints(strip_whitespace=True, max_length=MOST_ANSWER)]
Answers = Annotated[dict[Annotated[str, StringConstraints(max_length=36)], AnswerText | Flag], Field(max_length=50)]


class WishIn(Body):
    """A service, perhaps of somebody, at a time."""

    service_id: ServiceId
    staff_id: StaffId | None = None
    start: When


class GuestIn(Body):
    """Who books. `marketingOptIn`: whether they want to be sent news."""

    name: Name
    email: Email
    phone: Phone | None = None
    marketing_opt_in: Flag = False

    def guest(self) -> Guest:
        """The same, as it is kept."""
        text = _AGREED if self.marketing_opt_in else None
        return Guest(name=self.name, email=self.email, phone=self.phone, marketing_text=text)


class BookIn(WishIn):
    """What is booked and by whom; `answers` are those to the questions of the page, by their ids."""

    hold_token: Token | None = None
    customer: GuestIn
    answers: Answers = {}
    notes: Text = ""
    timezone: Zone | None = None
    locale: Locale | None = None
    quoted_price: Money | None = None
    captcha_token: CaptchaToken | None = None

    def notes_with(self, questions: Sequence[IntakeQuestion]) -> str:
        """The notes, with each question and what was answered. Raises Invalid with a pointer to every wrong answer."""
        known = {str(question.id): question for question in questions}
        errors = [
            FieldError(pointer=f"/answers/{name}", detail="is no question of this service")
            for name in self.answers
            if name not in known
        ]
        lines: list[str] = []
        for name, question in known.items():
            wrong = _wrong(question, self.answers.get(name))
            if wrong is not None:
                errors.append(FieldError(pointer=f"/answers/{name}", detail=wrong))
            elif name in self.answers:
                lines.append(f"{question.label}: {_said(self.answers[name])}")
        if errors:
            raise Invalid(errors)
        notes = "\n".join(filter(None, [self.notes, *lines]))
        if len(notes) > MOST_NOTES:
            raise Invalid.at("/answers", f"are, with the notes, longer than {MOST_NOTES} characters")
        return notes


class HoldOut(Wire):
    """A time that is kept: whoever has the token may book it until then."""

    hold_token: str
    staff_id: StaffId
    expires_at: Instant


class PaymentOut(Wire):
    """What the browser needs to pay the deposit."""

    client_secret: str
    amount: int
    currency: str
    expires_at: Instant

    @classmethod
    def of(cls, deposit: Deposit) -> Self:
        """Of a deposit that has been asked for."""
        due = deposit.due
        secret = deposit.client_secret or ""
        return cls(client_secret=secret, amount=due.amount, currency=due.currency, expires_at=deposit.expires_at)


class ToPayOut(Wire):
    """The deposit that a card is still waited for, until then."""

    amount: int
    currency: str
    expires_at: Instant

    @classmethod
    def of(cls, deposit: Deposit | None) -> Self | None:
        """None when nothing is waited for."""
        if deposit is None:
            return None
        return cls(amount=deposit.amount, currency=deposit.currency, expires_at=deposit.expires_at)


class BookedOut(Wire):
    """The appointment; what is to be paid for it, if anything; and the link by which the guest manages it.

    With `verification` the guest was sent a code, and has to send it back until then.
    """

    appointment: GuestAppointment
    payment: PaymentOut | None
    verification: Verification | None = None
    manage_token: str
    manage_url: str
    calendar_url: str

    @classmethod
    def of(cls, answer: Mapping[str, Any], token: str, public_url: str) -> "BookedOut":
        """The answer that is kept, with the secret that is not."""
        return cls.model_validate(
            {
                "appointment": answer["appointment"],
                "payment": answer["payment"],
                "verification": answer.get("verification"),
                "manageToken": token,
                "manageUrl": manage_url(public_url, token),
                "calendarUrl": f"{public_url}/api/public/bookings/{token}/calendar.ics",
            }
        )


def manage_url(public_url: str, token: str) -> str:
    """Where whoever has this secret looks after their appointment."""
    return f"{public_url}/booking/manage/{token}"


class RescheduleIn(Body):
    """Where the appointment is to be moved; to the same staff member, unless another is named."""

    start: When
    staff_id: StaffId | None = None


class CodeIn(Body):
    """The code that the guest was sent."""

    code: Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]


class ManagedOut(Wire):
    """The appointment as it is now, and what may still be done with it: null when it is over.

    `paid`: what a card has paid of the deposit, or keeps ready, less what was given back; null when nothing was.
    """

    appointment: GuestAppointment
    can_cancel_until: Instant | None
    can_reschedule_until: Instant | None
    refund_if_cancelled_now: Money | None
    payment: ToPayOut | None
    paid: Money | None
    verification: Verification | None
    policy: dict[str, Any]


type _Answer = str | bool


def _wrong(question: IntakeQuestion, answer: _Answer | None) -> str | None:
    """What is wrong with an answer; None when nothing is."""
    if answer is None or answer in ("", False):
        return "has to be answered" if question.required else None
    if question.kind == "checkbox":
        return None if answer is True else "must be true or false"
    if not isinstance(answer, str) or "\x00" in answer:
        return "must be a text"
    return "is none of the options" if question.kind == "choice" and answer not in question.options else None


def _said(answer: _Answer) -> str:
    return {True: "yes", False: "no"}[answer] if isinstance(answer, bool) else answer
