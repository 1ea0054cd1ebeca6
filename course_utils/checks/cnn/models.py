"""The small convolutional network."""

from collections.abc import Callable, Iterator

import numpy as np
import torch

from course_utils.checks.cnn.shared import Seen, ask, image
from course_utils.checks.cnn.stacks import Layer, Stack, of_stack, parameters, without
from course_utils.checks.core import Call, Exercise, Misconception, ValueCase, call


def _simple(n_classes: int = 10) -> Stack:
    convolutions = [layer for filters in (6, 16) for layer in _stage(filters)]
    hidden = [layer for width in (120, 84) for layer in (("dense", width), ("relu",))]
    return [*convolutions, ("flatten",), *hidden, ("dense", n_classes)]


def _stage(filters: int, k: int = 5, padding: int = 0, pool: str = "max") -> Stack:
    return [("conv", filters, k, padding), ("relu",), (pool, 2)]


def _images(c_in: int = 3, n_classes: int = 10, size: int = 32, seed: int = 0) -> torch.Tensor:
    return image(2, c_in, size, size, seed=seed)


def _look_simple(student, *settings: int, seed: int = 0) -> Seen:
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
    for c_in, size in ((1, 28), (3, 16), (1, 20), (2, 35)):
        yield call(c_in, int(rng.integers(2, 6)), size, seed=int(rng.integers(1000)))


def _classes(rng: np.random.Generator) -> Iterator[Call]:
    for n_classes in (2, 3, 12):
        yield call(3, n_classes, seed=int(rng.integers(1000)))


SimpleCNN = Exercise(
    name="SimpleCNN",
    points=5,
    oracle=_as_if(lambda layers: layers),
    observe=_look_simple,
    cases=(
        ValueCase("the defaults: 62,006 parameters, ten logits", call()),
        ValueCase("other numbers of classes", _classes),
        ValueCase("other images: gray, 28, 16, 20 and 35 pixels", _sizes, weight=2),
    ),
    misconceptions=(
        Misconception(
            "no ReLU",
            "Your network has no ReLU. Without one between them, layer after layer is still a "
            "linear function of the image, pooling aside.",
            _as_if(without("relu")),
        ),
        Misconception(
            "no ReLU in the classifier",
            "Your convolutions have their ReLU, but the dense layers of 120 and 84 lack theirs.",
            _as_if(
                lambda layers: (
                    layers[: layers.index(("flatten",))]
                    + without("relu")(layers[layers.index(("flatten",)) :])
                )
            ),
        ),
        Misconception(
            "softmax at the end",
            "Your network ends with a softmax. It must return logits: PyTorch's cross-entropy has "
            "the softmax inside, and a second one nearly stops the learning.",
            _as_if(lambda layers: [*layers, ("softmax",)]),
        ),
        Misconception(
            "ReLU on the logits",
            "Your network cuts its logits off at 0. After the last layer comes nothing: a logit "
            "must be able to say no.",
            _as_if(lambda layers: [*layers, ("relu",)]),
        ),
        Misconception(
            "mean pooling",
            "Your network pools by the mean. Here the largest value of each window is asked for.",
            _as_if(_instead(max=("mean",))),
        ),
        Misconception(
            "padding",
            "Your convolutions are padded. Without padding a kernel of 5 takes two pixels off each "
            "side: 32 → 28, pooled 14 → 10, pooled 5.",
            _as_if(_other_kernel(5, 2)),
        ),
        Misconception(
            "kernel of 3",
            "Your kernels are 3×3. Here they are 5×5.",
            _as_if(_other_kernel(3, 0)),
        ),
        Misconception(
            "made for 32 pixels",
            "Your first dense layer has 400 inputs for every image. Only 32 pixels leave 5 × 5 "
            "places: compute from `size` how many are left.",
            _as_if(_made_for_32),
        ),
        Misconception(
            "layers that are not registered",
            "PyTorch does not see the dense layers: they lie in a plain Python list, so nobody "
            "would train them. Give each its own attribute, or use nn.Sequential or "
            "nn.ModuleList.",
            _as_if(without("dense")),
        ),
    ),
)
