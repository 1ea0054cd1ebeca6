"""The widget `arithmetic`: where the window goes and which size comes out."""

import numpy as np

from course_utils.widgets.convolution.arithmetic_model import (
    PADDINGS,
    Convolution,
    TransposedConvolution,
)
from course_utils.widgets.convolution.arithmetic_view import convolution_frames, transposed_frames
from course_utils.widgets.record import widget
from course_utils.widgets.settings import Choice, WholeNumber
from course_utils.widgets.stepper import Frame

KINDS = ("convolution", "transposed")


def example(n: int, k: int) -> tuple[np.ndarray, np.ndarray]:
    """Input (n, n) and kernel (k, k), small whole numbers; a larger one contains the smaller."""
    generator = np.random.default_rng(6)
    x = generator.integers(0, 4, (10, 10))
    w = generator.integers(-1, 3, (7, 7))
    return x[:n, :n], w[:k, :k]


@widget(
    "Convolution arithmetic",
    WholeNumber("n", "input n", 1, 10, "cells along one side of the input"),
    WholeNumber("k", "kernel k", 1, 7, "cells along one side of the kernel"),
    WholeNumber(
        "p", "padding p", 0, 4,
        "cells added around the input; of a transposed convolution, cells cut off",
    ),
    WholeNumber("s", "stride s", 1, 5, "stride"),
    WholeNumber("d", "dilation d", 1, 4, "dilation"),
    Choice(
        "mode", "border", tuple(PADDINGS), "what the added cells hold; reflect needs p < n"
    ),
    Choice("kind", "kind", KINDS),
    presets={
        "s = 1, k = 3, p = 0: no padding": {
            "n": 5, "k": 3, "p": 0, "s": 1, "d": 1, "mode": "zero", "kind": "convolution",
        },
        "s = 1, k = 3, p = 1: output as large as the input": {"p": 1},
        "s = 1, k = 3, p = 2: every overlap counts": {"p": 2},
        "s = 1, k = 4, p = 2: an even kernel": {"k": 4, "p": 2},
        "s = 2, k = 3, p = 1: every second place": {"p": 1, "s": 2},
        "n = 7, s = 2, k = 3, p = 0: divides exactly": {"n": 7, "s": 2},
        "n = 6, s = 2, k = 3, p = 0: does not divide": {"n": 6, "s": 2},
        "n = 7, k = 3, d = 2: dilated": {"n": 7, "d": 2},
        "s = 2, k = 3, p = 1: transposed": {"n": 3, "p": 1, "s": 2, "kind": "transposed"},
    },
    own="n = {n}, s = {s}, k = {k}, p = {p} ({mode}), d = {d}, {kind}",
)  # fmt: skip
def arithmetic(n: int, k: int, p: int, s: int, d: int, mode: str, kind: str) -> list[Frame]:
    """Where the window goes and which size comes out, step by step."""
    x, w = example(n, k)
    if kind == "convolution":
        return convolution_frames(Convolution(x, w, p, s, d, mode))
    if mode != "zero":
        raise ValueError(
            "A transposed convolution adds no border, its padding cuts cells off: choose zero."
        )
    return transposed_frames(TransposedConvolution(x, w, p, s, d))
