"""Domains of the exercises of 04."""

import numpy as np
from hypothesis import strategies as st

from course_utils.checks.core import Call, call
from domains.shared import FLOATS, arrays, calls, layouts

FEW = st.integers(1, 3)
SIDE = st.integers(1, 6)
MAPS = st.tuples(FEW, FEW, SIDE, SIDE)


@st.composite
def windows(draw: st.DrawFn) -> tuple[tuple[int, ...], int, int]:
    """The shape of feature maps, the side of a window that fits, and a stride."""
    shape = draw(MAPS)
    return shape, draw(st.integers(1, min(shape[2:]))), draw(st.integers(1, 4))


@st.composite
def pooled(draw: st.DrawFn) -> Call:
    shape, k, s = draw(windows())
    return call(draw(arrays(shape, dtypes=FLOATS)), k, s)


@st.composite
def upstream(draw: st.DrawFn, shape: tuple[int, ...], k: int, s: int) -> np.ndarray:
    rows, columns = ((side - k) // s + 1 for side in shape[2:])
    return draw(arrays((*shape[:2], rows, columns), dtypes=FLOATS))


@st.composite
def max_pooled(draw: st.DrawFn) -> Call:
    """No two values alike: what becomes of ties is a choice."""
    shape, k, s = draw(windows())
    values = np.array(draw(st.permutations(range(int(np.prod(shape))))))
    x = (values - len(values) // 2).reshape(shape) / 2
    x = draw(layouts(x.astype(draw(st.sampled_from(FLOATS)))))
    return call(draw(upstream(shape, k, s)), x, k, s)


@st.composite
def mean_pooled(draw: st.DrawFn) -> Call:
    shape, k, s = draw(windows())
    return call(draw(upstream(shape, k, s)), shape, k, s)


@st.composite
def convolved(draw: st.DrawFn) -> Call:
    n, c_in, c_out = (draw(st.integers(1, 2)) for _ in range(3))
    kernel, padding = (draw(FEW), draw(FEW)), draw(st.integers(0, 2))
    stride = draw(FEW)
    size = [draw(st.integers(max(1, side - 2 * padding), 5)) for side in kernel]
    places = [(side + 2 * padding - k) // stride + 1 for side, k in zip(size, kernel, strict=True)]
    dtype = (draw(st.sampled_from(FLOATS)),)
    dout, x, w = (
        draw(arrays(shape, dtypes=dtype))
        for shape in ((n, c_out, *places), (n, c_in, *size), (c_out, c_in, *kernel))
    )
    return call(dout, x, w, stride, padding=padding)


@st.composite
def heads(draw: st.DrawFn) -> Call:
    maps, classes = draw(MAPS), draw(st.integers(1, 4))
    most, dtypes = draw(st.sampled_from([3, 300])), (draw(st.sampled_from(FLOATS)),)
    shapes = (maps, (classes, maps[1]), (classes,))
    return call(*(draw(arrays(shape, most=most, dtypes=dtypes)) for shape in shapes))


DOMAINS: dict[str, st.SearchStrategy[Call]] = {
    "max_pool2d": pooled(),
    "avg_pool2d": pooled(),
    "max_pool2d_backward": max_pooled(),
    "avg_pool2d_backward": mean_pooled(),
    "conv2d_backward": convolved(),
    "global_average_pool": calls(arrays(MAPS, dtypes=FLOATS)),
    "classify_from_features": heads(),
}
