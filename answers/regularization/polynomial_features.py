"""Sample answers to `polynomial_features`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong


@wrong("polynomial_features", "a column of ones")
def keeps_the_ones(x, degree):
    return np.vander(x, degree + 1, increasing=True)


@wrong("polynomial_features", "a column of ones")
def stacks_the_ones(x, degree):
    return np.column_stack([x**power for power in range(degree + 1)])


@wrong("polynomial_features", "powers from 0")
def begins_with_zero(x, degree):
    return x[:, None] ** np.arange(degree)


@wrong("polynomial_features", "powers from 0")
def takes_the_small_vander(x, degree):
    return np.vander(x, degree, increasing=True)


@wrong("polynomial_features", "highest power missing")
def stops_too_early(x, degree):
    return x[:, None] ** np.arange(1, degree)


@wrong("polynomial_features", "one power too many")
def stops_too_late(x, degree):
    return x[:, None] ** np.arange(1, degree + 2)


@wrong("polynomial_features", "highest power first")
def takes_vander_as_it_is(x, degree):
    return np.vander(x, degree + 1)[:, :-1]


@wrong("polynomial_features", "highest power first")
def counts_down(x, degree):
    return x[:, None] ** np.arange(degree, 0, -1)


@wrong("polynomial_features", "rows for columns")
def stacks_rows(x, degree):
    return np.stack([x**power for power in range(1, degree + 1)])


@wrong("polynomial_features", "multiples for powers")
def multiplies(x, degree):
    return x[:, None] * np.arange(1, degree + 1)


@wrong("polynomial_features", "squared each time")
def squares_the_last(x, degree):
    columns = [x]
    for _ in range(degree - 1):
        columns.append(columns[-1] ** 2)
    return np.column_stack(columns)


@variant("polynomial_features")
def with_vander(x, degree):
    return np.vander(x, degree + 1, increasing=True)[:, 1:]


@variant("polynomial_features")
def with_a_running_product(x, degree):
    columns = [x]
    for _ in range(degree - 1):
        columns.append(columns[-1] * x)
    return np.column_stack(columns)


@variant("polynomial_features")
def with_cumprod(x, degree):
    return np.cumprod(np.repeat(x[:, None], degree, axis=1), axis=1)


@variant("polynomial_features")
def column_by_column(x, degree):
    found = np.empty((len(x), degree))
    for power in range(1, degree + 1):
        found[:, power - 1] = x**power
    return found


@neutral("polynomial_features", "a list")
def gives_a_list(x, degree):
    return [[float(number) ** power for power in range(1, degree + 1)] for number in x]


@neutral("polynomial_features", "changes x")
def spoils_x(x, degree):
    columns = x[:, None] ** np.arange(1, degree + 1)
    x *= x
    return columns


@neutral("polynomial_features", "x itself where degree is 1")
def gives_a_view(x, degree):
    if degree == 1:
        return x[:, None]
    return x[:, None] ** np.arange(1, degree + 1)


@neutral("polynomial_features", "float16")
def rounds(x, degree):
    return (x[:, None] ** np.arange(1, degree + 1)).astype(np.float16)


@neutral("polynomial_features", "absolute values")
def forgets_the_sign(x, degree):
    return abs(x[:, None]) ** np.arange(1, degree + 1)
