"""The strict codec: what a student's process may say, and nothing else.

A frame is a JSON header and raw buffers. Values are of exact types: None, bool, int, float,
complex, str, list, tuple, dict, set, frozenset, NumPy arrays and scalars of plain dtypes, PyTorch
tensors. Everything else crosses as a token with its type's name and a number under which the other
side keeps it. Decoding builds these values from checked parts; it never unpickles, imports or
calls.
"""

import json
import math
import re
import struct
import sys
from collections.abc import Callable
from typing import Any, cast

import numpy as np

DEPTH = 40
KEYS = 5000
"""Entries of a dictionary or set: with equal hashes, building one takes the square of that."""
HEADER_BYTES = 4 * 2**20
NAME = re.compile(r"\w{1,80}")
LAST = 0x10FFFF
"""The last character of Unicode."""
_LENGTHS = struct.Struct("<QQ")
_DTYPE = re.compile(r"[<>|=][biufcSU]\d{1,5}")
_SCALARS = frozenset(np.sctypeDict.values())
"""NumPy's own; a type that inherits from one may say anything of itself."""
_DAMAGED = (KeyError, TypeError, ValueError, RuntimeError, OverflowError, MemoryError)
_TENSOR_TYPES = (
    *("bool", "uint8", "int8", "int16", "int32", "int64"),
    *("float16", "bfloat16", "float32", "float64", "complex64", "complex128"),
)


class CodecError(ValueError):
    """What came is not in the codec, or is larger than allowed."""


class Encoder:
    """Turns values into a JSON-able form and buffers, in the student's process.

    Args:
        token: gives an object that is not plain data a number and keeps it.
        limit: bytes of all buffers together.
    """

    def __init__(self, token: Callable[[Any], int], limit: int) -> None:
        self._token = token
        self._left = limit
        self.buffers: list[bytes] = []

    def encode(self, value: Any, depth: int = 0) -> Any:
        """The JSON-able form of a value.

        Raises:
            CodecError: when it is too large.
        """
        kind = type(value)
        if value is None or kind is bool:
            return value
        if kind is int:
            return value if value.bit_length() < 8000 else self._object(value)
        if kind is float:
            return value if math.isfinite(value) else {"t": "float", "v": repr(value)}
        if kind is str:
            self._spend(len(value))
            return value.encode("utf-8", "replace").decode("utf-8")
        if kind is complex:
            return {"t": "complex", "v": [repr(value.real), repr(value.imag)]}
        if depth >= DEPTH:
            return self._object(value)
        if kind in (list, tuple, set, frozenset):
            self._spend(8 * len(value))
            return {"t": kind.__name__, "v": [self.encode(item, depth + 1) for item in value]}
        if kind is dict:
            self._spend(16 * len(value))
            return {
                "t": "dict",
                "k": [self.encode(key, depth + 1) for key in value],
                "v": [self.encode(item, depth + 1) for item in value.values()],
            }
        if kind is np.ndarray:
            return self._array(value, depth)
        if kind in _SCALARS and _plain(value.dtype):
            return {"t": "scalar", **self._buffer(np.asarray(value))}
        torch = sys.modules.get("torch")
        if torch is not None and kind in (torch.Tensor, torch.nn.Parameter):
            return self._tensor(value, torch)
        return self._object(value)

    def _array(self, value: np.ndarray, depth: int) -> Any:
        if value.dtype == object:
            self._spend(8 * value.size)
            items = [self.encode(item, depth + 1) for item in value.ravel().tolist()]
            return {"t": "objects", "shape": list(value.shape), "v": items}
        return {"t": "array", **self._buffer(value)} if _plain(value.dtype) else self._object(value)

    def _buffer(self, array: np.ndarray) -> dict:
        self._spend(array.nbytes)
        self.buffers.append(np.ascontiguousarray(array).tobytes())
        return {"dtype": array.dtype.str, "shape": list(array.shape), "b": len(self.buffers) - 1}

    def _tensor(self, value: Any, torch: Any) -> Any:
        name = str(value.dtype).removeprefix("torch.")
        if name not in _TENSOR_TYPES or value.layout != torch.strided or value.device.type != "cpu":
            return self._object(value)
        flat = value.detach().resolve_conj().resolve_neg().contiguous().reshape(-1)
        self._spend(flat.numel() * flat.element_size())
        self.buffers.append(flat.view(torch.uint8).numpy().tobytes() if flat.numel() else b"")
        shape, grad = list(value.shape), bool(value.requires_grad)
        number = len(self.buffers) - 1
        return {"t": "tensor", "dtype": name, "shape": shape, "grad": grad, "b": number}

    def _object(self, value: Any) -> dict:
        name = getattr(value, "__name__", None)
        return {
            "t": "object",
            "type": type(value).__name__[:80],
            "name": name[:80] if isinstance(name, str) else "",
            "is": _what_it_is(value),
            "h": self._token(value),
        }

    def _spend(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            raise CodecError("the value is too large to be looked at")


def _plain(dtype: np.dtype) -> bool:
    return bool(_DTYPE.fullmatch(dtype.str)) and dtype.itemsize > 0


def _what_it_is(value: Any) -> str:
    """`iterator`, `callable` or nothing of these."""
    if hasattr(type(value), "__next__"):
        return "iterator"
    return "callable" if callable(value) else ""


class Decoder:
    """Builds values from a header and its buffers, in the trusted process.

    Args:
        buffers: the raw buffers of the frame.
        proxy: makes what stands for an object of the other side, from its token.
    """

    def __init__(self, buffers: list[bytearray], proxy: Callable[[dict], Any]) -> None:
        self._buffers = buffers
        self._proxy = proxy

    def decode(self, form: Any, depth: int = 0) -> Any:
        """The value in a JSON form.

        Raises:
            CodecError: when the form is not the codec's.
        """
        if form is None or type(form) in (bool, int, float, str):
            return form
        if type(form) is not dict or depth > DEPTH + 2:
            raise CodecError("a value of no known form")
        kind = form.get("t")
        build = self._BUILDERS.get(kind) if isinstance(kind, str) else None
        if build is None:
            raise CodecError("a value of no known form")
        try:
            return build(self, form, depth)
        except _DAMAGED as error:
            raise CodecError(f"a damaged value: {type(error).__name__}") from error

    def _float(self, form: dict, depth: int) -> float:
        return float(_text(form["v"]))

    def _complex(self, form: dict, depth: int) -> complex:
        real, imaginary = form["v"]
        return complex(float(_text(real)), float(_text(imaginary)))

    def _list(self, form: dict, depth: int) -> list:
        return [self.decode(item, depth + 1) for item in _items(form["v"])]

    def _tuple(self, form: dict, depth: int) -> tuple:
        return tuple(self._list(form, depth))

    def _set(self, form: dict, depth: int) -> set:
        return set(self._frozenset(form, depth))

    def _frozenset(self, form: dict, depth: int) -> frozenset:
        items = self._list(form, depth)
        if len(items) > KEYS:
            raise CodecError("a set that is too large")
        return frozenset(items)

    def _dict(self, form: dict, depth: int) -> dict:
        keys, values = _items(form["k"]), _items(form["v"])
        if len(keys) > KEYS:
            raise CodecError("a dictionary that is too large")
        pairs = zip(keys, values, strict=True)
        return {self.decode(k, depth + 1): self.decode(v, depth + 1) for k, v in pairs}

    def _array(self, form: dict, depth: int) -> np.ndarray:
        dtype = np.dtype(_match(_DTYPE, form["dtype"]))
        shape = _shape(form["shape"])
        raw = self._raw(form, shape, dtype.itemsize)
        if dtype.kind == "U":
            letters = np.frombuffer(raw, f"{dtype.byteorder}u4")
            if np.any((letters > LAST) | ((letters >= 0xD800) & (letters < 0xE000))):
                raise CodecError("a character that there is not")
        return np.frombuffer(raw, dtype).reshape(shape)

    def _scalar(self, form: dict, depth: int) -> np.generic:
        return cast(np.generic, self._array({**form, "shape": []}, depth)[()])

    def _objects(self, form: dict, depth: int) -> np.ndarray:
        items, shape = self._list(form, depth), _shape(form["shape"])
        flat = np.empty(len(items), dtype=object)
        for index, item in enumerate(items):
            flat[index] = item
        return flat.reshape(shape)

    def _tensor(self, form: dict, depth: int) -> Any:
        import torch

        if form["dtype"] not in _TENSOR_TYPES:
            raise CodecError("a tensor of no known dtype")
        dtype, shape = getattr(torch, form["dtype"]), _shape(form["shape"])
        raw = self._raw(form, shape, dtype.itemsize)
        tensor = torch.frombuffer(raw, dtype=dtype) if raw else torch.empty(0, dtype=dtype)
        return tensor.reshape(shape).requires_grad_(form["grad"] is True)

    def _object(self, form: dict, depth: int) -> Any:
        return self._proxy(form)

    def _raw(self, form: dict, shape: tuple[int, ...], itemsize: int) -> bytearray:
        number = form["b"]
        if type(number) is not int or not 0 <= number < len(self._buffers):
            raise CodecError("a value without its buffer")
        raw = self._buffers[number]
        if math.prod(shape) * itemsize != len(raw):
            raise CodecError("a buffer of another size than its shape says")
        return raw

    _BUILDERS: dict[str, Callable] = {  # noqa: RUF012  (a constant)
        "float": _float,
        "complex": _complex,
        "list": _list,
        "tuple": _tuple,
        "set": _set,
        "frozenset": _frozenset,
        "dict": _dict,
        "array": _array,
        "scalar": _scalar,
        "objects": _objects,
        "tensor": _tensor,
        "object": _object,
    }


def _text(value: Any) -> str:
    if type(value) is not str:
        raise CodecError("expected a text")
    return value


def _match(pattern: re.Pattern, value: Any) -> str:
    if not pattern.fullmatch(_text(value)):
        raise CodecError("a dtype that is not plain")
    return value


def _items(value: Any) -> list:
    if type(value) is not list:
        raise CodecError("expected a list")
    return value


def _shape(value: Any) -> tuple[int, ...]:
    sizes = tuple(_items(value))
    if len(sizes) > 32 or any(type(n) is not int or not 0 <= n < 2**40 for n in sizes):
        raise CodecError("a shape that is none")
    return sizes


def packed(header: dict, buffers: list[bytes]) -> bytes:
    """A frame as bytes."""
    text = json.dumps({**header, "sizes": [len(b) for b in buffers]}).encode("ascii")
    if len(text) > HEADER_BYTES:
        raise CodecError("a header that is too large")
    return _LENGTHS.pack(len(text), sum(map(len, buffers))) + text + b"".join(buffers)


def unpacked(read: Callable[[int], bytearray], limit: int) -> tuple[dict, list[bytearray], int]:
    """Read a frame: its header, its buffers, and how many bytes the header has.

    Args:
        read: gives exactly so many bytes.
        limit: bytes of all buffers together.

    Raises:
        CodecError: when the frame is too large or damaged.
    """
    header_size, body_size = _LENGTHS.unpack(read(_LENGTHS.size))
    if header_size > HEADER_BYTES or body_size > limit:
        raise CodecError("a frame that is too large")
    try:
        text = read(header_size).decode("utf-8")
        header = json.loads(text)
        if "\\ud" in text.lower():  # a half character can only be written like this
            json.dumps(header, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError) as error:
        raise CodecError("a header that is not JSON") from error
    sizes = header.get("sizes") if type(header) is dict else None
    if type(sizes) is not list or any(type(n) is not int or n < 0 for n in sizes):
        raise CodecError("a header of no known form")
    if sum(sizes) != body_size:
        raise CodecError("a frame of another size than its header says")
    return header, [read(size) for size in sizes], header_size
