"""Comparison of an answer with the truth: type, shape, dtype, finiteness and value, said apart."""

import math
import sys
from dataclasses import dataclass
from numbers import Integral, Real
from typing import Any

import numpy as np

DOUBLE_TOLERANCE = 1e-9
SINGLE_TOLERANCE = 1e-4
LARGEST_SHOWN = 1000
"""Bits of a whole number that is written out: for more digits Python refuses to."""

_KINDS = {"b": "truth values", "i": "whole numbers", "u": "whole numbers", "f": "real numbers"}


@dataclass(frozen=True)
class OneOf:
    """Several right answers, where the statement leaves a choice (a sign, a tie)."""

    answers: tuple[Any, ...]


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
        found = _to_numpy(value) if is_tensor(value) else np.asarray(value)
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
        found = [_difference(got, answer, tolerance, place) for answer in expected.answers]
        return "" if "" in found else found[0]
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
        return _arrays(_to_numpy(got), _to_numpy(expected), tolerance, place)
    if isinstance(expected, np.ndarray):
        if type(got) is not np.ndarray and not (expected.ndim == 0 and isinstance(got, Real)):
            return f"{place}expected a NumPy array, got {kind_of(got)}"
        return _arrays(np.asarray(got), expected, tolerance, place)
    if isinstance(expected, Real):
        return _numbers(got, expected, tolerance, place)
    if isinstance(expected, dict):
        return _dicts(got, expected, tolerance, place)
    if isinstance(expected, list | tuple):
        return _sequences(got, expected, tolerance, place)
    return "" if type(got) is type(expected) else f"{place}expected {kind_of(expected)}"


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
        return f"{place}expected {_number(expected)}, got {show(got)}"
    return _arrays(np.float64(got)[()], np.asarray(expected, dtype=float), tolerance, place)


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
            return f"{place}a value is {got[index]}{_at(index)}, where it must be finite"
        wrong = ~_close(got, expected, tolerance)
        if wrong.any() and single and _close(got, expected, SINGLE_TOLERANCE).all():
            place = f"{place}right to a few digits only, as float32 computes: "
    if not wrong.any():
        return ""
    index = tuple(int(i) for i in np.argwhere(wrong)[0])
    where = _at(index) + (f" (of {wrong.sum()} wrong values)" if wrong.sum() > 1 else "")
    wanted, came = _apart(expected[index], got[index])
    return f"{place}expected {wanted}, got {came}{where}"


def _sequences(
    got: Any, expected: list | tuple, tolerance: float, place: str, parts: tuple[str, ...] = ()
) -> str:
    if type(got) not in (list, tuple):
        return f"{place}expected {kind_of(expected)}, got {kind_of(got)}"
    if len(got) != len(expected):
        return f"{place}expected {len(expected)} values, got {len(got)}"
    for position, (ours, theirs) in enumerate(zip(got, expected, strict=True)):
        name = parts[position] if position < len(parts) else f"value {position}"
        found = _difference(ours, theirs, tolerance, f"{place}{name}: ")
        if found:
            return found
    return ""


def _dicts(got: Any, expected: dict, tolerance: float, place: str) -> str:
    if type(got) is not dict:
        return f"{place}expected a dict, got {kind_of(got)}"
    if set(got) != set(expected):
        keys, ours = (", ".join(sorted(map(repr, table))) for table in (got, expected))
        return f"{place}expected the keys {ours}, got {_clip(keys, 12) or 'none'}"
    for key, value in expected.items():
        found = _difference(got[key], value, tolerance, f"{place}{key!r}: ")
        if found:
            return found
    return ""


def is_tensor(value: Any) -> bool:
    """Whether the value is exactly a PyTorch tensor or parameter, without importing PyTorch."""
    torch = sys.modules.get("torch")
    return torch is not None and type(value) in (torch.Tensor, torch.nn.Parameter)


def _to_numpy(tensor: Any) -> np.ndarray:
    tensor = tensor.detach().cpu()
    if str(tensor.dtype) == "torch.bfloat16":  # NumPy has no such numbers
        tensor = tensor.float()
    return tensor.numpy()


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
        return 1 + min(int(abs(value)), 1000)
    return 1


def kind_of(value: Any) -> str:
    """A value's type in the student's words."""
    if value is None:
        return "None"
    names = {bool: "a truth value (bool)", int: "a whole number (int)", float: "a float"}
    names |= {str: "a string", list: "a list", tuple: "a tuple", dict: "a dict"}
    names |= {np.ndarray: "a NumPy array"}
    return names.get(type(value), f"an object of type {type(value).__name__}")


def show_apart(one: Any, other: Any) -> tuple[str, str]:
    """Two values as texts, with as many digits as it takes to see that they differ."""
    for digits in range(4, 18):
        texts = show(one, digits=digits), show(other, digits=digits)
        if texts[0] != texts[1]:
            break
    return texts


def in_short(value: Any) -> str:
    """A value in one line: itself where it is a number or a word, else its kind and shape."""
    if is_tensor(value) or type(value) is np.ndarray:
        return f"{'a tensor' if is_tensor(value) else 'an array'} of shape {tuple(value.shape)}"
    text = show(value)
    return text if len(text) <= 60 and "\n" not in text else kind_of(value)


def show(value: Any, lines: int = 12, digits: int = 4) -> str:
    """A value as text for a report: short, an array with its shape and dtype."""

    def inner(item: Any) -> str:
        return show(item, lines, digits)

    if isinstance(value, OneOf):
        return "\nor\n".join(dict.fromkeys(map(inner, value.answers)))
    if is_tensor(value):
        grid = _grid(_to_numpy(value), digits) if value.numel() else "(empty)"
        return _clip(f"tensor {tuple(value.shape)} {value.dtype}\n{grid}", lines)
    if type(value) is np.ndarray:
        if value.ndim == 0:
            return _number(value[()], digits)
        return _clip(f"array {value.shape} {value.dtype}\n{_grid(value, digits)}", lines)
    if isinstance(value, float | np.floating):
        return _number(value, digits)
    if isinstance(value, np.generic):
        return str(value)
    if type(value) in (list, tuple):
        items = ", ".join(map(inner, value))
        return _clip(f"[{items}]" if isinstance(value, list) else f"({items})", lines)
    if type(value) is dict:
        return _clip(", ".join(f"{key}: {inner(item)}" for key, item in value.items()), lines)
    if callable(value):
        return getattr(value, "__name__", type(value).__name__)
    if type(value) is int and value.bit_length() > LARGEST_SHOWN:
        return f"a whole number of {value.bit_length()} bits"
    if type(value) in (int, bool, str, type(None)):
        return _clip(repr(value), lines)
    return kind_of(value)


def _grid(array: np.ndarray, digits: int) -> str:
    """The values; leading axes of length 1 show in the shape, not in brackets."""
    while array.ndim > 2 and array.shape[0] == 1:
        array = array[0]
    return np.array2string(
        array, precision=digits, threshold=60, edgeitems=3, suppress_small=digits == 4
    )


def _apart(one: Any, other: Any) -> tuple[str, str]:
    """Two numbers as texts, with as many digits as it takes to see that they differ."""
    for digits in range(4, 18):
        texts = _number(one, digits), _number(other, digits)
        if texts[0] != texts[1]:
            break
    return texts


def _number(value: Any, digits: int = 4) -> str:
    return f"{value:.{digits}g}" if isinstance(value, float | np.floating) else str(value)


def _at(index: tuple[int, ...]) -> str:
    return f" at [{', '.join(map(str, index))}]" if index else ""


def _clip(text: str, lines: int) -> str:
    rows = text.splitlines()
    kept = rows if len(rows) <= lines else [*rows[: lines - 1], "…"]
    return "\n".join(row if len(row) <= 400 else row[:399] + "…" for row in kept)
