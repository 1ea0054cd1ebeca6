"""Sample answers to `confusion_matrix`."""

import numpy as np

from course_utils.authoring.answers import variant, wrong

SURVIVORS = {
    (
        "confusion_matrix: for truth, answer in zip(labels, predictions, strict=True): -> "
        "for truth, answer in zip(labels, predictions, strict=False):"
    ): "the statement gives both arrays the same length",
}


@wrong("confusion_matrix", "transposed")
def table_transposed(labels, predictions, n_classes):
    table = np.zeros((n_classes, n_classes), dtype=int)
    for truth, answer in zip(labels, predictions, strict=True):
        table[answer, truth] += 1
    return table


@wrong("confusion_matrix", "ones for counts")
def table_of_ones(labels, predictions, n_classes):
    table = np.zeros((n_classes, n_classes), dtype=int)
    table[labels, predictions] += 1
    return table


@wrong("confusion_matrix", "classes that occur")
def table_of_what_occurs(labels, predictions, n_classes):
    classes = sorted({*labels.tolist(), *predictions.tolist()})
    table = np.zeros((len(classes), len(classes)), dtype=int)
    for truth, answer in zip(labels.tolist(), predictions.tolist(), strict=True):
        table[classes.index(truth), classes.index(answer)] += 1
    return table


@wrong("confusion_matrix", "right answers only")
def table_of_hits(labels, predictions, n_classes):
    table = np.zeros((n_classes, n_classes), dtype=int)
    for k in range(n_classes):
        table[k, k] = ((labels == k) & (predictions == k)).sum()
    return table


@wrong("confusion_matrix", "shares for counts")
def table_of_shares(labels, predictions, n_classes):
    table = np.zeros((n_classes, n_classes))
    for truth, answer in zip(labels, predictions, strict=True):
        table[truth, answer] += 1
    return table / len(labels)


@wrong("confusion_matrix", "counts as floats")
def table_of_floats(labels, predictions, n_classes):
    table = np.zeros((n_classes, n_classes))
    for truth, answer in zip(labels, predictions, strict=True):
        table[truth, answer] += 1
    return table


@variant("confusion_matrix")
def table_in_a_loop(labels, predictions, n_classes):
    table = np.zeros((n_classes, n_classes), dtype=int)
    for truth, answer in zip(labels, predictions, strict=True):
        table[truth, answer] += 1
    return table


@variant("confusion_matrix")
def table_with_add_at(labels, predictions, n_classes):
    table = np.zeros((n_classes, n_classes), dtype=np.int32)
    np.add.at(table, (np.asarray(labels), np.asarray(predictions)), 1)
    return table


@variant("confusion_matrix")
def table_by_comparison(labels, predictions, n_classes):
    table = np.empty((n_classes, n_classes), dtype=np.int64)
    for i in range(n_classes):
        for j in range(n_classes):
            table[i, j] = np.sum((labels == i) & (predictions == j))
    return table
