"""The activation functions: six functions, one exercise."""

import warnings
from collections.abc import Callable, Iterator

import numpy as np
import torch
from torch.nn import functional

from course_utils.checks.core import (
    Call,
    Exercise,
    Forbid,
    Misconception,
    OneOf,
    PropertyCase,
    ValueCase,
    call,
)
from course_utils.checks.core.draws import nonzero_quarters, quarters
from course_utils.checks.core.tensors import tensor
from course_utils.checks.core.transforms import changed, then

LARGEST_EXPONENT = float(np.log(np.finfo(float).max))
"""Beyond it the exponential of a float64 is infinite."""


def _softplus(x: np.ndarray) -> np.ndarray:
    """PyTorch's own softplus returns its input above 20, which is not exact."""
    inputs = tensor(x)
    return torch.logaddexp(inputs, torch.zeros_like(inputs)).numpy()


def _elu(x: np.ndarray, alpha: float = 1.0) -> np.ndarray:
    return functional.elu(tensor(x), alpha=alpha).numpy()


def _softmax(x: np.ndarray, axis: int = -1) -> np.ndarray:
    return torch.softmax(tensor(x), dim=axis).numpy()


_ORACLES = {
    "sigmoid": lambda x: torch.sigmoid(tensor(x)).numpy(),
    "relu": lambda x: functional.relu(tensor(x)).numpy(),
    "elu": _elu,
    "softplus": _softplus,
    "swish": lambda x: functional.silu(tensor(x)).numpy(),
    "softmax": _softmax,
}
_WORKED = np.array([-2.0, 0.0, 2.0])
_FAR = np.array([-1000.0, -50.0, 50.0, 1000.0])


def _arrays(rng: np.random.Generator) -> Iterator[np.ndarray]:
    """Readable numbers in several shapes and layouts, also of one sign alone."""
    yield quarters(rng, 5)
    yield quarters(rng, 3, 4)
    yield quarters(rng, 4, 6).T[:, ::2]
    yield quarters(rng, 2, 3).astype(np.float32)
    yield rng.integers(-8, 9, (2, 2, 3)) * 1e-3
    yield abs(nonzero_quarters(rng, 2, 4))
    yield -abs(nonzero_quarters(rng, 4, 2))


def _elementwise(rng: np.random.Generator) -> Iterator[Call]:
    yield from (call(x) for x in _arrays(rng))


def _with_alpha(rng: np.random.Generator) -> Iterator[Call]:
    for number, x in enumerate(_arrays(rng)):
        yield call(x, 0.5) if number % 2 else call(x, alpha=1.5)


def _along_axes(rng: np.random.Generator) -> Iterator[Call]:
    for x in _arrays(rng):
        yield call(x)
        yield call(x, axis=0)
    yield call(quarters(rng, 2, 3, 4), axis=1)


def _stays_silent(student: Callable, x: np.ndarray) -> str:
    """The law that no number is too large: no warning of an overflow (and, as ever, no NaN)."""
    with warnings.catch_warnings(record=True) as caught, np.errstate(all="warn", under="ignore"):
        warnings.simplefilter("always")
        student(x)
    if not caught:
        return ""
    said = str(caught[0].message)
    if "overflow" not in said:
        return f"it warns: {said}"
    return (
        f"it warns: {said}. The exponential of a large positive number is too large for a "
        "computer. `np.where` does not help, it computes both branches: take exponentials of "
        "numbers at most 0 only"
    )


_TABLE = np.array([[1000.0, 0.0, -1000.0], [-1000.0, -1000.0, -999.0]])
_DRAWN = {"elu": _with_alpha, "softmax": _along_axes}


def _cases() -> Iterator[ValueCase | PropertyCase]:
    for name in _ORACLES:
        yield ValueCase(f"the worked example: {name}", call(_WORKED), function=name)
        yield ValueCase(f"{name} of random arrays", _DRAWN.get(name, _elementwise), function=name)
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


def _softmax_of_distant_rows(x: np.ndarray, axis: int = -1) -> np.ndarray:
    """Not a number where a row lies so far below the largest score that all its powers are 0."""
    lost = x.max(axis=axis, keepdims=True) < x.max() - LARGEST_EXPONENT
    return np.where(lost, np.nan, _softmax(x, axis))


def _shares_of_the_sum(x: np.ndarray, axis: int = -1) -> np.ndarray:
    with np.errstate(all="ignore"):
        return x / x.sum(axis=axis, keepdims=True)


def _cut_off(x: np.ndarray) -> OneOf:
    """Softplus of numbers that are cut off at one of the usual bounds."""
    return OneOf(tuple(_softplus(np.minimum(x, bound)) for bound in _BOUNDS))


_BOUNDS = (10.0, 15.0, 20.0, 25.0, 30.0, 50.0, 80.0, 88.0, 100.0, 500.0, 700.0, 709.0)

activations = Exercise(
    name="activations",
    points=6,
    oracle=_ORACLES,
    functions=tuple(_ORACLES),
    rules=(Forbid(("torch", "scipy", "sklearn"), "write it with NumPy's arithmetic."),),
    cases=tuple(_cases()),
    fresh=True,
    learned="You can now write the usual activations so that no number is too large for them.",
    misconceptions=(
        Misconception(
            "sigmoid turned round",
            "Your sigmoid falls from 1 to 0. A large score must give a value near 1.",
            lambda x: _ORACLES["sigmoid"](-x),
            function="sigmoid",
            look="Look at the sign of the exponent.",
        ),
        Misconception(
            "tanh for sigmoid",
            "Your values lie between −1 and 1: that is the hyperbolic tangent. A sigmoid lies "
            "between 0 and 1.",
            lambda x: np.tanh(x),
            function="sigmoid",
            look="For very negative numbers a sigmoid goes to 0, not to −1.",
        ),
        Misconception(
            "slope for the value",
            "Your result is the sigmoid's slope: it is largest at 0 and falls to both sides. Asked "
            "for is the sigmoid itself.",
            lambda x: _ORACLES["sigmoid"](x) * _ORACLES["sigmoid"](-x),
            function="sigmoid",
            look="At 0 a sigmoid is 0.5, its slope is 0.25.",
        ),
        Misconception(
            "absolute value for relu",
            "Your ReLU turns negative numbers positive. They become 0.",
            lambda x: abs(x),
            function="relu",
            look="Try it on −2: the answer is 0.",
        ),
        Misconception(
            "leaky relu",
            "Your ReLU lets a little of the negative numbers through (a leaky ReLU). They become "
            "0.",
            lambda x: functional.leaky_relu(tensor(x)).numpy(),
            function="relu",
            look="Try it on −2: the answer is 0.",
        ),
        Misconception(
            "step for relu",
            "Your ReLU gives 1 for every positive number: that is its slope. It gives the number "
            "itself.",
            lambda x: np.heaviside(x, 0.0),
            function="relu",
            look="A comparison such as x > 0 only says where: multiply it with x.",
        ),
        Misconception(
            "relu with a ceiling",
            "Your ReLU never exceeds 6. It has no upper bound.",
            lambda x: np.clip(x, 0.0, 6.0),
            function="relu",
            look="Try it on 50: the answer is 50.",
        ),
        Misconception(
            "alpha forgotten",
            "Your ELU is right for alpha = 1 only: alpha multiplies the negative side.",
            changed(_elu, alpha=1.0),
            function="elu",
            look="Where does `alpha` stand in your formula?",
        ),
        Misconception(
            "alpha on both sides",
            "Your ELU multiplies its positive side by alpha, too. There it is the number itself.",
            lambda x, alpha=1.0: alpha * _elu(x),
            function="elu",
            look="Only the negative side depends on alpha.",
        ),
        Misconception(
            "alpha inside the exponent",
            "Your result is what you get when alpha multiplies the number in the exponent. It "
            "multiplies the whole negative side.",
            lambda x, alpha=1.0: np.where(x > 0, x, np.expm1(alpha * np.minimum(x, 0))),
            function="elu",
            look="On the negative side it is alpha (exp(x) − 1).",
        ),
        Misconception(
            "elu without minus one",
            "Your ELU jumps at 0. On the negative side it is alpha (exp(x) − 1), which is 0 there.",
            then(_elu, lambda y, x, alpha: y + alpha * (x <= 0)),
            function="elu",
            look="Subtract 1 before you multiply by alpha.",
        ),
        Misconception(
            "elu turned up",
            "The negative side of your ELU has the wrong sign: it must lie below 0.",
            then(_elu, lambda y, x: np.where(x > 0, y, -y)),
            function="elu",
            look="exp(x) is less than 1 there, so exp(x) − 1 is negative.",
        ),
        Misconception(
            "softplus overflows",
            "Your softplus is infinite for large numbers, because the exponential overflows. There "
            "softplus is almost the number itself.",
            then(_softplus, lambda y, x: np.where(x > LARGEST_EXPONENT, np.inf, y)),
            function="softplus",
            look="Softplus is max(x, 0) plus something small: find it, with an exponent below 0.",
        ),
        Misconception(
            "softplus cut off",
            "Your softplus stops growing at a bound. For large numbers it is almost the number "
            "itself.",
            _cut_off,
            function="softplus",
            look="Cutting x off avoids the overflow, but changes the answer: find another form.",
        ),
        Misconception(
            "softplus turned round",
            "Your softplus falls with x. It must grow: it is a soft form of ReLU.",
            lambda x: _softplus(-x),
            function="softplus",
            look="Look at the sign of the exponent.",
        ),
        Misconception(
            "sigmoid squared",
            "Your result is the sigmoid multiplied by itself. Swish is the number times its "
            "sigmoid.",
            lambda x: _ORACLES["sigmoid"](x) ** 2,
            function="swish",
            look="One of the two factors is x.",
        ),
        Misconception(
            "sigmoid for swish",
            "Your result is the sigmoid alone. Swish is the number times its sigmoid.",
            lambda x: _ORACLES["sigmoid"](x),
            function="swish",
            look="Multiply by x.",
        ),
        Misconception(
            "softmax over everything",
            "Your softmax sums over the whole array. Each row (or whatever `axis` says) must sum "
            "to 1 on its own.",
            lambda x, axis=-1: _softmax(x.ravel(), 0).reshape(x.shape),
            function="softmax",
            look="Give `axis` to the sum, and keep the axis with `keepdims=True`.",
        ),
        Misconception(
            "axis ignored",
            "Your softmax always goes along the last axis. `axis` says along which.",
            changed(_softmax, axis=-1),
            function="softmax",
            look="Hand `axis` on to the maximum and to the sum.",
        ),
        Misconception(
            "first axis by default",
            "Your softmax goes along the first axis where none is named. The default is the last "
            "one, −1.",
            lambda x, axis=0: _softmax(x, axis),
            function="softmax",
            look="Look at the default in your function's first line.",
        ),
        Misconception(
            "softmax overflows",
            "Your softmax is not a number for large scores: infinity divided by infinity.",
            _softmax_of_infinities,
            function="softmax",
            look="Softmax does not change when the same number is subtracted from all scores of a "
            "row: which number makes every exponent at most 0?",
        ),
        Misconception(
            "one maximum for all rows",
            "Your softmax divides 0 by 0 in rows whose scores lie far below the largest of the "
            "whole array.",
            _softmax_of_distant_rows,
            function="softmax",
            look="Subtract from each row its own largest score.",
        ),
        Misconception(
            "scores divided by their sum",
            "Your result is each score divided by the sum of the scores, without exponentials: "
            "negative scores give negative shares.",
            _shares_of_the_sum,
            function="softmax",
            look="Take the exponentials first.",
        ),
    ),
)
