"""VGG's features from a configuration."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from course_utils.checks.cnn.shared import Seen, ask, image
from course_utils.checks.cnn.stacks import Layer, of_stack, parameters, without
from course_utils.checks.core import Call, Exercise, Misconception, ValueCase, call
from course_utils.checks.core.rules import PYTORCH_NOT_TORCHVISION

Config = Sequence[int | str | tuple[int, int]]

_LOUD = 300.0
"""Inputs as large as this show whether the local response is normalized."""


def _layers(config: Config, widen=lambda k: k // 2) -> list[Layer]:
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


def _input(config: Config, in_channels: int, seed: int):
    size = max(7, 2 ** sum(entry == "M" for entry in config))
    return _LOUD * image(1, in_channels, size, size + 1, seed=seed)


def _look(student, config: Config, in_channels: int = 3, seed: int = 0) -> Seen:
    x = _input(config, in_channels, seed)
    network = student(config, in_channels) if in_channels != 3 else student(config)
    return ask(network, parameters(_layers(config), x), x, seed)


def _as_if(change: Callable[[Config], list[Layer]]) -> Callable[..., Seen]:
    def computes(config: Config, in_channels: int = 3, seed: int = 0) -> Seen:
        x = _input(config, in_channels, seed)
        return of_stack(change(config), _layers(config), x, seed)

    return computes


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
    cases=(
        ValueCase("the worked example: 8, M, 16, M", call([8, "M", 16, "M"])),
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
            "Your features have no ReLU: one follows every convolution.",
            _as_if(lambda config: without("relu")(_layers(config))),
        ),
        Misconception(
            "no padding",
            "Your convolutions shrink the image. VGG keeps its size until the next pooling: a "
            "kernel of k needs the padding k // 2.",
            _as_if(lambda config: _layers(config, lambda k: 0)),
        ),
        Misconception(
            "padding of 1 for all",
            "Your padding is 1 for every kernel. That keeps the size for 3×3 alone; a 1×1 kernel "
            "needs none, 5×5 needs 2.",
            _as_if(lambda config: _layers(config, lambda k: 1)),
        ),
        Misconception(
            "1×1 made 3×3",
            "Your kernels are all 3×3. A pair (channels, k) asks for kernels of k by k.",
            _as_if(_all_of_three),
        ),
        Misconception(
            "LRN left out",
            'Your features leave "LRN" out: it stands for nn.LocalResponseNorm(5).',
            _as_if(lambda config: without("lrn")(_layers(config))),
        ),
        Misconception(
            "batch norm added",
            "Your features have a batch norm behind every convolution. VGG was published in 2014, "
            "before batch norm: it has none.",
            _as_if(_normed),
        ),
        Misconception(
            "mean pooling",
            'Your "M" pools by the mean. It stands for max pooling, 2×2 with stride 2.',
            _as_if(
                lambda config: [
                    ("mean", 2) if layer[0] == "max" else layer for layer in _layers(config)
                ]
            ),
        ),
    ),
)
