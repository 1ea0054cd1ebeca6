"""Sample answers to `bootstrap_interval`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong


@wrong("bootstrap_interval", "films drawn")
def draws_films(values, patients, rng, level=0.95, n=2000):
    tail = (1 - level) / 2
    means = values[rng.integers(len(values), size=(n, len(values)))].mean(axis=1)
    low, high = np.quantile(means, [tail, 1 - tail])
    return low, high


@wrong("bootstrap_interval", "films drawn")
def chooses_films(values, patients, rng, level=0.95, n=2000):
    tail = (1 - level) / 2
    means = [rng.choice(values, len(values)).mean() for _ in range(n)]
    low, high = np.quantile(means, [tail, 1 - tail])
    return low, high


@wrong("bootstrap_interval", "every patient counts the same")
def averages_patients(values, patients, rng, level=0.95, n=2000):
    tail = (1 - level) / 2
    names, owner = np.unique(patients, return_inverse=True)
    sums, films = np.bincount(owner, values), np.bincount(owner)
    drawn = rng.integers(len(names), size=(n, len(names)))
    means = (sums / films)[drawn].mean(axis=1)
    low, high = np.quantile(means, [tail, 1 - tail])
    return low, high


@wrong("bootstrap_interval", "a patient drawn twice counts once")
def asks_who_was_drawn(values, patients, rng, level=0.95, n=2000):
    tail = (1 - level) / 2
    names, owner = np.unique(patients, return_inverse=True)
    sums, films = np.bincount(owner, values), np.bincount(owner)
    drawn = rng.integers(len(names), size=(n, len(names)))
    chosen = np.zeros((n, len(names)))
    np.put_along_axis(chosen, drawn, 1, axis=1)
    means = (chosen @ sums) / (chosen @ films)
    low, high = np.quantile(means, [tail, 1 - tail])
    return low, high


@wrong("bootstrap_interval", "without replacement")
def permutes(values, patients, rng, level=0.95, n=2000):
    tail = (1 - level) / 2
    names, owner = np.unique(patients, return_inverse=True)
    sums, films = np.bincount(owner, values), np.bincount(owner)
    drawn = np.argsort(rng.random((n, len(names))), axis=1)
    means = sums[drawn].sum(axis=1) / films[drawn].sum(axis=1)
    low, high = np.quantile(means, [tail, 1 - tail])
    return low, high


@wrong("bootstrap_interval", "1 − level on each side")
def forgets_the_half(values, patients, rng, level=0.95, n=2000):
    names, owner = np.unique(patients, return_inverse=True)
    sums, films = np.bincount(owner, values), np.bincount(owner)
    drawn = rng.integers(len(names), size=(n, len(names)))
    means = sums[drawn].sum(axis=1) / films[drawn].sum(axis=1)
    low, high = np.quantile(means, [1 - level, level])
    return low, high


@wrong("bootstrap_interval", "always 95 %")
def ignores_the_level(values, patients, rng, level=0.95, n=2000):
    names, owner = np.unique(patients, return_inverse=True)
    sums, films = np.bincount(owner, values), np.bincount(owner)
    drawn = rng.integers(len(names), size=(n, len(names)))
    means = sums[drawn].sum(axis=1) / films[drawn].sum(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return low, high


@wrong("bootstrap_interval", "spread of the films")
def takes_the_values(values, patients, rng, level=0.95, n=2000):
    tail = (1 - level) / 2
    low, high = np.quantile(values, [tail, 1 - tail])
    return low, high


@wrong("bootstrap_interval", "one patient a sample")
def draws_one_patient(values, patients, rng, level=0.95, n=2000):
    tail = (1 - level) / 2
    names, owner = np.unique(patients, return_inverse=True)
    sums, films = np.bincount(owner, values), np.bincount(owner)
    means = (sums / films)[rng.integers(len(names), size=n)]
    low, high = np.quantile(means, [tail, 1 - tail])
    return low, high


@wrong("bootstrap_interval", "ends exchanged")
def gives_high_first(values, patients, rng, level=0.95, n=2000):
    tail = (1 - level) / 2
    names, owner = np.unique(patients, return_inverse=True)
    sums, films = np.bincount(owner, values), np.bincount(owner)
    drawn = rng.integers(len(names), size=(n, len(names)))
    means = sums[drawn].sum(axis=1) / films[drawn].sum(axis=1)
    low, high = np.quantile(means, [tail, 1 - tail])
    return high, low


@wrong("bootstrap_interval", "another source of chance")
def uses_a_new_generator(values, patients, rng, level=0.95, n=2000):
    rng = np.random.default_rng()
    tail = (1 - level) / 2
    names, owner = np.unique(patients, return_inverse=True)
    sums, films = np.bincount(owner, values), np.bincount(owner)
    drawn = rng.integers(len(names), size=(n, len(names)))
    means = sums[drawn].sum(axis=1) / films[drawn].sum(axis=1)
    low, high = np.quantile(means, [tail, 1 - tail])
    return low, high


@wrong("bootstrap_interval", "the same samples for every rng")
def begins_anew(values, patients, rng, level=0.95, n=2000):
    rng = np.random.default_rng(0)
    tail = (1 - level) / 2
    names, owner = np.unique(patients, return_inverse=True)
    sums, films = np.bincount(owner, values), np.bincount(owner)
    drawn = rng.integers(len(names), size=(n, len(names)))
    means = sums[drawn].sum(axis=1) / films[drawn].sum(axis=1)
    low, high = np.quantile(means, [tail, 1 - tail])
    return low, high


@variant("bootstrap_interval")
def with_one_table(values, patients, rng, level=0.95, n=2000):
    tail = (1 - level) / 2
    names, owner = np.unique(patients, return_inverse=True)
    sums, films = np.bincount(owner, values), np.bincount(owner)
    drawn = rng.integers(len(names), size=(n, len(names)))
    means = sums[drawn].sum(axis=1) / films[drawn].sum(axis=1)
    low, high = np.quantile(means, [tail, 1 - tail])
    return low, high


@variant("bootstrap_interval")
def with_counts(values, patients, rng, level=0.95, n=2000):
    tail = (1 - level) / 2
    names, owner = np.unique(patients, return_inverse=True)
    sums, films = np.bincount(owner, values), np.bincount(owner)
    k = len(names)
    times = rng.multinomial(k, np.full(k, 1 / k), size=n)
    means = (times @ sums) / (times @ films)
    return np.quantile(means, tail), np.quantile(means, 1 - tail)


@variant("bootstrap_interval")
def sample_by_sample(values, patients, rng, level=0.95, n=2000):
    names = np.unique(patients)
    films = [values[patients == name] for name in names]
    means = []
    for _ in range(n):
        drawn = rng.integers(0, len(names), len(names))
        means.append(np.concatenate([films[who] for who in drawn]).mean())
    low, high = np.percentile(means, [50 * (1 - level), 50 * (1 + level)])
    return float(low), float(high)


@variant("bootstrap_interval")
def with_a_sorted_list(values, patients, rng, level=0.95, n=2000):
    groups = {}
    for value, name in zip(values.tolist(), patients.tolist()):  # noqa: B905
        groups.setdefault(name, []).append(value)
    totals = np.array([(sum(group), len(group)) for group in groups.values()])
    means = []
    for _ in range(n):
        total, count = totals[rng.choice(len(totals), len(totals))].sum(axis=0)
        means.append(total / count)
    means.sort()
    skip = int((1 - level) / 2 * n)
    return means[skip], means[n - 1 - skip]


@neutral("bootstrap_interval", "an array")
def gives_an_array(values, patients, rng, level=0.95, n=2000):
    tail = (1 - level) / 2
    names, owner = np.unique(patients, return_inverse=True)
    sums, films = np.bincount(owner, values), np.bincount(owner)
    drawn = rng.integers(len(names), size=(n, len(names)))
    means = sums[drawn].sum(axis=1) / films[drawn].sum(axis=1)
    return np.quantile(means, [tail, 1 - tail])


@neutral("bootstrap_interval", "mean and half width")
def gives_a_width(values, patients, rng, level=0.95, n=2000):
    tail = (1 - level) / 2
    names, owner = np.unique(patients, return_inverse=True)
    sums, films = np.bincount(owner, values), np.bincount(owner)
    drawn = rng.integers(len(names), size=(n, len(names)))
    means = sums[drawn].sum(axis=1) / films[drawn].sum(axis=1)
    low, high = np.quantile(means, [tail, 1 - tail])
    return values.mean(), (high - low) / 2


@neutral("bootstrap_interval", "changes values")
def centres_in_place(values, patients, rng, level=0.95, n=2000):
    tail = (1 - level) / 2
    names, owner = np.unique(patients, return_inverse=True)
    sums, films = np.bincount(owner, values), np.bincount(owner)
    drawn = rng.integers(len(names), size=(n, len(names)))
    means = sums[drawn].sum(axis=1) / films[drawn].sum(axis=1)
    values -= values.mean()
    low, high = np.quantile(means, [tail, 1 - tail])
    return low, high


@neutral("bootstrap_interval", "twice as wide")
def adds_the_whole_width(values, patients, rng, level=0.95, n=2000):
    tail = (1 - level) / 2
    names, owner = np.unique(patients, return_inverse=True)
    sums, films = np.bincount(owner, values), np.bincount(owner)
    drawn = rng.integers(len(names), size=(n, len(names)))
    means = sums[drawn].sum(axis=1) / films[drawn].sum(axis=1)
    low, high = np.quantile(means, [tail, 1 - tail])
    return 2 * low - means.mean(), 2 * high - means.mean()


@neutral("bootstrap_interval", "three standard errors")
def takes_three_errors(values, patients, rng, level=0.95, n=2000):
    names, owner = np.unique(patients, return_inverse=True)
    sums, films = np.bincount(owner, values), np.bincount(owner)
    drawn = rng.integers(len(names), size=(n, len(names)))
    means = sums[drawn].sum(axis=1) / films[drawn].sum(axis=1)
    return means.mean() - 3 * means.std(), means.mean() + 3 * means.std()
