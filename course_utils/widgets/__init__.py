"""Interactive pictures, one module a topic: `widgets.convolution.arithmetic()`.

A topic is a module (or package) in this folder, found by its name and imported on first use:
a new unit's widgets need one new file and no edit here.
"""

import importlib
import pkgutil
from types import ModuleType


def __dir__() -> list[str]:
    return sorted(module.name for module in pkgutil.iter_modules(__path__))


def __getattr__(name: str) -> ModuleType:
    if name in __dir__():
        return importlib.import_module(f"{__name__}.{name}")
    raise AttributeError(f"there are no widgets {name!r}; there are: {', '.join(__dir__())}")
