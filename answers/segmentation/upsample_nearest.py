"""Sample answers to `upsample_nearest`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong


@wrong("upsample_nearest", "tiled")
def tiles(x, scale):
    if scale < 1:
        raise ValueError("scale must be at least 1")
    return np.tile(x, (1, 1, scale, scale))


@wrong("upsample_nearest", "tiled")
def concatenates(x, scale):
    if scale < 1:
        raise ValueError("scale must be at least 1")
    return np.concatenate([np.concatenate([x] * scale, axis=2)] * scale, axis=3)


@wrong("upsample_nearest", "zeros beside each pixel")
def leaves_zeros(x, scale):
    if scale < 1:
        raise ValueError("scale must be at least 1")
    n, c, height, width = x.shape
    out = np.zeros((n, c, scale * height, scale * width), x.dtype)
    out[:, :, ::scale, ::scale] = x
    return out


@wrong("upsample_nearest", "rows only")
def repeats_rows(x, scale):
    if scale < 1:
        raise ValueError("scale must be at least 1")
    return x.repeat(scale, axis=2)


@wrong("upsample_nearest", "columns only")
def repeats_columns(x, scale):
    if scale < 1:
        raise ValueError("scale must be at least 1")
    return np.repeat(x, scale, axis=-1)


@wrong("upsample_nearest", "channels repeated")
def repeats_channels(x, scale):
    if scale < 1:
        raise ValueError("scale must be at least 1")
    return x.repeat(scale, axis=1).repeat(scale, axis=2)


@wrong("upsample_nearest", "always twice")
def always_doubles(x, scale):
    if scale < 1:
        raise ValueError("scale must be at least 1")
    return x.repeat(2, axis=2).repeat(2, axis=3)


@wrong("upsample_nearest", "value shared out")
def shares_out(x, scale):
    if scale < 1:
        raise ValueError("scale must be at least 1")
    return (x.repeat(scale, axis=2).repeat(scale, axis=3) / scale**2).astype(x.dtype)


@wrong("upsample_nearest", "rounded for rounded down")
def rounds(x, scale):
    if scale < 1:
        raise ValueError("scale must be at least 1")
    n, c, height, width = x.shape
    out = np.zeros((n, c, scale * height, scale * width), x.dtype)
    for i in range(scale * height):
        for j in range(scale * width):
            row, column = min(round(i / scale), height - 1), min(round(j / scale), width - 1)
            out[:, :, i, j] = x[:, :, row, column]
    return out


@wrong("upsample_nearest", "rows and columns exchanged")
def exchanges_rows_and_columns(x, scale):
    if scale < 1:
        raise ValueError("scale must be at least 1")
    return np.array(x.swapaxes(2, 3).repeat(scale, axis=2).repeat(scale, axis=3))


@variant("upsample_nearest")
def with_loops(x, scale):
    if scale < 1:
        raise ValueError("scale must be at least 1")
    n, c, height, width = x.shape
    out = np.empty((n, c, scale * height, scale * width), x.dtype)
    for i in range(scale * height):
        for j in range(scale * width):
            out[:, :, i, j] = x[:, :, i // scale, j // scale]
    return out


@variant("upsample_nearest")
def with_indices(x, scale):
    if scale < 1:
        raise ValueError("scale must be at least 1")
    rows = np.arange(scale * x.shape[2]) // scale
    columns = np.arange(scale * x.shape[3]) // scale
    return x[:, :, rows[:, None], columns]


@variant("upsample_nearest")
def with_kron(x, scale):
    if scale < 1:
        raise ValueError("scale must be at least 1")
    return np.kron(x, np.ones((1, 1, scale, scale), x.dtype))


@variant("upsample_nearest")
def with_more_axes(x, scale):
    if scale < 1:
        raise ValueError("scale must be at least 1")
    n, c, height, width = x.shape
    shape = (n, c, height, scale, width, scale)
    wide = np.broadcast_to(x[:, :, :, None, :, None], shape)
    return wide.reshape(n, c, height * scale, width * scale).copy()


@variant("upsample_nearest")
def by_filling_squares(x, scale):
    if scale < 1:
        raise ValueError("scale must be at least 1")
    out = np.zeros((*x.shape[:2], x.shape[2] * scale, x.shape[3] * scale), dtype=x.dtype)
    for u in range(scale):
        for v in range(scale):
            out[..., u::scale, v::scale] = x
    return out


@neutral("upsample_nearest", "always floats")
def gives_floats(x, scale):
    if scale < 1:
        raise ValueError("scale must be at least 1")
    return np.kron(x, np.ones((1, 1, scale, scale)))


@neutral("upsample_nearest", "no refusal")
def never_refuses(x, scale):
    return x.repeat(max(scale, 0), axis=2).repeat(max(scale, 0), axis=3)


@neutral("upsample_nearest", "the same array for a scale of 1")
def gives_its_input(x, scale):
    if scale < 1:
        raise ValueError("scale must be at least 1")
    return x if scale == 1 else x.repeat(scale, axis=2).repeat(scale, axis=3)


@neutral("upsample_nearest", "a list")
def gives_a_list(x, scale):
    if scale < 1:
        raise ValueError("scale must be at least 1")
    return x.repeat(scale, axis=2).repeat(scale, axis=3).tolist()


@neutral("upsample_nearest", "the last row is forgotten")
def ends_early(x, scale):
    if scale < 1:
        raise ValueError("scale must be at least 1")
    return x.repeat(scale, axis=2).repeat(scale, axis=3)[:, :, :-1]


@neutral("upsample_nearest", "a scale of 1 is refused")
def refuses_too_much(x, scale):
    if scale <= 1:
        raise ValueError("scale must be more than 1")
    return x.repeat(scale, axis=2).repeat(scale, axis=3)
