"""Sample answers to `sensitivity_specificity`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong

LABELS = "labels are 0 or 1: there is nothing above 1 or below 0"
SURVIVORS = {
    (
        "sensitivity_specificity: tp = np.count_nonzero((predicted == 1) & (labels == 1)) -> "
        "tp = np.count_nonzero((predicted == 1) * (labels == 1))"
    ): "of truth values the product is “and”",
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


@wrong("sensitivity_specificity", "predictive values")
def rates_by_test_result(labels, scores, threshold=0.5):
    positive = scores >= threshold
    return (labels[positive] == 1).mean(), (labels[~positive] == 0).mean()


@wrong("sensitivity_specificity", "below the threshold")
def rates_below(labels, scores, threshold=0.5):
    positive = scores < threshold
    return positive[labels == 1].mean(), (~positive)[labels == 0].mean()


@wrong("sensitivity_specificity", "above the threshold")
def rates_by_counting_above(labels, scores, threshold=0.5):
    tp = sum(1 for y, s in zip(labels, scores, strict=True) if y == 1 and s > threshold)
    tn = sum(1 for y, s in zip(labels, scores, strict=True) if y == 0 and s <= threshold)
    ill = sum(1 for y in labels if y == 1)
    return tp / ill, tn / (len(labels) - ill)


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


@variant("sensitivity_specificity")
def rates_in_single_precision(labels, scores, threshold=0.5):
    positive = (scores >= threshold).astype(np.float32)
    return positive[labels == 1].mean(), 1 - positive[labels == 0].mean()


@variant("sensitivity_specificity")
def rates_from_four_counts(labels, scores, threshold=0.5):
    predicted = np.where(scores < threshold, 0, 1)
    tp = np.count_nonzero((predicted == 1) & (labels == 1))
    fn = np.count_nonzero((predicted == 0) & (labels == 1))
    tn = np.count_nonzero((predicted == 0) & (labels == 0))
    fp = np.count_nonzero((predicted == 1) & (labels == 0))
    return tp / (tp + fn), tn / (tn + fp)


@neutral("sensitivity_specificity", "a score on the threshold is neither")
def rates_without_the_border(labels, scores, threshold=0.5):
    return (scores >= threshold)[labels == 1].mean(), (scores <= threshold)[labels == 0].mean()


@neutral("sensitivity_specificity", "a dictionary")
def rates_by_name(labels, scores, threshold=0.5):
    positive = scores >= threshold
    sensitivity, specificity = positive[labels == 1].mean(), (~positive)[labels == 0].mean()
    return {"sensitivity": sensitivity, "specificity": specificity}


@neutral("sensitivity_specificity", "an array for a tuple")
def rates_as_an_array(labels, scores, threshold=0.5):
    positive = scores >= threshold
    return np.array([positive[labels == 1].mean(), (~positive)[labels == 0].mean()])


@neutral("sensitivity_specificity", "changes the scores")
def rates_in_place(labels, scores, threshold=0.5):
    scores -= threshold
    positive = scores >= 0
    return positive[labels == 1].mean(), (~positive)[labels == 0].mean()


@neutral("sensitivity_specificity", "divided by one more, against a division by zero")
def rates_smoothed(labels, scores, threshold=0.5):
    positive = scores >= threshold
    tp, tn = (positive & (labels == 1)).sum(), (~positive & (labels == 0)).sum()
    return tp / ((labels == 1).sum() + 1), tn / ((labels == 0).sum() + 1)


@neutral("sensitivity_specificity", "rounded to two digits")
def rates_rounded(labels, scores, threshold=0.5):
    positive = scores >= threshold
    return round(positive[labels == 1].mean(), 2), round((~positive)[labels == 0].mean(), 2)
