"""The frames that are written ready-made are those that the library would make."""

import pytest
from websockets.frames import Frame, Opcode

from realtime.domain.messages import PING_FRAME, text_frame
from realtime.schemas import SHOWN, hello

from ..make import a_failed_message, a_message


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 65_535, 65_536])
def test_a_frame_is_what_the_library_makes(size: int):
    payload = b"x" * size
    assert text_frame(payload) == Frame(Opcode.TEXT, payload).serialize(mask=False)


def test_a_ping_is_what_the_library_makes():
    assert Frame(Opcode.PING, b"").serialize(mask=False) == PING_FRAME


def test_only_the_number_differs_between_two_sockets():
    message = a_message()
    assert message.frame(7).replace(b'"sequence":7', b'"sequence":8') == message.frame(8)


def test_hello_says_its_number_and_how_often_a_ping_comes():
    assert hello(41).frame(41)[2:] == b'{"type":"hello","sequence":41,"heartbeatSeconds":20}'


@pytest.mark.parametrize(
    ("audience", "roles"), [("guest", {"owner", "manager"}), ("staff", {"owner", "manager"}), ("invited", {"owner"})]
)
def test_who_is_told_of_a_failed_message_may_find_it_in_the_list(audience: str, roles: set[str]):
    message, _ = SHOWN["message.failed"].message(a_failed_message(audience))
    assert message.only_for == roles
