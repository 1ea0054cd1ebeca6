"""Domains of the exercises of 06, in what their checks call answers with."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from course_utils.checks.core import Call, call
from course_utils.checks.optimizers import descent
from domains.shared import FLOATS, arrays, calls, layouts

FEW = st.integers(1, 4)
SEEDS = st.integers(0, 1000)
RATES = st.sampled_from([0.0, 0.01, 0.25, 1.0, 2.5])
SHARES = st.sampled_from([0.0, 0.5, 0.75, 0.9, 0.999])
EPS = st.sampled_from([1e-10, 1e-8, 0.5, 4.0])


@st.composite
def walks(draw: st.DrawFn) -> Call:
    surfaces = [descent.bowl, descent.ravine, descent.waves, descent.saddle, descent.coupled]
    start = draw(arrays((draw(FEW),), dtypes=FLOATS))
    return call(draw(st.sampled_from(surfaces)), start, draw(RATES), draw(st.integers(0, 6)))


@st.composite
def weights(draw: st.DrawFn, count: int) -> list[np.ndarray]:
    """So many arrays of one shape and dtype."""
    shape, dtypes = draw(hnp.array_shapes(max_side=3)), [draw(st.sampled_from(FLOATS))]
    return [draw(arrays(shape, dtypes=dtypes)) for _ in range(count)]


@st.composite
def options(draw: st.DrawFn, **values: st.SearchStrategy) -> dict[str, float]:
    """Some of the arguments that have a default."""
    return {name: draw(value) for name, value in values.items() if draw(st.booleans())}


@st.composite
def plain_steps(draw: st.DrawFn) -> Call:
    return call(*draw(weights(2)), draw(RATES))


@st.composite
def momentum_steps(draw: st.DrawFn) -> Call:
    return call(*draw(weights(3)), draw(RATES), **draw(options(mu=SHARES)))


@st.composite
def adagrad_steps(draw: st.DrawFn) -> Call:
    w, g, s = draw(weights(3))
    return call(w, g, np.abs(s), draw(RATES), **draw(options(eps=EPS)))


@st.composite
def adam_steps(draw: st.DrawFn) -> Call:
    """Both moments are of the same gradients: where v is 0, m is, too."""
    w, g, m, v = draw(weights(4))
    number, betas = draw(st.sampled_from([1, 2, 10, 1000])), {"beta1": SHARES, "beta2": SHARES}
    more = draw(options(**betas, eps=EPS))
    return call(w, g, np.where(v, m, 0), np.abs(v), number, draw(RATES), **more)


@st.composite
def range_tests(draw: st.DrawFn) -> Call:
    """Curves that fall once and by more than 1 %, with a little noise, and end in any way."""
    at = np.linspace(-6, 1, draw(st.integers(100, 300)))
    middle, floor = draw(st.integers(-8, -1)) / 2, draw(st.sampled_from([0.05, 0.4, 8.0]))
    fall = draw(st.sampled_from([0.5, 2.0]))
    losses = floor + fall / (1 + 10 ** (0.8 * (at - middle)))
    noise = np.random.default_rng(draw(SEEDS)).normal(size=len(at))
    losses += draw(st.sampled_from([0.0, 0.0025])) * fall * noise
    losses *= 10 ** (draw(st.sampled_from([0, 1, 4])) * np.maximum(at - middle - 2, 0))
    if broken := draw(st.sampled_from([None, np.inf, np.nan])):
        end = int(np.searchsorted(at, middle + draw(st.integers(3, 6)) / 2))
        losses[end:] *= draw(st.sampled_from([1.0, 0.01]))
        losses[end : end + 1] = broken
    dtype = draw(st.sampled_from(FLOATS))
    return call(*(draw(layouts(each.astype(dtype))) for each in (10**at, losses)))


@st.composite
def samples(draw: st.DrawFn) -> Call:
    """Batches of some of the samples, or of all."""
    sizes = draw(st.lists(st.integers(1, 6), min_size=1, max_size=5))
    n, width = sum(sizes) + draw(st.integers(0, 3)), draw(FEW)
    order = np.array(draw(st.permutations(range(n))))
    order = order[: sum(sizes)].astype(draw(st.sampled_from([np.int64, np.int32, np.uint8])))
    batches = [draw(layouts(batch)) for batch in np.split(order, np.cumsum(sizes)[:-1])]
    return call(*(draw(arrays(shape)) for shape in ((n, width), (n,), (width,))), batches)


@st.composite
def moments(draw: st.DrawFn) -> Call:
    total = draw(st.integers(1, 200))
    return call(draw(RATES), draw(st.integers(0, total)), total)


@st.composite
def cycles(draw: st.DrawFn) -> Call:
    low, width = draw(st.integers(0, 8)) / 64, draw(st.sampled_from([0.0, 0.25, 1.5]))
    return call(draw(st.integers(0, 300)), low, low + width, draw(st.integers(1, 40)))


DOMAINS: dict[str, st.SearchStrategy[Call]] = {
    "gradient_descent": walks(),
    "sgd_step": plain_steps(),
    "suggest_lr": range_tests(),
    "minibatches": calls(st.integers(1, 90), st.integers(1, 100), SEEDS),
    "accumulate_gradients": samples(),
    "momentum_step": momentum_steps(),
    "adagrad_step": adagrad_steps(),
    "adam_step": adam_steps(),
    "step_decay": calls(RATES, st.integers(0, 100), SHARES | st.just(1.0), st.integers(1, 30)),
    "cosine_decay": moments(),
    "cyclic_lr": cycles(),
}
