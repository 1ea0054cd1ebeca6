"""Dropout, judged by how often elements fall, together or alone, and what the others become."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from course_utils.checks.core import (
    Call,
    ErrorCase,
    Exercise,
    Misconception,
    PropertyCase,
    ValueCase,
    call,
)
from course_utils.checks.core.calls import Unusable
from course_utils.checks.core.compare import agree
from course_utils.checks.core.transforms import changed
from course_utils.checks.regularization.shared import NUMPY_NOT_TORCH, in_a_word

Facts = dict[str, Any]

FEW, CALLS = 8, 400
"""Arrays up to so many elements are dropped so often: then each result has come that may come."""

TOLERANCE = 0.013
"""Of a share: in 50,000 elements it strays by 0.0022 (one standard deviation, p = 0.5)."""

_SHARE, _FACTOR, _ALONE = "share of zeros", "what is kept is multiplied by", "elements fall"
_ROW, _COLUMN = "neighbours in a row that are both zero", "neighbours in a column"
_VALUES, _COUNTS = "values of each element", "numbers of zeros"
_SAME, _ANEW = "the same rng gives the same result", "another call drops others"
_NOT_ASKED = "cannot be said"


def _facts(student: Callable, x: np.ndarray, p: float, training: bool, seed: int) -> Facts:
    """What is true of the results, however they were drawn."""
    few = x.size <= FEW
    results = _dropped(student, x, p, training, seed, CALLS if few else 2)
    again = _dropped(student, x, p, training, seed, 20 if few else 1)
    facts = {_SAME: np.array_equal(results[: len(again)], again)}
    return facts | (_possible(np.stack(results)) if few else _shares(x, *results))


def _dropped(
    student: Callable, x: np.ndarray, p: float, training: bool, seed: int, calls: int
) -> list[np.ndarray]:
    """What some calls with one generator give."""
    rng = np.random.default_rng(seed)
    results = []
    for _ in range(calls):
        found = student(x, p, rng, training)
        if type(found) is not np.ndarray or found.shape != x.shape or found.dtype.kind != "f":
            raise Unusable(f"expected a float array of shape {x.shape}, got {in_a_word(found)}")
        results.append(found.astype(np.float64))
    return results


def _possible(results: np.ndarray) -> Facts:
    """All that has come in many calls."""
    flat = results.reshape(len(results), -1)
    return {
        _VALUES: [np.unique(np.round(column, 6)).tolist() for column in flat.T],
        _COUNTS: np.unique((flat == 0).sum(1)).tolist(),
    }


def _shares(x: np.ndarray, result: np.ndarray, other: np.ndarray) -> Facts:
    zeros = result.reshape(len(x), -1) == 0
    alone = "each by itself"
    if 0 < zeros.mean() < 1:
        alone = "whole rows together" if (zeros == zeros[:, :1]).all() else alone
        alone = "whole columns together" if (zeros == zeros[:1]).all() else alone
    kept = (result / x)[result != 0]
    one = not kept.size or np.ptp(kept) < 1e-3 * abs(kept[0])
    facts: Facts = {
        _ALONE: alone,
        _FACTOR: float(kept.mean()) if one and kept.size else _NOT_ASKED,
        _ANEW: not np.array_equal(result, other),
    }
    if alone != "each by itself":
        return facts | dict.fromkeys((_SHARE, _ROW, _COLUMN), _NOT_ASKED)
    return facts | {
        _SHARE: float(zeros.mean()),
        _ROW: float((zeros[:, 1:] & zeros[:, :-1]).mean()),
        _COLUMN: float((zeros[1:] & zeros[:-1]).mean()),
    }


def _expected(x: np.ndarray, p: float, training: bool, share: float, factor: float) -> Facts:
    """Of elements that fall each by itself with a probability."""
    if x.size <= FEW:
        both = {0.0} if share else set()
        values = [sorted(both | {round(factor * number, 6)}) for number in x.ravel().tolist()]
        return {_SAME: True, _VALUES: values, _COUNTS: list(range(x.size + 1 if share else 1))}
    return {
        _SAME: True,
        _ALONE: "each by itself",
        _FACTOR: factor,
        _ANEW: share > 0,
        _SHARE: share,
        _ROW: share**2,
        _COLUMN: share**2,
    }


Rule = Callable[[float], tuple[float, float]]
"""From p to the share of zeros, and what the others are multiplied by."""


def _nothing(p: float) -> tuple[float, float]:
    return 0.0, 1.0


def _by(
    in_training: Rule = lambda p: (p, 1 / (1 - p)), in_evaluation: Rule = _nothing
) -> Callable[..., Facts]:
    def computes(x: np.ndarray, p: float, training: bool, seed: int) -> Facts:
        return _expected(x, p, training, *(in_training if training else in_evaluation)(p))

    return computes


_truth = _by()


def _but(large: Facts, few: Callable[[np.ndarray, float], Facts] | None = None) -> Callable:
    """The truth with other facts where something is dropped; `few`: those of a few elements."""

    def computes(x: np.ndarray, p: float, training: bool, seed: int) -> Facts:
        facts = _truth(x, p, training, seed)
        if not (training and p):
            return facts
        if x.size > FEW:
            return facts | large
        if few is None:
            raise ValueError("what comes of few elements depends on more than the idea")
        return facts | few(x, p)

    return computes


def _together(alone: str) -> Callable[..., Facts]:
    return _but({_ALONE: alone} | dict.fromkeys((_SHARE, _ROW, _COLUMN), _NOT_ASKED))


def _fixed_number(x: np.ndarray, p: float) -> Facts:
    if p * x.size % 1:
        raise ValueError("no whole number of elements: it may be rounded either way")
    return {_COUNTS: [round(p * x.size)]}


def _large(rng: np.random.Generator, p: float, training: bool = True, kind: type = float) -> Call:
    """50,000 elements, none of them zero."""
    x = (rng.integers(1, 9, (200, 250)) * rng.choice([-0.5, 0.5], (200, 250))).astype(kind)
    return call(x, p, training, int(rng.integers(2**31)))


def _arrays(*settings: tuple) -> Callable[[np.random.Generator], Iterator[Call]]:
    return lambda rng: (_large(rng, *setting) for setting in settings)


def _batch(rng: np.random.Generator) -> Iterator[Call]:
    for p, training in ((0.5, True), (0.3, False)):
        x, *others = _large(rng, p, training).args
        yield call(x.reshape(10, 5, 20, 50), *others)
        yield call(x.T[::-1], *others)


def _leaves_it(student: Callable, x: np.ndarray, p: float, training: bool) -> str:
    found = student(x, p, np.random.default_rng(4), training)
    if np.shape(found) != x.shape:
        return f"the shape is {np.shape(found)}, expected {x.shape}"
    return "" if agree(found, x, 1e-5) else "here the values must stay as they are"


def _untouched(rng: np.random.Generator) -> Iterator[Call]:
    for kind in (np.float64, np.float32):
        x = (rng.integers(-9, 10, (3, 4)) / 2).astype(kind)
        yield call(x, 0.5, False)
        yield call(x, 0.9, False)
        yield call(x, 0.0, True)
        yield call(x, 0.0, False)


_FOUR = np.array([1.0, 2.0, 3.0, 4.0])

dropout = Exercise(
    name="dropout",
    points=4,
    oracle=_truth,
    observe=_facts,
    tolerance=TOLERANCE,
    rules=(NUMPY_NOT_TORCH,),
    learned="You can now drop neurons so that nothing has to be done when the network is used.",
    cases=(
        ValueCase(
            "the worked example: four elements, p = 0.5",
            (call(_FOUR, 0.5, True, 0), call(_FOUR.reshape(2, 2), 0.5, True, 1)),
        ),
        ValueCase("50,000 elements", _arrays((0.5,), (0.2,), (0.8,)), weight=2),
        ValueCase("evaluation", _arrays((0.5, False), (0.25, False))),
        ValueCase("images and views", _batch),
        ValueCase("float32", _arrays((0.25, True, np.float32), (0.4, False, np.float32))),
        ValueCase(
            "other p",
            lambda rng: (_large(rng, float(rng.uniform(0.1, 0.4))) for _ in range(3)),
        ),
        PropertyCase("evaluation, or p = 0: nothing is dropped", _untouched, law=_leaves_it),
        ErrorCase(
            "ValueError where p is below 0, or 1 or more",
            [
                call(_FOUR, p, np.random.default_rng(2), training)
                for p in (1.0, 1.5, -0.25)
                for training in (True, False)
            ],
            because="p is a probability, and something must be kept.",
        ),
    ),
    misconceptions=(
        Misconception(
            "not scaled",
            "What you keep is not scaled up: the next layer gets less than in evaluation.",
            _by(lambda p: (p, 1.0)),
            look="Divide what is kept by 1 − p.",
        ),
        Misconception(
            "scaled down",
            "What you keep is multiplied by 1 − p. It must become larger, not smaller.",
            _by(lambda p: (p, 1 - p)),
            look="The mean must stay what it was.",
        ),
        Misconception(
            "divided by p",
            "What you keep is divided by p, the probability of what is dropped.",
            _by(lambda p: (p, 1 / p)),
            look="The share of what is kept is 1 − p.",
        ),
        Misconception(
            "p is kept",
            "You keep the share p, and drop the rest.",
            _by(lambda p: (1 - p, 1 / p)),
            look="p is the probability that an element is dropped.",
        ),
        Misconception(
            "dropped in evaluation, too",
            "You drop in evaluation as well: a patient's result would be another one every time.",
            changed(_truth, training=True),
            look="Where do you ask for `training`?",
        ),
        Misconception(
            "modes exchanged",
            "You drop in evaluation, and not in training.",
            changed(_truth, training=lambda training: not training),
            look="Where do you ask for `training`?",
        ),
        Misconception(
            "scaled in evaluation",
            "You scale in evaluation instead of in training. That is the old form; the inverted "
            "one leaves evaluation alone.",
            _by(lambda p: (p, 1.0), lambda p: (0.0, 1 - p)),
            look="Divide in training, and return the values as they are in evaluation.",
        ),
        Misconception(
            "nothing dropped",
            "You never drop anything.",
            changed(_truth, p=0.0),
            look="Compare random numbers with p.",
        ),
        Misconception(
            "whole rows",
            "Your elements fall by whole rows. Each one falls for itself.",
            _together("whole rows together"),
            look="Draw as many numbers as x has elements.",
        ),
        Misconception(
            "one mask for all rows",
            "All rows of yours lose the same elements. Each element falls for itself.",
            _together("whole columns together"),
            look="Draw as many numbers as x has elements.",
        ),
        Misconception(
            "a fixed number",
            "You drop the same number of elements in every call. Each one falls for itself, so the "
            "number varies.",
            _but({}, _fixed_number),
            look="Ask for each element by itself whether it falls.",
        ),
        Misconception(
            "another source of chance",
            "The same rng gave another result: a training could not be repeated.",
            _but({_SAME: False}, lambda x, p: {_SAME: False}),
            look="Use rng for all that is random.",
        ),
        Misconception(
            "the same elements every time",
            "Every call of yours drops the same elements.",
            _but({_ANEW: False}),
            look="Draw from the rng that is given: one that is made in the function starts anew.",
        ),
    ),
)
