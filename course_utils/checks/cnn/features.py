"""VGG's features from a configuration."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import torch

from course_utils.checks.cnn.shared import DROPOUT, LOOK_AT_DROPOUT, Seen, ask, image, seen
from course_utils.checks.cnn.stacks import Layer, of_stack, parameters, without
from course_utils.checks.core import Call, Exercise, Misconception, ValueCase, call
from course_utils.checks.core.rules import PYTORCH_NOT_TORCHVISION

Config = Sequence[int | str | tuple[int, int]]

_LOUD = 40.0
"""Inputs as large as this show whether the local response is normalized."""


def _layers(config: Config, widen: Callable[[int], int] = lambda k: k // 2) -> list[Layer]:
    """The stack that a configuration means; `widen` gives the padding of a kernel."""
    marks = {"M": [("max", 2)], "LRN": [("lrn", 5)]}
    found: list[Layer] = []
    for entry in config:
        if isinstance(entry, str):
            found += marks[entry]
        else:
            filters, k = entry if isinstance(entry, tuple) else (entry, 3)
            found += [("conv", filters, k, widen(k)), ("relu",)]
    return found


def _input(in_channels: int, seed: int) -> torch.Tensor:
    """One or two images of 40 × 41: large enough for five poolings, or for no padding."""
    return _LOUD * image(1 + seed % 2, in_channels, 40, 41, seed=seed)


def _look(student: Callable, config: Config, in_channels: int = 3, seed: int = 0) -> Seen:
    x = _input(in_channels, seed)
    wanted = parameters(_layers(config), x)
    network = student(config, in_channels) if in_channels != 3 else student(config)
    return ask(network, wanted, x, seed)


def _as_if(change: Callable[[Config], list[Layer]]) -> Callable[..., Seen]:
    def computes(config: Config, in_channels: int = 3, seed: int = 0) -> Seen:
        x = _input(in_channels, seed)
        return of_stack(change(config), _layers(config), x, seed)

    return computes


def _gray_or_not(config: Config, in_channels: int = 3, seed: int = 0) -> Seen:
    """Features whose first convolution reads three channels, whatever comes."""
    right = parameters(_layers(config), _input(in_channels, seed))
    found = parameters(_layers(config), _input(3, seed))
    if in_channels == 3:
        return _as_if(_layers)(config, in_channels, seed)
    return seen(found, right, tuple)


def _all_of_three(config: Config) -> list[Layer]:
    return _layers([entry[0] if isinstance(entry, tuple) else entry for entry in config])


def _normed(config: Config) -> list[Layer]:
    return [
        new
        for layer in _layers(config)
        for new in ([layer, ("norm",)] if layer[0] == "conv" else [layer])
    ]


def _small(letter: str) -> list[int | str | tuple[int, int]]:
    """VGG's configuration A to E with a 32nd of its channels."""
    extra = {"A": "", "A-LRN": "L", "B": "", "C": "1", "D": "3", "E": "33"}[letter]
    doubled = letter in "BCDE"
    config: list = []
    for block, width in enumerate((2, 4, 8, 16, 16)):
        config += [width] * (2 if doubled or block > 1 else 1)
        if extra == "L" and block == 0:
            config.append("LRN")
        elif extra != "L" and block > 1:
            config += [(width, 1) if mark == "1" else width for mark in extra]
        config.append("M")
    return config


def _configs(rng: np.random.Generator) -> Iterator[Call]:
    for _ in range(4):
        config = [
            width if rng.random() < 0.6 else (width, int(rng.choice([1, 3, 5])))
            for width in rng.integers(2, 7, 4).tolist()
        ]
        for mark in ("M", "LRN", "M"):
            config.insert(int(rng.integers(0, len(config) + 1)), mark)
        yield call(config, int(rng.integers(1, 5)), seed=int(rng.integers(1000)))


vgg_features = Exercise(
    name="vgg_features",
    points=4,
    oracle=_as_if(_layers),
    observe=_look,
    rules=(PYTORCH_NOT_TORCHVISION,),
    learned="You can now read a configuration such as VGG's, and build the network from it.",
    cases=(
        ValueCase(
            "the worked example: 8, M, 16, M, with 1,392 parameters", call([8, "M", 16, "M"])
        ),
        ValueCase("a gray image", call([4, "M", 6, 6, "M"], 1, seed=1)),
        ValueCase(
            "configuration C's 1×1 and a kernel of 5",
            (call([4, (6, 1), "M"], seed=2), call([(3, 5), 4, (5, 1)], seed=3)),
        ),
        ValueCase(
            "A-LRN's normalization",
            (call([4, "".join(("L", "RN")), "M", 6], seed=4), call(["LRN", 3], seed=5)),
        ),
        ValueCase(
            "VGG's A, A-LRN, B, C, D and E with a 32nd of the channels",
            tuple(call(_small(k), seed=6) for k in ("A", "A-LRN", "B", "C", "D", "E")),
        ),
        ValueCase("other configurations", _configs),
    ),
    misconceptions=(
        Misconception(
            "no ReLU",
            "Your output is what comes out without any ReLU.",
            _as_if(lambda config: without("relu")(_layers(config))),
            look="A ReLU follows every convolution.",
        ),
        Misconception(
            "no padding",
            "Your output is what comes out without padding: each convolution shrinks the image. "
            "VGG keeps its size until the next pooling.",
            _as_if(lambda config: _layers(config, lambda k: 0)),
            look="A kernel of k needs the padding k // 2.",
        ),
        Misconception(
            "padding of 1 for all",
            "Your output is what comes out with a padding of 1 for every kernel. That keeps the "
            "size for 3×3 alone.",
            _as_if(lambda config: _layers(config, lambda k: 1)),
            look="A 1×1 kernel needs no padding, 5×5 needs 2.",
        ),
        Misconception(
            "1×1 made 3×3",
            "Your kernels are all 3×3. A pair (channels, k) asks for kernels of k by k.",
            _as_if(_all_of_three),
            look="What do you do with the second number of a pair?",
        ),
        Misconception(
            "LRN left out",
            'Your output is what comes out when "LRN" is left out.',
            _as_if(lambda config: without("lrn")(_layers(config))),
            look='"LRN" stands for nn.LocalResponseNorm(5).',
        ),
        Misconception(
            "batch norm added",
            "Your features have the parameters of a batch norm behind every convolution. VGG was "
            "published in 2014, before batch norm: it has none.",
            _as_if(_normed),
            look="Only convolutions have parameters here.",
        ),
        Misconception(
            "mean pooling",
            'Your output is what comes out when "M" takes the mean. It stands for max pooling.',
            _as_if(
                lambda config: [
                    ("mean", 2) if layer[0] == "max" else layer for layer in _layers(config)
                ]
            ),
            look="Which of PyTorch's pooling layers takes the largest value?",
        ),
        Misconception(
            "three channels whatever comes",
            "Your first convolution reads three channels whatever is asked for. A gray image has "
            "one.",
            _gray_or_not,
            look="It reads in_channels channels, every other one what the last one gave.",
        ),
        Misconception(
            "flattened",
            "Your network gives the numbers of the last maps in one long vector. The features are "
            "the maps themselves.",
            _as_if(lambda config: [*_layers(config), ("flatten",)]),
            look="Flattening belongs to the classifier, which is not asked for here.",
        ),
        Misconception(
            *DROPOUT, _as_if(lambda config: [*_layers(config), ("dropout",)]), look=LOOK_AT_DROPOUT
        ),
    ),
)
