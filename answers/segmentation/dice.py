"""Sample answers to `dice`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong


@wrong("dice", "all images as one")
def sums_all(a, b):
    if a.shape != b.shape:
        raise ValueError("masks have different shapes")
    both, total = (a & b).sum(), a.sum() + b.sum()
    share = 2 * both / total if total else 1.0
    return np.full(len(a), share)


@wrong("dice", "mean over the images")
def averages(a, b):
    if a.shape != b.shape:
        raise ValueError("masks have different shapes")
    both = (a & b).sum(axis=(1, 2))
    total = a.sum(axis=(1, 2)) + b.sum(axis=(1, 2))
    return float(np.where(total == 0, 1.0, 2 * both / np.maximum(total, 1)).mean())


@wrong("dice", "empty masks give 0")
def gives_zero_for_nothing(a, b):
    if a.shape != b.shape:
        raise ValueError("masks have different shapes")
    both = (a & b).sum(axis=(1, 2))
    total = a.sum(axis=(1, 2)) + b.sum(axis=(1, 2))
    return 2 * both / np.maximum(total, 1)


@wrong("dice", "empty masks give NaN")
def divides_by_zero(a, b):
    if a.shape != b.shape:
        raise ValueError("masks have different shapes")
    both = (a & b).sum(axis=(1, 2))
    total = a.sum(axis=(1, 2)) + b.sum(axis=(1, 2))
    with np.errstate(invalid="ignore"):
        return 2 * both / total


@wrong("dice", "one empty mask gives 1")
def forgives_an_empty_mask(a, b):
    if a.shape != b.shape:
        raise ValueError("masks have different shapes")
    both = (a & b).sum(axis=(1, 2))
    total = a.sum(axis=(1, 2)) + b.sum(axis=(1, 2))
    nothing = ~a.any(axis=(1, 2)) | ~b.any(axis=(1, 2))
    return np.where(nothing, 1.0, 2 * both / np.maximum(total, 1))


@wrong("dice", "share of equal pixels")
def counts_equal_pixels(a, b):
    if a.shape != b.shape:
        raise ValueError("masks have different shapes")
    return (a == b).mean(axis=(1, 2))


@wrong("dice", "share of the first mask")
def divides_by_the_first(a, b):
    if a.shape != b.shape:
        raise ValueError("masks have different shapes")
    both, first = (a & b).sum(axis=(1, 2)), a.sum(axis=(1, 2))
    nothing = ~a.any(axis=(1, 2))
    return np.where(nothing, 1.0, both / np.maximum(first, 1))


@wrong("dice", "share of the second mask")
def divides_by_the_second(a, b):
    if a.shape != b.shape:
        raise ValueError("masks have different shapes")
    both, second = (a & b).sum(axis=(1, 2)), b.sum(axis=(1, 2))
    nothing = ~b.any(axis=(1, 2))
    return np.where(nothing, 1.0, both / np.maximum(second, 1))


@wrong("dice", "background for the finding")
def looks_at_the_background(a, b):
    if a.shape != b.shape:
        raise ValueError("masks have different shapes")
    a, b = ~a, ~b
    both = (a & b).sum(axis=(1, 2))
    total = a.sum(axis=(1, 2)) + b.sum(axis=(1, 2))
    return np.where(total == 0, 1.0, 2 * both / np.maximum(total, 1))


@neutral("dice", "no refusal")
def never_refuses(a, b):
    both = (a & b).sum(axis=(1, 2))
    total = a.sum(axis=(1, 2)) + b.sum(axis=(1, 2))
    return np.where(total == 0, 1.0, 2 * both / np.maximum(total, 1))


@neutral("dice", "a list")
def gives_a_list(a, b):
    if a.shape != b.shape:
        raise ValueError("masks have different shapes")
    both = (a & b).sum(axis=(1, 2))
    total = a.sum(axis=(1, 2)) + b.sum(axis=(1, 2))
    return np.where(total == 0, 1.0, 2 * both / np.maximum(total, 1)).tolist()


@neutral("dice", "changes a mask")
def spoils_a_mask(a, b):
    if a.shape != b.shape:
        raise ValueError("masks have different shapes")
    both = (a & b).sum(axis=(1, 2))
    total = a.sum(axis=(1, 2)) + b.sum(axis=(1, 2))
    a &= b
    return np.where(total == 0, 1.0, 2 * both / np.maximum(total, 1))


@neutral("dice", "whole numbers")
def rounds_down(a, b):
    if a.shape != b.shape:
        raise ValueError("masks have different shapes")
    both = (a & b).sum(axis=(1, 2))
    total = a.sum(axis=(1, 2)) + b.sum(axis=(1, 2))
    return np.where(total == 0, 1.0, 2 * both / np.maximum(total, 1)).astype(int)


@neutral("dice", "16-bit floats")
def keeps_three_digits(a, b):
    if a.shape != b.shape:
        raise ValueError("masks have different shapes")
    both = (a & b).sum(axis=(1, 2))
    total = a.sum(axis=(1, 2)) + b.sum(axis=(1, 2))
    return np.where(total == 0, 1.0, 2 * both / np.maximum(total, 1)).astype(np.float16)


@neutral("dice", "a column")
def gives_a_column(a, b):
    if a.shape != b.shape:
        raise ValueError("masks have different shapes")
    both = (a & b).sum(axis=(1, 2))
    total = a.sum(axis=(1, 2)) + b.sum(axis=(1, 2))
    return np.where(total == 0, 1.0, 2 * both / np.maximum(total, 1))[:, None]


@neutral("dice", "one ValueError for any empty mask")
def refuses_empty_masks(a, b):
    if a.shape != b.shape:
        raise ValueError("masks have different shapes")
    both = (a & b).sum(axis=(1, 2))
    total = a.sum(axis=(1, 2)) + b.sum(axis=(1, 2))
    if not a.any() or not b.any():
        raise ValueError("an empty mask")
    return np.where(total == 0, 1.0, 2 * both / np.maximum(total, 1))


@wrong("dice", "factor 2 forgotten")
def forgets_the_two(a, b):
    if a.shape != b.shape:
        raise ValueError("masks have different shapes")
    both = (a & b).sum(axis=(1, 2))
    total = a.sum(axis=(1, 2)) + b.sum(axis=(1, 2))
    return np.where(total == 0, 1.0, both / np.maximum(total, 1))


@wrong("dice", "intersection over union")
def takes_the_union(a, b):
    if a.shape != b.shape:
        raise ValueError("masks have different shapes")
    both = (a & b).sum(axis=(1, 2))
    either = (a | b).sum(axis=(1, 2))
    return np.where(either == 0, 1.0, both / np.maximum(either, 1))


@wrong("dice", "an ε of 1")
def smooths(a, b):
    if a.shape != b.shape:
        raise ValueError("masks have different shapes")
    both = (a & b).sum(axis=(1, 2))
    total = a.sum(axis=(1, 2)) + b.sum(axis=(1, 2))
    return (2 * both + 1) / (total + 1)


@variant("dice")
def image_by_image(a, b):
    if a.shape != b.shape:
        raise ValueError("masks have different shapes")
    found = []
    for x, y in zip(a, b):  # noqa: B905
        size = int(x.sum()) + int(y.sum())
        found.append(2 * int((x & y).sum()) / size if size else 1.0)
    return np.array(found)


@variant("dice")
def as_floats(a, b):
    if a.shape != b.shape:
        raise ValueError("masks have different shapes")
    x, y = a.reshape(len(a), -1).astype(float), b.reshape(len(b), -1).astype(float)
    total = x.sum(1) + y.sum(1)
    agreed = np.ones(len(a))
    np.divide(2 * (x * y).sum(1), total, out=agreed, where=total > 0)
    return agreed


@variant("dice")
def by_counting_errors(a, b):
    if a.shape != b.shape:
        raise ValueError("masks have different shapes")
    found = np.count_nonzero(a & b, axis=(1, 2))
    wrong = np.count_nonzero(a ^ b, axis=(1, 2))
    share = np.ones(len(a))
    seen = found + wrong > 0
    share[seen] = 2 * found[seen] / (2 * found[seen] + wrong[seen])
    return share


@variant("dice")
def in_float32(a, b):
    if a.shape != b.shape:
        raise ValueError("masks have different shapes")
    both = (a & b).sum(axis=(1, 2))
    total = a.sum(axis=(1, 2)) + b.sum(axis=(1, 2))
    with np.errstate(invalid="ignore"):
        share = (2 * both / total).astype(np.float32)
    share[total == 0] = 1
    return share


@variant("dice")
def from_iou(a, b):
    if a.shape != b.shape:
        raise ValueError("masks have different shapes")
    both = (a & b).sum(axis=(1, 2))
    either = (a | b).sum(axis=(1, 2))
    share = np.where(either > 0, both / np.maximum(either, 1), 1)
    return 2 * share / (1 + share)
