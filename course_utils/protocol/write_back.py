"""Values of the trusted side take the content that they have in the student's process.

That content was decoded, but is not believed: it can make a value wrong, nothing more.
"""

import struct
import sys
from typing import Any, cast

import numpy as np

from course_utils.protocol.codec import CodecError

MERSENNE = 624
"""Numbers in the state of PyTorch's generator."""


def write_back(known: Any, content: Any) -> bool:
    """Give a value of this side, in place, the content that it has on the other side.

    Returns:
        False when that cannot be done in place: then the content takes its place.
    """
    if isinstance(known, np.ndarray):
        same = isinstance(content, np.ndarray) and content.shape == known.shape
        if not same or content.dtype != known.dtype or not known.flags.writeable:
            return False
        known[...] = content
        return True
    if isinstance(known, list | tuple) and type(content) in (list, tuple):
        pairs = zip(known, content, strict=False)
        items = [old if write_back(old, new) else new for old, new in pairs]
        if isinstance(known, list):
            known[:] = [*items, *content[len(items) :]]
        return True
    if isinstance(known, dict) and type(content) is dict:
        entries = {
            k: known[k] if write_back(known.get(k), new) else new for k, new in content.items()
        }
        known.clear()
        known.update(entries)
        return True
    if isinstance(known, np.random.Generator):
        return _write_back_generator(known, content)
    return "torch" in sys.modules and _write_back_tensors(known, content)


def _write_back_generator(known: np.random.Generator, content: Any) -> bool:
    """Advance a generator; only of NumPy's default kind, whose every state is a sound one."""
    if type(known.bit_generator) is not np.random.PCG64 or type(content) is not dict:
        return False
    numbers = [content["has_uint32"], content["uinteger"], *content["state"].values()]
    if any(type(number) is not int or not 0 <= number < 2**128 for number in numbers):
        raise CodecError("a generator's state that is none")
    known.bit_generator.state = cast(Any, content)
    return True


def _write_back_tensors(known: Any, content: Any) -> bool:
    import torch

    if isinstance(known, torch.nn.Module) and type(content) is dict:
        _write_back_network(known, content)
        return True
    if isinstance(known, torch.Generator) and isinstance(content, torch.Tensor):
        _check_mersenne(content)
        known.set_state(content)
        return True
    if not isinstance(known, torch.Tensor) or not isinstance(content, torch.Tensor):
        return False
    if known.shape != content.shape or known.dtype != content.dtype:
        return False
    known.data.copy_(content.detach())
    if known.is_leaf:
        known.requires_grad_(content.requires_grad)
    return True


def _write_back_network(known: Any, content: dict) -> None:
    """Parameters, buffers and flags as they are there; what is gone there goes here, too."""
    for name, tensor in known.state_dict().items():
        if not _write_back_tensors(tensor, content["state"].get(name)):
            owner, _, own = name.rpartition(".")
            delattr(known.get_submodule(owner), own)
    for name, parameter in known.named_parameters():
        parameter.requires_grad_(content["trainable"].get(name) is True)
    for name, module in known.named_modules():
        module.training = content["training"].get(name) is True


def _check_mersenne(state: Any) -> None:
    """Refuse a state that points behind its own numbers; PyTorch checks the rest."""
    _, left, _, following = struct.unpack_from("<QiiQ", state.numpy().tobytes())
    if left < 1 or left + following > MERSENNE + 1:
        raise CodecError("a generator's state that is none")
