"""The neuron, the network of two layers, and how many numbers it learns."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise

import numpy as np
import torch
from torch.nn import functional

from course_utils.checks.core import Call, Exercise, Misconception, ValueCase, call
from course_utils.checks.core.draws import quarters
from course_utils.checks.core.rules import ARITHMETIC_ONLY
from course_utils.checks.core.transforms import changed, then
from course_utils.checks.perceptron.shared import NO_SHORTCUTS, tensors

# ------------------------------------------------------------------ neuron


def identity(z: np.ndarray) -> np.ndarray:
    """The linear activation."""
    return z


def step(z: np.ndarray) -> np.ndarray:
    """1 above 0, else 0."""
    return np.heaviside(z, 0.0)


def tanh(z: np.ndarray) -> np.ndarray:
    """An S between −1 and 1."""
    return np.tanh(z)


def square(z: np.ndarray) -> np.ndarray:
    """No neuron uses it, but it shows the order of the steps."""
    return np.square(z)


def _sums(x: np.ndarray, w: np.ndarray, b: float) -> np.ndarray:
    inputs, weights, bias = tensors(x, w[None], np.array([b]).astype(x.dtype))
    return functional.linear(inputs, weights, bias).detach().numpy().squeeze(1)


def _neuron(x: np.ndarray, w: np.ndarray, b: float, activation: Callable) -> np.ndarray:
    return activation(_sums(x, w, b))


def _patients(rng: np.random.Generator) -> Iterator[Call]:
    for n, d, activation in ((3, 2, tanh), (5, 4, step), (4, 1, square), (2, 7, tanh)):
        x, w = quarters(rng, n, d, most=1.5), quarters(rng, d, most=1.5)
        yield call(x, w, float(rng.integers(1, 7)) / 4, activation)


def _layouts(rng: np.random.Generator) -> Iterator[Call]:
    x, w = quarters(rng, 3, 6, most=1.5), quarters(rng, 3, most=1.5)
    yield call(x.T, w, -0.5, tanh)
    yield call(x.T[::2].astype(np.float32), w.astype(np.float32), 0.25, tanh)
    yield call(np.empty((0, 3)), w, 1.0, tanh)
    yield call(np.ones((1, 1)), np.array([2.0]), -3.0, square)


_X = np.array([[1.0, 2.0], [3.0, 0.0]])
_W = np.array([0.5, -1.0])

neuron = Exercise(
    name="neuron",
    points=2,
    oracle=_neuron,
    rules=(NO_SHORTCUTS,),
    cases=(
        ValueCase("the worked example", (call(_X, _W, 1.0, step), call(_X, _W, 1.0, identity))),
        ValueCase("another activation", (call(_X, _W, 1.0, square), call(_X, _W, -0.25, tanh))),
        ValueCase("random patients", _patients, weight=2),
        ValueCase("edge cases: views, float32, one input, no patient", _layouts),
    ),
    misconceptions=(
        Misconception(
            "bias forgotten",
            "Your result is what you get without the bias.",
            changed(_neuron, b=0.0),
        ),
        Misconception(
            "bias after the activation",
            "Your bias is added after the activation. It belongs to the sum: it moves the point at "
            "which the neuron becomes active.",
            then(changed(_neuron, b=0.0), lambda output, b: output + b),
        ),
        Misconception(
            "bias subtracted",
            "Your bias is subtracted, like a threshold. Here it is added.",
            changed(_neuron, b=lambda b: -b),
        ),
        Misconception(
            "activation forgotten",
            "Your result is the weighted sum. The activation is still missing.",
            lambda x, w, b, activation: _sums(x, w, b),
        ),
        Misconception(
            "activation before the sum",
            "Your activation is applied to every product, and then the sum is taken. It is applied "
            "once, to the whole sum.",
            lambda x, w, b, activation: activation(x * w).sum(axis=1) + b,
        ),
        Misconception(
            "mean for sum",
            "Your products are averaged. A neuron sums them.",
            changed(_neuron, w=lambda w: w / len(w)),
        ),
        Misconception(
            "a column",
            "Your numbers are right, but they stand in a column (N, 1). One number for each "
            "patient is an array (N,).",
            then(_neuron, lambda output: output[:, None]),
        ),
    ),
)

# ------------------------------------------------------------------ mlp_forward

Params = dict[str, np.ndarray]


def _forward(
    x: np.ndarray,
    params: Params,
    hidden: Callable = functional.relu,
    output: Callable = lambda scores: scores,
) -> np.ndarray:
    inputs, W1, b1, W2, b2 = tensors(x, *(params[name] for name in ("W1", "b1", "W2", "b2")))
    between = hidden(functional.linear(inputs, W1.T, b1))
    return output(functional.linear(between, W2.T, b2)).detach().numpy()


def _zeroed(params: Params, name: str) -> Params:
    return params | {name: np.zeros_like(params[name])}


def _bias_after_relu(x: np.ndarray, params: Params) -> np.ndarray:
    shift = torch.tensor(params["b1"])
    return _forward(x, _zeroed(params, "b1"), lambda sums: functional.relu(sums) + shift)


def draw_params(rng: np.random.Generator, d: int, h: int, k: int) -> Params:
    """Weights and biases of a network of two layers, in quarters; no bias is 0."""
    shapes = {"W1": (d, h), "b1": (h,), "W2": (h, k), "b2": (k,)}
    params = {name: quarters(rng, *shape, most=1.5) for name, shape in shapes.items()}
    for name in ("b1", "b2"):
        params[name] = rng.choice([-1.25, -0.5, 0.5, 0.75, 1.5], shapes[name])
    return params


def _batches(rng: np.random.Generator) -> Iterator[Call]:
    for n, d, h, k in ((2, 2, 3, 1), (4, 3, 5, 2), (3, 4, 2, 4), (5, 1, 6, 3)):
        yield call(quarters(rng, n, d, most=1.5), draw_params(rng, d, h, k))


def _network_layouts(rng: np.random.Generator) -> Iterator[Call]:
    params = draw_params(rng, 3, 4, 2)
    x = quarters(rng, 3, 8, most=1.5)
    yield call(x.T[::2], params)
    single = {name: value.astype(np.float32) for name, value in params.items()}
    yield call(x.T.astype(np.float32), single)
    yield call(np.empty((0, 3)), params)
    yield call(x.T[:1].copy(), draw_params(rng, 3, 1, 1))


SMALL = {
    "W1": np.array([[1.0, -1.0], [2.0, 1.0]]),
    "b1": np.array([0.0, -1.0]),
    "W2": np.array([[1.0], [-3.0]]),
    "b2": np.array([0.5]),
}
"""The network that the statements compute by hand."""

mlp_forward = Exercise(
    name="mlp_forward",
    points=3,
    oracle=lambda x, params: _forward(x, params),
    rules=(NO_SHORTCUTS,),
    cases=(
        ValueCase(
            "the worked example",
            (call(np.array([[1.0, 1.0]]), SMALL), call(np.array([[0.0, 2.0]]), SMALL)),
        ),
        ValueCase("random networks", _batches, weight=2),
        ValueCase("edge cases: views, float32, one neuron, empty batch", _network_layouts),
    ),
    misconceptions=(
        Misconception(
            "no activation",
            "Your hidden layer has no ReLU. Without it both layers together are a single one.",
            partial(_forward, hidden=lambda sums: sums),
        ),
        Misconception(
            "activation on the output",
            "Your outputs pass through ReLU too. The output layer is linear: it may be negative.",
            partial(_forward, output=functional.relu),
        ),
        Misconception(
            "sigmoid for ReLU",
            "Your hidden neurons use the sigmoid. Here they use ReLU.",
            partial(_forward, hidden=torch.sigmoid),
        ),
        Misconception(
            "hidden bias forgotten",
            "The bias of the hidden layer, b1, is missing.",
            lambda x, params: _forward(x, _zeroed(params, "b1")),
        ),
        Misconception(
            "output bias forgotten",
            "The bias of the output layer, b2, is missing.",
            lambda x, params: _forward(x, _zeroed(params, "b2")),
        ),
        Misconception(
            "bias after ReLU",
            "Your b1 is added after ReLU. It belongs to the sum before it.",
            _bias_after_relu,
        ),
    ),
)

# ------------------------------------------------------------------ count_parameters


def _count(layer_sizes: list[int], bias: bool = True) -> int:
    """Counted on PyTorch's layers, which hold no numbers here."""
    layers = [torch.nn.Linear(n, m, bias=bias, device="meta") for n, m in pairwise(layer_sizes)]
    return sum(p.numel() for layer in layers for p in layer.parameters())


def _sizes(rng: np.random.Generator) -> Iterator[Call]:
    for length in (2, 3, 4, 6):
        yield call(rng.integers(1, 60, length).tolist())


count_parameters = Exercise(
    name="count_parameters",
    points=2,
    oracle=lambda layer_sizes: _count(layer_sizes),
    rules=(ARITHMETIC_ONLY,),
    cases=(
        ValueCase("the worked example: 2, 3, 1", call([2, 3, 1])),
        ValueCase("6 and 20 hidden neurons", (call([2, 6, 1]), call([2, 20, 1]))),
        ValueCase("an image of 28 × 28, two hidden layers", call([784, 512, 512, 6])),
        ValueCase("one layer, and none", (call([30, 1]), call([7]))),
        ValueCase("random networks", _sizes, weight=2),
    ),
    misconceptions=(
        Misconception(
            "biases forgotten",
            "Your result counts weights only. Every neuron has a bias as well.",
            changed(_count, bias=False),
        ),
        Misconception(
            "one bias a layer",
            "Your result counts one bias for each layer. Every neuron has its own.",
            lambda layer_sizes: _count(layer_sizes, bias=False) + len(layer_sizes[1:]),
        ),
        Misconception(
            "inputs with a bias",
            "Your result gives the inputs a bias. They are given numbers, not neurons.",
            lambda layer_sizes: _count(layer_sizes) + layer_sizes[0],
        ),
        Misconception(
            "output without a bias",
            "Your output layer has no bias. Its neurons have one like all others.",
            lambda layer_sizes: _count(layer_sizes) - layer_sizes[-1],
        ),
        Misconception(
            "neurons counted",
            "Your result counts neurons. Parameters sit on the connections between them, and each "
            "neuron adds its bias.",
            lambda layer_sizes: sum(layer_sizes[1:]),
        ),
        Misconception(
            "all sizes multiplied",
            "Your weights are the product of all sizes. Only neighbouring layers are connected.",
            lambda layer_sizes: int(np.prod(layer_sizes)) + sum(layer_sizes[1:]),
        ),
    ),
)
