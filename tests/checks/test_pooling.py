"""Sample answers to the exercises of 04-pooling; `test_answers.py` judges them."""

import numpy as np

from course_utils.authoring.answers import variant, wrong

SURVIVORS = {}


# ------------------------------------------------------------------ max_pool2d


@wrong("max_pool2d", "stride ignored")
def max_never_strides(x, k, s):
    n, c, height, width = x.shape
    rows, columns = height - k + 1, width - k + 1
    out = np.zeros((n, c, rows, columns), x.dtype)
    for i in range(rows):
        for j in range(columns):
            out[:, :, i, j] = x[:, :, i : i + k, j : j + k].max(axis=(2, 3))
    return out


@wrong("max_pool2d", "window not moved by the stride")
def max_moves_by_one(x, k, s):
    n, c, height, width = x.shape
    rows, columns = (height - k) // s + 1, (width - k) // s + 1
    out = np.zeros((n, c, rows, columns), x.dtype)
    for i in range(rows):
        for j in range(columns):
            out[:, :, i, j] = x[:, :, i : i + k, j : j + k].max(axis=(2, 3))
    return out


@wrong("max_pool2d", "window moved by its own size")
def max_moves_by_k(x, k, s):
    n, c, height, width = x.shape
    rows, columns = (height - k) // k + 1, (width - k) // k + 1
    out = np.zeros((n, c, rows, columns), x.dtype)
    for i in range(rows):
        for j in range(columns):
            out[:, :, i, j] = x[:, :, i * k : i * k + k, j * k : j * k + k].max(axis=(2, 3))
    return out


@wrong("max_pool2d", "window cut off at the edge")
def max_sticks_out(x, k, s):
    n, c, height, width = x.shape
    rows, columns = -((k - height) // s) + 1, -((k - width) // s) + 1
    out = np.zeros((n, c, rows, columns), x.dtype)
    for i in range(rows):
        for j in range(columns):
            out[:, :, i, j] = x[:, :, i * s : i * s + k, j * s : j * s + k].max(axis=(2, 3))
    return out


@wrong("max_pool2d", "images and channels mixed")
def max_mixes_the_batch(x, k, s):
    n, c, height, width = x.shape
    rows, columns = (height - k) // s + 1, (width - k) // s + 1
    out = np.zeros((n, c, rows, columns), x.dtype)
    for i in range(rows):
        for j in range(columns):
            out[:, :, i, j] = x[:, :, i * s : i * s + k, j * s : j * s + k].max()
    return out


@wrong("max_pool2d", "mean for max")
def max_takes_the_mean(x, k, s):
    n, c, height, width = x.shape
    rows, columns = (height - k) // s + 1, (width - k) // s + 1
    out = np.zeros((n, c, rows, columns), x.dtype)
    for i in range(rows):
        for j in range(columns):
            out[:, :, i, j] = x[:, :, i * s : i * s + k, j * s : j * s + k].mean(axis=(2, 3))
    return out


@wrong("max_pool2d", "largest magnitude")
def max_ignores_the_sign(x, k, s):
    n, c, height, width = x.shape
    rows, columns = (height - k) // s + 1, (width - k) // s + 1
    out = np.zeros((n, c, rows, columns), x.dtype)
    for i in range(rows):
        for j in range(columns):
            out[:, :, i, j] = abs(x[:, :, i * s : i * s + k, j * s : j * s + k]).max(axis=(2, 3))
    return out


@wrong("max_pool2d", "never below zero")
def max_starts_from_zero(x, k, s):
    n, c, height, width = x.shape
    rows, columns = (height - k) // s + 1, (width - k) // s + 1
    out = np.zeros((n, c, rows, columns), x.dtype)
    for i in range(rows):
        for j in range(columns):
            for u in range(k):
                for v in range(k):
                    out[:, :, i, j] = np.maximum(out[:, :, i, j], x[:, :, i * s + u, j * s + v])
    return out


@variant("max_pool2d")
def max_with_six_loops(x, k, s):
    n, c, height, width = x.shape
    out = np.zeros((n, c, (height - k) // s + 1, (width - k) // s + 1))
    for image in range(n):
        for channel in range(c):
            for i in range(out.shape[2]):
                for j in range(out.shape[3]):
                    values = []
                    for u in range(k):
                        for v in range(k):
                            values.append(x[image, channel, i * s + u, j * s + v])
                    out[image, channel, i, j] = max(values)
    return out


@variant("max_pool2d")
def max_with_sliding_windows(x, k, s):
    windows = np.lib.stride_tricks.sliding_window_view(x, (k, k), axis=(2, 3))
    return windows[:, :, ::s, ::s].max(axis=(4, 5))


@variant("max_pool2d")
def max_by_shifted_images(x, k, s):
    x = x.astype(np.float32)
    rows, columns = (x.shape[2] - k) // s + 1, (x.shape[3] - k) // s + 1
    shifted = [
        x[:, :, u : u + s * rows : s, v : v + s * columns : s][:, :, :rows, :columns]
        for u in range(k)
        for v in range(k)
    ]
    return np.stack(shifted).max(axis=0)


# ------------------------------------------------------------------ avg_pool2d


@wrong("avg_pool2d", "stride ignored")
def avg_never_strides(x, k, s):
    n, c, height, width = x.shape
    rows, columns = height - k + 1, width - k + 1
    out = np.zeros((n, c, rows, columns), x.dtype)
    for i in range(rows):
        for j in range(columns):
            out[:, :, i, j] = x[:, :, i : i + k, j : j + k].mean(axis=(2, 3))
    return out


@wrong("avg_pool2d", "window not moved by the stride")
def avg_moves_by_one(x, k, s):
    n, c, height, width = x.shape
    rows, columns = (height - k) // s + 1, (width - k) // s + 1
    out = np.zeros((n, c, rows, columns), x.dtype)
    for i in range(rows):
        for j in range(columns):
            out[:, :, i, j] = x[:, :, i : i + k, j : j + k].mean(axis=(2, 3))
    return out


@wrong("avg_pool2d", "window moved by its own size")
def avg_moves_by_k(x, k, s):
    n, c, height, width = x.shape
    rows, columns = (height - k) // k + 1, (width - k) // k + 1
    out = np.zeros((n, c, rows, columns), x.dtype)
    for i in range(rows):
        for j in range(columns):
            out[:, :, i, j] = x[:, :, i * k : i * k + k, j * k : j * k + k].mean(axis=(2, 3))
    return out


@wrong("avg_pool2d", "window cut off at the edge")
def avg_sticks_out(x, k, s):
    n, c, height, width = x.shape
    rows, columns = -((k - height) // s) + 1, -((k - width) // s) + 1
    out = np.zeros((n, c, rows, columns), x.dtype)
    for i in range(rows):
        for j in range(columns):
            out[:, :, i, j] = x[:, :, i * s : i * s + k, j * s : j * s + k].mean(axis=(2, 3))
    return out


@wrong("avg_pool2d", "images and channels mixed")
def avg_mixes_the_batch(x, k, s):
    n, c, height, width = x.shape
    rows, columns = (height - k) // s + 1, (width - k) // s + 1
    out = np.zeros((n, c, rows, columns), x.dtype)
    for i in range(rows):
        for j in range(columns):
            out[:, :, i, j] = x[:, :, i * s : i * s + k, j * s : j * s + k].mean()
    return out


@wrong("avg_pool2d", "max for mean")
def avg_takes_the_largest(x, k, s):
    n, c, height, width = x.shape
    rows, columns = (height - k) // s + 1, (width - k) // s + 1
    out = np.zeros((n, c, rows, columns), x.dtype)
    for i in range(rows):
        for j in range(columns):
            out[:, :, i, j] = x[:, :, i * s : i * s + k, j * s : j * s + k].max(axis=(2, 3))
    return out


@wrong("avg_pool2d", "sum for mean")
def avg_takes_the_sum(x, k, s):
    n, c, height, width = x.shape
    rows, columns = (height - k) // s + 1, (width - k) // s + 1
    out = np.zeros((n, c, rows, columns), x.dtype)
    for i in range(rows):
        for j in range(columns):
            out[:, :, i, j] = x[:, :, i * s : i * s + k, j * s : j * s + k].sum(axis=(2, 3))
    return out


@wrong("avg_pool2d", "divided by k")
def avg_divides_by_k(x, k, s):
    n, c, height, width = x.shape
    rows, columns = (height - k) // s + 1, (width - k) // s + 1
    out = np.zeros((n, c, rows, columns), x.dtype)
    for i in range(rows):
        for j in range(columns):
            out[:, :, i, j] = x[:, :, i * s : i * s + k, j * s : j * s + k].sum(axis=(2, 3)) / k
    return out


@wrong("avg_pool2d", "rounded")
def avg_rounds(x, k, s):
    n, c, height, width = x.shape
    rows, columns = (height - k) // s + 1, (width - k) // s + 1
    out = np.zeros((n, c, rows, columns), x.dtype)
    for i in range(rows):
        for j in range(columns):
            out[:, :, i, j] = (
                x[:, :, i * s : i * s + k, j * s : j * s + k].mean(axis=(2, 3)).round()
            )
    return out


@variant("avg_pool2d")
def avg_with_six_loops(x, k, s):
    n, c, height, width = x.shape
    out = np.zeros((n, c, (height - k) // s + 1, (width - k) // s + 1))
    for image in range(n):
        for channel in range(c):
            for i in range(out.shape[2]):
                for j in range(out.shape[3]):
                    values = []
                    for u in range(k):
                        for v in range(k):
                            values.append(x[image, channel, i * s + u, j * s + v])
                    out[image, channel, i, j] = sum(values) / k**2
    return out


@variant("avg_pool2d")
def avg_with_sliding_windows(x, k, s):
    windows = np.lib.stride_tricks.sliding_window_view(x, (k, k), axis=(2, 3))
    return windows[:, :, ::s, ::s].mean(axis=(4, 5))


@variant("avg_pool2d")
def avg_by_shifted_images(x, k, s):
    x = x.astype(np.float32)
    rows, columns = (x.shape[2] - k) // s + 1, (x.shape[3] - k) // s + 1
    shifted = [
        x[:, :, u : u + s * rows : s, v : v + s * columns : s][:, :, :rows, :columns]
        for u in range(k)
        for v in range(k)
    ]
    return np.stack(shifted).mean(axis=0)


# ------------------------------------------------------------------ max_pool2d_backward


@wrong("max_pool2d_backward", "overlap overwritten")
def assigns_for_the_largest(dout, x, k, s):
    dx = np.zeros_like(x)
    for n in range(dout.shape[0]):
        for c in range(dout.shape[1]):
            for i in range(dout.shape[2]):
                for j in range(dout.shape[3]):
                    window = x[n, c, i * s : i * s + k, j * s : j * s + k]
                    u, v = np.unravel_index(window.argmax(), window.shape)
                    dx[n, c, i * s + u, j * s + v] = dout[n, c, i, j]
    return dx


@wrong("max_pool2d_backward", "every tied cell in full")
def pays_every_tied_cell(dout, x, k, s):
    dx = np.zeros_like(x)
    for n in range(dout.shape[0]):
        for c in range(dout.shape[1]):
            for i in range(dout.shape[2]):
                for j in range(dout.shape[3]):
                    window = x[n, c, i * s : i * s + k, j * s : j * s + k]
                    mask = window == window.max()
                    dx[n, c, i * s : i * s + k, j * s : j * s + k] += mask * dout[n, c, i, j]
    return dx


@wrong("max_pool2d_backward", "shared by all cells")
def shares_the_derivative(dout, x, k, s):
    dx = np.zeros_like(x)
    for n in range(dout.shape[0]):
        for c in range(dout.shape[1]):
            for i in range(dout.shape[2]):
                for j in range(dout.shape[3]):
                    window = x[n, c, i * s : i * s + k, j * s : j * s + k]
                    dx[n, c, i * s : i * s + k, j * s : j * s + k] += dout[n, c, i, j] / window.size
    return dx


@wrong("max_pool2d_backward", "every cell in full")
def pays_every_cell(dout, x, k, s):
    dx = np.zeros_like(x)
    for n in range(dout.shape[0]):
        for c in range(dout.shape[1]):
            for i in range(dout.shape[2]):
                for j in range(dout.shape[3]):
                    window = x[n, c, i * s : i * s + k, j * s : j * s + k]
                    dx[n, c, i * s : i * s + k, j * s : j * s + k] += np.full_like(
                        window, dout[n, c, i, j]
                    )
    return dx


@wrong("max_pool2d_backward", "counted from the window's corner")
def forgets_where_the_window_starts(dout, x, k, s):
    dx = np.zeros_like(x)
    for n in range(dout.shape[0]):
        for c in range(dout.shape[1]):
            for i in range(dout.shape[2]):
                for j in range(dout.shape[3]):
                    window = x[n, c, i * s : i * s + k, j * s : j * s + k]
                    u, v = np.unravel_index(window.argmax(), window.shape)
                    dx[n, c, u, v] += dout[n, c, i, j]
    return dx


@wrong("max_pool2d_backward", "window not moved by the stride")
def steps_back_by_one(dout, x, k, s):
    dx = np.zeros_like(x)
    for n in range(dout.shape[0]):
        for c in range(dout.shape[1]):
            for i in range(dout.shape[2]):
                for j in range(dout.shape[3]):
                    window = x[n, c, i : i + k, j : j + k]
                    u, v = np.unravel_index(window.argmax(), window.shape)
                    dx[n, c, i + u, j + v] += dout[n, c, i, j]
    return dx


@wrong("max_pool2d_backward", "upstream forgotten")
def counts_wins(dout, x, k, s):
    dx = np.zeros_like(x)
    for n in range(dout.shape[0]):
        for c in range(dout.shape[1]):
            for i in range(dout.shape[2]):
                for j in range(dout.shape[3]):
                    window = x[n, c, i * s : i * s + k, j * s : j * s + k]
                    u, v = np.unravel_index(window.argmax(), window.shape)
                    dx[n, c, i * s + u, j * s + v] += 1
    return dx


@wrong("max_pool2d_backward", "activation for derivative")
def hands_down_activations(dout, x, k, s):
    dx = np.zeros_like(x)
    for n in range(dout.shape[0]):
        for c in range(dout.shape[1]):
            for i in range(dout.shape[2]):
                for j in range(dout.shape[3]):
                    window = x[n, c, i * s : i * s + k, j * s : j * s + k]
                    u, v = np.unravel_index(window.argmax(), window.shape)
                    dx[n, c, i * s + u, j * s + v] += window.max()
    return dx


@variant("max_pool2d_backward")
def routes_to_the_first(dout, x, k, s):
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(*dout.shape):
        window = x[n, c, i * s : i * s + k, j * s : j * s + k]
        u, v = divmod(int(window.argmax()), k)
        dx[n, c, i * s + u, j * s + v] += dout[n, c, i, j]
    return dx


@variant("max_pool2d_backward")
def shares_among_ties(dout, x, k, s):
    dx = np.zeros(x.shape, dout.dtype)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            top, left = i * s, j * s
            window = x[:, :, top : top + k, left : left + k]
            mask = window == window.max(axis=(2, 3), keepdims=True)
            shares = mask / mask.sum(axis=(2, 3), keepdims=True)
            dx[:, :, top : top + k, left : left + k] += shares * dout[:, :, i, j, None, None]
    return dx


@variant("max_pool2d_backward")
def routes_to_the_last(dout, x, k, s):
    n, c = x.shape[:2]
    dx = np.zeros(x.shape, np.float32)
    images, channels = np.arange(n)[:, None], np.arange(c)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            window = x[:, :, i * s : i * s + k, j * s : j * s + k].reshape(n, c, k * k)
            place = k * k - 1 - window[..., ::-1].argmax(axis=-1)
            at = (images, channels, i * s + place // k, j * s + place % k)
            np.add.at(dx, at, dout[:, :, i, j])
    return dx


# ------------------------------------------------------------------ avg_pool2d_backward


@wrong("avg_pool2d_backward", "overlap overwritten")
def assigns_shares(dout, x_shape, k, s):
    dx = np.zeros(x_shape, dout.dtype)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            dx[:, :, i * s : i * s + k, j * s : j * s + k] = dout[:, :, i, j, None, None] / k**2
    return dx


@wrong("avg_pool2d_backward", "not divided")
def gives_everybody_everything(dout, x_shape, k, s):
    dx = np.zeros(x_shape, dout.dtype)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            dx[:, :, i * s : i * s + k, j * s : j * s + k] += dout[:, :, i, j, None, None]
    return dx


@wrong("avg_pool2d_backward", "divided by k")
def shares_by_k(dout, x_shape, k, s):
    dx = np.zeros(x_shape, dout.dtype)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            dx[:, :, i * s : i * s + k, j * s : j * s + k] += dout[:, :, i, j, None, None] / k
    return dx


@wrong("avg_pool2d_backward", "divided by the image")
def shares_with_the_image(dout, x_shape, k, s):
    dx = np.zeros(x_shape, dout.dtype)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            dx[:, :, i * s : i * s + k, j * s : j * s + k] += dout[:, :, i, j, None, None] / (
                x_shape[2] * x_shape[3]
            )
    return dx


@wrong("avg_pool2d_backward", "window not moved by the stride")
def shares_one_pixel_on(dout, x_shape, k, s):
    dx = np.zeros(x_shape, dout.dtype)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            dx[:, :, i : i + k, j : j + k] += dout[:, :, i, j, None, None] / k**2
    return dx


@wrong("avg_pool2d_backward", "upstream forgotten")
def shares_ones(dout, x_shape, k, s):
    dx = np.zeros(x_shape, dout.dtype)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            dx[:, :, i * s : i * s + k, j * s : j * s + k] += 1 / k**2
    return dx


@wrong("avg_pool2d_backward", "overlaps averaged")
def averages_overlaps(dout, x_shape, k, s):
    dx, visits = np.zeros(x_shape, dout.dtype), np.zeros(x_shape)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            window = np.s_[:, :, i * s : i * s + k, j * s : j * s + k]
            dx[window] += dout[:, :, i, j, None, None] / (k * k)
            visits[window] += 1
    return dx / np.maximum(visits, 1)


@variant("avg_pool2d_backward")
def shares_cell_by_cell(dout, x_shape, k, s):
    dx = np.zeros(x_shape)
    for n, c, i, j in np.ndindex(*dout.shape):
        for u in range(k):
            for v in range(k):
                dx[n, c, s * i + u, s * j + v] += dout[n, c, i, j] / (k * k)
    return dx


@variant("avg_pool2d_backward")
def shares_by_shifts(dout, x_shape, k, s):
    dx = np.zeros(x_shape, np.float32)
    rows, columns = dout.shape[2:]
    for u in range(k):
        for v in range(k):
            target = dx[:, :, u : u + s * rows : s, v : v + s * columns : s]
            target[:, :, :rows, :columns] += dout / k**2
    return dx


@variant("avg_pool2d_backward")
def shares_with_blocks(dout, x_shape, k, s):
    block = np.full((k, k), 1 / k**2)
    pieces = np.einsum("ncij,uv->ncijuv", dout, block)
    dx = np.zeros(x_shape, dout.dtype)
    for i, j in np.ndindex(*dout.shape[2:]):
        dx[..., i * s : i * s + k, j * s : j * s + k] += pieces[:, :, i, j]
    return dx


# ------------------------------------------------------------------ conv2d_backward


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
def with_windows_in_float32(dout, x, w, stride=1, padding=0):
    dout, x, w = (a.astype(np.float32) for a in (dout, x, w))
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


# ------------------------------------------------------------------ global_average_pool


@wrong("global_average_pool", "over the channels")
def averages_channels(features):
    return features.mean(axis=1)


@wrong("global_average_pool", "over the images too")
def averages_everybody(features):
    return features.mean(axis=(0, 2, 3))


@wrong("global_average_pool", "axes kept")
def keeps_axes(features):
    return features.mean(axis=(2, 3), keepdims=True)


@wrong("global_average_pool", "largest value")
def takes_the_strongest(features):
    return features.max(axis=(2, 3))


@wrong("global_average_pool", "sum")
def adds_up_maps(features):
    return features.sum(axis=(2, 3))


@wrong("global_average_pool", "rows only")
def averages_rows(features):
    return features.mean(axis=2)


@variant("global_average_pool")
def averages_both_axes(features):
    return features.mean(axis=(-2, -1))


@variant("global_average_pool")
def averages_flat_maps(features):
    n, c, height, width = features.shape
    return features.reshape(n, c, height * width).mean(axis=2)


@variant("global_average_pool")
def averages_by_loops(features):
    n, c, height, width = features.shape
    out = np.zeros((n, c))
    for image in range(n):
        for channel in range(c):
            out[image, channel] = features[image, channel].sum() / (height * width)
    return out


# ------------------------------------------------------------------ classify_from_features


@wrong("classify_from_features", "scores for probabilities")
def returns_scores(features, W, b):
    return features.mean(axis=(2, 3)) @ W.T + b


@wrong("classify_from_features", "softmax over the images")
def lets_patients_compete(features, W, b):
    scores = features.mean(axis=(2, 3)) @ W.T + b
    if len(scores) == 0:
        return scores
    powers = np.exp(scores - scores.max(axis=0))
    return powers / powers.sum(axis=0)


@wrong("classify_from_features", "sigmoid for softmax")
def uses_sigmoids(features, W, b):
    scores = features.mean(axis=(2, 3)) @ W.T + b
    return np.exp(-np.logaddexp(0, -scores))


@wrong("classify_from_features", "bias forgotten")
def forgets_biases(features, W, b):
    scores = features.mean(axis=(2, 3)) @ W.T
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


@wrong("classify_from_features", "weights reshaped")
def reshapes_weights(features, W, b):
    classes, channels = W.shape
    scores = features.mean(axis=(2, 3)) @ W.reshape(channels, classes) + b
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


@wrong("classify_from_features", "largest value for average")
def looks_at_the_peak(features, W, b):
    scores = features.max(axis=(2, 3)) @ W.T + b
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


@wrong("classify_from_features", "exp overflows")
def overflows(features, W, b):
    scores = features.mean(axis=(2, 3)) @ W.T + b
    powers = np.exp(scores)
    return powers / powers.sum(axis=1, keepdims=True)


@variant("classify_from_features")
def with_matrix_product(features, W, b):
    scores = features.mean(axis=(2, 3)) @ W.T + b
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


@variant("classify_from_features")
def with_logaddexp(features, W, b):
    scores = np.einsum("nc,kc->nk", features.mean(axis=(-1, -2)), W) + b
    return np.exp(scores - np.logaddexp.reduce(scores, axis=1, keepdims=True))


@variant("classify_from_features")
def image_by_image(features, W, b):
    out = np.zeros((len(features), len(W)), np.float32)
    for image, maps in enumerate(features):
        averages = [one.mean() for one in maps]
        scores = np.array([np.dot(row, averages) for row in W]) + b
        powers = np.exp(scores - scores.max())
        out[image] = powers / powers.sum()
    return out
