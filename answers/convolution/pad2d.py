"""Sample answers to `pad2d`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong

ORDER = "the three modes that the statement allows stand in this order of the alphabet"
SURVIVORS = {
    'pad2d: if mode == "zero": -> if mode >= "zero":': ORDER,
    'pad2d: if mode == "reflect": -> if mode <= "reflect":': ORDER,
    (
        'pad2d: if mode == "reflect" and p >= min(height, width): -> '
        'if mode <= "reflect" and p >= min(height, width):'
    ): ORDER,
}


@wrong("pad2d", "edge reflected twice")
def repeats_the_edge(x, p, mode="zero"):
    *lead, height, width = x.shape
    if mode == "reflect" and p >= min(height, width):
        raise ValueError("too little to reflect")
    out = np.zeros((*lead, height + 2 * p, width + 2 * p), x.dtype)
    for i in range(height + 2 * p):
        for j in range(width + 2 * p):
            r, c = i - p, j - p
            if mode == "reflect":
                r = -1 - r if r < 0 else 2 * height - 1 - r if r >= height else r
                c = -1 - c if c < 0 else 2 * width - 1 - c if c >= width else c
            elif mode == "replicate":
                r, c = min(max(r, 0), height - 1), min(max(c, 0), width - 1)
            if 0 <= r < height and 0 <= c < width:
                out[..., i, j] = x[..., r, c]
    return out


@wrong("pad2d", "zeros in every mode")
def knows_only_zeros(x, p, mode="zero"):
    *lead, height, width = x.shape
    if mode == "reflect" and p >= min(height, width):
        raise ValueError("too little to reflect")
    out = np.zeros((*lead, height + 2 * p, width + 2 * p), x.dtype)
    out[..., p : p + height, p : p + width] = x
    return out


@wrong("pad2d", "one side only")
def pads_behind(x, p, mode="zero"):
    height, width = x.shape[-2:]
    if mode == "reflect" and p >= min(height, width):
        raise ValueError("too little to reflect")
    if mode == "zero":
        out = np.zeros((*x.shape[:-2], height + p, width + p), x.dtype)
        out[..., :height, :width] = x
        return out
    places = np.arange(max(height, width) + p)
    rows, columns = places[: height + p], places[: width + p]
    if mode == "reflect":
        rows = np.where(rows >= height, 2 * (height - 1) - rows, rows)
        columns = np.where(columns >= width, 2 * (width - 1) - columns, columns)
    rows, columns = np.clip(rows, 0, height - 1), np.clip(columns, 0, width - 1)
    return x[..., rows, :][..., columns]


@wrong("pad2d", "columns only")
def pads_columns(x, p, mode="zero"):
    height, width = x.shape[-2:]
    if mode == "reflect" and p >= min(height, width):
        raise ValueError("too little to reflect")
    if mode == "zero":
        side = np.zeros((*x.shape[:-1], p), x.dtype)
        return np.concatenate([side, x, side], axis=-1)
    places = np.arange(-p, width + p)
    if mode == "reflect":
        places = np.abs(places)
        places = np.where(places >= width, 2 * (width - 1) - places, places)
    return x[..., np.clip(places, 0, width - 1)]


@wrong("pad2d", "wrapped around")
def wraps_around(x, p, mode="zero"):
    height, width = x.shape[-2:]
    if mode == "reflect" and p >= min(height, width):
        raise ValueError("too little to reflect")
    if mode == "zero":
        out = np.zeros((*x.shape[:-2], height + 2 * p, width + 2 * p), x.dtype)
        out[..., p : p + height, p : p + width] = x
        return out
    rows, columns = np.arange(-p, height + p), np.arange(-p, width + p)
    if mode == "reflect":
        return x[..., rows % height, :][..., columns % width]
    return x[..., np.clip(rows, 0, height - 1), :][..., np.clip(columns, 0, width - 1)]


@wrong("pad2d", "every axis padded")
def pads_every_axis(x, p, mode="zero"):
    if mode == "reflect" and p >= min(x.shape[-2:]):
        raise ValueError("too little to reflect")
    if mode == "zero":
        out = np.zeros([n + 2 * p for n in x.shape], x.dtype)
        out[tuple(slice(p, p + n) for n in x.shape)] = x
        return out
    for axis, n in enumerate(x.shape):
        places = np.arange(-p, n + p)
        if mode == "reflect":
            places = np.abs(places)
            places = np.where(places >= n, 2 * (n - 1) - places, places)
        x = np.take(x, np.clip(places, 0, n - 1), axis=axis)
    return x


@wrong("pad2d", "mirror not turned")
def copies_neighbours_in_order(x, p, mode="zero"):
    height, width = x.shape[-2:]
    if mode == "reflect" and p >= min(height, width):
        raise ValueError("too little to reflect")
    if mode == "zero":
        out = np.zeros((*x.shape[:-2], height + 2 * p, width + 2 * p), x.dtype)
        out[..., p : p + height, p : p + width] = x
        return out
    if p == 0:
        return x.copy()
    for axis in (-1, -2):
        x = np.swapaxes(x, axis, -1)
        if mode == "reflect":
            before, after = x[..., 1 : p + 1], x[..., -p - 1 : -1]
        else:
            before, after = x[..., :1].repeat(p, -1), x[..., -1:].repeat(p, -1)
        x = np.swapaxes(np.concatenate([before, x, after], axis=-1), axis, -1)
    return x


@wrong("pad2d", "edge in every mode")
def only_replicates(x, p, mode="zero"):
    height, width = x.shape[-2:]
    if mode == "reflect" and p >= min(height, width):
        raise ValueError("too little to reflect")
    rows = np.arange(-p, height + p).clip(0, height - 1)
    columns = np.arange(-p, width + p).clip(0, width - 1)
    return x[..., rows[:, None], columns]


@wrong("pad2d", "reflect and replicate exchanged")
def exchanges_its_branches(x, p, mode="zero"):
    height, width = x.shape[-2:]
    if mode == "reflect" and p >= min(height, width):
        raise ValueError("too little to reflect")
    if mode == "zero":
        out = np.zeros((*x.shape[:-2], height + 2 * p, width + 2 * p), x.dtype)
        out[..., p : p + height, p : p + width] = x
        return out
    rows, columns = np.arange(-p, height + p), np.arange(-p, width + p)
    if mode == "replicate" and p < min(height, width):
        rows = height - 1 - abs(height - 1 - abs(rows))
        columns = width - 1 - abs(width - 1 - abs(columns))
    rows, columns = rows.clip(0, height - 1), columns.clip(0, width - 1)
    return x[..., rows[:, None], columns]


@wrong("pad2d", "rows only")
def pads_rows(x, p, mode="zero"):
    height, width = x.shape[-2:]
    if mode == "reflect" and p >= min(height, width):
        raise ValueError("too little to reflect")
    if mode == "zero":
        out = np.zeros((*x.shape[:-2], height + 2 * p, width), x.dtype)
        out[..., p : p + height, :] = x
        return out
    rows = np.arange(-p, height + p)
    if mode == "reflect":
        rows = height - 1 - abs(height - 1 - abs(rows))
    return x[..., rows.clip(0, height - 1), :]


@wrong("pad2d", "corners left empty")
def fills_the_sides(x, p, mode="zero"):
    height, width = x.shape[-2:]
    if mode == "reflect" and p >= min(height, width):
        raise ValueError("too little to reflect")
    out = np.zeros((*x.shape[:-2], height + 2 * p, width + 2 * p), x.dtype)
    out[..., p : p + height, p : p + width] = x
    if mode == "zero":
        return out
    for i in range(1, p + 1):
        j = i if mode == "reflect" else 0
        out[..., p - i, p : p + width] = x[..., j, :]
        out[..., p + height - 1 + i, p : p + width] = x[..., height - 1 - j, :]
        out[..., p : p + height, p - i] = x[..., :, j]
        out[..., p : p + height, p + width - 1 + i] = x[..., :, width - 1 - j]
    return out


@variant("pad2d")
def pads_by_index(x, p, mode="zero"):
    height, width = x.shape[-2:]
    if mode == "reflect" and p >= min(height, width):
        raise ValueError(f"cannot reflect {p} pixels of {height} x {width}")
    if mode == "zero":
        out = np.zeros((*x.shape[:-2], height + 2 * p, width + 2 * p), x.dtype)
        out[..., p : height + p, p : width + p] = x
        return out
    rows, columns = np.arange(-p, height + p), np.arange(-p, width + p)
    if mode == "reflect":
        rows = height - 1 - np.abs(height - 1 - np.abs(rows))
        columns = width - 1 - np.abs(width - 1 - np.abs(columns))
    rows, columns = rows.clip(0, height - 1), columns.clip(0, width - 1)
    return x[..., rows[:, None], columns[None, :]]


@variant("pad2d")
def pads_by_concatenation(x, p, mode="zero"):
    if mode == "reflect" and (p >= x.shape[-1] or p >= x.shape[-2]):
        raise ValueError("too little to reflect")
    for _ in range(2):
        if p:
            if mode == "zero":
                before = after = np.zeros_like(x[..., :1]).repeat(p, axis=-1)
            elif mode == "replicate":
                before, after = x[..., :1].repeat(p, axis=-1), x[..., -1:].repeat(p, axis=-1)
            else:
                before, after = x[..., p:0:-1], x[..., -2 : -p - 2 : -1]
            x = np.concatenate([before, x, after], axis=-1)
        x = np.swapaxes(x, -1, -2)
    return x.copy()


@variant("pad2d")
def pads_by_loops(x, p, mode="zero"):
    height, width = x.shape[-2:]
    if mode == "reflect" and p > min(height, width) - 1:
        raise ValueError("too little to reflect")

    def source(i, n):
        i -= p
        if 0 <= i < n:
            return i
        if mode == "replicate":
            return 0 if i < 0 else n - 1
        return -i if i < 0 else 2 * (n - 1) - i

    out = np.zeros((*x.shape[:-2], height + 2 * p, width + 2 * p), x.dtype)
    for i in range(height + 2 * p):
        for j in range(width + 2 * p):
            inside = p <= i < p + height and p <= j < p + width
            if inside or mode != "zero":
                out[..., i, j] = x[..., source(i, height), source(j, width)]
    return out


@variant("pad2d")
def pads_row_by_row(x, p, mode="zero"):
    height, width = x.shape[-2:]
    if mode == "reflect" and p >= min(height, width):
        raise ValueError("too little to reflect")
    out = np.zeros((*x.shape[:-2], height + 2 * p, width + 2 * p), dtype=x.dtype)
    out[..., p : p + height, p : p + width] = x
    if mode == "zero":
        return out
    bottom, right = p + height - 1, p + width - 1
    for i in range(1, p + 1):
        j = i if mode == "reflect" else 0
        out[..., p - i, :] = out[..., p + j, :]
        out[..., bottom + i, :] = out[..., bottom - j, :]
    for i in range(1, p + 1):
        j = i if mode == "reflect" else 0
        out[..., p - i] = out[..., p + j]
        out[..., right + i] = out[..., right - j]
    return out


@neutral("pad2d", "without refusals")
def reflects_without_end(x, p, mode="zero"):
    height, width = x.shape[-2:]
    if mode == "zero":
        out = np.zeros((*x.shape[:-2], height + 2 * p, width + 2 * p), x.dtype)
        out[..., p : p + height, p : p + width] = x
        return out
    for axis, n in ((-2, height), (-1, width)):
        places = np.arange(-p, n + p)
        if mode == "reflect":
            period = max(2 * (n - 1), 1)
            places = places % period
            places = np.where(places >= n, period - places, places)
        x = np.take(x, np.clip(places, 0, n - 1), axis=axis)
    return x


@neutral("pad2d", "looks at the height alone before it refuses")
def looks_at_the_height(x, p, mode="zero"):
    height, width = x.shape[-2:]
    if mode == "reflect" and p >= height:
        raise ValueError("too little to reflect")
    if mode == "zero":
        out = np.zeros((*x.shape[:-2], height + 2 * p, width + 2 * p), x.dtype)
        out[..., p : p + height, p : p + width] = x
        return out
    rows, columns = np.arange(-p, height + p), np.arange(-p, width + p)
    if mode == "reflect":
        rows = height - 1 - abs(height - 1 - abs(rows))
        columns = width - 1 - abs(width - 1 - abs(columns))
    rows, columns = rows.clip(0, height - 1), columns.clip(0, width - 1)
    return x[..., rows[:, None], columns]


@neutral("pad2d", "the old array where nothing is padded")
def returns_the_old_one(x, p, mode="zero"):
    height, width = x.shape[-2:]
    if p == 0:
        return x
    if mode == "reflect" and p >= min(height, width):
        raise ValueError("too little to reflect")
    if mode == "zero":
        out = np.zeros((*x.shape[:-2], height + 2 * p, width + 2 * p), x.dtype)
        out[..., p : p + height, p : p + width] = x
        return out
    rows, columns = np.arange(-p, height + p), np.arange(-p, width + p)
    if mode == "reflect":
        rows = height - 1 - abs(height - 1 - abs(rows))
        columns = width - 1 - abs(width - 1 - abs(columns))
    rows, columns = rows.clip(0, height - 1), columns.clip(0, width - 1)
    return x[..., rows[:, None], columns]


@neutral("pad2d", "a view where nothing is padded")
def returns_a_view(x, p, mode="zero"):
    height, width = x.shape[-2:]
    if p == 0:
        return x[...]
    if mode == "reflect" and p >= min(height, width):
        raise ValueError("too little to reflect")
    if mode == "zero":
        out = np.zeros((*x.shape[:-2], height + 2 * p, width + 2 * p), x.dtype)
        out[..., p : p + height, p : p + width] = x
        return out
    rows, columns = np.arange(-p, height + p), np.arange(-p, width + p)
    if mode == "reflect":
        rows = height - 1 - abs(height - 1 - abs(rows))
        columns = width - 1 - abs(width - 1 - abs(columns))
    rows, columns = rows.clip(0, height - 1), columns.clip(0, width - 1)
    return x[..., rows[:, None], columns]


@neutral("pad2d", "zeros of another dtype")
def pads_with_floats(x, p, mode="zero"):
    height, width = x.shape[-2:]
    if mode == "reflect" and p >= min(height, width):
        raise ValueError("too little to reflect")
    if mode == "zero":
        out = np.zeros((*x.shape[:-2], height + 2 * p, width + 2 * p))
        out[..., p : p + height, p : p + width] = x
        return out
    rows, columns = np.arange(-p, height + p), np.arange(-p, width + p)
    if mode == "reflect":
        rows = height - 1 - abs(height - 1 - abs(rows))
        columns = width - 1 - abs(width - 1 - abs(columns))
    rows, columns = rows.clip(0, height - 1), columns.clip(0, width - 1)
    return x[..., rows[:, None], columns]


@neutral("pad2d", "refuses by the size of all axes")
def asks_every_axis(x, p, mode="zero"):
    height, width = x.shape[-2:]
    if mode == "reflect" and p >= min(x.shape):
        raise ValueError("too little to reflect")
    if mode == "zero":
        out = np.zeros((*x.shape[:-2], height + 2 * p, width + 2 * p), x.dtype)
        out[..., p : p + height, p : p + width] = x
        return out
    rows, columns = np.arange(-p, height + p), np.arange(-p, width + p)
    if mode == "reflect":
        rows = height - 1 - abs(height - 1 - abs(rows))
        columns = width - 1 - abs(width - 1 - abs(columns))
    rows, columns = rows.clip(0, height - 1), columns.clip(0, width - 1)
    return x[..., rows[:, None], columns]


@neutral("pad2d", "refuses in every mode")
def refuses_in_every_mode(x, p, mode="zero"):
    height, width = x.shape[-2:]
    if p >= min(height, width):
        raise ValueError("too little image")
    if mode == "zero":
        out = np.zeros((*x.shape[:-2], height + 2 * p, width + 2 * p), x.dtype)
        out[..., p : p + height, p : p + width] = x
        return out
    rows, columns = np.arange(-p, height + p), np.arange(-p, width + p)
    if mode == "reflect":
        rows = height - 1 - abs(height - 1 - abs(rows))
        columns = width - 1 - abs(width - 1 - abs(columns))
    rows, columns = rows.clip(0, height - 1), columns.clip(0, width - 1)
    return x[..., rows[:, None], columns]


@neutral("pad2d", "reflection one row short")
def reflects_too_far(x, p, mode="zero"):
    height, width = x.shape[-2:]
    if mode == "reflect" and p >= min(height, width):
        raise ValueError("too little to reflect")
    if mode == "zero":
        out = np.zeros((*x.shape[:-2], height + 2 * p, width + 2 * p), x.dtype)
        out[..., p : p + height, p : p + width] = x
        return out
    rows, columns = np.arange(-p, height + p), np.arange(-p, width + p)
    if mode == "reflect":
        rows = height - 1 - abs(height - 1 - abs(rows))
        columns = width - 2 - abs(width - 2 - abs(columns))
    rows, columns = rows.clip(0, height - 1), columns.clip(0, width - 1)
    return x[..., rows[:, None], columns]
