"""The small convolutional network."""

from collections.abc import Callable, Iterator

import numpy as np
import torch

from course_utils.checks.cnn.shared import (
    DROPOUT,
    LOG_SOFTMAX_AT_THE_END,
    LOOK_AT_DROPOUT,
    LOOK_AT_THE_END,
    RELU_ON_THE_LOGITS,
    SOFTMAX_AT_THE_END,
    Seen,
    ask,
    image,
)
from course_utils.checks.cnn.stacks import Layer, Stack, of_stack, parameters, without
from course_utils.checks.core import Call, Exercise, Misconception, ValueCase, call


def _simple(n_classes: int = 10) -> Stack:
    convolutions = [layer for filters in (6, 16) for layer in _stage(filters)]
    hidden = [layer for width in (120, 84) for layer in (("dense", width), ("relu",))]
    return [*convolutions, ("flatten",), *hidden, ("dense", n_classes)]


def _stage(filters: int, k: int = 5, padding: int = 0, pool: str = "max") -> Stack:
    return [("conv", filters, k, padding), ("relu",), (pool, 2)]


def _images(c_in: int = 3, n_classes: int = 10, size: int = 32, *, seed: int = 0) -> torch.Tensor:
    """One, two or three images."""
    return image(1 + seed % 3, c_in, size, size, seed=seed)


def _look_simple(student: Callable, *settings: int, seed: int = 0) -> Seen:
    x = _images(*settings, seed=seed)
    return ask(student(*settings), parameters(_simple(*settings[1:2]), x), x, seed)


def _as_if(change: Callable[[Stack], Stack]) -> Callable[..., Seen]:
    """The right network with a changed list of layers."""

    def computes(c_in: int = 3, n_classes: int = 10, size: int = 32, seed: int = 0) -> Seen:
        right = _simple(n_classes)
        return of_stack(change(right), right, _images(c_in, size=size, seed=seed), seed)

    return computes


def _instead(**new: Layer) -> Callable[[Stack], Stack]:
    """Every layer of a kind replaced; a new one of one entry keeps the settings."""
    return lambda layers: [
        (*new[layer[0]], *layer[len(new[layer[0]]) :]) if layer[0] in new else layer
        for layer in layers
    ]


def _made_for_32(layers: Stack) -> Stack:
    first = next(i for i, layer in enumerate(layers) if layer[0] == "dense")
    return [*layers[:first], (*layers[first], 400), *layers[first + 1 :]]


def _other_kernel(k: int, padding: int) -> Callable[[Stack], Stack]:
    return lambda layers: [
        ("conv", layer[1], k, padding) if layer[0] == "conv" else layer for layer in layers
    ]


def _sizes(rng: np.random.Generator) -> Iterator[Call]:
    for n, (c_in, size) in enumerate(((1, 28), (3, 16), (1, 20), (2, 35))):
        yield call(c_in, int(rng.integers(2, 6)), size, seed=3 * int(rng.integers(300)) + n)


def _classes(rng: np.random.Generator) -> Iterator[Call]:
    for n_classes in (2, 3, 12):
        yield call(3, n_classes, seed=int(rng.integers(1000)))


SimpleCNN = Exercise(
    name="SimpleCNN",
    points=5,
    oracle=_as_if(lambda layers: layers),
    observe=_look_simple,
    learned="You can now build a convolutional network, and compute the size of its first dense "
    "layer before you run it.",
    cases=(
        ValueCase("the worked example: 32 pixels, 62,006 parameters", call()),
        ValueCase("the worked example: gray images of 28 pixels", call(1, 10, 28, seed=1)),
        ValueCase("other numbers of classes", _classes, steady=0),
        ValueCase("other images: gray, 28, 16, 20 and 35 pixels", _sizes, weight=2),
    ),
    misconceptions=(
        Misconception(
            "no ReLU",
            "Your output is what the layers give without any ReLU. Then layer after layer is still "
            "a linear function of the image, pooling aside.",
            _as_if(without("relu")),
            look="A ReLU follows both convolutions and the first two dense layers.",
        ),
        Misconception(
            "no ReLU in the classifier",
            "Your output is what comes out when the dense layers of 120 and 84 have no ReLU.",
            _as_if(
                lambda layers: (
                    layers[: layers.index(("flatten",))]
                    + without("relu")(layers[layers.index(("flatten",)) :])
                )
            ),
            look="Look at `forward`, behind the flattening.",
        ),
        Misconception(
            SOFTMAX_AT_THE_END[0],
            SOFTMAX_AT_THE_END[1] + " PyTorch's cross-entropy would take a second softmax, and "
            "that nearly stops the learning.",
            _as_if(lambda layers: [*layers, ("softmax",)]),
            look=LOOK_AT_THE_END,
        ),
        Misconception(
            *LOG_SOFTMAX_AT_THE_END,
            _as_if(lambda layers: [*layers, ("log softmax",)]),
            look=LOOK_AT_THE_END,
        ),
        Misconception(
            *RELU_ON_THE_LOGITS,
            _as_if(lambda layers: [*layers, ("relu",)]),
            look="A logit must be able to say no: nothing follows the last layer.",
        ),
        Misconception(
            *DROPOUT, _as_if(lambda layers: [*layers, ("dropout",)]), look=LOOK_AT_DROPOUT
        ),
        Misconception(
            "mean pooling",
            "Your output is what comes out when each window gives its mean. Here it gives its "
            "largest value.",
            _as_if(_instead(max=("mean",))),
            look="Which of PyTorch's pooling layers takes the largest value?",
        ),
        Misconception(
            "padding",
            "Your first dense layer reads as many numbers as padded convolutions would leave.",
            _as_if(_other_kernel(5, 2)),
            look="Without padding a kernel of 5 takes two pixels off each side: 32 → 28, pooled "
            "14 → 10, pooled 5.",
        ),
        Misconception(
            "kernel of 3",
            "Your kernels are 3 × 3. Here they are 5 × 5.",
            _as_if(_other_kernel(3, 0)),
            look="The third argument of nn.Conv2d is the kernel's side.",
        ),
        Misconception(
            "made for 32 pixels",
            "Your first dense layer has 400 inputs for every image. Only some sizes, 32 among "
            "them, leave 5 × 5 places.",
            _as_if(_made_for_32),
            look="Compute from `size` how many places are left: minus 4, half, minus 4, half.",
        ),
        Misconception(
            "no dense layer found",
            "PyTorch finds no dense layer in your network: only the two convolutions have "
            "parameters that could be trained.",
            _as_if(without("dense")),
            look="Layers in a plain Python list are not found: give each its own attribute, or use "
            "nn.Sequential or nn.ModuleList.",
        ),
    ),
)
