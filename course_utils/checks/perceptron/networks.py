"""The neuron, the network of two layers, and how many numbers it learns."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise

import numpy as np
import torch
from torch.nn import functional

from course_utils.checks.core import Call, Exercise, Misconception, ValueCase, call
from course_utils.checks.core.draws import nonzero_quarters, quarters
from course_utils.checks.core.transforms import changed, then
from course_utils.checks.perceptron.shared import FAIRLY, NO_TORCH, tensors

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
        x, w = quarters(rng, n, d, most=1.5), nonzero_quarters(rng, d)
        yield call(x, w, float(rng.integers(1, 7)) / 4, activation)


def _layouts(rng: np.random.Generator) -> Iterator[Call]:
    x, w = quarters(rng, 3, 6, most=1.5), nonzero_quarters(rng, 3)
    yield call(x.T, w, -0.5, tanh)
    yield call(x.T[::2].astype(np.float32), w.astype(np.float32), 0.25, tanh)
    yield call(np.ones((1, 1)), np.array([2.0]), -3.0, square)


_X = np.array([[1.0, 2.0], [3.0, 0.0]])
_W = np.array([0.5, -1.0])

neuron = Exercise(
    name="neuron",
    points=2,
    oracle=_neuron,
    tolerance=FAIRLY,
    rules=(NO_TORCH,),
    learned="You can now compute what a neuron answers, for all patients at once.",
    cases=(
        ValueCase(
            "the worked example: two patients",
            (call(_X, _W, 0.5, step), call(_X, _W, 0.5, identity)),
        ),
        ValueCase("another activation", (call(_X, _W, 0.75, square), call(_X, _W, -0.25, tanh))),
        ValueCase("random patients", _patients, weight=2),
        ValueCase("edge cases: views, float32, one input", _layouts),
    ),
    misconceptions=(
        Misconception(
            "bias forgotten",
            "Your result is what you get without the bias.",
            changed(_neuron, b=0.0),
            look="The bias is one more term of the sum, before the activation.",
        ),
        Misconception(
            "bias after the activation",
            "Your result is what you get when the bias is added after the activation. It belongs "
            "to the sum: it moves the point at which the neuron becomes active.",
            then(changed(_neuron, b=0.0), lambda output, b: output + b),
            look="What do you hand to the activation? The bias must already be in it.",
        ),
        Misconception(
            "bias subtracted",
            "Your result is what you get when the bias is subtracted, like a threshold. Here it "
            "is added.",
            changed(_neuron, b=lambda b: -b),
            look="Look at the sign in front of b.",
        ),
        Misconception(
            "bias for every input",
            "Your result is what you get when the bias is added once for every input. It is added "
            "once for each patient.",
            changed(_neuron, b=lambda b, w: b * len(w)),
            look="Sum the products first, then add the bias.",
        ),
        Misconception(
            "activation forgotten",
            "Your result is the weighted sum. The activation is still missing.",
            lambda x, w, b, activation: _sums(x, w, b),
            look="`activation` is a function: call it with the sum.",
        ),
        Misconception(
            "activation before the sum",
            "Your result is what you get when the activation is applied to every product, and the "
            "sum is taken afterwards. It is applied once, to the whole sum.",
            lambda x, w, b, activation: activation(x * w).sum(axis=1) + b,
            look="Finish the sum, with the bias, before you call `activation`.",
        ),
        Misconception(
            "step built in",
            "Your result is what the step function gives, whatever activation is handed over.",
            lambda x, w, b, activation: step(_sums(x, w, b)),
            look="`activation` is an argument: call the function that you are given.",
        ),
        Misconception(
            "mean for sum",
            "Your result is what you get when the products are averaged. A neuron sums them.",
            changed(_neuron, w=lambda w: w / len(w)),
            look="Replace the mean over the inputs by a sum.",
        ),
        Misconception(
            "one number for all",
            "Your sum runs over all patients together. Each patient has a sum of their own.",
            lambda x, w, b, activation: activation(_sums(x.reshape(1, -1), np.tile(w, len(x)), b))[
                0
            ],
            look="Sum along the inputs (axis 1) only, so that one number for each row remains.",
        ),
        Misconception(
            "a column",
            "Your numbers are right, but they stand in a column (N, 1). One number for each "
            "patient is an array (N,).",
            then(_neuron, lambda output: output[:, None]),
            look="`w` has the shape (D,): with it `x @ w` has the shape (N,).",
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
    for n, d, h, k in ((2, 2, 3, 1), (4, 3, 5, 2), (3, 4, 2, 4), (5, 1, 6, 3), (2, 3, 3, 3)):
        yield call(quarters(rng, n, d, most=1.5), draw_params(rng, d, h, k))
    yield call(rng.integers(8, 20, (3, 2)) * rng.choice([-1.0, 1.0], (3, 2)), WIDE)


def _network_layouts(rng: np.random.Generator) -> Iterator[Call]:
    params = draw_params(rng, 3, 4, 2)
    x = quarters(rng, 3, 8, most=1.5)
    yield call(x.T[::2], params)
    single = {name: value.astype(np.float32) for name, value in params.items()}
    yield call(x.T.astype(np.float32), single)
    yield call(x.T[:1].copy(), draw_params(rng, 3, 1, 1))


SMALL = {
    "W1": np.array([[1.0, -1.0], [2.0, 1.0]]),
    "b1": np.array([0.0, -1.0]),
    "W2": np.array([[1.0], [-3.0]]),
    "b2": np.array([0.5]),
}
"""The network that the statements compute by hand."""

WIDE = {
    "W1": np.array([[1.0, -1.0, 0.5, 0.0], [0.0, 0.0, 1.0, -2.0]]),
    "b1": np.array([0.5, -0.5, 1.0, -1.0]),
    "W2": np.array([[1.0, -0.5], [0.5, 2.0], [-1.5, 1.0], [2.0, 0.25]]),
    "b2": np.array([-0.5, 1.5]),
}
"""Inputs of ten and more, of either sign, open one of its first two neurons far beyond 6."""

mlp_forward = Exercise(
    name="mlp_forward",
    points=3,
    oracle=lambda x, params: _forward(x, params),
    tolerance=FAIRLY,
    rules=(NO_TORCH,),
    learned="You can now send data through a network of two layers, and say what each one does.",
    cases=(
        ValueCase(
            "the worked example: two patients", call(np.array([[1.0, 1.0], [0.0, 2.0]]), SMALL)
        ),
        ValueCase("random networks", _batches, weight=2),
        ValueCase("edge cases: views, float32, one neuron", _network_layouts),
    ),
    misconceptions=(
        Misconception(
            "no activation",
            "Your result is what you get without ReLU in the hidden layer. Without it both layers "
            "together are a single one.",
            partial(_forward, hidden=lambda sums: sums),
            look="The hidden sums must pass ReLU before they reach W2.",
        ),
        Misconception(
            "activation on the output",
            "Your result is what you get when the outputs pass through ReLU too. The output layer "
            "is linear: it may be negative.",
            partial(_forward, output=functional.relu),
            look="Nothing follows after b2.",
        ),
        Misconception(
            "sigmoid on the output",
            "Your result is what you get when the outputs pass through a sigmoid. Here the output "
            "layer is linear.",
            partial(_forward, output=torch.sigmoid),
            look="Nothing follows after b2.",
        ),
        Misconception(
            "sigmoid for ReLU",
            "Your result is what you get with the sigmoid in the hidden layer. Here it is ReLU.",
            partial(_forward, hidden=torch.sigmoid),
            look="ReLU turns negative sums into 0 and keeps the others as they are.",
        ),
        Misconception(
            "leaky ReLU",
            "Your result is what you get when a little of the negative sums passes (a leaky ReLU). "
            "ReLU turns them into 0.",
            partial(_forward, hidden=functional.leaky_relu),
            look="Look at what your hidden layer does with a negative sum.",
        ),
        Misconception(
            "ReLU with a ceiling",
            "Your result is what you get when no hidden value exceeds 6. ReLU has no upper bound.",
            partial(_forward, hidden=functional.relu6),
            look="Look at what your hidden layer does with a sum of 10.",
        ),
        Misconception(
            "hidden bias forgotten",
            "Your result is what you get without b1, the bias of the hidden layer.",
            lambda x, params: _forward(x, _zeroed(params, "b1")),
            look="Each layer adds its bias to its own sums.",
        ),
        Misconception(
            "output bias forgotten",
            "Your result is what you get without b2, the bias of the output layer.",
            lambda x, params: _forward(x, _zeroed(params, "b2")),
            look="Each layer adds its bias to its own sums.",
        ),
        Misconception(
            "bias after ReLU",
            "Your result is what you get when b1 is added after ReLU. It belongs to the sum "
            "before it.",
            _bias_after_relu,
            look="First the sum with its bias, then ReLU.",
        ),
        Misconception(
            "an axis lost",
            "Your numbers are right, but an axis is missing: with one output for each patient the "
            "shape is still (N, 1).",
            then(_forward, lambda outputs: outputs.squeeze(axis=1)),
            look="W2 has the shape (H, K), also where K is 1: leave it a matrix.",
        ),
    ),
)

# ------------------------------------------------------------------ count_parameters


def _count(layer_sizes: list[int], bias: bool = True) -> int:
    """Counted on PyTorch's layers, which hold no numbers here."""
    layers = [torch.nn.Linear(n, m, bias=bias, device="meta") for n, m in pairwise(layer_sizes)]
    return sum(p.numel() for layer in layers for p in layer.parameters())


def _without_the_last(layer_sizes: list[int]) -> int:
    if len(layer_sizes) < 3:
        raise ValueError("nothing is left, as for somebody who counts nothing")
    return _count(layer_sizes[:-1])


def _sizes(rng: np.random.Generator) -> Iterator[Call]:
    for length in (2, 3, 4, 6):
        yield call(rng.integers(1, 60, length).tolist())


count_parameters = Exercise(
    name="count_parameters",
    points=2,
    oracle=lambda layer_sizes: _count(layer_sizes),
    rules=(NO_TORCH,),
    learned="You can now say how many numbers a network learns before you build it.",
    cases=(
        ValueCase("the worked example: 5, 3, 2", call([5, 3, 2])),
        ValueCase(
            "6, 20 and 8 hidden neurons", (call([2, 6, 1]), call([2, 20, 1]), call([30, 8, 3]))
        ),
        ValueCase("an image of 28 × 28, two hidden layers", call([784, 512, 512, 6])),
        ValueCase("one layer, and none", (call([30, 1]), call([12, 5]), call([7]))),
        ValueCase("random networks", _sizes, weight=2),
    ),
    misconceptions=(
        Misconception(
            "biases forgotten",
            "Your result is the number of weights alone. Every neuron has a bias as well.",
            changed(_count, bias=False),
            look="Add the number of neurons of each layer.",
        ),
        Misconception(
            "one bias a layer",
            "Your result is what you get with one bias for each layer. Every neuron has its own.",
            lambda layer_sizes: _count(layer_sizes, bias=False) + len(layer_sizes[1:]),
            look="How many numbers does b1 hold in a layer of 3 neurons?",
        ),
        Misconception(
            "inputs with a bias",
            "Your result is what you get when the inputs have a bias, too. They are given "
            "numbers, not neurons.",
            lambda layer_sizes: _count(layer_sizes) + layer_sizes[0],
            look="Count biases from the second number of the list on.",
        ),
        Misconception(
            "output without a bias",
            "Your result is what you get when the output layer has no bias. Its neurons have one "
            "like all others.",
            lambda layer_sizes: _count(layer_sizes) - sum(layer_sizes[1:][-1:]),
            look="Does your loop reach the last layer?",
        ),
        Misconception(
            "neurons counted",
            "Your result is the number of neurons. Parameters sit on the connections between "
            "them, and each neuron adds its bias.",
            lambda layer_sizes: sum(layer_sizes[1:]),
            look="How many weights lead into one neuron?",
        ),
        Misconception(
            "all sizes multiplied",
            "Your weights are the product of all sizes. Only neighbouring layers are connected.",
            lambda layer_sizes: int(np.prod(layer_sizes)) + sum(layer_sizes[1:]),
            look="Multiply each size with the next one only, and add up these products.",
        ),
        Misconception(
            "first layer only",
            "Your result is what the first layer alone has. All layers count.",
            lambda layer_sizes: _count(layer_sizes[:2]),
            look="Go through all neighbouring pairs of the list.",
        ),
        Misconception(
            "last layer forgotten",
            "Your result is what you get without the last layer. All layers count.",
            _without_the_last,
            look="Does your loop reach the end of the list?",
        ),
        Misconception(
            "biases of the inputs",
            "Your result is what you get when a layer has one bias for each of its inputs. It has "
            "one for each of its neurons.",
            lambda layer_sizes: _count(layer_sizes, bias=False) + sum(layer_sizes[:-1]),
            look="A layer of n inputs and m neurons has m biases.",
        ),
    ),
)
