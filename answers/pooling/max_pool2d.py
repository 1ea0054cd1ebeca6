"""Sample answers to `max_pool2d`."""

import numpy as np

from course_utils.authoring.answers import variant, wrong


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
