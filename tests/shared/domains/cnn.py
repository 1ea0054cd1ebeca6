"""Domains of the exercises of 05."""

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st

from course_utils.checks.core import Call, call
from domains.shared import FLOATS, arrays, calls, layouts

SEEDS = st.integers(0, 1000)
LABELS = (np.int64, np.int32, np.uint8)


@st.composite
def epochs(draw: st.DrawFn) -> Call:
    batch, drop_last = draw(st.integers(2, 8)), draw(st.booleans())
    n = draw(st.integers(batch, 30))
    assume(drop_last or n % batch != 1)  # batch norm needs two samples
    loss = draw(st.sampled_from(["cross entropy", "squared error"]))
    rate = draw(st.sampled_from([0.0, 0.05, 0.3]))
    return call(n, batch, loss, rate, draw(SEEDS), drop_last=drop_last)


@st.composite
def evaluations(draw: st.DrawFn) -> Call:
    batch = draw(st.integers(1, 8))
    n, flags = draw(st.integers(batch, 30)), draw(st.tuples(*[st.booleans()] * 6))
    return call(
        n, batch, flags, draw(st.sampled_from([0.0, 0.5])), draw(SEEDS), draw(st.booleans())
    )


@st.composite
def tables(draw: st.DrawFn) -> Call:
    k, n = draw(st.integers(1, 20)), draw(st.integers(1, 40))
    numbers = st.lists(st.integers(0, k - 1), min_size=n, max_size=n)
    dtype = draw(st.sampled_from(LABELS))
    labels, predictions = (draw(layouts(np.array(draw(numbers), dtype))) for _ in range(2))
    return call(labels, predictions, k)


@st.composite
def cohorts(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    """Labels of both kinds, and scores with ties."""
    more = draw(st.lists(st.integers(0, 1), max_size=20))
    labels = draw(st.permutations([0, 1, *more]))
    scores = draw(arrays((len(labels),), dtypes=FLOATS))
    return draw(layouts(np.array(labels, draw(st.sampled_from(LABELS))))), scores


@st.composite
def screenings(draw: st.DrawFn) -> Call:
    shares = st.integers(0, 20).map(lambda count: count / 20)
    sensitivity, specificity, prevalence = draw(shares), draw(shares), draw(shares)
    positive = sensitivity * prevalence + (1 - specificity) * (1 - prevalence)
    assume(1e-6 < positive < 1 - 1e-6)
    return call(sensitivity, specificity, prevalence)


@st.composite
def clinics(draw: st.DrawFn) -> Call:
    patients = draw(st.lists(st.integers(-50, 5000), min_size=12, max_size=40, unique=True))
    often = draw(st.lists(st.integers(1, 4), min_size=len(patients), max_size=len(patients)))
    ids = np.repeat(np.array(patients), often)
    parts = draw(st.sampled_from([(0.5, 0.5), [0.7, 0.15, 0.15], (0.4, 0.3, 0.2, 0.1)]))
    return call(np.random.default_rng(draw(SEEDS)).permutation(ids), parts, seed=draw(SEEDS))


@st.composite
def configurations(draw: st.DrawFn) -> Call:
    width = st.integers(1, 6)
    entry = st.one_of(width, st.tuples(width, st.sampled_from([1, 3, 5])), st.sampled_from(["LRN"]))
    config = draw(st.lists(entry, max_size=4))
    places = draw(st.lists(st.integers(0, len(config)), max_size=2))
    for place in places:
        config.insert(place, "M")
    return call([draw(width), *config], draw(st.integers(1, 4)), seed=draw(SEEDS))


def between(low: int, high: int) -> st.SearchStrategy[int]:
    return st.integers(low, high)


DOMAINS = {
    "SimpleCNN": calls(between(1, 4), between(2, 12), between(16, 40), seed=SEEDS),
    "make_logistic_regression": calls(between(1, 40), between(2, 9), seed=SEEDS),
    "make_mlp": calls(between(1, 40), between(2, 9), between(1, 40), seed=SEEDS),
    "num_batches": calls(between(0, 2000), between(1, 70), st.booleans()),
    "train_one_epoch": epochs(),
    "evaluate": evaluations(),
    "confusion_matrix": tables(),
    "sensitivity_specificity": st.builds(
        lambda cohort, threshold: call(*cohort, threshold),
        cohorts(),
        st.integers(-6, 6).map(lambda count: count / 2),
    ),
    "predictive_values": screenings(),
    "roc_auc": cohorts().map(lambda cohort: call(*cohort)),
    "split_by_patient": clinics(),
    "vgg_features": configurations(),
    "ResidualBlock": calls(
        between(1, 5), between(1, 5), between(1, 3), seed=SEEDS, training=st.booleans()
    ),
    "InceptionBlock": calls(*[between(1, 6)] * 5, seed=SEEDS),
}
