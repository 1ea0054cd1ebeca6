"""Sample answers to `dilate_kernel`."""

import numpy as np

from course_utils.authoring.answers import variant, wrong


@wrong("dilate_kernel", "zeros after the last weight")
def fills_to_the_end(w, d):
    out = np.zeros((*w.shape[:-2], w.shape[-2] * d, w.shape[-1] * d), w.dtype)
    out[..., ::d, ::d] = w
    return out


@wrong("dilate_kernel", "weights repeated")
def repeats_weights(w, d):
    return w.repeat(d, axis=-2).repeat(d, axis=-1)


@wrong("dilate_kernel", "d zeros between")
def one_gap_too_many(w, d):
    rows, columns = w.shape[-2:]
    step = d + 1
    out = np.zeros((*w.shape[:-2], (rows - 1) * step + 1, (columns - 1) * step + 1), w.dtype)
    out[..., ::step, ::step] = w
    return out


@wrong("dilate_kernel", "columns only")
def spreads_columns(w, d):
    out = np.zeros((*w.shape[:-1], (w.shape[-1] - 1) * d + 1), w.dtype)
    out[..., ::d] = w
    return out


@wrong("dilate_kernel", "zeros around")
def surrounds_the_kernel(w, d):
    rows, columns = w.shape[-2:]
    out = np.zeros((*w.shape[:-2], (rows - 1) * d + 1, (columns - 1) * d + 1), w.dtype)
    top, left = (out.shape[-2] - rows) // 2, (out.shape[-1] - columns) // 2
    out[..., top : top + rows, left : left + columns] = w
    return out


@variant("dilate_kernel")
def dilates_by_slices(w, d):
    out = np.zeros(w.shape[:-2] + tuple(d * (n - 1) + 1 for n in w.shape[-2:]), dtype=w.dtype)
    out[..., ::d, ::d] = w
    return out


@variant("dilate_kernel")
def dilates_by_loops(w, d):
    *lead, rows, columns = w.shape
    out = np.zeros((*lead, rows + (rows - 1) * (d - 1), columns + (columns - 1) * (d - 1)))
    for i in range(rows):
        for j in range(columns):
            out[..., i * d, j * d] = w[..., i, j]
    return out


@variant("dilate_kernel")
def dilates_by_insertion(w, d):
    for axis in (-2, -1):
        places = np.repeat(np.arange(1, w.shape[axis]), d - 1)
        w = np.insert(w, places, 0, axis=axis)
    return w
