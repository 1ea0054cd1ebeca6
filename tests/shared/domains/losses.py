"""Domains of the exercises of 02."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.special import log_softmax

from course_utils.checks.core import Call, call
from domains.shared import FLOATS, arrays, layouts

SHAPES = hnp.array_shapes(min_dims=1, max_dims=3, max_side=4)
TABLES = hnp.array_shapes(min_dims=2, max_dims=2, max_side=5)
LABELS = (np.int64, np.int32, np.uint8, np.int8)
TASKS = (
    *("bone age", "ejection fraction", "pneumonia", "rare tumour", "melanoma"),
    *("tissue type", "organ", "chest findings"),
)


@st.composite
def whole(draw: st.DrawFn, shape: tuple[int, ...], low: int, high: int, dtypes) -> np.ndarray:
    """Whole numbers from `low` to `high`, in one of these dtypes and in any layout."""
    found = draw(hnp.arrays(np.int64, shape, elements=st.integers(low, high)))
    return draw(layouts(found.astype(draw(st.sampled_from(dtypes)))))


@st.composite
def measurements(draw: st.DrawFn) -> Call:
    shape = draw(SHAPES)
    return call(*(draw(arrays(shape, most=1000, dtypes=FLOATS)) for _ in range(2)))


@st.composite
def probabilities(draw: st.DrawFn) -> Call:
    shape = draw(SHAPES)
    p = draw(whole(shape, 1, 19, FLOATS)) / 20
    return call(p, draw(whole(shape, 0, 1, (*LABELS, *FLOATS))))


@st.composite
def logits_for_yes_or_no(draw: st.DrawFn) -> Call:
    shape = draw(SHAPES)
    z = draw(arrays(shape, most=draw(st.sampled_from([5, 1000])), dtypes=FLOATS))
    y = draw(whole(shape, 0, 1, (*LABELS, *FLOATS)))
    weight = draw(st.none() | st.sampled_from([0.25, 1.0, 3, 10.5]))
    return call(z, y) if weight is None else call(z, y, weight)


@st.composite
def scores(draw: st.DrawFn) -> np.ndarray:
    most = draw(st.sampled_from([5, 1000]))
    return draw(arrays(draw(TABLES), most=most, dtypes=FLOATS))


@st.composite
def labelled(draw: st.DrawFn, tables: st.SearchStrategy[np.ndarray]) -> Call:
    table = draw(tables)
    patients, classes = table.shape
    return call(table, draw(whole((patients,), 0, classes - 1, LABELS)))


@st.composite
def marked(draw: st.DrawFn) -> Call:
    table, labels = draw(labelled(scores())).args
    onehot = np.eye(table.shape[1])[labels].astype(draw(st.sampled_from([np.float64, np.int64])))
    return call(table, draw(layouts(onehot)))


@st.composite
def findings(draw: st.DrawFn) -> Call:
    table = draw(arrays(draw(TABLES), dtypes=FLOATS))
    patients, classes = table.shape
    rows = np.array([draw(st.permutations(range(classes))) for _ in range(patients)])
    for row in rows:
        end = draw(st.integers(0, classes))
        row[end : end + 1] = -1
    dtype = draw(st.sampled_from([np.int64, np.int32, np.int8]))
    return call(table, draw(layouts(rows.astype(dtype))))


@st.composite
def images(draw: st.DrawFn, *shapes: tuple[int, ...]) -> list[np.ndarray]:
    """Images of one dtype: 8 and 16 bits, CT, or floats."""
    dtype, low, high = draw(
        st.sampled_from(
            [(np.uint8, 0, 255), (np.uint16, 0, 65535), (np.int16, -1024, 3071), (None, 0, 0)]
        )
    )
    if dtype is None:
        return [draw(arrays(shape, dtypes=FLOATS)) for shape in shapes]
    return [draw(whole(shape, low, high, (dtype,))) for shape in shapes]


@st.composite
def pairs_of_images(draw: st.DrawFn) -> Call:
    shape = draw(SHAPES)
    return call(*draw(images(shape, shape)))


@st.composite
def libraries(draw: st.DrawFn) -> Call:
    shape = draw(hnp.array_shapes(max_dims=3, max_side=3))
    many, few = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    train, test = draw(images((many, *shape), (few, *shape)))
    return call(train, draw(whole((many,), 0, 9, (np.int64, np.uint8))), test)


def without_ties(library: Call) -> bool:
    """Whether each test image has one nearest neighbour."""
    train, _, test = (each.astype(float).reshape(len(each), -1) for each in library.args)
    distances = np.sort(np.abs(test[:, None] - train).sum(axis=2), axis=1)
    return len(train) == 1 or bool((distances[:, 0] < distances[:, 1]).all())


DOMAINS: dict[str, st.SearchStrategy[Call]] = {
    "mse": measurements(),
    "binary_cross_entropy": probabilities(),
    "bce_with_logits": logits_for_yes_or_no(),
    "log_softmax": scores().map(call),
    "nll_loss": labelled(scores().map(lambda z: log_softmax(z, axis=1))),
    "cross_entropy": labelled(scores()),
    "cross_entropy_onehot": marked(),
    "cross_entropy_gradient": labelled(scores()),
    "multilabel_margin_loss": findings(),
    "l1_distance": pairs_of_images(),
    "nearest_neighbor_l1": libraries().filter(without_ties),
    "choose_loss": st.sampled_from(TASKS).map(call),
}
