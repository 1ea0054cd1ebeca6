"""Images: phantoms made here, MedMNIST and MedNIST when they can be had."""

import importlib
from typing import Any

_ATTRIBUTES = ("load", "phantoms")


def __getattr__(name: str) -> Any:
    if name == "phantoms":
        return importlib.import_module(f"{__name__}.phantoms")
    if name == "load":
        return importlib.import_module(f"{__name__}.loading").load
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}; it has {_ATTRIBUTES}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_ATTRIBUTES])
