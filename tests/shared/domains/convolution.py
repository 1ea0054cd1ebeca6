"""Domains of the exercises of 03."""

from hypothesis import strategies as st

from course_utils.checks.core import Call, call
from domains.shared import FLOATS, arrays, calls

FEW = st.integers(1, 3)
SIZES = st.integers(1, 6)
LEADS = st.sampled_from([(), (2,), (2, 1)])


@st.composite
def windows(draw: st.DrawFn) -> Call:
    k, s, d, p = draw(SIZES), draw(FEW), draw(FEW), draw(st.integers(0, 4))
    smallest = max(1, d * (k - 1) + 1 - 2 * p)
    return call(draw(st.integers(smallest, smallest + 20)), k, p, s, d)


@st.composite
def kinds(draw: st.DrawFn) -> Call:
    k, d = draw(SIZES), draw(FEW)
    even = d * (k - 1) % 2 == 1
    return call(
        draw(st.sampled_from(["valid", "full"] if even else ["valid", "same", "full"])), k, d
    )


@st.composite
def paddings(draw: st.DrawFn) -> Call:
    mode = draw(st.sampled_from(["zero", "reflect", "replicate"]))
    shape = (*draw(LEADS), draw(SIZES), draw(SIZES))
    most = min(shape[-2:]) - 1 if mode == "reflect" else 5
    return call(draw(arrays(shape, dtypes=FLOATS)), draw(st.integers(0, most)), mode)


@st.composite
def layers(draw: st.DrawFn) -> Call:
    n, c_in, c_out, stride, padding = (draw(FEW) for _ in range(5))
    kernel = draw(FEW), draw(FEW)
    size = tuple(k + draw(st.integers(0, 3)) for k in kernel)
    dtypes = [draw(st.sampled_from(FLOATS))]
    shapes = (n, c_in, *size), (c_out, c_in, *kernel), (c_out,)
    x, w, b = (draw(arrays(shape, dtypes=dtypes)) for shape in shapes)
    return call(x, w, b, stride, padding - 1)


@st.composite
def costs(draw: st.DrawFn) -> Call:
    groups, inside, outside, k, height, width = (draw(SIZES) for _ in range(6))
    bias = draw(st.booleans())
    return call(groups * inside, groups * outside, k, height, width, bias, groups)


@st.composite
def images(draw: st.DrawFn) -> Call:
    name = draw(st.sampled_from(["box_blur", "sobel_x", "sobel_y", "laplacian"]))
    return call(name, draw(arrays((2 + draw(SIZES), 2 + draw(SIZES)))))


@st.composite
def kernels(draw: st.DrawFn) -> Call:
    shape = (*draw(LEADS), draw(FEW), draw(FEW))
    return call(draw(arrays(shape, dtypes=FLOATS)), draw(FEW))


LAYER = st.one_of(st.tuples(SIZES, FEW), st.tuples(SIZES, FEW, FEW))

DOMAINS = {
    "conv_output_size": windows(),
    "padding_for": kinds(),
    "pad2d": paddings(),
    "conv2d": layers(),
    "conv_cost": costs(),
    "classical_kernels": images(),
    "receptive_field": calls(st.lists(LAYER, max_size=4)),
    "dilate_kernel": kernels(),
}
