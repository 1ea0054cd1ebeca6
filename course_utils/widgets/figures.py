"""Figures of the lessons: pictures that carry their result as text."""

import base64
import html
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Picture:
    """A PNG and the sentence that states its result: alt text, and its text form in a notebook."""

    png: bytes
    alt: str

    def __repr__(self) -> str:
        return self.alt

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict, dict]:
        """The PNG for readers of files, and HTML because JupyterLab gives a PNG no alt text."""
        png = base64.b64encode(self.png).decode("ascii")
        page = f'<img alt="{html.escape(self.alt)}" src="data:image/png;base64,{png}">'
        data = {"text/plain": self.alt, "image/png": png, "text/html": page}
        return data, {"image/png": {"alt": self.alt}}


def show(figure: "Figure", alt: str) -> Picture:
    """A matplotlib figure as a picture; the figure is closed.

    Args:
        figure: the figure.
        alt: one or two sentences that state what it shows, for readers who do not see it.

    Raises:
        ValueError: when `alt` is empty.
    """
    from matplotlib import pyplot as plt

    if not alt.strip():
        raise ValueError("alt must state the figure's result in a sentence; it is empty")
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=100, bbox_inches="tight", metadata={"Software": None})
    plt.close(figure)  # otherwise the notebook would show it a second time
    return Picture(buffer.getvalue(), alt)


def images(
    arrays: Sequence[np.ndarray], titles: Sequence[str], alt: str, columns: int = 4
) -> Picture:
    """Gray images side by side under their titles, black the lowest value of each.

    Args:
        arrays: images, each (H, W), any real dtype.
        titles: one for each image.
        alt: as in `show`.
        columns: images in a row.

    Raises:
        ValueError: when there are not as many titles as images, or an image is not (H, W).
    """
    from matplotlib.figure import Figure

    if len(arrays) != len(titles) or not len(arrays):
        raise ValueError(f"expected a title for each image; got {len(arrays)} and {len(titles)}")
    if any(np.ndim(array) != 2 for array in arrays):
        raise ValueError(f"images must be (H, W); got {[np.shape(array) for array in arrays]}")
    rows = -(-len(arrays) // columns)
    width = min(columns, len(arrays))
    figure = Figure(figsize=(2.4 * width, 2.6 * rows))
    axes = figure.subplots(rows, width, squeeze=False)
    for axis in axes.flat:
        axis.set_axis_off()
    for axis, array, title in zip(axes.flat, arrays, titles, strict=False):
        axis.imshow(array, cmap="gray", interpolation="nearest")
        axis.set_title(title, fontsize=10)
    figure.tight_layout()
    return show(figure, alt)


def sums(rows: Sequence[Sequence[tuple[str, np.ndarray]]], alt: str) -> Picture:
    """Sums of small matrices, a row each: the summands with + between them, and = before the last.

    Args:
        rows: for each sum its matrices with their titles, each matrix (H, W); the last is the sum.
        alt: as in `show`.

    Raises:
        ValueError: when a row has fewer than two matrices or not as many as the first, or when its
            last matrix is not the sum of the others.
    """
    from matplotlib.figure import Figure

    if any(len(row) != len(rows[0]) or len(row) < 2 for row in rows):
        raise ValueError(f"expected rows of the same length, 2 at least; got {[*map(len, rows)]}")
    for row in rows:
        *parts, total = (matrix for _, matrix in row)
        if not np.allclose(np.sum(parts, axis=0), total):
            raise ValueError(
                f"the last matrix is not the sum of the others: {np.sum(parts, axis=0)}"
            )
    figure = Figure(figsize=(2.4 * len(rows[0]), 1.9 * len(rows)))
    axes = figure.subplots(len(rows), len(rows[0]), squeeze=False)
    widest = max(matrix.shape[1] for row in rows for _, matrix in row)
    for row, line in zip(rows, axes, strict=True):
        strongest = 2 * max(abs(matrix).max() for _, matrix in row)  # numbers stay legible on it
        for column, ((title, matrix), axis) in enumerate(zip(row, line, strict=True)):
            axis.imshow(matrix, cmap="PuOr", vmin=-strongest, vmax=strongest)
            for (y, x), value in np.ndenumerate(matrix):
                axis.text(x, y, f"{value:g}", ha="center", va="center", fontsize=11)
            axis.set_title(title, fontsize=10, loc="left")
            axis.set(xticks=np.arange(matrix.shape[1] + 1) - 0.5, xlim=(-0.5, widest - 0.5))
            axis.set(yticks=np.arange(matrix.shape[0] + 1) - 0.5, frame_on=False)
            axis.tick_params(length=0, labelbottom=False, labelleft=False)
            sign = "" if column == 0 else "=" if column == len(row) - 1 else "+"
            axis.text(
                -0.12, 0.5, sign, transform=axis.transAxes, ha="center", va="center", fontsize=16
            )
    figure.tight_layout()
    return show(figure, alt)
