"""Early stopping: an object that counts the epochs without progress."""

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Any

import numpy as np

from course_utils.checks.core import Call, Exercise, Misconception, ValueCase, call
from course_utils.checks.core.transforms import changed

Course = dict[str, list]
"""What `step` said after each epoch, and what `best_epoch` was then."""


def _observed(student: Callable, losses: Sequence[float], patience: int, *min_delta: float) -> dict:
    """Two objects in turn, the second with the losses from behind: they must not meet."""
    courses: dict[str, tuple[Course, Any, Sequence[float]]] = {}
    first, second = student(patience, *min_delta), student(patience, *min_delta)
    for name, stopper, values in (("one", first, losses), ("another", second, losses[::-1])):
        courses[name] = {"step": [], "best_epoch": []}, stopper, values
    for epoch in range(len(losses)):
        for course, stopper, values in courses.values():
            course["step"].append(stopper.step(values[epoch]))
            course["best_epoch"].append(stopper.best_epoch)
    return {name: course for name, (course, *_) in courses.items()}


Best = tuple[int, float]


def _keeps(better: Callable[[float, float, float], bool]) -> Callable[..., list[int]]:
    """The epoch of the best value after each epoch, by a rule that says what is better."""

    def epochs(losses: Sequence[float], min_delta: float) -> list[int]:
        def newer(best: Best, new: Best) -> Best:
            return new if better(new[1], best[1], min_delta) else best

        return [epoch for epoch, _ in accumulate(enumerate(losses), newer)]

    return epochs


_lower = _keeps(lambda new, best, delta: best - new > delta)


def _since(epochs: list[int], patience: int) -> list[bool]:
    return [epoch - best >= patience for epoch, best in enumerate(epochs)]


def _told(
    epochs: Callable[[Sequence[float], float], list[int]] = _lower,
    stops: Callable[[list[int], int], list[bool]] = _since,
    best: Callable[[list[int]], list[int]] = list,
) -> Callable[..., dict[str, Course]]:
    """What both objects say, by these rules."""

    def computes(losses: Sequence[float], patience: int, min_delta: float = 0.0) -> dict:
        courses = {}
        for name, values in (("one", losses), ("another", losses[::-1])):
            found = epochs(values, min_delta)
            courses[name] = {"step": stops(found, patience), "best_epoch": best(found)}
        return courses

    return computes


_truth = _told()


def _any_gain(losses: Sequence[float], min_delta: float) -> list[int]:
    """The best moves with any gain, yet only a large one counts as progress."""
    lowest = list(accumulate(losses, min))
    gains = (old - new > min_delta for old, new in pairwise(lowest))
    steps = [0, *(epoch * gain for epoch, gain in enumerate(gains, start=1))]
    return list(accumulate(steps, max))


def _than_the_last(losses: Sequence[float], min_delta: float) -> list[int]:
    """Each epoch is compared with the one before."""
    falls = (old - new > min_delta for old, new in pairwise(losses))
    return list(accumulate([0, *(e * fall for e, fall in enumerate(falls, start=1))], max))


def _altogether(epochs: list[int], patience: int) -> list[bool]:
    """All epochs without progress are counted, not only those in a row."""
    return [epoch + 1 - len(set(epochs[: epoch + 1])) >= patience for epoch in range(len(epochs))]


def _anew_after_a_stop(epochs: list[int], patience: int) -> list[bool]:
    return [epoch > best and (epoch - best) % patience == 0 for epoch, best in enumerate(epochs)]


def _once(epochs: list[int], patience: int) -> list[bool]:
    return [epoch - best == patience for epoch, best in enumerate(epochs)]


def _curve(rng: np.random.Generator, n: int, patience: int, *min_delta: float) -> Call:
    """A loss that falls, then wanders, in eighths: values come again, and gains of every size."""
    falling = np.maximum(12 - 2 * np.arange(n), 4)
    return call(((falling + rng.integers(-3, 4, n)) / 8).tolist(), patience, *min_delta)


def _curves(*settings: tuple) -> Callable[[np.random.Generator], Iterator[Call]]:
    return lambda rng: (_curve(rng, *setting) for setting in settings)


_BUMPY = [1.0, 0.75, 0.875, 0.5, 0.625, 0.375, 0.5, 0.25, 0.375, 0.375, 0.5, 0.25, 0.125]
"""Better in every second epoch: progress in between resets the count."""
_SLOW = [1.0, 0.875, 0.75, 0.625, 0.5, 0.375, 0.25, 0.125, 0.0, -0.125, -0.25]
"""An eighth better each time."""

EarlyStopping = Exercise(
    name="EarlyStopping",
    points=4,
    oracle=_truth,
    observe=_observed,
    learned="You can now stop a training in time, and go back to its best epoch.",
    cases=(
        ValueCase("the worked example: four epochs", call([1.0, 0.8, 0.75, 0.78], 2, 0.1)),
        ValueCase(
            "losses that fall, then rise",
            (
                call([1.0, 0.5, 0.25, 0.375, 0.5, 0.625], 2),
                call([0.75, 0.5, 0.625, 0.75, 0.875, 1.0, 1.125], 3),
                call([2.0, 1.5, 1.75, 1.0, 1.25, 1.5], 1),
            ),
            weight=2,
        ),
        ValueCase("progress resets the count", (call(_BUMPY, 2), call(_BUMPY, 3))),
        ValueCase(
            "equal values are not better",
            (call([0.5, 0.5, 0.5, 0.5], 2), call([1.0, 0.5, 0.5, 0.25, 0.25, 0.25, 0.25], 3)),
        ),
        ValueCase(
            "min_delta, and gains of exactly its size",
            (call(_SLOW, 2, 0.125), call(_SLOW, 3, 0.25), call(_SLOW, 2, 0.375)),
        ),
        ValueCase(
            "on after a stop",
            (
                call([1.0, 1.5, 1.5, 1.5, 1.5, 0.5, 0.75, 0.75, 0.75], 2),
                call([0.5, 0.75, 0.625, 0.625, 0.625, 0.75, 0.25], 3),
            ),
        ),
        ValueCase(
            "negative losses, and one epoch", (call([-1.0, -2.0, -1.5, -1.75], 2), call([0.5], 1))
        ),
        ValueCase(
            "random losses",
            _curves((14, 2), (18, 3, 0.125), (16, 2, 0.25), (20, 4), (12, 1, 0.125)),
            weight=2,
            steady=0,
        ),
    ),
    misconceptions=(
        Misconception(
            "larger is better",
            "You take larger values for better. This is a loss: smaller is better.",
            _told(_keeps(lambda new, best, delta: new - best > delta)),
            look="Look at the direction of the comparison.",
        ),
        Misconception(
            "equal is better",
            "You take a value for better that is exactly best − min_delta. It must be below.",
            _told(_keeps(lambda new, best, delta: best - new >= delta)),
            look="The comparison is strict.",
        ),
        Misconception(
            "min_delta ignored",
            "Every small gain counts for you, whatever `min_delta` is.",
            changed(_truth, min_delta=0.0),
            look="Where do you use `min_delta`?",
        ),
        Misconception(
            "min_delta added",
            "Your `min_delta` makes it easier to be better, not harder.",
            changed(_truth, min_delta=lambda min_delta: -min_delta),
            look="Look at its sign.",
        ),
        Misconception(
            "the best moves with any gain",
            "Your best value follows every small gain, so many small gains never add up to a large "
            "one.",
            _told(_any_gain),
            look="The best moves only where the value is better by more than min_delta.",
        ),
        Misconception(
            "compared with the epoch before",
            "You compare each value with the one before. It must be better than the best so far.",
            _told(_than_the_last),
            look="When does the value that you compare with change?",
        ),
        Misconception(
            "not in a row",
            "You count all epochs without progress. Only those in a row count.",
            _told(stops=_altogether),
            look="A better value sets the count back to 0.",
        ),
        Misconception(
            "one epoch late",
            "You stop one epoch too late.",
            changed(_truth, patience=lambda patience: patience + 1),
            look="Count the epochs that were not better, this one included.",
        ),
        Misconception(
            "one epoch early",
            "You stop one epoch too early.",
            changed(_truth, patience=lambda patience: patience - 1),
            look="Count the epochs that were not better, this one included.",
        ),
        Misconception(
            "counts anew after a stop",
            "After a `True` you begin to count anew.",
            _told(stops=_anew_after_a_stop),
            look="Only a better value sets the count back.",
        ),
        Misconception(
            "says it once",
            "You say `True` once, and then `False` again, though nothing better came.",
            _told(stops=_once),
            look="At least `patience` epochs, not exactly as many.",
        ),
        Misconception(
            "epochs from 1",
            "Your epochs are numbered from 1.",
            _told(best=lambda epochs: [epoch + 1 for epoch in epochs]),
            look="The first epoch has the number 0.",
        ),
        Misconception(
            "the newest epoch",
            "Your `best_epoch` is the newest epoch, not the one with the best value.",
            _told(best=lambda epochs: list(range(len(epochs)))),
            look="When does best_epoch change?",
        ),
    ),
)
