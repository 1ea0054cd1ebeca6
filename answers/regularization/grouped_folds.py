"""Sample answers to `grouped_folds`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong


@wrong("grouped_folds", "folds of films")
def shuffles_films(patients, k, rng):
    return np.array_split(rng.permutation(len(patients)), k)


@wrong("grouped_folds", "folds of films")
def deals_films(patients, k, rng):
    order = rng.permutation(len(patients))
    return [order[i::k] for i in range(k)]


@wrong("grouped_folds", "patients for positions")
def gives_patients(patients, k, rng):
    return np.array_split(rng.permutation(np.unique(patients)), k)


@wrong("grouped_folds", "patients for positions")
def deals_patients(patients, k, rng):
    shuffled = rng.permutation(np.unique(patients))
    return [shuffled[i::k] for i in range(k)]


@wrong("grouped_folds", "balanced by films")
def balances_films(patients, k, rng):
    names, films = np.unique(patients, return_counts=True)
    order = rng.permutation(len(names))
    order = order[np.argsort(-films[order], kind="stable")]
    loads, folds = np.zeros(k), [[] for _ in range(k)]
    for person in order:
        lightest = int(loads.argmin())
        loads[lightest] += films[person]
        folds[lightest].append(names[person])
    return [np.flatnonzero(np.isin(patients, fold)) for fold in folds]


@wrong("grouped_folds", "the rest to the last fold")
def gives_the_rest_to_the_last(patients, k, rng):
    shuffled = rng.permutation(np.unique(patients))
    size = len(shuffled) // k
    parts = np.split(shuffled, [size * i for i in range(1, k)])
    return [np.flatnonzero(np.isin(patients, part)) for part in parts]


@wrong("grouped_folds", "the rest left out")
def leaves_the_rest(patients, k, rng):
    shuffled = rng.permutation(np.unique(patients))
    size = len(shuffled) // k
    parts = [shuffled[size * i : size * (i + 1)] for i in range(k)]
    return [np.flatnonzero(np.isin(patients, part)) for part in parts]


@wrong("grouped_folds", "not shuffled")
def keeps_the_order(patients, k, rng):
    return [
        np.flatnonzero(np.isin(patients, part)) for part in np.array_split(np.unique(patients), k)
    ]


@wrong("grouped_folds", "not shuffled")
def begins_anew(patients, k, rng):
    shuffled = np.random.default_rng(0).permutation(np.unique(patients))
    return [np.flatnonzero(np.isin(patients, part)) for part in np.array_split(shuffled, k)]


@wrong("grouped_folds", "another source of chance")
def uses_a_new_generator(patients, k, rng):
    shuffled = np.random.default_rng().permutation(np.unique(patients))
    return [np.flatnonzero(np.isin(patients, part)) for part in np.array_split(shuffled, k)]


@variant("grouped_folds")
def deals_people(patients, k, rng):
    shuffled = rng.permutation(np.unique(patients))
    return [np.flatnonzero(np.isin(patients, shuffled[i::k])) for i in range(k)]


@variant("grouped_folds")
def by_rank(patients, k, rng):
    names, owner = np.unique(patients, return_inverse=True)
    fold = rng.permutation(len(names)) % k
    return [np.where(fold[owner] == i)[0] for i in range(k)]


@variant("grouped_folds")
def with_a_dictionary(patients, k, rng):
    names = sorted(set(patients.tolist()))
    rng.shuffle(names)
    fold_of = {name: number % k for number, name in enumerate(names)}
    folds = [[] for _ in range(k)]
    for position, name in enumerate(patients.tolist()):
        folds[fold_of[name]].append(position)
    return [np.array(fold, dtype=int) for fold in folds]


@variant("grouped_folds")
def by_borders(patients, k, rng):
    names = np.unique(patients)
    names = names[np.argsort(rng.random(len(names)))]
    borders = np.linspace(0, len(names), k + 1).astype(int)
    pairs = list(zip(borders[:-1], borders[1:]))  # noqa: B905, RUF007
    return [np.nonzero(np.isin(patients, names[a:b]))[0] for a, b in pairs]


@neutral("grouped_folds", "pairs of training and validation")
def gives_pairs(patients, k, rng):
    shuffled = rng.permutation(np.unique(patients))
    masks = [np.isin(patients, part) for part in np.array_split(shuffled, k)]
    return [(np.flatnonzero(~mask), np.flatnonzero(mask)) for mask in masks]


@neutral("grouped_folds", "masks for positions")
def gives_masks(patients, k, rng):
    shuffled = rng.permutation(np.unique(patients))
    return [np.isin(patients, part) for part in np.array_split(shuffled, k)]


@neutral("grouped_folds", "lists for arrays")
def gives_lists(patients, k, rng):
    shuffled = rng.permutation(np.unique(patients))
    return [
        np.flatnonzero(np.isin(patients, part)).tolist() for part in np.array_split(shuffled, k)
    ]


@neutral("grouped_folds", "sorts patients")
def sorts_in_place(patients, k, rng):
    shuffled = rng.permutation(np.unique(patients))
    folds = [np.flatnonzero(np.isin(patients, part)) for part in np.array_split(shuffled, k)]
    patients.sort()
    return folds


@neutral("grouped_folds", "a number for each film")
def gives_numbers(patients, k, rng):
    names, owner = np.unique(patients, return_inverse=True)
    return (rng.permutation(len(names)) % k)[owner]
