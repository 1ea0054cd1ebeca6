"""Phantoms: the same bytes everywhere, and a truth that agrees with the images."""

import hashlib
import subprocess
import sys

import numpy as np
import pytest
from scipy import ndimage

from course_utils.data import phantoms

SIZES = (28, 64)
KINDS = {
    "chest": phantoms.chest,
    "modalities": phantoms.modalities,
    "nodules": phantoms.nodules,
}


def digest(drawn):
    arrays = (drawn.images, drawn.labels, drawn.masks, drawn.marker_masks, drawn.patients)
    return hashlib.sha256(b"".join(array.tobytes() for array in arrays)).hexdigest()[:16]


# Change these only when the drawings are meant to change: every lesson's figures change with them.
GOLDEN = {
    ("chest", 28): "5cdff4f3a90eb3ee",
    ("chest", 64): "e201874d907de4f9",
    ("modalities", 28): "d482be18f837fb40",
    ("modalities", 64): "5f5fa45334269c6a",
    ("nodules", 28): "e8e0f8d00dad22b4",
    ("nodules", 64): "59a9c60ba6ebc252",
}


@pytest.mark.parametrize(("kind", "size"), GOLDEN)
def test_the_same_seed_gives_the_same_bytes_on_every_machine(kind, size):
    draw = KINDS[kind]
    options = {"marker": 0.9} if kind == "chest" else {}
    assert digest(draw(60, size, seed=3, **options)) == GOLDEN[kind, size]


@pytest.mark.parametrize("kind", KINDS)
def test_another_seed_gives_other_images_of_other_patients(kind):
    one, other = (KINDS[kind](40, 28, seed=seed) for seed in (0, 1))
    assert not np.array_equal(one.images, other.images)
    assert not set(one.patients) & set(other.patients)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("n", [1, 2, 37])
def test_every_array_has_a_row_for_every_image(kind, size, n):
    drawn = KINDS[kind](n, size)
    assert len(drawn) == n
    assert drawn.images.shape == drawn.masks.shape == drawn.marker_masks.shape == (n, size, size)
    assert drawn.images.dtype == np.uint8
    assert drawn.masks.dtype == drawn.marker_masks.dtype == bool
    assert drawn.labels.shape == drawn.patients.shape == drawn.markers.shape == (n,)
    assert drawn.labels.dtype == drawn.patients.dtype == np.int64
    assert set(drawn.labels) <= set(range(len(drawn.class_names)))


@pytest.mark.parametrize("kind", KINDS)
def test_drawing_leaves_the_global_random_state_alone(kind):
    np.random.seed(5)  # noqa: NPY002
    expected = np.random.random()  # noqa: NPY002
    np.random.seed(5)  # noqa: NPY002
    KINDS[kind](5, 28)
    assert np.random.random() == expected  # noqa: NPY002


@pytest.mark.parametrize("size", SIZES)
def test_an_image_has_a_lesion_exactly_when_its_label_says_so(size):
    for seed in range(4):
        drawn = phantoms.chest(250, size, seed)
        assert np.array_equal(drawn.masks.any(axis=(1, 2)), drawn.labels == 1)


@pytest.mark.parametrize("size", SIZES)
def test_nodules_are_bright_small_and_all_that_is_new_in_a_healthy_film(size):
    drawn, healthy = phantoms.nodules(60, size, seed=4), phantoms.chest(60, size, 4, prevalence=0)
    assert (drawn.labels == 1).all()
    assert drawn.masks.any(axis=(1, 2)).all()
    assert drawn.masks.mean() < 0.06
    gained = drawn.images.astype(int) - healthy.images
    assert gained.min() == 0
    assert (gained[drawn.masks] > 0).mean() > 0.99
    near = ndimage.binary_dilation(drawn.masks, np.ones((1, 5, 5)))
    assert not gained[~near].any()


@pytest.mark.parametrize("size", SIZES)
def test_opacities_lie_in_the_chest_and_cover_a_small_part_of_it(size):
    drawn = phantoms.chest(400, size, seed=1)
    share = drawn.masks[drawn.labels == 1].mean(axis=(1, 2))
    assert share.max() < 0.35
    assert share.min() > 0.005
    border = drawn.masks.copy()
    edge = size // 28
    border[:, edge:-edge, edge:-edge] = False
    assert border.mean() < 0.001


def test_a_lesion_brightens_the_lung_where_the_mask_says():
    drawn = phantoms.chest(2000, 28, seed=2)
    healthy = drawn.images[drawn.labels == 0].mean(axis=0)
    ill = drawn.labels == 1
    images, masks = drawn.images[ill].astype(float), drawn.masks[ill]
    excess = images - healthy
    inside = excess[masks].mean()
    outside = excess[~masks].mean()
    assert inside - outside > 15


def test_large_and_small_faint_and_marked_opacities_on_both_sides_occur():
    drawn = phantoms.chest(600, 28, seed=4)
    masks = drawn.masks[drawn.labels == 1]
    areas = masks.sum(axis=(1, 2))
    assert np.percentile(areas, 90) > 3 * np.percentile(areas, 10)
    right, left = masks[:, :, :14].any(axis=(1, 2)), masks[:, :, 14:].any(axis=(1, 2))
    assert 0.3 < right.mean() < 0.9
    assert 0.3 < left.mean() < 0.9
    rows = [np.flatnonzero(mask.any(axis=1)).mean() for mask in masks]
    assert np.percentile(rows, 90) - np.percentile(rows, 10) > 5


@pytest.mark.parametrize("kind", KINDS)
def test_a_patient_has_one_diagnosis_and_up_to_four_images(kind):
    drawn = KINDS[kind](300, 28)
    people, counts = np.unique(drawn.patients, return_counts=True)
    assert counts.max() == 4
    assert len(people) < 300
    for person in people:
        assert len(set(drawn.labels[drawn.patients == person])) == 1


def test_two_images_of_a_patient_are_more_alike_than_those_of_two_patients():
    drawn = phantoms.chest(600, 28, prevalence=0)
    images = drawn.images.reshape(600, -1).astype(float)
    images -= images.mean(axis=1, keepdims=True)
    images /= np.linalg.norm(images, axis=1, keepdims=True)
    likeness = images @ images.T
    same = drawn.patients[:, None] == drawn.patients[None, :]
    np.fill_diagonal(same, False)
    others = ~same & ~np.eye(600, dtype=bool)
    assert likeness[same].mean() > likeness[others].mean() + 0.02


def test_images_of_a_patient_are_never_equal():
    drawn = phantoms.chest(400, 28)
    assert len(np.unique(drawn.images.reshape(400, -1), axis=0)) == 400


@pytest.mark.parametrize("prevalence", [0.0, 0.1, 0.5, 1.0])
def test_prevalence_is_the_share_of_the_ill(prevalence):
    drawn = phantoms.chest(1000, 28, prevalence=prevalence)
    assert abs(drawn.labels.mean() - prevalence) < 0.04


def test_six_modalities_occur_equally_often():
    drawn = phantoms.modalities(1200, 28)
    assert drawn.class_names == ("AbdomenCT", "BreastMRI", "CXR", "ChestCT", "Hand", "HeadCT")
    assert np.bincount(drawn.labels).min() > 150
    assert not drawn.masks.any()


def test_without_a_marker_there_is_none():
    assert not phantoms.chest(50, 28).marker_masks.any()


@pytest.mark.parametrize("size", SIZES)
def test_the_marker_agrees_with_the_label_as_often_as_asked(size):
    for agreement in (0.0, 0.05, 0.95, 1.0):
        drawn = phantoms.chest(300, size, seed=6, marker=agreement)
        assert abs((drawn.markers == (drawn.labels == 1)).mean() - agreement) < 0.03


@pytest.mark.parametrize("size", SIZES)
def test_the_marker_changes_nothing_but_the_corner(size):
    plain = phantoms.chest(80, size, seed=7)
    always, never = (phantoms.chest(80, size, seed=7, marker=m) for m in (1.0, 0.0))
    for marked in (always, never):
        same = marked.images == plain.images
        assert same[~marked.marker_masks].all()
        assert (marked.images[marked.marker_masks] == 245).all()
        rows, columns = np.nonzero(marked.marker_masks.any(axis=0))
        assert rows.max() < size * 0.35
        assert columns.max() < size * 0.35
    assert np.array_equal(always.markers, ~never.markers)


def test_rows_are_chosen_together():
    drawn = phantoms.chest(30, 28, marker=0.9)
    part = drawn[drawn.labels == 1]
    assert len(part) == (drawn.labels == 1).sum()
    assert np.array_equal(part.patients, drawn.patients[drawn.labels == 1])
    assert np.array_equal(drawn[3:5].masks, drawn.masks[3:5])
    with pytest.raises(TypeError, match="slice or an array"):
        drawn[3]


def test_its_text_form_says_that_the_images_are_synthetic():
    assert "synthetic" in repr(phantoms.chest(4, 28))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("wrong", "error", "message"),
    [
        ({"n": 0}, ValueError, "n, the number of images"),
        ({"n": -3}, ValueError, "but it is -3"),
        ({"n": 10**7}, ValueError, "number of images"),
        ({"n": 2.5}, TypeError, "n must be a whole number"),
        ({"n": "10"}, TypeError, "'10'"),
        ({"size": 32}, ValueError, "size is 32"),
        ({"size": None}, TypeError, "size must be a whole number"),
        ({"seed": -1}, ValueError, "seed must be"),
        ({"seed": 2**32}, ValueError, "seed must be"),
        ({"seed": 0.5}, TypeError, "seed must be"),
    ],
)
def test_wrong_arguments_are_refused_with_what_was_expected(kind, wrong, error, message):
    with pytest.raises(error, match=message):
        KINDS[kind](**{"n": 2, "size": 28, "seed": 0} | wrong)


@pytest.mark.parametrize("name", ["marker", "prevalence"])
@pytest.mark.parametrize("value", [-0.1, 1.5, float("nan")])
def test_a_share_outside_0_to_1_is_refused(name, value):
    with pytest.raises(ValueError, match=f"{name} must be from 0 to 1"):
        phantoms.chest(2, 28, **{name: value})
    with pytest.raises(TypeError, match=f"{name} must be a number"):
        phantoms.chest(2, 28, **{name: "half"})


def test_phantoms_need_neither_torch_nor_medmnist():
    program = (
        "import sys; from course_utils import data; data.phantoms.chest(1); "
        "print([m for m in ('torch', 'torchvision', 'medmnist', 'matplotlib', 'rich') "
        "if m in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert result.stdout.strip() == "[]", result.stderr
