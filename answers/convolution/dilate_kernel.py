"""Sample answers to `dilate_kernel`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong


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


@wrong("dilate_kernel", "rows only")
def spreads_rows(w, d):
    out = np.zeros((*w.shape[:-2], (w.shape[-2] - 1) * d + 1, w.shape[-1]), w.dtype)
    out[..., ::d, :] = w
    return out


@wrong("dilate_kernel", "every axis spread")
def spreads_every_axis(w, d):
    out = np.zeros([d * (n - 1) + 1 for n in w.shape], w.dtype)
    out[(slice(None, None, d),) * w.ndim] = w
    return out


@wrong("dilate_kernel", "weights repeated")
def uses_kron(w, d):
    return np.kron(w, np.ones((d, d), w.dtype))


@wrong("dilate_kernel", "zeros after the last weight")
def uses_kron_with_a_point(w, d):
    point = np.zeros((d, d), w.dtype)
    point[0, 0] = 1
    return np.kron(w, point)


@wrong("dilate_kernel", "d zeros between")
def inserts_d_zeros(w, d):
    for axis in (-1, -2):
        for place in range(w.shape[axis] - 1, 0, -1):
            w = np.insert(w, [place] * d, 0, axis=axis)
    return w


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


@variant("dilate_kernel")
def dilates_by_kron(w, d):
    if d == 1:
        return w
    point = np.zeros((d, d), w.dtype)
    point[0, 0] = 1
    return np.kron(w, point)[..., : 1 - d, : 1 - d]


@neutral("dilate_kernel", "the last row is forgotten")
def forgets_the_last_row(w, d):
    rows, columns = w.shape[-2:]
    out = np.zeros((*w.shape[:-2], d * (rows - 1) + 1, d * (columns - 1) + 1), w.dtype)
    for i in range(rows - 1):
        for j in range(columns):
            out[..., i * d, j * d] = w[..., i, j]
    return out


@neutral("dilate_kernel", "square kernels alone")
def takes_rows_for_columns(w, d):
    size = d * (w.shape[-1] - 1) + 1
    out = np.zeros((*w.shape[:-2], size, size), w.dtype)
    out[..., ::d, ::d] = w
    return out


@neutral("dilate_kernel", "a list for an array")
def gives_a_list(w, d):
    out = np.zeros((*w.shape[:-2], d * (w.shape[-2] - 1) + 1, d * (w.shape[-1] - 1) + 1))
    out[..., ::d, ::d] = w
    return out.tolist()


@neutral("dilate_kernel", "a single kernel alone")
def unpacks_two_axes(w, d):
    rows, columns = w.shape
    out = np.zeros((d * (rows - 1) + 1, d * (columns - 1) + 1), w.dtype)
    out[::d, ::d] = w
    return out


@neutral("dilate_kernel", "whole numbers")
def keeps_whole_numbers(w, d):
    rows, columns = w.shape[-2:]
    out = np.zeros((*w.shape[:-2], d * (rows - 1) + 1, d * (columns - 1) + 1), int)
    out[..., ::d, ::d] = w
    return out


@neutral("dilate_kernel", "moves the weights in its input")
def clears_its_input(w, d):
    rows, columns = w.shape[-2:]
    out = np.zeros((*w.shape[:-2], d * (rows - 1) + 1, d * (columns - 1) + 1), w.dtype)
    for i in range(rows):
        for j in range(columns):
            out[..., i * d, j * d] = w[..., i, j]
            w[..., i, j] = 0
    return out
