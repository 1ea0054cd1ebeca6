"""Values that an answer may give: what they are, and how a report shows them."""

import sys
from dataclasses import dataclass
from types import GeneratorType
from typing import Any

import numpy as np

LARGEST_SHOWN = 1000
"""Bits of a whole number that is written out: for more digits Python refuses to."""


@dataclass(frozen=True)
class OneOf:
    """Several right answers, where the statement leaves a choice (a sign, a tie)."""

    answers: tuple[Any, ...]


def is_tensor(value: Any) -> bool:
    """Whether the value is exactly a PyTorch tensor or parameter, without importing PyTorch."""
    torch = sys.modules.get("torch")
    return torch is not None and type(value) in (torch.Tensor, torch.nn.Parameter)


def to_numpy(tensor: Any) -> np.ndarray:
    """A tensor's values as a NumPy array."""
    tensor = tensor.detach().cpu()
    if str(tensor.dtype) == "torch.bfloat16":  # NumPy has no such numbers
        tensor = tensor.float()
    return tensor.numpy()


def kind_of(value: Any) -> str:
    """A value's type in the student's words."""
    if value is None:
        return "None"
    names = {bool: "a truth value (bool)", int: "a whole number (int)", float: "a float"}
    names |= {str: "a string", list: "a list", tuple: "a tuple", dict: "a dict"}
    names[np.ndarray] = "a NumPy array"
    if is_tensor(value):
        return "a PyTorch tensor"
    if type(value).__name__ == GeneratorType.__name__:  # or stands for one, in the grader
        return "a generator"
    if type(value) in np.sctypeDict.values():
        return f"a NumPy number ({value.dtype})"
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
        grid = _grid(to_numpy(value), digits) if value.numel() else "(empty)"
        return clip(f"tensor {tuple(value.shape)} {value.dtype}\n{grid}", lines)
    if type(value) is np.ndarray:
        if value.ndim == 0:
            return number_text(value[()], digits)
        return clip(f"array {value.shape} {value.dtype}\n{_grid(value, digits)}", lines)
    if isinstance(value, float | np.floating):
        return number_text(value, digits)
    if isinstance(value, np.generic):
        return str(value)
    if type(value) in (list, tuple):
        items = ", ".join(map(inner, value))
        return clip(f"[{items}]" if isinstance(value, list) else f"({items})", lines)
    if type(value) is dict:
        return clip(", ".join(f"{key}: {inner(item)}" for key, item in value.items()), lines)
    if callable(value):
        return getattr(value, "__name__", type(value).__name__)
    if type(value) is int and value.bit_length() > LARGEST_SHOWN:
        return f"a whole number of {value.bit_length()} bits"
    if type(value) in (int, bool, str, type(None)):
        return clip(repr(value), lines)
    return kind_of(value)


def _grid(array: np.ndarray, digits: int) -> str:
    """The values; leading axes of length 1 show in the shape, not in brackets."""
    while array.ndim > 2 and array.shape[0] == 1:
        array = array[0]
    return np.array2string(
        array, precision=digits, threshold=60, edgeitems=3, suppress_small=digits == 4
    )


def numbers_apart(one: Any, other: Any) -> tuple[str, str]:
    """Two numbers as texts, with as many digits as it takes to see that they differ."""
    for digits in range(4, 18):
        texts = number_text(one, digits), number_text(other, digits)
        if texts[0] != texts[1]:
            break
    return texts


def number_text(value: Any, digits: int = 4) -> str:
    """A number as text: whole ones below 10⁹ in full, others with so many digits."""
    if not isinstance(value, float | np.floating):
        return str(value)
    whole = 1e4 <= abs(float(value)) < 1e9 and float(value).is_integer()
    return f"{value:.0f}" if whole else f"{value:.{digits}g}"


def at(index: tuple[int, ...]) -> str:
    """Where in an array a value stands, in words; nothing for a single number."""
    return f" at [{', '.join(map(str, index))}]" if index else ""


def clip(text: str, lines: int) -> str:
    """A text cut to so many lines, none of them longer than 400 characters."""
    rows = text.splitlines()
    kept = rows if len(rows) <= lines else [*rows[: lines - 1], "…"]
    return "\n".join(row if len(row) <= 400 else row[:399] + "…" for row in kept)
