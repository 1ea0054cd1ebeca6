"""Domains of the exercises of 08, in what their checks call answers with."""

import numpy as np
from hypothesis import strategies as st

from course_utils.checks.core import Call, call
from domains.shared import FLOATS, arrays, tensors

SIDES = st.integers(1, 5)
FEW = st.integers(1, 3)
SEEDS = st.integers(0, 1000)


@st.composite
def gradients(draw: st.DrawFn) -> Call:
    shape = (draw(FEW), draw(FEW), draw(st.integers(3, 6)), draw(st.integers(3, 6)))
    classes, dtype = draw(FEW), draw(st.sampled_from(FLOATS))
    x = draw(tensors(*shape, dtype=dtype))
    return call(draw(SEEDS), x, classes, draw(st.integers(0, classes - 1)))


@st.composite
def backward_rules(draw: st.DrawFn) -> Call:
    shape, dtype = draw(st.lists(SIDES, min_size=1, max_size=4)), draw(st.sampled_from(FLOATS))
    pair = (draw(tensors(*shape, dtype=dtype)) for _ in range(2))
    return call(*pair, draw(st.sampled_from(["plain", "deconvnet", "guided"])))


@st.composite
def class_maps(draw: st.DrawFn) -> Call:
    n, c, k, dtype = draw(FEW), draw(SIDES), draw(FEW), draw(st.sampled_from(FLOATS))
    features = draw(tensors(n, c, draw(SIDES), draw(SIDES), dtype=dtype))
    return call(features, draw(tensors(k, c, dtype=dtype)), draw(st.integers(0, k - 1)))


@st.composite
def layers(draw: st.DrawFn) -> Call:
    shape, dtype = [draw(SIDES) for _ in range(4)], draw(st.sampled_from(FLOATS))
    return call(*(draw(tensors(*shape, dtype=dtype)) for _ in range(2)))


@st.composite
def flat_images(draw: st.DrawFn) -> Call:
    shape = draw(st.lists(SIDES, min_size=1, max_size=4))
    x = np.full(shape, draw(st.integers(-9, 9)) / 2, draw(st.sampled_from(FLOATS)))
    gradient, samples = draw(st.sampled_from([("x", 1), ("the sign of x", 1), ("4, then −6", 2)]))
    return call(gradient, x, samples * draw(FEW), 0.0, draw(SEEDS))


@st.composite
def windows(draw: st.DrawFn) -> Call:
    c, k, size = draw(FEW), draw(FEW), (draw(SIDES), draw(SIDES))
    return call(
        draw(arrays((c, *size), dtypes=FLOATS)),
        draw(arrays((k, c, *size))),
        draw(st.sampled_from([0.0, 0.25])),
        draw(st.integers(0, k - 1)),
        draw(st.integers(1, min(size))),
        draw(st.integers(1, 6)),
        draw(st.integers(-4, 4)) / 2,
    )


@st.composite
def segmented(draw: st.DrawFn) -> Call:
    """Additive models: their weights are exact, whatever the draw."""
    c, size = draw(FEW), (draw(st.integers(2, 5)), draw(st.integers(2, 5)))
    count = draw(st.integers(1, 4))
    segments = np.array(draw(st.permutations([i % count for i in range(size[0] * size[1])])))
    return call(
        draw(arrays((c, *size))),
        segments.reshape(size),
        draw(arrays((c, *size))),
        0.0,
        draw(st.integers(80, 200)),
        draw(st.sampled_from([0.4, 0.5, 1.0, 5.0])),
        draw(SEEDS),
    )


@st.composite
def games(draw: st.DrawFn) -> Call:
    return call(np.ascontiguousarray(draw(arrays((2 ** draw(st.integers(1, 6)),), most=20.0))))


@st.composite
def rounds(draw: st.DrawFn) -> Call:
    """Of each map all maxima lie in the mask, or none does."""
    shape = (draw(FEW), draw(SIDES), draw(SIDES))
    maps = draw(arrays(shape, dtypes=FLOATS))
    masks = draw(arrays(shape)) > 0
    for saliency, mask in zip(maps, masks, strict=True):
        mask[saliency == saliency.max()] = draw(st.booleans())
    return call(maps, masks)


@st.composite
def pairs_of_maps(draw: st.DrawFn) -> Call:
    size = (draw(SIDES), draw(st.integers(2, 5)))
    return call(*(draw(arrays(size, most=2.0, dtypes=FLOATS)) for _ in range(2)))


@st.composite
def cohorts(draw: st.DrawFn) -> Call:
    images = draw(arrays((draw(SIDES), draw(SIDES), draw(st.integers(2, 5))), most=1.0))
    images[:, 0, 0] = draw(
        st.lists(st.sampled_from([0, 2]), min_size=len(images), max_size=len(images))
    )
    return call(images, draw(st.integers(-4, 4)) / 2)


DOMAINS = {
    "vanilla_gradient": gradients(),
    "relu_backward": backward_rules(),
    "class_activation_map": class_maps(),
    "grad_cam": layers(),
    "smoothgrad": flat_images(),
    "occlusion_map": windows(),
    "lime_explain": segmented(),
    "shapley_values": games(),
    "pointing_game": rounds(),
    "map_similarity": pairs_of_maps(),
    "marker_effect": cohorts(),
}
