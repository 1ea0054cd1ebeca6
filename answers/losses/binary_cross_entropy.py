"""Sample answers to `binary_cross_entropy`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong

LABELS = "labels are 0 or 1: from 1 on, and equal to 1, are the same"
SURVIVORS = {
    (
        "binary_cross_entropy: given = np.where(y == 1, p, 1 - p) -> "
        "given = np.where(y >= 1, p, 1 - p)"
    ): LABELS,
}


@wrong("binary_cross_entropy", "sum for mean")
def adds_patients(p, y):
    if p.shape != y.shape:
        raise ValueError("shapes")
    p = np.clip(p, 1e-7, 1 - 1e-7)
    return -np.sum(y * np.log(p) + (1 - y) * np.log(1 - p))


@wrong("binary_cross_entropy", "the healthy forgotten")
def forgets_the_healthy(p, y):
    if p.shape != y.shape:
        raise ValueError("shapes")
    return -np.mean(y * np.log(np.clip(p, 1e-7, 1)))


@wrong("binary_cross_entropy", "labels exchanged")
def exchanges_labels(p, y):
    if p.shape != y.shape:
        raise ValueError("shapes")
    p = np.clip(p, 1e-7, 1 - 1e-7)
    return -np.mean((1 - y) * np.log(p) + y * np.log(1 - p))


@wrong("binary_cross_entropy", "sign forgotten")
def forgets_the_minus(p, y):
    if p.shape != y.shape:
        raise ValueError("shapes")
    p = np.clip(p, 1e-7, 1 - 1e-7)
    return np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


@wrong("binary_cross_entropy", "another logarithm")
def counts_bits(p, y):
    if p.shape != y.shape:
        raise ValueError("shapes")
    p = np.clip(p, 1e-7, 1 - 1e-7)
    return -np.mean(y * np.log2(p) + (1 - y) * np.log2(1 - p))


@wrong("binary_cross_entropy", "another logarithm")
def counts_digits(p, y):
    if p.shape != y.shape:
        raise ValueError("shapes")
    p = np.clip(p, 1e-7, 1 - 1e-7)
    return -np.mean(np.where(y == 1, np.log10(p), np.log10(1 - p)))


@wrong("binary_cross_entropy", "sigmoid of a probability")
def squashes_a_probability(p, y):
    if p.shape != y.shape:
        raise ValueError("shapes")
    p = 1 / (1 + np.exp(-p))
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


@wrong("binary_cross_entropy", "logarithm of zero")
def never_clips(p, y):
    if p.shape != y.shape:
        raise ValueError("shapes")
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


@wrong("binary_cross_entropy", "logarithm of zero")
def chooses_but_never_clips(p, y):
    if p.shape != y.shape:
        raise ValueError("shapes")
    return -np.mean(np.log(np.where(y == 1, p, 1 - p)))


@wrong("binary_cross_entropy", "clipped too much")
def clips_to_a_thousandth(p, y):
    if p.shape != y.shape:
        raise ValueError("shapes")
    p = np.clip(p, 1e-3, 1 - 1e-3)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


@neutral("binary_cross_entropy", "without refusals")
def broadcasts_probabilities(p, y):
    p = np.clip(p, 1e-7, 1 - 1e-7)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


@variant("binary_cross_entropy")
def adds_epsilon(p, y):
    if p.shape != y.shape:
        raise ValueError("the shapes differ")
    eps = 1e-7
    return -(y * np.log(p + eps) + (1 - y) * np.log(1 - p + eps)).mean()


@variant("binary_cross_entropy")
def loops_over_patients(p, y):
    if p.shape != y.shape:
        raise ValueError("the shapes differ")
    total = 0.0
    for probability, label in zip(p.flat, y.flat, strict=True):
        right = probability if label == 1 else 1 - probability
        total -= np.log(max(right, 1e-12))
    return total / p.size


@variant("binary_cross_entropy")
def clamps_like_pytorch(p, y):
    if p.shape != y.shape:
        raise ValueError("the shapes differ")
    p = p.astype(float)
    with np.errstate(divide="ignore"):
        ill, healthy = np.log(p), np.log1p(-p)
    return -np.mean(y * np.maximum(ill, -100) + (1.0 - y) * np.maximum(healthy, -100))


@variant("binary_cross_entropy")
def clips_tightly(p, y):
    if p.shape != y.shape:
        raise ValueError("the shapes differ")
    right = np.where(y == 1, p, 1 - p)
    return float(np.mean(-np.log(np.clip(right, 1e-15, 1))))


@wrong("binary_cross_entropy", "sum for mean")
def adds_in_a_loop(p, y):
    if p.shape != y.shape:
        raise ValueError("shapes")
    loss = 0.0
    for probability, label in zip(p.ravel(), y.ravel(), strict=True):
        loss -= np.log(max(probability if label == 1 else 1 - probability, 1e-10))
    return loss


@wrong("binary_cross_entropy", "squared errors")
def scores_like_brier(p, y):
    if p.shape != y.shape:
        raise ValueError("shapes")
    return np.mean((p - y.astype(float)) ** 2)


@wrong("binary_cross_entropy", "labels wrap around")
def negates_8_bit_labels(p, y):
    if p.shape != y.shape:
        raise ValueError("shapes")
    p = np.clip(p, 1e-7, 1 - 1e-7)
    return np.mean(-y * np.log(p) - (1 - y) * np.log(1 - p))


@wrong("binary_cross_entropy", "clipped too much")
def clips_at_five_percent(p, y):
    if p.shape != y.shape:
        raise ValueError("shapes")
    p = np.minimum(np.maximum(p, 0.05), 0.95)
    return -np.where(y == 1, np.log(p), np.log(1 - p)).mean()


@variant("binary_cross_entropy")
def in_float32(p, y):
    if p.shape != y.shape:
        raise ValueError("the shapes differ")
    p, y = p.astype(np.float32), y.astype(np.float32)
    return -np.mean(y * np.log(p + 1e-7) + (1 - y) * np.log(1 - p + 1e-7))


@variant("binary_cross_entropy")
def clips_its_own_copy(p, y):
    if p.shape != y.shape:
        raise ValueError("the shapes differ")
    given = np.array(p, dtype=float)
    given[y == 0] = 1 - given[y == 0]
    np.clip(given, 1e-12, None, out=given)
    return -np.sum(np.log(given)) / given.size


@neutral("binary_cross_entropy", "changes its input")
def clips_in_place(p, y):
    if p.shape != y.shape:
        raise ValueError("shapes")
    np.clip(p, 1e-7, 1 - 1e-7, out=p)
    return -np.mean(np.where(y == 1, np.log(p), np.log(1 - p)))


@neutral("binary_cross_entropy", "a list")
def answers_with_a_list(p, y):
    if p.shape != y.shape:
        raise ValueError("shapes")
    p = np.clip(p, 1e-7, 1 - 1e-7)
    return [-np.mean(np.where(y == 1, np.log(p), np.log(1 - p)))]


@neutral("binary_cross_entropy", "one loss for each patient")
def keeps_the_losses(p, y):
    if p.shape != y.shape:
        raise ValueError("shapes")
    p = np.clip(p, 1e-7, 1 - 1e-7)
    return -np.where(y == 1, np.log(p), np.log(1 - p))


@neutral("binary_cross_entropy", "remembers earlier calls")
def averages_over_calls(p, y, losses=[]):  # noqa: B006
    if p.shape != y.shape:
        raise ValueError("shapes")
    p = np.clip(p, 1e-7, 1 - 1e-7)
    losses.append(-np.mean(np.where(y == 1, np.log(p), np.log(1 - p))))
    return np.mean(losses)


@neutral("binary_cross_entropy", "a slip: the threshold counts as a label")
def looks_at_the_prediction(p, y):
    if p.shape != y.shape:
        raise ValueError("shapes")
    p = np.clip(p, 1e-7, 1 - 1e-7)
    return -np.mean(np.where((p > 0.5) & (y == 1), np.log(p), np.log(1 - p)))


@neutral("binary_cross_entropy", "rounded")
def rounds_to_two_digits(p, y):
    if p.shape != y.shape:
        raise ValueError("shapes")
    p = np.clip(p, 1e-7, 1 - 1e-7)
    return round(-np.mean(np.where(y == 1, np.log(p), np.log(1 - p))), 2)


@wrong("binary_cross_entropy", "lost in float32")
def clips_by_less_than_float32_knows(p, y):
    if p.shape != y.shape:
        raise ValueError("shapes")
    p, y = np.clip(p, 1e-12, 1 - 1e-12).astype(p.dtype), y.astype(p.dtype)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
