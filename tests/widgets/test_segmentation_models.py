"""The numbers behind the widgets of 09-segmentation, against PyTorch, SciPy and plain counting."""

import numpy as np
import pytest
import torch
from scipy import ndimage
from scipy.signal import convolve2d, correlate2d
from torch.nn import functional

from course_utils.models import segmenter, standardized
from course_utils.widgets.segmentation.encoder_decoder_model import (
    FILMS,
    NETWORKS,
    Way,
    films,
    reduced,
    telling,
)
from course_utils.widgets.segmentation.multitask_model import SAME, Study
from course_utils.widgets.segmentation.overlap_model import SIDE, Overlap, boundary, disc
from course_utils.widgets.segmentation.transposed_model import Transposed

ARITHMETIC = [
    (n, k, s, p, more)
    for n in (1, 2, 4)
    for k in (1, 2, 3, 5)
    for s in (1, 2, 3)
    for p in (0, 1)
    for more in (0, 1)
    if more < s and (n - 1) * s - 2 * p + k + more >= 1
]


def made(n, k, s, p, more) -> Transposed:
    rng = np.random.default_rng([n, k, s, p, more])
    return Transposed(rng.normal(size=(n, n)), rng.normal(size=(k, k)), s, p, more)


# ------------------------------------------------------------------ transposed convolution


@pytest.mark.parametrize("settings", ARITHMETIC)
def test_a_transposed_convolution_is_pytorchs(settings):
    model = made(*settings)
    _, _, s, p, more = settings
    expected = functional.conv_transpose2d(
        torch.from_numpy(model.x)[None, None],
        torch.from_numpy(model.w)[None, None],
        stride=s,
        padding=p,
        output_padding=more,
    )
    np.testing.assert_allclose(model.output, expected[0, 0], atol=1e-12)
    assert model.output.shape == (model.size, model.size)


@pytest.mark.parametrize("settings", ARITHMETIC)
def test_it_is_a_full_convolution_of_the_input_with_zeros_between(settings):
    model = made(*settings)
    n, _, s, _, more = settings
    stretched = np.zeros(((n - 1) * s + 1,) * 2)
    stretched[::s, ::s] = model.x
    full = np.pad(convolve2d(stretched, model.w), (0, more))
    np.testing.assert_allclose(model.partial[-1], full, atol=1e-12)


@pytest.mark.parametrize(("k", "s"), [(2, 2), (3, 2), (4, 2), (2, 3), (3, 1), (5, 3)])
def test_the_counts_are_even_inside_where_the_stride_divides_the_kernel(k, s):
    model = Transposed(np.ones((4, 4)), np.ones((k, k)), s, 0, 0)
    summed = functional.conv_transpose2d(torch.ones(1, 1, 4, 4), torch.ones(1, 1, k, k), stride=s)
    np.testing.assert_array_equal(model.counts[-1], summed[0, 0])
    assert (len(np.unique(model.inside)) == 1) == (k % s == 0)


@pytest.mark.parametrize("s", [1, 2, 3, 4])
def test_upsampling_and_a_convolution_count_nine_everywhere_inside(s):
    model = Transposed(np.ones((3, 3)), np.ones((1, 1)), s, 0, 0)
    enlarged = np.kron(np.ones((3, 3)), np.ones((s, s)))
    expected = correlate2d(enlarged, np.ones((3, 3)), mode="same")
    np.testing.assert_array_equal(model.smooth_counts[-1], expected)
    assert set(model.smooth_inside.ravel()) == {9}


def test_a_kernel_of_zeros_still_reaches_its_cells():
    model = Transposed(np.ones((2, 2)), np.zeros((2, 2)), 2, 0, 0)
    assert model.reached.sum() == 16
    assert not model.output.any()


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ((2, 3, 2, 0, 2), "smaller than the stride, but it is 2 and the stride is 2"),
        ((1, 2, 1, 1, 0), "full output has 2 cells along a side and p = 1 cuts off 1"),
    ],
)
def test_impossible_sizes_are_refused(settings, reason):
    with pytest.raises(ValueError, match=reason):
        made(*settings)


# ------------------------------------------------------------------ overlap


def by_counting(a: np.ndarray, b: np.ndarray, spacing) -> tuple[float, float, float]:
    """Dice, IoU and Hausdorff distance, pixel by pixel."""
    both, either = (a & b).sum(), (a | b).sum()

    def edge(mask):
        padded = np.pad(mask, 1)
        shifted = [np.roll(padded, shift, axis) for shift in (1, -1) for axis in (0, 1)]
        return np.argwhere(mask & ~np.all(shifted, axis=0)[1:-1, 1:-1]) * np.array(spacing)

    lengths = np.linalg.norm(edge(a)[:, None] - edge(b)[None], axis=2)
    farthest = max(lengths.min(axis=1).max(), lengths.min(axis=0).max())
    return 2 * both / (a.sum() + b.sum()), both / either, farthest


@pytest.mark.parametrize("spacing", [(1.0, 1.0), (0.5, 0.5), (3.0, 1.0)])
@pytest.mark.parametrize("seed", range(4))
def test_scores_are_those_of_plain_counting(seed, spacing):
    rng = np.random.default_rng(seed)
    truth, guess = rng.random((2, 12, 15)) < 0.3
    model = Overlap(truth, guess, spacing)
    expected = by_counting(truth, guess, spacing)
    np.testing.assert_allclose((model.dice, model.iou, model.hausdorff), expected)
    np.testing.assert_allclose(model.hausdorff_pixels, by_counting(truth, guess, (1, 1))[2])


def test_the_line_of_the_hausdorff_distance_has_its_length():
    model = Overlap(disc(7), disc(5, down=4, right=3), (3.0, 1.0))
    length, here, there = model.farthest(model.spacing)
    assert np.hypot(*((here - there) * model.spacing)) == pytest.approx(length)
    edges = boundary(model.truth) | boundary(model.predicted)
    assert edges[tuple(here)]
    assert edges[tuple(there)]


def test_masks_apart_and_masks_alike():
    alike = Overlap(disc(3), disc(3), (1.0, 1.0))
    assert (alike.dice, alike.iou, alike.hausdorff) == (1, 1, 0)
    apart = Overlap(disc(2, right=-6), disc(2, right=6), (1.0, 2.0))
    assert (apart.dice, apart.iou, apart.hausdorff) == (0, 0, 24)


def test_a_mask_at_the_edge_of_the_image_has_its_boundary_there():
    assert boundary(np.ones((SIDE, SIDE), dtype=bool)).sum() == 4 * (SIDE - 1)


def test_a_disc_moves_by_whole_pixels():
    np.testing.assert_array_equal(disc(4, down=2, right=-3), np.roll(disc(4), (2, -3), (0, 1)))


# ------------------------------------------------------------------ encoder and decoder


@pytest.mark.parametrize("name", NETWORKS)
def test_the_maps_have_the_shapes_of_their_stages_and_end_in_the_networks_mask(name):
    way = Way(3, name)
    sides = [each.shape for each in way.maps]
    assert sides == [(8, 28, 28), (16, 14, 14), (32, 7, 7), (16, 14, 14), (8, 28, 28)]
    with torch.inference_mode():
        whole = segmenter(NETWORKS[name])(standardized(way.image[None])).mask[0].sigmoid()
    np.testing.assert_allclose(way.chance, whole, atol=1e-6)
    assert way.dice == pytest.approx(by_counting(way.truth, way.predicted, (1, 1))[0])


def test_skips_help_on_most_films_and_harm_on_none_by_much():
    with_skips, without = (
        np.array([Way(film, name).dice for film in range(FILMS)]) for name in NETWORKS
    )
    assert with_skips.mean() > without.mean() + 0.05
    assert (with_skips >= without).mean() > 0.75


def test_without_skips_the_way_up_reads_the_latent_space_alone():
    plain, skips = (segmenter(NETWORKS[name]) for name in ("without skips", "with skips"))
    for network, alike in ((plain, True), (skips, False)):
        with torch.inference_mode():
            maps = network.encode(standardized(films().images[:2]))
            others = [torch.zeros_like(each) for each in maps[:-1]]
            same = torch.equal(network.decode(maps)[-1], network.decode([*others, maps[-1]])[-1])
        assert same == alike


def test_maps_that_tell_most_come_first():
    truth = np.zeros((28, 28), dtype=bool)
    truth[4:8, 8:12] = True
    maps = np.random.default_rng(0).normal(size=(5, 7, 7))
    maps[3, 1, 2] += 50
    np.testing.assert_array_equal(telling(maps, truth, 2)[0], maps[3])
    np.testing.assert_array_equal(np.argwhere(reduced(truth, 7)), [[1, 2]])


# ------------------------------------------------------------------ three heads


def test_all_heads_read_one_encoding():
    study = Study(0)
    network = segmenter("tasks")
    with torch.inference_mode():
        maps = network.encode(standardized(study.image[None]))
        expected = network.heads(maps)
    np.testing.assert_array_equal(study.latent, maps[-1][0])
    for ours, theirs in zip(study.answer, expected, strict=True):
        np.testing.assert_allclose(ours, theirs, atol=1e-6)


def test_boxes_that_stay_hardly_overlap_and_the_surest_stays():
    for film in (0, 5, 16, 19):
        study = Study(film)
        boxes, scores = study.proposed
        assert (boxes[:, 2:] >= boxes[:, :2]).all()
        areas = (study.boxes[:, 2:] - study.boxes[:, :2]).prod(axis=1)
        for a in range(len(study.boxes)):
            for b in range(a):
                first = np.maximum(study.boxes[a, :2], study.boxes[b, :2])
                last = np.minimum(study.boxes[a, 2:], study.boxes[b, 2:])
                both = (last - first).clip(0).prod()
                assert both / (areas[a] + areas[b] - both) <= SAME
        np.testing.assert_array_equal(study.boxes[:1], boxes[[scores.argmax()]])


def test_an_overlooked_patient_is_ill_and_found_healthy():
    study = Study(7)
    assert study.ill
    assert study.probability < 0.5
    assert ndimage.label(study.truth, np.ones((3, 3)))[1] >= 1


def test_nothing_marked_where_nothing_is_counts_as_agreement():
    empty = next(s for s in map(Study, range(24)) if not s.ill and not s.predicted.any())
    assert empty.dice == 1
