"""What strangers see of a booking page."""

from typing import Literal, Self

from booking_public.domain import BookingPage, Business, Guards, text_on
from booking_public.domain.payments import deposit_due
from booking_public.queries.public_pages import Sold
from contracts.availability import Deposit
from contracts.booking import IntakeQuestion, RefundPolicy
from contracts.ids import QuestionId, ServiceId, StaffId
from contracts.money import Money
from contracts.wire import Wire


class CaptchaOut(Wire):
    """Which captcha a browser has to show, and with which key."""

    provider: Literal["hcaptcha"]
    site_key: str


class PaymentsOut(Wire):
    """By whom deposits are taken, and the key for a browser. `scriptPath`: of a stand-in for the provider's script."""

    provider: Literal["stripe"]
    publishable_key: str
    script_path: str | None = None


class PublicThemeOut(Wire):
    """How the page looks; `onAccent` is the colour in which text on the accent colour can be read."""

    accent: str
    on_accent: str
    logo_url: str | None
    radius: int | None


class PolicyOut(Wire):
    """What a guest agrees to: until when they may cancel or reschedule, and what they get back when it is too late."""

    text: str
    cancel_window_minutes: int
    reschedule_window_minutes: int
    refund_policy: RefundPolicy


class PublicPageOut(Wire):
    """A booking page; `slug` is its present one, whichever led here. Without `captcha` or `payments` there is none."""

    slug: str
    business_name: str
    timezone: str
    locale: str
    currency: str
    contact_email: str | None
    contact_phone: str | None
    address: str | None
    title: str
    description: str
    confirmation: Literal["manual", "automatic"]
    confirmation_text: str
    policy_text: str
    policy: PolicyOut
    theme: PublicThemeOut
    captcha: CaptchaOut | None
    payments: PaymentsOut | None

    @classmethod
    def of(cls, page: BookingPage, business: Business, guards: Guards) -> Self:
        """The page of this business, in an installation with these guards."""
        theme = page.theme
        return cls(
            slug=page.slug,
            business_name=business.name,
            timezone=business.timezone,
            locale=page.locale,
            currency=business.currency,
            contact_email=business.contact_email,
            contact_phone=business.contact_phone,
            address=business.address,
            title=page.title,
            description=page.description,
            confirmation=page.confirmation,
            confirmation_text=page.confirmation_text,
            policy_text=page.policy_text,
            policy=_policy(page),
            theme=PublicThemeOut(
                accent=theme.accent, on_accent=text_on(theme.accent), logo_url=theme.logo_url, radius=theme.radius
            ),
            captcha=_captcha(guards),
            payments=_payments(guards),
        )


class PublicQuestionOut(Wire):
    """What a guest is asked when booking."""

    id: QuestionId
    label: str
    kind: Literal["text", "choice", "checkbox"]
    options: list[str]
    required: bool


class PublicStaffOut(Wire):
    """Somebody who gives a service."""

    id: StaffId
    name: str
    title: str | None
    color: str
    specializations: list[str]


class PublicServiceOut(Wire):
    """A service that can be booked on the page; `depositDue` is what its deposit comes to."""

    id: ServiceId
    name: str
    description: str
    category: str | None
    color: str
    duration_minutes: int
    price: Money
    deposit: Deposit
    deposit_due: Money | None
    min_notice_minutes: int
    max_advance_days: int
    capacity: int
    intake_questions: list[PublicQuestionOut]
    staff: list[PublicStaffOut]

    @classmethod
    def of(cls, page: BookingPage, sold: Sold) -> Self:
        """The service on this page."""
        service = sold.service
        return cls(
            id=service.id,
            name=service.name,
            description=service.description,
            category=service.category,
            color=service.color,
            duration_minutes=service.duration_minutes,
            price=service.price,
            deposit=service.deposit,
            deposit_due=deposit_due(service.deposit, service.price),
            min_notice_minutes=service.min_notice_minutes,
            max_advance_days=service.max_advance_days,
            capacity=service.capacity,
            intake_questions=[_question(each) for each in page.questions_about(service.id)],
            staff=[
                PublicStaffOut(
                    id=each.id,
                    name=each.name,
                    title=each.title,
                    color=each.color,
                    specializations=each.specializations,
                )
                for each in sold.staff
            ],
        )


class PublicServicesOut(Wire):
    """All of them: a page has no second page of services."""

    items: list[PublicServiceOut]
    next_cursor: None = None


def _policy(page: BookingPage) -> PolicyOut:
    return PolicyOut(
        text=page.policy_text,
        cancel_window_minutes=page.cancel_window_minutes,
        reschedule_window_minutes=page.reschedule_window_minutes,
        refund_policy=page.refund_policy,
    )


def _captcha(guards: Guards) -> CaptchaOut | None:
    if guards.captcha is None or guards.captcha_site_key is None:
        return None
    return CaptchaOut(provider=guards.captcha, site_key=guards.captcha_site_key)


def _payments(guards: Guards) -> PaymentsOut | None:
    if guards.payments is None or guards.payments_publishable_key is None:
        return None
    return PaymentsOut(
        provider=guards.payments,
        publishable_key=guards.payments_publishable_key,
        script_path=guards.payments_script_path,
    )


def _question(question: IntakeQuestion) -> PublicQuestionOut:
    return PublicQuestionOut(
        id=question.id,
        label=question.label,
        kind=question.kind,
        options=question.options,
        required=question.required,
    )
