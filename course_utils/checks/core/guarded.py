"""A student's function as a check's own code calls it: what decides is ours, and stays as it came.

A law makes several calls and compares what they gave. So the function gets copies of what the law
works with, each result is copied before anything else runs, and what the function does to its
arguments, or to results of earlier calls, is found.
"""

import contextlib
import copy
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from course_utils.checks.core.calls import Unusable, copied
from course_utils.checks.core.compare import difference, not_finite
from course_utils.checks.core.elsewhere import Elsewhere
from course_utils.checks.core.session import current
from course_utils.checks.core.values import is_tensor, kind_of

DEPTH = 8
"""Of containers in containers: a deeper one is no result that a check asks for."""
LARGEST = 2**26
"""Numbers of an array that is copied."""


def settled(student: Callable) -> Callable:
    """The function, each of its results a copy of ours as far as it is data.

    What cannot be copied, such as a network or an iterator, is given as it is.
    """
    return (_SettledElsewhere if isinstance(student, Elsewhere) else _Settled)(student)


def guarded(student: Callable) -> Callable:
    """The function as laws call it.

    Its results are copies of ours and hold finite numbers, in arrays, tensors and containers of
    exact types, or are iterators. It gets copies, too, and must leave them as they are.

    A call raises:
        Unusable: when a result is something else, or an argument has changed.
    """
    return (_GuardedElsewhere if isinstance(student, Elsewhere) else _Guarded)(student)


class _Settled:
    def __init__(self, student: Callable) -> None:
        self._student = student

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        value = self._student(*args, **kwargs)
        remember(value)
        return owned(value)


class _Guarded(_Settled):
    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        before = [_content(value) for value in (*args, *kwargs.values())]
        given = [_copy(value) for value in args]
        named = {name: _copy(value) for name, value in kwargs.items()}
        try:
            value = self._student(*given, **named)
        finally:  # a refusal must leave them as they are, too
            names = [*(f"argument {n}" for n in range(1, len(args) + 1)), *kwargs]
            for name, old, new in zip(names, before, (*given, *named.values()), strict=True):
                if wrong := _left_on(old, new):
                    raise Unusable(wrong.format(name)) from None
        if hasattr(type(value), "__next__"):
            return value
        ours = owned(value, strict=True)
        current().keep(value, ours)
        if wrong := not_finite(ours):
            raise Unusable(f"a value is {wrong}, where it must be finite")
        return owned(ours)


class _Asked(Elsewhere):
    _student: Any

    def perform(self, operation: str, *args: Any, **kwargs: Any) -> Any:
        return self._student.perform(operation, *args, **kwargs)


class _SettledElsewhere(_Settled, _Asked): ...


class _GuardedElsewhere(_Guarded, _Asked): ...


def remember(value: Any) -> None:
    """Keep a result that is data with a copy of it, to see whether later calls change it."""
    with contextlib.suppress(Unusable):
        current().keep(value, owned(value, strict=True))


def owned(value: Any, *, strict: bool = False, depth: int = 0) -> Any:
    """A copy of a result that shares no memory with it; a tensor keeps its history.

    Args:
        value: what a student's function gave.
        strict: whether everything must be data; else other objects stay as they are.
        depth: how many containers are around it.

    Raises:
        Unusable: when it must be data and is not.
    """
    if type(value) in (list, tuple, dict) and depth < DEPTH:
        items = value.values() if isinstance(value, dict) else value
        copies = [owned(item, strict=strict, depth=depth + 1) for item in items]
        return dict(zip(value, copies, strict=True)) if type(value) is dict else type(value)(copies)
    if type(value) is np.ndarray and value.dtype.kind in "biufc" and value.size <= LARGEST:
        return value.copy()
    if is_tensor(value) and value.numel() <= LARGEST:
        return value.clone()
    plain = type(value) in (type(None), bool, int, float, str)
    if strict and not plain and not isinstance(value, np.bool_ | np.number):
        raise Unusable(f"expected numbers, got {kind_of(value)}")
    return value


def _copy(value: Any) -> Any:
    """A copy of an argument as it is laid out; what is no data stays one with the law's own."""
    if type(value) in (list, tuple):
        return type(value)(map(_copy, value))
    if type(value) is dict:
        return {key: _copy(item) for key, item in value.items()}
    if type(value) is np.ndarray:
        return copied(value, {})
    if is_tensor(value):
        return copy.deepcopy(value) if value.is_leaf else value.clone()
    return value


def _content(value: Any) -> Any:
    """What a call must leave as it is: the numbers of a network, else the value itself."""
    torch = sys.modules.get("torch")
    if torch is not None and isinstance(value, torch.nn.Module):
        return {name: tensor.clone() for name, tensor in value.state_dict().items()}
    return value


def _left_on(before: Any, after: Any) -> str:
    """What a call has done to an argument, in words with a place for its name."""
    if is_tensor(after) and after.requires_grad and not before.requires_grad:
        return "{} requires gradients after the call: work on a copy of it"
    if is_tensor(after) and after.is_leaf and after.grad is not None and before.grad is None:
        return "{} holds gradients (`.grad`) after the call: work on a copy of it"
    same = not difference(_content(after), before, exact=True)
    return "" if same else "the function changed its input, {}: work on a copy"
