"""Sample answers to `l1_distance`."""

import numpy as np

from course_utils.authoring.answers import variant, wrong


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


@wrong("l1_distance", "shapes broadcast")
def broadcasts_images(a, b):
    return np.abs(a.astype(float) - b).sum()


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


@variant("l1_distance")
def in_float32(a, b):
    if a.shape != b.shape:
        raise ValueError("the shapes differ")
    return np.linalg.norm((a.astype(np.float32) - b.astype(np.float32)).ravel(), ord=1)
