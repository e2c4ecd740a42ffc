"""What is shown after the start is true."""

import pytest

from sundial import demo_plan
from sundial_local.terminal import welcome


def test_the_addresses_are_those_of_the_demo_and_the_first_request_signs_in_to_it(capsys: pytest.CaptureFixture[str]):
    welcome("http://localhost:8080", "A studio", took=9.6)
    shown = capsys.readouterr().out
    assert f'"email": "{demo_plan.EMAIL}", "password": "{demo_plan.PASSWORD}"' in shown
    assert "http://localhost:8080/api/docs" in shown
    assert f"http://localhost:8080/booking/{demo_plan.SLUG}" in shown
