"""Sample answers to `conv2d_backward`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong


@wrong("conv2d_backward", "kernel flipped in dx")
def flips_for_the_input(dout, x, w, stride=1, padding=0):
    height, width = x.shape[2:]
    kh, kw = w.shape[2:]
    edge = (padding, padding)
    canvas = np.pad(x, ((0, 0), (0, 0), edge, edge))
    dcanvas, dw = np.zeros_like(canvas), np.zeros_like(w)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            at = np.s_[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw]
            d = dout[:, :, i, j]
            dw += np.einsum("no,nchw->ochw", d, canvas[at])
            dcanvas[at] += np.einsum("no,ochw->nchw", d, w[:, :, ::-1, ::-1])
    dx = dcanvas[:, :, padding : padding + height, padding : padding + width]
    return dx, dw, dout.sum(axis=(0, 2, 3))


@wrong("conv2d_backward", "dw flipped")
def flips_the_weights_gradient(dout, x, w, stride=1, padding=0):
    height, width = x.shape[2:]
    kh, kw = w.shape[2:]
    edge = (padding, padding)
    canvas = np.pad(x, ((0, 0), (0, 0), edge, edge))
    dcanvas, dw = np.zeros_like(canvas), np.zeros_like(w)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            at = np.s_[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw]
            d = dout[:, :, i, j]
            dw += np.einsum("no,nchw->ochw", d, canvas[at])
            dcanvas[at] += np.einsum("no,ochw->nchw", d, w)
    dx = dcanvas[:, :, padding : padding + height, padding : padding + width]
    return dx, dw[:, :, ::-1, ::-1], dout.sum(axis=(0, 2, 3))


@wrong("conv2d_backward", "dx overwritten")
def assigns_to_the_input(dout, x, w, stride=1, padding=0):
    height, width = x.shape[2:]
    kh, kw = w.shape[2:]
    edge = (padding, padding)
    canvas = np.pad(x, ((0, 0), (0, 0), edge, edge))
    dcanvas, dw = np.zeros_like(canvas), np.zeros_like(w)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            at = np.s_[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw]
            d = dout[:, :, i, j]
            dw += np.einsum("no,nchw->ochw", d, canvas[at])
            dcanvas[at] = np.einsum("no,ochw->nchw", d, w)
    dx = dcanvas[:, :, padding : padding + height, padding : padding + width]
    return dx, dw, dout.sum(axis=(0, 2, 3))


@wrong("conv2d_backward", "dw overwritten")
def assigns_to_the_weights(dout, x, w, stride=1, padding=0):
    height, width = x.shape[2:]
    kh, kw = w.shape[2:]
    edge = (padding, padding)
    canvas = np.pad(x, ((0, 0), (0, 0), edge, edge))
    dcanvas, dw = np.zeros_like(canvas), np.zeros_like(w)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            at = np.s_[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw]
            d = dout[:, :, i, j]
            dw = np.einsum("no,nchw->ochw", d, canvas[at])
            dcanvas[at] += np.einsum("no,ochw->nchw", d, w)
    dx = dcanvas[:, :, padding : padding + height, padding : padding + width]
    return dx, dw, dout.sum(axis=(0, 2, 3))


@wrong("conv2d_backward", "padding kept in dx")
def keeps_the_border(dout, x, w, stride=1, padding=0):
    kh, kw = w.shape[2:]
    edge = (padding, padding)
    canvas = np.pad(x, ((0, 0), (0, 0), edge, edge))
    dcanvas, dw = np.zeros_like(canvas), np.zeros_like(w)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            at = np.s_[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw]
            d = dout[:, :, i, j]
            dw += np.einsum("no,nchw->ochw", d, canvas[at])
            dcanvas[at] += np.einsum("no,ochw->nchw", d, w)
    dx = dcanvas
    return dx, dw, dout.sum(axis=(0, 2, 3))


@wrong("conv2d_backward", "padding cut on one side")
def cuts_one_side(dout, x, w, stride=1, padding=0):
    height, width = x.shape[2:]
    kh, kw = w.shape[2:]
    edge = (padding, padding)
    canvas = np.pad(x, ((0, 0), (0, 0), edge, edge))
    dcanvas, dw = np.zeros_like(canvas), np.zeros_like(w)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            at = np.s_[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw]
            d = dout[:, :, i, j]
            dw += np.einsum("no,nchw->ochw", d, canvas[at])
            dcanvas[at] += np.einsum("no,ochw->nchw", d, w)
    dx = dcanvas[:, :, :height, :width]
    return dx, dw, dout.sum(axis=(0, 2, 3))


@wrong("conv2d_backward", "window not moved by the stride")
def goes_back_by_one(dout, x, w, stride=1, padding=0):
    height, width = x.shape[2:]
    kh, kw = w.shape[2:]
    edge = (padding, padding)
    canvas = np.pad(x, ((0, 0), (0, 0), edge, edge))
    dcanvas, dw = np.zeros_like(canvas), np.zeros_like(w)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            at = np.s_[:, :, i : i + kh, j : j + kw]
            d = dout[:, :, i, j]
            dw += np.einsum("no,nchw->ochw", d, canvas[at])
            dcanvas[at] += np.einsum("no,ochw->nchw", d, w)
    dx = dcanvas[:, :, padding : padding + height, padding : padding + width]
    return dx, dw, dout.sum(axis=(0, 2, 3))


@wrong("conv2d_backward", "mean over the batch")
def averages_patients(dout, x, w, stride=1, padding=0):
    height, width = x.shape[2:]
    kh, kw = w.shape[2:]
    edge = (padding, padding)
    canvas = np.pad(x, ((0, 0), (0, 0), edge, edge))
    dcanvas, dw = np.zeros_like(canvas), np.zeros_like(w)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            at = np.s_[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw]
            d = dout[:, :, i, j]
            dw += np.einsum("no,nchw->ochw", d, canvas[at])
            dcanvas[at] += np.einsum("no,ochw->nchw", d, w)
    dx = dcanvas[:, :, padding : padding + height, padding : padding + width]
    return dx, dw / len(x), dout.sum(axis=(0, 2, 3)) / len(x)


@wrong("conv2d_backward", "db averaged")
def averages_the_bias(dout, x, w, stride=1, padding=0):
    height, width = x.shape[2:]
    kh, kw = w.shape[2:]
    edge = (padding, padding)
    canvas = np.pad(x, ((0, 0), (0, 0), edge, edge))
    dcanvas, dw = np.zeros_like(canvas), np.zeros_like(w)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            at = np.s_[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw]
            d = dout[:, :, i, j]
            dw += np.einsum("no,nchw->ochw", d, canvas[at])
            dcanvas[at] += np.einsum("no,ochw->nchw", d, w)
    dx = dcanvas[:, :, padding : padding + height, padding : padding + width]
    return dx, dw, dout.mean(axis=(0, 2, 3))


@wrong("conv2d_backward", "upstream forgotten")
def ignores_dout(dout, x, w, stride=1, padding=0):
    height, width = x.shape[2:]
    kh, kw = w.shape[2:]
    edge = (padding, padding)
    canvas = np.pad(x, ((0, 0), (0, 0), edge, edge))
    dcanvas, dw = np.zeros_like(canvas), np.zeros_like(w)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            at = np.s_[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw]
            d = np.ones_like(dout[:, :, i, j])
            dw += np.einsum("no,nchw->ochw", d, canvas[at])
            dcanvas[at] += np.einsum("no,ochw->nchw", d, w)
    dx = dcanvas[:, :, padding : padding + height, padding : padding + width]
    return dx, dw, np.ones_like(dout).sum(axis=(0, 2, 3))


@variant("conv2d_backward")
def with_nested_loops(dout, x, w, stride=1, padding=0):
    dx, dw, db = np.zeros(x.shape), np.zeros(w.shape), np.zeros(len(w))
    height, width = x.shape[2:]
    for n, o, i, j in np.ndindex(*dout.shape):
        d = dout[n, o, i, j]
        db[o] += d
        for u in range(w.shape[2]):
            for v in range(w.shape[3]):
                r, q = i * stride + u - padding, j * stride + v - padding
                if 0 <= r < height and 0 <= q < width:
                    dx[n, :, r, q] += d * w[o, :, u, v]
                    dw[o, :, u, v] += d * x[n, :, r, q]
    return dx, dw, db


@variant("conv2d_backward")
def by_kernel_position(dout, x, w, stride=1, padding=0):
    height, width = x.shape[2:]
    rows, columns = dout.shape[2:]
    canvas = np.zeros((*x.shape[:2], height + 2 * padding, width + 2 * padding))
    canvas[:, :, padding : padding + height, padding : padding + width] = x
    dcanvas, dw = np.zeros_like(canvas), np.zeros_like(w)
    for u in range(w.shape[2]):
        for v in range(w.shape[3]):
            down = slice(u, u + (rows - 1) * stride + 1, stride)
            right = slice(v, v + (columns - 1) * stride + 1, stride)
            dw[:, :, u, v] = np.einsum("noij,ncij->oc", dout, canvas[:, :, down, right])
            dcanvas[:, :, down, right] += np.einsum("noij,oc->ncij", dout, w[:, :, u, v])
    dx = dcanvas[:, :, padding : padding + height, padding : padding + width]
    return dx, dw, dout.sum((0, 2, 3))


@variant("conv2d_backward")
def with_sliding_windows(dout, x, w, stride=1, padding=0):
    edge = (padding, padding)
    canvas = np.pad(x, ((0, 0), (0, 0), edge, edge))
    windows = np.lib.stride_tricks.sliding_window_view(canvas, w.shape[2:], axis=(2, 3))
    dw = np.einsum("noij,ncijuv->ocuv", dout, windows[:, :, ::stride, ::stride])
    parts = np.einsum("noij,ocuv->ncijuv", dout, w)
    dcanvas = np.zeros_like(canvas)
    for i, j in np.ndindex(*dout.shape[2:]):
        top, left = i * stride, j * stride
        dcanvas[:, :, top : top + w.shape[2], left : left + w.shape[3]] += parts[:, :, i, j]
    bottom, right = dcanvas.shape[2] - padding, dcanvas.shape[3] - padding
    return [dcanvas[:, :, padding:bottom, padding:right], dw, dout.sum(axis=(0, 2, 3))]


@wrong("conv2d_backward", "last image only")
def starts_again_for_each_image(dout, x, w, stride=1, padding=0):
    dx, db = np.zeros(x.shape), dout.sum(axis=(0, 2, 3))
    for n in range(len(x)):
        dw = np.zeros(w.shape)
        for o, i, j in np.ndindex(*dout.shape[1:]):
            for u, v in np.ndindex(*w.shape[2:]):
                r, q = i * stride + u - padding, j * stride + v - padding
                if 0 <= r < x.shape[2] and 0 <= q < x.shape[3]:
                    dx[n, :, r, q] += dout[n, o, i, j] * w[o, :, u, v]
                    dw[o, :, u, v] += dout[n, o, i, j] * x[n, :, r, q]
    return dx, dw, db


@wrong("conv2d_backward", "last filter only")
def starts_again_for_each_filter(dout, x, w, stride=1, padding=0):
    dw, db = np.zeros(w.shape), dout.sum(axis=(0, 2, 3))
    for o in range(len(w)):
        dx = np.zeros(x.shape)
        for n, i, j in np.ndindex(len(x), *dout.shape[2:]):
            for u, v in np.ndindex(*w.shape[2:]):
                r, q = i * stride + u - padding, j * stride + v - padding
                if 0 <= r < x.shape[2] and 0 <= q < x.shape[3]:
                    dx[n, :, r, q] += dout[n, o, i, j] * w[o, :, u, v]
                    dw[o, :, u, v] += dout[n, o, i, j] * x[n, :, r, q]
    return dx, dw, db


@variant("conv2d_backward")
def with_matrices(dout, x, w, stride=1, padding=0):
    n, c, height, width = x.shape
    filters, _, kh, kw = w.shape
    rows, columns = dout.shape[2:]
    canvas = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    dcanvas, dw = np.zeros(canvas.shape), np.zeros((filters, c * kh * kw))
    flat = w.reshape(filters, -1)
    for i in range(rows):
        for j in range(columns):
            a, b = i * stride, j * stride
            patches = canvas[:, :, a : a + kh, b : b + kw].reshape(n, -1)
            dw += dout[:, :, i, j].T @ patches
            dcanvas[:, :, a : a + kh, b : b + kw] += (dout[:, :, i, j] @ flat).reshape(n, c, kh, kw)
    dx = dcanvas[:, :, padding : padding + height, padding : padding + width]
    return dx, dw.reshape(w.shape), dout.sum(axis=3).sum(axis=2).sum(axis=0)


@neutral("conv2d_backward", "in float32")
def answers_in_float32(dout, x, w, stride=1, padding=0):
    kh, kw = w.shape[2:]
    edge = (padding, padding)
    canvas = np.pad(x, ((0, 0), (0, 0), edge, edge))
    dcanvas, dw = np.zeros_like(canvas), np.zeros_like(w)
    for i, j in np.ndindex(*dout.shape[2:]):
        at = np.s_[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw]
        dw += np.einsum("no,nchw->ochw", dout[:, :, i, j], canvas[at])
        dcanvas[at] += np.einsum("no,ochw->nchw", dout[:, :, i, j], w)
    dx = dcanvas[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]]
    return tuple(a.astype(np.float32) for a in (dx, dw, dout.sum(axis=(0, 2, 3))))


@neutral("conv2d_backward", "changes its input")
def scales_dout_in_place(dout, x, w, stride=1, padding=0):
    kh, kw = w.shape[2:]
    edge = (padding, padding)
    canvas = np.pad(x, ((0, 0), (0, 0), edge, edge))
    dcanvas, dw = np.zeros_like(canvas), np.zeros_like(w)
    for i, j in np.ndindex(*dout.shape[2:]):
        at = np.s_[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw]
        dw += np.einsum("no,nchw->ochw", dout[:, :, i, j], canvas[at])
        dcanvas[at] += np.einsum("no,ochw->nchw", dout[:, :, i, j], w)
    dx = dcanvas[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]]
    db = dout.sum(axis=(0, 2, 3))
    dout *= 0
    return dx, dw, db


@neutral("conv2d_backward", "lists for arrays")
def answers_with_lists(dout, x, w, stride=1, padding=0):
    kh, kw = w.shape[2:]
    edge = (padding, padding)
    canvas = np.pad(x, ((0, 0), (0, 0), edge, edge))
    dcanvas, dw = np.zeros_like(canvas), np.zeros_like(w)
    for i, j in np.ndindex(*dout.shape[2:]):
        at = np.s_[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw]
        dw += np.einsum("no,nchw->ochw", dout[:, :, i, j], canvas[at])
        dcanvas[at] += np.einsum("no,ochw->nchw", dout[:, :, i, j], w)
    dx = dcanvas[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]]
    return dx.tolist(), dw.tolist(), dout.sum(axis=(0, 2, 3)).tolist()


@neutral("conv2d_backward", "another order")
def answers_in_another_order(dout, x, w, stride=1, padding=0):
    kh, kw = w.shape[2:]
    edge = (padding, padding)
    canvas = np.pad(x, ((0, 0), (0, 0), edge, edge))
    dcanvas, dw = np.zeros_like(canvas), np.zeros_like(w)
    for i, j in np.ndindex(*dout.shape[2:]):
        at = np.s_[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw]
        dw += np.einsum("no,nchw->ochw", dout[:, :, i, j], canvas[at])
        dcanvas[at] += np.einsum("no,ochw->nchw", dout[:, :, i, j], w)
    dx = dcanvas[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]]
    return dw, dx, dout.sum(axis=(0, 2, 3))


@neutral("conv2d_backward", "a dictionary")
def answers_with_a_dictionary(dout, x, w, stride=1, padding=0):
    kh, kw = w.shape[2:]
    edge = (padding, padding)
    canvas = np.pad(x, ((0, 0), (0, 0), edge, edge))
    dcanvas, dw = np.zeros_like(canvas), np.zeros_like(w)
    for i, j in np.ndindex(*dout.shape[2:]):
        at = np.s_[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw]
        dw += np.einsum("no,nchw->ochw", dout[:, :, i, j], canvas[at])
        dcanvas[at] += np.einsum("no,ochw->nchw", dout[:, :, i, j], w)
    dx = dcanvas[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]]
    return {"dx": dx, "dw": dw, "db": dout.sum(axis=(0, 2, 3))}


@neutral("conv2d_backward", "a slip: db of the first image")
def takes_db_of_one_image(dout, x, w, stride=1, padding=0):
    kh, kw = w.shape[2:]
    edge = (padding, padding)
    canvas = np.pad(x, ((0, 0), (0, 0), edge, edge))
    dcanvas, dw = np.zeros_like(canvas), np.zeros_like(w)
    for i, j in np.ndindex(*dout.shape[2:]):
        at = np.s_[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw]
        dw += np.einsum("no,nchw->ochw", dout[:, :, i, j], canvas[at])
        dcanvas[at] += np.einsum("no,ochw->nchw", dout[:, :, i, j], w)
    dx = dcanvas[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]]
    return dx, dw, dout[0].sum(axis=(1, 2))


@neutral("conv2d_backward", "a slip: padding in one direction")
def shifts_the_cut(dout, x, w, stride=1, padding=0):
    kh, kw = w.shape[2:]
    edge = (padding, padding)
    canvas = np.pad(x, ((0, 0), (0, 0), edge, edge))
    dcanvas, dw = np.zeros_like(canvas), np.zeros_like(w)
    for i, j in np.ndindex(*dout.shape[2:]):
        at = np.s_[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw]
        dw += np.einsum("no,nchw->ochw", dout[:, :, i, j], canvas[at])
        dcanvas[at] += np.einsum("no,ochw->nchw", dout[:, :, i, j], w)
    dx = dcanvas[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]]
    dx = dcanvas[:, :, padding : padding + x.shape[2], : x.shape[3]]
    return dx, dw, dout.sum(axis=(0, 2, 3))
