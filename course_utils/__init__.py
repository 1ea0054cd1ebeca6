"""Helpers of the course: checks, widgets, data and models; heavy modules load on first use."""

import importlib

__version__ = "0.1.0"

_ROOMS = ("checks", "data", "models", "widgets")


def __getattr__(name: str):
    if name in _ROOMS:
        return importlib.import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}; it has {_ROOMS}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_ROOMS])
