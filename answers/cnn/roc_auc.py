"""Sample answers to `roc_auc`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong

LABELS = "labels are 0 or 1: there is nothing above 1 or below 0"
LENGTH = "a length is never negative"
SURVIVORS = {
    (
        "roc_auc: sick, healthy = np.sort(scores[labels == 1]), scores[labels == 0] -> "
        "sick, healthy = np.sort(scores[labels >= 1]), scores[labels == 0]"
    ): LABELS,
    (
        "roc_auc: sick, healthy = np.sort(scores[labels == 1]), scores[labels == 0] -> "
        "sick, healthy = np.sort(scores[labels == 1]), scores[labels <= 0]"
    ): LABELS,
    (
        "roc_auc: if len(sick) == 0 or len(healthy) == 0: -> "
        "if len(sick) <= 0 or len(healthy) == 0:"
    ): LENGTH,
    (
        "roc_auc: if len(sick) == 0 or len(healthy) == 0: -> "
        "if len(sick) == 0 or len(healthy) <= 0:"
    ): LENGTH,
}


@wrong("roc_auc", "ties lost")
def area_without_ties(labels, scores):
    ill, well = scores[labels == 1], scores[labels == 0]
    if not len(ill) or not len(well):
        raise ValueError("one class only")
    return float((ill[:, None] > well).mean())


@wrong("roc_auc", "ties won")
def area_with_ties(labels, scores):
    ill, well = scores[labels == 1], scores[labels == 0]
    if not len(ill) or not len(well):
        raise ValueError("one class only")
    return float((ill[:, None] >= well).mean())


@wrong("roc_auc", "turned round")
def area_of_the_healthy(labels, scores):
    ill, well = scores[labels == 1], scores[labels == 0]
    if not len(ill) or not len(well):
        raise ValueError("one class only")
    return float((ill[:, None] < well).mean() + (ill[:, None] == well).mean() / 2)


@wrong("roc_auc", "one threshold")
def area_of_one_point(labels, scores):
    ill, well = scores[labels == 1], scores[labels == 0]
    if not len(ill) or not len(well):
        raise ValueError("one class only")
    return float(((ill >= 0.5).mean() + (well < 0.5).mean()) / 2)


@wrong("roc_auc", "accuracy")
def area_as_accuracy(labels, scores):
    if len(np.unique(labels)) < 2:
        raise ValueError("one class only")
    return float(((scores >= 0.5) == (labels == 1)).mean())


@wrong("roc_auc", "pairs counted, not shared")
def area_in_pairs(labels, scores):
    ill, well = scores[labels == 1], scores[labels == 0]
    if not len(ill) or not len(well):
        raise ValueError("one class only")
    return float((ill[:, None] > well).sum() + (ill[:, None] == well).sum() / 2)


@wrong("roc_auc", "negative")
def area_from_the_right(labels, scores):
    ill, well = scores[labels == 1], scores[labels == 0]
    if not len(ill) or not len(well):
        raise ValueError("one class only")
    x, y = [1.0], [1.0]
    for threshold in np.unique(scores):
        x.append((well > threshold).mean())
        y.append((ill > threshold).mean())
    return float(sum((x[i + 1] - x[i]) * (y[i + 1] + y[i]) / 2 for i in range(len(x) - 1)))


@wrong("roc_auc", "divided by all patients' pairs")
def area_of_all_pairs(labels, scores):
    ill, well = scores[labels == 1], scores[labels == 0]
    if not len(ill) or not len(well):
        raise ValueError("one class only")
    won = (ill[:, None] > well).sum() + (ill[:, None] == well).sum() / 2
    return float(won / len(labels) ** 2)


@wrong("roc_auc", "ties lost")
def area_in_loops_without_ties(labels, scores):
    won = pairs = 0
    for a, x in zip(scores, labels, strict=True):
        for b, y in zip(scores, labels, strict=True):
            if x == 1 and y == 0:
                won, pairs = won + (a > b), pairs + 1
    if not pairs:
        raise ValueError("one class only")
    return won / pairs


@wrong("roc_auc", "turned round")
def area_with_labels_exchanged(labels, scores):
    sick, healthy = scores[labels == 0], scores[labels == 1]
    if len(sick) == 0 or len(healthy) == 0:
        raise ValueError("one class only")
    wins = np.sign(sick[:, None] - healthy[None, :])
    return float((wins + 1).mean() / 2)


@variant("roc_auc")
def area_by_pairs(labels, scores):
    won, pairs = 0.0, 0
    for a, x in zip(scores, labels, strict=True):
        for b, y in zip(scores, labels, strict=True):
            if x == 1 and y == 0:
                pairs += 1
                won += 1.0 if a > b else 0.5 if a == b else 0.0
    if pairs == 0:
        raise ValueError("one class only")
    return won / pairs


@variant("roc_auc")
def area_by_trapezoids(labels, scores):
    ill, well = scores[labels == 1], scores[labels == 0]
    if len(ill) == 0 or len(well) == 0:
        raise ValueError("both classes must occur")
    x, y = [0.0], [0.0]
    for threshold in np.unique(scores)[::-1]:
        x.append((well >= threshold).mean())
        y.append((ill >= threshold).mean())
    return float(sum((x[i + 1] - x[i]) * (y[i + 1] + y[i]) / 2 for i in range(len(x) - 1)))


@variant("roc_auc")
def area_by_ranks(labels, scores):
    n_ill, n_well = int((labels == 1).sum()), int((labels == 0).sum())
    if n_ill == 0 or n_well == 0:
        raise ValueError("both classes must occur")
    _, place, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]
    return (ranks[labels == 1].sum() - n_ill * (n_ill + 1) / 2) / (n_ill * n_well)


@variant("roc_auc")
def area_in_single_precision(labels, scores):
    ill, well = scores[labels == 1], scores[labels == 0]
    if ill.size == 0 or well.size == 0:
        raise ValueError("both classes must occur")
    won = np.zeros((ill.size, well.size), dtype=np.float32)
    won[ill[:, None] > well] = 1
    won[ill[:, None] == well] = 0.5
    return won.mean()


@neutral("roc_auc", "without the refusal")
def area_of_anything(labels, scores):
    ill, well = scores[labels == 1], scores[labels == 0]
    return float(((ill[:, None] > well) + 0.5 * (ill[:, None] == well)).mean())


@neutral("roc_auc", "0.5 for one class only")
def area_that_guesses(labels, scores):
    ill, well = scores[labels == 1], scores[labels == 0]
    if not len(ill) or not len(well):
        return 0.5
    return float(((ill[:, None] > well) + 0.5 * (ill[:, None] == well)).mean())


@neutral("roc_auc", "ranks without ties")
def area_by_plain_ranks(labels, scores):
    n_ill, n_well = int((labels == 1).sum()), int((labels == 0).sum())
    if n_ill == 0 or n_well == 0:
        raise ValueError("one class only")
    ranks = np.empty(len(scores))
    ranks[np.argsort(scores, kind="stable")] = np.arange(1, len(scores) + 1)
    return float((ranks[labels == 1].sum() - n_ill * (n_ill + 1) / 2) / (n_ill * n_well))


@neutral("roc_auc", "scores in float32")
def area_of_short_scores(labels, scores):
    scores = scores.astype(np.float32)
    ill, well = scores[labels == 1], scores[labels == 0]
    if not len(ill) or not len(well):
        raise ValueError("one class only")
    return float(((ill[:, None] > well) + 0.5 * (ill[:, None] == well)).mean())


@neutral("roc_auc", "close scores are ties")
def area_with_close_ties(labels, scores):
    ill, well = scores[labels == 1], scores[labels == 0]
    if not len(ill) or not len(well):
        raise ValueError("one class only")
    tied = np.isclose(ill[:, None], well)
    return float(np.where(tied, 0.5, ill[:, None] > well).mean())


@neutral("roc_auc", "sorts the scores in place")
def area_that_sorts(labels, scores):
    ill, well = scores[labels == 1], scores[labels == 0]
    if not len(ill) or not len(well):
        raise ValueError("one class only")
    scores.sort()
    return float(((ill[:, None] > well) + 0.5 * (ill[:, None] == well)).mean())


@neutral("roc_auc", "the curve does not begin at (0, 0)")
def area_without_a_corner(labels, scores):
    ill, well = scores[labels == 1], scores[labels == 0]
    if not len(ill) or not len(well):
        raise ValueError("one class only")
    x = [(well >= threshold).mean() for threshold in np.unique(scores)[::-1]]
    y = [(ill >= threshold).mean() for threshold in np.unique(scores)[::-1]]
    return float(sum((x[i + 1] - x[i]) * (y[i + 1] + y[i]) / 2 for i in range(len(x) - 1)))


@neutral("roc_auc", "a slip: half a pair is rounded down")
def counts_whole_pairs(labels, scores):
    ill, healthy = scores[labels == 1], scores[labels == 0]
    if not len(ill) or not len(healthy):
        raise ValueError("one class only")
    doubled = 2 * (ill[:, None] > healthy).sum() + (ill[:, None] == healthy).sum()
    return float(doubled // 2) / (len(ill) * len(healthy))
