"""Stills: frames side by side as one PNG, for paper and for readers without the widget."""

import html
import importlib.util
import re
import textwrap
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from course_utils.widgets import draw, style

ZOOM = 1.25  # pixels of the PNG per pixel of the picture: sharp enough on paper, small enough
_OPENING = re.compile(r'<svg [^>]*width="(?P<width>[\d.]+)" height="(?P<height>[\d.]+)"[^>]*>')


@cache
def _fonts() -> list[str]:
    """DejaVu Sans as matplotlib brings it along: the same letters on every machine."""
    found = importlib.util.find_spec("matplotlib")
    if found is None or found.origin is None:
        return []
    folder = Path(found.origin).parent / "mpl-data" / "fonts" / "ttf"
    names = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")
    return [str(folder / name) for name in names if (folder / name).is_file()]


def standalone(svg: str) -> str:
    """The picture with its style written in (light theme), for renderers without CSS variables."""
    opening, rest = _opened(svg)
    sheet = html.escape(style.still_css(svg), quote=False)
    return f"{opening[0]}\n<style>{sheet}</style>{rest}"


def _opened(svg: str) -> tuple[re.Match[str], str]:
    """The opening tag of a picture with its `width` and `height`, and what comes after it."""
    opening = _OPENING.match(svg)
    if opening is None:
        raise ValueError(f"expected a picture made by draw.picture; got {svg[:40]!r}")
    return opening, svg[opening.end() :]


def sheet(pictures: Sequence[tuple[str, str]]) -> str:
    """Small multiples: pictures below each other, each with its sentence, as one picture.

    Args:
        pictures: pairs of a picture made by `draw.picture` and its sentence.
    """
    parts, y, sheet_width = [], 0.0, 0.0
    for svg, sentence in pictures:
        opening, rest = _opened(svg)
        width, height = float(opening["width"]), float(opening["height"])
        parts.append(  # overflow: clipping would double the time of the renderer
            f'<svg class="{draw.P}-svg" overflow="visible" x="0" y="{draw.coordinate(y)}"'
            f' width="{draw.coordinate(width)}" height="{draw.coordinate(height)}">' + rest
        )
        y += height + 16
        for line in textwrap.wrap(sentence, width=max(40, int(width / 7))):
            parts.append(draw.text(8, y, line, anchor="start"))
            y += 18
        y += 14
        sheet_width = max(sheet_width, width)
    sentence = " ".join(sentence for _, sentence in pictures)
    return draw.picture(sheet_width, y, "\n".join(parts), sentence=sentence, step=0)


def natural_width(png: bytes) -> int:
    """The width in which a PNG made by `rasterise` is to be shown."""
    return round(int.from_bytes(png[16:20], "big") / ZOOM)


def rasterise(svg: str) -> bytes:
    """A picture as PNG on white paper; without any font the text is missing, the rest is there."""
    import resvg_py

    fonts = _fonts()
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=standalone(svg),
            background=style.LIGHT.paper,
            zoom=ZOOM,
            skip_system_fonts=bool(fonts),
            font_files=fonts or None,
        )
    )
