"""Whether a result is a new object or lies in the memory of what was given."""

import itertools
import sys
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from course_utils.checks.core.elsewhere import Elsewhere
from course_utils.checks.core.values import is_tensor


def shared_with(function: Callable | Elsewhere, *args: Any, **kwargs: Any) -> list[int | str]:
    """Call a function; the arguments, by place or name, in whose memory its result lies.

    A function in another process is asked there.
    """
    if isinstance(function, Elsewhere):
        return function.perform("shared_with", *args, **kwargs)
    result = function(*args, **kwargs)
    given: list[tuple[int | str, Any]] = [*enumerate(args), *kwargs.items()]
    return [name for name, value in given if _overlap(result, value)]


def _overlap(one: Any, other: Any) -> bool:
    pairs = itertools.product(_arrays_in(one), _arrays_in(other))
    return any(np.may_share_memory(*pair) for pair in pairs)


def _arrays_in(value: Any) -> Iterator[np.ndarray]:
    """The memory of all arrays and tensors in a value."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for item in value:
            yield from _arrays_in(item)
    elif isinstance(value, np.ndarray):
        yield value
    elif is_tensor(value) and value.layout == sys.modules["torch"].strided:
        yield value.detach().numpy()
