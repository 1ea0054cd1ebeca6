"""Folds that keep every patient whole: judged by what must hold, since they are drawn."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from course_utils.checks.core import Call, Exercise, Misconception, ValueCase, call
from course_utils.checks.core.calls import Unusable
from course_utils.checks.core.rules import NUMPY_NOT_SKLEARN
from course_utils.checks.regularization.shared import in_a_word

Facts = dict[str, int | bool | str]

_FEW = 20
"""Patients below which chance may do anything."""

_COUNT, _FIT, _ONCE = "folds", "they hold positions in patients", "every film is in exactly one"
_WHOLE, _NUMBERS = "no patient is in two folds", "the numbers of patients differ"
_SAME, _ANOTHER = "the same rng gives the same folds", "another rng gives other folds"
_BY_ONE, _REST, _MORE = "by 1 at most", "the last fold takes the rest", "by more than 1"
_NOT_ASKED = "cannot be said"


def _facts(student: Callable, patients: np.ndarray, k: int, seed: int) -> Facts:
    n = len(patients)
    often = range(12 if len(np.unique(patients)) < _FEW else 2)  # a few are often drawn alike
    folds = _folds(student, patients, k, seed)
    again = [_folds(student, patients, k, seed) for _ in often]
    others = [_folds(student, patients, k, seed + 1 + shift) for shift in often]
    fit = all(fold.size == 0 or (fold.min() >= 0 and fold.max() < n) for fold in folds)
    people = [set(patients[fold].tolist()) for fold in folds] if fit else []
    whole = sum(map(len, people)) == len(set().union(*people)) if fit else _NOT_ASKED
    return {
        _COUNT: len(folds),
        _FIT: fit,
        _ONCE: np.array_equal(np.sort(np.concatenate(folds)), np.arange(n)),
        _WHOLE: whole,
        _NUMBERS: _numbers([len(group) for group in people]) if whole is True else _NOT_ASKED,
        _SAME: all(_alike(folds, other) for other in again),
        _ANOTHER: not all(_alike(folds, other) for other in others),
    }


def _folds(student: Callable, patients: np.ndarray, k: int, seed: int) -> list[np.ndarray]:
    mine = patients.copy()
    given = student(mine, k, np.random.default_rng(seed))
    if not np.array_equal(mine, patients):
        raise Unusable("the function changes patients: shuffle a copy")
    if type(given) not in (list, tuple) or not given:
        raise Unusable(f"expected a list of k arrays, got {in_a_word(given)}")
    for fold in given:
        if type(fold) is not np.ndarray or fold.ndim != 1 or fold.dtype.kind not in "iu":
            raise Unusable(
                "every fold must be a one-dimensional NumPy array of whole numbers (positions), "
                f"but one is {in_a_word(fold)}"
            )
    return [fold.astype(np.int64) for fold in given]


def _numbers(counts: Sequence[int]) -> str:
    """How the folds' numbers of patients differ."""
    if max(counts) - min(counts) <= 1:
        return _BY_ONE
    *firsts, last = counts
    return _REST if len({*firsts, sum(counts) // len(counts)}) == 1 < last else _MORE


def _alike(folds: Sequence[np.ndarray], others: Sequence[np.ndarray]) -> bool:
    """The same films in each fold, in whatever order."""
    return len(folds) == len(others) and all(
        np.array_equal(np.sort(one), np.sort(other))
        for one, other in zip(folds, others, strict=True)
    )


def _truth(patients: np.ndarray, k: int, seed: int) -> Facts:
    """What holds for scikit-learn's `GroupKFold` with shuffled patients."""
    facts: Facts = dict.fromkeys((_FIT, _ONCE, _WHOLE, _SAME, _ANOTHER), True)
    facts.update({_COUNT: k, _NUMBERS: _BY_ONE})
    return facts


def _but(facts: Facts, enough: Callable[[np.ndarray, int], bool] | None = None) -> Callable:
    """The truth with other facts, where the patients are `enough` to tell."""

    def computes(patients: np.ndarray, k: int, seed: int) -> Facts:
        if enough is not None and not enough(patients, k):
            raise ValueError("chance may do anything with these patients")
        return _truth(patients, k, seed) | facts

    return computes


def _many_films(patients: np.ndarray, k: int) -> bool:
    people = len(np.unique(patients))
    return people >= _FEW and len(patients) > 1.5 * people


def _one_dominates(patients: np.ndarray, k: int) -> bool:
    """One of many patients has more films than a fold: by films, he is there alone."""
    _, films = np.unique(patients, return_counts=True)
    return len(films) >= _FEW and bool(films.max() > len(patients) / k)


def _drop_the_rest(patients: np.ndarray, k: int, seed: int) -> Facts:
    """Folds of equal size, and nobody in the rest."""
    return _truth(patients, k, seed) | {_ONCE: len(np.unique(patients)) % k == 0}


def _rest_to_the_last(patients: np.ndarray, k: int, seed: int) -> Facts:
    rest = len(np.unique(patients)) % k
    return _truth(patients, k, seed) | {_NUMBERS: _REST if rest > 1 else _BY_ONE}


def _ids(rng: np.random.Generator, people: int, most: int) -> np.ndarray:
    """Patients with one to `most` films each, in mixed order, numbered as clinics do."""
    numbers = 1000 + rng.permutation(5 * people)[:people]
    return rng.permutation(np.repeat(numbers, rng.integers(1, most + 1, people)))


def _with_one(rng: np.random.Generator, people: int, films: int) -> np.ndarray:
    """The same, and one patient who has as many films as all the others together, or more."""
    return rng.permutation(np.concatenate([_ids(rng, people - 1, 3), np.full(films, 77)]))


def _clinics(rng: np.random.Generator) -> Iterator[Call]:
    for k in (3, 5, 7):
        people = k * int(rng.integers(6, 9)) + int(rng.integers(2, k))
        yield call(_ids(rng, people, 5), k, int(rng.integers(1000)))


_RNG = np.random.default_rng(8)

grouped_folds = Exercise(
    name="grouped_folds",
    points=3,
    oracle=_truth,
    observe=_facts,
    rules=(NUMPY_NOT_SKLEARN,),
    learned="You can now cross-validate without meeting a patient of the training set again.",
    cases=(
        ValueCase(
            "the worked example: three patients in two folds",
            call(np.array([7, 7, 9, 4]), 2, 0),
        ),
        ValueCase(
            "numbers that divide", (call(_ids(_RNG, 40, 4), 5, 1), call(_ids(_RNG, 36, 3), 3, 2))
        ),
        ValueCase(
            "numbers that do not divide",
            (
                call(_ids(_RNG, 38, 4), 5, 3),
                call(_ids(_RNG, 39, 3), 4, 4),
                call(_ids(_RNG, 47, 2), 10, 5),
            ),
            weight=2,
        ),
        ValueCase(
            "one patient has most of the films",
            (call(_with_one(_RNG, 30, 80), 5, 6), call(_with_one(_RNG, 24, 50), 3, 7)),
        ),
        ValueCase("one film a patient", call(_ids(_RNG, 50, 1), 4, 8)),
        ValueCase(
            "as many folds as patients, and negative numbers",
            (
                call(_ids(_RNG, 6, 3), 6, 9),
                call(np.array([-5, 50000, 3, 50000, -5, 0, 8, 3, 21, 50000, 4]), 3, 10),
            ),
        ),
        ValueCase("other clinics", _clinics, steady=0),
    ),
    misconceptions=(
        Misconception(
            "folds of films",
            "Patients of yours are in two folds: a model would be validated on people it has seen.",
            _but({_WHOLE: False, _NUMBERS: _NOT_ASKED}, _many_films),
            look="Share out the patients, then take all films of each.",
        ),
        Misconception(
            "patients for positions",
            "Your folds hold numbers that are no positions in `patients`.",
            _but({_FIT: False, _ONCE: False, _WHOLE: _NOT_ASKED, _NUMBERS: _NOT_ASKED}),
            look="The folds hold positions, so that images[fold] works, and not the patients' "
            "numbers.",
        ),
        Misconception(
            "balanced by films",
            "Your folds have about the same number of films. Their numbers of patients shall be "
            "equal, up to 1.",
            _but({_NUMBERS: _MORE}, _one_dominates),
            look="Cut the list of shuffled patients, however many films each has.",
        ),
        Misconception(
            "the rest to the last fold",
            "Your last fold takes all that is left after the division.",
            _rest_to_the_last,
            look="Give the patients that are left to one fold each.",
        ),
        Misconception(
            "the rest left out",
            "Patients that are left after the division are in no fold of yours.",
            _drop_the_rest,
            look="Give the patients that are left to one fold each.",
        ),
        Misconception(
            "not shuffled",
            "Your folds are the same for every rng. Patients are often numbered by clinic or by "
            "date.",
            _but({_ANOTHER: False}),
            look="Shuffle the patients with rng.",
        ),
        Misconception(
            "another source of chance",
            "The same rng gave other folds: the validation could not be repeated.",
            _but({_SAME: False}),
            look="Use rng for all that is random.",
        ),
    ),
)
