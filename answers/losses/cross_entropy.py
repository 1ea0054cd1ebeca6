"""Sample answers to `cross_entropy`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong

SURVIVORS = {
    (
        "cross_entropy: if labels.shape != (n,) or not ((labels >= 0) & (labels < c)).all(): "
        "-> "
        "if labels.shape != (n,) or not ((labels >= 0) // (labels < c)).all():"
    ): "of truth values this is “and”, too: 0 // 0 and 1 // 0 are 0",
}


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


@neutral("cross_entropy", "without refusals: shapes")
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


@neutral("cross_entropy", "without refusals: labels below zero")
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


@wrong("cross_entropy", "softmax forgotten")
def takes_logits_for_logarithms(logits, labels):
    if labels.shape != logits.shape[:1]:
        raise ValueError("shapes")
    if ((labels < 0) | (labels >= logits.shape[1])).any():
        raise ValueError("no class")
    return -logits[np.arange(len(labels)), labels].mean()


@wrong("cross_entropy", "an ε in the logarithm")
def adds_an_epsilon(logits, labels):
    if labels.shape != logits.shape[:1]:
        raise ValueError("shapes")
    if ((labels < 0) | (labels >= logits.shape[1])).any():
        raise ValueError("no class")
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = powers / powers.sum(axis=1, keepdims=True)
    return -np.mean(np.log(p[np.arange(len(p)), labels] + 1e-7))


@wrong("cross_entropy", "logarithm of a vanished probability")
def takes_the_logarithm_last(logits, labels):
    if labels.shape != logits.shape[:1]:
        raise ValueError("shapes")
    if ((labels < 0) | (labels >= logits.shape[1])).any():
        raise ValueError("no class")
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = powers / powers.sum(axis=1, keepdims=True)
    return -np.mean(np.log(p[np.arange(len(p)), labels]))


@wrong("cross_entropy", "logarithm of a vanished probability")
def clips_the_probability(logits, labels):
    if labels.shape != logits.shape[:1]:
        raise ValueError("shapes")
    if ((labels < 0) | (labels >= logits.shape[1])).any():
        raise ValueError("no class")
    p = np.exp(logits - logits.max(axis=1)[:, None])
    p /= p.sum(axis=1)[:, None]
    return -np.log(np.maximum(p[np.arange(len(p)), labels], 1e-12)).mean()


@variant("cross_entropy")
def shifts_its_own_copy(logits, labels):
    n, c = logits.shape
    if labels.shape != (n,) or not ((labels >= 0) & (labels < c)).all():
        raise ValueError("one label from 0 to C - 1 for each patient")
    z = logits.copy()
    z -= z.max(axis=1, keepdims=True)
    total = 0.0
    for i in range(n):
        total += np.log(np.exp(z[i]).sum()) - z[i, labels[i]]
    return total / n


@neutral("cross_entropy", "changes its input")
def shifts_in_place(logits, labels):
    if labels.shape != logits.shape[:1]:
        raise ValueError("shapes")
    if ((labels < 0) | (labels >= logits.shape[1])).any():
        raise ValueError("no class")
    logits -= logits.max(axis=1, keepdims=True)
    log_probs = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    return -log_probs[np.arange(len(labels)), labels].mean()


@neutral("cross_entropy", "in float32")
def in_float32(logits, labels):
    if labels.shape != logits.shape[:1]:
        raise ValueError("shapes")
    if ((labels < 0) | (labels >= logits.shape[1])).any():
        raise ValueError("no class")
    z = logits.astype(np.float32)
    log_probs = z - np.logaddexp.reduce(z, axis=1)[:, None]
    return -log_probs[np.arange(len(labels)), labels].mean()


@neutral("cross_entropy", "a list")
def answers_with_a_list(logits, labels):
    if labels.shape != logits.shape[:1]:
        raise ValueError("shapes")
    if ((labels < 0) | (labels >= logits.shape[1])).any():
        raise ValueError("no class")
    log_probs = logits - np.logaddexp.reduce(logits, axis=1)[:, None]
    return [-log_probs[np.arange(len(labels)), labels].mean()]


@neutral("cross_entropy", "a slip: the first patient's label for all")
def uses_the_first_label(logits, labels):
    if labels.shape != logits.shape[:1]:
        raise ValueError("shapes")
    if ((labels < 0) | (labels >= logits.shape[1])).any():
        raise ValueError("no class")
    log_probs = logits - np.logaddexp.reduce(logits, axis=1)[:, None]
    return -log_probs[:, labels[0]].mean()


@neutral("cross_entropy", "rounded")
def rounds_to_four_digits(logits, labels):
    if labels.shape != logits.shape[:1]:
        raise ValueError("shapes")
    if ((labels < 0) | (labels >= logits.shape[1])).any():
        raise ValueError("no class")
    log_probs = logits - np.logaddexp.reduce(logits, axis=1)[:, None]
    return round(-log_probs[np.arange(len(labels)), labels].mean(), 4)
