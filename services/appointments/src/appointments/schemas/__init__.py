"""What JSON comes in and goes out."""

from appointments.schemas.appointments import (
    Activity,
    ActivityItem,
    ActorOut,
    Allowances,
    AppointmentChanges,
    CustomerIn,
    NewAppointment,
    StatusChange,
    TimeChanges,
)

__all__ = [
    "Activity",
    "ActivityItem",
    "ActorOut",
    "Allowances",
    "AppointmentChanges",
    "CustomerIn",
    "NewAppointment",
    "StatusChange",
    "TimeChanges",
]
