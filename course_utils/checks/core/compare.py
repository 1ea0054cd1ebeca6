"""Comparison of an answer with the truth: type, shape, dtype, finiteness and value, said apart."""

import math
import sys
from dataclasses import dataclass
from numbers import Integral, Real
from typing import Any

import numpy as np

DOUBLE_TOLERANCE = 1e-9
SINGLE_TOLERANCE = 1e-4
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
) -> str:
    """What is wrong with `got`, in words for the student; empty when nothing is.

    Args:
        got: the answer: a number, NumPy array, PyTorch tensor, string, or a list, tuple or dict
            of these. Subclasses of arrays and tensors are refused: they may lie about themselves.
        expected: the truth, of the type that the answer must have. Where it is a float, any real
            number will do; where it is an int, a float will not.
        tolerance: allowed difference relative to the largest expected magnitude, at least 1.
            By default it follows the lowest float precision among answer, truth and inputs:
            1e-9 for float64, 1e-4 for float32 and below.
        inputs: the arguments of the call, for the default tolerance.
        exact: whether equal means bit for bit (used to see whether an input was changed).
    """
    if exact:
        tolerance = 0.0
    elif tolerance is None:
        tolerance = _tolerance(got, expected, *inputs)
    return _difference(got, expected, tolerance, "")


def _difference(got: Any, expected: Any, tolerance: float, place: str) -> str:
    if isinstance(expected, OneOf):
        found = [_difference(got, answer, tolerance, place) for answer in expected.answers]
        return "" if "" in found else found[0]
    if expected is None or isinstance(expected, str | bool | np.bool_):
        same = type(got) is type(expected) and got == expected
        if isinstance(expected, bool | np.bool_) and isinstance(got, bool | np.bool_):
            same = bool(got) == bool(expected)
        return "" if same else f"{place}expected {expected!r}, got {show(got)}"
    if is_tensor(expected):
        if not is_tensor(got):
            return f"{place}expected a PyTorch tensor, got {kind_of(got)}"
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
        return "" if int(got) == int(expected) else f"{place}expected {expected}, got {got}"
    if type(got) not in (int, float) and not (isinstance(got, np.floating) or _is_numpy_int(got)):
        return f"{place}expected a number, got {kind_of(got)}"
    if type(got) is int and got.bit_length() > 1000:
        return f"{place}expected {_number(expected)}, got a whole number that no float can hold"
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
        got, expected = got.astype(np.float64), expected.astype(np.float64)
        special = ~np.isfinite(expected)
        same_special = (got == expected) | (np.isnan(got) & np.isnan(expected))
        not_finite = ~np.isfinite(got) & ~special
        if not_finite.any():
            index = tuple(int(i) for i in np.argwhere(not_finite)[0])
            return f"{place}a value is {got[index]}{_at(index)}, where it must be finite"
        size = np.abs(expected[~special]).max(initial=1.0)
        with np.errstate(invalid="ignore"):
            close = np.abs(got - expected) <= tolerance * size
        wrong = ~np.where(special, same_special, close)
    if not wrong.any():
        return ""
    index = tuple(int(i) for i in np.argwhere(wrong)[0])
    where = f"{_at(index)} (of {int(wrong.sum())} wrong values)" if expected.ndim else ""
    return f"{place}expected {_number(expected[index])}, got {_number(got[index])}{where}"


def _sequences(got: Any, expected: list | tuple, tolerance: float, place: str) -> str:
    if type(got) not in (list, tuple):
        return f"{place}expected {kind_of(expected)}, got {kind_of(got)}"
    if len(got) != len(expected):
        return f"{place}expected {len(expected)} values, got {len(got)}"
    for position, (ours, theirs) in enumerate(zip(got, expected, strict=True)):
        found = _difference(ours, theirs, tolerance, f"{place}value {position}: ")
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


def _tolerance(*values: Any) -> float:
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
        return "None (is a `return` missing?)"
    names = {bool: "a truth value (bool)", int: "a whole number (int)", float: "a float"}
    names |= {str: "a string", list: "a list", tuple: "a tuple", dict: "a dict"}
    names |= {np.ndarray: "a NumPy array"}
    return names.get(type(value), f"an object of type {type(value).__name__}")


def show(value: Any, lines: int = 12) -> str:
    """A value as text for a report: short, 4 digits, an array with its shape and dtype."""
    if isinstance(value, OneOf):
        return "\nor\n".join(show(answer, lines) for answer in value.answers)
    if is_tensor(value):
        return _clip(f"tensor {tuple(value.shape)} {value.dtype}\n{_grid(_to_numpy(value))}", lines)
    if type(value) is np.ndarray:
        if value.ndim == 0:
            return _number(value[()])
        return _clip(f"array {value.shape} {value.dtype}\n{_grid(value)}", lines)
    if isinstance(value, float | np.floating):
        return _number(value)
    if isinstance(value, np.generic):
        return str(value)
    if type(value) in (list, tuple):
        inner = ", ".join(show(item, lines) for item in value)
        return _clip(f"[{inner}]" if isinstance(value, list) else f"({inner})", lines)
    if type(value) is dict:
        return _clip(", ".join(f"{key}: {show(item, lines)}" for key, item in value.items()), lines)
    if callable(value):
        return getattr(value, "__name__", type(value).__name__)
    if type(value) in (int, bool, str, type(None)):
        return _clip(repr(value), lines)
    return kind_of(value)


def _grid(array: np.ndarray) -> str:
    """The values; leading axes of length 1 show in the shape, not in brackets."""
    while array.ndim > 2 and array.shape[0] == 1:
        array = array[0]
    return np.array2string(array, precision=4, threshold=60, edgeitems=3, suppress_small=True)


def _number(value: Any) -> str:
    return f"{value:.4g}" if isinstance(value, float | np.floating) else str(value)


def _at(index: tuple[int, ...]) -> str:
    return f" at [{', '.join(map(str, index))}]" if index else ""


def _clip(text: str, lines: int) -> str:
    rows = text.splitlines()
    kept = rows if len(rows) <= lines else [*rows[: lines - 1], "…"]
    return "\n".join(row if len(row) <= 400 else row[:399] + "…" for row in kept)
