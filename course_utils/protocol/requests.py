"""Requests: what the grader sends, pickles of its own data, in this direction only.

Arrays keep their layout (strides, order, read-only), tensors share storage as before, so that a
network, its optimizer and its loader stay one thing. A callable that cannot be imported by name
crosses as a number under which it can be called back. What stands for an object of the student's
process becomes that object again.
"""

import io
import pickle
import struct
import sys
import sysconfig
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from course_utils.checks.core import layout
from course_utils.protocol.shown import PACKAGE, is_withheld

LENGTH = struct.Struct("<Q")
"""How many bytes a request has, said before it."""

_PLAIN = {type(None), bool, int, float, str, bytes, tuple, list, dict, np.ndarray}


class RequestPickler(pickle.Pickler):
    """Packs one request.

    Args:
        file: where to.
        call_back: gives a callable a number and keeps it.
    """

    def __init__(self, file: io.BytesIO, call_back: Callable[[Callable], int]) -> None:
        super().__init__(file, protocol=5)
        self._call_back = call_back
        self._storages: dict[int, _Storage] = {}

    def persistent_id(self, value: Any) -> tuple | None:
        """Proxies and callables that only this side has."""
        if type(value) in _PLAIN:
            return None
        handle = getattr(type(value), "handle_of", None)
        if handle is not None:
            return "object", handle(value)
        if _is_function(value) and not _importable(value):
            return "call back", self._call_back(value), getattr(value, "__name__", "function")
        return None

    def reducer_override(self, value: Any) -> Any:
        """Arrays and tensors with their layout."""
        if type(value) is np.ndarray and not _simple(value):
            return layout.view, layout.memory(value)
        torch = sys.modules.get("torch")
        if torch is not None:
            if type(value) in (torch.Tensor, torch.nn.Parameter):
                return self._tensor(value, torch)
            if type(value) is torch.Generator:
                return _generator, (value.get_state().numpy(),)
        return NotImplemented

    def _tensor(self, value: Any, torch: Any) -> Any:
        plain = value.layout == torch.strided and value.device.type == "cpu"
        if not plain or value.is_conj() or value.is_neg():
            return NotImplemented
        storage = value.untyped_storage()
        box = self._storages.setdefault(storage.data_ptr(), _Storage(storage))
        return _tensor, (
            box,
            str(value.dtype).removeprefix("torch."),
            (value.storage_offset(), tuple(value.shape), value.stride()),
            bool(value.requires_grad),
            type(value) is torch.nn.Parameter,
            value.grad if value.is_leaf else None,
        )


class RequestUnpickler(pickle.Unpickler):
    """Unpacks a request, in the student's process.

    Args:
        file: where from.
        kept: the object of this process with a number.
        call_back: makes a function that asks the other side, from its number and name.
    """

    def __init__(self, file: io.BytesIO, kept: Callable, call_back: Callable) -> None:
        super().__init__(file)
        self._kept = kept
        self._call_back = call_back

    def persistent_load(self, pid: tuple) -> Any:
        """The object or the function behind a number."""
        return self._kept(pid[1]) if pid[0] == "object" else self._call_back(*pid[1:])


class _Storage:
    """The bytes that tensors share."""

    def __init__(self, storage: Any) -> None:
        self._storage = storage

    def __reduce__(self) -> tuple:
        return _storage, (bytearray(_raw(self._storage)),)


def _raw(storage: Any) -> bytes:
    import torch

    if storage.nbytes() == 0:
        return b""
    return torch.empty(0, dtype=torch.uint8).set_(storage).numpy().tobytes()


def _storage(raw: bytearray) -> Any:
    import torch

    flat = torch.frombuffer(raw, dtype=torch.uint8).clone() if raw else torch.empty(0)
    return flat.untyped_storage()


def _tensor(
    storage: Any, dtype: str, place: tuple, requires_grad: bool, is_parameter: bool, grad: Any
) -> Any:
    import torch

    tensor = torch.empty(0, dtype=getattr(torch, dtype)).set_(storage, *place)
    if is_parameter:
        tensor = torch.nn.Parameter(tensor, requires_grad=requires_grad)
    else:
        tensor.requires_grad_(requires_grad)
    tensor.grad = grad
    return tensor


def _generator(state: np.ndarray) -> Any:
    import torch

    generator = torch.Generator()
    generator.set_state(torch.from_numpy(state.copy()))
    return generator


def _simple(array: np.ndarray) -> bool:
    return array.dtype.hasobject or (array.flags.c_contiguous and array.flags.writeable)


def _is_function(value: Any) -> bool:
    """Whether a value is a function or class, or an object of a check that acts as a function."""
    if not callable(value):
        return False
    return _is_checks_own(value) or (
        hasattr(value, "__qualname__") and hasattr(value, "__module__")
    )


def _is_checks_own(value: Any) -> bool:
    """Whether it is an instance of a check's class, which may remember its calls: it stays here.

    A network is none: it is to be worked with over there.
    """
    torch = sys.modules.get("torch")
    is_network = torch is not None and isinstance(value, torch.nn.Module)
    return is_withheld(type(value).__module__) and not is_network


def _importable(value: Any) -> bool:
    """Whether the other process gets the same object by importing its module."""
    if _is_checks_own(value):
        return False
    owner = getattr(value, "__self__", None)
    if owner is not None and not isinstance(owner, type | type(sys)):
        return not callable(value) or _is_builtin_method(value)
    module = sys.modules.get(value.__module__ or "builtins")
    found: Any = module
    for part in value.__qualname__.split("."):
        found = getattr(found, part, None)
    if found is not value and getattr(found, "__func__", found) is not value:
        return False
    name = value.__module__ or ""
    if name.partition(".")[0] == PACKAGE:
        return not is_withheld(name)
    path = getattr(module, "__file__", None)
    return path is None or path.startswith(_installed())


@cache
def _installed() -> tuple[str, ...]:
    """The folders of what both sides can import: Python's own, and all with installed packages."""
    own = {sysconfig.get_path(name) for name in ("stdlib", "platlib", "purelib")}
    others = {entry for entry in sys.path if entry and any(Path(entry).glob("*.dist-info"))}
    return tuple(own | others)


def _is_builtin_method(value: Any) -> bool:
    return type(value).__name__ == "builtin_function_or_method"


def pack(message: Any, call_back: Callable[[Callable], int]) -> bytes:
    """A message as bytes."""
    file = io.BytesIO()
    RequestPickler(file, call_back).dump(message)
    return file.getvalue()


def unpack(data: bytes, kept: Callable, call_back: Callable) -> Any:
    """The message in these bytes, in the student's process only."""
    return RequestUnpickler(io.BytesIO(data), kept, call_back).load()
