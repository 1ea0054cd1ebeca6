"""Sample answers to `l1_distance`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong


@wrong("l1_distance", "wrap-around")
def wraps_around(a, b):
    if a.shape != b.shape:
        raise ValueError("shapes")
    return np.abs(a - b).sum()


@wrong("l1_distance", "wrap-around")
def casts_too_late(a, b):
    if a.shape != b.shape:
        raise ValueError("shapes")
    return np.sum(np.abs((a - b).astype(float)))


@wrong("l1_distance", "signs kept")
def keeps_signs(a, b):
    if a.shape != b.shape:
        raise ValueError("shapes")
    return np.sum(a.astype(float) - b)


@wrong("l1_distance", "absolute value of the sum")
def takes_it_too_late(a, b):
    if a.shape != b.shape:
        raise ValueError("shapes")
    return abs(np.sum(a.astype(float) - b))


@wrong("l1_distance", "mean for sum")
def averages_pixels(a, b):
    if a.shape != b.shape:
        raise ValueError("shapes")
    return np.mean(np.abs(a.astype(float) - b))


@wrong("l1_distance", "Euclidean distance")
def measures_l2(a, b):
    if a.shape != b.shape:
        raise ValueError("shapes")
    return np.sqrt(((a.astype(float) - b) ** 2).sum())


@wrong("l1_distance", "squared differences")
def squares_differences(a, b):
    if a.shape != b.shape:
        raise ValueError("shapes")
    return ((a.astype(float) - b) ** 2).sum()


@variant("l1_distance")
def larger_minus_smaller(a, b):
    if a.shape != b.shape:
        raise ValueError("the shapes differ")
    return np.sum(np.maximum(a, b) - np.minimum(a, b), dtype=float)


@variant("l1_distance")
def pixel_by_pixel(a, b):
    if a.shape != b.shape:
        raise ValueError("the shapes differ")
    total = 0
    for p, q in zip(a.ravel().tolist(), b.ravel().tolist(), strict=True):
        total += abs(p - q)
    return total


@wrong("l1_distance", "signs kept")
def subtracts_the_sums(a, b):
    if a.shape != b.shape:
        raise ValueError("shapes")
    return float(b.sum(dtype=float) - a.sum(dtype=float))


@wrong("l1_distance", "mean for sum")
def divides_by_the_pixels(a, b):
    if a.shape != b.shape:
        raise ValueError("shapes")
    return np.abs(a.astype(float) - b.astype(float)).sum() / a.size


@wrong("l1_distance", "Euclidean distance")
def takes_the_norm(a, b):
    if a.shape != b.shape:
        raise ValueError("shapes")
    return np.linalg.norm(a.astype(float).ravel() - b.astype(float).ravel())


@wrong("l1_distance", "cut to whole numbers")
def subtracts_integers(a, b):
    if a.shape != b.shape:
        raise ValueError("shapes")
    return np.abs(a.astype(int) - b.astype(int)).sum()


@variant("l1_distance")
def dots_with_ones(a, b):
    if a.shape != b.shape:
        raise ValueError("the shapes differ")
    difference = np.subtract(a, b, dtype=np.float64).reshape(-1)
    return np.abs(difference) @ np.ones(len(difference))


@variant("l1_distance")
def on_its_own_copy(a, b):
    if a.shape != b.shape:
        raise ValueError("the shapes differ")
    left = a.astype(float)
    left -= b
    np.abs(left, out=left)
    return left.sum()


@neutral("l1_distance", "without refusals")
def broadcasts_images(a, b):
    return np.abs(a.astype(float) - b).sum()


@wrong("l1_distance", "cut to whole numbers")
def in_int16(a, b):
    if a.shape != b.shape:
        raise ValueError("shapes")
    return np.abs(a.astype(np.int16) - b.astype(np.int16)).sum()


@neutral("l1_distance", "in int8")
def in_int8(a, b):
    if a.shape != b.shape:
        raise ValueError("shapes")
    return np.abs(a.astype(np.int8) - b.astype(np.int8)).sum()


@neutral("l1_distance", "in float32")
def in_float32(a, b):
    if a.shape != b.shape:
        raise ValueError("shapes")
    return np.linalg.norm((a.astype(np.float32) - b.astype(np.float32)).ravel(), ord=1)


@neutral("l1_distance", "changes its input")
def subtracts_in_place(a, b):
    if a.shape != b.shape:
        raise ValueError("shapes")
    result = np.abs(a.astype(float) - b).sum()
    a[...] = 0
    return result


@neutral("l1_distance", "one number for each row")
def keeps_an_axis(a, b):
    if a.shape != b.shape:
        raise ValueError("shapes")
    return np.abs(a.astype(float) - b).sum(axis=-1)


@neutral("l1_distance", "a slip: the first row only")
def compares_the_first_row(a, b):
    if a.shape != b.shape:
        raise ValueError("shapes")
    return np.abs(a[:1].astype(float) - b[:1]).sum()


@neutral("l1_distance", "remembers earlier calls")
def adds_to_what_was(a, b, total=[0.0]):  # noqa: B006
    if a.shape != b.shape:
        raise ValueError("shapes")
    total[0] += np.abs(a.astype(float) - b).sum()
    return total[0]
