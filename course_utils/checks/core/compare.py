"""Comparison of an answer with the truth: type, shape, dtype, finiteness and value, said apart."""

import math
from numbers import Integral, Real
from typing import Any

import numpy as np

from course_utils.checks.core.values import (
    LARGEST_SHOWN,
    OneOf,
    at,
    clip,
    is_tensor,
    kind_of,
    number_text,
    numbers_apart,
    show,
    show_apart,
    to_numpy,
)

DOUBLE_TOLERANCE = 1e-9
SINGLE_TOLERANCE = 1e-4
COARSEST = 32
"""Bits of the coarsest float that an answer may hold, where the truth has no coarser ones."""
SHORT = 6
"""So many numbers in a list or tuple are shown together, not only the first that is wrong."""

_KINDS = {"b": "truth values", "i": "whole numbers", "u": "whole numbers", "f": "real numbers"}


def difference(
    got: Any,
    expected: Any,
    *,
    tolerance: float | None = None,
    inputs: tuple = (),
    exact: bool = False,
    parts: tuple[str, ...] = (),
    same_dtype: bool = False,
) -> str:
    """What is wrong with `got`, in words for the student; empty when nothing is.

    Args:
        got: the answer: a number, NumPy array, PyTorch tensor, string, or a list, tuple or dict
            of these. Subclasses of arrays and tensors are refused: they may lie about themselves.
        expected: the truth, of the type that the answer must have. Where it is a float, any real
            number will do; where it is an int, a float will not.
        tolerance: allowed difference relative to the largest expected magnitude, at least 1.
            By default it follows the lowest float precision among truth and inputs: 1e-9 for
            float64, 1e-4 for float32 and below. What the answer computes in does not count.
        inputs: the arguments of the call, for the default tolerance.
        exact: whether equal means bit for bit (used to see whether an input was changed).
        parts: what the values of a sequence are called.
        same_dtype: whether an array's dtype must be the expected one; else its kind is enough.
    """
    if exact:
        tolerance = 0.0
    elif tolerance is None:
        tolerance = tolerance_of(expected, *inputs)
    if isinstance(expected, OneOf):
        found = [
            difference(got, each, tolerance=tolerance, parts=parts, same_dtype=same_dtype)
            for each in expected.answers
        ]
        return "" if "" in found else found[0]
    if parts and isinstance(expected, list | tuple):
        return _sequences(got, expected, tolerance, "", parts) or _dtypes(got, expected, same_dtype)
    return _difference(got, expected, tolerance, "") or _dtypes(got, expected, same_dtype)


def _dtypes(got: Any, expected: Any, same_dtype: bool) -> str:
    """Where the dtype of an array is another one than promised; the values are right."""
    if not same_dtype:
        return ""
    if isinstance(expected, list | tuple):
        found = (_dtypes(*pair, same_dtype) for pair in zip(got, expected, strict=True))
        return next(filter(None, found), "")
    if not (isinstance(expected, np.ndarray) or is_tensor(expected)):
        return ""
    own = getattr(got, "dtype", None)
    return "" if own == expected.dtype else f"the dtype is {own}, expected {expected.dtype}"


def same_numbers(one: Any, other: Any, tolerance: float) -> bool:
    """Whether two values hold the same numbers in the same shape, whatever their types and dtypes.

    A list is as good as an array here. Values that are no numbers must be equal.

    Args:
        one: a value as in `difference`.
        other: the other one.
        tolerance: allowed difference relative to the largest magnitude of `other`, at least 1.
    """
    if isinstance(other, OneOf):
        return any(same_numbers(one, answer, tolerance) for answer in other.answers)
    if isinstance(one, OneOf):
        return any(same_numbers(answer, other, tolerance) for answer in one.answers)
    if isinstance(one, dict) and isinstance(other, dict):
        return set(one) == set(other) and all(
            same_numbers(one[key], other[key], tolerance) for key in other
        )
    ours, theirs = _numeric(one), _numeric(other)
    if ours is not None and theirs is not None:
        return ours.shape == theirs.shape and bool(_close(ours, theirs, tolerance).all())
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(
            same_numbers(*pair, tolerance) for pair in zip(one, other, strict=True)
        )
    if isinstance(one, str | type(None)) or isinstance(other, str | type(None)):
        return type(one) is type(other) and one == other
    return ours is theirs and type(one) is type(other)


def agree(one: Any, other: Any, tolerance: float) -> bool:
    """Whether two values hold the same finite numbers, at least one, in the same shape.

    The one place where laws compare: NaN and infinity agree with nothing, not even with themselves.
    `tolerance` is the difference allowed relative to the largest magnitude of `other`, at least 1.
    """
    ours, theirs = _numeric(one), _numeric(other)
    if ours is None or theirs is None or ours.shape != theirs.shape:
        return False
    finite = ours.size and np.isfinite(ours).all() and np.isfinite(theirs).all()
    return bool(finite and _close(ours, theirs, tolerance).all())


def not_finite(value: Any) -> str:
    """The first number in a value that is NaN or infinite, as text; empty when all are finite."""
    found = numbers_in(value)
    wrong = found[~np.isfinite(found)]
    return str(wrong[0]) if wrong.size else ""


def numbers_in(value: Any) -> np.ndarray:
    """All numbers of a value, one after the other, as float64."""
    if isinstance(value, dict):
        value = list(value.values())
    found = _numeric(value)
    if found is not None:
        return found.ravel()
    if isinstance(value, list | tuple):
        return np.concatenate([np.zeros(0), *map(numbers_in, value)])
    return np.zeros(0)


def _numeric(value: Any) -> np.ndarray | None:
    """A value as one array of numbers; None where it is none."""
    kinds = (np.ndarray, list, tuple)
    if not (type(value) in kinds or is_tensor(value) or isinstance(value, Real | np.bool_)):
        return None
    try:
        found = to_numpy(value) if is_tensor(value) else np.asarray(value)
    except ValueError:  # rows of different lengths, or an empty tensor of an endless shape
        return None
    return found.astype(np.float64) if found.dtype.kind in "biuf" else None


def _close(got: np.ndarray, expected: np.ndarray, tolerance: float) -> np.ndarray:
    """Where two arrays of float64 hold the same numbers; NaN and infinity equal themselves."""
    special = ~np.isfinite(expected)
    size = np.abs(expected[~special]).max(initial=1.0)
    with np.errstate(invalid="ignore"):
        close = np.abs(got - expected) <= tolerance * size
    return np.where(special, (got == expected) | (np.isnan(got) & np.isnan(expected)), close)


def _difference(got: Any, expected: Any, tolerance: float, place: str) -> str:
    if isinstance(expected, OneOf):
        differences = [_difference(got, each, tolerance, place) for each in expected.answers]
        return "" if "" in differences else differences[0]
    if expected is None or isinstance(expected, str | bool | np.bool_):
        same = type(got) is type(expected) and got == expected
        if isinstance(expected, bool | np.bool_) and isinstance(got, bool | np.bool_):
            same = bool(got) == bool(expected)
        return "" if same else f"{place}expected {expected!r}, got {show(got)}"
    if got is None and not place:
        return f"expected {kind_of(expected)}, got None: it came to no `return` with a value"
    if is_tensor(expected):
        if not is_tensor(got):
            return f"{place}expected a PyTorch tensor, got {kind_of(got)}"
        if got.shape != expected.shape:  # before NumPy looks at it: it may be an endless one
            return f"{place}the shape is {tuple(got.shape)}, expected {tuple(expected.shape)}"
        found = _arrays(to_numpy(got), to_numpy(expected), tolerance, place)
        return found or _too_coarse(got, expected, place)
    if isinstance(expected, np.ndarray):
        if type(got) is not np.ndarray and not (expected.ndim == 0 and isinstance(got, Real)):
            return f"{place}expected a NumPy array, got {kind_of(got)}"
        found = _arrays(np.asarray(got), expected, tolerance, place)
        return found or _too_coarse(got, expected, place)
    if isinstance(expected, Real):
        return _numbers(got, expected, tolerance, place)
    if isinstance(expected, dict):
        return _dicts(got, expected, tolerance, place)
    if isinstance(expected, list | tuple):
        return _sequences(got, expected, tolerance, place)
    return "" if type(got) is type(expected) else f"{place}expected {kind_of(expected)}"


def _too_coarse(got: Any, expected: Any, place: str) -> str:
    """Why an array of 16-bit floats is none of those that an answer may give."""
    if not 0 < _float_bits(got) < COARSEST <= _float_bits(expected):
        return ""
    return f"{place}the dtype is {got.dtype}, which keeps three digits only: use float32 or float64"


def _numbers(got: Any, expected: Real, tolerance: float, place: str) -> str:
    if isinstance(got, np.ndarray) and type(got) is np.ndarray and got.ndim == 0:
        got = got[()]
    if isinstance(expected, Integral):
        if type(got) is not int and not _is_numpy_int(got):
            return f"{place}expected a whole number (int), got {kind_of(got)}"
        same = int(got) == int(expected)
        return "" if same else f"{place}expected {expected}, got {show(got)}"
    if type(got) not in (int, float) and not (isinstance(got, np.floating) or _is_numpy_int(got)):
        return f"{place}expected a number, got {kind_of(got)}"
    if type(got) is int and got.bit_length() > LARGEST_SHOWN:  # no float can hold it
        return f"{place}expected {number_text(expected)}, got {show(got)}"
    got = got if isinstance(got, np.floating) else np.float64(got)
    return _arrays(got, np.asarray(expected, dtype=float), tolerance, place)


def _is_numpy_int(value: Any) -> bool:
    return isinstance(value, np.integer) and not isinstance(value, np.timedelta64)


def _arrays(got: np.ndarray, expected: np.ndarray, tolerance: float, place: str) -> str:
    got, expected = np.asarray(got), np.asarray(expected)
    if got.shape != expected.shape:
        return f"{place}the shape is {got.shape}, expected {expected.shape}"
    if _KINDS.get(got.dtype.kind) != _KINDS.get(expected.dtype.kind):
        return f"{place}the dtype is {got.dtype}, expected {expected.dtype}"
    if expected.dtype.kind in _KINDS and np.array_equal(got, expected):
        return ""
    if expected.dtype.kind in "biu" or tolerance == 0.0:
        wrong = ~((got == expected) | ((got != got) & (expected != expected)))
    else:
        single = got.dtype.itemsize < expected.dtype.itemsize
        got, expected = got.astype(np.float64), expected.astype(np.float64)
        not_finite = ~np.isfinite(got) & np.isfinite(expected)
        if not_finite.any():
            index = tuple(int(i) for i in np.argwhere(not_finite)[0])
            return f"{place}a value is {got[index]}{at(index)}, where it must be finite"
        wrong = ~_close(got, expected, tolerance)
        if wrong.any() and single and _close(got, expected, SINGLE_TOLERANCE).all():
            place = f"{place}right to a few digits only, as float32 computes: "
    if not wrong.any():
        return ""
    index = tuple(int(i) for i in np.argwhere(wrong)[0])
    where = at(index) + (f" (of {wrong.sum()} wrong values)" if wrong.sum() > 1 else "")
    wanted, came = numbers_apart(expected[index], got[index])
    return f"{place}expected {wanted}, got {came}{where}"


def _sequences(
    got: Any, expected: list | tuple, tolerance: float, place: str, parts: tuple[str, ...] = ()
) -> str:
    if type(got) not in (list, tuple):
        return f"{place}expected {kind_of(expected)}, got {kind_of(got)}"
    together = not parts and _is_short(got) and _is_short(expected)
    if len(got) != len(expected) and not together:
        values = "1 value" if len(expected) == 1 else f"{len(expected)} values"
        return f"{place}expected {values}, got {len(got)}"
    names = [f"`{name}`" for name in parts]
    names += [f"value [{position}]" for position in range(len(names), len(expected))]
    found = "" if len(got) == len(expected) else "another length"
    for name, ours, theirs in zip(names, got, expected, strict=False):
        found = found or _difference(ours, theirs, tolerance, f"{place}{name}: ")
    if found and together and not same_numbers(got, expected, tolerance):
        wanted, came = show_apart(expected, got)
        return f"{place}expected {wanted}, got {came}"
    return found


def _is_short(values: list | tuple) -> bool:
    """Whether a list or tuple holds a few numbers and nothing else."""
    return len(values) <= SHORT and all(type(value) in (int, float) for value in values)


def _dicts(got: Any, expected: dict, tolerance: float, place: str) -> str:
    if type(got) is not dict:
        return f"{place}expected a dict, got {kind_of(got)}"
    if set(got) != set(expected):
        missing, unknown = (
            clip(", ".join(sorted(map(repr, keys))), 12)
            for keys in (set(expected) - set(got), set(got) - set(expected))
        )
        lacks = [f"keys that are missing: {missing}"] if missing else []
        more = [f"keys that nobody asked for: {unknown}"] if unknown else []
        return f"{place}{'; '.join(lacks + more)}"
    for key, value in expected.items():
        found = _difference(got[key], value, tolerance, f"{place}{key!r}: ")
        if found:
            return found
    return ""


def tolerance_of(*values: Any) -> float:
    """The tolerance that fits the lowest float precision among the values."""
    coarse = any(0 < bits < 64 for bits in map(_float_bits, values))
    return SINGLE_TOLERANCE if coarse else DOUBLE_TOLERANCE


def _float_bits(value: Any) -> int:
    """Bits of the coarsest float in a value; 0 when it holds none that tells."""
    if is_tensor(value):
        return value.element_size() * 8 if value.is_floating_point() else 0
    if isinstance(value, np.ndarray | np.generic):
        return value.dtype.itemsize * 8 if value.dtype.kind == "f" else 0
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return min((bits for bits in map(_float_bits, value) if bits), default=0)
    return 0


def size_of(value: Any) -> int:
    """How many numbers a value holds (a measure to find small inputs)."""
    if is_tensor(value):
        return value.numel()
    if isinstance(value, np.ndarray):
        return value.size
    if isinstance(value, dict):
        return sum(map(size_of, value.values()))
    if isinstance(value, list | tuple):
        return sum(map(size_of, value))
    if isinstance(value, Real) and math.isfinite(value):
        return 1 + min(int(abs(float(value))), 1000)
    return 1
