"""Domains of the exercises of 00."""

import numpy as np
from hypothesis import strategies as st

from course_utils.checks import start
from course_utils.checks.core import Call, call
from domains.shared import arrays, calls


@st.composite
def tables(draw: st.DrawFn) -> Call:
    """Halves and whole numbers: a column is exactly constant, or clearly not."""
    shape = draw(st.integers(1, 6)), draw(st.integers(1, 4))
    X = draw(arrays(shape, most=50, dtypes=(np.float64, np.float32, np.int64)))
    return call(X)


@st.composite
def modules(draw: st.DrawFn) -> Call:
    rng = np.random.default_rng(draw(st.integers(0, 9999)))
    n, d = draw(st.integers(1, 6)), draw(st.integers(1, 5))
    return start._columns(rng, n, d, others=draw(st.booleans()))


FUNCTIONS = st.sampled_from([start.square, start.cube, start.sine, start.growth])

DOMAINS = {
    "standardize": tables(),
    "slope_of": calls(FUNCTIONS, st.floats(-3, 3), st.sampled_from([1e-5, 0.125, 0.5, 1.0])),
    "Standardizer": modules(),
}
