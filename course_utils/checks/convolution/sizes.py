"""Sizes: of the output, of the padding that keeps it, of what an output sees."""

from collections.abc import Iterator
from functools import cache
from math import prod

import numpy as np
import torch
from torch.nn import functional

from course_utils.checks.convolution.shared import NO_TORCH
from course_utils.checks.core import Call, ErrorCase, Exercise, Misconception, ValueCase, call
from course_utils.checks.core.transforms import changed, then

# ------------------------------------------------------------------ conv_output_size


@cache
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


conv_output_size = Exercise(
    name="conv_output_size",
    points=2,
    oracle=_places,
    rules=(NO_TORCH,),
    learned="You can now compute the size of every layer's output before you build it.",
    cases=(
        ValueCase(
            "the worked example: 7 and 6 inputs, kernel 3",
            (call(7, 3), call(7, 3, s=2), call(6, 3, s=2)),
        ),
        ValueCase("padding", (call(5, 3, p=1, s=2), call(3, 3, p=1, s=2), call(8, 5, p=2))),
        ValueCase(
            "a stride that does not divide: rounded down",
            (call(6, 3, 0, 2), call(7, 3, 0, 2), call(9, 2, 0, 4), call(28, 5, 2, 4)),
        ),
        ValueCase("dilation", (call(9, 3, d=2), call(16, 4, p=2, s=1, d=3), call(11, 3, 1, 2, 4))),
        ValueCase(
            "kernel as large as the input, or nearly",
            (call(5, 5), call(3, 3, s=4), call(1, 3, p=1), call(6, 5), call(8, 5)),
        ),
        ValueCase("random sizes", _fitting_sizes, weight=2),
        ErrorCase(
            "ValueError where the kernel does not fit",
            (call(2, 3), call(4, 3, d=2), call(1, 5, p=1), call(3, 4, s=2), call(4, 5, s=3)),
            because="The kernel is larger than the padded input: there is no place for it.",
        ),
    ),
    misconceptions=(
        Misconception(
            "ceiling",
            "Your result is what you get when a last, incomplete step is rounded up. A window that "
            "would reach over the edge is not computed.",
            changed(_places, n=lambda n, s: n + s - 1),
            look="Round down: `//` does.",
        ),
        Misconception(
            "padding once",
            "Your result is what you get when the padding is added once. It is added on both sides "
            "of the input.",
            changed(_places, n=lambda n, p: n + p, p=0),
            look="How large is the input with its padding?",
        ),
        Misconception(
            "padding ignored",
            "Your result is what you get without padding.",
            changed(_places, p=0),
            look="How large is the input with its padding?",
        ),
        Misconception(
            "the plus one forgotten",
            "Your result is one too small: it counts the steps, not the places. Even a kernel as "
            "large as the input has one place.",
            then(_places, lambda places: places - 1),
            look="Between 5 places there are 4 steps.",
        ),
        Misconception(
            "plus one before the division",
            "Your result is what you get when the 1 is added before the division by the stride. "
            "It counts the first place, and is added at the end.",
            then(changed(_places, n=lambda n: n + 1), lambda places: places - 1),
            look="Look at your brackets.",
        ),
        Misconception(
            "kernel one too small",
            "Your result is what you get when the kernel reaches over d (k − 1) inputs. It reaches "
            "over one more.",
            changed(_places, n=lambda n: n + 1),
            look="With d = 1 a kernel of 3 covers 3 inputs, not 2.",
        ),
        Misconception(
            "dilation ignored",
            "Your result is what you get without dilation. A dilated kernel reaches further: there "
            "are d − 1 gaps between neighbours.",
            changed(_places, d=1),
            look="Use the effective size d (k − 1) + 1 in the place of k.",
        ),
        Misconception(
            "dilated kernel d times k",
            "Your result is what you get when a dilated kernel covers d·k inputs. There are gaps "
            "only between its k elements, none after the last one.",
            changed(_places, k=lambda k, d: k * d, d=1),
            look="Use the effective size d (k − 1) + 1 in the place of k.",
        ),
        Misconception(
            "stride ignored",
            "Your result is what you get with stride 1: the stride tells how far the window moves "
            "from one place to the next.",
            changed(_places, s=1),
            look="Divide the room that is left by the stride.",
        ),
    ),
)


# ------------------------------------------------------------------ padding_for


@cache
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
    learned="You can now choose the padding that keeps the size of a feature map.",
    cases=(
        ValueCase(
            "the worked example: kernel 5, dilation 1 and 2",
            tuple(call(kind, 5, d) for d in (1, 2) for kind in ("valid", "same", "full")),
        ),
        ValueCase(
            "other kernels",
            (
                *(call(kind, k) for k in (1, 7) for kind in ("valid", "same", "full")),
                *(call("full", 4), call("valid", 4)),
            ),
        ),
        ValueCase(
            "dilation",
            (call("same", 3, 2), call("full", 3, 2), call("same", 4, 2), call("full", 2, 3)),
        ),
        ValueCase("random kernels", _kinds),
        ErrorCase(
            "ValueError for an even effective kernel with 'same'",
            (call("same", 4), call("same", 2), call("same", 2, 3), call("same", 4, 3)),
            because="An even kernel has no middle: no padding that is equal on both sides keeps "
            "the size.",
        ),
        ErrorCase(
            "ValueError for an unknown kind",
            (call("half", 3), call("wide", 3), call("", 5)),
            because="There are three kinds only: 'valid', 'same' and 'full'.",
        ),
    ),
    misconceptions=(
        Misconception(
            "both sides together",
            "Your result counts both sides together. The padding is what is added on each side.",
            then(_padding, lambda padding: 2 * padding),
            look="Divide the size that is missing by two.",
        ),
        Misconception(
            "dilation ignored",
            "Your result is what you get without dilation. A dilated kernel reaches over more "
            "pixels, so it needs more padding.",
            changed(_padding, d=1),
            look="Use the effective size d (k − 1) + 1 in the place of k.",
        ),
        Misconception(
            "dilated kernel d times k",
            "Your result is what you get when a dilated kernel covers d·k pixels. There are gaps "
            "only between its k elements, none after the last one.",
            changed(_padding, k=lambda k, d: d * k, d=1),
            look="Use the effective size d (k − 1) + 1 in the place of k.",
        ),
        Misconception(
            "full is the kernel size",
            "Your 'full' is as large as the kernel: a window would hold no pixel of the image. "
            "With 'full' the first window holds one.",
            lambda kind, k, d=1: _padding(kind, k, d) + (kind == "full"),
            look="How many of the kernel's elements lie outside in the first window?",
        ),
        Misconception(
            "valid and full exchanged",
            "'valid' and 'full' are exchanged: 'valid' uses only windows inside the image.",
            changed(_padding, kind=lambda kind: {"valid": "full", "full": "valid"}.get(kind, kind)),
            look="Which of the two needs no padding?",
        ),
        Misconception(
            "same and full exchanged",
            "'same' and 'full' are exchanged: 'full' makes the output larger than the input.",
            changed(_padding, kind=lambda kind: {"same": "full", "full": "same"}.get(kind, kind)),
            look="Which of the two needs more padding?",
        ),
        Misconception(
            "same is full",
            "Your 'same' gives the padding of 'full'. It needs half of that: the size is kept when "
            "both sides together make up for what the kernel takes away.",
            lambda kind, k, d=1: _padding("full" if kind == "same" else kind, k, d),
            look="A kernel of 3 takes away 2 places. How many is that on each side?",
        ),
    ),
)


# ------------------------------------------------------------------ receptive_field


def _field(layers: list[tuple[int, ...]]) -> tuple[int, int]:
    """What one output, and two neighbours, see: PyTorch's transposed layers, from the last back."""

    def seen(outputs: int) -> int:
        for k, s, *d in reversed(layers):
            outputs = _reach(outputs, k, s, d[0] if d else 1)
        return outputs

    return seen(1), seen(2) - seen(1)


@cache
def _reach(outputs: int, k: int, s: int, d: int) -> int:
    """The inputs behind outputs side by side: the length of PyTorch's transposed layer."""
    signal = torch.empty(1, 1, outputs, device="meta")
    kernel = torch.empty(1, 1, k, device="meta")
    return functional.conv_transpose1d(signal, kernel, stride=s, dilation=d).shape[-1]


def _stacks(rng: np.random.Generator) -> Iterator[Call]:
    for _ in range(15):
        layers = rng.integers((1, 1, 1), (6, 4, 4), size=(int(rng.integers(1, 6)), 3))
        yield call([tuple(int(v) for v in layer)[: int(rng.integers(2, 4))] for layer in layers])


def _dilation(layer: tuple[int, ...]) -> int:
    """The dilation of `(k, s)` or `(k, s, d)`."""
    return layer[2] if len(layer) > 2 else 1


def _own_stride(layers: list[tuple[int, ...]]) -> tuple[int, int]:
    """Each kernel is counted in steps of its own stride, as if the stride came before it."""
    kernels = [(layer[0], *layer[2:]) for layer in layers]
    strides = [layer[1] for layer in layers]
    moved: list[tuple[int, ...]] = [(1, strides[0])]
    moved += [(k, s, *d) for (k, *d), s in zip(kernels, [*strides[1:], 1], strict=True)]
    return _field(moved)


receptive_field = Exercise(
    name="receptive_field",
    points=3,
    oracle=_field,
    parts=("size", "jump"),
    learned="You can now say how much of the image one output of a network sees.",
    cases=(
        ValueCase(
            "the worked example: layers of 3",
            (call([(3, 1), (3, 1)]), call([(3, 2), (3, 1), (3, 1)])),
        ),
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
            "dilation", (call([(3, 1, 1), (3, 1, 2), (3, 1, 4)]), call([(3, 2, 3), (2, 1, 3)]))
        ),
        ValueCase("random stacks", _stacks, weight=2),
    ),
    misconceptions=(
        Misconception(
            "strides forgotten in the size",
            "Your size is what you get when all strides are 1. Behind a stride a step is wider.",
            lambda layers: (_field([(k, 1, *d) for k, _, *d in layers])[0], _field(layers)[1]),
            look="Multiply a layer's k − 1 steps by the jump so far.",
        ),
        Misconception(
            "own stride counted first",
            "Your size is what you get with the jump after each layer. A layer's kernel moves over "
            "its *input*: the jump before it counts.",
            _own_stride,
            look="First the size, then the jump.",
        ),
        Misconception(
            "dilation ignored",
            "Your result is what you get without dilation.",
            lambda layers: _field([layer[:2] for layer in layers]),
            look="A dilated kernel reaches over d (k − 1) steps.",
        ),
        Misconception(
            "dilated kernel d times k",
            "Your size is what you get when a dilated kernel covers d·k inputs. There are gaps "
            "only between its k elements, none after the last one.",
            lambda layers: _field([(layer[0] * _dilation(layer), layer[1]) for layer in layers]),
            look="A dilated kernel reaches over d (k − 1) steps.",
        ),
        Misconception(
            "strides added",
            "Your jump adds the strides. They multiply: two strides of 2 are a jump of 4.",
            lambda layers: (_field(layers)[0], 1 + sum(layer[1] - 1 for layer in layers)),
            look="What does a layer do to the jump so far?",
        ),
        Misconception(
            "jump of the last layer",
            "Your jump is the stride of the last layer alone. The strides of all layers multiply.",
            lambda layers: (_field(layers)[0], layers[-1][1] if layers else 1),
            look="What does a layer do to the jump so far?",
        ),
        Misconception(
            "kernel sizes added",
            "Your size adds up whole kernels. Neighbouring windows overlap: each layer adds k − 1 "
            "steps.",
            lambda layers: (_field(layers)[0] + len(layers[1:]), _field(layers)[1]),
            look="Start with size 1, one pixel, and add what each layer sees more.",
        ),
        Misconception(
            "starts at zero",
            "Your size is one too small: before any layer an output sees one pixel.",
            lambda layers: (_field(layers)[0] - 1, _field(layers)[1]),
            look="What is the size with no layer at all?",
        ),
        Misconception(
            "kernel sizes multiplied",
            "Your size is the product of the kernel sizes. Each layer adds to the size.",
            lambda layers: (prod(layer[0] for layer in layers), _field(layers)[1]),
            look="Two layers of 3 see 5 pixels: 3, and one more on each side.",
        ),
        Misconception(
            "size and jump exchanged",
            "Your two numbers are exchanged: the size comes first.",
            then(_field, lambda field: field[::-1]),
            look="Return `(size, jump)`.",
        ),
        Misconception(
            "from the last layer",
            "Your result is what you get when the layers come from the last to the first: the jump "
            "of the early layers counts for the later ones, not the other way round.",
            lambda layers: _field(layers[::-1]),
            look="Go through the list as it stands, from the image on.",
        ),
    ),
)
