"""Sample answers to `mse`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong

SURVIVORS = {
    (
        "mse: for p, t in zip(prediction.ravel(), target.ravel(), strict=True): -> "
        "for p, t in zip(prediction.ravel(), target.ravel(), strict=False):"
    ): "both have the same length here: the shapes were compared before",
}


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


@wrong("mse", "sum for mean")
def dots_errors(prediction, target):
    if prediction.shape != target.shape:
        raise ValueError("shapes")
    error = (prediction - target).ravel()
    return error @ error


@wrong("mse", "halved")
def divides_by_two_n(prediction, target):
    if prediction.shape != target.shape:
        raise ValueError("shapes")
    return np.sum((target - prediction) ** 2) / (2 * prediction.size)


@wrong("mse", "length of the errors")
def takes_the_norm(prediction, target):
    if prediction.shape != target.shape:
        raise ValueError("shapes")
    return np.linalg.norm(prediction - target)


@wrong("mse", "absolute errors")
def loops_over_absolute_errors(prediction, target):
    if prediction.shape != target.shape:
        raise ValueError("shapes")
    total = 0.0
    for p, t in zip(prediction.flat, target.flat, strict=True):
        total += abs(p - t)
    return total / prediction.size


@wrong("mse", "errors cancel")
def compares_the_means(prediction, target):
    if prediction.shape != target.shape:
        raise ValueError("shapes")
    return (prediction.mean() - target.mean()) ** 2


@variant("mse")
def works_on_a_copy(prediction, target):
    if prediction.shape != target.shape:
        raise ValueError("the shapes differ")
    error = prediction.copy()
    error -= target
    error *= error
    return error.mean()


@variant("mse")
def with_einsum(prediction, target):
    if prediction.shape != target.shape:
        raise ValueError("the shapes differ")
    error = (target - prediction).reshape(-1)
    return np.einsum("i,i->", error, error) / len(error)


@variant("mse")
def with_a_generator(prediction, target):
    if prediction.shape != target.shape:
        raise ValueError("the shapes differ")
    pairs = zip(prediction.flatten().tolist(), target.flatten().tolist(), strict=True)
    return sum((p - t) ** 2 for p, t in pairs) / target.size


@neutral("mse", "without refusals")
def broadcasts_squares(prediction, target):
    return np.mean((prediction - target) ** 2)


@neutral("mse", "refuses by the number of entries only")
def compares_sizes(prediction, target):
    if prediction.size != target.size:
        raise ValueError("sizes")
    return np.mean((prediction - target) ** 2)


@neutral("mse", "changes its input")
def subtracts_in_place(prediction, target):
    if prediction.shape != target.shape:
        raise ValueError("shapes")
    prediction -= target
    return (prediction**2).mean()


@neutral("mse", "in float32")
def squares_in_float32(prediction, target):
    if prediction.shape != target.shape:
        raise ValueError("shapes")
    return np.mean(np.square(prediction.astype(np.float32) - target.astype(np.float32)))


@neutral("mse", "a list")
def answers_with_a_list(prediction, target):
    if prediction.shape != target.shape:
        raise ValueError("shapes")
    return [((prediction - target) ** 2).mean()]


@neutral("mse", "remembers earlier calls")
def keeps_a_running_mean(prediction, target, seen=[]):  # noqa: B006
    if prediction.shape != target.shape:
        raise ValueError("shapes")
    seen.extend(((prediction - target) ** 2).ravel())
    return np.mean(seen)


@neutral("mse", "a slip: the last entry is left out")
def leaves_out_the_last(prediction, target):
    if prediction.shape != target.shape:
        raise ValueError("shapes")
    p, t = prediction.ravel(), target.ravel()
    return sum((p[i] - t[i]) ** 2 for i in range(len(p) - 1)) / len(p)


@wrong("mse", "divided by one fewer")
def divides_by_one_fewer(prediction, target):
    if prediction.shape != target.shape:
        raise ValueError("shapes")
    return np.sum((prediction - target) ** 2) / max(prediction.size - 1, 1)
