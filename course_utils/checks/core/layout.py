"""Arrays with their layout in memory: strides, order and whether they may be written to."""

import ctypes
from typing import Any

import numpy as np


def memory(array: np.ndarray) -> tuple[Any, ...]:
    """The bytes that an array spans and how it lies in them: the arguments of `view`."""
    steps = [stride * (n - 1) for stride, n in zip(array.strides, array.shape, strict=True)]
    low, high = sum(min(0, step) for step in steps), sum(max(0, step) for step in steps)
    place = array.dtype, array.shape, array.strides, -low, array.flags.writeable
    if not array.size:
        return b"", *place
    span = high - low + array.itemsize
    address = array.__array_interface__["data"][0] + low
    raw = np.ctypeslib.as_array((ctypes.c_uint8 * span).from_address(address))
    return raw.tobytes(), *place


def view(
    raw: bytes,
    dtype: np.dtype,
    shape: tuple[int, ...],
    strides: tuple[int, ...],
    offset: int,
    writeable: bool,
) -> np.ndarray:
    """An array that lies in a copy of these bytes as the other one lay in its own."""
    if not raw:
        return np.empty(shape, dtype)
    array = np.ndarray(shape, dtype, bytearray(raw), offset, strides)
    array.flags.writeable = writeable
    return array
