"""Role × route × own or other: every cell is sent to the product. The rows are in roles.py and booking_roles.py."""

import pytest

from tests.e2e import roles
from tests.e2e.booking_roles import BOOKING_PUBLIC, NOTIFICATIONS
from tests.e2e.members import join, program
from tests.e2e.operations import Operation, documents, operations
from tests.e2e.owner import Owner, Reply
from tests.e2e.roles import CALLERS, OWN, Row, World

ROWS = roles.ROWS | BOOKING_PUBLIC | NOTIFICATIONS
NOWHERE = "01890000-0000-7000-8000-000000000000"
OPERATIONS = [operation for document in documents() for operation in operations(document)]
WITHOUT_A_ROW = [str(operation) for operation in OPERATIONS if str(operation) not in ROWS]

each = pytest.mark.parametrize("operation", [one for one in OPERATIONS if str(one) in ROWS], ids=str)


@pytest.fixture
async def world(owner: Owner) -> World:
    """A business with one caller of each kind."""
    own, other = await owner.staff("Own"), await owner.staff("Other")
    callers = {
        "owner": owner,
        "manager": await join(owner, "manager"),
        "staff": await join(owner, "staff", own),
        "read key": await program(owner, "read"),
        "write key": await program(owner, "read", "write"),
    }
    assert tuple(callers) == CALLERS
    service, group = await owner.service([own, other]), await owner.service([own, other], name="Group", capacity=8)
    return World(owner, callers, own, other, service, group)


def test_every_operation_has_a_row():
    assert not WITHOUT_A_ROW, f"say in tests/e2e/roles.py or booking_roles.py who may do this: {WITHOUT_A_ROW}"


def test_rows_in_which_staff_may_do_something_with_their_own_say_with_what():
    assert not [name for name, row in ROWS.items() if row.right is OWN and row.ids is None and row.body is None]


@each
async def test_who_may_may_and_who_may_not_is_refused(world: World, operation: Operation):
    row = ROWS[str(operation)]
    for own in (True, False):
        for caller in reversed(CALLERS):  # whoever may is last: it changes what the others are refused
            reply = await _sent(world, operation, row, caller, own=own)
            _compare(reply, row, caller, own=own)


async def _sent(world: World, operation: Operation, row: Row, caller: str, *, own: bool) -> Reply:
    staff = world.own if own else world.other
    ids = [NOWHERE] * operation.path.count("{}") if row.ids is None else await row.ids(world, staff)
    body = None if row.body is None else row.body(world, staff)
    who = world.callers[caller]
    reply = await who.call(operation.method, operation.path.format(*ids), body, **row.query)
    if row.ends_the_session and reply.status < 300:
        await who.renew()
    return reply


def _compare(reply: Reply, row: Row, caller: str, *, own: bool) -> None:
    seen = (caller, "own" if own else "another's", reply.status, reply.body)
    if not row.right.allows(caller, own=own):
        assert (reply.status, reply.code) == (403, "NotAllowed"), seen
    elif row.right is OWN:
        assert reply.status < 300, seen
    else:
        refused = {403} if row.right.is_open else {401, 403}
        assert reply.status not in refused, seen
        assert reply.status < 500, seen
