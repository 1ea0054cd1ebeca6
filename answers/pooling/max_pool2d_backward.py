"""Sample answers to `max_pool2d_backward`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong


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
    dx = np.zeros(x.shape)
    images, channels = np.arange(n)[:, None], np.arange(c)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            window = x[:, :, i * s : i * s + k, j * s : j * s + k].reshape(n, c, k * k)
            place = k * k - 1 - window[..., ::-1].argmax(axis=-1)
            at = (images, channels, i * s + place // k, j * s + place % k)
            np.add.at(dx, at, dout[:, :, i, j])
    return dx


@wrong("max_pool2d_backward", "smallest cell")
def routes_to_the_smallest(dout, x, k, s):
    dx = np.zeros_like(x)
    for n, c, i, j in np.ndindex(*dout.shape):
        window = x[n, c, i * s : i * s + k, j * s : j * s + k]
        u, v = np.unravel_index(window.argmin(), window.shape)
        dx[n, c, i * s + u, j * s + v] += dout[n, c, i, j]
    return dx


@wrong("max_pool2d_backward", "overlap overwritten")
def overwrites_marked_cells(dout, x, k, s):
    dx = np.zeros_like(x)
    for n, c, i, j in np.ndindex(*dout.shape):
        window = x[n, c, i * s : i * s + k, j * s : j * s + k]
        target = dx[n, c, i * s : i * s + k, j * s : j * s + k]
        target[np.unravel_index(np.argmax(window), window.shape)] = dout[n, c, i, j]
    return dx


@variant("max_pool2d_backward")
def with_flat_places(dout, x, k, s):
    n, c, height, width = x.shape
    dx = np.zeros((n * c, height * width))
    flat = x.reshape(n * c, height, width)
    for i, j in np.ndindex(*dout.shape[2:]):
        windows = flat[:, i * s : i * s + k, j * s : j * s + k].reshape(n * c, -1)
        down, right = np.divmod(windows.argmax(axis=1), k)
        places = (i * s + down) * width + j * s + right
        dx[np.arange(n * c), places] += dout[:, :, i, j].ravel()
    return dx.reshape(x.shape)


@neutral("max_pool2d_backward", "no new array where k is 1")
def hands_derivatives_through(dout, x, k, s):
    if k == 1 and s == 1:
        return dout
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(*dout.shape):
        window = x[n, c, i * s : i * s + k, j * s : j * s + k]
        u, v = np.unravel_index(window.argmax(), window.shape)
        dx[n, c, i * s + u, j * s + v] += dout[n, c, i, j]
    return dx


@neutral("max_pool2d_backward", "changes its input")
def crosses_winners_out(dout, x, k, s):
    dx, seen = np.zeros(x.shape), x.copy()
    for n, c, i, j in np.ndindex(*dout.shape):
        window = seen[n, c, i * s : i * s + k, j * s : j * s + k]
        u, v = np.unravel_index(window.argmax(), window.shape)
        dx[n, c, i * s + u, j * s + v] += dout[n, c, i, j]
        x[n, c, i * s + u, j * s + v] = -np.inf
    return dx


@neutral("max_pool2d_backward", "in float32")
def routes_in_float32(dout, x, k, s):
    dx = np.zeros(x.shape, np.float32)
    for n, c, i, j in np.ndindex(*dout.shape):
        window = x[n, c, i * s : i * s + k, j * s : j * s + k]
        u, v = np.unravel_index(window.argmax(), window.shape)
        dx[n, c, i * s + u, j * s + v] += dout[n, c, i, j]
    return dx


@neutral("max_pool2d_backward", "a list")
def answers_with_a_list(dout, x, k, s):
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(*dout.shape):
        window = x[n, c, i * s : i * s + k, j * s : j * s + k]
        u, v = np.unravel_index(window.argmax(), window.shape)
        dx[n, c, i * s + u, j * s + v] += dout[n, c, i, j]
    return dx.tolist()


@neutral("max_pool2d_backward", "remembers earlier calls")
def adds_to_one_buffer(dout, x, k, s, buffers={}):  # noqa: B006
    dx = buffers.setdefault(x.shape, np.zeros(x.shape))
    for n, c, i, j in np.ndindex(*dout.shape):
        window = x[n, c, i * s : i * s + k, j * s : j * s + k]
        u, v = np.unravel_index(window.argmax(), window.shape)
        dx[n, c, i * s + u, j * s + v] += dout[n, c, i, j]
    return dx


@neutral("max_pool2d_backward", "a slip: the first channel decides for all")
def follows_the_first_channel(dout, x, k, s):
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(*dout.shape):
        window = x[n, 0, i * s : i * s + k, j * s : j * s + k]
        u, v = np.unravel_index(window.argmax(), window.shape)
        dx[n, c, i * s + u, j * s + v] += dout[n, c, i, j]
    return dx


@neutral("max_pool2d_backward", "a slip: rows and columns exchanged")
def exchanges_rows_and_columns(dout, x, k, s):
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(*dout.shape):
        window = x[n, c, i * s : i * s + k, j * s : j * s + k]
        u, v = np.unravel_index(window.argmax(), window.shape)
        dx[n, c, i * s + v, j * s + u] += dout[n, c, i, j]
    return dx


@neutral("max_pool2d_backward", "shares of the wrong sign among ties")
def shares_with_a_minus(dout, x, k, s):
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(*dout.shape):
        window = x[n, c, i * s : i * s + k, j * s : j * s + k]
        places = np.argwhere(window == window.max())
        shares = np.full(len(places), -1.0)
        shares[0] = len(places)
        for (u, v), share in zip(places, shares, strict=True):
            dx[n, c, i * s + u, j * s + v] += share * dout[n, c, i, j]
    return dx
