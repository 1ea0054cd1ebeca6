"""Sample answers to `avg_pool2d`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong


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
    rows, columns = (x.shape[2] - k) // s + 1, (x.shape[3] - k) // s + 1
    shifted = [
        x[:, :, u : u + s * rows : s, v : v + s * columns : s][:, :, :rows, :columns]
        for u in range(k)
        for v in range(k)
    ]
    return np.stack(shifted).mean(axis=0)


@wrong("avg_pool2d", "last window missing")
def avg_stops_one_early(x, k, s):
    n, c, height, width = x.shape
    rows, columns = (height - k) // s, (width - k) // s
    out = np.zeros((n, c, rows, columns))
    for i in range(rows):
        for j in range(columns):
            out[:, :, i, j] = x[:, :, i * s : i * s + k, j * s : j * s + k].mean(axis=(2, 3))
    return out


@variant("avg_pool2d")
def avg_image_by_image(x, k, s):
    maps = []
    for image in x:
        channels = []
        for channel in image:
            starts = [
                (i, j)
                for i in range(0, len(channel) - k + 1, s)
                for j in range(0, channel.shape[1] - k + 1, s)
            ]
            values = [channel[i : i + k, j : j + k].mean() for i, j in starts]
            channels.append(np.reshape(values, ((len(channel) - k) // s + 1, -1)))
        maps.append(channels)
    return np.array(maps)


@variant("avg_pool2d")
def avg_rows_then_columns(x, k, s):
    rows = [x[:, :, i : i + k].mean(axis=2) for i in range(0, x.shape[2] - k + 1, s)]
    rows = np.stack(rows, axis=2)
    columns = [rows[..., j : j + k].mean(axis=3) for j in range(0, x.shape[3] - k + 1, s)]
    return np.stack(columns, axis=3)


@neutral("avg_pool2d", "in float32")
def avg_in_float32(x, k, s):
    windows = np.lib.stride_tricks.sliding_window_view(x.astype(np.float32), (k, k), axis=(2, 3))
    return windows[:, :, ::s, ::s].mean(axis=(4, 5))


@neutral("avg_pool2d", "a list")
def avg_answers_with_a_list(x, k, s):
    windows = np.lib.stride_tricks.sliding_window_view(x, (k, k), axis=(2, 3))
    return windows[:, :, ::s, ::s].mean(axis=(4, 5)).tolist()


@neutral("avg_pool2d", "no new array where k is 1")
def avg_hands_pixels_through(x, k, s):
    if k == 1:
        return x[:, :, ::s, ::s]
    windows = np.lib.stride_tricks.sliding_window_view(x, (k, k), axis=(2, 3))
    return windows[:, :, ::s, ::s].mean(axis=(4, 5))


@neutral("avg_pool2d", "changes its input")
def avg_writes_into_the_image(x, k, s):
    windows = np.lib.stride_tricks.sliding_window_view(x, (k, k), axis=(2, 3))
    pooled = windows[:, :, ::s, ::s].mean(axis=(4, 5))
    x[:, :, : pooled.shape[2], : pooled.shape[3]] = pooled
    return pooled


@neutral("avg_pool2d", "a slip: the width follows the height")
def avg_knows_squares_only(x, k, s):
    places = (x.shape[2] - k) // s + 1
    out = np.zeros((*x.shape[:2], places, places))
    for i in range(places):
        for j in range(places):
            window = x[:, :, i * s : i * s + k, j * s : j * s + k]
            out[:, :, i, j] = window.mean(axis=(2, 3)) if window.size else 0
    return out


@neutral("avg_pool2d", "a slip: windows one pixel too narrow")
def avg_cuts_windows_short(x, k, s):
    n, c, height, width = x.shape
    out = np.zeros((n, c, (height - k) // s + 1, (width - k) // s + 1))
    for i, j in np.ndindex(*out.shape[2:]):
        window = x[:, :, i * s : i * s + k, j * s : j * s + max(k - 1, 1)]
        out[:, :, i, j] = window.mean(axis=(2, 3))
    return out


@neutral("avg_pool2d", "remembers earlier calls")
def avg_keeps_a_buffer(x, k, s, buffers={}):  # noqa: B006
    windows = np.lib.stride_tricks.sliding_window_view(x, (k, k), axis=(2, 3))[:, :, ::s, ::s]
    out = buffers.setdefault(windows.shape[:4], np.zeros(windows.shape[:4]))
    out[...] = windows.mean(axis=(4, 5))
    return out


@wrong("avg_pool2d", "divided by the stride")
def avg_divides_by_the_stride(x, k, s):
    windows = np.lib.stride_tricks.sliding_window_view(x, (k, k), axis=(2, 3))
    return windows[:, :, ::s, ::s].sum(axis=(4, 5)) / (s * s)


@wrong("avg_pool2d", "cut to whole numbers")
def avg_collects_integers(x, k, s):
    windows = np.lib.stride_tricks.sliding_window_view(x, (k, k), axis=(2, 3))[:, :, ::s, ::s]
    out = np.zeros(windows.shape[:4], dtype=int)
    out[...] = windows.mean(axis=(4, 5))
    return out.astype(float)
