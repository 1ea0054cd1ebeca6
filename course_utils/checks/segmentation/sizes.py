"""The size of what a transposed convolution gives."""

from collections.abc import Iterator

import numpy as np
import torch
from torch.nn import functional

from course_utils.checks.core import (
    Call,
    ErrorCase,
    Exercise,
    Forbid,
    Misconception,
    ValueCase,
    call,
)
from course_utils.checks.core.transforms import changed, then


def _size(n: int, k: int, p: int = 0, s: int = 1, d: int = 1, output_padding: int = 0) -> int:
    """PyTorch's own: the length of what its layer gives, without computing values."""
    signal = torch.empty(1, 1, n, device="meta")
    kernel = torch.empty(1, 1, k, device="meta")
    return functional.conv_transpose1d(
        signal, kernel, stride=s, padding=p, output_padding=output_padding, dilation=d
    ).shape[-1]


def _forward(n: int, k: int, p: int = 0, s: int = 1, d: int = 1, output_padding: int = 0) -> int:
    """What a convolution with these numbers would give."""
    signal = torch.empty(1, 1, n, device="meta")
    kernel = torch.empty(1, 1, k, device="meta")
    return functional.conv1d(signal, kernel, stride=s, padding=p, dilation=d).shape[-1]


def _random(rng: np.random.Generator) -> Iterator[Call]:
    for _ in range(40):
        n, k, s, d = rng.integers((3, 1, 1, 1), (30, 8, 6, 4)).tolist()
        longest = (n - 1) * s + d * (k - 1)
        p = int(rng.integers(0, min(5, longest // 2 + 1)))
        yield call(n, k, p, s, d, int(rng.integers(0, max(s, d))))


transposed_output_size = Exercise(
    name="transposed_output_size",
    points=2,
    oracle=_size,
    rules=(Forbid(("torch",), "plain Python is enough."),),
    learned="You can now say how large the output of a transposed convolution is, and choose one "
    "that leads back to the size before.",
    cases=(
        ValueCase(
            "the worked example: 4 inputs, kernel 3",
            (call(4, 3), call(4, 3, 1, 2), call(4, 3, p=1, s=2, output_padding=1)),
        ),
        ValueCase(
            "stride",
            (call(4, 2, s=2), call(7, 3, s=3), call(5, 1, s=4), call(1, 4, s=2), call(1, 1)),
        ),
        ValueCase(
            "padding, until one pixel is left",
            (call(5, 3, p=1), call(6, 4, 1, 2), call(9, 5, p=2, s=2), call(1, 3, 1), call(3, 3, 2)),
        ),
        ValueCase("dilation", (call(5, 3, d=2), call(4, 4, p=2, s=2, d=3), call(6, 2, 1, 3, 4))),
        ValueCase(
            "output padding, up to the larger one of stride and dilation",
            (
                call(4, 3, 0, 3, 1, 2),
                call(4, 3, 1, 1, 3, 2),
                call(5, 2, 0, 2, 2, 1),
                call(5, 2, 1, 2, 3, 2),
            ),
        ),
        ValueCase("random sizes", _random, weight=2),
        ErrorCase(
            "ValueError where the output padding is too large",
            (call(4, 3, output_padding=1), call(4, 3, 0, 2, 1, 2), call(4, 3, 1, 2, 3, 3)),
            because="A convolution with this stride cannot lose so many rows at its end.",
        ),
        ErrorCase(
            "ValueError where nothing is left",
            (
                call(1, 2, p=1),
                call(1, 1, p=1),
                call(1, 3, p=2),
                call(2, 2, p=2, s=1),
                call(2, 1, 2),
            ),
            because="The padding cuts off the whole output.",
        ),
    ),
    misconceptions=(
        Misconception(
            "size of a convolution",
            "Your result is the size that a convolution gives. A transposed one goes the other "
            "way: the stride makes the output larger.",
            _forward,
            look="Multiply by the stride instead of dividing.",
        ),
        Misconception(
            "padding once",
            "Your result is what you get when the padding is cut off one end only. It is cut off "
            "both.",
            then(_size, lambda size, p: size + p),
            look="How many pixels go away in all?",
        ),
        Misconception(
            "padding ignored",
            "Your result is what you get without padding.",
            then(_size, lambda size, p: size + 2 * p),
            look="Padding cuts pixels off both ends.",
        ),
        Misconception(
            "padding added",
            "Your result is what you get when the padding makes the output larger. Here it cuts "
            "pixels off: it undoes what padding does in a convolution.",
            then(_size, lambda size, p: size + 4 * p),
            look="Look at the sign of the padding.",
        ),
        Misconception(
            "output padding ignored",
            "Your result is what you get without output padding.",
            changed(_size, output_padding=0),
            look="It is added at the end.",
        ),
        Misconception(
            "output padding on both ends",
            "Your result is what you get when the output padding is added at both ends. It is "
            "added at one.",
            then(_size, lambda size, output_padding: size + output_padding),
            look="How often do you add it?",
        ),
        Misconception(
            "dilation ignored",
            "Your result is what you get without dilation.",
            then(_size, lambda size, k, d: size - (d - 1) * (k - 1)),
            look="A dilated kernel covers d (k − 1) + 1 pixels.",
        ),
        Misconception(
            "kernel d times k",
            "Your result is what you get when a kernel covers d·k pixels and one more. There are "
            "gaps only between its k elements.",
            then(_size, lambda size, d: size + d),
            look="A dilated kernel covers d (k − 1) + 1 pixels.",
        ),
        Misconception(
            "n steps for n − 1",
            "Your result counts one step too many: from the first of n pixels to the last there "
            "are n − 1 steps.",
            then(_size, lambda size, s: size + s),
            look="Where does the last pixel put its kernel?",
        ),
        Misconception(
            "the plus one forgotten",
            "Your result is one too small.",
            then(_size, lambda size: size - 1),
            look="One input and a kernel of one give one output.",
        ),
        Misconception(
            "stride ignored",
            "Your result is what you get with stride 1.",
            then(_size, lambda size, n, s: size - (n - 1) * (s - 1)),
            look="The stride tells how far apart two neighbours put their kernels.",
        ),
    ),
)
