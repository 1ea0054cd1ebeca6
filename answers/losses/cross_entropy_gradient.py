"""Sample answers to `cross_entropy_gradient`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong


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


@neutral("cross_entropy_gradient", "without refusals: labels below zero")
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


@wrong("cross_entropy_gradient", "one-hot added")
def adds_the_onehot(logits, labels):
    if labels.shape != logits.shape[:1]:
        raise ValueError("shapes")
    if ((labels < 0) | (labels >= logits.shape[1])).any():
        raise ValueError("no class")
    p = np.exp(logits - np.logaddexp.reduce(logits, axis=1)[:, None])
    return (p + np.eye(logits.shape[1])[labels]) / len(labels)


@wrong("cross_entropy_gradient", "divided by the classes")
def divides_by_the_columns(logits, labels):
    if labels.shape != logits.shape[:1]:
        raise ValueError("shapes")
    if ((labels < 0) | (labels >= logits.shape[1])).any():
        raise ValueError("no class")
    p = np.exp(logits - np.logaddexp.reduce(logits, axis=1)[:, None])
    return (p - np.eye(logits.shape[1])[labels]) / logits.shape[1]


@variant("cross_entropy_gradient")
def row_by_row(logits, labels):
    n, c = logits.shape
    if labels.shape != (n,):
        raise ValueError("one label for each patient")
    rows = []
    for z, label in zip(logits, labels, strict=True):
        if not 0 <= label < c:
            raise ValueError("no such class")
        powers = np.exp(z - z.max())
        row = powers / powers.sum()
        row[label] -= 1
        rows.append(row / n)
    return np.array(rows)


@neutral("cross_entropy_gradient", "without refusals: shapes")
def ignores_shapes(logits, labels):
    if ((labels < 0) | (labels >= logits.shape[1])).any():
        raise ValueError("no class")
    gradient = np.exp(logits - np.logaddexp.reduce(logits, axis=1)[:, None])
    gradient[np.arange(len(gradient)), labels.ravel()[0] if labels.size == 1 else labels] -= 1
    return gradient / len(gradient)


@neutral("cross_entropy_gradient", "changes its input")
def works_in_place(logits, labels):
    if labels.shape != logits.shape[:1]:
        raise ValueError("shapes")
    if ((labels < 0) | (labels >= logits.shape[1])).any():
        raise ValueError("no class")
    logits -= np.logaddexp.reduce(logits, axis=1)[:, None]
    np.exp(logits, out=logits)
    logits[np.arange(len(labels)), labels] -= 1
    logits /= len(labels)
    return logits


@neutral("cross_entropy_gradient", "a list")
def answers_with_a_list(logits, labels):
    if labels.shape != logits.shape[:1]:
        raise ValueError("shapes")
    if ((labels < 0) | (labels >= logits.shape[1])).any():
        raise ValueError("no class")
    p = np.exp(logits - np.logaddexp.reduce(logits, axis=1)[:, None])
    return ((p - np.eye(logits.shape[1])[labels]) / len(labels)).tolist()


@neutral("cross_entropy_gradient", "in float32")
def in_float32(logits, labels):
    if labels.shape != logits.shape[:1]:
        raise ValueError("shapes")
    if ((labels < 0) | (labels >= logits.shape[1])).any():
        raise ValueError("no class")
    z = logits.astype(np.float32)
    p = np.exp(z - np.logaddexp.reduce(z, axis=1)[:, None])
    p[np.arange(len(labels)), labels] -= 1
    return p / len(labels)


@neutral("cross_entropy_gradient", "a slip: only the label's entries")
def fills_the_label_only(logits, labels):
    if labels.shape != logits.shape[:1]:
        raise ValueError("shapes")
    if ((labels < 0) | (labels >= logits.shape[1])).any():
        raise ValueError("no class")
    p = np.exp(logits - np.logaddexp.reduce(logits, axis=1)[:, None])
    gradient, rows = np.zeros_like(p), np.arange(len(labels))
    gradient[rows, labels] = (p[rows, labels] - 1) / len(labels)
    return gradient


@wrong("cross_entropy_gradient", "a factor of two")
def differentiates_a_square(logits, labels):
    if labels.shape != logits.shape[:1]:
        raise ValueError("shapes")
    if ((labels < 0) | (labels >= logits.shape[1])).any():
        raise ValueError("no class")
    p = np.exp(logits - np.logaddexp.reduce(logits, axis=1)[:, None])
    return 2 * (p - np.eye(logits.shape[1])[labels]) / len(labels)


@neutral("cross_entropy_gradient", "a slip: the probabilities once more")
def multiplies_with_probabilities(logits, labels):
    if labels.shape != logits.shape[:1]:
        raise ValueError("shapes")
    if ((labels < 0) | (labels >= logits.shape[1])).any():
        raise ValueError("no class")
    p = np.exp(logits - np.logaddexp.reduce(logits, axis=1)[:, None])
    return p * (p - np.eye(logits.shape[1])[labels]) / len(labels)
