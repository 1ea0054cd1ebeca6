"""The activation functions: six functions, one exercise."""

import warnings
from collections.abc import Callable, Iterator

import numpy as np
import torch
from torch.nn import functional

from course_utils.checks.core import Call, Exercise, Misconception, PropertyCase, ValueCase, call
from course_utils.checks.core.draws import quarters
from course_utils.checks.core.transforms import changed, then
from course_utils.checks.perceptron.shared import NO_SHORTCUTS

LARGEST_EXPONENT = float(np.log(np.finfo(float).max))
"""Beyond it the exponential of a float64 is infinite."""


def _softplus(x: np.ndarray) -> np.ndarray:
    """PyTorch's own softplus returns its input above 20, which is not exact."""
    inputs = torch.tensor(x)
    return torch.logaddexp(inputs, torch.zeros_like(inputs)).numpy()


def _elu(x: np.ndarray, alpha: float = 1.0) -> np.ndarray:
    return functional.elu(torch.tensor(x), alpha=alpha).numpy()


def _softmax(x: np.ndarray, axis: int = -1) -> np.ndarray:
    return torch.softmax(torch.tensor(x), dim=axis).numpy()


_ORACLES = {
    "sigmoid": lambda x: torch.sigmoid(torch.tensor(x)).numpy(),
    "relu": lambda x: functional.relu(torch.tensor(x)).numpy(),
    "elu": _elu,
    "softplus": _softplus,
    "swish": lambda x: functional.silu(torch.tensor(x)).numpy(),
    "softmax": _softmax,
}
_WORKED = np.array([-2.0, 0.0, 2.0])
_FAR = np.array([-1000.0, -50.0, 50.0, 1000.0])


def _arrays(rng: np.random.Generator) -> Iterator[np.ndarray]:
    """Readable numbers in several shapes and layouts."""
    yield quarters(rng, 5)
    yield quarters(rng, 3, 4)
    yield quarters(rng, 4, 6).T[:, ::2]
    yield quarters(rng, 2, 3).astype(np.float32)
    yield rng.integers(-8, 9, (2, 2, 3)) * 1e-3
    yield np.empty((0, 3))


def _elementwise(rng: np.random.Generator) -> Iterator[Call]:
    yield call(_WORKED.copy())
    yield from (call(x) for x in _arrays(rng))


def _with_alpha(rng: np.random.Generator) -> Iterator[Call]:
    yield call(_WORKED.copy())
    for number, x in enumerate(_arrays(rng)):
        yield call(x, 0.5) if number % 2 else call(x, alpha=1.5)


def _along_axes(rng: np.random.Generator) -> Iterator[Call]:
    yield call(_WORKED.copy())
    for x in _arrays(rng):
        yield call(x)
        yield call(x, axis=0) if len(x) else call(x, 1)
    yield call(quarters(rng, 2, 3, 4), axis=1)


def _stays_silent(student: Callable, x: np.ndarray) -> str:
    """The law that no number is too large: no warning of an overflow."""
    with warnings.catch_warnings(record=True) as caught, np.errstate(all="warn", under="ignore"):
        warnings.simplefilter("always")
        student(x)
    return _warning_about(str(caught[0].message)) if caught else ""


def _warning_about(message: str) -> str:
    return f"it warns: {message}"


_TABLE = np.array([[1000.0, 0.0, -1000.0], [-1000.0, -1000.0, -999.0]])
_DRAWN = {"elu": _with_alpha, "softmax": _along_axes}


def _cases() -> Iterator[ValueCase | PropertyCase]:
    for name in _ORACLES:
        yield ValueCase(name, _DRAWN.get(name, _elementwise), weight=2, function=name)
        far = (call(_TABLE),) if name == "softmax" else (call(_FAR),)
        yield ValueCase(f"{name} at ±1000: finite and right", far, function=name)
        yield PropertyCase(f"{name} at ±1000: no warning", far, function=name, law=_stays_silent)


def _softmax_of_infinities(x: np.ndarray, axis: int = -1) -> np.ndarray:
    infinite = x > LARGEST_EXPONENT
    if not infinite.any():
        raise ValueError("no overflow here")
    shares = _softmax(x, axis)
    rest = np.where(infinite.any(axis=axis, keepdims=True), 0.0, np.nan_to_num(shares))
    empty = (x < -750).all(axis=axis, keepdims=True)
    return np.where(infinite | empty, np.nan, rest)


def _shares_of_the_sum(x: np.ndarray, axis: int = -1) -> np.ndarray:
    with np.errstate(all="ignore"):
        return x / x.sum(axis=axis, keepdims=True)


activations = Exercise(
    name="activations",
    points=6,
    oracle=_ORACLES,
    functions=tuple(_ORACLES),
    rules=(NO_SHORTCUTS,),
    cases=tuple(_cases()),
    misconceptions=(
        Misconception(
            "sigmoid turned round",
            "Your sigmoid falls from 1 to 0: the exponent has the wrong sign. A large score must "
            "give a value near 1.",
            lambda x: _ORACLES["sigmoid"](-x),
            function="sigmoid",
        ),
        Misconception(
            "tanh for sigmoid",
            "Your values lie between −1 and 1: that is the hyperbolic tangent. A sigmoid lies "
            "between 0 and 1.",
            lambda x: np.tanh(x),
            function="sigmoid",
        ),
        Misconception(
            "exponential overflows",
            "Your result may be right, but the exponential of a large positive number overflows on "
            "the way there. `np.where` does not help, it computes both branches. Make sure that "
            "only exponentials of numbers at most 0 are computed.",
            lambda x: _warning_about("overflow encountered in exp"),
        ),
        Misconception(
            "absolute value for relu",
            "Your ReLU turns negative numbers positive. They become 0.",
            lambda x: abs(x),
            function="relu",
        ),
        Misconception(
            "leaky relu",
            "Your ReLU lets a little of the negative numbers through (a leaky ReLU). They become "
            "0.",
            lambda x: functional.leaky_relu(torch.tensor(x)).numpy(),
            function="relu",
        ),
        Misconception(
            "alpha forgotten",
            "Your ELU is right for alpha = 1 only: alpha multiplies the negative side.",
            changed(_elu, alpha=1.0),
            function="elu",
        ),
        Misconception(
            "alpha on both sides",
            "Your ELU multiplies its positive side by alpha too. There it is the number itself.",
            lambda x, alpha=1.0: alpha * _elu(x),
            function="elu",
        ),
        Misconception(
            "elu without minus one",
            "Your ELU jumps at 0: on the negative side it is alpha (exp(x) − 1), which is 0 there.",
            then(_elu, lambda y, x, alpha: y + alpha * (x <= 0)),
            function="elu",
        ),
        Misconception(
            "softplus overflows",
            "Your softplus is infinite for large numbers, because the exponential overflows. There "
            "softplus is almost the number itself: find a form whose exponential cannot overflow.",
            then(_softplus, lambda y, x: np.where(x > LARGEST_EXPONENT, np.inf, y)),
            function="softplus",
        ),
        Misconception(
            "sigmoid squared",
            "Your swish multiplies the sigmoid by itself. It is the number times its sigmoid.",
            lambda x: _ORACLES["sigmoid"](x) ** 2,
            function="swish",
        ),
        Misconception(
            "softmax over everything",
            "Your softmax sums over the whole array. Each row (or whatever `axis` says) must sum "
            "to 1 on its own.",
            lambda x, axis=-1: _softmax(x.ravel(), 0).reshape(x.shape),
            function="softmax",
        ),
        Misconception(
            "axis ignored",
            "Your softmax always goes along the last axis. `axis` says along which.",
            changed(_softmax, axis=-1),
            function="softmax",
        ),
        Misconception(
            "softmax overflows",
            "Your softmax is not a number for large scores: infinity divided by infinity. Softmax "
            "does not change when the same number is subtracted from all scores of a row.",
            _softmax_of_infinities,
            function="softmax",
        ),
        Misconception(
            "scores divided by their sum",
            "Your softmax divides by the sum without exponentials: negative scores give negative "
            "probabilities.",
            _shares_of_the_sum,
            function="softmax",
        ),
    ),
)
