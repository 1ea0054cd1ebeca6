"""Sample answers to `sensitivity_specificity`."""

import numpy as np

from course_utils.authoring.answers import variant, wrong

LABELS = "labels are 0 or 1: there is nothing above 1 or below 0"
SURVIVORS = {
    (
        "sensitivity_specificity: return float(positive[labels == 1].mean()), "
        "float((~positive)[labels == 0].mean()) -> return float(positive[labels >= 1].mean()), "
        "float((~positive)[labels == 0].mean())"
    ): LABELS,
    (
        "sensitivity_specificity: return float(positive[labels == 1].mean()), "
        "float((~positive)[labels == 0].mean()) -> return float(positive[labels == 1].mean()), "
        "float((~positive)[labels <= 0].mean())"
    ): LABELS,
}


@wrong("sensitivity_specificity", "above the threshold")
def rates_above(labels, scores, threshold=0.5):
    positive = scores > threshold
    return positive[labels == 1].mean(), (~positive)[labels == 0].mean()


@wrong("sensitivity_specificity", "exchanged")
def rates_exchanged(labels, scores, threshold=0.5):
    positive = scores >= threshold
    return (~positive)[labels == 0].mean(), positive[labels == 1].mean()


@wrong("sensitivity_specificity", "precision for sensitivity")
def rates_with_precision(labels, scores, threshold=0.5):
    positive = scores >= threshold
    return labels[positive].mean(), (~positive)[labels == 0].mean()


@wrong("sensitivity_specificity", "false alarms for specificity")
def rates_with_false_alarms(labels, scores, threshold=0.5):
    positive = scores >= threshold
    return positive[labels == 1].mean(), positive[labels == 0].mean()


@wrong("sensitivity_specificity", "shares of all")
def rates_of_all(labels, scores, threshold=0.5):
    positive = scores >= threshold
    return (positive & (labels == 1)).mean(), (~positive & (labels == 0)).mean()


@wrong("sensitivity_specificity", "threshold ignored")
def rates_at_one_half(labels, scores, threshold=0.5):
    positive = scores >= 0.5
    return positive[labels == 1].mean(), (~positive)[labels == 0].mean()


@wrong("sensitivity_specificity", "healthy as the disease")
def rates_of_the_healthy(labels, scores, threshold=0.5):
    positive = scores >= threshold
    return positive[labels == 0].mean(), (~positive)[labels == 1].mean()


@variant("sensitivity_specificity")
def rates_by_counting(labels, scores, threshold=0.5):
    tp = fn = tn = fp = 0
    for label, score in zip(labels, scores, strict=True):
        if label == 1:
            tp, fn = (tp + 1, fn) if score >= threshold else (tp, fn + 1)
        else:
            tn, fp = (tn + 1, fp) if score < threshold else (tn, fp + 1)
    return tp / (tp + fn), tn / (tn + fp)


@variant("sensitivity_specificity")
def rates_by_products(labels, scores, threshold=0.5):
    positive = (scores >= threshold).astype(float)
    ill = np.asarray(labels).astype(float)
    return positive @ ill / ill.sum(), (1 - positive) @ (1 - ill) / (1 - ill).sum()


@variant("sensitivity_specificity")
def rates_as_lists(labels, scores, threshold=0.5):
    ill = [s >= threshold for s, y in zip(scores, labels, strict=True) if y]
    well = [s < threshold for s, y in zip(scores, labels, strict=True) if not y]
    return [sum(ill) / len(ill), sum(well) / len(well)]
