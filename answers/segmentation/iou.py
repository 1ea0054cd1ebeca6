"""Sample answers to `iou`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong


@wrong("iou", "all images as one")
def sums_all(a, b):
    if a.shape != b.shape:
        raise ValueError("masks have different shapes")
    both, either = (a & b).sum(), (a | b).sum()
    share = both / either if either else 1.0
    return np.full(len(a), share)


@wrong("iou", "mean over the images")
def averages(a, b):
    if a.shape != b.shape:
        raise ValueError("masks have different shapes")
    both = (a & b).sum(axis=(1, 2))
    either = (a | b).sum(axis=(1, 2))
    return float(np.where(either == 0, 1.0, both / np.maximum(either, 1)).mean())


@wrong("iou", "empty masks give 0")
def gives_zero_for_nothing(a, b):
    if a.shape != b.shape:
        raise ValueError("masks have different shapes")
    both = (a & b).sum(axis=(1, 2))
    either = (a | b).sum(axis=(1, 2))
    return both / np.maximum(either, 1)


@wrong("iou", "empty masks give NaN")
def divides_by_zero(a, b):
    if a.shape != b.shape:
        raise ValueError("masks have different shapes")
    both = (a & b).sum(axis=(1, 2))
    either = (a | b).sum(axis=(1, 2))
    with np.errstate(invalid="ignore"):
        return both / either


@wrong("iou", "one empty mask gives 1")
def forgives_an_empty_mask(a, b):
    if a.shape != b.shape:
        raise ValueError("masks have different shapes")
    both = (a & b).sum(axis=(1, 2))
    either = (a | b).sum(axis=(1, 2))
    nothing = ~a.any(axis=(1, 2)) | ~b.any(axis=(1, 2))
    return np.where(nothing, 1.0, both / np.maximum(either, 1))


@wrong("iou", "share of equal pixels")
def counts_equal_pixels(a, b):
    if a.shape != b.shape:
        raise ValueError("masks have different shapes")
    return (a == b).mean(axis=(1, 2))


@wrong("iou", "share of the first mask")
def divides_by_the_first(a, b):
    if a.shape != b.shape:
        raise ValueError("masks have different shapes")
    both, first = (a & b).sum(axis=(1, 2)), a.sum(axis=(1, 2))
    nothing = ~a.any(axis=(1, 2))
    return np.where(nothing, 1.0, both / np.maximum(first, 1))


@wrong("iou", "share of the second mask")
def divides_by_the_second(a, b):
    if a.shape != b.shape:
        raise ValueError("masks have different shapes")
    both, second = (a & b).sum(axis=(1, 2)), b.sum(axis=(1, 2))
    nothing = ~b.any(axis=(1, 2))
    return np.where(nothing, 1.0, both / np.maximum(second, 1))


@wrong("iou", "background for the finding")
def looks_at_the_background(a, b):
    if a.shape != b.shape:
        raise ValueError("masks have different shapes")
    a, b = ~a, ~b
    both = (a & b).sum(axis=(1, 2))
    either = (a | b).sum(axis=(1, 2))
    return np.where(either == 0, 1.0, both / np.maximum(either, 1))


@neutral("iou", "no refusal")
def never_refuses(a, b):
    both = (a & b).sum(axis=(1, 2))
    either = (a | b).sum(axis=(1, 2))
    return np.where(either == 0, 1.0, both / np.maximum(either, 1))


@neutral("iou", "a list")
def gives_a_list(a, b):
    if a.shape != b.shape:
        raise ValueError("masks have different shapes")
    both = (a & b).sum(axis=(1, 2))
    either = (a | b).sum(axis=(1, 2))
    return np.where(either == 0, 1.0, both / np.maximum(either, 1)).tolist()


@neutral("iou", "changes a mask")
def spoils_a_mask(a, b):
    if a.shape != b.shape:
        raise ValueError("masks have different shapes")
    both = (a & b).sum(axis=(1, 2))
    either = (a | b).sum(axis=(1, 2))
    a &= b
    return np.where(either == 0, 1.0, both / np.maximum(either, 1))


@neutral("iou", "whole numbers")
def rounds_down(a, b):
    if a.shape != b.shape:
        raise ValueError("masks have different shapes")
    both = (a & b).sum(axis=(1, 2))
    either = (a | b).sum(axis=(1, 2))
    return np.where(either == 0, 1.0, both / np.maximum(either, 1)).astype(int)


@neutral("iou", "16-bit floats")
def keeps_three_digits(a, b):
    if a.shape != b.shape:
        raise ValueError("masks have different shapes")
    both = (a & b).sum(axis=(1, 2))
    either = (a | b).sum(axis=(1, 2))
    return np.where(either == 0, 1.0, both / np.maximum(either, 1)).astype(np.float16)


@neutral("iou", "a column")
def gives_a_column(a, b):
    if a.shape != b.shape:
        raise ValueError("masks have different shapes")
    both = (a & b).sum(axis=(1, 2))
    either = (a | b).sum(axis=(1, 2))
    return np.where(either == 0, 1.0, both / np.maximum(either, 1))[:, None]


@neutral("iou", "one ValueError for any empty mask")
def refuses_empty_masks(a, b):
    if a.shape != b.shape:
        raise ValueError("masks have different shapes")
    both = (a & b).sum(axis=(1, 2))
    either = (a | b).sum(axis=(1, 2))
    if not a.any() or not b.any():
        raise ValueError("an empty mask")
    return np.where(either == 0, 1.0, both / np.maximum(either, 1))


@wrong("iou", "sum for union")
def adds_the_masks(a, b):
    if a.shape != b.shape:
        raise ValueError("masks have different shapes")
    both = (a & b).sum(axis=(1, 2))
    total = a.sum(axis=(1, 2)) + b.sum(axis=(1, 2))
    return np.where(total == 0, 1.0, both / np.maximum(total, 1))


@wrong("iou", "Dice")
def takes_dice(a, b):
    if a.shape != b.shape:
        raise ValueError("masks have different shapes")
    both = (a & b).sum(axis=(1, 2))
    total = a.sum(axis=(1, 2)) + b.sum(axis=(1, 2))
    return np.where(total == 0, 1.0, 2 * both / np.maximum(total, 1))


@wrong("iou", "an ε of 1")
def smooths(a, b):
    if a.shape != b.shape:
        raise ValueError("masks have different shapes")
    both = (a & b).sum(axis=(1, 2))
    either = (a | b).sum(axis=(1, 2))
    return (both + 1) / (either + 1)


@variant("iou")
def image_by_image(a, b):
    if a.shape != b.shape:
        raise ValueError("masks have different shapes")
    found = []
    for x, y in zip(a, b):  # noqa: B905
        size = int((x | y).sum())
        found.append(int((x & y).sum()) / size if size else 1.0)
    return np.array(found)


@variant("iou")
def without_or(a, b):
    if a.shape != b.shape:
        raise ValueError("masks have different shapes")
    x, y = a.reshape(len(a), -1).astype(float), b.reshape(len(b), -1).astype(float)
    both = (x * y).sum(1)
    union = x.sum(1) + y.sum(1) - both
    agreed = np.ones(len(a))
    np.divide(both, union, out=agreed, where=union > 0)
    return agreed


@variant("iou")
def in_float32(a, b):
    if a.shape != b.shape:
        raise ValueError("masks have different shapes")
    both = (a & b).sum(axis=(1, 2))
    either = (a | b).sum(axis=(1, 2))
    with np.errstate(invalid="ignore"):
        share = (both / either).astype(np.float32)
    share[either == 0] = 1
    return share


@variant("iou")
def from_dice(a, b):
    if a.shape != b.shape:
        raise ValueError("masks have different shapes")
    both = (a & b).sum(axis=(1, 2))
    total = a.sum(axis=(1, 2)) + b.sum(axis=(1, 2))
    share = np.where(total > 0, 2 * both / np.maximum(total, 1), 1)
    return share / (2 - share)


@variant("iou")
def with_sets(a, b):
    if a.shape != b.shape:
        raise ValueError("masks have different shapes")
    found = []
    for x, y in zip(a, b):  # noqa: B905
        first, second = set(np.flatnonzero(x).tolist()), set(np.flatnonzero(y).tolist())
        union = first | second
        found.append(len(first & second) / len(union) if union else 1)
    return np.array(found, dtype=float)
