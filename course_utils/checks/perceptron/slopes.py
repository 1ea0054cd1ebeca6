"""The gradient as students measure it. The truth is PyTorch's autograd."""

from collections.abc import Callable, Iterator
from operator import neg

import numpy as np
import torch

from course_utils.checks.core import Call, Exercise, Misconception, ValueCase, call
from course_utils.checks.core.transforms import changed, then
from course_utils.checks.perceptron.shared import NO_SHORTCUTS

FAIRLY = 1e-6
"""What the slopes of float64 functions allow."""


def sum_of_squares(x: np.ndarray) -> float:
    """Its gradient is 2x."""
    return float(np.sum(x**2))


def sum_of_cubes(x: np.ndarray) -> float:
    """A difference over a wide step differs from its gradient by the step's square."""
    return float(np.sum(x**3))


def product(x: np.ndarray) -> float:
    """Every entry matters for all the others."""
    return float(np.prod(x))


def log_sum_exp(x: np.ndarray) -> float:
    """Its gradient is softmax."""
    return float(np.log(np.sum(np.exp(x))))


def weighted_sines(x: np.ndarray) -> float:
    """Another weight for every entry, so that exchanged entries show."""
    return float(np.sum(np.sin(x) * (1.0 + np.arange(x.size).reshape(x.shape))))


def _cubes_seen_over(x: torch.Tensor, eps: float) -> torch.Tensor:
    """The mean of x³ over a window of eps to both sides: what a wide step sees."""
    return (x**3 + eps**2 * x).sum()


def _sines(x: torch.Tensor, eps: float) -> torch.Tensor:
    return torch.sin(x).flatten() @ torch.arange(1, x.numel() + 1, dtype=x.dtype)


_IN_TORCH = {
    sum_of_squares: lambda x, eps: x.square().sum(),
    sum_of_cubes: _cubes_seen_over,
    product: lambda x, eps: x.prod(),
    log_sum_exp: lambda x, eps: x.flatten().logsumexp(0),
    weighted_sines: _sines,
}


def _slopes(f: Callable, x: np.ndarray, eps: float = 1e-5) -> np.ndarray:
    """The gradient of the function's form in PyTorch, in double precision."""
    point = torch.tensor(np.array(x, dtype=np.float64), requires_grad=True)
    (gradient,) = torch.autograd.grad(_IN_TORCH[f](point, eps), point)
    return gradient.numpy()


def _points(rng: np.random.Generator) -> Iterator[Call]:
    for f, shape in (
        (sum_of_squares, (4,)),
        (sum_of_cubes, (2, 3)),
        (product, (3,)),
        (log_sum_exp, (2, 4)),
        (weighted_sines, (2, 2, 3)),
    ):
        yield call(f, rng.choice([-1.7, -1.1, -0.6, 0.3, 0.7, 1.3, 1.9], shape))


def _shapes(rng: np.random.Generator) -> Iterator[Call]:
    x = rng.choice([-1.7, -0.6, 0.7, 1.3], (3, 4))
    yield call(weighted_sines, x.T[::2])
    yield call(sum_of_cubes, np.array(0.7))
    yield call(sum_of_squares, np.empty((0, 2)))
    yield call(product, np.array([[1.5]]))


def _single(rng: np.random.Generator) -> Iterator[Call]:
    x = rng.choice([-1.7, -0.6, 0.7, 1.3], (2, 3)).astype(np.float32)
    yield call(weighted_sines, x)
    yield call(sum_of_cubes, x.copy())


def _own_step(f: Callable, x: np.ndarray, eps: float = 1e-5) -> np.ndarray:
    if eps == 1e-5:
        raise ValueError("this is the default step")
    return _slopes(f, x)


numerical_gradient = Exercise(
    name="numerical_gradient",
    points=4,
    oracle=_slopes,
    tolerance=FAIRLY,
    rules=(NO_SHORTCUTS,),
    cases=(
        ValueCase(
            "the worked example: the sum of squares", call(sum_of_squares, np.array([1.0, -3.0]))
        ),
        ValueCase(
            "a wide step shows how the difference is taken",
            (
                call(sum_of_cubes, np.array([1.0, 2.0]), 0.5),
                call(sum_of_cubes, np.array([[-1.0], [0.5]]), eps=0.25),
            ),
        ),
        ValueCase("random points, several functions", _points, weight=2),
        ValueCase("any shape: a view, a number, none", _shapes),
        ValueCase("float32 input, float64 inside", _single),
    ),
    misconceptions=(
        Misconception(
            "forward difference",
            "Your result is the slope of a step forward only. A central difference goes the same "
            "way forward and back, which is far more exact.",
            changed(_slopes, x=lambda x, eps: x + eps / 2, eps=lambda eps: eps / 2),
        ),
        Misconception(
            "divided by one step",
            "Your result is twice too large: from x − eps to x + eps there are two steps.",
            then(_slopes, lambda slopes: 2 * slopes),
        ),
        Misconception(
            "all entries together",
            "Your result moves all entries at the same time, and so gives every entry the same "
            "slope. Move one entry, and leave all others where they are.",
            then(_slopes, lambda slopes, x: np.full(x.shape, slopes.sum())),
        ),
        Misconception(
            "eps ignored",
            "Your step is always the same: it must be eps.",
            _own_step,
        ),
        Misconception(
            "backwards",
            "Your result has the wrong sign: the value after the step minus the value before it.",
            then(_slopes, neg),
        ),
        Misconception(
            "input changed",
            "Your gradient is right, but x is not what it was. Adding eps and taking it away again "
            "leaves a rounding error: work on a copy.",
            _slopes,
        ),
    ),
)
