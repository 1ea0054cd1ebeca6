"""A split that keeps every patient whole: judged by what must hold, since it is drawn."""

from collections.abc import Callable, Iterable, Iterator, Sequence, Sized

import numpy as np

from course_utils.checks.core import Call, Exercise, Misconception, ValueCase, call
from course_utils.checks.core.calls import Unusable
from course_utils.checks.core.rules import NUMPY_NOT_SKLEARN
from course_utils.checks.core.values import kind_of

Seen = dict[str, int | bool | str]
_NOT_ASKED = "cannot be said"
_YES, _THOSE_OF_THE_IMAGES = "yes", "no, its share of the images"
_FEW = 12


def _look(
    student: Callable, patient_ids: np.ndarray, fractions: Sequence[float], seed: int = 0
) -> Seen:
    """What holds for the parts; a part is an array, so that they travel as plain data."""
    n = len(patient_ids)
    often = range(12 if n < _FEW else 2)  # a few patients are often drawn alike
    parts = _parts(student, patient_ids, fractions, seed)
    again = [_parts(student, patient_ids, fractions, seed) for _ in often]
    others = [_parts(student, patient_ids, fractions, seed + 1 + k) for k in often]
    fit = all(part.size == 0 or (part.min() >= 0 and part.max() < n) for part in parts)
    people = [set(patient_ids[part].tolist()) for part in parts] if fit else []
    whole = sum(map(len, people)) == len(set().union(*people)) if fit else _NOT_ASKED
    return {
        "parts": len(parts),
        "they hold positions in patient_ids": fit,
        "every image is in exactly one part": _same(np.sort(np.concatenate(parts)), np.arange(n)),
        "no patient is in two parts": whole,
        "each part has its share of the patients": (
            _shares(parts, people, patient_ids, fractions) if whole is True else _NOT_ASKED
        ),
        "the same generator gives the same split": _all_alike(parts, again),
        "another generator gives another split": not _all_alike(parts, others),
    }


def _parts(
    student: Callable, patient_ids: np.ndarray, fractions: Sequence[float], seed: int
) -> list[np.ndarray]:
    mine = patient_ids.copy()
    given = student(mine, fractions, np.random.default_rng(seed))
    if not np.array_equal(mine, patient_ids):
        raise Unusable("the function changes patient_ids: shuffle a copy")
    if not isinstance(given, list | tuple) or not given:
        raise Unusable("expected a list or tuple of index arrays, one for each fraction")
    for part in given:
        if type(part) is not np.ndarray or part.ndim != 1 or part.dtype.kind not in "iu":
            raise Unusable(
                "every part must be a one-dimensional NumPy array of whole numbers (indices), "
                f"but one is {_kind(part)}"
            )
    return [part.astype(np.int64) for part in given]


def _kind(part: object) -> str:
    if isinstance(part, np.ndarray):
        return f"an array of shape {part.shape} and dtype {part.dtype}"
    return kind_of(part)


def _shares(
    parts: Sequence[np.ndarray],
    people: Sequence[set],
    patient_ids: np.ndarray,
    fractions: Sequence[float],
) -> str:
    """Whether the parts have their shares of the patients, up to one; if not, what they have.

    Shares of the images are only told where a patient with many of them rules out a coincidence.
    """
    if len(parts) != len(fractions):
        return _NOT_ASKED
    _, images = np.unique(patient_ids, return_counts=True)
    if _off(people, len(images), fractions) <= 1:
        return _YES
    if _dominated(patient_ids) and _off(parts, len(patient_ids), fractions) <= images.max():
        return _THOSE_OF_THE_IMAGES
    return f"no, one is {_off(people, len(images), fractions):.1f} patients off"


def _off(parts: Iterable[Sized], total: int, fractions: Sequence[float]) -> float:
    """By how much the size of a part differs at most from its share."""
    shares = (fraction * total for fraction in fractions)
    off = max(abs(len(part) - share) for part, share in zip(parts, shares, strict=True))
    return round(off, 9)


def _dominated(patient_ids: np.ndarray) -> bool:
    """Whether one patient has a third of the images or more."""
    n = len(patient_ids)
    return n >= _FEW and np.unique(patient_ids, return_counts=True)[1].max() >= n / 3


def _same(a: np.ndarray, b: np.ndarray) -> bool:
    return a.shape == b.shape and bool((a == b).all())


def _all_alike(parts: Sequence[np.ndarray], others: Iterable[Sequence[np.ndarray]]) -> bool:
    """The same images in each part, in whatever order."""
    return all(
        len(parts) == len(other)
        and all(_same(np.sort(a), np.sort(b)) for a, b in zip(parts, other, strict=True))
        for other in others
    )


def _seen(**other: bool | str) -> Callable[..., Seen]:
    """What is seen of a right split, with some of it otherwise."""

    def computes(patient_ids: np.ndarray, fractions: Sequence[float], seed: int = 0) -> Seen:
        right: Seen = {
            "parts": len(fractions),
            "they hold positions in patient_ids": True,
            "every image is in exactly one part": True,
            "no patient is in two parts": True,
            "each part has its share of the patients": _YES,
            "the same generator gives the same split": True,
            "another generator gives another split": True,
        }
        return right | {_FACTS[name]: value for name, value in other.items()}

    return computes


_FACTS = {
    "fit": "they hold positions in patient_ids",
    "once": "every image is in exactly one part",
    "whole": "no patient is in two parts",
    "shares": "each part has its share of the patients",
    "same": "the same generator gives the same split",
    "another": "another generator gives another split",
}


def _by_image(patient_ids: np.ndarray, fractions: Sequence[float], seed: int = 0) -> Seen:
    """Images are drawn: nobody is torn apart where each has one image, or by chance a few."""
    _, images = np.unique(patient_ids, return_counts=True)
    if images.max() == 1:
        return _seen()(patient_ids, fractions)
    if len(patient_ids) < _FEW:
        raise ValueError("too few patients to say what chance does")
    return _seen(whole=False, shares=_NOT_ASKED)(patient_ids, fractions)


def _by_number_of_images(
    patient_ids: np.ndarray, fractions: Sequence[float], seed: int = 0
) -> Seen:
    """Whole patients, until a part has its share of the images."""
    if not _dominated(patient_ids):
        raise ValueError("the shares of patients may well be met by chance")
    return _seen(shares=_THOSE_OF_THE_IMAGES)(patient_ids, fractions)


def _ids(rng: np.random.Generator, patients: int, most: int) -> np.ndarray:
    """Patients with one to `most` images each, in mixed order, numbered as clinics do."""
    numbers = 1000 + rng.permutation(5 * patients)[:patients]
    return rng.permutation(np.repeat(numbers, rng.integers(1, most + 1, patients)))


def _clinics(rng: np.random.Generator) -> Iterator[Call]:
    for fractions in ((0.5, 0.5), (0.7, 0.15, 0.15), [0.4, 0.3, 0.2, 0.1]):
        ids = _ids(rng, int(rng.integers(40, 60)), 5)
        yield call(ids, fractions, seed=int(rng.integers(1000)))


_RNG = np.random.default_rng(5)
_FOUR = np.array([7, 7, 9, 4])
_CODED = np.array([-5, 50000, 3, 50000, -5, 0, 8, 3, 21, 50000, 4])

split_by_patient = Exercise(
    name="split_by_patient",
    points=3,
    oracle=_seen(),
    observe=_look,
    rules=(NUMPY_NOT_SKLEARN,),
    learned="You can now split images so that no patient is in two parts, and repeat the split.",
    cases=(
        ValueCase("the worked example: three patients", call(_FOUR, (2 / 3, 1 / 3))),
        ValueCase(
            "forty patients, up to four images each", call(_ids(_RNG, 40, 4), (0.6, 0.2, 0.2))
        ),
        ValueCase(
            "a number that does not divide",
            (
                call(_ids(_RNG, 37, 3), (0.6, 0.2, 0.2), seed=3),
                call(_ids(_RNG, 49, 2), [0.4, 0.3, 0.2, 0.1], seed=4),
            ),
        ),
        ValueCase(
            "one patient has half of all images",
            (
                call(np.concatenate([np.full(60, 9000), _ids(_RNG, 30, 3)]), (0.7, 0.3), seed=2),
                call(np.concatenate([_ids(_RNG, 24, 3), np.full(50, 77)]), (0.6, 0.4), seed=6),
            ),
        ),
        ValueCase("one image a patient", call(_ids(_RNG, 50, 1), (0.8, 0.2), seed=1)),
        ValueCase("negative and large numbers", call(_CODED, (0.5, 0.5), seed=5)),
        ValueCase("other clinics and fractions", _clinics, steady=0),
    ),
    misconceptions=(
        Misconception(
            "split by image",
            "Patients of yours are in two parts: the network would be tested on people it has "
            "seen.",
            _by_image,
            look="Draw the patients, then take all images of each.",
        ),
        Misconception(
            "images left over",
            "Some images are in no part, or in two.",
            _seen(once=False),
            look="The last part takes what is left after rounding.",
        ),
        Misconception(
            "patients for positions",
            "Your parts hold numbers that are no positions in patient_ids.",
            _seen(fit=False, once=False, whole=_NOT_ASKED, shares=_NOT_ASKED),
            look="The parts shall hold positions, so that images[part] works, and not the "
            "patients' numbers.",
        ),
        Misconception(
            "not shuffled",
            "Your split is always the same, whatever the generator. Patients are often numbered "
            "by clinic or by date.",
            _seen(another=False),
            look="Shuffle the patients with rng.",
        ),
        Misconception(
            "another source of chance",
            "Your split is another one in a second call, although the generator is the same.",
            _seen(same=False),
            look="Draw from rng only: a split must be repeatable.",
        ),
        Misconception(
            "shares of the images",
            "Your parts have their shares of the images. The fractions count patients.",
            _by_number_of_images,
            look="Cut the list of shuffled patients, however many images each has.",
        ),
    ),
)
