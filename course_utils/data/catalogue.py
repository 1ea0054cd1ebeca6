"""What `data.load` knows: files, checksums, licences, and which phantoms stand in for them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from course_utils.data import archives
from course_utils.data.archives import SPLITS
from course_utils.data.dataset import Split

if TYPE_CHECKING:
    from course_utils.data.phantoms.cohort import Phantoms

SIZES = (28, 64)
TABLE = Path(__file__).with_name("medmnist.json")
STAND_IN_SEED = 20_240_000  # far from the seeds that lessons use for their own phantoms
MEDNIST_CLASSES = ("AbdomenCT", "BreastMRI", "CXR", "ChestCT", "Hand", "HeadCT")
MEDNIST_STAND_IN = {"train": 2100, "val": 300, "test": 600}
# The share of the ill in PneumoniaMNIST's published splits.
PNEUMONIA = {"train": 3494 / 4708, "val": 389 / 524, "test": 390 / 624}

_MEDMNIST = (
    "J. Yang et al., MedMNIST v2 - A large-scale lightweight benchmark for 2D and 3D biomedical "
    "image classification, Scientific Data 10, 41 (2023)"
)
_SOURCES = {
    "pneumoniamnist": "; images: D. S. Kermany et al., Cell 172, 1122-1131 (2018)",
}
_MEDNIST = (
    "MedNIST, put together by B. J. Erickson (Mayo Clinic) from the Cancer Imaging Archive, the "
    "RSNA Bone Age Challenge and the NIH Chest X-ray dataset; archive by the MONAI project"
)


@dataclass(frozen=True)
class Entry:
    """One data set, in one size.

    Attributes:
        url, md5: the published file and its checksum.
        layouts: where the file, or a part of it, may lie in a folder that the user gives; the
            first one's last part is also its name in the cache.
        read: reads such a file.
        stand_in: draws phantoms in its place; None where there are none.
    """

    name: str
    class_names: tuple[str, ...]
    licence: str
    citation: str
    url: str
    md5: str
    layouts: tuple[str, ...]
    read: Callable[[Path], dict[str, Split]]
    stand_in: Callable[[], dict[str, Split]] | None


def names() -> list[str]:
    """All names that can be loaded."""
    return ["mednist", *_gray_sets()]


def entry(name: str, size: int | None = None) -> Entry:
    """Look up a data set; the size is the published one if it is not given.

    Raises:
        ValueError: for an unknown name or size.
    """
    if name not in names():
        raise ValueError(f"There is no data set {name!r}; there are {', '.join(names())}.")
    if size is not None and size not in SIZES:
        raise ValueError(f"Images come in the sizes {SIZES}, but size is {size!r}.")
    return _mednist(size or 64) if name == "mednist" else _medmnist(name, size or 28)


def suffix(size: int) -> str:
    """What MedMNIST appends to a name for images of this size."""
    return "" if size == 28 else f"_{size}"


@cache
def _gray_sets() -> Mapping[str, dict]:
    """The rows of the table that `authoring.medmnist_table` writes, by the name of the set."""
    return json.loads(TABLE.read_text(encoding="utf-8"))


def _medmnist(name: str, size: int) -> Entry:
    row = _gray_sets()[name]
    class_names = tuple(row["class_names"])
    counts = row["counts"]
    file = f"{name}{suffix(size)}.npz"
    return Entry(
        name=name,
        class_names=class_names,
        licence=row["licence"],
        citation=_MEDMNIST + _SOURCES.get(name, ""),
        **row["files"][str(size)],
        layouts=(f"medmnist/{file}", file),
        read=partial(archives.read_medmnist, size=size, classes=len(class_names), counts=counts),
        stand_in=partial(_chest_phantoms, size, counts) if name == "pneumoniamnist" else None,
    )


def _mednist(size: int) -> Entry:
    whole, part = "MedNIST.tar.gz", "mednist_subset.zip"
    return Entry(
        name="mednist",
        class_names=MEDNIST_CLASSES,
        licence="CC BY-SA 4.0",
        citation=_MEDNIST,
        url="https://github.com/Project-MONAI/MONAI-extra-test-data/releases/download/0.8.1/"
        + whole,
        md5="0bc7306e7427e00ad1c5526a6677552d",
        layouts=(f"mednist/{whole}", whole, f"mednist/{part}", part),
        read=partial(archives.read_mednist, size=size, class_names=MEDNIST_CLASSES),
        stand_in=partial(_modality_phantoms, size),
    )


def _chest_phantoms(size: int, counts: Mapping[str, int]) -> dict[str, Split]:
    """As many chest phantoms as there are real images, with the same share of ill patients."""
    from course_utils.data import phantoms

    return {
        split: _split(
            phantoms.chest(counts[split], size, STAND_IN_SEED + k, prevalence=PNEUMONIA[split])
        )
        for k, split in enumerate(SPLITS)
    }


def _modality_phantoms(size: int) -> dict[str, Split]:
    from course_utils.data import phantoms

    return {
        split: _split(phantoms.modalities(MEDNIST_STAND_IN[split], size, STAND_IN_SEED + k))
        for k, split in enumerate(SPLITS)
    }


def _split(truth: Phantoms) -> Split:
    return Split(truth.images, truth.labels, truth)
