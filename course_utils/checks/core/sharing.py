"""Whether a result is a new object or lies in the memory of what was given."""

import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from course_utils.checks.core.compare import is_tensor


def shared_with(function: Callable, *args: Any, **kwargs: Any) -> list[int | str]:
    """Call a function; the arguments, by place or name, in whose memory its result lies.

    A function in another process (with a method `perform`) is asked there.
    """
    perform = getattr(function, "perform", None)
    if perform is not None:
        return perform("shared_with", *args, **kwargs)
    return sharing(function(*args, **kwargs), args, kwargs)


def sharing(result: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> list[int | str]:
    """The arguments, by place or name, in whose memory a result lies, wholly or in part."""
    given: list[tuple[int | str, Any]] = [*enumerate(args), *kwargs.items()]
    return [name for name, value in given if _overlap(result, value)]


def _overlap(one: Any, other: Any) -> bool:
    if isinstance(one, list | tuple):
        return any(_overlap(item, other) for item in one)
    if isinstance(other, list | tuple):
        return any(_overlap(one, item) for item in other)
    arrays = [_memory(one), _memory(other)]
    return all(a is not None for a in arrays) and np.may_share_memory(*arrays)


def _memory(value: Any) -> np.ndarray | None:
    if isinstance(value, np.ndarray):
        return value
    if is_tensor(value) and value.layout == sys.modules["torch"].strided:
        return value.detach().numpy()
    return None
