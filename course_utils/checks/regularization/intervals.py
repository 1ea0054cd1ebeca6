"""A bootstrap interval by patient: judged by where it ends, and by how often it is right."""

from collections.abc import Callable, Iterator

import numpy as np

from course_utils.checks.core import Call, Exercise, Misconception, PropertyCase, ValueCase, call
from course_utils.checks.core.calls import Unusable
from course_utils.checks.core.rules import NUMPY_AND_OWN_FUNCTIONS
from course_utils.checks.core.transforms import changed
from course_utils.checks.regularization.shared import in_a_word

Facts = dict[str, float | bool | str]

SAMPLES = 20_000
"""Of the truth: its ends stray by a fiftieth of the standard error, or less."""

TOLERANCE = 0.15
"""Of the ends, where the standard error is 1: they stray by 0.03 at most in 4,000 samples."""

_LOW, _HIGH = "low", "high"
_SAME, _ANOTHER = "the same rng gives the same interval", "another rng gives another one"


def _facts(
    student: Callable,
    values: np.ndarray,
    patients: np.ndarray,
    seed: int,
    repeats: int = 1,
    **settings: float,
) -> Facts:
    """The ends, each the mean over some calls."""
    mine, whose = values.copy(), patients.copy()
    ends = [_ends(student, mine, whose, seed + each, settings) for each in range(repeats)]
    again = _ends(student, mine, whose, seed, settings)
    if not (np.array_equal(mine, values) and np.array_equal(whose, patients)):
        raise Unusable("the function changes its input: work on a copy")
    low, high = np.mean(ends, axis=0).tolist()
    facts: Facts = {_LOW: low, _HIGH: high, _SAME: ends[0] == again}
    return facts | (
        {_ANOTHER: not np.allclose(ends[0], ends[-1], atol=1e-9)} if repeats > 1 else {}
    )


def _ends(
    student: Callable, values: np.ndarray, patients: np.ndarray, seed: int, settings: dict
) -> list[float]:
    found = student(values, patients, np.random.default_rng(seed), **settings)
    if type(found) not in (tuple, list) or len(found) != 2:
        raise Unusable(f"expected the tuple (low, high), got {in_a_word(found)}")
    for end in found:
        if np.ndim(end) or not isinstance(end, float | int | np.number | np.ndarray):
            raise Unusable(f"low and high must be numbers, but one is {in_a_word(end)}")
    return [float(end) for end in found]


Means = Callable[[np.ndarray, np.ndarray], np.ndarray]
"""From the values and whose they are to many samples' means."""


def _counted(values: np.ndarray, owner: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Means of samples in which each patient comes so many times, (n, patients)."""
    belongs = np.eye(owner.max() + 1)[owner]
    return (counts @ (belongs.T @ values)) / (counts @ belongs.sum(0))


def _times(owner: np.ndarray) -> np.ndarray:
    """How many times each patient comes: a multinomial number."""
    people = owner.max() + 1
    return np.random.default_rng(1).multinomial(people, np.full(people, 1 / people), SAMPLES)


def _by_patient(values: np.ndarray, owner: np.ndarray) -> np.ndarray:
    return _counted(values, owner, _times(owner))


def _means_of_patients(values: np.ndarray, owner: np.ndarray) -> np.ndarray:
    return np.bincount(owner, values) / np.bincount(owner)


def _of(means: Means, by_chance: bool = True) -> Callable[..., Facts]:
    """The interval of these means, which are drawn or not."""

    def computes(
        values: np.ndarray,
        patients: np.ndarray,
        seed: int,
        repeats: int = 1,
        level: float = 0.95,
        n: int = 2000,
    ) -> Facts:
        owner = np.unique(patients, return_inverse=True)[1]
        low, high = np.quantile(means(values, owner), [0.5 - level / 2, 0.5 + level / 2]).tolist()
        facts: Facts = {_LOW: low, _HIGH: high, _SAME: True}
        return facts | ({_ANOTHER: by_chance and low < high} if repeats > 1 else {})

    return computes


_truth = _of(_by_patient)


def _chance_elsewhere(**other: bool) -> Callable[..., Facts]:
    """The same interval, whose ends follow another generator."""
    names = {"same": _SAME, "another": _ANOTHER}

    def computes(
        values: np.ndarray,
        patients: np.ndarray,
        seed: int,
        repeats: int = 1,
        level: float = 0.95,
        n: int = 2000,
    ) -> Facts:
        facts = _truth(values, patients, seed, repeats, level, n)
        if _ANOTHER not in facts or not facts[_ANOTHER]:
            raise ValueError("here no generator can be seen")
        return facts | {names[name]: value for name, value in other.items()}

    return computes


def _exchanged(
    values: np.ndarray,
    patients: np.ndarray,
    seed: int,
    repeats: int = 1,
    level: float = 0.95,
    n: int = 2000,
) -> Facts:
    facts = _truth(values, patients, seed, repeats, level, n)
    return facts | {_LOW: facts[_HIGH], _HIGH: facts[_LOW]}


def cohort(
    rng: np.random.Generator,
    people: int,
    films: int | tuple[int, int],
    skewed: bool = False,
    **settings: float,
) -> Call:
    """Patients who differ much, each with films that are alike; the standard error is about 1."""
    sizes = (
        np.full(people, films)
        if isinstance(films, int)
        else rng.permutation(np.repeat(films, [people - people // 3, people // 3]))
    )
    effects = rng.permutation(np.linspace(-1.7, 1.7, people)) + 2.5 * (sizes - sizes.mean()) / (
        sizes.std() or 1.0
    )
    if skewed:
        effects = np.exp(effects / 1.2)
    owner = np.repeat(np.arange(people), sizes)
    values = effects[owner] + rng.normal(0, 0.1, len(owner))
    patients = (1000 + rng.permutation(5 * people)[:people])[owner]
    order = rng.permutation(len(owner))
    values, patients = values[order], patients[order]
    where = np.unique(patients, return_inverse=True)[1]
    values = (values - values.mean()) / _by_patient(values, where).std()
    return call(values, patients, int(rng.integers(2**31)), **settings)


def _cohorts(people: int, films: int | tuple[int, int], *settings: dict) -> Callable:
    return lambda rng: (cohort(rng, people, films, **setting) for setting in settings)


def _random(rng: np.random.Generator) -> Iterator[Call]:
    for _ in range(3):
        people, level = int(rng.integers(12, 25)), float(rng.uniform(0.5, 0.8))
        yield cohort(rng, people, (2, 7), level=level, n=1000, repeats=4)


TRIALS = 50


def _covers(student: Callable, people: int, level: float, seed: int) -> str:
    """Of many clinics whose true mean is 0, most intervals must hold it."""
    rng, held = np.random.default_rng(seed), 0
    for _ in range(TRIALS):
        owner = np.repeat(np.arange(people), rng.integers(2, 9, people))
        values = rng.normal(size=people)[owner] + rng.normal(0, 0.2, len(owner))
        settings = {"level": level, "n": 150}
        low, high = _ends(student, values, owner, int(rng.integers(2**31)), settings)
        held += low <= 0 <= high
    if held >= 0.78 * level * TRIALS:
        return ""
    return (
        f"in {TRIALS} clinics the interval held the true mean {held} times, "
        f"expected are about {level * TRIALS:.0f}"
    )


_TWO = np.array([0.0, 1.0]), np.array([3, 8])

bootstrap_interval = Exercise(
    name="bootstrap_interval",
    points=4,
    oracle=_truth,
    observe=_facts,
    tolerance=TOLERANCE,
    rules=(NUMPY_AND_OWN_FUNCTIONS,),
    learned="You can now say how sure a result is, when one patient has many films.",
    cases=(
        ValueCase(
            "the worked example: two patients",
            (call(*_TWO, 0, level=0.9), call(*_TWO, 1, level=0.3)),
        ),
        ValueCase(
            "six films a patient",
            _cohorts(
                16,
                6,
                {"level": 0.6, "n": 1000, "repeats": 4},
                {"level": 0.8, "n": 1000, "repeats": 4},
            ),
            weight=2,
        ),
        ValueCase(
            "some patients have many films",
            _cohorts(
                18,
                (1, 8),
                {"level": 0.8, "n": 1000, "repeats": 4},
                {"level": 0.7, "n": 500, "repeats": 8},
            ),
            weight=2,
        ),
        ValueCase("level and n as they are", _cohorts(15, 5, {"repeats": 4}), tolerance=0.09),
        ValueCase(
            "a few patients with large values",
            _cohorts(20, 3, {"skewed": True, "level": 0.6, "n": 1000, "repeats": 4}),
            tolerance=0.17,
        ),
        ValueCase(
            "one patient: nothing can be drawn",
            call(np.array([1.0, 2.5, 4.0]), np.array([6, 6, 6]), 3, n=50),
            tolerance=1e-6,
        ),
        ValueCase("random clinics", _random),
        PropertyCase("it holds the true mean", call(14, 0.9, 5), law=_covers),
    ),
    misconceptions=(
        Misconception(
            "films drawn",
            "Your interval is that of films, each drawn as if it were a patient of its own.",
            _of(lambda values, owner: _by_patient(values, np.arange(len(values)))),
            look="Draw patients, and take all films of each.",
        ),
        Misconception(
            "every patient counts the same",
            "You take the mean over the patients' means. The mean is over films: a patient with "
            "more of them counts more.",
            _of(
                lambda values, owner: _by_patient(
                    _means_of_patients(values, owner), np.arange(owner.max() + 1)
                )
            ),
            look="Take the mean over all films of the sample.",
        ),
        Misconception(
            "a patient drawn twice counts once",
            "Patients that were drawn twice bring their films once.",
            _of(lambda values, owner: _counted(values, owner, np.minimum(_times(owner), 1))),
            look="np.isin does not see how often somebody was drawn.",
        ),
        Misconception(
            "without replacement",
            "Your interval has no width: without replacement every sample holds everybody once.",
            _of(lambda values, owner: np.full(1, values.mean())),
            look="Draw with replacement.",
        ),
        Misconception(
            "1 − level on each side",
            "You leave out 1 − level below and above. Each side gets a half of it.",
            changed(_truth, level=lambda level: 2 * level - 1),
            look="For 0.95 the quantiles are 0.025 and 0.975.",
        ),
        Misconception(
            "always 95 %",
            "Your interval is that of 95 %, whatever `level` is.",
            changed(_truth, level=0.95),
            look="Where do you use `level`?",
        ),
        Misconception(
            "spread of the films",
            "Your interval holds the values themselves, not the means of samples.",
            _of(lambda values, owner: values, by_chance=False),
            look="Take the quantiles of the means.",
        ),
        Misconception(
            "one patient a sample",
            "Your samples hold one patient each. Draw as many as there are.",
            _of(_means_of_patients),
            look="How many patients does one sample have?",
        ),
        Misconception(
            "ends exchanged",
            "Your ends stand in each other's place: the low one comes first.",
            _exchanged,
            look="Look at the order of what you return.",
        ),
        Misconception(
            "another source of chance",
            "The same rng gave another interval: the result could not be repeated.",
            _chance_elsewhere(same=False),
            look="Use rng for all that is random.",
        ),
        Misconception(
            "the same samples for every rng",
            "Every rng gives the same interval: your samples do not follow it.",
            _chance_elsewhere(another=False),
            look="Draw from the rng that is given: one that is made in the function starts anew.",
        ),
    ),
)
