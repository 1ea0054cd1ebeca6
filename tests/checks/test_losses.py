"""Sample answers to the exercises of 02-losses; `test_answers.py` judges them."""

import numpy as np

from course_utils.authoring.answers import variant, wrong

LABELS = "labels are 0 or 1: from 1 on, and equal to 1, are the same"
COLUMNS = "NumPy takes any negative number for “as many as are left”"
SURVIVORS = {
    "binary_cross_entropy: given = np.where(y == 1, p, 1 - p) -> "
    "given = np.where(y >= 1, p, 1 - p)": LABELS,
    "bce_with_logits: return np.where(y == 1, pos_weight * ill, healthy).mean() -> "
    "return np.where(y >= 1, pos_weight * ill, healthy).mean()": LABELS,
    "multilabel_margin_loss: for row, listed in zip(scores, targets.tolist(), strict=True): -> "
    "for row, listed in zip(scores, targets.tolist(), strict=False):": "both have the same length: "
    "their shapes were compared before",
    "nearest_neighbor_l1: known = train_x.reshape(len(train_x), -1).astype(float) -> "
    "known = train_x.reshape(len(train_x), - 2).astype(float)": COLUMNS,
    "nearest_neighbor_l1: known = train_x.reshape(len(train_x), -1).astype(float) -> "
    "known = train_x.reshape(len(train_x), ~1).astype(float)": COLUMNS,
}

# ------------------------------------------------------------------ mse


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


# ------------------------------------------------------------------ binary_cross_entropy


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
    p = np.clip(p, 1e-16, 1 - 1e-16)
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


@wrong("binary_cross_entropy", "shapes broadcast")
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


# ------------------------------------------------------------------ bce_with_logits


@wrong("bce_with_logits", "overflow")
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


@wrong("bce_with_logits", "shapes broadcast")
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


# ------------------------------------------------------------------ log_softmax


@wrong("log_softmax", "over the patients")
def along_axis_0(z):
    shifted = z - z.max(axis=0, initial=-np.inf)
    return shifted - np.log(np.exp(shifted).sum(axis=0))


@wrong("log_softmax", "over everything")
def along_no_axis(z):
    shifted = z - z.max(initial=-np.inf)
    return shifted - np.log(np.exp(shifted).sum())


@wrong("log_softmax", "logarithm forgotten")
def only_softmax(z):
    powers = np.exp(z - z.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


@wrong("log_softmax", "sign exchanged")
def returns_surprise(z):
    shifted = z - z.max(axis=1, keepdims=True)
    return np.log(np.exp(shifted).sum(axis=1, keepdims=True)) - shifted


@wrong("log_softmax", "no shift")
def takes_powers_directly(z):
    return z - np.log(np.exp(z).sum(axis=1, keepdims=True))


@wrong("log_softmax", "no shift")
def divides_powers_directly(z):
    return np.log(np.exp(z) / np.exp(z).sum(axis=1, keepdims=True))


@wrong("log_softmax", "one shift for all")
def shifts_all_alike(z):
    shifted = z - z.max(initial=-np.inf)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


@wrong("log_softmax", "logarithm of a vanished probability")
def logarithm_last(z):
    powers = np.exp(z - z.max(axis=1, keepdims=True))
    return np.log(powers / powers.sum(axis=1, keepdims=True))


@variant("log_softmax")
def row_by_row(z):
    out = np.zeros(z.shape, z.dtype)
    for i in range(len(z)):
        top = max(z[i])
        out[i] = z[i] - top - np.log(sum(np.exp(value - top) for value in z[i]))
    return out


@variant("log_softmax")
def with_logaddexp(z):
    return z - np.logaddexp.reduce(z, axis=-1)[:, None]


@variant("log_softmax")
def transposed(z):
    columns = z.T - z.max(axis=1)
    return (columns - np.log(np.exp(columns).sum(axis=0))).T


# ------------------------------------------------------------------ nll_loss


@wrong("nll_loss", "sign forgotten")
def positive_likelihood(log_probs, labels):
    if labels.shape != log_probs.shape[:1]:
        raise ValueError("shapes")
    if ((labels < 0) | (labels >= log_probs.shape[1])).any():
        raise ValueError("no class")
    return log_probs[np.arange(len(labels)), labels].mean()


@wrong("nll_loss", "sum for mean")
def adds_likelihoods(log_probs, labels):
    if labels.shape != log_probs.shape[:1]:
        raise ValueError("shapes")
    if ((labels < 0) | (labels >= log_probs.shape[1])).any():
        raise ValueError("no class")
    return -log_probs[np.arange(len(labels)), labels].sum()


@wrong("nll_loss", "all labels for every patient")
def takes_all_columns(log_probs, labels):
    if ((labels < 0) | (labels >= log_probs.shape[1])).any():
        raise ValueError("no class")
    return -log_probs[:, labels].mean()


@wrong("nll_loss", "divided by the classes too")
def averages_the_table(log_probs, labels):
    if labels.shape != log_probs.shape[:1]:
        raise ValueError("shapes")
    if ((labels < 0) | (labels >= log_probs.shape[1])).any():
        raise ValueError("no class")
    return -log_probs[np.arange(len(labels)), labels].sum() / log_probs.size


@wrong("nll_loss", "the likeliest class")
def takes_the_maximum(log_probs, labels):
    if labels.shape != log_probs.shape[:1]:
        raise ValueError("shapes")
    return -np.mean(np.max(log_probs, axis=1))


@wrong("nll_loss", "probability for its logarithm")
def returns_to_probabilities(log_probs, labels):
    if labels.shape != log_probs.shape[:1]:
        raise ValueError("shapes")
    probabilities = np.exp(log_probs)
    return -np.mean(probabilities[np.arange(len(labels)), labels])


@wrong("nll_loss", "zero times infinity")
def multiplies_with_onehot(log_probs, labels):
    if labels.shape != log_probs.shape[:1]:
        raise ValueError("shapes")
    if ((labels < 0) | (labels >= log_probs.shape[1])).any():
        raise ValueError("no class")
    return -np.sum(np.eye(log_probs.shape[1])[labels] * log_probs) / len(labels)


@wrong("nll_loss", "a label below zero")
def lets_minus_one_pass(log_probs, labels):
    if labels.shape != log_probs.shape[:1]:
        raise ValueError("shapes")
    return -np.mean(log_probs[np.arange(len(labels)), labels])


@variant("nll_loss")
def picks_in_a_loop(log_probs, labels):
    n, c = log_probs.shape
    if labels.shape != (n,):
        raise ValueError(f"expected {n} labels")
    total = 0.0
    for row, label in zip(log_probs, labels, strict=True):
        if not 0 <= label < c:
            raise ValueError(f"there is no class {label}")
        total -= row[label]
    return total / n


@variant("nll_loss")
def takes_along_the_axis(log_probs, labels):
    if labels.ndim != 1 or len(labels) != len(log_probs):
        raise ValueError("one label for each patient")
    if labels.min() < 0 or labels.max() >= log_probs.shape[1]:
        raise ValueError("no such class")
    return -np.take_along_axis(log_probs, labels[:, None].astype(int), axis=1).mean()


@variant("nll_loss")
def masks_with_where(log_probs, labels):
    if labels.shape != (len(log_probs),):
        raise ValueError("one label for each patient")
    classes = np.arange(log_probs.shape[1])
    if not np.isin(labels, classes).all():
        raise ValueError("no such class")
    return -np.where(classes == labels[:, None], log_probs, 0).sum(axis=1).mean()


# ------------------------------------------------------------------ cross_entropy


@wrong("cross_entropy", "softmax first")
def softmax_twice(logits, labels):
    if labels.shape != logits.shape[:1]:
        raise ValueError("shapes")
    if ((labels < 0) | (labels >= logits.shape[1])).any():
        raise ValueError("no class")
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    z = powers / powers.sum(axis=1, keepdims=True)
    log_probs = z - np.logaddexp.reduce(z, axis=1)[:, None]
    return -log_probs[np.arange(len(z)), labels].mean()


@wrong("cross_entropy", "sum for mean")
def adds_cross_entropies(logits, labels):
    if labels.shape != logits.shape[:1]:
        raise ValueError("shapes")
    if ((labels < 0) | (labels >= logits.shape[1])).any():
        raise ValueError("no class")
    log_probs = logits - np.logaddexp.reduce(logits, axis=1)[:, None]
    return -log_probs[np.arange(len(logits)), labels].sum()


@wrong("cross_entropy", "all labels for every patient")
def mixes_patients(logits, labels):
    if ((labels < 0) | (labels >= logits.shape[1])).any():
        raise ValueError("no class")
    log_probs = logits - np.logaddexp.reduce(logits, axis=1)[:, None]
    return -np.mean(log_probs[:, labels])


@wrong("cross_entropy", "all labels for every patient")
def mixes_only_columns_of_labels(logits, labels):
    if ((labels < 0) | (labels >= logits.shape[1])).any():
        raise ValueError("no class")
    log_probs = logits - np.logaddexp.reduce(logits, axis=1)[:, None]
    return -np.mean(log_probs[np.arange(len(logits)), labels])


@wrong("cross_entropy", "divided by the classes too")
def averages_over_classes(logits, labels):
    if labels.shape != logits.shape[:1]:
        raise ValueError("shapes")
    if ((labels < 0) | (labels >= logits.shape[1])).any():
        raise ValueError("no class")
    log_probs = logits - np.logaddexp.reduce(logits, axis=1)[:, None]
    return -np.mean(np.eye(logits.shape[1])[labels] * log_probs)


@wrong("cross_entropy", "sign forgotten")
def forgets_the_sign(logits, labels):
    if labels.shape != logits.shape[:1]:
        raise ValueError("shapes")
    if ((labels < 0) | (labels >= logits.shape[1])).any():
        raise ValueError("no class")
    log_probs = logits - np.logaddexp.reduce(logits, axis=1)[:, None]
    return log_probs[np.arange(len(logits)), labels].mean()


@wrong("cross_entropy", "overflow")
def overflows(logits, labels):
    if labels.shape != logits.shape[:1]:
        raise ValueError("shapes")
    if ((labels < 0) | (labels >= logits.shape[1])).any():
        raise ValueError("no class")
    p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    return -np.mean(np.log(p[np.arange(len(p)), labels]))


@wrong("cross_entropy", "the likeliest class")
def trusts_the_network(logits, labels):
    if labels.shape != logits.shape[:1]:
        raise ValueError("shapes")
    log_probs = logits - np.logaddexp.reduce(logits, axis=1)[:, None]
    return -log_probs.max(axis=1).mean()


@wrong("cross_entropy", "a label below zero")
def counts_from_the_end(logits, labels):
    if labels.shape != logits.shape[:1]:
        raise ValueError("shapes")
    log_probs = logits - np.logaddexp.reduce(logits, axis=1)[:, None]
    return -log_probs[np.arange(len(logits)), labels].mean()


@variant("cross_entropy")
def loops_over_rows(logits, labels):
    n, c = logits.shape
    if np.shape(labels) != (n,):
        raise ValueError("one label for each patient")
    total = 0.0
    for z, label in zip(logits.astype(float), labels, strict=True):
        if label not in range(c):
            raise ValueError(f"no class {label}")
        total += z.max() - z[label] + np.log(np.exp(z - z.max()).sum())
    return total / n


@variant("cross_entropy")
def log_sum_exp_minus_logit(logits, labels):
    if labels.shape != logits.shape[:1]:
        raise ValueError("one label for each patient")
    if labels.min() < 0 or labels.max() > logits.shape[1] - 1:
        raise ValueError("no such class")
    top = logits.max(axis=1)
    total = top + np.log(np.exp(logits - top[:, None]).sum(axis=1))
    return np.mean(total - logits[np.arange(len(labels)), labels])


@variant("cross_entropy")
def with_one_hot_rows(logits, labels):
    if labels.shape != logits.shape[:1]:
        raise ValueError("one label for each patient")
    onehot = labels[:, None] == np.arange(logits.shape[1])
    if not onehot.any(axis=1).all():
        raise ValueError("no such class")
    return (np.logaddexp.reduce(logits, axis=1) - (onehot * logits).sum(axis=1)).mean()


# ------------------------------------------------------------------ cross_entropy_onehot


@wrong("cross_entropy_onehot", "divided by the classes too")
def averages_zeros(logits, onehot):
    if logits.shape != onehot.shape:
        raise ValueError("shapes")
    log_probs = logits - np.logaddexp.reduce(logits, axis=1)[:, None]
    return -np.mean(onehot * log_probs)


@wrong("cross_entropy_onehot", "sum for mean")
def adds_onehot(logits, onehot):
    if logits.shape != onehot.shape:
        raise ValueError("shapes")
    log_probs = logits - np.logaddexp.reduce(logits, axis=1)[:, None]
    return -np.sum(onehot * log_probs)


@wrong("cross_entropy_onehot", "softmax first")
def softmax_before_onehot(logits, onehot):
    if logits.shape != onehot.shape:
        raise ValueError("shapes")
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    z = powers / powers.sum(axis=1, keepdims=True)
    log_probs = z - np.logaddexp.reduce(z, axis=1)[:, None]
    return -np.sum(onehot * log_probs) / len(z)


@wrong("cross_entropy_onehot", "sign forgotten")
def forgets_minus_with_onehot(logits, onehot):
    if logits.shape != onehot.shape:
        raise ValueError("shapes")
    log_probs = logits - np.logaddexp.reduce(logits, axis=1)[:, None]
    return np.sum(onehot * log_probs) / len(logits)


@wrong("cross_entropy_onehot", "a sigmoid for each class")
def sigmoids(logits, onehot):
    if logits.shape != onehot.shape:
        raise ValueError("shapes")
    loss = onehot * np.logaddexp(0, -logits) + (1 - onehot) * np.logaddexp(0, logits)
    return loss.sum(axis=1).mean()


@wrong("cross_entropy_onehot", "overflow")
def multiplies_infinity(logits, onehot):
    if logits.shape != onehot.shape:
        raise ValueError("shapes")
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = powers / powers.sum(axis=1, keepdims=True)
    return -np.sum(onehot * np.log(p)) / len(p)


@wrong("cross_entropy_onehot", "overflow")
def picks_infinity(logits, onehot):
    if logits.shape != onehot.shape:
        raise ValueError("shapes")
    powers = np.exp(logits)
    p = powers / powers.sum(axis=1, keepdims=True)
    return -np.mean(np.log((onehot * p).sum(axis=1)))


@wrong("cross_entropy_onehot", "shapes broadcast")
def broadcasts_onehot(logits, onehot):
    log_probs = logits - np.logaddexp.reduce(logits, axis=1)[:, None]
    return -(onehot * log_probs).sum(axis=1).mean()


@variant("cross_entropy_onehot")
def finds_the_label(logits, onehot):
    if logits.shape != onehot.shape:
        raise ValueError("the shapes differ")
    z = logits - logits.max(axis=1, keepdims=True)
    log_probs = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return -log_probs[np.arange(len(z)), onehot.argmax(axis=1)].mean()


@variant("cross_entropy_onehot")
def with_einsum(logits, onehot):
    if logits.shape != onehot.shape:
        raise ValueError("the shapes differ")
    totals = np.logaddexp.reduce(logits, axis=1)
    return (totals - np.einsum("nc,nc->n", logits, onehot)).sum() / len(logits)


@variant("cross_entropy_onehot")
def with_two_loops(logits, onehot):
    if logits.shape != onehot.shape:
        raise ValueError("the shapes differ")
    total = 0.0
    for row, marks in zip(logits.astype(float), onehot, strict=True):
        top = row.max()
        normalizer = top + np.log(np.sum(np.exp(row - top)))
        for z, mark in zip(row, marks, strict=True):
            if mark:
                total += normalizer - z
    return total / len(logits)


# ------------------------------------------------------------------ multilabel_margin_loss


@wrong("multilabel_margin_loss", "minus one as the last class")
def takes_the_last_class(scores, targets):
    if scores.shape != targets.shape:
        raise ValueError("shapes")
    total = 0.0
    for row, labels in zip(scores, targets, strict=True):
        present = np.zeros(len(row), bool)
        present[labels] = True
        for label in labels:
            total += np.maximum(0, 1 - (row[label] - row[~present])).sum() / len(row)
    return total / len(scores)


@wrong("multilabel_margin_loss", "list not ended")
def skips_minus_one(scores, targets):
    if scores.shape != targets.shape:
        raise ValueError("shapes")
    total = 0.0
    for row, labels in zip(scores, targets, strict=True):
        labels = [label for label in labels if label >= 0]
        for label in labels:
            for other in range(len(row)):
                if other not in labels:
                    total += max(0, 1 - row[label] + row[other])
    return total / scores.size


@wrong("multilabel_margin_loss", "not divided by the classes")
def keeps_the_sum(scores, targets):
    if scores.shape != targets.shape:
        raise ValueError("shapes")
    total = 0.0
    for row, labels in zip(scores, targets, strict=True):
        labels = list(labels)
        labels = labels[: labels.index(-1)] if -1 in labels else labels
        absent = np.delete(row, labels)
        total += sum(np.maximum(0, 1 - row[label] + absent).sum() for label in labels)
    return total / len(scores)


@wrong("multilabel_margin_loss", "sum over the patients")
def adds_margins(scores, targets):
    if scores.shape != targets.shape:
        raise ValueError("shapes")
    total = 0.0
    for row, labels in zip(scores, targets, strict=True):
        labels = list(labels)
        labels = labels[: labels.index(-1)] if -1 in labels else labels
        absent = np.delete(row, labels)
        total += sum(np.maximum(0, 1 - row[label] + absent).sum() for label in labels)
    return total / scores.shape[1]


@wrong("multilabel_margin_loss", "divided by the pairs")
def averages_pairs(scores, targets):
    if scores.shape != targets.shape:
        raise ValueError("shapes")
    losses = []
    for row, labels in zip(scores, targets, strict=True):
        labels = list(labels)
        labels = labels[: labels.index(-1)] if -1 in labels else labels
        absent = np.delete(row, labels)
        pairs = [max(0, 1 - row[label] + other) for label in labels for other in absent]
        losses.append(np.mean(pairs) if pairs else 0.0)
    return np.mean(losses)


@wrong("multilabel_margin_loss", "labels against labels")
def compares_labels(scores, targets):
    if scores.shape != targets.shape:
        raise ValueError("shapes")
    total = 0.0
    for row, labels in zip(scores, targets, strict=True):
        for label in labels:
            if label < 0:
                break
            for other in range(len(row)):
                if other != label:
                    total += max(0, 1 - row[label] + row[other])
    return total / scores.size


@wrong("multilabel_margin_loss", "margin exchanged")
def asks_the_absent(scores, targets):
    if scores.shape != targets.shape:
        raise ValueError("shapes")
    total = 0.0
    for row, labels in zip(scores, targets, strict=True):
        labels = list(labels)
        labels = labels[: labels.index(-1)] if -1 in labels else labels
        absent = np.delete(row, labels)
        total += sum(np.maximum(0, 1 + row[label] - absent).sum() for label in labels)
    return total / scores.size


@wrong("multilabel_margin_loss", "margin forgotten")
def asks_no_margin(scores, targets):
    if scores.shape != targets.shape:
        raise ValueError("shapes")
    total = 0.0
    for row, labels in zip(scores, targets, strict=True):
        labels = list(labels)
        labels = labels[: labels.index(-1)] if -1 in labels else labels
        absent = np.delete(row, labels)
        total += sum(np.maximum(0, absent - row[label]).sum() for label in labels)
    return total / scores.size


@wrong("multilabel_margin_loss", "zeros and ones")
def reads_marks(scores, targets):
    if scores.shape != targets.shape:
        raise ValueError("shapes")
    total = 0.0
    for row, marks in zip(scores, targets, strict=True):
        for label in np.flatnonzero(marks > 0):
            total += np.maximum(0, 1 - row[label] + row[marks <= 0]).sum()
    return total / scores.size


@wrong("multilabel_margin_loss", "shapes broadcast")
def broadcasts_targets(scores, targets):
    scores, targets = np.broadcast_arrays(scores, targets)
    total = 0.0
    for row, labels in zip(scores, targets, strict=True):
        labels = list(labels)
        labels = labels[: labels.index(-1)] if -1 in labels else labels
        absent = np.delete(row, labels)
        total += sum(np.maximum(0, 1 - row[label] + absent).sum() for label in labels)
    return total / scores.size


@variant("multilabel_margin_loss")
def with_four_loops(scores, targets):
    if scores.shape != targets.shape:
        raise ValueError("the shapes differ")
    n, c = scores.shape
    total = 0.0
    for i in range(n):
        labels = []
        for label in targets[i]:
            if label == -1:
                break
            labels.append(int(label))
        for j in labels:
            for k in range(c):
                if k not in labels:
                    total += max(0.0, 1 - (float(scores[i, j]) - float(scores[i, k])))
    return total / c / n


@variant("multilabel_margin_loss")
def with_a_mask(scores, targets):
    if scores.shape != targets.shape:
        raise ValueError("the shapes differ")
    counts = np.cumprod(targets >= 0, axis=1).astype(bool)
    present = np.zeros(scores.shape, bool)
    rows, places = np.nonzero(counts)
    present[rows, targets[rows, places]] = True
    gaps = np.maximum(0, 1 - scores[:, :, None] + scores[:, None, :])
    pairs = present[:, :, None] & ~present[:, None, :]
    return (gaps * pairs).sum(axis=(1, 2)).mean() / scores.shape[1]


@variant("multilabel_margin_loss")
def with_sets(scores, targets):
    if scores.shape != targets.shape:
        raise ValueError("the shapes differ")
    losses = []
    for row, listed in zip(scores.tolist(), targets.tolist(), strict=True):
        present = set(listed[: ([*listed, -1]).index(-1)])
        absent = set(range(len(row))) - present
        hinges = [max(0, 1 + row[a] - row[p]) for p in present for a in absent]
        losses.append(sum(hinges) / len(row))
    return sum(losses) / len(losses)


# ------------------------------------------------------------------ cross_entropy_gradient


@wrong("cross_entropy_gradient", "not divided by N")
def forgets_the_mean(logits, labels):
    if labels.shape != logits.shape[:1]:
        raise ValueError("shapes")
    if ((labels < 0) | (labels >= logits.shape[1])).any():
        raise ValueError("no class")
    gradient = np.exp(logits - np.logaddexp.reduce(logits, axis=1)[:, None])
    gradient[np.arange(len(labels)), labels] -= 1
    return gradient


@wrong("cross_entropy_gradient", "sign exchanged")
def points_uphill(logits, labels):
    if labels.shape != logits.shape[:1]:
        raise ValueError("shapes")
    if ((labels < 0) | (labels >= logits.shape[1])).any():
        raise ValueError("no class")
    p = np.exp(logits - np.logaddexp.reduce(logits, axis=1)[:, None])
    return (np.eye(logits.shape[1])[labels] - p) / len(labels)


@wrong("cross_entropy_gradient", "one-hot forgotten")
def returns_softmax(logits, labels):
    if labels.shape != logits.shape[:1]:
        raise ValueError("shapes")
    return np.exp(logits - np.logaddexp.reduce(logits, axis=1)[:, None]) / len(labels)


@wrong("cross_entropy_gradient", "whole columns")
def subtracts_columns(logits, labels):
    if labels.shape != logits.shape[:1]:
        raise ValueError("shapes")
    if ((labels < 0) | (labels >= logits.shape[1])).any():
        raise ValueError("no class")
    gradient = np.exp(logits - np.logaddexp.reduce(logits, axis=1)[:, None])
    gradient[:, labels] -= 1
    return gradient / len(labels)


@wrong("cross_entropy_gradient", "divided by the classes too")
def averages_over_entries(logits, labels):
    if labels.shape != logits.shape[:1]:
        raise ValueError("shapes")
    if ((labels < 0) | (labels >= logits.shape[1])).any():
        raise ValueError("no class")
    gradient = np.exp(logits - np.logaddexp.reduce(logits, axis=1)[:, None])
    gradient[np.arange(len(labels)), labels] -= 1
    return gradient / gradient.size


@wrong("cross_entropy_gradient", "by the probabilities")
def stops_at_probabilities(logits, labels):
    if labels.shape != logits.shape[:1]:
        raise ValueError("shapes")
    if ((labels < 0) | (labels >= logits.shape[1])).any():
        raise ValueError("no class")
    p = np.exp(logits - np.logaddexp.reduce(logits, axis=1)[:, None])
    return -np.eye(logits.shape[1])[labels] / p / len(labels)


@wrong("cross_entropy_gradient", "logarithms for probabilities")
def starts_from_log_softmax(logits, labels):
    if labels.shape != logits.shape[:1]:
        raise ValueError("shapes")
    if ((labels < 0) | (labels >= logits.shape[1])).any():
        raise ValueError("no class")
    gradient = logits - np.logaddexp.reduce(logits, axis=1)[:, None]
    gradient[np.arange(len(labels)), labels] -= 1
    return gradient / len(labels)


@wrong("cross_entropy_gradient", "overflow")
def overflows_in_softmax(logits, labels):
    if labels.shape != logits.shape[:1]:
        raise ValueError("shapes")
    if ((labels < 0) | (labels >= logits.shape[1])).any():
        raise ValueError("no class")
    gradient = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    gradient[np.arange(len(labels)), labels] -= 1
    return gradient / len(labels)


@wrong("cross_entropy_gradient", "a label below zero")
def marks_the_last_class(logits, labels):
    if labels.shape != logits.shape[:1]:
        raise ValueError("shapes")
    gradient = np.exp(logits - np.logaddexp.reduce(logits, axis=1)[:, None])
    gradient[np.arange(len(labels)), labels] -= 1
    return gradient / len(labels)


@variant("cross_entropy_gradient")
def softmax_minus_onehot(logits, labels):
    if labels.shape != logits.shape[:1]:
        raise ValueError("one label for each patient")
    if not np.isin(labels, np.arange(logits.shape[1])).all():
        raise ValueError("no such class")
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    softmax = powers / powers.sum(axis=1, keepdims=True)
    return (softmax - np.eye(logits.shape[1])[labels]) / len(logits)


@variant("cross_entropy_gradient")
def entry_by_entry(logits, labels):
    n, c = logits.shape
    if labels.shape != (n,):
        raise ValueError("one label for each patient")
    gradient = np.zeros((n, c))
    for i in range(n):
        if labels[i] < 0 or labels[i] >= c:
            raise ValueError("no such class")
        for j in range(c):
            p = 1 / sum(
                np.exp(np.minimum(float(logits[i, k]) - float(logits[i, j]), 700)) for k in range(c)
            )
            gradient[i, j] = (p - (j == labels[i])) / n
    return gradient


@variant("cross_entropy_gradient")
def with_comparison(logits, labels):
    if labels.shape != logits.shape[:1]:
        raise ValueError("one label for each patient")
    onehot = labels[:, None] == np.arange(logits.shape[1])[None]
    if onehot.sum() != len(labels):
        raise ValueError("no such class")
    p = np.exp(logits - np.logaddexp.reduce(logits, axis=1, keepdims=True))
    return np.where(onehot, p - 1, p) / len(labels)


# ------------------------------------------------------------------ l1_distance


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


# ------------------------------------------------------------------ nearest_neighbor_l1


@wrong("nearest_neighbor_l1", "wrap-around")
def compares_bytes(train_x, train_y, test_x):
    if train_x.shape[1:] != test_x.shape[1:] or train_y.shape != train_x.shape[:1]:
        raise ValueError("shapes")
    axes = tuple(range(1, train_x.ndim))
    return np.array([train_y[np.abs(train_x - image).sum(axis=axes).argmin()] for image in test_x])


@wrong("nearest_neighbor_l1", "number for label")
def returns_places(train_x, train_y, test_x):
    if train_x.shape[1:] != test_x.shape[1:] or train_y.shape != train_x.shape[:1]:
        raise ValueError("shapes")
    train, axes = train_x.astype(float), tuple(range(1, train_x.ndim))
    return np.array([np.abs(train - image).sum(axis=axes).argmin() for image in test_x])


@wrong("nearest_neighbor_l1", "farthest")
def takes_the_farthest(train_x, train_y, test_x):
    if train_x.shape[1:] != test_x.shape[1:] or train_y.shape != train_x.shape[:1]:
        raise ValueError("shapes")
    train, axes = train_x.astype(float), tuple(range(1, train_x.ndim))
    return np.array([train_y[np.abs(train - image).sum(axis=axes).argmax()] for image in test_x])


@wrong("nearest_neighbor_l1", "Euclidean distance")
def nearest_by_l2(train_x, train_y, test_x):
    if train_x.shape[1:] != test_x.shape[1:] or train_y.shape != train_x.shape[:1]:
        raise ValueError("shapes")
    train, axes = train_x.astype(float), tuple(range(1, train_x.ndim))
    return np.array([train_y[((train - image) ** 2).sum(axis=axes).argmin()] for image in test_x])


@wrong("nearest_neighbor_l1", "signs kept")
def nearest_by_signed(train_x, train_y, test_x):
    if train_x.shape[1:] != test_x.shape[1:] or train_y.shape != train_x.shape[:1]:
        raise ValueError("shapes")
    train, axes = train_x.astype(float), tuple(range(1, train_x.ndim))
    return np.array([train_y[(train - image).sum(axis=axes).argmin()] for image in test_x])


@wrong("nearest_neighbor_l1", "mean of the class")
def nearest_mean(train_x, train_y, test_x):
    if train_x.shape[1:] != test_x.shape[1:] or train_y.shape != train_x.shape[:1]:
        raise ValueError("shapes")
    train = train_x.reshape(len(train_x), -1).astype(float)
    test = test_x.reshape(len(test_x), -1).astype(float)
    classes = np.unique(train_y)
    means = np.array([train[train_y == c].mean(axis=0) for c in classes])
    return classes[((test[:, None] - means) ** 2).sum(axis=2).argmin(axis=1)]


@wrong("nearest_neighbor_l1", "the most frequent label")
def always_the_same(train_x, train_y, test_x):
    labels, counts = np.unique(train_y, return_counts=True)
    return np.full(len(test_x), labels[counts.argmax()])


@variant("nearest_neighbor_l1")
def all_at_once(train_x, train_y, test_x):
    if train_x.shape[1:] != test_x.shape[1:]:
        raise ValueError("images of different shapes")
    if train_y.shape != (len(train_x),):
        raise ValueError("one label for each training image")
    train = train_x.reshape(len(train_x), -1).astype(float)
    test = test_x.reshape(len(test_x), -1).astype(float)
    distances = np.abs(test[:, None] - train[None]).sum(axis=2)
    return train_y[distances.argmin(axis=1)]


@variant("nearest_neighbor_l1")
def with_two_plain_loops(train_x, train_y, test_x):
    if train_x.shape[1:] != test_x.shape[1:]:
        raise ValueError("images of different shapes")
    if train_y.shape != (len(train_x),):
        raise ValueError("one label for each training image")
    labels = []
    for test in test_x:
        best, nearest = np.inf, None
        for train, label in zip(train_x, train_y, strict=True):
            distance = np.abs(test.astype(np.int64) - train.astype(np.int64)).sum()
            if distance < best:
                best, nearest = distance, label
        labels.append(nearest)
    return np.array(labels)


@variant("nearest_neighbor_l1")
def sorts_distances(train_x, train_y, test_x):
    if train_x.shape[1:] != test_x.shape[1:]:
        raise ValueError("images of different shapes")
    if train_y.shape != (len(train_x),):
        raise ValueError("one label for each training image")
    train = train_x.astype(np.float32)
    found = np.empty(len(test_x), dtype=train_y.dtype)
    for i, image in enumerate(test_x.astype(np.float32)):
        distances = [np.linalg.norm((image - other).ravel(), 1) for other in train]
        found[i] = train_y[np.argsort(distances)[0]]
    return found


# ------------------------------------------------------------------ choose_loss


@wrong("choose_loss", "a competition between findings")
def lets_findings_compete(task):
    return {
        "bone age": "mse",
        "ejection fraction": "mse",
        "pneumonia": "bce_with_logits",
        "rare tumour": "bce_with_logits",
        "melanoma": "binary_cross_entropy",
        "tissue type": "cross_entropy",
        "organ": "cross_entropy",
        "chest findings": "cross_entropy",
    }[task]


@wrong("choose_loss", "a sigmoid too many")
def always_wants_logits(task):
    if task in ("pneumonia", "melanoma", "rare tumour", "chest findings"):
        return "bce_with_logits"
    if task in ("tissue type", "organ"):
        return "cross_entropy"
    if task in ("bone age", "ejection fraction"):
        return "mse"
    raise ValueError(task)


@wrong("choose_loss", "a sigmoid too few")
def always_wants_probabilities(task):
    if task in ("pneumonia", "melanoma", "rare tumour", "chest findings"):
        return "binary_cross_entropy"
    if task in ("tissue type", "organ"):
        return "cross_entropy"
    if task in ("bone age", "ejection fraction"):
        return "mse"
    raise ValueError(task)


@wrong("choose_loss", "logits for log-probabilities")
def takes_nll_for_logits(task):
    if task in ("tissue type", "organ"):
        return "nll_loss"
    if task == "melanoma":
        return "binary_cross_entropy"
    if task in ("pneumonia", "rare tumour", "chest findings"):
        return "bce_with_logits"
    if task in ("bone age", "ejection fraction"):
        return "mse"
    raise ValueError(task)


@wrong("choose_loss", "squared errors for classes")
def squares_everything(task):
    return "mse"


@wrong("choose_loss", "classes for a number")
def classifies_numbers(task):
    if task in ("bone age", "ejection fraction", "tissue type", "organ"):
        return "cross_entropy"
    if task == "melanoma":
        return "binary_cross_entropy"
    if task in ("pneumonia", "rare tumour", "chest findings"):
        return "bce_with_logits"
    raise ValueError(task)


@variant("choose_loss")
def with_a_table(task):
    table = {
        "bone age": "mse",
        "ejection fraction": "mse",
        "pneumonia": "bce_with_logits",
        "rare tumour": "bce_with_logits",
        "melanoma": "binary_cross_entropy",
        "tissue type": "cross_entropy",
        "organ": "nll_loss",
        "chest findings": "multilabel_margin_loss",
    }
    if task not in table:
        raise ValueError(f"unknown task {task!r}")
    return table[task]


@variant("choose_loss")
def with_branches_for_tasks(task):
    if task in ("bone age", "ejection fraction"):
        return "mse"
    if task in ("pneumonia", "rare tumour", "chest findings"):
        return "bce_with_logits"
    if task in ("tissue type", "organ"):
        return "cross_entropy"
    if task == "melanoma":
        return "binary_cross_entropy"
    raise ValueError(f"unknown task {task!r}")


@variant("choose_loss")
def with_match(task):
    match task:
        case "bone age" | "ejection fraction":
            return "mse"
        case "melanoma":
            return "binary_cross_entropy"
        case "organ":
            return "nll_loss"
        case "tissue type":
            return "cross_entropy"
        case "pneumonia" | "rare tumour" | "chest findings":
            return "bce_with_logits"
    raise ValueError(f"unknown task {task!r}")
