"""Sample answers to `avg_pool2d_backward`."""

import numpy as np

from course_utils.authoring.answers import variant, wrong


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
