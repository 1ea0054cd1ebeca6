"""Sample answers to `split_by_patient`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong


@wrong("split_by_patient", "split by image")
def splits_images(patient_ids, fractions, rng):
    order = rng.permutation(len(patient_ids))
    ends = np.round(np.cumsum(fractions)[:-1] * len(order)).astype(int)
    return np.split(order, ends)


@wrong("split_by_patient", "images left over")
def splits_and_leaves_some(patient_ids, fractions, rng):
    patients = rng.permutation(np.unique(patient_ids))
    parts, start = [], 0
    for fraction in fractions:
        stop = start + int(fraction * len(patients) - 0.5)
        parts.append(np.flatnonzero(np.isin(patient_ids, patients[start:stop])))
        start = stop
    return parts


@wrong("split_by_patient", "patients for positions")
def splits_numbers(patient_ids, fractions, rng):
    patients = rng.permutation(np.unique(patient_ids))
    ends = np.round(np.cumsum(fractions)[:-1] * len(patients)).astype(int)
    return np.split(patients, ends)


@wrong("split_by_patient", "not shuffled")
def splits_in_order(patient_ids, fractions, rng):
    patients = np.unique(patient_ids)
    ends = np.round(np.cumsum(fractions)[:-1] * len(patients)).astype(int)
    return [np.flatnonzero(np.isin(patient_ids, part)) for part in np.split(patients, ends)]


@wrong("split_by_patient", "another source of chance")
def splits_globally(patient_ids, fractions, rng):
    patients = np.random.permutation(np.unique(patient_ids))  # noqa: NPY002
    ends = np.round(np.cumsum(fractions)[:-1] * len(patients)).astype(int)
    return [np.flatnonzero(np.isin(patient_ids, part)) for part in np.split(patients, ends)]


@wrong("split_by_patient", "shares of the images")
def splits_until_full(patient_ids, fractions, rng):
    patients = rng.permutation(np.unique(patient_ids))
    counts = np.cumsum([np.sum(patient_ids == patient) for patient in patients])
    ends = np.searchsorted(counts, np.cumsum(fractions)[:-1] * len(patient_ids))
    return [np.flatnonzero(np.isin(patient_ids, part)) for part in np.split(patients, ends)]


@wrong("split_by_patient", "split by image")
def splits_shuffled_images(patient_ids, fractions, rng):
    order = np.arange(len(patient_ids))
    rng.shuffle(order)
    parts, start = [], 0
    for fraction in fractions[:-1]:
        stop = start + round(fraction * len(order))
        parts.append(order[start:stop])
        start = stop
    return [*parts, order[start:]]


@wrong("split_by_patient", "not shuffled")
def splits_with_a_fixed_generator(patient_ids, fractions, rng):
    rng = np.random.default_rng(0)
    patients = rng.permutation(np.unique(patient_ids))
    ends = np.round(np.cumsum(fractions)[:-1] * len(patients)).astype(int)
    return [np.flatnonzero(np.isin(patient_ids, part)) for part in np.split(patients, ends)]


@wrong("split_by_patient", "another source of chance")
def splits_with_a_new_generator(patient_ids, fractions, rng):
    patients = np.random.default_rng().permutation(np.unique(patient_ids))
    ends = np.round(np.cumsum(fractions)[:-1] * len(patients)).astype(int)
    return [np.flatnonzero(np.isin(patient_ids, part)) for part in np.split(patients, ends)]


@wrong("split_by_patient", "patients for positions")
def splits_sets_of_patients(patient_ids, fractions, rng):
    patients = rng.permutation(np.unique(patient_ids))
    parts, start, total = [], 0, 0.0
    for fraction in fractions:
        total += fraction
        stop = round(total * len(patients))
        parts.append(patients[start:stop])
        start = stop
    return parts


@variant("split_by_patient")
def splits_patients(patient_ids, fractions, rng):
    patients = rng.permutation(np.unique(patient_ids))
    ends = np.round(np.cumsum(fractions)[:-1] * len(patients)).astype(int)
    return [np.flatnonzero(np.isin(patient_ids, part)) for part in np.split(patients, ends)]


@variant("split_by_patient")
def splits_with_a_dictionary(patient_ids, fractions, rng):
    patients = sorted(set(patient_ids.tolist()))
    rng.shuffle(patients)
    part_of, start, total = {}, 0, 0.0
    for number, fraction in enumerate(fractions):
        total += fraction
        last = number == len(fractions) - 1
        stop = len(patients) if last else int(total * len(patients))
        part_of |= dict.fromkeys(patients[start:stop], number)
        start = stop
    parts = [[] for _ in fractions]
    for index, patient in enumerate(patient_ids.tolist()):
        parts[part_of[patient]].append(index)
    return tuple(np.array(part, dtype=int) for part in parts)


@variant("split_by_patient")
def splits_by_rank(patient_ids, fractions, rng):
    patients, inverse = np.unique(patient_ids, return_inverse=True)
    rank = rng.permutation(len(patients))
    edges = np.ceil(np.cumsum(fractions) * len(patients) - 1e-9)
    part = np.minimum(np.searchsorted(edges, rank, side="right"), len(fractions) - 1)
    return [np.where(part[inverse] == number)[0] for number in range(len(fractions))]


@variant("split_by_patient")
def splits_by_a_random_key(patient_ids, fractions, rng):
    patients = np.unique(patient_ids)
    patients = patients[np.argsort(rng.random(len(patients)))]
    parts, done = [], 0.0
    for fraction in fractions:
        low, high = round(done * len(patients)), round((done + fraction) * len(patients))
        parts.append(np.nonzero(np.isin(patient_ids, patients[low:high]))[0])
        done += fraction
    return parts


@neutral("split_by_patient", "each part rounded down, the rest to the last")
def splits_rounded_down(patient_ids, fractions, rng):
    patients = rng.permutation(np.unique(patient_ids))
    sizes = [int(fraction * len(patients)) for fraction in fractions[:-1]]
    groups = np.split(patients, np.cumsum(sizes))
    return [np.flatnonzero(np.isin(patient_ids, group)) for group in groups]


@neutral("split_by_patient", "lists for arrays")
def splits_to_lists(patient_ids, fractions, rng):
    patients = rng.permutation(np.unique(patient_ids))
    ends = np.round(np.cumsum(fractions)[:-1] * len(patients)).astype(int)
    groups = np.split(patients, ends)
    return [np.flatnonzero(np.isin(patient_ids, group)).tolist() for group in groups]


@neutral("split_by_patient", "masks for positions")
def splits_to_masks(patient_ids, fractions, rng):
    patients = rng.permutation(np.unique(patient_ids))
    ends = np.round(np.cumsum(fractions)[:-1] * len(patients)).astype(int)
    return [np.isin(patient_ids, part) for part in np.split(patients, ends)]


@neutral("split_by_patient", "shuffles patient_ids in place")
def splits_in_place(patient_ids, fractions, rng):
    patients = np.unique(patient_ids)
    rng.shuffle(patients)
    ends = np.round(np.cumsum(fractions)[:-1] * len(patients)).astype(int)
    parts = [np.flatnonzero(np.isin(patient_ids, part)) for part in np.split(patients, ends)]
    patient_ids.sort()
    return parts


@neutral("split_by_patient", "a dictionary")
def splits_to_a_dictionary(patient_ids, fractions, rng):
    patients = rng.permutation(np.unique(patient_ids))
    ends = np.round(np.cumsum(fractions)[:-1] * len(patients)).astype(int)
    groups = np.split(patients, ends)
    return {i: np.flatnonzero(np.isin(patient_ids, group)) for i, group in enumerate(groups)}
