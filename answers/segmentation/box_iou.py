"""Sample answers to `box_iou`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong


@wrong("box_iou", "last row and column inside")
def counts_the_last_pixel(a, b):
    first = np.maximum(a[:, None, :2], b[None, :, :2])
    last = np.minimum(a[:, None, 2:], b[None, :, 2:])
    both = (last - first + 1).clip(0).prod(axis=2)
    areas_a = ((a[:, 2] + 1 - a[:, 0]) * (a[:, 3] + 1 - a[:, 1]))[:, None]
    areas_b = ((b[:, 2] + 1 - b[:, 0]) * (b[:, 3] + 1 - b[:, 1]))[None]
    below = areas_a + areas_b - both
    return np.where(both > 0, both / np.where(below > 0, below, 1), 0.0)


@wrong("box_iou", "height and width")
def reads_lengths(a, b):
    a, b = (np.hstack([c[:, :2], c[:, :2] + c[:, 2:]]) for c in (a, b))
    first = np.maximum(a[:, None, :2], b[None, :, :2])
    last = np.minimum(a[:, None, 2:], b[None, :, 2:])
    both = (last - first).clip(0).prod(axis=2)
    areas_a = ((a[:, 2] - a[:, 0]) * (a[:, 3] - a[:, 1]))[:, None]
    areas_b = ((b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1]))[None]
    below = areas_a + areas_b - both
    return np.where(both > 0, both / np.where(below > 0, below, 1), 0.0)


@wrong("box_iou", "sum for union")
def counts_twice(a, b):
    first = np.maximum(a[:, None, :2], b[None, :, :2])
    last = np.minimum(a[:, None, 2:], b[None, :, 2:])
    both = (last - first).clip(0).prod(axis=2)
    areas_a = ((a[:, 2] - a[:, 0]) * (a[:, 3] - a[:, 1]))[:, None]
    areas_b = ((b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1]))[None]
    below = areas_a + areas_b
    return np.where(both > 0, both / np.where(below > 0, below, 1), 0.0)


@wrong("box_iou", "Dice")
def takes_dice(a, b):
    first = np.maximum(a[:, None, :2], b[None, :, :2])
    last = np.minimum(a[:, None, 2:], b[None, :, 2:])
    both = (last - first).clip(0).prod(axis=2)
    areas_a = ((a[:, 2] - a[:, 0]) * (a[:, 3] - a[:, 1]))[:, None]
    areas_b = ((b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1]))[None]
    both = 2 * both
    below = areas_a + areas_b
    return np.where(both > 0, both / np.where(below > 0, below, 1), 0.0)


@wrong("box_iou", "share of the smaller box")
def divides_by_the_smaller(a, b):
    first = np.maximum(a[:, None, :2], b[None, :, :2])
    last = np.minimum(a[:, None, 2:], b[None, :, 2:])
    both = (last - first).clip(0).prod(axis=2)
    areas_a = ((a[:, 2] - a[:, 0]) * (a[:, 3] - a[:, 1]))[:, None]
    areas_b = ((b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1]))[None]
    below = np.minimum(areas_a, areas_b)
    return np.where(both > 0, both / np.where(below > 0, below, 1), 0.0)


@wrong("box_iou", "share of the first box")
def divides_by_the_first(a, b):
    first = np.maximum(a[:, None, :2], b[None, :, :2])
    last = np.minimum(a[:, None, 2:], b[None, :, 2:])
    both = (last - first).clip(0).prod(axis=2)
    areas_a = ((a[:, 2] - a[:, 0]) * (a[:, 3] - a[:, 1]))[:, None]
    areas_b = ((b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1]))[None]
    below = areas_a + 0 * areas_b
    return np.where(both > 0, both / np.where(below > 0, below, 1), 0.0)


@wrong("box_iou", "intersection alone")
def forgets_the_division(a, b):
    first = np.maximum(a[:, None, :2], b[None, :, :2])
    last = np.minimum(a[:, None, 2:], b[None, :, 2:])
    both = (last - first).clip(0).prod(axis=2)
    return both.astype(float)


@wrong("box_iou", "apart in both directions")
def forgets_to_clip(a, b):
    first = np.maximum(a[:, None, :2], b[None, :, :2])
    last = np.minimum(a[:, None, 2:], b[None, :, 2:])
    both = (last - first).prod(axis=2)
    areas_a = ((a[:, 2] - a[:, 0]) * (a[:, 3] - a[:, 1]))[:, None]
    areas_b = ((b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1]))[None]
    below = areas_a + areas_b - both
    return np.where(below == 0, 0.0, both / np.where(below == 0, 1, below))


@wrong("box_iou", "turned round")
def turns_the_table(a, b):
    first = np.maximum(a[:, None, :2], b[None, :, :2])
    last = np.minimum(a[:, None, 2:], b[None, :, 2:])
    both = (last - first).clip(0).prod(axis=2)
    areas_a = ((a[:, 2] - a[:, 0]) * (a[:, 3] - a[:, 1]))[:, None]
    areas_b = ((b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1]))[None]
    below = areas_a + areas_b - both
    return (np.where(both > 0, both / np.where(below > 0, below, 1), 0.0)).T


@wrong("box_iou", "pair by pair")
def pairs(a, b):
    count = min(len(a), len(b))
    a, b = a[:count], b[:count]
    both = (np.minimum(a[:, 2:], b[:, 2:]) - np.maximum(a[:, :2], b[:, :2])).clip(0).prod(axis=1)
    areas = sum((c[:, 2:] - c[:, :2]).prod(axis=1) for c in (a, b))
    return np.where(both > 0, both / np.maximum(areas - both, 1e-300), 0.0)


@wrong("box_iou", "no area gives NaN")
def divides_by_zero(a, b):
    first = np.maximum(a[:, None, :2], b[None, :, :2])
    last = np.minimum(a[:, None, 2:], b[None, :, 2:])
    both = (last - first).clip(0).prod(axis=2)
    areas_a = ((a[:, 2] - a[:, 0]) * (a[:, 3] - a[:, 1]))[:, None]
    areas_b = ((b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1]))[None]
    with np.errstate(invalid="ignore"):
        return both / (areas_a + areas_b - both)


@variant("box_iou")
def with_loops(a, b):
    table = np.zeros((len(a), len(b)))
    for i, (t, k, q, r) in enumerate(a.tolist()):
        for j, (u, m, v, s) in enumerate(b.tolist()):
            height, width = min(q, v) - max(t, u), min(r, s) - max(k, m)
            if height > 0 and width > 0:
                both = height * width
                table[i, j] = both / ((q - t) * (r - k) + (v - u) * (s - m) - both)
    return table


@variant("box_iou")
def with_outer(a, b):
    height = np.minimum.outer(a[:, 2], b[:, 2]) - np.maximum.outer(a[:, 0], b[:, 0])
    width = np.minimum.outer(a[:, 3], b[:, 3]) - np.maximum.outer(a[:, 1], b[:, 1])
    both = np.maximum(height, 0) * np.maximum(width, 0)
    sizes = [(c[:, 2] - c[:, 0]) * (c[:, 3] - c[:, 1]) for c in (a, b)]
    union = np.add.outer(*sizes) - both
    table = np.zeros(both.shape)
    np.divide(both, union, out=table, where=both > 0)
    return table


@variant("box_iou")
def in_float32(a, b):
    a, b = a.astype(np.float32), b.astype(np.float32)
    top, left = (np.maximum(a[:, None, k], b[None, :, k]) for k in (0, 1))
    bottom, right = (np.minimum(a[:, None, k], b[None, :, k]) for k in (2, 3))
    both = np.clip(bottom - top, 0, None) * np.clip(right - left, 0, None)
    union = ((a[:, 2] - a[:, 0]) * (a[:, 3] - a[:, 1]))[:, None] - both
    union = union + (b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1])
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(both > 0, both / union, np.float32(0))


@variant("box_iou")
def row_by_row(a, b):
    rows = [np.zeros((0, len(b)))]
    for box in a:
        first, last = np.maximum(box[:2], b[:, :2]), np.minimum(box[2:], b[:, 2:])
        both = np.prod(np.maximum(last - first, 0), axis=1)
        union = np.prod(box[2:] - box[:2]) + np.prod(b[:, 2:] - b[:, :2], axis=1) - both
        rows.append((both / np.where(both > 0, union, 1))[None])
    return np.concatenate(rows)


@neutral("box_iou", "a list")
def gives_a_list(a, b):
    first = np.maximum(a[:, None, :2], b[None, :, :2])
    last = np.minimum(a[:, None, 2:], b[None, :, 2:])
    both = (last - first).clip(0).prod(axis=2)
    areas_a = ((a[:, 2] - a[:, 0]) * (a[:, 3] - a[:, 1]))[:, None]
    areas_b = ((b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1]))[None]
    below = areas_a + areas_b - both
    return np.where(both > 0, both / np.where(below > 0, below, 1), 0.0).tolist()


@neutral("box_iou", "whole numbers")
def rounds_down(a, b):
    first = np.maximum(a[:, None, :2], b[None, :, :2])
    last = np.minimum(a[:, None, 2:], b[None, :, 2:])
    both = (last - first).clip(0).prod(axis=2)
    areas_a = ((a[:, 2] - a[:, 0]) * (a[:, 3] - a[:, 1]))[:, None]
    areas_b = ((b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1]))[None]
    below = areas_a + areas_b - both
    return np.where(both > 0, both / np.where(below > 0, below, 1), 0.0).astype(int)


@neutral("box_iou", "changes the boxes")
def spoils_the_boxes(a, b):
    first = np.maximum(a[:, None, :2], b[None, :, :2])
    last = np.minimum(a[:, None, 2:], b[None, :, 2:])
    both = (last - first).clip(0).prod(axis=2)
    areas_a = ((a[:, 2] - a[:, 0]) * (a[:, 3] - a[:, 1]))[:, None]
    areas_b = ((b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1]))[None]
    below = areas_a + areas_b - both
    a += 1
    return np.where(both > 0, both / np.where(below > 0, below, 1), 0.0)


@neutral("box_iou", "no boxes are refused")
def refuses_no_boxes(a, b):
    if not len(a) or not len(b):
        raise ValueError("no boxes")
    first = np.maximum(a[:, None, :2], b[None, :, :2])
    last = np.minimum(a[:, None, 2:], b[None, :, 2:])
    both = (last - first).clip(0).prod(axis=2)
    areas_a = ((a[:, 2] - a[:, 0]) * (a[:, 3] - a[:, 1]))[:, None]
    areas_b = ((b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1]))[None]
    below = areas_a + areas_b - both
    return np.where(both > 0, both / np.where(below > 0, below, 1), 0.0)


@neutral("box_iou", "16-bit floats")
def keeps_three_digits(a, b):
    first = np.maximum(a[:, None, :2], b[None, :, :2])
    last = np.minimum(a[:, None, 2:], b[None, :, 2:])
    both = (last - first).clip(0).prod(axis=2)
    areas_a = ((a[:, 2] - a[:, 0]) * (a[:, 3] - a[:, 1]))[:, None]
    areas_b = ((b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1]))[None]
    below = areas_a + areas_b - both
    return np.where(both > 0, both / np.where(below > 0, below, 1), 0.0).astype(np.float16)


@neutral("box_iou", "the first column for all")
def repeats_a_column(a, b):
    first = np.maximum(a[:, None, :2], b[None, :, :2])
    last = np.minimum(a[:, None, 2:], b[None, :, 2:])
    both = (last - first).clip(0).prod(axis=2)
    areas_a = ((a[:, 2] - a[:, 0]) * (a[:, 3] - a[:, 1]))[:, None]
    areas_b = ((b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1]))[None]
    below = areas_a + areas_b - both
    table = np.where(both > 0, both / np.where(below > 0, below, 1), 0.0)
    return np.repeat(table[:, :1], len(b), axis=1)
