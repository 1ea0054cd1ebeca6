"""Domains of the exercises of 01."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from course_utils.checks.core import Call, call
from course_utils.checks.perceptron import networks, slopes
from domains.shared import FLOATS, arrays, calls

FEW = st.integers(1, 4)
RATES = st.sampled_from([0.25, 0.5, 1.0, 2.0])
ANY = arrays(hnp.array_shapes(max_dims=3, max_side=4), most=1000, dtypes=FLOATS)


@st.composite
def patients(draw: st.DrawFn) -> Call:
    inputs, dtypes = draw(FEW), [draw(st.sampled_from(FLOATS))]
    x, w = (draw(arrays(shape, dtypes=dtypes)) for shape in ((draw(FEW), inputs), (inputs,)))
    activations = [networks.identity, networks.step, networks.tanh, networks.square]
    return call(x, w, draw(st.integers(-6, 6)) / 2, draw(st.sampled_from(activations)))


@st.composite
def samples(draw: st.DrawFn) -> Call:
    count = draw(st.integers(1, 6))
    X = draw(arrays((count, draw(FEW)), dtypes=FLOATS))
    y = draw(hnp.arrays(np.float64, count, elements=st.sampled_from([-1.0, 1.0])))
    return call(X, y, draw(st.integers(0, 4)), draw(RATES))


@st.composite
def scores(draw: st.DrawFn) -> Call:
    x = draw(ANY)
    return call(x, axis=draw(st.integers(-x.ndim, x.ndim - 1)))


@st.composite
def batches(draw: st.DrawFn, with_truth: bool) -> Call:
    """No hidden sum is 0: products of halves are quarters, and b1 lies between them."""
    n, d, h, k = (draw(FEW) for _ in range(4))
    dtypes = [draw(st.sampled_from(FLOATS))]
    shapes = {"W1": (d, h), "b1": (h,), "W2": (h, k), "b2": (k,)}
    params = {name: draw(arrays(shape, 1.5, dtypes)) for name, shape in shapes.items()}
    params["b1"] = params["b1"] + dtypes[0](0.125)
    x, y = draw(arrays((n, d), 1.5, dtypes)), draw(arrays((n, k), 1.5, dtypes))
    return call(x, y, params) if with_truth else call(x, params)


@st.composite
def points(draw: st.DrawFn) -> Call:
    """Wide steps where the truth is known for them, too."""
    exact = [slopes.sum_of_squares, slopes.sum_of_cubes, slopes.row_products]
    f = draw(st.sampled_from([*exact, slopes.log_sum_exp, slopes.weighted_sines]))
    x = draw(arrays(hnp.array_shapes(max_dims=3, max_side=3), 2.0, FLOATS))
    return call(f, x, eps=draw(st.sampled_from([1e-5, 0.25]))) if f in exact else call(f, x)


@st.composite
def steps(draw: st.DrawFn) -> Call:
    shapes = draw(st.lists(hnp.array_shapes(max_dims=2, max_side=3), min_size=1, max_size=3))
    names = draw(st.permutations(["W", "b", "head"]))[: len(shapes)]
    sizes = dict(zip(names, shapes, strict=True))
    params = {name: draw(arrays(size, dtypes=FLOATS)) for name, size in sizes.items()}
    grads = {name: draw(arrays(sizes[name])) for name in draw(st.permutations(names))}
    return call(params, grads, draw(RATES))


DOMAINS = {
    "neuron": patients(),
    "train_perceptron": samples(),
    "activations.sigmoid": calls(ANY),
    "activations.relu": calls(ANY),
    "activations.elu": calls(ANY, alpha=RATES),
    "activations.softplus": calls(ANY),
    "activations.swish": calls(ANY),
    "activations.softmax": scores(),
    "mlp_forward": batches(with_truth=False),
    "count_parameters": calls(st.lists(st.integers(1, 40), min_size=1, max_size=5)),
    "numerical_gradient": points(),
    "mlp_backward": batches(with_truth=True),
    "gradient_step": steps(),
}
