"""What JSON comes in about booking pages, and how their owners see them."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, field_validator, model_validator

from booking_public.domain import BookingPage
from booking_public.schemas.fields import Accent, Locale, Origin, Picture, Slug
from contracts.booking import IntakeQuestion, RefundPolicy, Theme
from contracts.ids import QuestionId, ServiceId, StaffId, uuid7
from plumbing.changes import ChangesBody, Sent
from plumbing.schemas import Body, Count, Flag, Name, Text

DEFAULT_ACCENT = "#276749"

Window = Annotated[Count, Field(ge=0, le=525_600)]
Confirmation = Literal["manual", "automatic"]
ServiceIds = Annotated[list[ServiceId], Field(max_length=500)]
StaffIds = Annotated[list[StaffId], Field(max_length=500)]


def _no_name_twice(options: list[str]) -> list[str]:
    if len(set(options)) < len(options):
        raise ValueError("must name every option once")
    return options


def _no_id_twice(questions: "list[QuestionIn]") -> "list[QuestionIn]":
    named = [question.id for question in questions if question.id is not None]
    if len(set(named)) < len(named):
        raise ValueError("must not have two questions with one id")
    return questions


class RefundPolicyIn(Body):
    """What a guest gets back who cancels too late: `percent` takes a `percent` of the deposit."""

    late: Literal["none", "percent"] = "none"
    percent: Annotated[Count, Field(ge=1, le=100)] | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if (self.late == "percent") != (self.percent is not None):
            raise ValueError("needs a percent if, and only if, late is percent")
        return self


class ThemeIn(Body):
    """How a page looks. The accent colour must stand out from white; `radius` is that of corners, in pixels."""

    accent: Accent = DEFAULT_ACCENT
    logo_url: Picture | None = None
    radius: Annotated[Count, Field(ge=0, le=64)] | None = None


class QuestionIn(Body):
    """What a guest is asked; of all services without a `serviceId`. One that keeps its `id` is the same question."""

    id: QuestionId | None = None
    service_id: ServiceId | None = None
    label: Name
    kind: Literal["text", "choice", "checkbox"] = "text"
    options: Annotated[list[Name], Field(max_length=50), AfterValidator(_no_name_twice)] = []
    required: Flag = False

    @field_validator("options")
    @classmethod
    def _only_of_a_choice(cls, options: list[str], info: Any) -> list[str]:
        if options and info.data.get("kind") != "choice":
            raise ValueError("go with the kind choice only")
        return options

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.kind == "choice" and not self.options:
            raise ValueError("needs options, because it is a choice")
        return self


Questions = Annotated[list[QuestionIn], Field(max_length=50), AfterValidator(_no_id_twice)]
Origins = Annotated[list[Origin], Field(max_length=20)]


class NewBookingPage(Body):
    """A booking page. The title is the name of the business, and the locale its own, unless they are sent.

    `serviceIds` and `staffIds`: null is all that there are, also those to come; `[]` is none. `indexed`: search engines
    may list the page.
    """

    slug: Slug
    title: Name | None = None
    description: Text = ""
    policy_text: Text = ""
    confirmation_text: Text = ""
    service_ids: ServiceIds | None = None
    staff_ids: StaffIds | None = None
    confirmation: Confirmation = "automatic"
    cancel_window_minutes: Window = 0
    reschedule_window_minutes: Window = 0
    refund_policy: RefundPolicyIn = RefundPolicyIn()
    theme: ThemeIn = ThemeIn()
    intake_questions: Questions = []
    embed_origins: Origins = []
    locale: Locale | None = None
    active: Flag = True
    indexed: Flag = True

    def fields(self) -> dict[str, Any]:
        """All fields, in the domain's values."""
        return in_domain_values({name: getattr(self, name) for name in type(self).model_fields})


class BookingPageChanges(ChangesBody):
    """What is to be different. Null makes `serviceIds` and `staffIds` all, and is refused for everything else."""

    slug: Sent[Slug] = None
    title: Sent[Name] = None
    description: Sent[Text] = None
    policy_text: Sent[Text] = None
    confirmation_text: Sent[Text] = None
    service_ids: ServiceIds | None = None
    staff_ids: StaffIds | None = None
    confirmation: Sent[Confirmation] = None
    cancel_window_minutes: Sent[Window] = None
    reschedule_window_minutes: Sent[Window] = None
    refund_policy: Sent[RefundPolicyIn] = None
    theme: Sent[ThemeIn] = None
    intake_questions: Sent[Questions] = None
    embed_origins: Sent[Origins] = None
    locale: Sent[Locale] = None
    active: Sent[Flag] = None
    indexed: Sent[Flag] = None

    def fields(self) -> dict[str, Any]:
        """The fields that were sent, in the domain's values."""
        return in_domain_values(self.changes())


class BookingPageOut(BookingPage):
    """A booking page as its owner sees it; `captcha` and `payments` say what guards it: null is switched off."""

    captcha: Literal["hcaptcha"] | None
    payments: Literal["stripe"] | None


def in_domain_values(fields: dict[str, Any]) -> dict[str, Any]:
    """The same fields as the events have them."""
    if "refund_policy" in fields:
        sent: RefundPolicyIn = fields["refund_policy"]
        fields["refund_policy"] = RefundPolicy(late=sent.late, percent=sent.percent)
    if "theme" in fields:
        theme: ThemeIn = fields["theme"]
        fields["theme"] = Theme(accent=theme.accent, logo_url=theme.logo_url, radius=theme.radius)
    if "intake_questions" in fields:
        fields["intake_questions"] = _questions(fields["intake_questions"])
    if "embed_origins" in fields:
        fields["embed_origins"] = sorted(set(fields["embed_origins"]))
    return fields


def _questions(sent: Sequence[QuestionIn]) -> list[IntakeQuestion]:
    return [
        IntakeQuestion(
            id=question.id or QuestionId(uuid7()),
            service_id=question.service_id,
            label=question.label,
            kind=question.kind,
            options=question.options,
            required=question.required,
        )
        for question in sent
    ]
