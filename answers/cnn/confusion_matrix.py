"""Sample answers to `confusion_matrix`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong

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


@wrong("confusion_matrix", "transposed")
def table_with_loops_exchanged(labels, predictions, n_classes):
    table = np.zeros((n_classes, n_classes), dtype=int)
    for i in range(n_classes):
        for j in range(n_classes):
            table[i, j] = ((predictions == i) & (labels == j)).sum()
    return table


@wrong("confusion_matrix", "transposed")
def table_counted_by_prediction(labels, predictions, n_classes):
    pairs = np.asarray(predictions, dtype=int) * n_classes + labels
    return np.bincount(pairs, minlength=n_classes**2).reshape(n_classes, n_classes)


@wrong("confusion_matrix", "ones for counts")
def table_that_marks(labels, predictions, n_classes):
    table = np.zeros((n_classes, n_classes), dtype=int)
    for truth, answer in zip(labels, predictions, strict=True):
        table[truth, answer] = 1
    return table


@wrong("confusion_matrix", "up to the largest class")
def table_up_to_the_largest(labels, predictions, n_classes):
    size = int(max(labels.max(), predictions.max())) + 1
    table = np.zeros((size, size), dtype=int)
    np.add.at(table, (labels, predictions), 1)
    return table


@wrong("confusion_matrix", "classes in reverse")
def table_with_the_ill_first(labels, predictions, n_classes):
    table = np.zeros((n_classes, n_classes), dtype=int)
    for truth, answer in zip(labels, predictions, strict=True):
        table[n_classes - 1 - truth, n_classes - 1 - answer] += 1
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


@variant("confusion_matrix")
def table_by_bincount(labels, predictions, n_classes):
    pairs = labels.astype(np.int64) * n_classes + predictions
    return np.bincount(pairs, minlength=n_classes**2).reshape(n_classes, n_classes)


@variant("confusion_matrix")
def table_of_one_hot(labels, predictions, n_classes):
    one_hot = np.eye(n_classes, dtype=int)
    return one_hot[labels].T @ one_hot[predictions]


@neutral("confusion_matrix", "counts as floats")
def table_of_floats(labels, predictions, n_classes):
    table = np.zeros((n_classes, n_classes))
    for truth, answer in zip(labels, predictions, strict=True):
        table[truth, answer] += 1
    return table


@neutral("confusion_matrix", "a list of lists")
def table_as_a_list(labels, predictions, n_classes):
    table = [[0] * n_classes for _ in range(n_classes)]
    for truth, answer in zip(labels, predictions, strict=True):
        table[truth][answer] += 1
    return table


@neutral("confusion_matrix", "counts wrap around at 256")
def table_of_bytes(labels, predictions, n_classes):
    table = np.zeros((n_classes, n_classes), dtype=np.uint8)
    np.add.at(table, (labels, predictions), 1)
    return table


@neutral("confusion_matrix", "pairs wrap around in uint8")
def table_of_wrapped_pairs(labels, predictions, n_classes):
    pairs = labels * labels.dtype.type(n_classes) + predictions
    return np.bincount(pairs, minlength=n_classes**2)[: n_classes**2].reshape(n_classes, n_classes)


@neutral("confusion_matrix", "the last patient is left out")
def table_without_the_last(labels, predictions, n_classes):
    table = np.zeros((n_classes, n_classes), dtype=int)
    for i in range(len(labels) - 1):
        table[labels[i], predictions[i]] += 1
    return table


@neutral("confusion_matrix", "changes the labels")
def table_that_sorts(labels, predictions, n_classes):
    table = np.zeros((n_classes, n_classes), dtype=int)
    np.add.at(table, (labels, predictions), 1)
    labels.sort()
    return table


@neutral("confusion_matrix", "counts in the dtype of the labels")
def table_of_the_labels_dtype(labels, predictions, n_classes):
    table = np.zeros((n_classes, n_classes), dtype=labels.dtype)
    np.add.at(table, (labels, predictions), 1)
    return table
