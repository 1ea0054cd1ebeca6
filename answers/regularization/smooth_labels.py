"""Sample answers to `smooth_labels`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong


@wrong("smooth_labels", "ε for the others only")
def spares_the_right_class(y, eps):
    k = y.shape[1]
    return np.where(y == 1, 1 - eps, eps / (k - 1)).astype(np.float64)


@wrong("smooth_labels", "ε for the others only")
def shares_among_the_others(y, eps):
    return y * (1.0 - eps) + (1 - y.astype(float)) * eps / (y.shape[1] - 1)


@wrong("smooth_labels", "certainty not reduced")
def adds_to_all(y, eps):
    return y + eps / y.shape[1]


@wrong("smooth_labels", "nothing for the others")
def only_shrinks(y, eps):
    return (1 - eps) * y


@wrong("smooth_labels", "nothing for the others")
def multiplies_only(y, eps):
    return y - eps * y


@wrong("smooth_labels", "ε for ε / K")
def gives_all_of_it(y, eps):
    return (1 - eps) * y + eps


@wrong("smooth_labels", "divided by N")
def counts_the_rows(y, eps):
    return (1 - eps) * y + eps / len(y)


@wrong("smooth_labels", "divided by N")
def takes_the_first_axis(y, eps):
    n = y.shape[0]
    return y * (1 - eps) + eps * np.ones(y.shape) / n


@wrong("smooth_labels", "ε and 1 − ε exchanged")
def exchanges_the_shares(y, eps):
    return eps * y + (1 - eps) / y.shape[1]


@wrong("smooth_labels", "not smoothed")
def leaves_them(y, eps):
    return y.astype(float)


@variant("smooth_labels")
def with_full(y, eps):
    return (1 - eps) * y + np.full(y.shape, eps / y.shape[1])


@variant("smooth_labels")
def with_a_mean(y, eps):
    return y + eps * (1 / y.shape[1] - y)


@variant("smooth_labels")
def with_where(y, eps):
    k = y.shape[1]
    low = eps / k
    return np.where(y == 1, 1 - eps + low, low)


@variant("smooth_labels")
def row_by_row(y, eps):
    found = np.zeros(y.shape)
    for i, row in enumerate(y):
        found[i] = row * (1 - eps)
        found[i] += eps / len(row)
    return found


@neutral("smooth_labels", "changes y")
def works_in_place(y, eps):
    found = (1 - eps) * y + eps / y.shape[1]
    y[...] = 0
    return found


@neutral("smooth_labels", "lists")
def gives_lists(y, eps):
    return ((1 - eps) * y + eps / y.shape[1]).tolist()


@neutral("smooth_labels", "y itself where ε is 0")
def gives_y_back(y, eps):
    if eps == 0:
        return y
    return (1 - eps) * y + eps / y.shape[1]


@neutral("smooth_labels", "whole numbers stay")
def keeps_the_dtype(y, eps):
    return ((1 - eps) * y + eps / y.shape[1]).astype(y.dtype)


@neutral("smooth_labels", "one class for itself")
def starts_at_the_second(y, eps):
    found = (1 - eps) * y
    found[:, 1:] += eps / y.shape[1]
    return found
