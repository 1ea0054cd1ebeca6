"""The loaders on real images, where this machine has some."""

import os
from pathlib import Path

import numpy as np
import pytest

from course_utils import data

ROOT = Path(__file__).resolve().parents[2]


def real_folder():
    value = os.environ.get("COURSE_DATA")
    folder = Path(value).expanduser() if value else ROOT / "../shared/data"
    return folder if folder.is_absolute() else ROOT / folder


REAL = real_folder()


def given(*layouts):
    return pytest.mark.skipif(
        not any((REAL / layout).is_file() for layout in layouts),
        reason=f"none of {', '.join(layouts)} in COURSE_DATA or ../shared/data",
    )


@pytest.fixture(autouse=True)
def real_images(cache, monkeypatch):
    monkeypatch.setenv("COURSE_DATA", str(REAL))
    monkeypatch.setenv("COURSE_DATA_SOURCE", "real")


@given("medmnist/pneumoniamnist.npz", "pneumoniamnist.npz")
def test_pneumoniamnist_has_its_published_counts():
    loaded = data.load("pneumoniamnist")
    assert [len(split) for split in (loaded.train, loaded.val, loaded.test)] == [4708, 524, 624]
    assert [int(s.labels.sum()) for s in (loaded.train, loaded.val, loaded.test)] == [
        3494,
        389,
        390,
    ]
    assert loaded.source.startswith("real")
    assert loaded.train.truth is None


@given(
    "mednist/MedNIST.tar.gz", "MedNIST.tar.gz", "mednist/mednist_subset.zip", "mednist_subset.zip"
)
@pytest.mark.parametrize("size", [28, 64])
def test_mednist_has_six_classes_in_each_split(size):
    loaded = data.load("mednist", size)
    for split in (loaded.train, loaded.val, loaded.test):
        counts = np.bincount(split.labels, minlength=6)
        assert counts.min() > 0.8 * counts.max()
        assert split.images.shape[1:] == (size, size)


@given(
    "mednist/MedNIST.tar.gz", "MedNIST.tar.gz", "mednist/mednist_subset.zip", "mednist_subset.zip"
)
def test_most_real_images_are_nearest_to_the_mean_phantom_of_their_own_modality():
    real = data.load("mednist", 28).val
    drawn = data.phantoms.modalities(600, 28)
    means = np.stack([drawn.images[drawn.labels == k].mean(axis=0) for k in range(6)])
    distances = ((real.images[:, None] - means) ** 2).sum(axis=(2, 3))
    assert (distances.argmin(axis=1) == real.labels).mean() > 0.8


@given("medmnist/pneumoniamnist.npz", "pneumoniamnist.npz")
def test_chest_phantoms_are_as_bright_and_as_rich_in_contrast_as_real_ones():
    real = data.load("pneumoniamnist").train.images.astype(float)
    drawn = data.phantoms.chest(1000, 28).images.astype(float)
    assert abs(real.mean() - drawn.mean()) < 25
    assert 0.6 < drawn.std(axis=(1, 2)).mean() / real.std(axis=(1, 2)).mean() < 1.7
