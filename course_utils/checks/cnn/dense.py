"""Networks of dense layers: logistic regression, and a network with two hidden layers."""

from collections.abc import Callable, Iterator

import numpy as np
import torch

from course_utils.checks.cnn.shared import SOFTMAX_AT_THE_END, Seen, ask, image, seen
from course_utils.checks.cnn.stacks import Stack, of_stack, parameters, without
from course_utils.checks.core import Call, Exercise, Misconception, ValueCase, call, modules

# ------------------------------------------------------------------ make_logistic_regression


def _rows(n_features: int, seed: int) -> torch.Tensor:
    return image(4, n_features, seed=seed)


def _look_logistic(student, n_features: int, n_classes: int, seed: int = 0) -> Seen:
    x = _rows(n_features, seed)
    wanted = [(n_classes, n_features), (n_classes,)]
    return ask(student(n_features, n_classes), wanted, x, seed)


def _logistic(change: Callable[[Stack], Stack] = list) -> Callable[..., Seen]:
    """The right network with a changed list of layers."""

    def computes(n_features: int, n_classes: int, seed: int = 0) -> Seen:
        right = [("dense", n_classes)]
        return of_stack(change(right), right, _rows(n_features, seed), seed)

    return computes


def _weights_alone(n_features: int, n_classes: int, seed: int = 0) -> Seen:
    return seen([(n_classes, n_features)], [], lambda: (None, 0))


def _tables(rng: np.random.Generator) -> Iterator[Call]:
    for _ in range(4):
        n_features, n_classes = int(rng.integers(11, 40)), int(rng.integers(2, 9))
        yield call(n_features, n_classes, seed=int(rng.integers(1000)))


make_logistic_regression = Exercise(
    name="make_logistic_regression",
    points=2,
    oracle=_logistic(),
    observe=_look_logistic,
    cases=(
        ValueCase("784 pixels, ten digits: 7,850 parameters", call(784, 10)),
        ValueCase("784 pixels, six classes", call(784, 6, seed=1)),
        ValueCase("two classes: two logits", call(30, 2, seed=2)),
        ValueCase("other sizes", _tables),
    ),
    misconceptions=(
        Misconception(*SOFTMAX_AT_THE_END, _logistic(lambda layers: [*layers, ("softmax",)])),
        Misconception(
            "sigmoid at the end",
            "Your network ends with a sigmoid. It must return logits, one for each class; their "
            "softmax is the probability.",
            _logistic(lambda layers: [*layers, ("sigmoid",)]),
        ),
        Misconception(
            "ReLU on the logits",
            "Your network cuts its logits off at 0: a logit must be able to say no.",
            _logistic(lambda layers: [*layers, ("relu",)]),
        ),
        Misconception(
            "no bias",
            "The biases are missing: n_classes of them.",
            _weights_alone,
        ),
        Misconception(
            "ten outputs",
            "Your network has ten outputs whatever is asked for. Ten is right for ten digits; six "
            "kinds of images need six.",
            _logistic(lambda layers: [("dense", 10)]),
        ),
        Misconception(
            "784 inputs",
            "Your network takes 784 inputs whatever is asked for: use n_features.",
            _logistic(lambda layers: [(*layers[0], 784)]),
        ),
        Misconception(
            "one output for two classes",
            "Your network has one output where two classes are asked for. That can be done (with "
            "a sigmoid), but here every class has its own logit.",
            _logistic(lambda layers: [("dense", max(layers[0][1] - 1, 1))]),
        ),
    ),
)


# ------------------------------------------------------------------ make_mlp


def _mlp(n_classes: int, *hidden: int) -> Stack:
    layers = [layer for width in hidden for layer in (("dense", width), ("relu",))]
    return [*layers, ("dense", n_classes)]


def _look_mlp(student, n_features: int, n_classes: int, *hidden: int, seed: int = 0) -> Seen:
    x, width = _rows(n_features, seed), (hidden or (512,))[0]
    wanted = parameters(_mlp(n_classes, width, width), x)
    return ask(student(n_features, n_classes, *hidden), wanted, x, seed, training=True)


def _hidden(change: Callable[[int, int], Stack]) -> Callable[..., Seen]:
    """Other layers instead, made from the number of classes and the width."""

    def computes(n_features: int, n_classes: int, hidden: int = 512, seed: int = 0) -> Seen:
        right = _mlp(n_classes, hidden, hidden)
        return of_stack(change(n_classes, hidden), right, _rows(n_features, seed), seed)

    return computes


def _widths(rng: np.random.Generator) -> Iterator[Call]:
    for _ in range(4):
        n_features, n_classes, hidden = rng.integers([11, 2, 13], [30, 9, 40]).tolist()
        yield call(n_features, n_classes, hidden, seed=int(rng.integers(1000)))


_PLACES = 12
"""Hidden neurons, and classes: both hidden layers hand each number on to one neuron."""


def _look_dropout(student, dropout: float) -> dict[str, list[float] | None]:
    """Which numbers come out of a network that, but for the dropout, gives 1 everywhere."""
    network = student(7, _PLACES, _PLACES, dropout)
    shapes = modules.parameter_shapes(network)
    if sorted(shapes.values()) != _parameters_of_ones():
        return {"in evaluation mode": None, "in training mode": None}
    ones = {
        name: np.eye(_PLACES) if shape == (_PLACES, _PLACES) else np.full(shape, len(shape) > 1) / 7
        for name, shape in shapes.items()
    }
    modules.load_state(network, ones)
    x = torch.ones(300, 7)
    out = {
        f"in {mode} mode": modules.forward(network, x, training=training, seed=3)
        for mode, training in (("evaluation", False), ("training", True))
    }
    return {mode: _values(given) for mode, given in out.items()}


def _parameters_of_ones() -> list[tuple[int, ...]]:
    return sorted(parameters(_mlp(_PLACES, _PLACES, _PLACES), torch.ones(1, 7)))


def _values(given: torch.Tensor) -> list[float]:
    """The different numbers, at most six."""
    return np.unique(np.round(np.asarray(given, dtype=float), 2))[:6].tolist()


def _dropped(*times: float) -> dict[str, list[float]]:
    """What is left of 1 after dropouts with these probabilities, one after the other."""
    kept = float(np.prod([1 / (1 - p) for p in times])) if times else 1.0
    values = [0.0, round(kept, 2)] if any(times) else [1.0]
    return {"in evaluation mode": [1.0], "in training mode": values}


def _twice(dropout: float) -> dict[str, list[float]]:
    return _dropped(dropout, dropout)


def _also_with_dropout(right: Callable, dropped: Callable) -> Callable:
    """The oracle of an exercise whose dropout case has one argument, and the others more."""

    def either(n_features, n_classes=None, hidden=512, seed=0):
        if n_classes is None:
            return dropped(n_features)
        return right(n_features, n_classes, hidden, seed)

    return either


def _always_dropping(dropout: float) -> dict[str, list[float]]:
    values = _dropped(dropout, dropout)["in training mode"]
    return {"in evaluation mode": values, "in training mode": values}


def _only(dropped: Callable) -> Callable:
    """A wrong idea that shows in the dropout case alone."""

    def computes(dropout, n_classes=None, hidden=512, seed=0):
        if n_classes is not None:
            raise ValueError("not the dropout case")
        return dropped(dropout)

    return computes


make_mlp = Exercise(
    name="make_mlp",
    points=3,
    oracle=_also_with_dropout(_hidden(lambda k, width: _mlp(k, width, width)), _twice),
    observe=_look_mlp,
    cases=(
        ValueCase("784 pixels, ten digits: 669,706 parameters", call(784, 10)),
        ValueCase("other widths and classes", _widths, weight=2),
        ValueCase(
            "dropout after both hidden layers, in training mode alone",
            (call(0.5), call(0.25), call(0.0)),
            tolerance=0.02,
            observe=_look_dropout,
        ),
    ),
    misconceptions=(
        Misconception(
            "one hidden layer",
            "Your network has one hidden layer. Two are asked for.",
            _hidden(lambda k, width: _mlp(k, width)),
        ),
        Misconception(
            "no activation",
            "Your network has no ReLU between its layers: three linear layers in a row are one "
            "linear layer.",
            _hidden(lambda k, width: without("relu")(_mlp(k, width, width))),
        ),
        Misconception(
            *SOFTMAX_AT_THE_END, _hidden(lambda k, width: [*_mlp(k, width, width), ("softmax",)])
        ),
        Misconception(
            "ReLU on the logits",
            "Your network cuts its logits off at 0: after the last layer comes no ReLU.",
            _hidden(lambda k, width: [*_mlp(k, width, width), ("relu",)]),
        ),
        Misconception(
            "width ignored",
            "Your hidden layers have 512 neurons whatever is asked for: use `hidden`.",
            _hidden(lambda k, width: _mlp(k, 512, 512)),
        ),
        Misconception(
            "no dropout",
            "Your network drops nothing in training mode.",
            _only(lambda dropout: _dropped()),
        ),
        Misconception(
            "one dropout",
            "Your network has a single dropout. It comes after each of the two hidden layers.",
            _only(lambda dropout: _dropped(dropout)),
        ),
        Misconception(
            "dropout on the logits",
            "Your network drops logits, too. A class that is switched off cannot be predicted: "
            "dropout belongs behind the two hidden layers.",
            _only(lambda dropout: _dropped(dropout, dropout, dropout)),
        ),
        Misconception(
            "dropout in evaluation mode",
            "Your network also drops neurons in evaluation mode: F.dropout needs to be told "
            "`training=self.training`; nn.Dropout knows it by itself.",
            _only(_always_dropping),
        ),
    ),
)
