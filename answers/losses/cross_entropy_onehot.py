"""Sample answers to `cross_entropy_onehot`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong


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


@neutral("cross_entropy_onehot", "without refusals")
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


@wrong("cross_entropy_onehot", "softmax forgotten")
def multiplies_logits(logits, onehot):
    if logits.shape != onehot.shape:
        raise ValueError("shapes")
    return -(onehot * logits).sum() / len(logits)


@wrong("cross_entropy_onehot", "the likeliest class")
def trusts_the_network(logits, onehot):
    if logits.shape != onehot.shape:
        raise ValueError("shapes")
    return -(logits - np.logaddexp.reduce(logits, axis=1)[:, None]).max(axis=1).mean()


@wrong("cross_entropy_onehot", "an ε in the logarithm")
def adds_an_epsilon(logits, onehot):
    if logits.shape != onehot.shape:
        raise ValueError("shapes")
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = powers / powers.sum(axis=1, keepdims=True)
    return -np.sum(onehot * np.log(p + 1e-8)) / len(p)


@wrong("cross_entropy_onehot", "logarithm of a vanished probability")
def clips_the_probability(logits, onehot):
    if logits.shape != onehot.shape:
        raise ValueError("shapes")
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = np.clip(p / p.sum(axis=1, keepdims=True), 1e-12, 1)
    return -(onehot * np.log(p)).sum(axis=1).mean()


@variant("cross_entropy_onehot")
def with_a_mask(logits, onehot):
    if logits.shape != onehot.shape:
        raise ValueError("the shapes differ")
    return np.mean(np.logaddexp.reduce(logits, axis=1) - logits[onehot == 1])


@neutral("cross_entropy_onehot", "changes its input")
def shifts_in_place(logits, onehot):
    if logits.shape != onehot.shape:
        raise ValueError("shapes")
    logits -= np.logaddexp.reduce(logits, axis=1)[:, None]
    return -(onehot * logits).sum() / len(logits)


@neutral("cross_entropy_onehot", "in float32")
def in_float32(logits, onehot):
    if logits.shape != onehot.shape:
        raise ValueError("shapes")
    z = logits.astype(np.float32)
    log_probs = z - np.logaddexp.reduce(z, axis=1)[:, None]
    return -np.float32((onehot * log_probs).sum(axis=1).mean())


@neutral("cross_entropy_onehot", "one loss for each patient")
def keeps_the_losses(logits, onehot):
    if logits.shape != onehot.shape:
        raise ValueError("shapes")
    return -(onehot * (logits - np.logaddexp.reduce(logits, axis=1)[:, None])).sum(axis=1)


@neutral("cross_entropy_onehot", "a slip: only the last patient counts")
def overwrites_the_total(logits, onehot):
    if logits.shape != onehot.shape:
        raise ValueError("shapes")
    for row, marks in zip(logits, onehot, strict=True):
        total = np.logaddexp.reduce(row) - row[marks.argmax()]
    return total / len(logits)


@neutral("cross_entropy_onehot", "remembers earlier calls")
def averages_over_calls(logits, onehot, losses=[]):  # noqa: B006
    if logits.shape != onehot.shape:
        raise ValueError("shapes")
    log_probs = logits - np.logaddexp.reduce(logits, axis=1)[:, None]
    losses.append(-(onehot * log_probs).sum() / len(logits))
    return sum(losses) / len(losses)
