"""Gradients computed backwards, and followed. The truth is PyTorch's autograd."""

from collections.abc import Callable, Iterator

import numpy as np
import torch
from torch.nn import functional

from course_utils.checks.core import Call, Exercise, Misconception, PropertyCase, ValueCase, call
from course_utils.checks.core.draws import quarters
from course_utils.checks.core.gradients import worst_slopes
from course_utils.checks.core.transforms import changed, then
from course_utils.checks.perceptron.networks import SMALL, WIDE, Params, draw_params
from course_utils.checks.perceptron.shared import FAIRLY, NO_TORCH, tensors

# ------------------------------------------------------------------ mlp_backward

_NAMES = ("W1", "b1", "W2", "b2")


Gate = Callable[[torch.Tensor], torch.Tensor]


def _loss(
    x: torch.Tensor, y: torch.Tensor, *weights: torch.Tensor, gate: Gate | None = None
) -> torch.Tensor:
    """The error; `gate` makes the gradient of the hidden sums of that of the hidden values."""
    W1, b1, W2, b2 = weights
    sums = functional.linear(x, W1.T, b1)
    hidden = functional.relu(sums)
    if gate:  # the value of ReLU, another gradient
        hidden = sums + (hidden - sums).detach()
        hidden.register_hook(gate)
    return functional.mse_loss(functional.linear(hidden, W2.T, b2), y)


def _gradients(x: np.ndarray, y: np.ndarray, params: Params, gate: Gate | None = None) -> Params:
    inputs, target, *weights = tensors(x, y, *(params[name] for name in _NAMES))
    found = torch.autograd.grad(_loss(inputs, target, *weights, gate=gate), weights)
    return {name: gradient.numpy() for name, gradient in zip(_NAMES, found, strict=True)}


def _scaled(gradients: Params, factor: float, names: tuple[str, ...] = _NAMES) -> Params:
    return {name: g * factor if name in names else g for name, g in gradients.items()}


def _away_from_kinks(
    rng: np.random.Generator, n: int, d: int, h: int, k: int
) -> tuple[np.ndarray, np.ndarray, Params]:
    """A batch and a network whose hidden sums are not 0, where ReLU has no single slope."""
    while True:
        x, params = quarters(rng, n, d, most=1.5), draw_params(rng, d, h, k)
        sums = np.einsum("nd,dh->nh", x, params["W1"]) + params["b1"]
        if (abs(sums) > 0.05).all():
            return x, quarters(rng, n, k, most=1.5), params


def _training_batches(rng: np.random.Generator) -> Iterator[Call]:
    for shape in ((3, 2, 3, 1), (4, 3, 5, 2), (2, 3, 3, 3), (1, 2, 4, 2)):
        yield call(*_away_from_kinks(rng, *shape))
    x = rng.integers(8, 20, (3, 2)) * rng.choice([-1.0, 1.0], (3, 2))
    yield call(x, quarters(rng, 3, 2), WIDE)


def _training_layouts(rng: np.random.Generator) -> Iterator[Call]:
    x, y, params = _away_from_kinks(rng, 4, 3, 4, 2)
    yield call(np.asfortranarray(x), np.repeat(y, 2, axis=1)[:, ::2], params)
    single = {name: value.astype(np.float32) for name, value in params.items()}
    yield call(x.astype(np.float32), y.astype(np.float32), single)
    yield call(*_away_from_kinks(rng, 3, 1, 1, 1))


def _agrees_with_slopes(student: Callable, x: np.ndarray, y: np.ndarray, params: Params) -> str:
    """The law that a small step changes the error as the gradient foretells."""

    def error(**weights: np.ndarray) -> float:
        return float(_loss(*tensors(x, y, *(weights[name] for name in _NAMES))))

    at = {name: params[name] for name in _NAMES}
    for name, slope in worst_slopes(error, at, student(x, y, params)):
        if slope.error > FAIRLY:
            return f"move `{name}` a little and look at the error: {slope}"
    return ""


def _for_slopes(rng: np.random.Generator) -> Iterator[Call]:
    yield call(*_away_from_kinks(rng, 3, 2, 3, 2))


mlp_backward = Exercise(
    name="mlp_backward",
    points=6,
    oracle=lambda x, y, params: _gradients(x, y, params),
    tolerance=FAIRLY,
    rules=(NO_TORCH.also("scipy"),),
    learned="You can now send an error backwards through a network: this is backpropagation.",
    cases=(
        ValueCase("the worked example", call(np.array([[1.0, 1.0]]), np.array([[2.0]]), SMALL)),
        ValueCase(
            "two patients, an open and a closed hidden neuron each",
            call(np.array([[-3.0, 1.0], [2.0, -0.25]]), np.array([[-1.0], [2.0]]), SMALL),
        ),
        ValueCase("random networks", _training_batches, weight=3),
        ValueCase("edge cases: views, float32, one neuron", _training_layouts),
        PropertyCase("small steps change the error so", _for_slopes, law=_agrees_with_slopes),
    ),
    misconceptions=(
        Misconception(
            "sum for mean",
            "Your gradients are those of the sum of the squared errors. The error is their mean "
            "over all N·K entries.",
            lambda x, y, params: _scaled(_gradients(x, y, params), y.size),
            look="The mean gives every gradient the factor 1 / (N·K).",
        ),
        Misconception(
            "divided by the batch only",
            "Your gradients are what you get when the sum is divided by N. The mean goes over all "
            "N·K entries.",
            lambda x, y, params: _scaled(_gradients(x, y, params), y.shape[1]),
            look="How many numbers does y hold?",
        ),
        Misconception(
            "divided by the outputs only",
            "Your gradients are what you get when the sum is divided by K. The mean goes over all "
            "N·K entries.",
            lambda x, y, params: _scaled(_gradients(x, y, params), len(y)),
            look="How many numbers does y hold?",
        ),
        Misconception(
            "two forgotten",
            "Your gradients are half as large as they should be: the derivative of a square has "
            "the factor 2.",
            lambda x, y, params: _scaled(_gradients(x, y, params), 0.5),
            look="Look at the first step backwards, from the error to the output.",
        ),
        Misconception(
            "wrong sign",
            "Your gradients have the wrong sign: the error grows with prediction minus target.",
            lambda x, y, params: _scaled(_gradients(x, y, params), -1.0),
            look="Which of the two do you subtract?",
        ),
        Misconception(
            "ReLU not passed",
            "Your W1 and b1 are what you get when the gradient passes the hidden layer unchanged. "
            "ReLU lets it through only where the hidden sum is positive.",
            changed(_gradients, gate=lambda: lambda back: back),
            look="Multiply what comes back by ReLU's slope: 1 where the sum is positive, else 0.",
        ),
        Misconception(
            "gate of the wrong side",
            "Your W1 and b1 are what you get when only positive *gradients* pass the hidden layer. "
            "ReLU lets all through, of either sign, where the hidden *sum* is positive.",
            changed(_gradients, gate=lambda: functional.relu),
            look="Which array do you compare with 0?",
        ),
        Misconception(
            "bias gradients averaged",
            "Your bias gradients are N times too small. The mean is already in the error: sum over "
            "the batch.",
            lambda x, y, params: _scaled(_gradients(x, y, params), 1 / len(x), ("b1", "b2")),
            look="A bias gets blame from each patient: add it up.",
        ),
        Misconception(
            "weights transposed",
            "Your gradients of W1 and W2 are transposed: each has the shape of its weights.",
            lambda x, y, params: {name: g.T for name, g in _gradients(x, y, params).items()},
            look="The first axis of a weight matrix belongs to the layer's inputs.",
        ),
        Misconception(
            "biases as a row",
            "Your numbers are right, but the bias gradients have two axes. Each has the shape of "
            "its bias.",
            lambda x, y, params: {
                name: np.atleast_2d(g) for name, g in _gradients(x, y, params).items()
            },
            look="Sum over the batch without `keepdims`.",
        ),
    ),
)

# ------------------------------------------------------------------ gradient_step


def _descended(params: Params, grads: Params, lr: float) -> Params:
    """PyTorch's addition of a multiple, which its gradient descent is made of."""
    weights, slopes = (
        {name: torch.tensor(value) for name, value in given.items()} for given in (params, grads)
    )
    return {name: torch.add(weights[name], slopes[name], alpha=-lr).numpy() for name in params}


def _in_order(grads: Params, params: Params) -> Params:
    """Each parameter gets the gradient that stands at its place, whatever that one's name is."""
    return dict(zip(params, grads.values(), strict=True))


def _steps(rng: np.random.Generator) -> Iterator[Call]:
    for lr, shapes in ((0.5, [(2,), (2, 3)]), (0.1, [(4, 1), (1,), (3,)]), (2.0, [(2, 2)])):
        params = {f"layer {i}": rng.integers(-9, 10, s) / 4 for i, s in enumerate(shapes)}
        grads = {name: rng.integers(1, 10, value.shape) / 4 for name, value in params.items()}
        yield call(params, grads, lr)


def _step_layouts(rng: np.random.Generator) -> Iterator[Call]:
    params = {"W": rng.integers(-9, 10, (3, 4)) / 4}
    grads = {"W": (rng.integers(1, 10, (4, 3)) / 4).T}
    yield call(params, grads, 0.25)
    single = {"W": params["W"].astype(np.float32)}
    yield call(single, {"W": grads["W"].astype(np.float32)}, 0.25)
    yield call(params, grads, 0.0)


_PARAMS = {"w": np.array([1.0, -2.0]), "b": np.array([0.5])}
_GRADS = {"w": np.array([4.0, 2.0]), "b": np.array([-1.0])}
_THREE = {"a": np.array([1.0, 2.0]), "b": np.array([0.0, -1.0]), "c": np.array([0.5, 0.5])}
_TURNED = {"c": np.array([1.0, -2.0]), "b": np.array([4.0, 0.5]), "a": np.array([-3.0, 2.0])}

gradient_step = Exercise(
    name="gradient_step",
    points=2,
    oracle=_descended,
    tolerance=FAIRLY,
    fresh=True,
    rules=(NO_TORCH,),
    learned="You can now take one step of gradient descent, for any network.",
    cases=(
        ValueCase("the worked example", call(_PARAMS, _GRADS, 0.25)),
        ValueCase("gradients in another order", call(_THREE, _TURNED, 0.5)),
        ValueCase("random parameters", _steps, weight=2),
        ValueCase("edge cases: views, float32, no step", _step_layouts),
    ),
    misconceptions=(
        Misconception(
            "uphill",
            "Your step goes uphill: the gradient points to where the error grows.",
            changed(_descended, grads=lambda grads: _scaled(grads, -1.0, tuple(grads))),
            look="Look at the sign in front of lr.",
        ),
        Misconception(
            "learning rate ignored",
            "Your step is as long as the gradient. The learning rate makes it gentle.",
            changed(_descended, lr=1.0),
            look="Multiply the gradient by lr.",
        ),
        Misconception(
            "divided by the learning rate",
            "Your step is what you get when the gradient is divided by lr. A small lr would make "
            "it long: multiply.",
            changed(_descended, lr=lambda lr: 1 / lr),
            look="lr times the gradient.",
        ),
        Misconception(
            "only the change",
            "Your result is the change alone. Add it to the parameters.",
            then(
                _descended,
                lambda after, params: {name: value - params[name] for name, value in after.items()},
            ),
            look="The new value is the old value and the change together.",
        ),
        Misconception(
            "sign of the gradient",
            "Your steps are all equally long. Where the error falls steeply, the step is longer.",
            changed(
                _descended,
                grads=lambda grads: {name: np.sign(value) for name, value in grads.items()},
            ),
            look="Use the gradient itself, not only its sign.",
        ),
        Misconception(
            "paired by place",
            "Your result is what you get when parameters and gradients are paired by their place "
            "in the two dicts. They belong together by their names.",
            changed(_descended, grads=_in_order),
            look="Look the gradient up with the parameter's key.",
        ),
    ),
)
