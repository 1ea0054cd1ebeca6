"""A split that keeps every patient whole: judged by what must hold, since it is drawn."""

from collections.abc import Iterator, Sequence

import numpy as np

from course_utils.checks.core import Call, Exercise, Misconception, ValueCase, call
from course_utils.checks.core.calls import Unusable
from course_utils.checks.core.rules import NUMPY_NOT_SKLEARN

Seen = dict[str, int | bool | None]


def _look(student, patient_ids: np.ndarray, fractions: Sequence[float], seed: int = 0) -> Seen:
    """What holds for the parts; a part is an array, so that they travel as plain data."""
    parts = _parts(student, patient_ids, fractions, seed)
    again = _parts(student, patient_ids, fractions, seed)
    other = _parts(student, patient_ids, fractions, seed + 1)
    n = len(patient_ids)
    fit = all(part.size == 0 or (part.min() >= 0 and part.max() < n) for part in parts)
    people = [set(patient_ids[part].tolist()) for part in parts] if fit else []
    whole = fit and sum(map(len, people)) == len(set().union(*people)) if people else fit
    return {
        "parts": len(parts),
        "they hold positions in patient_ids": fit,
        "every image is in exactly one part": _same(np.sort(np.concatenate(parts)), np.arange(n)),
        "no patient is in two parts": whole if fit else None,
        "each part has its share of the patients": _shares(people, patient_ids, fractions, whole),
        "the same generator gives the same split": all(map(_alike, parts, again)),
        "another generator gives another split": not all(map(_alike, parts, other)),
    }


def _parts(student, patient_ids, fractions, seed: int) -> list[np.ndarray]:
    given = student(patient_ids.copy(), fractions, np.random.default_rng(seed))
    if not isinstance(given, list | tuple) or not given:
        raise Unusable("expected a list or tuple of index arrays, one for each fraction")
    parts = [np.asarray(part) for part in given]
    if any(part.ndim != 1 or (part.size and part.dtype.kind not in "iu") for part in parts):
        raise Unusable("every part must be a one-dimensional array of whole numbers (indices)")
    return [part.astype(np.int64) for part in parts]


def _shares(people, patient_ids, fractions, whole: bool) -> bool | None:
    """Within one patient; not asked where patients are torn apart."""
    if not whole or len(people) != len(fractions):
        return None
    everybody = len(np.unique(patient_ids))
    wanted = [fraction * everybody for fraction in fractions]
    return all(abs(len(part) - want) <= 1 + 1e-9 for part, want in zip(people, wanted, strict=True))


def _same(a: np.ndarray, b: np.ndarray) -> bool:
    return a.shape == b.shape and bool((a == b).all())


def _alike(a: np.ndarray, b: np.ndarray) -> bool:
    """The same images, in whatever order."""
    return _same(np.sort(a), np.sort(b))


def _seen(
    parts: int = 0,
    fit: bool = True,
    once: bool = True,
    whole: bool | None = True,
    share: bool | None = True,
    same: bool = True,
    another: bool = True,
):
    """What is seen of a right split, or of a wrong one."""

    def computes(patient_ids, fractions, seed=0) -> Seen:
        return {
            "parts": parts or len(fractions),
            "they hold positions in patient_ids": fit,
            "every image is in exactly one part": once,
            "no patient is in two parts": whole,
            "each part has its share of the patients": share,
            "the same generator gives the same split": same,
            "another generator gives another split": another,
        }

    return computes


def _ids(rng: np.random.Generator, patients: int, most: int) -> np.ndarray:
    """Patients with one to `most` images each, in mixed order, numbered as clinics do."""
    numbers = 1000 + rng.permutation(5 * patients)[:patients]
    return rng.permutation(np.repeat(numbers, rng.integers(1, most + 1, patients)))


def _clinics(rng: np.random.Generator) -> Iterator[Call]:
    for fractions in ((0.5, 0.5), (0.7, 0.15, 0.15), (0.4, 0.3, 0.2, 0.1)):
        ids = _ids(rng, int(rng.integers(40, 60)), 5)
        yield call(ids, fractions, seed=int(rng.integers(1000)))


_RNG = np.random.default_rng(5)

split_by_patient = Exercise(
    name="split_by_patient",
    points=3,
    oracle=_seen(),
    observe=_look,
    rules=(NUMPY_NOT_SKLEARN,),
    cases=(
        ValueCase(
            "forty patients, up to four images each", call(_ids(_RNG, 40, 4), (0.6, 0.2, 0.2))
        ),
        ValueCase(
            "a number that does not divide", call(_ids(_RNG, 37, 3), (0.6, 0.2, 0.2), seed=3)
        ),
        ValueCase(
            "one patient has half of all images",
            call(np.concatenate([np.full(60, 9000), _ids(_RNG, 30, 3)]), (0.7, 0.3), seed=2),
        ),
        ValueCase("one image a patient", call(_ids(_RNG, 50, 1), (0.8, 0.2), seed=1)),
        ValueCase("other clinics and fractions", _clinics),
    ),
    misconceptions=(
        Misconception(
            "split by image",
            "Patients of yours are in two parts: the network would be tested on people it has "
            "seen. Draw the patients, then take all images of each.",
            _seen(whole=False, share=None),
        ),
        Misconception(
            "images left over",
            "Some images are in no part, or in two. The last part takes what is left after "
            "rounding.",
            _seen(once=False),
        ),
        Misconception(
            "patients for positions",
            "Your parts hold the patients' numbers. They should hold positions in patient_ids, "
            "so that images[part] works.",
            _seen(fit=False, once=False, whole=None, share=None),
        ),
        Misconception(
            "not shuffled",
            "Your split is always the same, whatever the generator. Patients are often numbered "
            "by clinic or by date: shuffle them with rng.",
            _seen(another=False),
        ),
        Misconception(
            "another source of chance",
            "Your split is another one every time, even with the same generator. Draw from rng "
            "only: a split must be repeatable.",
            _seen(same=False),
        ),
        Misconception(
            "shares of the images",
            "Your parts do not have their shares of the patients. The fractions count patients, "
            "not images.",
            _seen(share=False),
        ),
    ),
)
