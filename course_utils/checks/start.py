"""Checks of unit 00-start: a table's columns, a slope, and a first module."""

import math
from collections.abc import Callable, Iterator
from functools import partial
from operator import neg
from typing import Any

import numpy as np
import torch
from sklearn.preprocessing import StandardScaler, minmax_scale, normalize
from torch import Tensor
from torch.nn import functional

from course_utils.checks.core import (
    Call,
    Exercise,
    Forbid,
    Misconception,
    PropertyCase,
    ValueCase,
    call,
    modules,
)
from course_utils.checks.core.compare import agree
from course_utils.checks.core.draws import each
from course_utils.checks.core.rules import NUMPY_AND_OWN_FUNCTIONS
from course_utils.checks.core.transforms import changed, then

__all__ = ["Standardizer", "slope_of", "standardize"]

FAIRLY = 1e-6
"""What single precision allows, and a tiny number added to a standard deviation."""


# ------------------------------------------------------------------ standardize


def _standardized(X: np.ndarray) -> np.ndarray:
    """scikit-learn's; a constant column becomes 0."""
    return StandardScaler().fit_transform(np.array(X, dtype=float))


def _table(
    rng: np.random.Generator, n: int, d: int, constant: tuple[int, ...] = (), dtype: type = float
) -> Call:
    """Columns of different size, in halves; no two rows are alike. `constant` names columns."""
    order = rng.permuted(np.tile(np.arange(n), (d, 1)), axis=1).T
    X = order * rng.integers(1, 9, d) + rng.integers(0, 2, (n, d)) / 2 + rng.integers(-20, 21, d)
    X[:, list(constant)] = rng.integers(1, 9, len(constant)) / 2
    return call(X.astype(dtype))


def _kinds(rng: np.random.Generator) -> Iterator[Call]:
    yield _table(rng, 5, 3, dtype=np.int64)
    yield _table(rng, 6, 2, dtype=np.float32)
    (X,) = _table(rng, 8, 6).args
    yield call(X[::-2, ::2])


def _random(rng: np.random.Generator) -> Iterator[Call]:
    for _ in range(6):
        yield _table(rng, *rng.integers((3, 1), (9, 6)).tolist())


def _is_blind_to_units(student: Callable, X: np.ndarray, factor: float, shift: float) -> str:
    """Millimetres or centimetres, Celsius or Fahrenheit: the standardised numbers are the same."""
    same = agree(student(factor * X + shift), student(X), 1e-5)
    return "" if same else "in other units the table gives other numbers"


def _units(rng: np.random.Generator) -> Iterator[Call]:
    for factor, shift in ((10.0, 0.0), (1.5, 32.0)):
        yield call(*_table(rng, 5, 3).args, factor, shift)


def _where_constant(value: Callable[[np.ndarray], Any]) -> Callable:
    """The right numbers, but something else in columns that are constant."""
    return then(_standardized, lambda found, X: np.where(np.ptp(X, axis=0) == 0, value(X), found))


def _over_all(X: np.ndarray) -> np.ndarray:
    return _standardized(np.reshape(X, (-1, 1))).reshape(np.shape(X))


def _spread(scale: Callable[[np.ndarray], np.ndarray]) -> Callable:
    """Columns divided by another measure of how far they spread; 0 where that is 0."""

    def computes(X: np.ndarray) -> np.ndarray:
        centred = X - np.mean(X, axis=0, dtype=float)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.nan_to_num(centred / scale(centred), posinf=0.0, neginf=0.0)

    return computes


standardize = Exercise(
    name="standardize",
    points=3,
    oracle=_standardized,
    tolerance=FAIRLY,
    fresh=True,
    rules=(NUMPY_AND_OWN_FUNCTIONS,),
    learned="You can now bring measurements of different units to one scale, without a loop.",
    cases=(
        ValueCase(
            "the worked example: three patients, two measurements",
            call(np.array([[1.0, 10.0], [3.0, 10.0], [5.0, 10.0]])),
        ),
        ValueCase("one column", each(_table, call(4, 1), call(7, 1)), steady=0),
        ValueCase("several columns", each(_table, call(5, 3), call(3, 5)), weight=2, steady=0),
        ValueCase(
            "constant columns, among others", each(_table, call(4, 3, (1,)), call(5, 4, (0, 3)))
        ),
        ValueCase("a single row", each(_table, call(1, 3), call(1, 1))),
        ValueCase("whole numbers, float32, a view", _kinds),
        ValueCase("random tables", _random, weight=2),
        PropertyCase("the same in other units", _units, law=_is_blind_to_units),
    ),
    misconceptions=(
        Misconception(
            "rows for columns",
            "Your result has rows with a mean of 0. A patient's row mixes millimetres and "
            "degrees: each column is one measurement.",
            lambda X: _standardized(np.transpose(X)).T,
            look="Which axis goes away: axis=0 or axis=1?",
        ),
        Misconception(
            "the whole table at once",
            "Your result uses one mean and one standard deviation for the whole table. Each "
            "column has its own.",
            _over_all,
            look="Say axis=0 where you take the mean and the standard deviation.",
        ),
        Misconception(
            "divided by N − 1",
            "Your result is that of the standard deviation which divides by N − 1. Here it "
            "divides by N.",
            _spread(lambda centred: centred.std(axis=0, ddof=min(1, len(centred) - 1))),
            look="Leave out ddof=1.",
        ),
        Misconception(
            "divided by the variance",
            "Your result is divided by the variance: a square root is missing.",
            _spread(lambda centred: centred.var(axis=0)),
            look="np.std, or the square root of np.var.",
        ),
        Misconception(
            "centred only",
            "Your columns have a mean of 0, but they are not divided by their standard deviation.",
            _spread(lambda centred: np.ones(centred.shape[1])),
            look="Centre first, then divide.",
        ),
        Misconception(
            "scaled only",
            "Your columns are divided by their standard deviation, but their mean is not 0.",
            lambda X: X / np.where(np.std(X, axis=0) > 0, np.std(X, axis=0), 1),
            look="Subtract each column's mean first.",
        ),
        Misconception(
            "from 0 to 1",
            "Your columns go from 0 to 1. That is another way to scale: it hangs on the two most "
            "extreme patients.",
            lambda X: minmax_scale(np.asarray(X, dtype=float)),
            look="Mean and standard deviation, not smallest and largest.",
        ),
        Misconception(
            "divided by the length",
            "Your result is divided by the length of the centred column: the square root of the "
            "sum of squares, not of their mean.",
            lambda X: normalize(X - np.mean(X, axis=0, dtype=float), axis=0),
            look="The standard deviation is the root of the *mean* of the squares.",
        ),
        Misconception(
            "mean distance",
            "Your result is divided by the mean distance from the mean. The standard deviation is "
            "the root of the mean *square*.",
            _spread(lambda centred: np.abs(centred).mean(axis=0)),
            look="np.std.",
        ),
        Misconception(
            "median for mean",
            "Your result has the median in the place of the mean.",
            lambda X: (X - np.median(X, axis=0)) / np.where(np.std(X, 0) > 0, np.std(X, 0), 1),
            look="np.mean.",
        ),
        Misconception(
            "constant columns not a number",
            "Your result is not a number where a column is constant: 0/0. There it is to be 0.",
            _where_constant(lambda X: np.nan),
            look="What is the standard deviation of a constant column? Divide by 1 there.",
        ),
        Misconception(
            "constant columns left",
            "Your result leaves constant columns as they are. They are to become 0.",
            _where_constant(lambda X: X),
            look="Centre all columns; only the division is different for constant ones.",
        ),
    ),
)


# ------------------------------------------------------------------ slope_of


def square(x: float) -> float:
    """Its slope is 2x."""
    return x * x


def cube(x: float) -> float:
    """A wide step sees more of it: 3x² + h²."""
    return x * x * x


def sine(x: float) -> float:
    """Its slope is the cosine."""
    return math.sin(x)


def growth(x: float) -> float:
    """Its slope is itself."""
    return math.exp(x)


_SEEN = {
    square: lambda x, h: 2 * x,
    cube: lambda x, h: 3 * x * x + h * h,
    sine: lambda x, h: math.cos(x) * float(np.sinc(h / math.pi)),
    growth: lambda x, h: math.exp(x) * math.sinh(h) / h,
}
"""What a central difference with the step h gives, in closed form."""

STEP = 1e-5


def _slope(f: Callable, x: float, h: float = STEP) -> float:
    return float(_SEEN[f](x, h))


def _points(rng: np.random.Generator) -> Iterator[Call]:
    for f in (square, cube, sine, growth, cube, sine):
        yield call(f, float(rng.choice([-1.75, -1.25, -0.5, 0.25, 0.75, 1.5])))


def _wide(rng: np.random.Generator) -> Iterator[Call]:
    for f in (cube, growth, sine):
        x, h = rng.choice([-1.5, -0.75, 0.5, 1.25]), rng.choice([0.25, 0.5, 0.75])
        yield call(f, float(x), float(h))


def _beside(side: float, f: Callable, x: float, h: float = STEP) -> float:
    """One-sided, with a step h: seen from its middle, half as far to both sides."""
    return _slope(f, x + side * h / 2, h / 2)


def _own_step(f: Callable, x: float, h: float = STEP) -> float:
    if h == STEP:
        raise ValueError("this is the default step")
    return _slope(f, x)


slope_of = Exercise(
    name="slope_of",
    points=3,
    oracle=_slope,
    tolerance=FAIRLY,
    rules=(
        Forbid(("torch", "scipy", "numpy.gradient"), "measure it: two values of f and h are all."),
    ),
    learned="You can now measure the slope of any function, and so judge any derivative.",
    cases=(
        ValueCase("the worked example: the square at 3", call(square, 3.0)),
        ValueCase(
            "a wide step shows how the difference is taken",
            (call(cube, 1.0, 0.5), call(cube, -0.5, h=0.25), call(growth, 0.0, 1.0)),
        ),
        ValueCase("slopes down, and none", (call(square, -2.0), call(square, 0.0), call(sine, 3))),
        ValueCase("random points, several functions", _points, weight=2),
        ValueCase("random points, wide steps", _wide, weight=2),
    ),
    misconceptions=(
        Misconception(
            "forward difference",
            "Your result is the slope of a step forward only. A central difference goes the same "
            "way forward and back, which is far more exact.",
            partial(_beside, 1.0),
            look="Take f at x + h and at x − h.",
        ),
        Misconception(
            "backward difference",
            "Your result is the slope of a step back only. A central difference goes the same way "
            "forward and back, which is far more exact.",
            partial(_beside, -1.0),
            look="Take f at x + h and at x − h.",
        ),
        Misconception(
            "divided by one step",
            "Your result is twice too large: from x − h to x + h there are two steps.",
            then(_slope, lambda slope: 2 * slope),
            look="What do you divide the difference by?",
        ),
        Misconception(
            "half of the slope",
            "Your result is half as large as it should be.",
            then(_slope, lambda slope: slope / 2),
            look="The difference is divided by how far its two points lie apart, once.",
        ),
        Misconception(
            "not divided",
            "Your result is the difference alone. The slope is the difference divided by how far "
            "its two points lie apart.",
            then(_slope, lambda slope, h: 2 * h * slope),
            look="Divide by 2 · h.",
        ),
        Misconception(
            "multiplied by the step",
            "Your result is divided by 2 and then multiplied by h.",
            then(_slope, lambda slope, h: h * h * slope),
            look="`a / 2 * h` is `(a / 2) * h`: put brackets around 2 * h.",
        ),
        Misconception(
            "backwards",
            "Your result has the wrong sign: the value after the step minus the value before it.",
            then(_slope, neg),
            look="Which of the two values do you subtract?",
        ),
        Misconception(
            "h ignored",
            "Your result is that of another step: it must be h.",
            _own_step,
            look="Use the argument `h` for the step and for the division.",
        ),
        Misconception(
            "half a step",
            "Your result goes half a step to each side. Go a whole step h forward and a whole one "
            "back.",
            changed(_slope, h=lambda h: h / 2),
            look="x + h and x − h; they lie 2 · h apart.",
        ),
        Misconception(
            "two steps",
            "Your result goes two steps to each side. Go one step h forward and one back.",
            changed(_slope, h=lambda h: 2 * h),
            look="x + h and x − h; they lie 2 · h apart.",
        ),
        Misconception(
            "the value for the slope",
            "Your result is the value of f at x, not its slope.",
            lambda f, x, h=STEP: f(x),
            look="How much does f change from x − h to x + h?",
        ),
    ),
)


# ------------------------------------------------------------------ Standardizer


def _look(student: Callable, mean: Tensor, std: Tensor, x: Tensor, others: Any = None) -> dict:
    """A module's parameters, its state, what it gives, and that with other numbers loaded."""
    network = student(mean.clone(), std.clone())
    held = modules.state(network)
    found = {
        "numbers that would be trained": modules.count_parameters(network),
        "state": held,
        "output": modules.forward(network, x),
    }
    if others is not None and set(held) == {"mean", "std"}:
        modules.load_state(network, dict(zip(("mean", "std"), others, strict=True)))
        found["output with another mean and std loaded"] = modules.forward(network, x)
    return found


def _scaled(x: Tensor, mean: Tensor, std: Tensor) -> Tensor:
    """PyTorch's batch norm without weights and in evaluation mode does the same."""
    return functional.batch_norm(x, mean, std.square(), eps=0.0)


def _module(
    gives: Callable[[Tensor, Tensor, Tensor], Tensor] = _scaled,
    trained: bool = False,
    saved: bool = True,
    listens: bool = True,
) -> Callable[..., dict]:
    """A module that gives something else, trains or does not save its numbers, or keeps others."""

    def computes(mean: Tensor, std: Tensor, x: Tensor, others: Any = None) -> dict:
        found = {
            "numbers that would be trained": 2 * len(mean) if trained else 0,
            "state": {"mean": mean.numpy(), "std": std.numpy()} if saved else {},
            "output": gives(x, mean, std),
        }
        if others is not None and saved:
            used = map(torch.from_numpy, others) if listens else (mean, std)
            found["output with another mean and std loaded"] = gives(x, *used)
        return found

    return computes


def _columns(rng: np.random.Generator, n: int, d: int, others: bool = False) -> Call:
    """Float32, no number 0 or 1, no mean equal to a standard deviation."""

    def numbers() -> list[np.ndarray]:
        mean = rng.permutation(np.arange(d) - d // 2) + 0.25
        return [mean.astype(np.float32), (rng.integers(2, 8, d) / 4 + 1).astype(np.float32)]

    x = (rng.integers(-20, 21, (n, d)) / 2 + 0.125).astype(np.float32)
    tensors = map(torch.from_numpy, (*numbers(), x))
    return call(*tensors, numbers()) if others else call(*tensors)


def _random_columns(rng: np.random.Generator) -> Iterator[Call]:
    for _ in range(4):
        n, d = rng.integers((2, 2), (7, 6)).tolist()
        yield _columns(rng, n, d, others=True)


_TWO = (
    torch.tensor([2.0, 100.0]),
    torch.tensor([0.5, 20.0]),
    torch.tensor([[1.0, 120.0], [2.0, 60.0]]),
)

Standardizer = Exercise(
    name="Standardizer",
    points=4,
    oracle=_module(),
    observe=_look,
    tolerance=1e-5,
    learned="You can now write a module of your own, and say what of it is trained and what is "
    "only kept.",
    cases=(
        ValueCase("the worked example: two patients", call(*_TWO)),
        ValueCase("several columns", each(_columns, call(4, 3), call(3, 5))),
        ValueCase("one row, one column", each(_columns, call(1, 3), call(4, 1))),
        ValueCase(
            "another mean and std loaded, as from a file",
            each(_columns, call(4, 3, others=True), call(5, 2, others=True)),
            weight=2,
        ),
        ValueCase("random modules", _random_columns, weight=2),
    ),
    misconceptions=(
        Misconception(
            "parameters",
            "Your module holds its mean and std as parameters: an optimizer would train them. "
            "They were measured and are to stay.",
            _module(trained=True),
            look="register_buffer, not nn.Parameter.",
        ),
        Misconception(
            "not saved",
            "Your module's state_dict is empty: whoever saves and loads the network loses mean "
            "and std.",
            _module(saved=False),
            look="self.register_buffer('mean', mean), and the same for std.",
        ),
        Misconception(
            "deaf to what is loaded",
            "Your module goes on with the numbers that it was made with, after others have been "
            "loaded into its buffers.",
            _module(listens=False),
            look="Read self.mean and self.std in forward.",
        ),
        Misconception(
            "centred only",
            "Your module subtracts the mean and does not divide by std.",
            _module(lambda x, mean, std: x - mean),
            look="First subtract, then divide.",
        ),
        Misconception(
            "scaled only",
            "Your module divides by std and does not subtract the mean.",
            _module(lambda x, mean, std: x / std),
            look="First subtract, then divide.",
        ),
        Misconception(
            "divided first",
            "Your module divides by std and then subtracts the mean.",
            _module(lambda x, mean, std: x / std - mean),
            look="Put brackets around x − mean.",
        ),
        Misconception(
            "multiplied",
            "Your module multiplies by std. It must divide: large spread becomes small numbers.",
            _module(lambda x, mean, std: (x - mean) * std),
            look="Look at the operator before std.",
        ),
        Misconception(
            "undone",
            "Your module does the way back: from standardised numbers to measured ones.",
            _module(lambda x, mean, std: x * std + mean),
            look="Subtract, and divide.",
        ),
        Misconception(
            "mean and std exchanged",
            "Your module subtracts std and divides by the mean.",
            _module(lambda x, mean, std: (x - std) / mean),
            look="Compare the order of your arguments with the statement.",
        ),
        Misconception(
            "variance for std",
            "Your module divides by the square root of std, as if it were given the variance.",
            _module(lambda x, mean, std: (x - mean) / std.sqrt()),
            look="std is the standard deviation already.",
        ),
        Misconception(
            "mean added",
            "Your module adds the mean.",
            _module(lambda x, mean, std: (x + mean) / std),
            look="Look at the sign.",
        ),
        Misconception(
            "statistics of the batch",
            "Your module uses mean and standard deviation of the patients that it is given. Then "
            "a patient's numbers depend on who else is in the batch.",
            _module(lambda x, mean, std: (x - x.mean(0)) / x.std(0, unbiased=False)),
            look="Use what it was made with: self.mean and self.std.",
        ),
    ),
)
