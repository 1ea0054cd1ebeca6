"""What a marker on a film does to a model: doing against seeing."""

from collections.abc import Callable, Iterator
from operator import neg

import numpy as np

from course_utils.checks.core import Call, Exercise, Misconception, ValueCase, call
from course_utils.checks.core.draws import each, nonzero_quarters
from course_utils.checks.core.transforms import then


def _machine(images: np.ndarray, model: float | np.ndarray) -> tuple[Callable, Callable]:
    """A predictor that reads the image and its corner, and a switch for the corner.

    Of a number, the strength of the corner: how it pulls depends on another pixel, up in some
    images, down in others. Of a table, (2, films): the probabilities with and without the marker
    of the film whose number is in its last pixel.
    """
    shape = images.shape[1:]
    weights = np.cos(np.arange(images[0].size)).reshape(shape)
    weights[0, 0] = 0

    def check(images: np.ndarray) -> np.ndarray:
        images = np.asarray(images, dtype=np.float64)
        if images.shape[1:] != shape:
            raise ValueError(f"expected images (N, {shape[0]}, {shape[1]}), got {images.shape}")
        return images

    def predict(images: np.ndarray) -> np.ndarray:
        images = check(images)
        marker, last = images[:, 0, 0], images[:, -1, -1]
        if isinstance(model, np.ndarray):
            return model[np.where(marker > 1, 0, 1), last.astype(int)]
        score = (images * weights).sum(axis=(1, 2)) + model * marker * (0.3 + 2 * last)
        return 1 / (1 + np.exp(-score))

    def set_marker(images: np.ndarray, present: bool) -> np.ndarray:
        changed = check(images).copy()
        changed[:, 0, 0] = 2.0 if present else 0.0
        return changed

    return predict, set_marker


def _effect_of(student: Callable, images: np.ndarray, model: float | np.ndarray) -> object:
    predict, set_marker = _machine(images, model)
    return student(predict, images, set_marker)


def _worlds(images: np.ndarray, model: float | np.ndarray) -> list[np.ndarray]:
    """Probabilities with the marker, without it, and as the images came."""
    predict, set_marker = _machine(images, model)
    return [predict(set_marker(images, True)), predict(set_marker(images, False)), predict(images)]


def _effect(images: np.ndarray, model: float | np.ndarray) -> float:
    present, absent, _ = _worlds(images, model)
    return float(np.average(present - absent))


def _seen(images: np.ndarray, model: float | np.ndarray) -> float:
    """Patients who came with the marker against those who came without."""
    *_, found = _worlds(images, model)
    came = images[:, 0, 0] > 1
    if came.all() or not came.any():
        raise ValueError("seeing needs both")
    return float(np.average(found[came]) - np.average(found[~came]))


def _compared(reduce: Callable[[np.ndarray, np.ndarray, np.ndarray], float]) -> Callable:
    return lambda images, model: float(reduce(*_worlds(images, model)))


def _cohort(rng: np.random.Generator, n: int, size: tuple[int, int], pull: float) -> Call:
    images = nonzero_quarters(rng, n, *size) / 4
    images[:, 0, 0] = 2.0 * (np.arange(n) % 3 > 0)
    return call(images, pull)


def _single(rng: np.random.Generator) -> Iterator[Call]:
    yield _cohort(rng, 1, (3, 3), 1.0)
    yield call(_cohort(rng, 7, (4, 6), 0.75).args[0][:, ::-1, ::2][:, ::-1], 0.75)


_FILMS = np.array([[[2.0, 0.0]], [[0.0, 1.0]], [[2.0, 2.0]]])
"""The second came without the marker; in the last pixel their numbers."""
_TABLE = np.array([[0.9, 0.7, 0.8], [0.3, 0.8, 0.1]])

marker_effect = Exercise(
    name="marker_effect",
    points=2,
    oracle=_effect,
    observe=_effect_of,
    tolerance=1e-6,
    learned="You can now ask a network what it does when something is set, and not only what goes "
    "along with it.",
    cases=(
        ValueCase("the worked example: three films", call(_FILMS, _TABLE)),
        ValueCase(
            "cohorts in which some came with the marker",
            each(_cohort, call(6, (2, 3), 1.5), call(9, (4, 4), -1.0), call(20, (3, 5), 0.5)),
            weight=2,
        ),
        ValueCase("one image; views", _single),
        ValueCase("a model that does not read the marker: 0", each(_cohort, call(8, (3, 3), 0.0))),
    ),
    misconceptions=(
        Misconception(
            "seeing for doing",
            "Your result compares films that *came* with the marker with others that came without. "
            "That is seeing: they may differ in more than the marker.",
            _seen,
            look="Set the marker on *all* films, then remove it from all of them.",
        ),
        Misconception(
            "as they came, without the marker",
            "Your result compares the images as they came with images without the marker. "
            "do(marker) is not the world as it came.",
            _compared(lambda present, absent, found: np.average(found - absent)),
            look="Set the marker in *all* images before you predict.",
        ),
        Misconception(
            "as they came, with the marker",
            "Your result compares images with the marker with the images as they came. "
            "do(no marker) is not the world as it came.",
            _compared(lambda present, absent, found: np.average(present - found)),
            look="Remove the marker from *all* images before you predict.",
        ),
        Misconception(
            "sign turned",
            "Your sign is turned. Asked is the mean with the marker, minus the mean without it.",
            then(_effect, neg),
            look="See which of the two means you subtract.",
        ),
        Misconception(
            "decisions for probabilities",
            "Your result compares decisions (above 0.5 or not). The mean of the probabilities is "
            "asked for: it also moves before a decision flips.",
            _compared(
                lambda present, absent, found: np.average(present > 0.5) - np.average(absent > 0.5)
            ),
            look="Average what `predict` returns, as it is.",
        ),
        Misconception(
            "signs lost",
            "Your result is the mean of absolute differences. Effects of both signs may cancel.",
            _compared(lambda present, absent, found: np.average(np.abs(present - absent))),
            look="Keep the sign of each difference.",
        ),
        Misconception(
            "sum for mean",
            "Your result is the sum over the images, too large by their number.",
            _compared(lambda present, absent, found: np.sum(present - absent)),
            look="Take means over the images.",
        ),
        Misconception(
            "a ratio",
            "Your result is a ratio of the two means. The difference is asked for.",
            _compared(lambda present, absent, found: np.average(present) / np.average(absent)),
            look="Subtract the two means.",
        ),
    ),
)
