"""The widget of convolution arithmetic."""

import numpy as np

from course_utils.widgets.convolution.arithmetic_model import (
    PADDINGS,
    Convolution,
    TransposedConvolution,
)
from course_utils.widgets.convolution.arithmetic_view import convolution_frames, transposed_frames
from course_utils.widgets.stepper import Choice, Frame, Stepper, WholeNumber, given_first

KINDS = ("convolution", "transposed")
SETTINGS = (
    WholeNumber("n", "input n", 1, 10),
    WholeNumber("k", "kernel k", 1, 7),
    WholeNumber("p", "padding p", 0, 4),
    WholeNumber("s", "stride s", 1, 5),
    WholeNumber("d", "dilation d", 1, 4),
    Choice("mode", "border", tuple(PADDINGS)),
    Choice("kind", "kind", KINDS),
)


def _values(
    n: int, k: int, p: int, s: int, d: int = 1, mode: str = "zero", kind: str = KINDS[0]
) -> dict:
    return {"n": n, "k": k, "p": p, "s": s, "d": d, "mode": mode, "kind": kind}


PRESETS = {
    "s = 1, k = 3, p = 0: no padding": _values(5, 3, 0, 1),
    "s = 1, k = 3, p = 1: output as large as the input": _values(5, 3, 1, 1),
    "s = 1, k = 3, p = 2: every overlap counts": _values(5, 3, 2, 1),
    "s = 1, k = 4, p = 2: an even kernel": _values(5, 4, 2, 1),
    "s = 2, k = 3, p = 1: every second place": _values(5, 3, 1, 2),
    "n = 7, s = 2, k = 3, p = 0: divides exactly": _values(7, 3, 0, 2),
    "n = 6, s = 2, k = 3, p = 0: does not divide": _values(6, 3, 0, 2),
    "n = 7, k = 3, d = 2: dilated": _values(7, 3, 0, 1, 2),
    "s = 2, k = 3, p = 1: transposed": _values(3, 3, 1, 2, kind="transposed"),
}


def _example(n: int, k: int) -> tuple[np.ndarray, np.ndarray]:
    """Small whole numbers; a larger example contains the smaller one."""
    generator = np.random.default_rng(6)
    x = generator.integers(0, 4, (10, 10))
    w = generator.integers(-1, 3, (7, 7))
    return x[:n, :n], w[:k, :k]


def _arithmetic_film(n: int, k: int, p: int, s: int, d: int, mode: str, kind: str) -> list[Frame]:
    x, w = _example(n, k)
    if kind == "transposed":
        if mode != "zero":
            raise ValueError(
                "A transposed convolution adds no border, its padding cuts cells off: choose zero."
            )
        return transposed_frames(TransposedConvolution(x, w, p, s, d))
    return convolution_frames(Convolution(x, w, p, s, d, mode))


def arithmetic(
    n: int = 5,
    k: int = 3,
    p: int = 0,
    s: int = 1,
    d: int = 1,
    mode: str = "zero",
    kind: str = "convolution",
) -> Stepper:
    """Where the window goes and which size comes out, step by step.

    Args:
        n: cells along one side of the input, 1 to 10.
        k: cells along one side of the kernel, 1 to 7.
        p: cells added around the input, 0 to 4; of a transposed convolution, cells cut off.
        s: stride, 1 to 5.
        d: dilation, 1 to 4.
        mode: what the added cells hold: `zero`, `reflect` (needs p < n) or `replicate`.
        kind: `convolution` or `transposed`.

    Returns:
        A Stepper that shows these settings first and has the usual cases as examples.

    Raises:
        ValueError: for settings out of range, or where no window fits.
    """
    given = _values(n, k, p, s, d, mode, kind)
    examples = given_first(
        given, f"n = {n}, s = {s}, k = {k}, p = {p} ({mode}), d = {d}, {kind}", PRESETS, SETTINGS
    )
    return Stepper("Convolution arithmetic", _arithmetic_film, examples, SETTINGS)
