"""Sample answers to `nll_loss`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong


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


@neutral("nll_loss", "without refusals: labels below zero")
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


@wrong("nll_loss", "classes counted from 1")
def counts_from_one(log_probs, labels):
    if labels.shape != log_probs.shape[:1]:
        raise ValueError("shapes")
    if ((labels < 0) | (labels >= log_probs.shape[1])).any():
        raise ValueError("no class")
    return -np.mean([row[int(label) - 1] for row, label in zip(log_probs, labels, strict=True)])


@wrong("nll_loss", "sign forgotten")
def averages_in_a_loop(log_probs, labels):
    if labels.shape != log_probs.shape[:1]:
        raise ValueError("shapes")
    if ((labels < 0) | (labels >= log_probs.shape[1])).any():
        raise ValueError("no class")
    return sum(log_probs[i, labels[i]] for i in range(len(labels))) / len(labels)


@wrong("nll_loss", "all labels for every patient")
def takes_columns(log_probs, labels):
    if labels.shape != log_probs.shape[:1]:
        raise ValueError("shapes")
    if ((labels < 0) | (labels >= log_probs.shape[1])).any():
        raise ValueError("no class")
    return np.mean(-np.take(log_probs, labels, axis=1))


@variant("nll_loss")
def with_a_comprehension(log_probs, labels):
    n, c = log_probs.shape
    if labels.shape != (n,):
        raise ValueError("one label for each patient")
    if any(label < 0 or label >= c for label in labels.tolist()):
        raise ValueError("no such class")
    return -np.mean([log_probs[i, label] for i, label in enumerate(labels)])


@neutral("nll_loss", "without refusals: shapes")
def ignores_shapes(log_probs, labels):
    if ((labels < 0) | (labels >= log_probs.shape[1])).any():
        raise ValueError("no class")
    return -log_probs[np.arange(len(log_probs)), labels].mean()


@neutral("nll_loss", "an IndexError for labels from C on")
def leaves_large_labels_to_numpy(log_probs, labels):
    if labels.shape != log_probs.shape[:1]:
        raise ValueError("shapes")
    if (labels < 0).any():
        raise ValueError("no class")
    return -log_probs[np.arange(len(labels)), labels].mean()


@neutral("nll_loss", "changes its input")
def negates_in_place(log_probs, labels):
    if labels.shape != log_probs.shape[:1]:
        raise ValueError("shapes")
    if ((labels < 0) | (labels >= log_probs.shape[1])).any():
        raise ValueError("no class")
    log_probs *= -1
    return log_probs[np.arange(len(labels)), labels].mean()


@neutral("nll_loss", "one loss for each patient")
def keeps_the_losses(log_probs, labels):
    if labels.shape != log_probs.shape[:1]:
        raise ValueError("shapes")
    if ((labels < 0) | (labels >= log_probs.shape[1])).any():
        raise ValueError("no class")
    return -log_probs[np.arange(len(labels)), labels]


@neutral("nll_loss", "in float32")
def in_float32(log_probs, labels):
    if labels.shape != log_probs.shape[:1]:
        raise ValueError("shapes")
    if ((labels < 0) | (labels >= log_probs.shape[1])).any():
        raise ValueError("no class")
    return -log_probs.astype(np.float32)[np.arange(len(labels)), labels].mean()


@neutral("nll_loss", "a slip: the last patient is left out")
def forgets_the_last_patient(log_probs, labels):
    if labels.shape != log_probs.shape[:1]:
        raise ValueError("shapes")
    if ((labels < 0) | (labels >= log_probs.shape[1])).any():
        raise ValueError("no class")
    total = 0.0
    for i in range(1, len(labels)):
        total -= log_probs[i - 1, labels[i - 1]]
    return total / len(labels)
