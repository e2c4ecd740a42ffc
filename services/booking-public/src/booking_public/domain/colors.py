"""Colours: how well one can be told from another (WCAG 2.2)."""

_WHITE = 1.0
_BLACK = 0.0


def contrast_with_white(color: str) -> float:
    """From 1 (white itself) to 21 (black), of a colour as `#rrggbb`."""
    return _contrast(_WHITE, _luminance(color))


def text_on(color: str) -> str:
    """White or black: what can be read best on this colour."""
    luminance = _luminance(color)
    return "#ffffff" if _contrast(_WHITE, luminance) >= _contrast(_BLACK, luminance) else "#000000"


def _luminance(color: str) -> float:
    red, green, blue = (_linear(int(color[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _contrast(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)
