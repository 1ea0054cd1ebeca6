"""Formulas in pictures: symbols in the colours of what they mean, fractions with a line."""

from collections.abc import Sequence

from course_utils.widgets import draw

Spans = Sequence[tuple[str, str]]

# Widths of letters of 13 px in the widest font in use (bold DejaVu Sans), so nothing touches.
_NARROW, _WIDE, _OTHER = 4.8, 10.9, 8.8


def _width(spans: Spans) -> float:
    text = "".join(content for content, _ in spans)
    narrow = sum(letter in " ()·,.il" for letter in text)
    wide = sum(letter in "+−=×÷mw" for letter in text)
    return _NARROW * narrow + _WIDE * wide + _OTHER * (len(text) - narrow - wide)


def formula(x: float, y: float, parts: Sequence[Spans | tuple[Spans, Spans]]) -> str:
    """A formula in one row.

    Args:
        x: left edge.
        y: the height of the fraction lines.
        parts: spans (pairs of content and look, as in `draw.words`), or a tuple of two of them,
            numerator and denominator: drawn as a fraction between floor brackets.

    Returns:
        SVG; about 46 px high.
    """
    drawn = []
    for part in parts:
        if isinstance(part, tuple):
            above, below = part
            left, right = x + 10, x + 10 + max(_width(above), _width(below))
            drawn.append(_floor(x + 4, left, right, y))
            drawn.append(draw.words((left + right) / 2, y - 6, above, anchor="middle"))
            drawn.append(draw.words((left + right) / 2, y + 17, below, anchor="middle"))
            x = right + 12
        elif not drawn:  # the beginning stands close to what follows
            x += _width(part)
            drawn.append(draw.words(x, y + 5, part, anchor="end"))
        else:
            drawn.append(draw.words(x + _width(part) / 2, y + 5, part, anchor="middle"))
            x += _width(part)
    return "".join(drawn)


def _floor(edge: float, left: float, right: float, y: float) -> str:
    """Fraction line from left to right at height y, between floor brackets."""
    top, foot = draw.coordinate(y - 20), draw.coordinate(y + 20)
    path = f"M{draw.coordinate(left)} {draw.coordinate(y)}H{draw.coordinate(right)}"
    for at, serif in ((edge, 5), (right + left - edge, -5)):
        path += f"M{draw.coordinate(at)} {top}V{foot}h{serif}"
    return draw.path("axis", path)
