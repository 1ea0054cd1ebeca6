"""Sample answers to `cross_entropy_gradient`."""

import numpy as np

from course_utils.authoring.answers import variant, wrong


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
