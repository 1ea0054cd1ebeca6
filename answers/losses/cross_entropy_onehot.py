"""Sample answers to `cross_entropy_onehot`."""

import numpy as np

from course_utils.authoring.answers import variant, wrong


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
