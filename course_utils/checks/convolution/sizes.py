"""Sizes: of the output, of the padding that keeps it, of what an output sees."""

from collections.abc import Iterator

import numpy as np
import torch
from torch.nn import functional

from course_utils.checks.core import Call, ErrorCase, Exercise, Misconception, ValueCase, call
from course_utils.checks.core.rules import ARITHMETIC_ONLY
from course_utils.checks.core.transforms import changed, then

# ------------------------------------------------------------------ conv_output_size


def _places(n: int, k: int, p: int = 0, s: int = 1, d: int = 1) -> int:
    """PyTorch's own count: the length of what its convolution gives, without computing values."""
    signal = torch.empty(1, 1, n, device="meta")
    kernel = torch.empty(1, 1, k, device="meta")
    try:
        return functional.conv1d(signal, kernel, stride=s, padding=p, dilation=d).shape[-1]
    except RuntimeError as error:
        raise ValueError(f"the kernel does not fit: {error}") from error


def _fitting_sizes(rng: np.random.Generator) -> Iterator[Call]:
    for _ in range(40):
        k, p, s, d = rng.integers((1, 0, 1, 1), (8, 5, 6, 4)).tolist()
        reach = range(0, d * k, d)[-1] + 1
        yield call(max(reach - 2 * p, 1) + int(rng.integers(0, 30)), k, p, s, d)


def _without_refusal(n: int, k: int, p: int = 0, s: int = 1, d: int = 1) -> int:
    """The formula continued below its range: shifted there by whole strides, then back."""
    for strides in range(1000):
        try:
            return _places(n + strides * s, k, p, s, d) - strides
        except ValueError:
            continue
    raise ValueError("out of reach")


conv_output_size = Exercise(
    name="conv_output_size",
    points=2,
    oracle=_places,
    rules=(ARITHMETIC_ONLY,),
    cases=(
        ValueCase("the worked example: 7 inputs, kernel 3", (call(7, 3), call(7, 3, s=2))),
        ValueCase("padding", (call(5, 3, p=1, s=2), call(3, 3, p=1, s=2), call(8, 5, p=2))),
        ValueCase(
            "a stride that does not divide: rounded down",
            (call(6, 3, 0, 2), call(8, 3, 0, 2), call(9, 2, 0, 4), call(28, 5, 1, 4)),
        ),
        ValueCase("dilation", (call(9, 3, d=2), call(16, 4, p=2, s=1, d=3), call(11, 3, 1, 2, 4))),
        ValueCase("kernel as large as the input", (call(5, 5), call(3, 3, s=4), call(1, 3, p=1))),
        ValueCase("random sizes", _fitting_sizes, weight=2),
        ErrorCase(
            "ValueError where the kernel does not fit",
            (call(2, 3), call(4, 3, d=2), call(1, 5, p=1), call(3, 4, s=2), call(4, 5, s=3)),
        ),
    ),
    misconceptions=(
        Misconception(
            "ceiling",
            "Your result is what you get when a last, incomplete step is rounded up. A window that "
            "would reach over the edge is not computed: round down.",
            changed(_places, n=lambda n, s: n + s - 1),
        ),
        Misconception(
            "padding once",
            "Your result is what you get when the padding is added once. It is added on both sides "
            "of the input.",
            changed(_places, n=lambda n, p: n + p, p=0),
        ),
        Misconception(
            "the plus one forgotten",
            "Your result is one too small: it counts the steps, not the places. Even a kernel as "
            "large as the input has one place.",
            then(_places, lambda places: places - 1),
        ),
        Misconception(
            "dilation ignored",
            "Your result is what you get without dilation. A dilated kernel reaches further: there "
            "are d − 1 gaps between neighbours.",
            changed(_places, d=1),
        ),
        Misconception(
            "dilated kernel d times k",
            "Your result is what you get when a dilated kernel covers d·k inputs. There are gaps "
            "only between its k elements, none after the last one.",
            changed(_places, k=lambda k, d: k * d, d=1),
        ),
        Misconception(
            "stride ignored",
            "Your result is what you get with stride 1: the stride tells how far the window moves "
            "from one place to the next.",
            changed(_places, s=1),
        ),
        Misconception(
            "a float",
            "The size is right, but it is a float. A number of places is a whole number: use "
            "integer division.",
            then(_places, float),
        ),
        Misconception(
            "no refusal",
            "The kernel is larger than the padded input here: there is no place for it, so say so "
            "with a ValueError instead of returning a number.",
            _without_refusal,
        ),
    ),
)


# ------------------------------------------------------------------ padding_for


def _padding(kind: str, k: int, d: int = 1) -> int:
    """Found by trying: the padding with which PyTorch's output has the size that `kind` names."""
    n = 50
    lost = n - _places(n, k, d=d)
    wanted = {"valid": n - lost, "same": n, "full": n + lost}[kind]
    for p in range(lost + 1):
        if _places(n, k, p, d=d) == wanted:
            return p
    raise ValueError(f"no padding gives {wanted} places")


def _kinds(rng: np.random.Generator) -> Iterator[Call]:
    for _ in range(20):
        k, d = int(rng.integers(1, 6)) * 2 - 1, int(rng.integers(1, 5))
        yield call(str(rng.choice(["valid", "same", "full"])), k, d)


padding_for = Exercise(
    name="padding_for",
    points=2,
    oracle=_padding,
    rules=(ARITHMETIC_ONLY,),
    cases=(
        ValueCase(
            "the worked example: kernel 3", (call("valid", 3), call("same", 3), call("full", 3))
        ),
        ValueCase("other kernels", (call("same", 7), call("full", 4), call("valid", 4))),
        ValueCase("kernel 1", (call("same", 1), call("full", 1), call("valid", 1))),
        ValueCase(
            "dilation",
            (call("same", 3, 2), call("full", 3, 2), call("same", 4, 2), call("full", 2, 3)),
        ),
        ValueCase("random kernels", _kinds),
        ErrorCase(
            "ValueError for an even effective kernel with 'same'",
            (call("same", 4), call("same", 2), call("same", 2, 3), call("same", 4, 3)),
        ),
        ErrorCase(
            "ValueError for an unknown kind", (call("half", 3), call("wide", 3), call("", 5))
        ),
    ),
    misconceptions=(
        Misconception(
            "both sides together",
            "Your result counts both sides together. The padding is what is added on each side.",
            then(_padding, lambda padding: 2 * padding),
        ),
        Misconception(
            "dilation ignored",
            "Your result is right without dilation. A dilated kernel reaches over more pixels, so "
            "it needs more padding.",
            changed(_padding, d=1),
        ),
        Misconception(
            "full is the kernel size",
            "With 'full' the first window holds one pixel of the image: the kernel's other "
            "elements, all but one, lie outside.",
            lambda kind, k, d=1: _padding(kind, k, d) + (kind == "full"),
        ),
        Misconception(
            "valid and full exchanged",
            "'valid' and 'full' are exchanged: 'valid' uses only windows inside the image.",
            lambda kind, k, d=1: _padding({"valid": "full", "full": "valid"}.get(kind, kind), k, d),
        ),
        Misconception(
            "a float",
            "The padding is right, but it is a float. Pixels are counted in whole numbers.",
            then(_padding, float),
        ),
        Misconception(
            "even kernel rounded",
            "An even kernel cannot keep the size with the same padding on both sides: refuse it "
            "with a ValueError instead of rounding.",
            lambda kind, k, d=1: _padding(kind, d * k - d),
        ),
    ),
)


# ------------------------------------------------------------------ receptive_field


def _field(layers: list[tuple[int, ...]]) -> tuple[int, int]:
    """What one output, and two neighbours, see: PyTorch's transposed layers, from the last back."""

    def seen(outputs: int) -> int:
        signal = torch.empty(1, 1, outputs, device="meta")
        for k, s, *d in reversed(layers):
            kernel = torch.empty(1, 1, k, device="meta")
            signal = functional.conv_transpose1d(
                signal, kernel, stride=s, dilation=d[0] if d else 1
            )
        return signal.shape[-1]

    return seen(1), seen(2) - seen(1)


def _stacks(rng: np.random.Generator) -> Iterator[Call]:
    for _ in range(15):
        layers = rng.integers((1, 1, 1), (6, 4, 4), size=(int(rng.integers(1, 6)), 3))
        yield call([tuple(int(v) for v in layer)[: int(rng.integers(2, 4))] for layer in layers])


def _own_stride(layers: list[tuple[int, ...]]) -> tuple[int, int]:
    """Each kernel is counted in steps of its own stride, as if the stride came before it."""
    kernels = [(layer[0], *layer[2:]) for layer in layers]
    strides = [layer[1] for layer in layers]
    moved = [(1, strides[0])]
    moved += [(k, s, *d) for (k, *d), s in zip(kernels, [*strides[1:], 1], strict=True)]
    return _field(moved)


receptive_field = Exercise(
    name="receptive_field",
    points=3,
    oracle=_field,
    rules=(ARITHMETIC_ONLY,),
    cases=(
        ValueCase("the worked example: two layers of 3", call([(3, 1), (3, 1)])),
        ValueCase("no layer", call([])),
        ValueCase("one layer", (call([(7, 2)]), call([(1, 1)]), call([(2, 2)]), call([(5, 1, 2)]))),
        ValueCase(
            "strides",
            (
                call([(3, 2), (3, 1)]),
                call([(3, 2), (3, 2), (3, 2)]),
                call([(5, 1), (2, 2), (5, 1), (2, 2)]),
            ),
        ),
        ValueCase(
            "dilation", (call([(3, 1, 1), (3, 1, 2), (3, 1, 4)]), call([(3, 2, 2), (2, 1, 3)]))
        ),
        ValueCase("random stacks", _stacks, weight=2),
    ),
    misconceptions=(
        Misconception(
            "strides forgotten in the size",
            "Your size adds up k − 1 of every layer as if all strides were 1. Behind a stride a "
            "step is wider: multiply by the jump so far.",
            lambda layers: (_field([(k, 1, *d) for k, _, *d in layers])[0], _field(layers)[1]),
        ),
        Misconception(
            "own stride counted first",
            "Your size uses the jump after the layer. A layer's kernel moves over its *input*: use "
            "the jump before it, and multiply by its stride afterwards.",
            _own_stride,
        ),
        Misconception(
            "dilation ignored",
            "Your result is what you get without dilation.",
            lambda layers: _field([layer[:2] for layer in layers]),
        ),
        Misconception(
            "strides added",
            "Your jump adds the strides. They multiply: two strides of 2 are a jump of 4.",
            lambda layers: (_field(layers)[0], 1 + sum(layer[1] - 1 for layer in layers)),
        ),
        Misconception(
            "kernel sizes added",
            "Your size adds up whole kernels. Neighbouring windows overlap: each layer adds k − 1.",
            lambda layers: (_field(layers)[0] + len(layers) - 1, _field(layers)[1]),
        ),
        Misconception(
            "from the last layer",
            "Your result goes through the layers from the last to the first; the jump of the early "
            "layers counts for the later ones, not the other way round.",
            lambda layers: _field(layers[::-1]),
        ),
    ),
)
