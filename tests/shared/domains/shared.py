"""Strategies that several topics draw from."""

from collections.abc import Sequence

import numpy as np
import torch
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from torch import Tensor

from course_utils.checks.core import Call, call

FLOATS = (np.float64, np.float32)


def calls(*args: st.SearchStrategy, **kwargs: st.SearchStrategy) -> st.SearchStrategy[Call]:
    """Calls whose arguments are drawn one by one."""
    return st.builds(call, *args, **kwargs)


@st.composite
def arrays(
    draw: st.DrawFn,
    shape: Sequence[int] | st.SearchStrategy[tuple[int, ...]],
    most: float = 5.0,
    dtypes: Sequence[type] = (np.float64,),
) -> np.ndarray:
    """Arrays of halves up to `most` in size, with ties and zeros, in any layout in memory.

    Args:
        draw: of Hypothesis.
        shape: theirs, or a strategy that draws it.
        most: the largest size of a number.
        dtypes: one of these is drawn.
    """
    size = draw(shape) if isinstance(shape, st.SearchStrategy) else tuple(shape)
    halves = draw(hnp.arrays(np.int64, size, elements=st.integers(int(-2 * most), int(2 * most))))
    return draw(layouts((halves / 2).astype(draw(st.sampled_from(dtypes)))))


@st.composite
def tensors(draw: st.DrawFn, *shape: int, dtype: type = np.float64) -> Tensor:
    """Tensors of halves, in order or with the last two axes swapped in memory."""
    found = torch.from_numpy(np.array(draw(arrays(shape, dtypes=(dtype,)))))
    if found.dim() > 1 and draw(st.booleans()):
        found = found.transpose(-1, -2).contiguous().transpose(-1, -2)
    return found


def layouts(array: np.ndarray) -> st.SearchStrategy[np.ndarray]:
    """The same numbers as they may lie in memory: in order, by columns, or spread and turned."""
    spread = np.zeros([2 * n for n in array.shape], array.dtype)[
        tuple([slice(None, None, 2)] * array.ndim)
    ]
    spread[...] = array
    turned = np.flip(np.flip(array).copy())
    return st.sampled_from([np.ascontiguousarray(array), np.asfortranarray(array), spread, turned])
