"""What a test result is worth: counts, rates and predictive values."""

from collections.abc import Callable, Iterator
from fractions import Fraction

import numpy as np

from course_utils.checks.core import Call, Exercise, Misconception, ValueCase, call
from course_utils.checks.core.rules import NUMPY_OR_PLAIN_PYTHON
from course_utils.checks.core.transforms import changed, then

# ------------------------------------------------------------------ confusion_matrix


def _crossed(labels: np.ndarray, predictions: np.ndarray, n_classes: int) -> np.ndarray:
    """NumPy's histogram of pairs, a bin for each class."""
    edges = np.arange(n_classes + 1) - 0.5
    return np.histogram2d(labels, predictions, (edges, edges))[0].astype(np.int64)


def _of_table(change: Callable[[np.ndarray], np.ndarray]) -> Callable[..., np.ndarray]:
    return lambda labels, predictions, n_classes: change(_crossed(labels, predictions, n_classes))


def _diagnoses(rng: np.random.Generator) -> Iterator[Call]:
    for _ in range(4):
        k, n = int(rng.integers(2, 7)), int(rng.integers(10, 60))
        yield call(rng.integers(0, k, n), rng.integers(0, k, n), k)


def _rare(rng: np.random.Generator) -> Iterator[Call]:
    """Classes that nobody has, or that nobody is given."""
    yield call(np.array([0, 2, 2, 0]), np.array([2, 2, 0, 0]), 4)
    yield call(rng.integers(0, 2, 9), np.zeros(9, dtype=np.int64), 3)
    yield call(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), 2)
    yield call(rng.integers(0, 3, 20)[::2], rng.integers(0, 3, 20).astype(np.uint8)[::-2], 3)


def _occurring(labels: np.ndarray, predictions: np.ndarray, n_classes: int) -> np.ndarray:
    found = np.union1d(labels, predictions)
    return _crossed(labels, predictions, n_classes)[np.ix_(found, found)]


confusion_matrix = Exercise(
    name="confusion_matrix",
    points=2,
    oracle=_crossed,
    rules=(NUMPY_OR_PLAIN_PYTHON,),
    cases=(
        ValueCase(
            "the worked example: five patients",
            call(np.array([0, 0, 1, 1, 1]), np.array([0, 1, 1, 1, 0]), 2),
        ),
        ValueCase("several classes", _diagnoses, weight=2),
        ValueCase("classes that do not occur, no patient, views, uint8", _rare),
    ),
    misconceptions=(
        Misconception(
            "transposed",
            "Your table has the predictions in its rows. Here the rows are the truth: row 1 holds "
            "all patients who are ill.",
            _of_table(lambda table: table.T.copy()),
        ),
        Misconception(
            "ones for counts",
            "Your table never counts beyond 1: `table[labels, predictions] += 1` adds once to each "
            "place, however often it is named.",
            _of_table(lambda table: table.clip(max=1)),
        ),
        Misconception(
            "classes that occur",
            "Your table leaves out classes that do not occur. It always has n_classes rows and "
            "columns: nobody with a rare disease today is a result, too.",
            _occurring,
        ),
        Misconception(
            "right answers only",
            "Your table holds the right answers only. The errors are what it is for.",
            _of_table(lambda table: np.diag(np.diag(table))),
        ),
        Misconception(
            "shares for counts",
            "Your table holds shares of all patients. Counts are asked for: they say how sure one "
            "can be.",
            _of_table(lambda table: table / max(table.sum(), 1)),
        ),
        Misconception(
            "counts as floats",
            "The counts are right, but they are floats. Patients are whole: use an integer dtype.",
            _of_table(lambda table: table.astype(float)),
        ),
    ),
)


# ------------------------------------------------------------------ sensitivity_specificity

_BELOW, _ABOVE = 0, 1


def _tested(labels: np.ndarray, scores: np.ndarray, threshold: float) -> np.ndarray:
    """Patients by truth (rows) and test result: negative, positive."""
    return _crossed(labels, np.digitize(scores, [threshold]), 2)


def both_rates(labels, scores, threshold: float = 0.5) -> tuple[float, float]:
    """Sensitivity and specificity, read off the table."""
    (healthy, false_alarms), (missed, found) = _tested(labels, scores, threshold).tolist()
    return found / (found + missed), healthy / (healthy + false_alarms)


def _from_table(rates: Callable[[float, float, float, float], tuple]) -> Callable[..., tuple]:
    """Other rates from the four counts: healthy and negative, false alarm, missed, found."""

    def computes(labels, scores, threshold=0.5):
        return tuple(map(float, rates(*map(float, _tested(labels, scores, threshold).flat))))

    return computes


def scored(rng: np.random.Generator, n: int, steps: int) -> tuple[np.ndarray, np.ndarray]:
    """Patients of both kinds, and scores in so many steps: some lie on the threshold."""
    labels = np.concatenate([[0, 1], rng.integers(0, 2, n - 2)])
    scores = (rng.integers(0, steps + 1, n) + labels).clip(0, steps) / steps
    order = rng.permutation(n)
    return labels[order], scores[order]


def _cohorts(rng: np.random.Generator) -> Iterator[Call]:
    for _ in range(4):
        yield call(*scored(rng, int(rng.integers(15, 50)), 10))


def _thresholds(rng: np.random.Generator) -> Iterator[Call]:
    for threshold in (0.2, 0.8, 0.0, 1.0):
        yield call(*scored(rng, 20, 5), threshold)
    labels, scores = scored(rng, 24, 8)
    yield call(labels, 8 * scores - 4, threshold=-1.0)  # logits
    yield call(labels[::-2], scores.astype(np.float32)[::-2], threshold=0.25)


_FIVE = (np.array([1, 1, 1, 0, 0]), np.array([0.9, 0.5, 0.2, 0.6, 0.1]))


def _upside_down(labels, scores, threshold: float = 0.5) -> tuple[float, float]:
    """The share of alarms among the healthy, and of silence among the ill."""
    (healthy, alarm), (missed, found) = _tested(labels, scores, threshold)
    return float(alarm / (healthy + alarm)), float(missed / (missed + found))


sensitivity_specificity = Exercise(
    name="sensitivity_specificity",
    points=3,
    oracle=both_rates,
    rules=(NUMPY_OR_PLAIN_PYTHON,),
    cases=(
        ValueCase("the worked example: five patients", call(*_FIVE)),
        ValueCase("a score on the threshold is positive", call(_FIVE[0], _FIVE[1], 0.6)),
        ValueCase("larger cohorts", _cohorts, weight=2),
        ValueCase("other thresholds, logits, float32, views", _thresholds),
    ),
    misconceptions=(
        Misconception(
            "above the threshold",
            "Your result calls a patient positive only *above* the threshold. A score that equals "
            "it is positive, too.",
            changed(both_rates, threshold=lambda threshold: np.nextafter(threshold, np.inf)),
        ),
        Misconception(
            "exchanged",
            "Your two numbers are exchanged: the sensitivity comes first.",
            then(both_rates, lambda rates: rates[::-1]),
        ),
        Misconception(
            "precision for sensitivity",
            "Your first number is the share of the ill among the positive: that is the positive "
            "predictive value. The sensitivity is the share of the positive among the ill.",
            _from_table(
                lambda healthy, alarm, missed, found: (
                    found / (found + alarm),
                    healthy / (healthy + alarm),
                )
            ),
        ),
        Misconception(
            "false alarms for specificity",
            "Your second number is the share of false alarms among the healthy. The specificity is "
            "the share of the healthy who are told so: one minus that.",
            then(both_rates, lambda rates: (rates[0], 1 - rates[1])),
        ),
        Misconception(
            "shares of all",
            "Your result divides by all patients. The sensitivity asks the ill only, the "
            "specificity the healthy only.",
            _from_table(
                lambda healthy, alarm, missed, found: (
                    found / (healthy + alarm + missed + found),
                    healthy / (healthy + alarm + missed + found),
                )
            ),
        ),
        Misconception(
            "threshold ignored",
            "Your result uses 0.5 for every threshold.",
            changed(both_rates, threshold=0.5),
        ),
        Misconception(
            "healthy as the disease",
            "Your result takes label 0 for the disease. Here 1 is ill. (In scikit-learn's "
            "breast-cancer table 0 is malignant: recode before you count.)",
            _upside_down,
        ),
    ),
)


# ------------------------------------------------------------------ predictive_values


def _per_million(sensitivity: float, specificity: float, prevalence: float):
    """Found, missed, healthy and false alarms, exactly."""
    se, sp, share = map(Fraction, (sensitivity, specificity, prevalence))
    ill, well = share * 10**6, (1 - share) * 10**6
    return se * ill, ill - se * ill, sp * well, well - sp * well


def _worth(sensitivity: float, specificity: float, prevalence: float) -> tuple[float, float]:
    found, missed, healthy, alarms = _per_million(sensitivity, specificity, prevalence)
    return float(found / (found + alarms)), float(healthy / (healthy + missed))


def _screens(rng: np.random.Generator) -> Iterator[Call]:
    for _ in range(8):
        yield call(*rng.uniform(0.05, 0.95, 3).round(3).tolist())


predictive_values = Exercise(
    name="predictive_values",
    points=2,
    oracle=_worth,
    cases=(
        ValueCase("the worked example: 90 %, 90 %, one in a hundred", call(0.9, 0.9, 0.01)),
        ValueCase("in a clinic: every second patient is ill", call(0.8, 0.9, 0.5)),
        ValueCase("other tests", _screens, weight=2),
        ValueCase(
            "edge cases: nobody ill, everybody ill, a test that never errs",
            (call(0.7, 0.8, 0.0), call(0.7, 0.8, 1.0), call(1.0, 0.6, 0.2), call(0.6, 1.0, 0.2)),
        ),
    ),
    misconceptions=(
        Misconception(
            "prevalence ignored",
            "Your result does not depend on the prevalence, as if every second person were ill. "
            "Where the disease is rare, most positive results are false alarms.",
            changed(_worth, prevalence=0.5),
        ),
        Misconception(
            "conditional turned round",
            "Your result repeats sensitivity and specificity. They say what the test does to the "
            "ill and the healthy; a patient asks the other way round: how likely am I ill, given "
            "this result?",
            lambda sensitivity, specificity, prevalence: (sensitivity, specificity),
        ),
        Misconception(
            "exchanged",
            "Your two numbers are exchanged: the positive predictive value comes first.",
            then(_worth, lambda values: values[::-1]),
        ),
        Misconception(
            "false alarms for healthy",
            "Your result mixes up specificity and false alarms: of the healthy, "
            "1 − specificity are called ill.",
            changed(_worth, specificity=lambda specificity: 1 - specificity),
        ),
        Misconception(
            "prevalence of the healthy",
            "Your result takes the prevalence for the share of the healthy. It is the share of "
            "the ill.",
            changed(_worth, prevalence=lambda prevalence: 1 - prevalence),
        ),
        Misconception(
            "shares of all",
            "Your numbers are shares of all people: found and ill, healthy and told so. Divide "
            "them by all who test positive, and all who test negative.",
            lambda *given: tuple(float(part / 10**6) for part in _per_million(*given)[::2]),
        ),
    ),
)
