"""Networks of dense layers: logistic regression, and a network with two hidden layers."""

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
    shapes_of,
)
from course_utils.checks.cnn.stacks import Stack, of_stack, parameters, without
from course_utils.checks.core import Call, Exercise, Misconception, ValueCase, call, modules
from course_utils.checks.core.calls import Unusable

# ------------------------------------------------------------------ make_logistic_regression


def _rows(n_features: int, seed: int) -> torch.Tensor:
    """From one to three patients."""
    return image(1 + seed % 3, n_features, seed=seed)


def _look_logistic(student: Callable, n_features: int, n_classes: int, seed: int = 0) -> Seen:
    x = _rows(n_features, seed)
    wanted = [(n_classes, n_features), (n_classes,)]
    return ask(student(n_features, n_classes), wanted, x, seed)


def _logistic(change: Callable[[Stack], Stack] = list) -> Callable[..., Seen]:
    """The right network with a changed list of layers."""

    def computes(n_features: int, n_classes: int, seed: int = 0) -> Seen:
        right = [("dense", n_classes)]
        return of_stack(change(right), right, _rows(n_features, seed), seed)

    return computes


def _tables(rng: np.random.Generator) -> Iterator[Call]:
    for n_classes in (2, 3, 5, 8):
        yield call(int(rng.integers(11, 40)), n_classes, seed=int(rng.integers(1000)))


make_logistic_regression = Exercise(
    name="make_logistic_regression",
    points=2,
    oracle=_logistic(),
    observe=_look_logistic,
    learned="You now know that logistic regression is a network of one linear layer: a weight for "
    "each feature and class.",
    cases=(
        ValueCase("the worked example: 784 pixels, ten digits, 7,850 parameters", call(784, 10)),
        ValueCase("784 pixels, six classes", call(784, 6, seed=1)),
        ValueCase("two classes: two logits", call(30, 2, seed=2)),
        ValueCase("other sizes", _tables, steady=0),
    ),
    misconceptions=(
        Misconception(
            *SOFTMAX_AT_THE_END,
            _logistic(lambda layers: [*layers, ("softmax",)]),
            look=LOOK_AT_THE_END,
        ),
        Misconception(
            *LOG_SOFTMAX_AT_THE_END,
            _logistic(lambda layers: [*layers, ("log softmax",)]),
            look=LOOK_AT_THE_END,
        ),
        Misconception(
            "sigmoid at the end",
            "Your outputs are the sigmoids of the logits.",
            _logistic(lambda layers: [*layers, ("sigmoid",)]),
            look="Return the logits, one for each class: their softmax is the probability.",
        ),
        Misconception(
            *RELU_ON_THE_LOGITS,
            _logistic(lambda layers: [*layers, ("relu",)]),
            look="A logit must be able to say no: nothing follows the layer.",
        ),
        Misconception(
            *DROPOUT, _logistic(lambda layers: [*layers, ("dropout",)]), look=LOOK_AT_DROPOUT
        ),
        Misconception(
            "no bias",
            "Your network has as many parameters as one without biases.",
            _logistic(lambda layers: [("weights", *layers[0][1:])]),
            look="Each class has a bias, beside its weights.",
        ),
        Misconception(
            "ten outputs",
            "Your network has ten outputs whatever is asked for. Ten is right for ten digits; six "
            "kinds of images need six.",
            _logistic(lambda layers: [("dense", 10)]),
            look="The number of outputs is n_classes.",
        ),
        Misconception(
            "784 inputs",
            "Your network takes 784 inputs whatever is asked for.",
            _logistic(lambda layers: [(*layers[0], 784)]),
            look="The number of inputs is n_features.",
        ),
        Misconception(
            "one output for two classes",
            "Your network has one output where two classes are asked for. That can be done (with "
            "a sigmoid), but here every class has its own logit.",
            _logistic(lambda layers: [("dense", 1 if layers[0][1] == 2 else layers[0][1])]),
            look="Two classes are no special case: n_classes outputs.",
        ),
    ),
)


# ------------------------------------------------------------------ make_mlp


def _mlp(n_classes: int, *hidden: int) -> Stack:
    layers = [layer for width in hidden for layer in (("dense", width), ("relu",))]
    return [*layers, ("dense", n_classes)]


def _look_mlp(
    student: Callable,
    n_features: int,
    n_classes: int,
    *hidden: int,
    seed: int = 0,
    dropout: float | None = None,
) -> Seen:
    if dropout is not None:
        return _look_dropout(student(n_features, n_classes, *hidden, dropout))
    x, width = _rows(n_features, seed), (hidden or (512,))[0]
    wanted = parameters(_mlp(n_classes, width, width), x)
    return ask(student(n_features, n_classes, *hidden), wanted, x, seed)


_INPUTS, _WIDTH, _CLASSES = 7, 12, 11
"""Of the network whose dropout is looked at: its matrices have different shapes."""


def _look_dropout(network: torch.nn.Module) -> Seen:
    """What dropout does in a network that gives 1 everywhere but for it.

    All neurons of the second hidden layer read the same neuron of the first. So a dropout of the
    first layer turns whole rows of the output to zero, and one of the second layer single numbers.
    """
    wanted = parameters(_mlp(_CLASSES, _WIDTH, _WIDTH), torch.ones(1, _INPUTS))
    if sorted(shapes_of(network)) != sorted(wanted):
        raise Unusable(
            "dropout cannot be looked at as long as the dense layers differ from those asked for"
        )
    weights = {
        (_WIDTH, _INPUTS): np.full((_WIDTH, _INPUTS), 1 / _INPUTS),
        (_WIDTH, _WIDTH): np.eye(_WIDTH)[:1].repeat(_WIDTH, 0),
        (_CLASSES, _WIDTH): np.eye(_CLASSES, _WIDTH),
    }
    shapes = modules.parameter_shapes(network)
    ones = {name: weights.get(shape, np.zeros(shape)) for name, shape in shapes.items()}
    modules.load_state(network, ones)
    x = torch.ones(300, _INPUTS)
    still = modules.forward(network, x)
    given = modules.forward(network, x, training=True, seed=3).numpy()
    dropped = (np.abs(given) < 1e-3).mean(axis=1)
    return {
        "values in evaluation mode": _values(still),
        "values in training mode": _values(given),
        "neurons of the first hidden layer are dropped": bool((dropped == 1).mean() > 0.1),
        "neurons of the second hidden layer are dropped": bool((dropped % 1 > 0).any()),
    }


def _values(given: np.ndarray | torch.Tensor) -> list[float]:
    """The different numbers, at most six."""
    return np.unique(np.round(np.asarray(given, dtype=float), 2))[:6].tolist()


def _dropped(first: float, second: float, logits: float = 0.0, still: bool = True) -> Seen:
    """What is left of 1 after dropouts with these probabilities, one after the other."""
    times = first, second, logits
    kept = float(np.prod([1 / (1 - p) for p in times if p < 1]))
    values = [1.0] if not any(times) else [0.0] if max(times) == 1 else [0.0, round(kept, 2)]
    return {
        "values in evaluation mode": [1.0] if still else values,
        "values in training mode": values,
        "neurons of the first hidden layer are dropped": first > 0,
        "neurons of the second hidden layer are dropped": 0 < max(second, logits) < 1,
    }


def _idea(
    layers: Callable[[int, int], Stack] | None = None,
    dropped: Callable[[float], Seen] | None = None,
) -> Callable[..., Seen]:
    """Other layers, made from the number of classes and the width, or another dropout."""

    def computes(
        n_features: int,
        n_classes: int,
        hidden: int = 512,
        seed: int = 0,
        dropout: float | None = None,
    ) -> Seen:
        right = _mlp(n_classes, hidden, hidden)
        if dropout is None:
            wrong = layers(n_classes, hidden) if layers else right
            return of_stack(wrong, right, _rows(n_features, seed), seed)
        if layers:
            raise ValueError("other layers: their dropout cannot be looked at")
        return dropped(dropout) if dropped else _dropped(dropout, dropout)

    return computes


def _widths(rng: np.random.Generator) -> Iterator[Call]:
    for _ in range(4):
        n_features, n_classes, hidden = rng.integers([11, 2, 13], [30, 9, 40]).tolist()
        yield call(n_features, n_classes, hidden, seed=int(rng.integers(1000)))


_SMALL = (_INPUTS, _CLASSES, _WIDTH)

make_mlp = Exercise(
    name="make_mlp",
    points=3,
    oracle=_idea(),
    observe=_look_mlp,
    learned="You can now build a multilayer perceptron with dropout, and count its parameters.",
    cases=(
        ValueCase("the worked example: 784 pixels, ten digits, 669,706 parameters", call(784, 10)),
        ValueCase("other widths and classes", _widths, weight=2),
        ValueCase(
            "dropout after both hidden layers, in training mode alone",
            tuple(call(*_SMALL, dropout=p) for p in (0.5, 0.25, 0.0)),
            tolerance=0.02,
        ),
    ),
    misconceptions=(
        Misconception(
            "one hidden layer",
            "Your network has the parameters of one with a single hidden layer. Two are asked for.",
            _idea(lambda k, width: _mlp(k, width)),
            look="Three dense layers are needed, the last one for the logits.",
        ),
        Misconception(
            "three hidden layers",
            "Your network has the parameters of one with three hidden layers. Two are asked for.",
            _idea(lambda k, width: _mlp(k, width, width, width)),
            look="The last dense layer makes the logits and is not counted as hidden.",
        ),
        Misconception(
            "no activation",
            "Your output is what comes out without any ReLU: three linear layers in a row are one "
            "linear layer.",
            _idea(lambda k, width: without("relu")(_mlp(k, width, width))),
            look="A ReLU follows each hidden layer.",
        ),
        Misconception(
            *SOFTMAX_AT_THE_END,
            _idea(lambda k, width: [*_mlp(k, width, width), ("softmax",)]),
            look=LOOK_AT_THE_END,
        ),
        Misconception(
            *LOG_SOFTMAX_AT_THE_END,
            _idea(lambda k, width: [*_mlp(k, width, width), ("log softmax",)]),
            look=LOOK_AT_THE_END,
        ),
        Misconception(
            *RELU_ON_THE_LOGITS,
            _idea(lambda k, width: [*_mlp(k, width, width), ("relu",)]),
            look="A logit must be able to say no: nothing follows the last layer.",
        ),
        Misconception(
            "width ignored",
            "Your hidden layers have 512 neurons whatever is asked for.",
            _idea(lambda k, width: _mlp(k, 512, 512)),
            look="The width of both is `hidden`.",
        ),
        Misconception(
            "no dropout",
            "Your network drops nothing in training mode.",
            _idea(dropped=lambda p: _dropped(0, 0)),
            look="A dropout with the probability `dropout` stands after each hidden layer.",
        ),
        Misconception(
            "no dropout after the first hidden layer",
            "Your network drops neurons of the second hidden layer, but none of the first.",
            _idea(dropped=lambda p: _dropped(0, p)),
            look="A dropout stands after each of the two hidden layers.",
        ),
        Misconception(
            "no dropout after the second hidden layer",
            "Your network drops neurons of the first hidden layer, but none of the second.",
            _idea(dropped=lambda p: _dropped(p, 0)),
            look="A dropout stands after each of the two hidden layers.",
        ),
        Misconception(
            "dropout on the logits",
            "Your network drops logits, too. A class that is switched off cannot be predicted.",
            _idea(dropped=lambda p: _dropped(p, p, p)),
            look="Dropout belongs behind the two hidden layers, and nowhere else.",
        ),
        Misconception(
            "probability to keep",
            "Your network keeps neurons with the probability `dropout`: it should drop them.",
            _idea(dropped=lambda p: _dropped(1 - p, 1 - p)),
            look="nn.Dropout takes the probability of being dropped.",
        ),
        Misconception(
            "dropout in evaluation mode",
            "Your network drops neurons in evaluation mode, too.",
            _idea(dropped=lambda p: _dropped(p, p, still=False)),
            look="F.dropout needs to be told `training=self.training`; nn.Dropout knows it by "
            "itself.",
        ),
    ),
)
