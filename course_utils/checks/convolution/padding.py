"""The border of an image, filled in three ways. The truth is NumPy's own padding."""

from collections.abc import Callable, Iterator
from typing import Literal

import numpy as np

from course_utils.checks.convolution.shared import NO_TORCH
from course_utils.checks.core import Call, ErrorCase, Exercise, Misconception, ValueCase, call
from course_utils.checks.core.transforms import changed

NumpyMode = Literal["constant", "reflect", "edge", "symmetric", "wrap"]

_NUMPY_MODES: dict[str, NumpyMode] = {
    "zero": "constant",
    "reflect": "reflect",
    "replicate": "edge",
}
_INSTEAD: dict[str, NumpyMode] = {"symmetric": "symmetric", "wrap": "wrap"}
"""What wrong ideas have in the place of one of them."""


def _pad2d(x: np.ndarray, p: int, mode: str = "zero", **sides: tuple[int, int]) -> np.ndarray:
    """NumPy's own padding; `rows` and `columns` override the padding of these axes."""
    widths = [(0, 0)] * (x.ndim - 2) + [sides.get("rows", (p, p)), sides.get("columns", (p, p))]
    return np.pad(x, widths, mode=(_NUMPY_MODES | _INSTEAD)[mode])


def _exchanged(x: np.ndarray, p: int, mode: str = "zero") -> np.ndarray:
    if mode == "replicate" and p >= min(x.shape[-2:]):
        raise ValueError("there is too little to reflect")
    return _pad2d(x, p, {"reflect": "replicate", "replicate": "reflect"}.get(mode, mode))


def _reflecting(instead: str) -> Callable[..., np.ndarray]:
    """Another mode of NumPy's in the place of reflection."""
    return changed(_pad2d, mode=lambda mode: instead if mode == "reflect" else mode)


def _every_axis(x: np.ndarray, p: int, mode: str = "zero") -> np.ndarray:
    if x.ndim == 2:
        raise ValueError("there are no other axes")
    return np.pad(x, p, mode=_NUMPY_MODES[mode])


def _empty_corners(x: np.ndarray, p: int, mode: str = "zero") -> np.ndarray:
    """The four sides are filled, the corners stay zero."""
    padded = _pad2d(x, p, mode)
    sides = _pad2d(np.ones_like(x), p)
    across = _pad2d(np.ones_like(x), p, "replicate", rows=(0, 0))
    down = _pad2d(np.ones_like(x), p, "replicate", columns=(0, 0))
    rows, columns = _pad2d(across, p, columns=(0, 0)), _pad2d(down, p, rows=(0, 0))
    return np.where((sides + rows + columns) > 0, padded, 0).astype(x.dtype)


def _not_turned(x: np.ndarray, p: int, mode: str = "zero") -> np.ndarray:
    """The neighbours of an edge stand beyond it in their own order, not in the mirror's."""
    if mode != "reflect":
        return _pad2d(x, p, mode)
    height, width = x.shape[-2:]
    rows, columns = (
        [*range(1, p + 1), *range(n), *range(n - 1 - p, n - 1)] for n in (height, width)
    )
    return x[..., rows, :][..., columns]


def _images(mode: str) -> Callable[[np.random.Generator], Iterator[Call]]:
    def draw(rng: np.random.Generator) -> Iterator[Call]:
        for size, p in (((3, 3), 1), ((4, 3), 2), ((3, 5), 2)):
            yield call(rng.integers(1, 20, size) / 2, p, mode)

    return draw


def _leading_axes(rng: np.random.Generator) -> Iterator[Call]:
    for shape in ((3, 3, 4), (3, 1, 3, 3)):
        for mode in _NUMPY_MODES:
            # an equal text that is another object, as one read from a file would be
            yield call(rng.integers(1, 20, shape) / 2, 2, "".join(list(mode)))


def _pad_edges(rng: np.random.Generator) -> Iterator[Call]:
    image = rng.integers(1, 20, (4, 6)) / 2
    for mode in _NUMPY_MODES:
        yield call(image.copy(), 0, mode)
        yield call(image.astype(np.float32), 1, mode)
        yield call(rng.integers(1, 256, (3, 4)).astype(np.uint8), 2, mode)
        yield call(image.T[:, ::2], 1, mode)
    yield call(image.copy(), 3, "reflect")
    yield call(image.copy(), 7, "zero")
    yield call(image.copy(), 7, "replicate")


_NINE = np.arange(1.0, 10.0).reshape(3, 3)

pad2d = Exercise(
    name="pad2d",
    points=3,
    oracle=_pad2d,
    rules=(NO_TORCH.also("numpy.pad"),),
    fresh=True,
    same_dtype=True,
    learned="You can now fill the border of an image in three ways.",
    cases=(
        ValueCase(
            "the worked example: 3×3, padding 2",
            tuple(call(_NINE, 2, mode) for mode in _NUMPY_MODES),
        ),
        ValueCase("zero", _images("zero")),
        ValueCase("reflect", _images("reflect")),
        ValueCase("replicate", _images("replicate")),
        ValueCase("batches and channels", _leading_axes),
        ValueCase("edge cases: no padding, wide padding, uint8, float32, views", _pad_edges),
        ErrorCase(
            "ValueError where there is too little to reflect",
            (
                call(_NINE, 3, "reflect"),
                call(np.ones((2, 5)), 2, "reflect"),
                call(np.ones((5, 2)), 2, "reflect"),
                call(np.ones((4, 2, 5)), 3, "reflect"),
                call(_NINE, 9, "".join(list("reflect"))),
            ),
            because="The padding is as wide as the image or wider: there is too little to mirror.",
        ),
    ),
    misconceptions=(
        Misconception(
            "edge reflected twice",
            "Your reflection repeats the edge itself. The mirror stands on the edge pixel: the "
            "first padded value is the edge's inner neighbour.",
            _reflecting("symmetric"),
            look="In the row 1 2 3 the first value left of 1 is 2.",
        ),
        Misconception(
            "mirror not turned",
            "Your 'reflect' puts the inner neighbours beyond the edge in their own order. A mirror "
            "turns the order round.",
            _not_turned,
            look="Left of 1 2 3 stand 3 2, not 2 3.",
        ),
        Misconception(
            "zeros in every mode",
            "Your padding is zero also where the mode is 'reflect' or 'replicate'.",
            changed(_pad2d, mode="zero"),
            look="Where do you use `mode`?",
        ),
        Misconception(
            "edge in every mode",
            "Your padding repeats the edge also where the mode is another one.",
            changed(_pad2d, mode="replicate"),
            look="Where do you use `mode`?",
        ),
        Misconception(
            "reflect and replicate exchanged",
            "'reflect' and 'replicate' are exchanged. 'replicate' repeats the edge pixel.",
            _exchanged,
            look="Compare your two branches with the example.",
        ),
        Misconception(
            "one side only",
            "Your padding is added only behind the last row and column. It belongs on all four "
            "sides.",
            lambda x, p, mode="zero": _pad2d(x, p, mode, rows=(0, p), columns=(0, p)),
            look="Each axis becomes 2p longer, and the image begins at row p and column p.",
        ),
        Misconception(
            "columns only",
            "Only the last axis is padded: rows are missing above and below.",
            lambda x, p, mode="zero": _pad2d(x, p, mode, rows=(0, 0)),
            look="Each of the last two axes becomes 2p longer.",
        ),
        Misconception(
            "rows only",
            "Only rows are added, above and below: columns are missing on the left and right.",
            lambda x, p, mode="zero": _pad2d(x, p, mode, columns=(0, 0)),
            look="Each of the last two axes becomes 2p longer.",
        ),
        Misconception(
            "corners left empty",
            "Your corners are zero: the sides are filled, but nothing stands where they meet.",
            _empty_corners,
            look="Pad the rows first; then pad the columns of that result.",
        ),
        Misconception(
            "wrapped around",
            "Your padding comes from the opposite edge, as on a globe. 'reflect' mirrors the image "
            "at its own edge.",
            _reflecting("wrap"),
            look="In the row 1 2 3 the first value left of 1 is 2.",
        ),
        Misconception(
            "every axis padded",
            "Batch and channel axes are padded, too. Only the last two axes are rows and columns.",
            _every_axis,
            look="Keep `x.shape[:-2]` as it is.",
        ),
    ),
)
