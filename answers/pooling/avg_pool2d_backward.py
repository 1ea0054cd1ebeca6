"""Sample answers to `avg_pool2d_backward`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong


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
    dx = np.zeros(x_shape)
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


@wrong("avg_pool2d_backward", "divided by the stride")
def shares_by_the_stride(dout, x_shape, k, s):
    dx = np.zeros(x_shape)
    for i, j in np.ndindex(*dout.shape[2:]):
        dx[:, :, i * s : i * s + k, j * s : j * s + k] += dout[:, :, i, j, None, None] / s**2
    return dx


@wrong("avg_pool2d_backward", "one cell only")
def gives_all_to_the_first(dout, x_shape, k, s):
    dx = np.zeros(x_shape)
    for i, j in np.ndindex(*dout.shape[2:]):
        dx[:, :, i * s, j * s] += dout[:, :, i, j]
    return dx


@wrong("avg_pool2d_backward", "not divided")
def repeats_derivatives(dout, x_shape, k, s):
    dx = np.zeros(x_shape)
    for n, c, i, j in np.ndindex(*dout.shape):
        dx[n, c, i * s : i * s + k, j * s : j * s + k] += np.full((k, k), dout[n, c, i, j])
    return dx


@variant("avg_pool2d_backward")
def collects_for_each_cell(dout, x_shape, k, s):
    dx = np.zeros(x_shape)
    rows, columns = dout.shape[2:]
    for r, q in np.ndindex(*x_shape[2:]):
        for i in range(rows):
            for j in range(columns):
                if i * s <= r < i * s + k and j * s <= q < j * s + k:
                    dx[:, :, r, q] += dout[:, :, i, j] / (k * k)
    return dx


@neutral("avg_pool2d_backward", "no new array where k is 1")
def hands_derivatives_through(dout, x_shape, k, s):
    if dout.shape == tuple(x_shape):
        return dout
    dx = np.zeros(x_shape)
    for i, j in np.ndindex(*dout.shape[2:]):
        dx[:, :, i * s : i * s + k, j * s : j * s + k] += dout[:, :, i, j, None, None] / k**2
    return dx


@neutral("avg_pool2d_backward", "changes its input")
def divides_in_place(dout, x_shape, k, s):
    dout /= k * k
    dx = np.zeros(x_shape)
    for i, j in np.ndindex(*dout.shape[2:]):
        dx[:, :, i * s : i * s + k, j * s : j * s + k] += dout[:, :, i, j, None, None]
    return dx


@neutral("avg_pool2d_backward", "in float32")
def shares_in_float32(dout, x_shape, k, s):
    dx = np.zeros(x_shape, np.float32)
    for i, j in np.ndindex(*dout.shape[2:]):
        dx[:, :, i * s : i * s + k, j * s : j * s + k] += dout[:, :, i, j, None, None] / k**2
    return dx


@neutral("avg_pool2d_backward", "a list")
def answers_with_a_list(dout, x_shape, k, s):
    dx = np.zeros(x_shape)
    for i, j in np.ndindex(*dout.shape[2:]):
        dx[:, :, i * s : i * s + k, j * s : j * s + k] += dout[:, :, i, j, None, None] / k**2
    return dx.tolist()


@neutral("avg_pool2d_backward", "remembers earlier calls")
def adds_to_one_buffer(dout, x_shape, k, s, buffers={}):  # noqa: B006
    dx = buffers.setdefault(tuple(x_shape), np.zeros(x_shape))
    for i, j in np.ndindex(*dout.shape[2:]):
        dx[:, :, i * s : i * s + k, j * s : j * s + k] += dout[:, :, i, j, None, None] / k**2
    return dx


@neutral("avg_pool2d_backward", "a slip: the first image for all")
def shares_the_first_image(dout, x_shape, k, s):
    dx = np.zeros(x_shape)
    for i, j in np.ndindex(*dout.shape[2:]):
        dx[:, :, i * s : i * s + k, j * s : j * s + k] += dout[:1, :, i, j, None, None] / k**2
    return dx


@neutral("avg_pool2d_backward", "a slip: windows one pixel too narrow")
def shares_with_fewer(dout, x_shape, k, s):
    dx = np.zeros(x_shape)
    for i, j in np.ndindex(*dout.shape[2:]):
        right = j * s + max(k - 1, 1)
        dx[:, :, i * s : i * s + k, j * s : right] += dout[:, :, i, j, None, None] / k**2
    return dx
