"""Sample answers to `bce_with_logits`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong

LABELS = "labels are 0 or 1: from 1 on, and equal to 1, are the same"
SURVIVORS = {
    (
        "bce_with_logits: for logit, label in zip(z.flat, y.flat, strict=True): -> "
        "for logit, label in zip(z.flat, y.flat, strict=False):"
    ): "both have the same length here: the shapes were compared before",
    (
        "bce_with_logits: return np.where(y == 1, pos_weight * ill, healthy).mean() -> "
        "return np.where(y >= 1, pos_weight * ill, healthy).mean()"
    ): LABELS,
}


@wrong("bce_with_logits", "probability first")
def takes_the_formula(z, y, pos_weight=1.0):
    if z.shape != y.shape:
        raise ValueError("shapes")
    p = 1 / (1 + np.exp(-z))
    return -np.mean(pos_weight * y * np.log(p) + (1 - y) * np.log(1 - p))


@wrong("bce_with_logits", "overflow")
def overflows_one_side(z, y, pos_weight=1.0):
    if z.shape != y.shape:
        raise ValueError("shapes")
    return np.mean(pos_weight * y * np.log(1 + np.exp(-z)) + (1 - y) * np.log(1 + np.exp(z)))


@wrong("bce_with_logits", "clipped")
def clips_the_sigmoid(z, y, pos_weight=1.0):
    if z.shape != y.shape:
        raise ValueError("shapes")
    p = np.clip(1 / (1 + np.exp(-z)), 1e-7, 1 - 1e-7)
    return -np.mean(pos_weight * y * np.log(p) + (1 - y) * np.log(1 - p))


@wrong("bce_with_logits", "clipped")
def clips_the_sigmoid_tightly(z, y, pos_weight=1.0):
    if z.shape != y.shape:
        raise ValueError("shapes")
    p = np.clip(1 / (1 + np.exp(-z)), 1e-15, 1 - 1e-15)
    return -np.mean(pos_weight * y * np.log(p) + (1 - y) * np.log(1 - p))


@wrong("bce_with_logits", "weight on the healthy")
def weighs_the_healthy(z, y, pos_weight=1.0):
    if z.shape != y.shape:
        raise ValueError("shapes")
    return np.mean(y * np.logaddexp(0, -z) + pos_weight * (1 - y) * np.logaddexp(0, z))


@wrong("bce_with_logits", "weight on all")
def weighs_all(z, y, pos_weight=1.0):
    if z.shape != y.shape:
        raise ValueError("shapes")
    return pos_weight * np.mean(y * np.logaddexp(0, -z) + (1 - y) * np.logaddexp(0, z))


@wrong("bce_with_logits", "divided by the weights")
def averages_with_weights(z, y, pos_weight=1.0):
    if z.shape != y.shape:
        raise ValueError("shapes")
    loss = np.where(y == 1, np.logaddexp(0, -z), np.logaddexp(0, z))
    return np.average(loss, weights=np.where(y == 1, pos_weight, 1.0))


@wrong("bce_with_logits", "weight ignored")
def ignores_the_weight(z, y, pos_weight=1.0):
    if z.shape != y.shape:
        raise ValueError("shapes")
    return np.mean(np.logaddexp(0, np.where(y == 1, -z, z)))


@wrong("bce_with_logits", "sum for mean")
def adds_logit_losses(z, y, pos_weight=1.0):
    if z.shape != y.shape:
        raise ValueError("shapes")
    return np.sum(pos_weight * y * np.logaddexp(0, -z) + (1 - y) * np.logaddexp(0, z))


@wrong("bce_with_logits", "labels exchanged")
def rewards_errors(z, y, pos_weight=1.0):
    if z.shape != y.shape:
        raise ValueError("shapes")
    return np.mean(pos_weight * y * np.logaddexp(0, z) + (1 - y) * np.logaddexp(0, -z))


@wrong("bce_with_logits", "sigmoid twice")
def squashes_twice(z, y, pos_weight=1.0):
    if z.shape != y.shape:
        raise ValueError("shapes")
    z = 1 / (1 + np.exp(-z))
    return np.mean(pos_weight * y * np.logaddexp(0, -z) + (1 - y) * np.logaddexp(0, z))


@neutral("bce_with_logits", "without refusals")
def broadcasts_logits(z, y, pos_weight=1.0):
    return np.mean(pos_weight * y * np.logaddexp(0, -z) + (1 - y) * np.logaddexp(0, z))


@variant("bce_with_logits")
def with_log1p(z, y, pos_weight=1.0):
    if z.shape != y.shape:
        raise ValueError("the shapes differ")
    rest = np.log1p(np.exp(-np.abs(z)))
    ill, healthy = np.maximum(-z, 0) + rest, np.maximum(z, 0) + rest
    return (pos_weight * y * ill + (1 - y) * healthy).mean()


@variant("bce_with_logits")
def with_branches(z, y, pos_weight=1.0):
    if z.shape != y.shape:
        raise ValueError("the shapes differ")
    total = 0.0
    for logit, label in zip(z.flat, y.flat, strict=True):
        wrongness = -float(logit) if label == 1 else float(logit)
        if wrongness > 0:
            loss = wrongness + np.log(1 + np.exp(-wrongness))
        else:
            loss = np.log(1 + np.exp(wrongness))
        total += loss * (pos_weight if label == 1 else 1)
    return total / z.size


@variant("bce_with_logits")
def with_signs(z, y, pos_weight=1.0):
    if z.shape != y.shape:
        raise ValueError("the shapes differ")
    sign = 2.0 * y - 1
    weights = 1 + (pos_weight - 1) * y.astype(float)
    return np.sum(weights * np.logaddexp(0, -sign * z)) / y.size


@wrong("bce_with_logits", "probability first")
def chooses_a_probability(z, y, pos_weight=1.0):
    if z.shape != y.shape:
        raise ValueError("shapes")
    p = 1 / (1 + np.exp(-z))
    loss = -np.log(np.where(y == 1, p, 1 - p))
    return np.mean(np.where(y == 1, pos_weight, 1.0) * loss)


@wrong("bce_with_logits", "labels wrap around")
def turns_8_bit_labels_into_signs(z, y, pos_weight=1.0):
    if z.shape != y.shape:
        raise ValueError("shapes")
    return np.mean(np.where(y == 1, pos_weight, 1.0) * np.logaddexp(0, (1 - 2 * y) * z))


@variant("bce_with_logits")
def in_pytorchs_form(z, y, pos_weight=1.0):
    if z.shape != y.shape:
        raise ValueError("the shapes differ")
    weight = 1 + (pos_weight - 1) * y
    return ((1 - y) * z + weight * (np.log1p(np.exp(-abs(z))) + np.maximum(-z, 0))).mean()


@neutral("bce_with_logits", "changes its input")
def flips_logits_in_place(z, y, pos_weight=1.0):
    if z.shape != y.shape:
        raise ValueError("shapes")
    z[y == 1] *= -1
    return np.mean(np.where(y == 1, pos_weight, 1.0) * np.logaddexp(0, z))


@neutral("bce_with_logits", "in float32")
def in_float32(z, y, pos_weight=1.0):
    if z.shape != y.shape:
        raise ValueError("shapes")
    z = z.astype(np.float32)
    loss = np.where(y == 1, np.float32(pos_weight) * np.logaddexp(0, -z), np.logaddexp(0, z))
    return loss.mean()


@neutral("bce_with_logits", "one loss for each patient")
def keeps_the_losses(z, y, pos_weight=1.0):
    if z.shape != y.shape:
        raise ValueError("shapes")
    return np.where(y == 1, pos_weight * np.logaddexp(0, -z), np.logaddexp(0, z))


@neutral("bce_with_logits", "a slip: the weight counts where the logit is positive")
def weighs_by_the_prediction(z, y, pos_weight=1.0):
    if z.shape != y.shape:
        raise ValueError("shapes")
    loss = np.where(y == 1, np.logaddexp(0, -z), np.logaddexp(0, z))
    return np.mean(np.where(z > 0, pos_weight, 1.0) * loss)


@neutral("bce_with_logits", "a slip: wrong above 500")
def cuts_large_logits(z, y, pos_weight=1.0):
    if z.shape != y.shape:
        raise ValueError("shapes")
    z = np.clip(z, -500, 500)
    return np.where(y == 1, pos_weight * np.logaddexp(0, -z), np.logaddexp(0, z)).mean()


@neutral("bce_with_logits", "remembers earlier calls")
def averages_over_calls(z, y, pos_weight=1.0, losses=[]):  # noqa: B006
    if z.shape != y.shape:
        raise ValueError("shapes")
    loss = np.where(y == 1, pos_weight * np.logaddexp(0, -z), np.logaddexp(0, z))
    losses.append(loss.mean())
    return np.mean(losses)


@wrong("bce_with_logits", "an ε in the logarithm")
def adds_an_epsilon(z, y, pos_weight=1.0):
    if z.shape != y.shape:
        raise ValueError("shapes")
    p = 1 / (1 + np.exp(-z))
    return -np.mean(pos_weight * y * np.log(p + 1e-8) + (1 - y) * np.log(1 - p + 1e-8))
