"""Sample answers to `standardize`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong


@wrong("standardize", "rows for columns")
def each_row(X):
    X = np.asarray(X, dtype=float)
    mean, std = X.mean(axis=1, keepdims=True), X.std(axis=1, keepdims=True)
    return (X - mean) / np.where(std > 0, std, 1)


@wrong("standardize", "the whole table at once")
def one_mean_for_all(X):
    std = X.std()
    return (X - X.mean()) / (std if std > 0 else 1)


@wrong("standardize", "divided by N − 1")
def sample_standard_deviation(X):
    if len(X) == 1:
        return np.zeros(X.shape)
    std = X.std(axis=0, ddof=1)
    std[std == 0] = 1
    return (X - X.mean(axis=0)) / std


@wrong("standardize", "divided by the variance")
def by_the_variance(X):
    centred = X - X.mean(axis=0)
    variance = (centred**2).mean(axis=0)
    return centred / np.where(variance > 0, variance, 1)


@wrong("standardize", "centred only")
def subtracts_the_mean(X):
    return X - np.mean(X, axis=0)


@wrong("standardize", "scaled only")
def divides_only(X):
    std = np.std(X, axis=0)
    return X / np.where(std == 0, 1, std)


@wrong("standardize", "from 0 to 1")
def between_smallest_and_largest(X):
    low, high = X.min(axis=0), X.max(axis=0)
    return (X - low) / np.where(high > low, high - low, 1)


@wrong("standardize", "divided by the length")
def unit_length(X):
    centred = X - X.mean(axis=0)
    length = np.sqrt((centred**2).sum(axis=0))
    return centred / np.where(length > 0, length, 1)


@wrong("standardize", "mean distance")
def by_the_mean_distance(X):
    centred = X - X.mean(axis=0)
    distance = np.abs(centred).mean(axis=0)
    return centred / np.where(distance > 0, distance, 1)


@wrong("standardize", "median for mean")
def around_the_median(X):
    std = np.std(X, axis=0)
    return (X - np.median(X, axis=0)) / np.where(std > 0, std, 1)


@wrong("standardize", "constant columns not a number")
def forgets_constant_columns(X):
    with np.errstate(invalid="ignore"):
        return (X - X.mean(axis=0)) / X.std(axis=0)


@wrong("standardize", "constant columns left")
def skips_constant_columns(X):
    result = np.array(X, dtype=float)
    for column in range(X.shape[1]):
        std = X[:, column].std()
        if std > 0:
            result[:, column] = (X[:, column] - X[:, column].mean()) / std
    return result


@variant("standardize")
def a_loop_over_columns(X):
    result = np.zeros(X.shape)
    for column in range(X.shape[1]):
        values = X[:, column].astype(float)
        spread = np.sqrt(np.mean((values - values.mean()) ** 2))
        if spread > 0:
            result[:, column] = (values - values.mean()) / spread
    return result


@variant("standardize")
def a_little_added(X):
    return (X - np.mean(X, axis=0)) / (np.std(X, axis=0) + 1e-9)


@variant("standardize")
def divided_where_it_can_be(X):
    centred = X - X.mean(axis=0, keepdims=True)
    std = np.broadcast_to(centred.std(axis=0), X.shape)
    return np.divide(centred, std, out=np.zeros(X.shape), where=std != 0)


@variant("standardize")
def nan_to_zero(X):
    with np.errstate(all="ignore"):
        return np.nan_to_num((X - X.mean(0)) / X.std(0))


@variant("standardize")
def by_einsum(X):
    X = np.asarray(X, dtype=np.float64)
    centred = X - np.einsum("nd->d", X) / len(X)
    variance = np.einsum("nd,nd->d", centred, centred) / len(X)
    return centred * np.where(variance > 0, variance, np.inf) ** -0.5


@neutral("standardize", "a list of lists")
def gives_lists(X):
    std = X.std(axis=0)
    return ((X - X.mean(axis=0)) / np.where(std == 0, 1, std)).tolist()


@neutral("standardize", "works in its input")
def in_place(X):
    if X.dtype.kind == "i":
        X = X.astype(float)
    std = X.std(axis=0)
    X -= X.mean(axis=0)
    X /= np.where(std == 0, 1, std)
    return X


@neutral("standardize", "rounds to two digits")
def rounded(X):
    std = X.std(axis=0)
    return np.round((X - X.mean(axis=0)) / np.where(std == 0, 1, std), 2)


@neutral("standardize", "transposed")
def turned(X):
    std = X.std(axis=0)
    return ((X - X.mean(axis=0)) / np.where(std == 0, 1, std)).T


@neutral("standardize", "whole numbers stay whole")
def keeps_the_dtype(X):
    std = X.std(axis=0)
    result = np.empty_like(X)
    result[...] = (X - X.mean(axis=0)) / np.where(std == 0, 1, std)
    return result
