"""What the checks keep between submissions: no student's process may change it here.

The student's process says what a call did to its arguments, and the copies on this side follow.
An array that a check keeps for all submissions must not: who claims to have changed it would
change what others are judged by.
"""

import contextlib
import functools
import gc
import sys
import types
from collections.abc import Iterator
from typing import Any

from course_utils.protocol.shown import PACKAGE

_CHECKS = f"{PACKAGE}.checks"
_FIXED = (type(None), bool, int, float, complex, str, bytes, tuple, frozenset, types.FunctionType)
_CACHE = type(functools.lru_cache(lambda: None))


@functools.cache
def kept() -> dict[int, Any]:
    """Every object that can change and that the loaded checks hold on to, by its `id`.

    It is looked for once; `kept.cache_clear()` lets it be looked for again.
    """
    todo: list[Any] = [
        dict(vars(module)) for name, module in list(sys.modules.items()) if name.startswith(_CHECKS)
    ]
    found: dict[int, Any] = {}
    while todo:
        value = todo.pop()
        if id(value) not in found:
            found[id(value)] = value
            todo += _held(value)
    return {key: value for key, value in found.items() if not isinstance(value, _FIXED)}


def _held(value: Any) -> Iterator[Any]:
    """What a container, a function, a cache or an object of the course holds."""
    if isinstance(value, dict):
        yield from value.values()
    elif isinstance(value, list | tuple | set | frozenset):
        yield from value
    elif isinstance(value, types.FunctionType):
        yield from value.__defaults__ or ()
        yield from (value.__kwdefaults__ or {}).values()
        for cell in value.__closure__ or ():
            with contextlib.suppress(ValueError):  # a cell that is still empty
                yield cell.cell_contents
    elif isinstance(value, _CACHE):
        # functools has no other way to what a cache holds.
        yield from (item for item in gc.get_referents(value) if isinstance(item, dict))
        yield value.__wrapped__
    elif isinstance(value, functools.partial):
        yield from (value.func, value.args, value.keywords)
    elif type(value).__module__.startswith(_CHECKS):
        yield from getattr(value, "__dict__", {}).values()


def touches(value: Any, known: dict[int, Any], depth: int = 0) -> bool:
    """Whether a value is one of these objects and can change, or holds such a one."""
    if isinstance(value, list | tuple | dict) and depth < 20:
        items = value.values() if isinstance(value, dict) else value
        if any(touches(item, known, depth + 1) for item in items):
            return True
    return id(value) in known
