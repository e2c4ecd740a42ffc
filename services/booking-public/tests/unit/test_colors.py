"""Colours are told apart as WCAG does."""

import pytest

from booking_public.domain import contrast_with_white, text_on


@pytest.mark.parametrize(("color", "contrast"), [("#ffffff", 1.0), ("#000000", 21.0), ("#767676", 4.54)])
def test_contrast_is_that_of_wcag(color: str, contrast: float):
    assert contrast_with_white(color) == pytest.approx(contrast, abs=0.01)


@pytest.mark.parametrize(("color", "text"), [("#276749", "#ffffff"), ("#f59e0b", "#000000"), ("#FFFFFF", "#000000")])
def test_text_is_of_the_colour_that_can_be_read_better(color: str, text: str):
    assert text_on(color) == text
