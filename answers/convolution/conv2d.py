"""Sample answers to `conv2d`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong

SURVIVORS = {
    (
        "conv2d: product = np.stack(patches, axis=1).reshape(n * rows * columns, -1) @ "
        "w.reshape(c_out, -1).T -> "
        "product = np.stack(patches, axis=1).reshape(n * rows * columns, -1) @ "
        "w.reshape(c_out, - 2).T"
    ): "NumPy reads every negative length as “what is left”",
}


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


@wrong("conv2d", "edge repeated for zeros")
def replicates_the_edge(x, w, b, stride=1, padding=0):
    canvas = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(canvas, w.shape[2:], axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]
    return np.einsum("ncijhw,ochw->noij", windows, w) + b[:, None, None]


@wrong("conv2d", "bias per product")
def adds_bias_to_each_product(x, w, b, stride=1, padding=0):
    height, width = x.shape[2:]
    canvas = np.zeros((*x.shape[:2], height + 2 * padding, width + 2 * padding), x.dtype)
    canvas[:, :, padding : padding + height, padding : padding + width] = x
    windows = np.lib.stride_tricks.sliding_window_view(canvas, w.shape[2:], axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]
    products = windows[:, None] * w[None, :, :, None, None]
    return (products + b[None, :, None, None, None, None, None]).sum(axis=(2, 5, 6))


@wrong("conv2d", "first bias for all")
def adds_the_first_bias(x, w, b, stride=1, padding=0):
    height, width = x.shape[2:]
    canvas = np.zeros((*x.shape[:2], height + 2 * padding, width + 2 * padding), x.dtype)
    canvas[:, :, padding : padding + height, padding : padding + width] = x
    windows = np.lib.stride_tricks.sliding_window_view(canvas, w.shape[2:], axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]
    return np.einsum("ncijhw,ochw->noij", windows, w) + b[0]


@wrong("conv2d", "first image only")
def repeats_the_first_image(x, w, b, stride=1, padding=0):
    height, width = x.shape[2:]
    canvas = np.zeros((*x.shape[:2], height + 2 * padding, width + 2 * padding), x.dtype)
    canvas[:, :, padding : padding + height, padding : padding + width] = x
    windows = np.lib.stride_tricks.sliding_window_view(canvas, w.shape[2:], axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]
    maps = np.einsum("cijhw,ochw->oij", windows[0], w) + b[:, None, None]
    return np.stack([maps] * len(x))


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


@variant("conv2d")
def with_columns(x, w, b, stride=1, padding=0):
    n = len(x)
    c_out, _, kh, kw = w.shape
    spaces = [(0, 0), (0, 0), (padding, padding), (padding, padding)]
    x = np.pad(x, spaces)
    rows, columns = (x.shape[2] - kh) // stride + 1, (x.shape[3] - kw) // stride + 1
    patches = []
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            patches.append(x[:, :, top : top + kh, left : left + kw].reshape(n, -1))
    product = np.stack(patches, axis=1).reshape(n * rows * columns, -1) @ w.reshape(c_out, -1).T
    return (product + b).reshape(n, rows, columns, -1).transpose(0, 3, 1, 2)


@variant("conv2d")
def with_correlation_of_rows(x, w, b, stride=1, padding=0):
    height, width = x.shape[2:]
    canvas = np.zeros((*x.shape[:2], height + 2 * padding, width + 2 * padding), x.dtype)
    canvas[:, :, padding : padding + height, padding : padding + width] = x
    kh, kw = w.shape[2:]
    rows, columns = canvas.shape[2] - kh + 1, canvas.shape[3] - kw + 1
    out = np.zeros((len(x), len(w), rows, columns))
    for n, image in enumerate(canvas):
        for o, kernels in enumerate(w):
            for i in range(rows):
                for c in range(x.shape[1]):
                    for u in range(kh):
                        out[n, o, i] += np.correlate(image[c, i + u], kernels[c, u], mode="valid")
            out[n, o] += b[o]
    return out[:, :, ::stride, ::stride]


@neutral("conv2d", "pads its input in place")
def clears_the_border_of_its_input(x, w, b, stride=1, padding=0):
    height, width = x.shape[2:]
    canvas = np.zeros((*x.shape[:2], height + 2 * padding, width + 2 * padding), x.dtype)
    canvas[:, :, padding : padding + height, padding : padding + width] = x
    x[...] = canvas[:, :, padding : padding + height, padding : padding + width]
    windows = np.lib.stride_tricks.sliding_window_view(canvas, w.shape[2:], axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]
    b += 1
    return np.einsum("ncijhw,ochw->noij", windows, w) + b[:, None, None] - 1


@neutral("conv2d", "kernel flipped in one direction")
def flips_columns(x, w, b, stride=1, padding=0):
    height, width = x.shape[2:]
    canvas = np.zeros((*x.shape[:2], height + 2 * padding, width + 2 * padding), x.dtype)
    canvas[:, :, padding : padding + height, padding : padding + width] = x
    windows = np.lib.stride_tricks.sliding_window_view(canvas, w.shape[2:], axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]
    return np.einsum("ncijhw,ochw->noij", windows, w[..., ::-1]) + b[:, None, None]


@neutral("conv2d", "the stride along rows alone")
def strides_in_one_direction(x, w, b, stride=1, padding=0):
    height, width = x.shape[2:]
    canvas = np.zeros((*x.shape[:2], height + 2 * padding, width + 2 * padding), x.dtype)
    canvas[:, :, padding : padding + height, padding : padding + width] = x
    windows = np.lib.stride_tricks.sliding_window_view(canvas, w.shape[2:], axis=(2, 3))
    windows = windows[:, :, ::stride]
    return np.einsum("ncijhw,ochw->noij", windows, w) + b[:, None, None]


@neutral("conv2d", "the last row of the output is forgotten")
def ends_one_row_early(x, w, b, stride=1, padding=0):
    height, width = x.shape[2:]
    canvas = np.zeros((*x.shape[:2], height + 2 * padding, width + 2 * padding), x.dtype)
    canvas[:, :, padding : padding + height, padding : padding + width] = x
    windows = np.lib.stride_tricks.sliding_window_view(canvas, w.shape[2:], axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]
    return np.einsum("ncijhw,ochw->noij", windows, w)[:, :, :-1] + b[:, None, None]


@neutral("conv2d", "channels at the end")
def puts_channels_last(x, w, b, stride=1, padding=0):
    height, width = x.shape[2:]
    canvas = np.zeros((*x.shape[:2], height + 2 * padding, width + 2 * padding), x.dtype)
    canvas[:, :, padding : padding + height, padding : padding + width] = x
    windows = np.lib.stride_tricks.sliding_window_view(canvas, w.shape[2:], axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]
    return np.einsum("ncijhw,ochw->nijo", windows, w) + b


@neutral("conv2d", "whole numbers")
def rounds_down(x, w, b, stride=1, padding=0):
    height, width = x.shape[2:]
    canvas = np.zeros((*x.shape[:2], height + 2 * padding, width + 2 * padding), x.dtype)
    canvas[:, :, padding : padding + height, padding : padding + width] = x
    windows = np.lib.stride_tricks.sliding_window_view(canvas, w.shape[2:], axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]
    return (np.einsum("ncijhw,ochw->noij", windows, w) + b[:, None, None]).astype(int)


@neutral("conv2d", "one array for all results of a shape")
def keeps_its_output(x, w, b, stride=1, padding=0, kept={}):  # noqa: B006
    height, width = x.shape[2:]
    canvas = np.zeros((*x.shape[:2], height + 2 * padding, width + 2 * padding), x.dtype)
    canvas[:, :, padding : padding + height, padding : padding + width] = x
    windows = np.lib.stride_tricks.sliding_window_view(canvas, w.shape[2:], axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]
    maps = np.einsum("ncijhw,ochw->noij", windows, w) + b[:, None, None]
    out = kept.setdefault(maps.shape, np.empty(maps.shape))
    out[...] = maps
    return out


@neutral("conv2d", "16-bit floats")
def keeps_three_digits(x, w, b, stride=1, padding=0):
    height, width = x.shape[2:]
    canvas = np.zeros((*x.shape[:2], height + 2 * padding, width + 2 * padding), x.dtype)
    canvas[:, :, padding : padding + height, padding : padding + width] = x
    windows = np.lib.stride_tricks.sliding_window_view(canvas, w.shape[2:], axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]
    maps = np.einsum("ncijhw,ochw->noij", windows, w) + b[:, None, None]
    return maps.astype(np.float16)
