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
            width = max(_width(above), _width(below))
            left, right = x + 10, x + 10 + width
            middle = (left + right) / 2
            floor = f"M{{}} {y - 20}V{y + 20}h{{}}"
            edges = floor.format(draw.coordinate(x + 4), 5) + floor.format(
                draw.coordinate(right + 6), -5
            )
            line = f"M{draw.coordinate(left)} {y}H{draw.coordinate(right)}"
            drawn.append(f'<path class="{draw.P}-axis" d="{edges}{line}"/>')
            drawn.append(draw.words(middle, y - 6, above, anchor="middle"))
            drawn.append(draw.words(middle, y + 17, below, anchor="middle"))
            x = right + 12
        else:
            width = _width(part)
            drawn.append(draw.words(x + width / 2, y + 5, part, anchor="middle"))
            x += width
    return "".join(drawn)
