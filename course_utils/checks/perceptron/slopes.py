"""The gradient as students measure it. The truth is PyTorch's autograd."""

from collections.abc import Callable, Iterator
from functools import partial
from operator import neg

import numpy as np
import torch

from course_utils.checks.core import Call, Exercise, Forbid, Misconception, ValueCase, call
from course_utils.checks.core.transforms import then

MEASURED = 1e-6
"""What a slope allows that is measured in float64."""


def sum_of_squares(x: np.ndarray) -> float:
    """Its gradient is 2x."""
    return float(np.sum(x**2))


def sum_of_cubes(x: np.ndarray) -> float:
    """A difference over a wide step differs from its gradient by the step's square."""
    return float(np.sum(x**3))


def row_products(x: np.ndarray) -> float:
    """Every entry matters for all others of its row; a flat copy has one row only."""
    return float(np.sum(np.prod(x, axis=-1)))


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
    row_products: lambda x, eps: x.prod(dim=-1).sum(),
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
        (row_products, (3,)),
        (row_products, (2, 3)),
        (log_sum_exp, (2, 4)),
        (weighted_sines, (2, 2, 3)),
    ):
        yield call(f, rng.choice([-1.7, -1.1, -0.6, 0.3, 0.7, 1.3, 1.9], shape))


def _shapes(rng: np.random.Generator) -> Iterator[Call]:
    x = rng.choice([-1.7, -0.6, 0.7, 1.3], (3, 4))
    yield call(weighted_sines, x.T[::2])
    yield call(sum_of_cubes, np.array([0.7]))
    yield call(row_products, np.array([[1.5]]))


def _single(rng: np.random.Generator) -> Iterator[Call]:
    x = rng.choice([-1.7, -0.6, 0.7, 1.3], (2, 3)).astype(np.float32)
    yield call(weighted_sines, x)
    yield call(sum_of_cubes, x.copy())


def _own_step(f: Callable, x: np.ndarray, eps: float = 1e-5) -> np.ndarray:
    if eps == 1e-5:
        raise ValueError("this is the default step")
    return _slopes(f, x)


def _one_sided(side: float, f: Callable, x: np.ndarray, eps: float = 1e-5) -> np.ndarray:
    """Seen from half a step to one side, and half as far to both: each entry from its own place."""
    slopes = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        beside = np.array(x, dtype=np.float64)
        beside[index] += side * eps / 2
        slopes[index] = _slopes(f, beside, eps / 2)[index]
    return slopes


_PAIRS = np.array([[1.0, 2.0], [-2.0, 0.5], [1.5, -1.0]])

numerical_gradient = Exercise(
    name="numerical_gradient",
    points=4,
    oracle=_slopes,
    tolerance=MEASURED,
    same_dtype=True,
    rules=(Forbid(("scipy",), "measure it yourself: two values of f for each entry."),),
    learned="You now own a judge of gradients: it needs nothing but the function itself.",
    cases=(
        ValueCase(
            "the worked example: the sum of squares", call(sum_of_squares, np.array([1.0, -3.0]))
        ),
        ValueCase(
            "a wide step shows how the difference is taken",
            (
                call(sum_of_cubes, np.array([1.0, 2.0]), 0.5),
                call(sum_of_cubes, np.array([[-1.0], [0.5]]), eps=0.25),
                call(row_products, _PAIRS, eps=0.5),
            ),
        ),
        ValueCase("random points, several functions", _points, weight=2),
        ValueCase("several shapes, a view", _shapes),
        ValueCase("float32 input, float64 inside", _single),
    ),
    misconceptions=(
        Misconception(
            "forward difference",
            "Your result is the slope of a step forward only. A central difference goes the same "
            "way forward and back, which is far more exact.",
            partial(_one_sided, 1.0),
            look="Take f at x + eps and at x − eps.",
        ),
        Misconception(
            "backward difference",
            "Your result is the slope of a step back only. A central difference goes the same way "
            "forward and back, which is far more exact.",
            partial(_one_sided, -1.0),
            look="Take f at x + eps and at x − eps.",
        ),
        Misconception(
            "divided by one step",
            "Your result is twice too large: from x − eps to x + eps there are two steps.",
            then(_slopes, lambda slopes: 2 * slopes),
            look="What do you divide the difference by?",
        ),
        Misconception(
            "half of the slope",
            "Your result is half as large as it should be.",
            then(_slopes, lambda slopes: slopes / 2),
            look="The difference is divided by how far its two points lie apart, once.",
        ),
        Misconception(
            "not divided",
            "Your result is the difference alone. The slope is the difference divided by how far "
            "its two points lie apart.",
            then(_slopes, lambda slopes, eps: 2 * eps * slopes),
            look="Divide by 2 · eps.",
        ),
        Misconception(
            "all entries together",
            "Your result moves all entries at the same time, and so gives every entry the same "
            "slope. Move one entry, and leave all others where they are.",
            then(_slopes, lambda slopes, x: np.full(x.shape, slopes.sum())),
            look="Make a fresh copy of x for each entry, and change only that entry.",
        ),
        Misconception(
            "eps ignored",
            "Your result is that of another step: it must be eps.",
            _own_step,
            look="Use the argument `eps` for the step and for the division.",
        ),
        Misconception(
            "backwards",
            "Your result has the wrong sign: the value after the step minus the value before it.",
            then(_slopes, neg),
            look="Which of the two values do you subtract?",
        ),
    ),
)
