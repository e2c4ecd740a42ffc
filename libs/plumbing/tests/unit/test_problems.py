"""Problems say what happened, by a stable code."""

from plumbing.problems import Invalid, NotFound, Problem, TooManyRequests


class SlotGone(Problem):
    """Someone has just taken this time.

    Only the first line is the title.
    """

    status = 409


def test_the_title_is_the_first_line_of_the_docstring():
    assert SlotGone.title() == "Someone has just taken this time."


def test_the_code_is_the_class_name():
    assert SlotGone.code() == "SlotGone"


def test_a_document_has_every_member_of_the_contract_and_its_own():
    body = SlotGone(conflicts=[1]).body(instance="/api/x", trace_id="ab")
    assert body == {
        "type": "/problems/slot-gone",
        "title": "Someone has just taken this time.",
        "status": 409,
        "detail": "Someone has just taken this time.",
        "instance": "/api/x",
        "code": "SlotGone",
        "traceId": "ab",
        "conflicts": [1],
    }


def test_invalid_lists_pointers():
    body = Invalid.at("/customer/email", "is not an address").body(instance="/", trace_id="")
    assert body["status"] == 422
    assert body["errors"] == [{"pointer": "/customer/email", "detail": "is not an address"}]


def test_too_many_requests_says_when_to_try_again():
    assert TooManyRequests(7).headers == {"Retry-After": "7"}


def test_a_detail_replaces_the_title_in_the_detail_only():
    problem = NotFound("There is no such staff member.")
    assert problem.body(instance="/", trace_id="")["title"] == "There is nothing here."
    assert problem.body(instance="/", trace_id="")["detail"] == "There is no such staff member."
