"""Grids: one cell a line, so that frames which share cells store them once (`stepper.pack`)."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from course_utils.widgets import style
from course_utils.widgets.draw.charts import hatch
from course_utils.widgets.draw.elements import classes, link, rect, text
from course_utils.widgets.draw.numbers import coordinate, number


@lru_cache(maxsize=4096)  # frames draw the same cells again and again
def cell(
    x: float,
    y: float,
    size: float,
    content: str = "",
    *,
    look: str = style.INPUT,
    word: str = "",
    hatching: str = "",
    goto: int | None = None,
) -> str:
    """One square of a grid.

    Args:
        x: left edge.
        y: upper edge.
        size: length of a side.
        content: short text in the middle.
        look: hue of the square.
        word: look of the text, as in `text`.
        hatching: hue of diagonal lines under the text; empty for none.
        goto: number of the frame that a click leads to.
    """
    font = "small" if size < 26 or len(content) * 8.5 > size else "label"
    drawn = rect(f"fill-{look}", x + 0.5, y + 0.5, size - 1, size - 1, radius=2)
    if hatching:
        drawn += hatch(x + 1, y + 1, size - 2, size - 2, look=hatching)
        word = f"{word} halo"
    if content:
        middle = y + size / 2 + 0.36 * style.SIZES[font]
        drawn += text(x + size / 2, middle, content, look=word, size=font)
    return link(goto, drawn)


def grid(
    contents: Sequence[Sequence[str]] | np.ndarray,
    x: float,
    y: float,
    size: float,
    *,
    look: str | np.ndarray = style.INPUT,
    hatching: str | np.ndarray = "",
    goto: np.ndarray | None = None,
) -> str:
    """Cells in rows and columns.

    Args:
        contents: (rows, columns) of texts; an empty text leaves the cell empty.
        x: left edge.
        y: upper edge.
        size: side of a cell.
        look: one hue for all, or an array of them that broadcasts to the shape.
        hatching: likewise, of diagonal lines; empty for none.
        goto: (rows, columns) of frame numbers; a negative one means none.
    """
    contents = np.asarray(contents)
    looks = np.broadcast_to(np.asarray(look), contents.shape)
    hatchings = np.broadcast_to(np.asarray(hatching), contents.shape)
    return "\n".join(
        cell(
            x + column * size,
            y + row * size,
            size,
            str(content),
            look=str(looks[row, column]),
            hatching=str(hatchings[row, column]),
            goto=None if goto is None or goto[row, column] < 0 else int(goto[row, column]),
        )
        for (row, column), content in np.ndenumerate(contents)
    )


def indices(first: int, count: int, x: float, y: float, size: float) -> str:
    """Numbers of rows and columns along a square grid whose upper left corner is (x, y)."""
    drawn = []
    for at in range(count):
        middle = (at + 0.5) * size
        word = number(first + at)
        drawn.append(text(x + middle, y - 5, word, look="quiet", size="small"))
        drawn.append(text(x - 6, y + middle + 4, word, look="quiet", size="small", anchor="end"))
    return "".join(drawn)


def swatch(
    x: float,
    y: float,
    width: float,
    height: float,
    content: str,
    colour: np.ndarray,
    *,
    looks: str = "small",
    drop: float = 4,
) -> str:
    """A cell in a colour of its own, the same in both themes, as is its text.

    Args:
        x: left edge.
        y: upper edge.
        width: in pixels.
        height: in pixels.
        content: short text in the middle.
        colour: (3,) uint8.
        looks: of the text.
        drop: from the middle of the cell to the baseline.
    """
    fill = "#" + bytes(colour.tolist()).hex()
    left, middle, baseline = map(coordinate, (x, x + width / 2, y + height / 2 + drop))
    return (
        f'<rect style="fill:{fill}" x="{left}" y="{coordinate(y)}"'
        f' width="{coordinate(width)}" height="{coordinate(height)}"/>'
        f'<text {classes(f"text {looks}")} style="fill:{style.readable_on(fill)}"'
        f' x="{middle}" y="{baseline}">{content}</text>'
    )
