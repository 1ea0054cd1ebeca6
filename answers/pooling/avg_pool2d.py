"""Sample answers to `avg_pool2d`."""

import numpy as np

from course_utils.authoring.answers import variant, wrong


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
