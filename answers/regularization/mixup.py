"""Sample answers to `mixup`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong


@wrong("mixup", "labels not mixed")
def mixes_images_only(x, y, rng, alpha):
    lam, order = rng.beta(alpha, alpha), rng.permutation(len(x))
    return lam * x + (1 - lam) * x[order], y.copy()


@wrong("mixup", "labels mixed the other way")
def exchanges_the_shares(x, y, rng, alpha):
    lam, order = rng.beta(alpha, alpha), rng.permutation(len(x))
    return lam * x + (1 - lam) * x[order], (1 - lam) * y + lam * y[order]


@wrong("mixup", "labels of other partners")
def shuffles_twice(x, y, rng, alpha):
    lam = rng.beta(alpha, alpha)
    x2, y2 = x[rng.permutation(len(x))], y[rng.permutation(len(x))]
    return lam * x + (1 - lam) * x2, lam * y + (1 - lam) * y2


@wrong("mixup", "labels of other partners")
def draws_two_lambdas(x, y, rng, alpha):
    order = rng.permutation(len(x))
    a, b = rng.beta(alpha, alpha, 2)
    return a * x + (1 - a) * x[order], b * y + (1 - b) * y[order]


@wrong("mixup", "a λ for each image")
def draws_for_each_image(x, y, rng, alpha):
    n = len(x)
    lam, order = rng.beta(alpha, alpha, n), rng.permutation(n)
    a, b = lam.reshape(n, *[1] * (x.ndim - 1)), lam[:, None]
    return a * x + (1 - a) * x[order], b * y + (1 - b) * y[order]


@wrong("mixup", "partners drawn with replacement")
def draws_partners(x, y, rng, alpha):
    lam, order = rng.beta(alpha, alpha), rng.integers(0, len(x), len(x))
    return lam * x + (1 - lam) * x[order], lam * y + (1 - lam) * y[order]


@wrong("mixup", "always the same partners")
def turns_the_batch(x, y, rng, alpha):
    lam = rng.beta(alpha, alpha)
    return lam * x + (1 - lam) * x[::-1], lam * y + (1 - lam) * y[::-1]


@wrong("mixup", "always the same partners")
def takes_the_next(x, y, rng, alpha):
    lam = rng.beta(alpha, alpha)
    return lam * x + (1 - lam) * np.roll(x, 1, axis=0), lam * y + (1 - lam) * np.roll(y, 1, axis=0)


@wrong("mixup", "λ uniform")
def draws_uniform(x, y, rng, alpha):
    lam, order = rng.random(), rng.permutation(len(x))
    return lam * x + (1 - lam) * x[order], lam * y + (1 - lam) * y[order]


@wrong("mixup", "Beta(α, 1)")
def forgets_a_parameter(x, y, rng, alpha):
    lam, order = rng.beta(alpha, 1), rng.permutation(len(x))
    return lam * x + (1 - lam) * x[order], lam * y + (1 - lam) * y[order]


@wrong("mixup", "λ is α")
def takes_alpha(x, y, rng, alpha):
    lam, order = alpha, rng.permutation(len(x))
    return lam * x + (1 - lam) * x[order], lam * y + (1 - lam) * y[order]


@wrong("mixup", "the larger share for the image")
def keeps_the_larger(x, y, rng, alpha):
    lam, order = rng.beta(alpha, alpha), rng.permutation(len(x))
    lam = max(lam, 1 - lam)
    return lam * x + (1 - lam) * x[order], lam * y + (1 - lam) * y[order]


@wrong("mixup", "another source of chance")
def uses_a_new_generator(x, y, rng, alpha):
    rng = np.random.default_rng()
    lam, order = rng.beta(alpha, alpha), rng.permutation(len(x))
    return lam * x + (1 - lam) * x[order], lam * y + (1 - lam) * y[order]


@variant("mixup")
def with_shuffled_places(x, y, rng, alpha):
    order = np.arange(len(x))
    rng.shuffle(order)
    lam = rng.beta(alpha, alpha)
    return x * lam + x[order] * (1 - lam), y * lam + y[order] * (1 - lam)


@variant("mixup")
def with_a_difference(x, y, rng, alpha):
    lam = rng.beta(alpha, alpha)
    order = rng.permutation(x.shape[0])
    return x + (1 - lam) * (x[order] - x), y + (1 - lam) * (y[order] - y)


@variant("mixup")
def with_a_matrix(x, y, rng, alpha):
    n = len(x)
    lam = rng.beta(alpha, alpha)
    mix = lam * np.eye(n) + (1 - lam) * np.eye(n)[rng.permutation(n)]
    return np.tensordot(mix, x, axes=1), mix @ y


@variant("mixup")
def with_gammas(x, y, rng, alpha):
    a, b = rng.gamma(alpha, size=2)
    lam = a / (a + b)
    order = np.argsort(rng.random(len(x)))
    return lam * x + (1 - lam) * np.take(x, order, axis=0), lam * y + (1 - lam) * y[order]


@neutral("mixup", "changes x")
def mixes_in_place(x, y, rng, alpha):
    lam, order = rng.beta(alpha, alpha), rng.permutation(len(x))
    x2 = x[order]
    x *= lam
    x += (1 - lam) * x2
    return x, lam * y + (1 - lam) * y[order]


@neutral("mixup", "three results")
def gives_lambda_too(x, y, rng, alpha):
    lam, order = rng.beta(alpha, alpha), rng.permutation(len(x))
    return lam * x + (1 - lam) * x[order], lam * y + (1 - lam) * y[order], lam


@neutral("mixup", "classes for labels")
def gives_classes(x, y, rng, alpha):
    lam, order = rng.beta(alpha, alpha), rng.permutation(len(x))
    return lam * x + (1 - lam) * x[order], (lam * y + (1 - lam) * y[order]).argmax(axis=1)


@neutral("mixup", "only half of the batch")
def mixes_pairs(x, y, rng, alpha):
    lam, order = rng.beta(alpha, alpha), rng.permutation(len(x))
    half = len(x) // 2
    a, b = order[:half], order[half:]
    b = b[: len(a)]
    return lam * x[a] + (1 - lam) * x[b], lam * y[a] + (1 - lam) * y[b]


@neutral("mixup", "a sum above 1")
def adds_the_partner(x, y, rng, alpha):
    lam, order = rng.beta(alpha, alpha), rng.permutation(len(x))
    return x + (1 - lam) * x[order], y + (1 - lam) * y[order]
