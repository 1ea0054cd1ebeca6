"""Sample answers to the exercises of 03-convolution; `test_answers.py` judges them."""

import numpy as np

from course_utils.authoring.answers import variant, wrong

# ------------------------------------------------------------------ conv_output_size


@wrong("conv_output_size", "ceiling")
def rounds_up(n, k, p=0, s=1, d=1):
    reach = d * (k - 1) + 1
    if reach > n + 2 * p:
        raise ValueError("the kernel does not fit")
    return -((reach - n - 2 * p) // s) + 1


@wrong("conv_output_size", "padding once")
def pads_once(n, k, p=0, s=1, d=1):
    free = n + p - (d * (k - 1) + 1)
    if free < 0:
        raise ValueError("the kernel does not fit")
    return free // s + 1


@wrong("conv_output_size", "the plus one forgotten")
def forgets_plus_one(n, k, p=0, s=1, d=1):
    free = n + 2 * p - (d * (k - 1) + 1)
    if free < 0:
        raise ValueError("the kernel does not fit")
    return free // s


@wrong("conv_output_size", "dilation ignored")
def ignores_dilation(n, k, p=0, s=1, d=1):
    if k > n + 2 * p:
        raise ValueError("the kernel does not fit")
    return (n + 2 * p - k) // s + 1


@wrong("conv_output_size", "dilated kernel d times k")
def stretches_kernel(n, k, p=0, s=1, d=1):
    if d * k > n + 2 * p:
        raise ValueError("the kernel does not fit")
    return (n + 2 * p - d * k) // s + 1


@wrong("conv_output_size", "stride ignored")
def ignores_stride(n, k, p=0, s=1, d=1):
    free = n + 2 * p - d * (k - 1) - 1
    if free < 0:
        raise ValueError("the kernel does not fit")
    return free + 1


@wrong("conv_output_size", "a float")
def returns_float(n, k, p=0, s=1, d=1):
    if d * (k - 1) + 1 > n + 2 * p:
        raise ValueError("the kernel does not fit")
    return np.floor((n + 2 * p - d * (k - 1) - 1) / s) + 1


@wrong("conv_output_size", "no refusal")
def never_refuses(n, k, p=0, s=1, d=1):
    return (n + 2 * p - d * (k - 1) - 1) // s + 1


@variant("conv_output_size")
def counts_places(n, k, p=0, s=1, d=1):
    last = (k - 1) * d
    starts = [i for i in range(0, n + 2 * p, s) if i + last < n + 2 * p]
    if not starts:
        raise ValueError(f"a kernel of {k} does not fit into {n}")
    return len(starts)


@variant("conv_output_size")
def with_numpy_floor(n, k, p=0, s=1, d=1):
    size = np.floor((n + 2 * p - d * (k - 1) - 1) / s) + 1
    if size < 1:
        raise ValueError("no place for the kernel")
    return int(size)


@variant("conv_output_size")
def with_divmod(n, k, p=0, s=1, d=1):
    room = n + p + p
    kernel = k + (k - 1) * (d - 1)
    if kernel > room:
        raise ValueError("kernel larger than the padded input")
    steps, _ = divmod(room - kernel, s)
    return np.int64(steps + 1)


# ------------------------------------------------------------------ conv2d


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
