"""Sample answers to `mse`."""

import numpy as np

from course_utils.authoring.answers import variant, wrong


@wrong("mse", "sum for mean")
def adds_squares(prediction, target):
    if prediction.shape != target.shape:
        raise ValueError("shapes")
    return ((prediction - target) ** 2).sum()


@wrong("mse", "halved")
def halves_squares(prediction, target):
    if prediction.shape != target.shape:
        raise ValueError("shapes")
    return 0.5 * ((prediction - target) ** 2).mean()


@wrong("mse", "root")
def takes_the_root(prediction, target):
    if prediction.shape != target.shape:
        raise ValueError("shapes")
    return np.sqrt(np.mean((prediction - target) ** 2))


@wrong("mse", "absolute errors")
def takes_absolute_errors(prediction, target):
    if prediction.shape != target.shape:
        raise ValueError("shapes")
    return np.mean(np.abs(prediction - target))


@wrong("mse", "errors cancel")
def squares_the_mean(prediction, target):
    if prediction.shape != target.shape:
        raise ValueError("shapes")
    return np.mean(prediction - target) ** 2


@wrong("mse", "divided by the rows")
def divides_by_rows(prediction, target):
    if prediction.shape != target.shape:
        raise ValueError("shapes")
    return np.sum((prediction - target) ** 2) / len(prediction)


@wrong("mse", "shapes broadcast")
def broadcasts_squares(prediction, target):
    return np.mean((prediction - target) ** 2)


@variant("mse")
def with_a_loop(prediction, target):
    if prediction.shape != target.shape:
        raise ValueError("the shapes differ")
    total = 0.0
    for p, t in zip(prediction.ravel(), target.ravel(), strict=True):
        total += (float(p) - float(t)) ** 2
    return total / prediction.size


@variant("mse")
def with_dot(prediction, target):
    if np.shape(prediction) != np.shape(target):
        raise ValueError("the shapes differ")
    error = np.subtract(prediction, target).ravel()
    return error @ error / error.size


@variant("mse")
def squares_in_float32(prediction, target):
    if prediction.shape != target.shape:
        raise ValueError("the shapes differ")
    return np.mean(np.square(prediction.astype(np.float32) - target.astype(np.float32)))
