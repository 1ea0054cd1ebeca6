"""Sample answers to `map_similarity`."""

import numpy as np

from course_utils.authoring.answers import variant, wrong

SURVIVORS = {
    (
        "map_similarity: if np.ptp(a) == 0 or np.ptp(b) == 0: -> "
        "if np.ptp(a) <= 0 or np.ptp(b) == 0:"
    ): "a range is never negative",
    (
        "map_similarity: if np.ptp(a) == 0 or np.ptp(b) == 0: -> "
        "if np.ptp(a) == 0 or np.ptp(b) <= 0:"
    ): "a range is never negative",
}


@wrong("map_similarity", "values for ranks")
def similarity_pearson(a, b):
    if a.min() == a.max() or b.min() == b.max():
        return 0.0
    return float(np.corrcoef(a.ravel(), b.ravel())[0, 1])


@wrong("map_similarity", "argsort for ranks")
def similarity_argsort_once(a, b):
    if a.min() == a.max() or b.min() == b.max():
        return 0.0
    first, second = a.ravel().argsort(kind="stable"), b.ravel().argsort(kind="stable")
    return float(np.corrcoef(first, second)[0, 1])


@wrong("map_similarity", "ties in reading order")
def similarity_without_ties(a, b):
    if a.min() == a.max() or b.min() == b.max():
        return 0.0
    first = a.ravel().argsort(kind="stable").argsort()
    second = b.ravel().argsort(kind="stable").argsort()
    return float(np.corrcoef(first, second)[0, 1])


@wrong("map_similarity", "ties with the smallest rank")
def similarity_smallest_rank(a, b):
    if a.min() == a.max() or b.min() == b.max():
        return 0.0
    first = np.searchsorted(np.sort(a, axis=None), a.ravel())
    second = np.searchsorted(np.sort(b, axis=None), b.ravel())
    return float(np.corrcoef(first, second)[0, 1])


@wrong("map_similarity", "sign lost")
def similarity_absolute(a, b):
    if a.min() == a.max() or b.min() == b.max():
        return 0.0
    ranks = []
    for values in (a.ravel(), b.ravel()):
        ordered = np.sort(values)
        low, high = np.searchsorted(ordered, values), np.searchsorted(ordered, values, "right")
        ranks.append((low + high) / 2)
    return float(abs(np.corrcoef(*ranks)[0, 1]))


@wrong("map_similarity", "squared")
def similarity_squared(a, b):
    if a.min() == a.max() or b.min() == b.max():
        return 0.0
    ranks = []
    for values in (a.ravel(), b.ravel()):
        ordered = np.sort(values)
        low, high = np.searchsorted(ordered, values), np.searchsorted(ordered, values, "right")
        ranks.append((low + high) / 2)
    return float(np.corrcoef(*ranks)[0, 1] ** 2)


@variant("map_similarity")
def similarity_by_searching(a, b):
    ranks = []
    for values in (a.ravel(), b.ravel()):
        ordered = np.sort(values)
        low, high = np.searchsorted(ordered, values), np.searchsorted(ordered, values, "right")
        ranks.append((low + high - 1) / 2 - (len(values) - 1) / 2)
    first, second = ranks
    length = np.sqrt((first @ first) * (second @ second))
    return float(first @ second / length) if length else 0.0


@variant("map_similarity")
def similarity_by_counting(a, b):
    def ranks(values):
        flat = values.ravel()
        below = (flat[None, :] < flat[:, None]).sum(axis=1)
        equal = (flat[None, :] == flat[:, None]).sum(axis=1)
        return below + (equal + 1) / 2

    if len(set(a.ravel().tolist())) == 1 or len(set(b.ravel().tolist())) == 1:
        return 0.0
    return np.corrcoef(ranks(a), ranks(b))[0][1]


@variant("map_similarity")
def similarity_by_unique(a, b):
    if np.ptp(a) == 0 or np.ptp(b) == 0:
        return 0.0
    ranks = []
    for values in (a, b):
        _, inverse, counts = np.unique(values.ravel(), return_inverse=True, return_counts=True)
        last = counts.cumsum()
        ranks.append((last - (counts - 1) / 2)[inverse.ravel()])
    first, second = (r - r.mean() for r in ranks)
    return float((first * second).mean() / (first.std() * second.std()))
