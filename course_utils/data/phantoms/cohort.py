"""Draw a cohort: patients, their images, and the truth about each image."""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from numbers import Real
from types import SimpleNamespace

import numpy as np

from course_utils.data.phantoms import drawing, hand, sections, thorax

SIZES = (28, 64)
MOST = 1_000_000  # images in one cohort: keeps the patients' numbers of two seeds apart
CHUNK = 16  # images drawn at once: small enough for the processor's cache

# A lead "R": in radiographs it lies beside the patient's right shoulder.
LETTER = np.array(
    [[1, 1, 0], [1, 0, 1], [1, 1, 0], [1, 0, 1], [1, 0, 1]],
    dtype=bool,
)

Renderer = Callable[
    [SimpleNamespace, SimpleNamespace, int, np.random.Generator], tuple[np.ndarray, np.ndarray]
]
_SUBJECTS: Mapping[str, tuple[dict, dict, Renderer]] = {
    "AbdomenCT": (sections.ABDOMEN, sections.SCAN, sections.abdomen),
    "BreastMRI": (sections.BREAST, sections.SCAN, sections.breast),
    "CXR": (thorax.ADULT_ANATOMY, thorax.ADULT_EXPOSURE, thorax.render),
    "ChestCT": (sections.CHEST, sections.SCAN, sections.chest),
    "Hand": (hand.ANATOMY, hand.EXPOSURE, hand.render),
    "HeadCT": (sections.HEAD, sections.HEAD_SCAN, sections.head),
}
MODALITIES = tuple(_SUBJECTS)


@dataclass(frozen=True, repr=False)
class Phantoms:
    """Synthetic images and what is true about them; row i of every array is image i.

    Attributes:
        images: (n, size, size), uint8, gray.
        labels: (n,), int64, the class's number.
        masks: (n, size, size), bool, where the lesion is; empty in a healthy image.
        marker_masks: (n, size, size), bool, where the corner marker is; empty without one.
        patients: (n,), int64; one patient has several images. Different seeds, different patients.
        class_names: the name of each label.
    """

    images: np.ndarray
    labels: np.ndarray
    masks: np.ndarray
    marker_masks: np.ndarray
    patients: np.ndarray
    class_names: tuple[str, ...]

    @property
    def markers(self) -> np.ndarray:
        """(n,), bool: which images show the corner marker."""
        return np.asarray(self.marker_masks.any(axis=(1, 2)))

    def __len__(self) -> int:
        return len(self.images)

    def __getitem__(self, rows: slice | np.ndarray) -> "Phantoms":
        """The chosen rows: a slice, an array of indices or a boolean array."""
        if isinstance(rows, int | np.integer):
            raise TypeError(f"Choose rows by a slice or an array, not by the number {rows}.")
        arrays = {f.name: getattr(self, f.name) for f in fields(self)[:-1]}
        return Phantoms(**{k: v[rows] for k, v in arrays.items()}, class_names=self.class_names)

    def __repr__(self) -> str:
        shape = "×".join(str(side) for side in self.images.shape[1:])
        people = len(np.unique(self.patients))
        return f"Phantoms: {len(self)} synthetic images of {shape} from {people} invented patients"


def chest(
    n: int = 200,
    size: int = 64,
    seed: int = 0,
    marker: float | None = None,
    prevalence: float = 0.5,
) -> Phantoms:
    """Chest X-ray phantoms: label 0 is normal, label 1 has one to three opacities in the lungs.

    Every patient is either ill or healthy, in all of his or her one to four images.

    Args:
        n: number of images.
        size: side in pixels, 28 or 64.
        seed: the same seed gives the same bytes.
        marker: None for no marker; else the probability, 0 to 1, that a lead letter in the corner
            agrees with the label (it agrees when exactly the ill have it). The images are the same
            for every value, but for the letter.
        prevalence: the share of the patients who are ill, 0 to 1.

    Raises:
        TypeError: when n, size or seed is not a whole number.
        ValueError: for a value outside its range.
    """
    n, size, seed = _checked(n, size, seed)
    _check_share("prevalence", prevalence)
    if marker is not None:
        _check_share("marker", marker)
    patients, rank = _cohort(n, seed)
    count = len(rank)
    ill = rank < int(np.floor(count * prevalence + 0.5))
    labels = ill[patients].astype(np.int64)

    rng = drawing.generator(seed, 1)
    body = drawing.draw(rng, count, thorax.ANATOMY)
    shot = drawing.draw(rng, n, thorax.EXPOSURE)
    shot.severity *= labels[:, None, None].astype(np.float32)
    images, masks = _paint(thorax.render, drawing.take(body, patients), shot, size, rng)

    marker_masks = np.zeros(images.shape, dtype=bool)
    if marker is not None:
        rng = drawing.generator(seed, 2)
        agrees = rng.random(n) < marker
        marker_masks = _letters(rng, (labels == 1) == agrees, size)
        images[marker_masks] = 245
    names = ("normal", "opacity")
    return Phantoms(images, labels, masks, marker_masks, _numbered(patients, seed), names)


def modalities(n: int = 200, size: int = 64, seed: int = 0) -> Phantoms:
    """Phantoms of six kinds of medical images, named as in MedNIST (`MODALITIES`), without lesions.

    Every patient was examined in one way only.

    Args:
        n: number of images.
        size: side in pixels, 28 or 64.
        seed: the same seed gives the same bytes.

    Raises:
        TypeError: when n, size or seed is not a whole number.
        ValueError: for a value outside its range.
    """
    n, size, seed = _checked(n, size, seed)
    patients, rank = _cohort(n, seed)
    labels = (rank % len(MODALITIES))[patients]
    images = np.zeros((n, size, size), dtype=np.uint8)
    for label, (anatomy, exposure, render) in enumerate(_SUBJECTS.values()):
        rows = np.flatnonzero(labels == label)
        if not len(rows):
            continue
        rng = drawing.generator(seed, 3, label)
        body = drawing.take(drawing.draw(rng, len(rank), anatomy), patients[rows])
        shot = drawing.draw(rng, len(rows), exposure)
        images[rows], _ = _paint(render, body, shot, size, rng)
    empty = np.zeros(images.shape, dtype=bool)
    return Phantoms(images, labels, empty, empty.copy(), _numbered(patients, seed), MODALITIES)


def _checked(n: int, size: int, seed: int) -> tuple[int, int, int]:
    """The three as Python integers, or an exception that says what is wrong."""
    whole = {}
    for name, value in (("n", n), ("size", size), ("seed", seed)):
        try:
            whole[name] = operator.index(value)
        except TypeError:
            raise TypeError(f"{name} must be a whole number, but it is {value!r}.") from None
    n, size, seed = whole.values()
    if not 1 <= n <= MOST:
        raise ValueError(f"n, the number of images, must be from 1 to {MOST}, but it is {n}.")
    if size not in SIZES:
        raise ValueError(f"Phantoms exist in the sizes {SIZES}, but size is {size}.")
    if not 0 <= seed < 2**32:
        raise ValueError(f"seed must be from 0 to 2**32 - 1, but it is {seed}.")
    return n, size, seed


def _check_share(name: str, value: float) -> None:
    if not isinstance(value, Real):
        raise TypeError(f"{name} must be a number from 0 to 1, but it is {value!r}.")
    if not 0 <= value <= 1:
        raise ValueError(f"{name} must be from 0 to 1, but it is {value!r}.")


def _cohort(n: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Each image's patient, from 0, in mixed order; and a random rank of each patient."""
    rng = drawing.generator(seed, 0)
    images_each = 1 + (4 * rng.random(n)).astype(np.int64)
    patients = np.repeat(np.arange(n), images_each)[:n]
    rank = np.argsort(np.argsort(rng.random(patients[-1] + 1)))
    return patients[np.argsort(rng.random(n))], rank


def _numbered(patients: np.ndarray, seed: int) -> np.ndarray:
    """Patient numbers that no other seed uses."""
    return patients.astype(np.int64) + seed * MOST


def _paint(
    render: Renderer,
    body: SimpleNamespace,
    shot: SimpleNamespace,
    size: int,
    rng: np.random.Generator,
) -> tuple[np.ndarray, np.ndarray]:
    """Draw all images chunk by chunk: uint8 images and boolean masks (n, size, size)."""
    n = len(shot.zoom)
    images, masks = np.empty((n, size, size), np.uint8), np.empty((n, size, size), bool)
    for start in range(0, n, CHUNK):
        rows = slice(start, start + CHUNK)
        drawn, masks[rows] = render(drawing.take(body, rows), drawing.take(shot, rows), size, rng)
        images[rows] = drawing.to_bytes(drawn)
    return images, masks


def _letters(rng: np.random.Generator, shown: np.ndarray, size: int) -> np.ndarray:
    """Masks (n, size, size) of a letter near the upper left corner, where `shown`."""
    scale = size // 28
    letter = LETTER.repeat(scale, axis=0).repeat(scale, axis=1)
    height, width = letter.shape
    masks = np.zeros((len(shown), size, size), dtype=bool)
    corners = scale + (3 * scale * rng.random((len(shown), 2))).astype(np.int64)
    for row in np.flatnonzero(shown):
        top, left = corners[row]
        masks[row, top : top + height, left : left + width] = letter
    return masks
