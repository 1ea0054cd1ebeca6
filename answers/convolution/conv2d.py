"""Sample answers to `conv2d`."""

import numpy as np

from course_utils.authoring.answers import variant, wrong


@wrong("conv2d", "kernel flipped")
def flips_the_kernel(x, w, b, stride=1, padding=0):
    n, _, height, width = x.shape
    c_out, _, kh, kw = w.shape
    canvas = np.zeros((*x.shape[:2], height + 2 * padding, width + 2 * padding), x.dtype)
    canvas[:, :, padding : padding + height, padding : padding + width] = x
    rows = (canvas.shape[2] - kh) // stride + 1
    columns = (canvas.shape[3] - kw) // stride + 1
    out = np.zeros((n, c_out, rows, columns), x.dtype)
    for i in range(rows):
        for j in range(columns):
            window = canvas[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw]
            out[:, :, i, j] = np.einsum("nchw,ochw->no", window, w[:, :, ::-1, ::-1]) + b
    return out


@wrong("conv2d", "kernel transposed")
def mixes_rows_and_columns(x, w, b, stride=1, padding=0):
    n, _, height, width = x.shape
    c_out, _, kh, kw = w.shape
    canvas = np.zeros((*x.shape[:2], height + 2 * padding, width + 2 * padding), x.dtype)
    canvas[:, :, padding : padding + height, padding : padding + width] = x
    rows = (canvas.shape[2] - kh) // stride + 1
    columns = (canvas.shape[3] - kw) // stride + 1
    out = np.zeros((n, c_out, rows, columns), x.dtype)
    for i in range(rows):
        for j in range(columns):
            window = canvas[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw]
            out[:, :, i, j] = np.einsum("nchw,ocwh->no", window, w) + b
    return out


@wrong("conv2d", "padding ignored")
def never_pads(x, w, b, stride=1, padding=0):
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape[2:], axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]
    return np.einsum("ncijhw,ochw->noij", windows, w) + b[:, None, None]


@wrong("conv2d", "padding on one side")
def pads_one_side(x, w, b, stride=1, padding=0):
    canvas = np.zeros((*x.shape[:2], x.shape[2] + padding, x.shape[3] + padding), x.dtype)
    canvas[:, :, : x.shape[2], : x.shape[3]] = x
    windows = np.lib.stride_tricks.sliding_window_view(canvas, w.shape[2:], axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]
    return np.einsum("ncijhw,ochw->noij", windows, w) + b[:, None, None]


@wrong("conv2d", "stride ignored")
def never_strides(x, w, b, stride=1, padding=0):
    height, width = x.shape[2:]
    canvas = np.zeros((*x.shape[:2], height + 2 * padding, width + 2 * padding), x.dtype)
    canvas[:, :, padding : padding + height, padding : padding + width] = x
    windows = np.lib.stride_tricks.sliding_window_view(canvas, w.shape[2:], axis=(2, 3))
    return np.einsum("ncijhw,ochw->noij", windows, w) + b[:, None, None]


@wrong("conv2d", "window not moved by the stride")
def moves_by_one(x, w, b, stride=1, padding=0):
    n, _, height, width = x.shape
    c_out, _, kh, kw = w.shape
    canvas = np.zeros((*x.shape[:2], height + 2 * padding, width + 2 * padding), x.dtype)
    canvas[:, :, padding : padding + height, padding : padding + width] = x
    rows = (canvas.shape[2] - kh) // stride + 1
    columns = (canvas.shape[3] - kw) // stride + 1
    out = np.zeros((n, c_out, rows, columns), x.dtype)
    for i in range(rows):
        for j in range(columns):
            window = canvas[:, :, i : i + kh, j : j + kw]
            out[:, :, i, j] = np.tensordot(window, w, axes=([1, 2, 3], [1, 2, 3])) + b
    return out


@wrong("conv2d", "bias forgotten")
def forgets_bias(x, w, b, stride=1, padding=0):
    height, width = x.shape[2:]
    canvas = np.zeros((*x.shape[:2], height + 2 * padding, width + 2 * padding), x.dtype)
    canvas[:, :, padding : padding + height, padding : padding + width] = x
    windows = np.lib.stride_tricks.sliding_window_view(canvas, w.shape[2:], axis=(2, 3))
    return np.einsum("ncijhw,ochw->noij", windows[:, :, ::stride, ::stride], w)


@wrong("conv2d", "bias per channel")
def adds_bias_in_the_loop(x, w, b, stride=1, padding=0):
    n, c_in, height, width = x.shape
    c_out, _, kh, kw = w.shape
    canvas = np.zeros((n, c_in, height + 2 * padding, width + 2 * padding), x.dtype)
    canvas[:, :, padding : padding + height, padding : padding + width] = x
    rows = (canvas.shape[2] - kh) // stride + 1
    columns = (canvas.shape[3] - kw) // stride + 1
    out = np.zeros((n, c_out, rows, columns), x.dtype)
    for o in range(c_out):
        for c in range(c_in):
            for i in range(rows):
                for j in range(columns):
                    top, left = i * stride, j * stride
                    window = canvas[:, c, top : top + kh, left : left + kw]
                    out[:, o, i, j] += (window * w[o, c]).sum(axis=(1, 2)) + b[o]
    return out


@wrong("conv2d", "first channel only")
def sees_one_channel(x, w, b, stride=1, padding=0):
    height, width = x.shape[2:]
    canvas = np.zeros((x.shape[0], height + 2 * padding, width + 2 * padding), x.dtype)
    canvas[:, padding : padding + height, padding : padding + width] = x[:, 0]
    windows = np.lib.stride_tricks.sliding_window_view(canvas, w.shape[2:], axis=(1, 2))
    windows = windows[:, ::stride, ::stride]
    return np.einsum("nijhw,ohw->noij", windows, w[:, 0]) + b[:, None, None]


@wrong("conv2d", "mean for sum")
def averages(x, w, b, stride=1, padding=0):
    n, _, height, width = x.shape
    c_out, _, kh, kw = w.shape
    canvas = np.zeros((*x.shape[:2], height + 2 * padding, width + 2 * padding), x.dtype)
    canvas[:, :, padding : padding + height, padding : padding + width] = x
    rows = (canvas.shape[2] - kh) // stride + 1
    columns = (canvas.shape[3] - kw) // stride + 1
    out = np.zeros((n, c_out, rows, columns), x.dtype)
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            for o in range(c_out):
                window = canvas[:, :, top : top + kh, left : left + kw]
                out[:, o, i, j] = (window * w[o]).mean(axis=(1, 2, 3)) + b[o]
    return out


@variant("conv2d")
def with_seven_loops(x, w, b, stride=1, padding=0):
    n_images, c_in, height, width = x.shape
    c_out, _, kh, kw = w.shape
    rows = (height + 2 * padding - kh) // stride + 1
    columns = (width + 2 * padding - kw) // stride + 1
    out = np.empty((n_images, c_out, rows, columns))
    for n in range(n_images):
        for o in range(c_out):
            for i in range(rows):
                for j in range(columns):
                    total = float(b[o])
                    for c in range(c_in):
                        for u in range(kh):
                            for v in range(kw):
                                r, q = i * stride + u - padding, j * stride + v - padding
                                if 0 <= r < height and 0 <= q < width:
                                    total += x[n, c, r, q] * w[o, c, u, v]
                    out[n, o, i, j] = total
    return out


@variant("conv2d")
def with_sliding_windows(x, w, b, stride=1, padding=0):
    height, width = x.shape[2:]
    canvas = np.zeros((*x.shape[:2], height + 2 * padding, width + 2 * padding), x.dtype)
    canvas[:, :, padding : padding + height, padding : padding + width] = x
    windows = np.lib.stride_tricks.sliding_window_view(canvas, w.shape[2:], axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]
    return np.einsum("ncijhw,ochw->noij", windows, w) + b.reshape(1, -1, 1, 1)


@variant("conv2d")
def in_float32(x, w, b, stride=1, padding=0):
    x, w, b = x.astype(np.float32), w.astype(np.float32), b.astype(np.float32)
    n, c_in, _, width = x.shape
    c_out, _, kh, kw = w.shape
    x = np.concatenate([np.zeros((n, c_in, padding, width), x.dtype), x], axis=2)
    x = np.concatenate([x, np.zeros((n, c_in, padding, width), x.dtype)], axis=2)
    side = np.zeros((n, c_in, x.shape[2], padding), x.dtype)
    x = np.concatenate([side, x, side], axis=3)
    rows, columns = (x.shape[2] - kh) // stride + 1, (x.shape[3] - kw) // stride + 1
    out = np.zeros((n, c_out, rows, columns), np.float32)
    for u in range(kh):
        for v in range(kw):
            part = x[:, :, u : u + stride * rows : stride, v : v + stride * columns : stride]
            part = part[:, :, :rows, :columns]
            out += np.einsum("ncij,oc->noij", part, w[:, :, u, v])
    return out + b[None, :, None, None]
