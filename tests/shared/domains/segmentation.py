"""Domains of the exercises of 09, in what their checks call answers with."""

import numpy as np
import torch
from hypothesis import strategies as st
from torch import Tensor
from torch.nn import functional

from course_utils.checks.core import Call, call
from domains.shared import FLOATS, arrays, calls, layouts, tensors

FEW = st.integers(1, 3)
SIDE = st.integers(1, 5)
SEEDS = st.integers(0, 1000)
MASK = st.tuples(st.integers(1, 8), st.integers(1, 8))


@st.composite
def sizes(draw: st.DrawFn) -> Call:
    n, k, s, d = (draw(st.integers(1, most)) for most in (20, 7, 5, 4))
    added = draw(st.integers(0, max(s, d) - 1))
    longest = (n - 1) * s + d * (k - 1) + added
    return call(n, k, draw(st.integers(0, min(4, longest // 2))), s, d, added)


@st.composite
def transposed(draw: st.DrawFn) -> Call:
    n, c_in, c_out = (draw(st.integers(1, 2)) for _ in range(3))
    size, kernel, stride = (draw(FEW), draw(FEW)), (draw(FEW), draw(FEW)), draw(FEW)
    least = min((side - 1) * stride + k for side, k in zip(size, kernel, strict=True))
    dtype = (draw(st.sampled_from(FLOATS)),)
    x, w, b = (
        draw(arrays(shape, dtypes=dtype))
        for shape in ((n, c_in, *size), (c_in, c_out, *kernel), (c_out,))
    )
    return call(x, w, b, stride, padding=draw(st.integers(0, (least - 1) // 2)))


@st.composite
def enlarged(draw: st.DrawFn) -> Call:
    """Whole numbers are doubled first: halves would not be whole."""
    values = 2 * draw(arrays((draw(FEW), draw(FEW), draw(SIDE), draw(SIDE))))
    dtype = draw(st.sampled_from([*FLOATS, np.int64, np.int16]))
    return call(draw(layouts(values.astype(dtype))), draw(st.integers(1, 4)))


@st.composite
def pooled(draw: st.DrawFn) -> Call:
    k = draw(FEW)
    shape = draw(FEW), draw(FEW), k + draw(st.integers(0, 4)), k + draw(st.integers(0, 4))
    x = torch.from_numpy(np.array(draw(arrays(shape))))
    y, places = functional.max_pool2d(x, k, k, return_indices=True)
    values = y.numpy().astype(draw(st.sampled_from(FLOATS)))
    numbers = places.numpy().astype(draw(st.sampled_from([np.int64, np.int32])))
    return call(draw(layouts(values)), draw(layouts(numbers)), k, shape[2:])


@st.composite
def pixels(draw: st.DrawFn) -> Call:
    n, k, size = draw(FEW), draw(st.integers(1, 4)), (draw(SIDE), draw(SIDE))
    most, dtypes = draw(st.sampled_from([4, 1000])), (draw(st.sampled_from(FLOATS)),)
    masks = np.random.default_rng(draw(SEEDS)).integers(0, k, (n, *size))
    kind = draw(st.sampled_from([np.int64, np.int32, np.uint8]))
    logits = draw(arrays((n, k, *size), most=most, dtypes=dtypes))
    return call(logits, draw(layouts(masks.astype(kind))))


@st.composite
def labels(draw: st.DrawFn, most: int, *shape: int) -> Tensor:
    """Classes below `most`."""
    return torch.from_numpy(np.random.default_rng(draw(SEEDS)).integers(0, most, shape))


def soft_masks(seed: int, shape: tuple[int, int, int], dtype: type, kind: str, eps: float) -> Call:
    """Logits and masks of floats, of whole numbers or of truth values."""
    rng = np.random.default_rng(seed)
    size = shape[0], 1, *shape[1:]
    logits = torch.from_numpy((3 * rng.normal(size=size)).astype(dtype))
    whole = torch.from_numpy(rng.integers(0, 2, size))
    return call(logits, {"f": whole.to(logits.dtype), "i": whole, "b": whole.bool()}[kind], eps)


@st.composite
def tasks(draw: st.DrawFn) -> Call:
    n, k, kinds, size = draw(FEW), 1 + draw(FEW), 1 + draw(FEW), (draw(SIDE), draw(SIDE))
    dtype = draw(st.sampled_from(FLOATS))
    classes, of_pixels = (
        draw(tensors(n, k, dtype=dtype)),
        draw(tensors(n, kinds, *size, dtype=dtype)),
    )
    masks = draw(labels(kinds, n, *size))
    weight = draw(st.sampled_from([0.0, 0.25, 1.0, 3.0]))
    return call(classes, draw(labels(k, n)), of_pixels, masks, weight)


@st.composite
def masks(draw: st.DrawFn, *shape: int) -> np.ndarray:
    share = draw(st.sampled_from([0.0, 0.1, 0.3, 0.6, 1.0]))
    drawn = np.random.default_rng(draw(SEEDS)).random(shape) < share
    return draw(layouts(drawn))


@st.composite
def pairs(draw: st.DrawFn) -> Call:
    shape = draw(FEW), *draw(MASK)
    return call(draw(masks(*shape)), draw(masks(*shape)))


@st.composite
def findings(draw: st.DrawFn) -> Call:
    """Two masks of one image, neither of them empty."""
    size = draw(MASK)
    first, second = (draw(masks(*size).filter(lambda mask: mask.any())) for _ in range(2))
    spacing = tuple(draw(st.sampled_from([0.25, 0.5, 1.0, 3.0])) for _ in range(2))
    return call(first, second, spacing)


@st.composite
def boxes(draw: st.DrawFn, count: int, dtype: type) -> np.ndarray:
    """Boxes in a small image, some of them without area."""
    rng = np.random.default_rng(draw(SEEDS))
    first = rng.integers(0, 9, (count, 2))
    found = np.hstack([first, first + rng.integers(0, 6, (count, 2))])
    return draw(layouts(found.astype(dtype)))


@st.composite
def tables_of_boxes(draw: st.DrawFn) -> Call:
    kinds = [np.float64, np.float32, np.int64]
    return call(*(draw(boxes(draw(st.integers(0, 4)), draw(st.sampled_from(kinds)))) for _ in "ab"))


@st.composite
def crowds(draw: st.DrawFn) -> Call:
    count, dtype = draw(st.integers(0, 8)), draw(st.sampled_from(FLOATS))
    scores = draw(arrays((count,), dtypes=(dtype,)))
    threshold = draw(st.sampled_from([0.0, 0.25, 0.37, 0.5, 0.61, 1.0]))
    return call(draw(boxes(count, dtype)), scores, threshold)


DOMAINS: dict[str, st.SearchStrategy[Call]] = {
    "transposed_output_size": sizes(),
    "conv_transpose2d": transposed(),
    "upsample_nearest": enlarged(),
    "max_unpool2d": pooled(),
    "pixel_cross_entropy": pixels(),
    "soft_dice_loss": st.builds(
        soft_masks,
        SEEDS,
        st.tuples(FEW, SIDE, SIDE),
        st.sampled_from(FLOATS),
        st.sampled_from("fib"),
        st.sampled_from([0.125, 1.0, 4.0]),
    ),
    "dice": pairs(),
    "iou": pairs(),
    "hausdorff_distance": findings(),
    "EncoderDecoder": calls(FEW, FEW, st.integers(1, 6), st.booleans(), seed=SEEDS),
    "multitask_loss": tasks(),
    "boxes_from_mask": st.builds(call, MASK.flatmap(lambda size: masks(*size))),
    "box_iou": tables_of_boxes(),
    "non_max_suppression": crowds(),
}
