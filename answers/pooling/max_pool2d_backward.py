"""Sample answers to `max_pool2d_backward`."""

import numpy as np

from course_utils.authoring.answers import variant, wrong


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
