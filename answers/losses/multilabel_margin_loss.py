"""Sample answers to `multilabel_margin_loss`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong

SURVIVORS = {
    (
        "multilabel_margin_loss: for row, listed in zip(scores, targets.tolist(), strict=True): -> "
        "for row, listed in zip(scores, targets.tolist(), strict=False):"
    ): ("both have the same length: their shapes were compared before"),
}


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


@neutral("multilabel_margin_loss", "without refusals")
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


@wrong("multilabel_margin_loss", "divided by nothing")
def adds_everything(scores, targets):
    if scores.shape != targets.shape:
        raise ValueError("shapes")
    total = 0.0
    for row, labels in zip(scores, targets.tolist(), strict=True):
        labels = labels[: labels.index(-1)] if -1 in labels else labels
        absent = np.delete(row, labels)
        total += sum(np.maximum(0, 1 - row[label] + absent).sum() for label in labels)
    return total


@wrong("multilabel_margin_loss", "zeros and ones")
def reads_ones(scores, targets):
    if scores.shape != targets.shape:
        raise ValueError("shapes")
    total = 0.0
    for row, marks in zip(scores, targets, strict=True):
        for label in np.flatnonzero(marks == 1):
            total += np.maximum(0, 1 - row[label] + row[marks != 1]).sum()
    return total / scores.size


@variant("multilabel_margin_loss")
def with_outer_differences(scores, targets):
    if scores.shape != targets.shape:
        raise ValueError("the shapes differ")
    total = 0.0
    for row, listed in zip(scores, targets, strict=True):
        ends = np.flatnonzero(listed == -1)
        present = listed[: ends[0]] if len(ends) else listed
        absent = [c for c in range(len(row)) if c not in present]
        total += np.maximum(0, 1 - np.subtract.outer(row[present], row[absent])).sum() / len(row)
    return total / len(scores)


@neutral("multilabel_margin_loss", "changes its input")
def marks_in_place(scores, targets):
    if scores.shape != targets.shape:
        raise ValueError("shapes")
    total = 0.0
    for row, labels in zip(scores, targets, strict=True):
        listed = labels.tolist()
        present = listed[: listed.index(-1)] if -1 in listed else listed
        absent = np.delete(row, present)
        total += sum(np.maximum(0, 1 - row[label] + absent).sum() for label in present)
        labels[len(present) :] = -1
    scores += 0.5
    return total / scores.size


@neutral("multilabel_margin_loss", "one loss for each patient")
def keeps_the_losses(scores, targets):
    if scores.shape != targets.shape:
        raise ValueError("shapes")
    losses = []
    for row, labels in zip(scores, targets.tolist(), strict=True):
        labels = labels[: labels.index(-1)] if -1 in labels else labels
        absent = np.delete(row, labels)
        losses.append(sum(np.maximum(0, 1 - row[j] + absent).sum() for j in labels) / len(row))
    return losses


@neutral("multilabel_margin_loss", "nan without labels")
def divides_by_the_labels(scores, targets):
    if scores.shape != targets.shape:
        raise ValueError("shapes")
    losses = []
    for row, labels in zip(scores, targets.tolist(), strict=True):
        labels = labels[: labels.index(-1)] if -1 in labels else labels
        absent = np.delete(row, labels)
        pairs = [np.maximum(0, 1 - row[label] + absent).sum() / len(row) for label in labels]
        losses.append(np.mean(pairs) * len(labels))
    return np.mean(losses)


@neutral("multilabel_margin_loss", "a slip: the first label only")
def returns_too_early(scores, targets):
    if scores.shape != targets.shape:
        raise ValueError("shapes")
    total = 0.0
    for row, labels in zip(scores, targets.tolist(), strict=True):
        labels = labels[: labels.index(-1)] if -1 in labels else labels
        absent = np.delete(row, labels)
        for label in labels:
            total += np.maximum(0, 1 - row[label] + absent).sum()
            break
    return total / scores.size


@neutral("multilabel_margin_loss", "a slip: a margin of 2")
def asks_for_two(scores, targets):
    if scores.shape != targets.shape:
        raise ValueError("shapes")
    total = 0.0
    for row, labels in zip(scores, targets.tolist(), strict=True):
        labels = labels[: labels.index(-1)] if -1 in labels else labels
        absent = np.delete(row, labels)
        total += sum(np.maximum(0, 2 - row[label] + absent).sum() for label in labels)
    return total / scores.size
