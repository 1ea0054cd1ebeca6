"""Domains of the exercises of 03."""

from hypothesis import strategies as st

from course_utils.checks.core import Call, call
from domains.shared import FLOATS, arrays


@st.composite
def paddings(draw: st.DrawFn) -> Call:
    mode = draw(st.sampled_from(["zero", "reflect", "replicate"]))
    lead, size = draw(st.sampled_from([(), (2,), (2, 1)])), st.integers(1, 6)
    shape = (*lead, draw(size), draw(size))
    most = min(shape[-2:]) - 1 if mode == "reflect" else 5
    return call(draw(arrays(shape, dtypes=FLOATS)), draw(st.integers(0, most)), mode)


DOMAINS = {
    "pad2d": paddings(),
}
