"""Read published archives into arrays; nothing is unpacked to disk and nothing is executed."""

import io
import re
import tarfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from course_utils.data import progress
from course_utils.data.dataset import Split
from course_utils.errors import CourseError

SPLITS = ("train", "val", "test")
PARTS = (0.7, 0.1, 0.2)  # of each class of MedNIST, which is published without splits
FEWEST = 10  # images of a class, so that every split gets some
LARGEST = 1 << 16  # bytes of one JPEG file; MedNIST's have about 1,000

_BROKEN = (
    OSError,
    EOFError,
    ValueError,
    TypeError,  # a bare array instead of an archive of arrays
    KeyError,
    zlib.error,
    zipfile.BadZipFile,
    tarfile.TarError,
    NotImplementedError,  # a compression that zipfile does not know
    RuntimeError,  # an encrypted member
)


class WrongContentError(CourseError):
    """The file is not what it should be; the text names the file and the difference."""


def read_medmnist(
    path: Path, size: int, classes: int, counts: Mapping[str, int]
) -> dict[str, Split]:
    """Read a MedMNIST `.npz` of gray images with one label each.

    Raises:
        WrongContentError: when keys, shapes, types, counts or labels are not the published ones.
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = {
                f"{split}_{kind}": file[f"{split}_{kind}"]
                for split in SPLITS
                for kind in ("images", "labels")
            }
    except _BROKEN as error:
        raise WrongContentError(
            f"{path} should hold train, val and test images and labels as .npz, "
            f"but it cannot be read ({type(error).__name__})."
        ) from error
    splits = {}
    for split in SPLITS:
        images, labels = arrays[f"{split}_images"], arrays[f"{split}_labels"]
        n = counts[split]
        _expect(path, f"{split}_images", images, (n, size, size), np.uint8)
        _expect(path, f"{split}_labels", labels, (n, 1), np.integer)
        if labels.min() < 0 or labels.max() >= classes:
            raise WrongContentError(
                f"{path}: {split}_labels should lie between 0 and {classes - 1}, but they lie "
                f"between {labels.min()} and {labels.max()}."
            )
        splits[split] = Split(images, labels[:, 0].astype(np.int64))
    return splits


def _expect(path: Path, key: str, array: np.ndarray, shape: tuple, kind: type) -> None:
    if array.shape != shape or not np.issubdtype(array.dtype, kind):
        raise WrongContentError(
            f"{path}: {key} should have the shape {shape} and the type {kind.__name__}, but it has "
            f"the shape {array.shape} and the type {array.dtype}."
        )


def read_mednist(path: Path, size: int, class_names: Sequence[str]) -> dict[str, Split]:
    """Read MedNIST, whole (`.tar.gz`) or in part (`.zip`): folders of 64×64 JPEG files by class.

    MedNIST has no splits. Here the first 70 % of each class in the order of the file names are for
    training, the next 10 % for validation, the rest for test: neighbours, which may show the same
    patient, stay together. The classes take turns within a split.

    Raises:
        WrongContentError: when the file cannot be read, a class is missing or an image is not of
            64×64 pixels.
    """
    pattern = re.compile(rf"(?:^|/)({'|'.join(class_names)})/([^/]+)\.jpe?g$")
    found: dict[str, list[tuple[str, np.ndarray]]] = {name: [] for name in class_names}
    try:
        for member, content in _members(path, pattern):
            [(kind, number)] = pattern.findall(member)
            found[kind].append((number, _decode(path, member, content, size)))
    except _BROKEN as error:
        raise WrongContentError(
            f"{path} should be an archive of MedNIST's images, but it cannot be read "
            f"({type(error).__name__})."
        ) from error
    for kind, images in found.items():
        if len(images) < FEWEST:
            raise WrongContentError(
                f"{path} should hold at least {FEWEST} images of each of the classes "
                f"{', '.join(class_names)}, but it holds {len(images)} of {kind}."
            )
        images.sort(key=lambda pair: pair[0])
    return {split: _part(list(found.values()), index) for index, split in enumerate(SPLITS)}


def _members(path: Path, pattern: re.Pattern[str]) -> Iterator[tuple[str, bytes]]:
    """Name and content of each file in a zip or tar archive whose name fits the pattern."""

    def wanted(name: str, bytes_: int) -> bool:
        if not pattern.search(name):
            return False
        if bytes_ > LARGEST:
            raise WrongContentError(
                f"{path}: {name} should have at most {LARGEST} bytes, but it has {bytes_}."
            )
        return True

    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            infos = [info for info in archive.infolist() if wanted(info.filename, info.file_size)]
            for info in progress.track(infos, f"Reading {path.name}"):
                yield info.filename, archive.read(info)
    else:
        with tarfile.open(path, "r:gz") as packed:
            for member in progress.track(packed, f"Reading {path.name}"):
                file = packed.extractfile(member) if wanted(member.name, member.size) else None
                if file is not None:  # None for a folder
                    yield member.name, file.read()


def _decode(path: Path, member: str, content: bytes, size: int) -> np.ndarray:
    from PIL import Image

    with Image.open(io.BytesIO(content), formats=["JPEG"]) as image:
        if image.size != (64, 64):
            raise WrongContentError(f"{path}: {member} should be 64×64, but it is {image.size}.")
        gray = image.convert("L")
    if size != 64:
        gray = gray.resize((size, size), Image.Resampling.BILINEAR)
    return np.asarray(gray)


def _part(classes: list[list[tuple[str, np.ndarray]]], index: int) -> Split:
    """The images of one split, the classes mixed evenly."""
    images, labels, order = [], [], []
    for label, members in enumerate(classes):
        begin = round(len(members) * sum(PARTS[:index]))
        end = round(len(members) * sum(PARTS[: index + 1]))
        images += [image for _, image in members[begin:end]]
        labels += [label] * (end - begin)
        order.append((np.arange(end - begin) + 0.5) / (end - begin))
    mixed = np.argsort(np.concatenate(order), kind="stable")
    return Split(np.stack(images)[mixed], np.array(labels, dtype=np.int64)[mixed])
