"""Sample answers to `map_similarity`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong

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


@wrong("map_similarity", "distinct values numbered")
def similarity_of_distinct_values(a, b):
    if a.min() == a.max() or b.min() == b.max():
        return 0.0
    first = np.unique(a, return_inverse=True)[1].ravel()
    second = np.unique(b, return_inverse=True)[1].ravel()
    return float(np.corrcoef(first, second)[0, 1])


@wrong("map_similarity", "the formula without ties")
def similarity_by_the_school_formula(a, b):
    if a.min() == a.max() or b.min() == b.max():
        return 0.0
    ranks = []
    for values in (a.ravel(), b.ravel()):
        ordered = np.sort(values)
        low, high = np.searchsorted(ordered, values), np.searchsorted(ordered, values, "right")
        ranks.append((low + high) / 2)
    n = a.size
    return float(1 - 6 * np.sum((ranks[0] - ranks[1]) ** 2) / (n * (n**2 - 1)))


@wrong("map_similarity", "a constant map")
def similarity_forgets_constant_maps(a, b):
    ranks = []
    for values in (a.ravel(), b.ravel()):
        ordered = np.sort(values)
        low, high = np.searchsorted(ordered, values), np.searchsorted(ordered, values, "right")
        ranks.append((low + high) / 2)
    return float(np.corrcoef(*ranks)[0, 1])


@wrong("map_similarity", "ties in reading order")
def similarity_scatters_ranks(a, b):
    if a.min() == a.max() or b.min() == b.max():
        return 0.0
    ranks = np.empty((2, a.size))
    for row, values in zip(ranks, (a, b), strict=True):
        row[np.argsort(values.ravel(), kind="stable")] = np.arange(values.size)
    return float(np.corrcoef(ranks)[0, 1])


@variant("map_similarity")
def similarity_in_float32(a, b):
    if a.min() == a.max() or b.min() == b.max():
        return 0.0
    ranks = []
    for values in (a.flatten(), b.flatten()):
        order = np.argsort(values, kind="stable")
        rank = np.empty(len(values), dtype=np.float32)
        rank[order] = np.arange(1, len(values) + 1)
        for value in set(values.tolist()):
            rank[values == value] = rank[values == value].mean()
        ranks.append(rank)
    x, y = ranks[0] - ranks[0].mean(), ranks[1] - ranks[1].mean()
    return (x * y).sum() / np.sqrt((x**2).sum() * (y**2).sum())


@neutral("map_similarity", "changes its maps")
def similarity_in_place(a, b):
    if a.min() == a.max() or b.min() == b.max():
        return 0.0
    for values in (a, b):
        ordered = np.sort(values, axis=None)
        values[:] = np.searchsorted(ordered, values) + np.searchsorted(ordered, values, "right")
    return float(np.corrcoef(a.ravel(), b.ravel())[0, 1])


@neutral("map_similarity", "the whole matrix")
def similarity_matrix(a, b):
    if a.min() == a.max() or b.min() == b.max():
        return 0.0
    ranks = []
    for values in (a.ravel(), b.ravel()):
        ordered = np.sort(values)
        low, high = np.searchsorted(ordered, values), np.searchsorted(ordered, values, "right")
        ranks.append((low + high) / 2)
    return np.corrcoef(*ranks)


@neutral("map_similarity", "0 only where both are constant")
def similarity_of_one_constant(a, b):
    if a.min() == a.max() and b.min() == b.max():
        return 0.0
    if a.min() == a.max() or b.min() == b.max():
        return 1.0
    ranks = []
    for values in (a.ravel(), b.ravel()):
        ordered = np.sort(values)
        low, high = np.searchsorted(ordered, values), np.searchsorted(ordered, values, "right")
        ranks.append((low + high) / 2)
    return float(np.corrcoef(*ranks)[0, 1])


@neutral("map_similarity", "nearly constant is constant")
def similarity_by_closeness(a, b):
    if np.allclose(a, a.flat[0]) or np.allclose(b, b.flat[0]):
        return 0.0
    ranks = []
    for values in (a.ravel(), b.ravel()):
        ordered = np.sort(values)
        low, high = np.searchsorted(ordered, values), np.searchsorted(ordered, values, "right")
        ranks.append((low + high) / 2)
    return float(np.corrcoef(*ranks)[0, 1])


@wrong("map_similarity", "ties with the largest rank")
def similarity_largest_rank(a, b):
    if a.min() == a.max() or b.min() == b.max():
        return 0.0
    first = np.searchsorted(np.sort(a, axis=None), a.ravel(), "right")
    second = np.searchsorted(np.sort(b, axis=None), b.ravel(), "right")
    return float(np.corrcoef(first, second)[0, 1])


@neutral("map_similarity", "a covariance")
def similarity_unscaled(a, b):
    if a.min() == a.max() or b.min() == b.max():
        return 0.0
    ranks = []
    for values in (a.ravel(), b.ravel()):
        ordered = np.sort(values)
        low, high = np.searchsorted(ordered, values), np.searchsorted(ordered, values, "right")
        ranks.append((low + high) / 2)
    first, second = (rank - rank.mean() for rank in ranks)
    return float((first * second).mean())


@wrong("map_similarity", "ties in reading order")
def sorts_twice_without_care(a, b):
    if a.min() == a.max() or b.min() == b.max():
        return 0.0
    ranks = [values.ravel().argsort().argsort() for values in (a, b)]
    return float(np.corrcoef(*ranks)[0, 1])
