"""What refuses a start is told without what there is not to say of it."""

from contracts.ids import StaffId, uuid7
from contracts.offers import ConflictDetails, OfferAnswer


def test_a_conflict_is_written_without_the_members_that_it_has_not():
    conflict = ConflictDetails(kind="timeOff", detail="The staff member has time off.", staff_id=StaffId(uuid7()))
    said = {"kind": "timeOff", "detail": "The staff member has time off.", "staffId": str(conflict.staff_id)}
    answer = OfferAnswer(conflicts=[conflict], timezone="UTC")
    assert answer.model_dump(mode="json")["conflicts"] == [said]
    assert OfferAnswer.model_validate_json(answer.model_dump_json()) == answer
