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


def _stored(rng: np.random.Generator) -> Iterator[Call]:
    """As data sets store labels: uint8, every second patient; and more than 255 in one place."""
    labels, predictions = rng.integers(0, 20, (2, 60)).astype(np.uint8)
    labels[:2], predictions[:2] = 19, (19, 3)
    yield call(labels[::-1], predictions[::-1], 20)
    yield call(rng.integers(0, 3, 20)[::2], rng.integers(0, 3, 20).astype(np.uint8)[::-2], 3)
    many = np.repeat([0, 1], [280, 20]), np.repeat([0, 1, 0], [270, 15, 15])
    yield call(*(numbers.astype(np.uint8) for numbers in many), 2)


def _up_to_the_largest(labels: np.ndarray, predictions: np.ndarray, n_classes: int) -> np.ndarray:
    return _crossed(labels, predictions, 1 + max(labels.max(), predictions.max()))


def _occurring(labels: np.ndarray, predictions: np.ndarray, n_classes: int) -> np.ndarray:
    found = np.union1d(labels, predictions)
    return _crossed(labels, predictions, n_classes)[np.ix_(found, found)]


_SEVEN = (np.array([0, 0, 0, 1, 1, 1, 1]), np.array([0, 1, 1, 0, 1, 1, 1]))
"""Two false alarms, one missed: every typical mistake gives another table."""

confusion_matrix = Exercise(
    name="confusion_matrix",
    points=2,
    oracle=_crossed,
    rules=(NUMPY_OR_PLAIN_PYTHON,),
    learned="You can now read a confusion matrix: each row is what patients have, each column what "
    "they are told.",
    cases=(
        ValueCase("the worked example: seven patients", call(*_SEVEN, 2)),
        ValueCase("several classes", _diagnoses, weight=2),
        ValueCase("classes that do not occur", _rare),
        ValueCase("uint8, every second patient, 270 in one place", _stored),
    ),
    misconceptions=(
        Misconception(
            "transposed",
            "Your table is the right one with rows and columns exchanged: row 1 holds all patients "
            "who are *told* that they are ill.",
            _of_table(lambda table: table.T.copy()),
            look="Row = truth, column = prediction.",
        ),
        Misconception(
            "ones for counts",
            "Your table never counts beyond 1.",
            _of_table(lambda table: table.clip(max=1)),
            look="`table[labels, predictions] += 1` adds once to each place, however often it is "
            "named.",
        ),
        Misconception(
            "classes that occur",
            "Your table leaves out classes that do not occur. Nobody with a rare disease today is "
            "a result, too.",
            _occurring,
            look="The table always has n_classes rows and columns.",
        ),
        Misconception(
            "up to the largest class",
            "Your table ends with the largest class that occurs.",
            _up_to_the_largest,
            look="The table always has n_classes rows and columns.",
        ),
        Misconception(
            "right answers only",
            "Your table holds the right answers only: the errors are missing.",
            _of_table(lambda table: np.diag(np.diag(table))),
            look="Every patient is counted, at the row of the truth and the column of the "
            "prediction.",
        ),
        Misconception(
            "shares for counts",
            "Your table holds shares of all patients. Counts are asked for: they say how sure one "
            "can be.",
            _of_table(lambda table: table / max(table.sum(), 1)),
            look="Leave out the division.",
        ),
        Misconception(
            "classes in reverse",
            "Your table has the last class first.",
            _of_table(lambda table: table[::-1, ::-1].copy()),
            look="Row 0 and column 0 are class 0: the healthy.",
        ),
    ),
)


# ------------------------------------------------------------------ sensitivity_specificity

RATES = 1e-6
"""The tolerance for rates, which some compute in float32."""


def _tested(labels: np.ndarray, scores: np.ndarray, threshold: float) -> np.ndarray:
    """Patients by truth (rows) and test result: negative, positive."""
    return _crossed(labels, np.digitize(scores, [threshold]), 2)


def both_rates(
    labels: np.ndarray, scores: np.ndarray, threshold: float = 0.5
) -> tuple[float, float]:
    """Sensitivity and specificity, read off the table."""
    (healthy, false_alarms), (missed, found) = _tested(labels, scores, threshold).tolist()
    return found / (found + missed), healthy / (healthy + false_alarms)


def _from_table(rates: Callable[[float, float, float, float], tuple]) -> Callable[..., tuple]:
    """Other rates from the four counts: healthy and negative, false alarm, missed, found."""

    def computes(
        labels: np.ndarray, scores: np.ndarray, threshold: float = 0.5
    ) -> tuple[float, ...]:
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
        labels, scores = scored(rng, int(rng.integers(15, 50)), 10)
        yield call(np.append(labels, [0, 1]), np.append(scores, [0.5, 0.5]))


def _thresholds(rng: np.random.Generator) -> Iterator[Call]:
    for threshold in (0.2, 0.8, 0.0, 1.0):
        yield call(*scored(rng, 20, 5), threshold)
    labels, scores = scored(rng, 24, 8)
    yield call(labels, 8 * scores - 4, threshold=-1.0)  # logits
    yield call(labels[::-2], scores.astype(np.float32)[::-2], threshold=0.25)


_EIGHT = (np.array([1, 1, 1, 0, 0, 0, 0, 0]), np.array([0.9, 0.5, 0.2, 0.7, 0.6, 0.4, 0.3, 0.1]))
"""Two of three found, three of five spared; half of the positive and 3 of 4 negative are right."""

sensitivity_specificity = Exercise(
    name="sensitivity_specificity",
    points=3,
    oracle=both_rates,
    rules=(NUMPY_OR_PLAIN_PYTHON,),
    parts=("sensitivity", "specificity"),
    tolerance=RATES,
    learned="You can now say how many of the ill a test finds, and how many of the healthy it "
    "leaves alone.",
    cases=(
        ValueCase("the worked example: eight patients", call(*_EIGHT)),
        ValueCase("a score on the threshold is positive", call(*_EIGHT, 0.6)),
        ValueCase("larger cohorts", _cohorts, weight=2),
        ValueCase("other thresholds, logits, float32, every second patient", _thresholds),
    ),
    misconceptions=(
        Misconception(
            "above the threshold",
            "Your result is that of a test which is positive only *above* the threshold.",
            changed(both_rates, threshold=lambda threshold: np.nextafter(threshold, np.inf)),
            look="A score that equals the threshold is positive, too.",
        ),
        Misconception(
            "below the threshold",
            "Your result is that of a test which is positive *below* the threshold.",
            then(both_rates, lambda rates: (1 - rates[0], 1 - rates[1])),
            look="A high score means ill.",
        ),
        Misconception(
            "exchanged",
            "Your two numbers are exchanged.",
            then(both_rates, lambda rates: rates[::-1]),
            look="The sensitivity comes first.",
        ),
        Misconception(
            "predictive values",
            "Your numbers are the predictive values: they ask how many of the *positive* are ill, "
            "and how many of the *negative* healthy.",
            _from_table(
                lambda healthy, alarm, missed, found: (
                    found / (found + alarm),
                    healthy / (healthy + missed),
                )
            ),
            look="Divide by all who are ill, and by all who are healthy.",
        ),
        Misconception(
            "precision for sensitivity",
            "Your first number is the share of the ill among the positive: the positive predictive "
            "value.",
            _from_table(
                lambda healthy, alarm, missed, found: (
                    found / (found + alarm),
                    healthy / (healthy + alarm),
                )
            ),
            look="The sensitivity is the share of the positive among the ill.",
        ),
        Misconception(
            "false alarms for specificity",
            "Your second number is the share of false alarms among the healthy.",
            then(both_rates, lambda rates: (rates[0], 1 - rates[1])),
            look="The specificity is the share of the healthy who are left alone: one minus that.",
        ),
        Misconception(
            "shares of all",
            "Your result divides by the number of all patients.",
            _from_table(
                lambda healthy, alarm, missed, found: (
                    found / (healthy + alarm + missed + found),
                    healthy / (healthy + alarm + missed + found),
                )
            ),
            look="The sensitivity asks the ill only, the specificity the healthy only.",
        ),
        Misconception(
            "threshold ignored",
            "Your result is the one for a threshold of 0.5, whatever is asked for.",
            changed(both_rates, threshold=0.5),
            look="Where does your function use `threshold`?",
        ),
        Misconception(
            "healthy as the disease",
            "Your result takes label 0 for the disease. Here 1 is ill.",
            _from_table(
                lambda healthy, alarm, missed, found: (
                    alarm / (healthy + alarm),
                    missed / (missed + found),
                )
            ),
            look="(In scikit-learn's breast-cancer table 0 is malignant: recode before you count.)",
        ),
    ),
)


# ------------------------------------------------------------------ predictive_values


def _per_million(
    sensitivity: float, specificity: float, prevalence: float
) -> tuple[Fraction, Fraction, Fraction, Fraction]:
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
    parts=("ppv", "npv"),
    learned="You can now say what a positive result means for a patient: it depends on how common "
    "the disease is.",
    cases=(
        ValueCase("the worked example: 80 %, 90 %, one in a hundred", call(0.8, 0.9, 0.01)),
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
            "Your result is the one for a prevalence of one half, whatever is asked for. Where the "
            "disease is rare, most positive results are false alarms.",
            changed(_worth, prevalence=0.5),
            look="Start from 10,000 people: how many of them are ill?",
        ),
        Misconception(
            "conditional turned round",
            "Your result repeats sensitivity and specificity. They say what the test does to the "
            "ill and the healthy; a patient asks the other way round: how likely am I ill, given "
            "this result?",
            lambda sensitivity, specificity, prevalence: (sensitivity, specificity),
            look="Divide the ill among the positive by all who are positive.",
        ),
        Misconception(
            "exchanged",
            "Your two numbers are exchanged.",
            then(_worth, lambda values: values[::-1]),
            look="The positive predictive value comes first.",
        ),
        Misconception(
            "false alarms for healthy",
            "Your result is the one for a test with specificity and false alarms exchanged.",
            changed(_worth, specificity=lambda specificity: 1 - specificity),
            look="Of the healthy, 1 − specificity are called ill.",
        ),
        Misconception(
            "sensitivity and specificity exchanged",
            "Your result is the one for a test with sensitivity and specificity exchanged.",
            changed(
                _worth,
                sensitivity=lambda specificity: specificity,
                specificity=lambda sensitivity: sensitivity,
            ),
            look="The sensitivity is about the ill, the specificity about the healthy.",
        ),
        Misconception(
            "prevalence of the healthy",
            "Your result takes the prevalence for the share of the healthy.",
            changed(_worth, prevalence=lambda prevalence: 1 - prevalence),
            look="The prevalence is the share of the ill.",
        ),
        Misconception(
            "shares of all",
            "Your numbers are shares of all people: found and ill, healthy and left alone.",
            lambda *given: tuple(float(part / 10**6) for part in _per_million(*given)[::2]),
            look="Divide by all who test positive, and by all who test negative.",
        ),
        Misconception(
            "one minus",
            "Your numbers are one minus the predictive values: the shares of false results.",
            then(_worth, lambda values: tuple(1 - value for value in values)),
            look="Which people stand above the line of the fraction?",
        ),
    ),
)
