"""Domains of the exercises of 10, in what their checks call answers with."""

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st

from course_utils.checks.core import Call, call
from course_utils.checks.regularization.intervals import cohort
from course_utils.checks.regularization.ridge import columns
from domains.shared import FLOATS, arrays, calls, layouts

FEW = st.integers(1, 3)
SEEDS = st.integers(0, 1000)
EPSILONS = st.sampled_from([0.01, 0.25, 1.0])
RATES = st.sampled_from([0.0, 0.125, 0.5, 2.0])


@st.composite
def fits(draw: st.DrawFn) -> Call:
    d, lam = draw(st.integers(1, 4)), draw(st.sampled_from([0.0, 0.25, 3.0]))
    n = draw(st.integers(d + 2 if lam == 0 else 2, d + 6))
    X, y, _ = columns(np.random.default_rng(draw(SEEDS)), n, d, lam).args
    return call(draw(layouts(X)), draw(layouts(y)), lam)


@st.composite
def weights(draw: st.DrawFn, numbers: int) -> Call:
    shape, kind = draw(st.lists(FEW, min_size=1, max_size=3)), draw(st.sampled_from(FLOATS))
    pair = (draw(arrays(shape, dtypes=(kind,))) for _ in range(2))
    return call(*pair, *(draw(RATES) for _ in range(numbers)))


@st.composite
def dropped(draw: st.DrawFn) -> Call:
    few, kind = draw(st.booleans()), draw(st.sampled_from(FLOATS))
    size = draw(st.integers(1, 4)) if few else (200, 250)
    x = 1 + np.random.default_rng(draw(SEEDS)).integers(0, 9, size).astype(kind)
    p = 0.5 if few else draw(st.integers(1, 9)) / 10
    return call(draw(layouts(x)), p, draw(st.booleans()), draw(SEEDS))


@st.composite
def layers(draw: st.DrawFn, least: int = 1) -> tuple[np.ndarray, list[np.ndarray]]:
    """Images, and two arrays of one number a channel, in one dtype."""
    shape = tuple(draw(FEW) for _ in range(4))
    assume(shape[0] * shape[2] * shape[3] >= least)
    kind = draw(st.sampled_from(FLOATS))
    return draw(arrays(shape, dtypes=(kind,))), [
        draw(arrays((shape[1],), dtypes=(kind,))) for _ in range(2)
    ]


@st.composite
def forward(draw: st.DrawFn) -> Call:
    training = draw(st.booleans())
    x, affine = draw(layers(2 if training else 1))
    mean, var = (draw(arrays((x.shape[1],), dtypes=(x.dtype.type,))) for _ in range(2))
    momentum = draw(st.sampled_from([0.0, 0.25, 1.0]))
    return call(x, *affine, mean, abs(var), training, momentum, draw(EPSILONS))


@st.composite
def backward(draw: st.DrawFn) -> Call:
    x, (gamma, _) = draw(layers(2))
    return call(draw(arrays(x.shape, dtypes=(x.dtype.type,))), x, gamma, draw(EPSILONS))


@st.composite
def grouped(draw: st.DrawFn) -> Call:
    groups, size, kind = draw(FEW), draw(FEW), draw(st.sampled_from(FLOATS))
    shape = (draw(FEW), groups * size, draw(FEW), draw(FEW))
    affine = (draw(arrays((groups * size,), dtypes=(kind,))) for _ in range(2))
    return call(draw(arrays(shape, dtypes=(kind,))), groups, *affine, draw(EPSILONS))


@st.composite
def labels(draw: st.DrawFn) -> Call:
    k = draw(st.integers(2, 5))
    classes = draw(st.lists(st.integers(0, k - 1), min_size=1, max_size=5))
    kind = draw(st.sampled_from([np.float64, np.float32, np.int64, np.uint8]))
    return call(draw(layouts(np.eye(k, dtype=kind)[classes])), draw(st.integers(0, 8)) / 8)


@st.composite
def clinics(draw: st.DrawFn) -> Call:
    people = draw(st.lists(st.integers(-99, 99), min_size=3, max_size=12, unique=True))
    more = draw(st.lists(st.sampled_from(people), max_size=20))
    films = np.array(draw(st.permutations(people + more)))
    return call(films, draw(st.integers(2, len(people))), draw(SEEDS))


@st.composite
def cohorts(draw: st.DrawFn) -> Call:
    level = draw(st.integers(5, 8)) / 10
    rng = np.random.default_rng(draw(SEEDS))
    people, films = draw(st.integers(10, 18)), draw(st.sampled_from([1, 4, (1, 6)]))
    return cohort(rng, people, films, level=level, n=1000, repeats=4)


@st.composite
def batches(draw: st.DrawFn) -> Call:
    n, alpha = draw(st.integers(3, 6)), draw(st.integers(2, 16)) / 4
    shape = draw(st.sampled_from([(n, n), (n, 1, n), (n, n, 1, 1)]))
    return call(shape, alpha, draw(SEEDS))


@st.composite
def pictures(draw: st.DrawFn) -> Call:
    name = draw(st.sampled_from(["gray", "black and white", "flat"]))
    shape = (draw(st.integers(64, 72)), draw(st.integers(64, 72)))
    return call(name, shape, draw(SEEDS), draw(st.sampled_from(FLOATS)))


EIGHTHS = st.integers(-16, 16).map(lambda number: number / 8)
DOMAINS = {
    "polynomial_features": calls(
        arrays(st.tuples(st.integers(1, 6)), most=3.0, dtypes=FLOATS), st.integers(1, 6)
    ),
    "ridge_fit": fits(),
    "weight_decay.l2_gradient": weights(1),
    "weight_decay.decoupled_decay_step": weights(2),
    "dropout": dropped(),
    "batchnorm_forward": forward(),
    "batchnorm_backward": backward(),
    "group_norm": grouped(),
    "EarlyStopping": calls(
        st.lists(EIGHTHS, min_size=1, max_size=15),
        st.integers(1, 4),
        st.integers(0, 4).map(lambda number: number / 8),
    ),
    "augment": pictures(),
    "mixup": batches(),
    "smooth_labels": labels(),
    "grouped_folds": clinics(),
    "bootstrap_interval": cohorts(),
}
