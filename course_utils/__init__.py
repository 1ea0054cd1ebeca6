"""Helpers of the course: checks, widgets, data and models; heavy modules load on first use."""

import importlib
from types import ModuleType

__version__ = "0.1.0"

_MODULES = {
    "checks": "checks",
    "data": "data",
    "earlier": "student.earlier",
    "models": "models",
    "progress": "student.progress",
    "widgets": "widgets",
}
"""What lessons import from here, and where it lies."""


def __getattr__(name: str) -> ModuleType:
    if name in _MODULES:
        return importlib.import_module(f"{__name__}.{_MODULES[name]}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}; it has {[*_MODULES]}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_MODULES])
