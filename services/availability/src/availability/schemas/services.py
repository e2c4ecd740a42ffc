"""What JSON comes in about services."""

from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, ValidationInfo, field_validator, model_validator

from contracts.availability import Deposit, ResourceNeed
from contracts.ids import StaffId
from contracts.money import Money
from plumbing.changes import ChangesBody, Sent
from plumbing.schemas import Body, Color, Count, Flag, Name, Text, Word

DEFAULT_COLOR = "#2f855a"

Duration = Annotated[Count, Field(ge=5, le=1440)]
Buffer = Annotated[Count, Field(ge=0, le=480)]
SlotInterval = Annotated[Count, Field(ge=5, le=240)]
Notice = Annotated[Count, Field(ge=0, le=525_600)]
Horizon = Annotated[Count, Field(ge=0, le=730)]
Capacity = Annotated[Count, Field(ge=1, le=500)]
StaffIds = Annotated[list[StaffId], Field(max_length=500)]
"""Who offers it; the order does not count, nor does a name that comes twice."""


class DepositIn(Body):
    """What is due when booking: `fixed` takes an `amount`, `percent` a `percent` of the price."""

    kind: Literal["none", "fixed", "percent", "full"] = "none"
    amount: Money | None = None
    percent: Annotated[Count, Field(ge=1, le=100)] | None = None

    @field_validator("amount")
    @classmethod
    def _only_if_fixed(cls, amount: Money | None, info: ValidationInfo) -> Money | None:
        if amount is not None and info.data.get("kind") != "fixed":
            raise ValueError("goes with the kind fixed only")
        if amount is not None and amount.amount == 0:
            raise ValueError("must be more than nothing")
        return amount

    @field_validator("percent")
    @classmethod
    def _only_if_percent(cls, percent: int | None, info: ValidationInfo) -> int | None:
        if percent is not None and info.data.get("kind") != "percent":
            raise ValueError("goes with the kind percent only")
        return percent

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.kind == "fixed" and self.amount is None:
            raise ValueError("needs an amount, because it is fixed")
        if self.kind == "percent" and self.percent is None:
            raise ValueError("needs a percent")
        return self


class ResourceNeedIn(Body):
    """So many units of a kind."""

    kind: Name
    quantity: Annotated[Count, Field(ge=1, le=100)] = 1


def _each_kind_once(needs: list[ResourceNeedIn]) -> list[ResourceNeedIn]:
    if len({need.kind for need in needs}) < len(needs):
        raise ValueError("must name every kind once")
    return needs


ResourceNeeds = Annotated[list[ResourceNeedIn], Field(max_length=20), AfterValidator(_each_kind_once)]


class NewService(Body):
    """A service to be sold."""

    name: Name
    description: Text = ""
    category: Word | None = None
    color: Color = DEFAULT_COLOR
    duration_minutes: Duration
    buffer_before_minutes: Buffer = 0
    buffer_after_minutes: Buffer = 0
    slot_interval_minutes: SlotInterval = 15
    price: Money
    deposit: DepositIn = DepositIn()
    min_notice_minutes: Notice = 0
    max_advance_days: Horizon = 60
    capacity: Capacity = 1
    resource_needs: ResourceNeeds = []
    staff_ids: StaffIds = []
    active: Flag = True

    def fields(self) -> dict[str, Any]:
        """All fields, in the domain's values."""
        return in_domain_values({name: getattr(self, name) for name in type(self).model_fields})

    def money(self) -> dict[str, Money]:
        """The amounts, by pointer."""
        return money_in(self.price, self.deposit)


class ServiceChanges(ChangesBody):
    """What is to be different. Null clears the category, and is refused for everything else."""

    name: Sent[Name] = None
    description: Sent[Text] = None
    category: Word | None = None
    color: Sent[Color] = None
    duration_minutes: Sent[Duration] = None
    buffer_before_minutes: Sent[Buffer] = None
    buffer_after_minutes: Sent[Buffer] = None
    slot_interval_minutes: Sent[SlotInterval] = None
    price: Sent[Money] = None
    deposit: Sent[DepositIn] = None
    min_notice_minutes: Sent[Notice] = None
    max_advance_days: Sent[Horizon] = None
    capacity: Sent[Capacity] = None
    resource_needs: Sent[ResourceNeeds] = None
    staff_ids: Sent[StaffIds] = None
    active: Sent[Flag] = None

    def fields(self) -> dict[str, Any]:
        """The fields that were sent, in the domain's values."""
        return in_domain_values(self.changes())

    def money(self) -> dict[str, Money]:
        """The amounts that were sent, by pointer."""
        return money_in(self.price, self.deposit)


def in_domain_values(fields: dict[str, Any]) -> dict[str, Any]:
    """The same fields, deposit and needs as the events have them, the needs by kind."""
    if "deposit" in fields:
        sent: DepositIn = fields["deposit"]
        fields["deposit"] = Deposit(kind=sent.kind, amount=sent.amount, percent=sent.percent)
    if "resource_needs" in fields:
        needs = sorted(fields["resource_needs"], key=lambda need: need.kind)
        fields["resource_needs"] = [ResourceNeed(kind=need.kind, quantity=need.quantity) for need in needs]
    return fields


def money_in(price: Money | None, deposit: DepositIn | None) -> dict[str, Money]:
    """The amounts that there are, by pointer."""
    amounts = {"/price": price, "/deposit/amount": deposit.amount if deposit else None}
    return {pointer: money for pointer, money in amounts.items() if money is not None}
