"""Sample answers to the exercises of 03-convolution; `test_answers.py` judges them."""

import numpy as np

from course_utils.authoring.answers import variant, wrong

ORDER = "the three modes that the statement allows stand in this order of the alphabet"
SURVIVORS = {
    'pad2d: if mode == "zero": -> if mode >= "zero":': ORDER,
    'pad2d: if mode == "reflect": -> if mode <= "reflect":': ORDER,
    'pad2d: if mode == "reflect" and p >= min(height, width): -> '
    'if mode <= "reflect" and p >= min(height, width):': ORDER,
    "receptive_field: d = dilation[0] if dilation else 1 -> "
    "d = dilation[ -1] if dilation else 1": "a layer has at most one dilation: first and last",
}

# ------------------------------------------------------------------ conv_output_size


@wrong("conv_output_size", "ceiling")
def rounds_up(n, k, p=0, s=1, d=1):
    reach = d * (k - 1) + 1
    if reach > n + 2 * p:
        raise ValueError("the kernel does not fit")
    return -((reach - n - 2 * p) // s) + 1


@wrong("conv_output_size", "padding once")
def pads_once(n, k, p=0, s=1, d=1):
    free = n + p - (d * (k - 1) + 1)
    if free < 0:
        raise ValueError("the kernel does not fit")
    return free // s + 1


@wrong("conv_output_size", "the plus one forgotten")
def forgets_plus_one(n, k, p=0, s=1, d=1):
    free = n + 2 * p - (d * (k - 1) + 1)
    if free < 0:
        raise ValueError("the kernel does not fit")
    return free // s


@wrong("conv_output_size", "dilation ignored")
def ignores_dilation(n, k, p=0, s=1, d=1):
    if k > n + 2 * p:
        raise ValueError("the kernel does not fit")
    return (n + 2 * p - k) // s + 1


@wrong("conv_output_size", "dilated kernel d times k")
def stretches_kernel(n, k, p=0, s=1, d=1):
    if d * k > n + 2 * p:
        raise ValueError("the kernel does not fit")
    return (n + 2 * p - d * k) // s + 1


@wrong("conv_output_size", "stride ignored")
def ignores_stride(n, k, p=0, s=1, d=1):
    free = n + 2 * p - d * (k - 1) - 1
    if free < 0:
        raise ValueError("the kernel does not fit")
    return free + 1


@wrong("conv_output_size", "a float")
def returns_float(n, k, p=0, s=1, d=1):
    if d * (k - 1) + 1 > n + 2 * p:
        raise ValueError("the kernel does not fit")
    return np.floor((n + 2 * p - d * (k - 1) - 1) / s) + 1


@wrong("conv_output_size", "no refusal")
def never_refuses(n, k, p=0, s=1, d=1):
    return (n + 2 * p - d * (k - 1) - 1) // s + 1


@variant("conv_output_size")
def counts_places(n, k, p=0, s=1, d=1):
    last = (k - 1) * d
    starts = [i for i in range(0, n + 2 * p, s) if i + last < n + 2 * p]
    if not starts:
        raise ValueError(f"a kernel of {k} does not fit into {n}")
    return len(starts)


@variant("conv_output_size")
def with_numpy_floor(n, k, p=0, s=1, d=1):
    size = np.floor((n + 2 * p - d * (k - 1) - 1) / s) + 1
    if size < 1:
        raise ValueError("no place for the kernel")
    return int(size)


@variant("conv_output_size")
def with_divmod(n, k, p=0, s=1, d=1):
    room = n + p + p
    kernel = k + (k - 1) * (d - 1)
    if kernel > room:
        raise ValueError("kernel larger than the padded input")
    steps, _ = divmod(room - kernel, s)
    return np.int64(steps + 1)


# ------------------------------------------------------------------ conv2d


@wrong("conv2d", "kernel flipped")
def flips_the_kernel(x, w, b, stride=1, padding=0):
    n, _, height, width = x.shape
    c_out, _, kh, kw = w.shape
    canvas = np.zeros((*x.shape[:2], height + 2 * padding, width + 2 * padding), x.dtype)
    canvas[:, :, padding : padding + height, padding : padding + width] = x
    rows = (canvas.shape[2] - kh) // stride + 1
    columns = (canvas.shape[3] - kw) // stride + 1
    out = np.zeros((n, c_out, rows, columns), x.dtype)
    for i in range(rows):
        for j in range(columns):
            window = canvas[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw]
            out[:, :, i, j] = np.einsum("nchw,ochw->no", window, w[:, :, ::-1, ::-1]) + b
    return out


@wrong("conv2d", "kernel transposed")
def mixes_rows_and_columns(x, w, b, stride=1, padding=0):
    n, _, height, width = x.shape
    c_out, _, kh, kw = w.shape
    canvas = np.zeros((*x.shape[:2], height + 2 * padding, width + 2 * padding), x.dtype)
    canvas[:, :, padding : padding + height, padding : padding + width] = x
    rows = (canvas.shape[2] - kh) // stride + 1
    columns = (canvas.shape[3] - kw) // stride + 1
    out = np.zeros((n, c_out, rows, columns), x.dtype)
    for i in range(rows):
        for j in range(columns):
            window = canvas[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw]
            out[:, :, i, j] = np.einsum("nchw,ocwh->no", window, w) + b
    return out


@wrong("conv2d", "padding ignored")
def never_pads(x, w, b, stride=1, padding=0):
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape[2:], axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]
    return np.einsum("ncijhw,ochw->noij", windows, w) + b[:, None, None]


@wrong("conv2d", "padding on one side")
def pads_one_side(x, w, b, stride=1, padding=0):
    canvas = np.zeros((*x.shape[:2], x.shape[2] + padding, x.shape[3] + padding), x.dtype)
    canvas[:, :, : x.shape[2], : x.shape[3]] = x
    windows = np.lib.stride_tricks.sliding_window_view(canvas, w.shape[2:], axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]
    return np.einsum("ncijhw,ochw->noij", windows, w) + b[:, None, None]


@wrong("conv2d", "stride ignored")
def never_strides(x, w, b, stride=1, padding=0):
    height, width = x.shape[2:]
    canvas = np.zeros((*x.shape[:2], height + 2 * padding, width + 2 * padding), x.dtype)
    canvas[:, :, padding : padding + height, padding : padding + width] = x
    windows = np.lib.stride_tricks.sliding_window_view(canvas, w.shape[2:], axis=(2, 3))
    return np.einsum("ncijhw,ochw->noij", windows, w) + b[:, None, None]


@wrong("conv2d", "window not moved by the stride")
def moves_by_one(x, w, b, stride=1, padding=0):
    n, _, height, width = x.shape
    c_out, _, kh, kw = w.shape
    canvas = np.zeros((*x.shape[:2], height + 2 * padding, width + 2 * padding), x.dtype)
    canvas[:, :, padding : padding + height, padding : padding + width] = x
    rows = (canvas.shape[2] - kh) // stride + 1
    columns = (canvas.shape[3] - kw) // stride + 1
    out = np.zeros((n, c_out, rows, columns), x.dtype)
    for i in range(rows):
        for j in range(columns):
            window = canvas[:, :, i : i + kh, j : j + kw]
            out[:, :, i, j] = np.tensordot(window, w, axes=([1, 2, 3], [1, 2, 3])) + b
    return out


@wrong("conv2d", "bias forgotten")
def forgets_bias(x, w, b, stride=1, padding=0):
    height, width = x.shape[2:]
    canvas = np.zeros((*x.shape[:2], height + 2 * padding, width + 2 * padding), x.dtype)
    canvas[:, :, padding : padding + height, padding : padding + width] = x
    windows = np.lib.stride_tricks.sliding_window_view(canvas, w.shape[2:], axis=(2, 3))
    return np.einsum("ncijhw,ochw->noij", windows[:, :, ::stride, ::stride], w)


@wrong("conv2d", "bias per channel")
def adds_bias_in_the_loop(x, w, b, stride=1, padding=0):
    n, c_in, height, width = x.shape
    c_out, _, kh, kw = w.shape
    canvas = np.zeros((n, c_in, height + 2 * padding, width + 2 * padding), x.dtype)
    canvas[:, :, padding : padding + height, padding : padding + width] = x
    rows = (canvas.shape[2] - kh) // stride + 1
    columns = (canvas.shape[3] - kw) // stride + 1
    out = np.zeros((n, c_out, rows, columns), x.dtype)
    for o in range(c_out):
        for c in range(c_in):
            for i in range(rows):
                for j in range(columns):
                    top, left = i * stride, j * stride
                    window = canvas[:, c, top : top + kh, left : left + kw]
                    out[:, o, i, j] += (window * w[o, c]).sum(axis=(1, 2)) + b[o]
    return out


@wrong("conv2d", "first channel only")
def sees_one_channel(x, w, b, stride=1, padding=0):
    height, width = x.shape[2:]
    canvas = np.zeros((x.shape[0], height + 2 * padding, width + 2 * padding), x.dtype)
    canvas[:, padding : padding + height, padding : padding + width] = x[:, 0]
    windows = np.lib.stride_tricks.sliding_window_view(canvas, w.shape[2:], axis=(1, 2))
    windows = windows[:, ::stride, ::stride]
    return np.einsum("nijhw,ohw->noij", windows, w[:, 0]) + b[:, None, None]


@wrong("conv2d", "mean for sum")
def averages(x, w, b, stride=1, padding=0):
    n, _, height, width = x.shape
    c_out, _, kh, kw = w.shape
    canvas = np.zeros((*x.shape[:2], height + 2 * padding, width + 2 * padding), x.dtype)
    canvas[:, :, padding : padding + height, padding : padding + width] = x
    rows = (canvas.shape[2] - kh) // stride + 1
    columns = (canvas.shape[3] - kw) // stride + 1
    out = np.zeros((n, c_out, rows, columns), x.dtype)
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            for o in range(c_out):
                window = canvas[:, :, top : top + kh, left : left + kw]
                out[:, o, i, j] = (window * w[o]).mean(axis=(1, 2, 3)) + b[o]
    return out


@variant("conv2d")
def with_seven_loops(x, w, b, stride=1, padding=0):
    n_images, c_in, height, width = x.shape
    c_out, _, kh, kw = w.shape
    rows = (height + 2 * padding - kh) // stride + 1
    columns = (width + 2 * padding - kw) // stride + 1
    out = np.empty((n_images, c_out, rows, columns))
    for n in range(n_images):
        for o in range(c_out):
            for i in range(rows):
                for j in range(columns):
                    total = float(b[o])
                    for c in range(c_in):
                        for u in range(kh):
                            for v in range(kw):
                                r, q = i * stride + u - padding, j * stride + v - padding
                                if 0 <= r < height and 0 <= q < width:
                                    total += x[n, c, r, q] * w[o, c, u, v]
                    out[n, o, i, j] = total
    return out


@variant("conv2d")
def with_sliding_windows(x, w, b, stride=1, padding=0):
    height, width = x.shape[2:]
    canvas = np.zeros((*x.shape[:2], height + 2 * padding, width + 2 * padding), x.dtype)
    canvas[:, :, padding : padding + height, padding : padding + width] = x
    windows = np.lib.stride_tricks.sliding_window_view(canvas, w.shape[2:], axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]
    return np.einsum("ncijhw,ochw->noij", windows, w) + b.reshape(1, -1, 1, 1)


@variant("conv2d")
def in_float32(x, w, b, stride=1, padding=0):
    x, w, b = x.astype(np.float32), w.astype(np.float32), b.astype(np.float32)
    n, c_in, _, width = x.shape
    c_out, _, kh, kw = w.shape
    x = np.concatenate([np.zeros((n, c_in, padding, width), x.dtype), x], axis=2)
    x = np.concatenate([x, np.zeros((n, c_in, padding, width), x.dtype)], axis=2)
    side = np.zeros((n, c_in, x.shape[2], padding), x.dtype)
    x = np.concatenate([side, x, side], axis=3)
    rows, columns = (x.shape[2] - kh) // stride + 1, (x.shape[3] - kw) // stride + 1
    out = np.zeros((n, c_out, rows, columns), np.float32)
    for u in range(kh):
        for v in range(kw):
            part = x[:, :, u : u + stride * rows : stride, v : v + stride * columns : stride]
            part = part[:, :, :rows, :columns]
            out += np.einsum("ncij,oc->noij", part, w[:, :, u, v])
    return out + b[None, :, None, None]


# ------------------------------------------------------------------ padding_for


@wrong("padding_for", "both sides together")
def counts_both_sides(kind, k, d=1):
    reach = d * (k - 1) + 1
    if kind not in ("valid", "same", "full") or (kind == "same" and reach % 2 == 0):
        raise ValueError(kind)
    return {"valid": 0, "same": reach - 1, "full": 2 * (reach - 1)}[kind]


@wrong("padding_for", "dilation ignored")
def pads_without_dilation(kind, k, d=1):
    if kind == "valid":
        return 0
    if kind == "same":
        if k % 2 == 0:
            raise ValueError("even kernel")
        return k // 2
    if kind == "full":
        return k - 1
    raise ValueError(kind)


@wrong("padding_for", "full is the kernel size")
def pads_a_whole_kernel(kind, k, d=1):
    reach = d * (k - 1) + 1
    if kind == "same" and reach % 2 == 0:
        raise ValueError("even kernel")
    sizes = {"valid": 0, "same": reach // 2, "full": reach}
    if kind not in sizes:
        raise ValueError(kind)
    return sizes[kind]


@wrong("padding_for", "valid and full exchanged")
def exchanges_the_ends(kind, k, d=1):
    reach = d * (k - 1) + 1
    if kind == "same" and reach % 2 == 0:
        raise ValueError("even kernel")
    sizes = {"full": 0, "same": reach // 2, "valid": reach - 1}
    if kind not in sizes:
        raise ValueError(kind)
    return sizes[kind]


@wrong("padding_for", "a float")
def divides_exactly(kind, k, d=1):
    span = d * (k - 1)
    if kind == "same" and span % 2:
        raise ValueError("even kernel")
    sizes = {"valid": 0.0, "same": span / 2, "full": float(span)}
    if kind not in sizes:
        raise ValueError(kind)
    return sizes[kind]


@wrong("padding_for", "even kernel rounded")
def rounds_even_kernels(kind, k, d=1):
    sizes = {"valid": 0, "same": d * (k - 1) // 2, "full": d * (k - 1)}
    if kind not in sizes:
        raise ValueError(kind)
    return sizes[kind]


@variant("padding_for")
def pads_by_cases(kind, k, d=1):
    span = (k - 1) * d
    if kind == "valid":
        return 0
    if kind == "full":
        return span
    if kind == "same" and span % 2 == 0:
        return span // 2
    raise ValueError(f"no padding for {kind!r} with an effective kernel of {span + 1}")


@variant("padding_for")
def pads_by_match(kind, k, d=1):
    half, odd = divmod((k - 1) * d, 2)
    match kind:
        case "valid":
            return np.int64(0)
        case "same" if not odd:
            return np.int64(half)
        case "full":
            return np.int64(2 * half + odd)
    raise ValueError(kind)


@variant("padding_for")
def pads_by_counting(kind, k, d=1):
    positions = [i * d for i in range(k)]
    if kind not in ("valid", "same", "full"):
        raise ValueError("unknown kind")
    middle = positions[-1] / 2
    if kind == "same" and middle != int(middle):
        raise ValueError("the kernel has no middle")
    return int({"valid": 0, "same": middle, "full": positions[-1]}[kind])


# ------------------------------------------------------------------ pad2d


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


@wrong("pad2d", "reflected again and again")
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


# ------------------------------------------------------------------ conv_cost


@wrong("conv_cost", "groups ignored")
def ignores_groups(c_in, c_out, k, h_out, w_out, bias=True, groups=1):
    if c_in % groups or c_out % groups:
        raise ValueError("the groups do not divide")
    weights = c_out * c_in * k * k
    return weights + (c_out if bias else 0), weights * h_out * w_out


@wrong("conv_cost", "bias forgotten")
def costs_without_bias(c_in, c_out, k, h_out, w_out, bias=True, groups=1):
    if c_in % groups or c_out % groups:
        raise ValueError("the groups do not divide")
    weights = c_out * (c_in // groups) * k * k
    return weights, weights * h_out * w_out


@wrong("conv_cost", "one bias for all")
def costs_one_bias(c_in, c_out, k, h_out, w_out, bias=True, groups=1):
    if c_in % groups or c_out % groups:
        raise ValueError("the groups do not divide")
    weights = c_out * (c_in // groups) * k * k
    return weights + int(bias), weights * h_out * w_out


@wrong("conv_cost", "bias counted as multiplication")
def multiplies_biases(c_in, c_out, k, h_out, w_out, bias=True, groups=1):
    if c_in % groups or c_out % groups:
        raise ValueError("the groups do not divide")
    parameters = c_out * (c_in // groups) * k * k + (c_out if bias else 0)
    return parameters, parameters * h_out * w_out


@wrong("conv_cost", "operations for multiply-accumulates")
def counts_operations(c_in, c_out, k, h_out, w_out, bias=True, groups=1):
    if c_in % groups or c_out % groups:
        raise ValueError("the groups do not divide")
    weights = c_out * (c_in // groups) * k * k
    return weights + (c_out if bias else 0), 2 * weights * h_out * w_out


@wrong("conv_cost", "weights for every place")
def weights_everywhere(c_in, c_out, k, h_out, w_out, bias=True, groups=1):
    if c_in % groups or c_out % groups:
        raise ValueError("the groups do not divide")
    weights = c_out * (c_in // groups) * k * k
    return (weights + (c_out if bias else 0)) * h_out * w_out, weights * h_out * w_out


@wrong("conv_cost", "one channel")
def counts_one_channel(c_in, c_out, k, h_out, w_out, bias=True, groups=1):
    if c_in % groups or c_out % groups:
        raise ValueError("the groups do not divide")
    weights = c_out * k * k
    return weights + (c_out if bias else 0), weights * h_out * w_out


@variant("conv_cost")
def costs_by_groups(c_in, c_out, k, h_out, w_out, bias=True, groups=1):
    if c_in % groups != 0 or c_out % groups != 0:
        raise ValueError(f"{groups} groups do not divide {c_in} and {c_out} channels")
    parameters, macs = 0, 0
    for _ in range(groups):
        weights = (c_in // groups) * (c_out // groups) * k**2
        parameters += weights
        macs += weights * h_out * w_out
    if bias:
        parameters += c_out
    return parameters, macs


@variant("conv_cost")
def costs_in_numpy(c_in, c_out, k, h_out, w_out, bias=True, groups=1):
    inside, rest = divmod(c_in, groups)
    if rest or c_out % groups:
        raise ValueError("the groups must divide both channels")
    weight = np.prod([c_out, inside, k, k])
    return weight + bias * c_out, weight * h_out * w_out


@variant("conv_cost")
def costs_as_a_list(c_in, c_out, k, h_out, w_out, bias=True, groups=1):
    if any(channels % groups for channels in (c_in, c_out)):
        raise ValueError("groups")
    per_place = c_in * c_out * k * k // groups
    return [per_place + c_out if bias else per_place, per_place * h_out * w_out]


# ------------------------------------------------------------------ classical_kernels


@wrong("classical_kernels", "blur not divided")
def blurs_too_brightly():
    return {
        "box_blur": np.ones((3, 3)),
        "sharpen": np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]]),
        "sobel_x": np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]),
        "sobel_y": np.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]]),
        "laplacian": np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]]),
    }


@wrong("classical_kernels", "x and y exchanged")
def exchanges_x_and_y():
    return {
        "box_blur": np.ones((3, 3)) / 9,
        "sharpen": np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]]),
        "sobel_x": np.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]]),
        "sobel_y": np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]),
        "laplacian": np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]]),
    }


@wrong("classical_kernels", "all rows alike")
def writes_prewitt():
    return {
        "box_blur": np.ones((3, 3)) / 9,
        "sharpen": np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]]),
        "sobel_x": np.array([[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]]),
        "sobel_y": np.array([[-1, -1, -1], [0, 0, 0], [1, 1, 1]]),
        "laplacian": np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]]),
    }


@wrong("classical_kernels", "centre does not balance")
def leaves_the_laplacian_unbalanced():
    return {
        "box_blur": np.ones((3, 3)) / 9,
        "sharpen": np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]]),
        "sobel_x": np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]),
        "sobel_y": np.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]]),
        "laplacian": np.array([[1, 1, 1], [1, -4, 1], [1, 1, 1]]),
    }


@wrong("classical_kernels", "edges for sharpening")
def drops_the_image():
    return {
        "box_blur": np.ones((3, 3)) / 9,
        "sharpen": np.array([[0, -1, 0], [-1, 4, -1], [0, -1, 0]]),
        "sobel_x": np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]),
        "sobel_y": np.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]]),
        "laplacian": np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]]),
    }


@variant("classical_kernels")
def kernels_of_the_other_sign():
    ones = np.ones((3, 3), np.float32)
    point = np.zeros((3, 3), np.float32)
    point[1, 1] = 1
    slope = np.array([1, 0, -1])
    return {
        "box_blur": ones / 9,
        "sharpen": 9 * point - (ones - point),
        "sobel_x": np.outer([1, 2, 1], slope),
        "sobel_y": np.outer(slope, [1, 2, 1]),
        "laplacian": 9 * point - ones,
    }


@variant("classical_kernels")
def kernels_from_gaussians():
    smooth = np.array([1.0, 2.0, 1.0])
    gauss = np.outer(smooth, smooth) / 16
    identity = np.zeros((3, 3))
    identity[1, 1] = 1.0
    return {
        "laplacian": np.array([[0, -1, 0], [-1, 4, -1], [0, -1, 0]]),
        "sobel_y": np.outer([-1, 0, 1], smooth),
        "sobel_x": np.outer(smooth, [-1, 0, 1]),
        "sharpen": identity + 1.5 * (identity - gauss),
        "box_blur": np.full((3, 3), 1 / 9),
    }


@variant("classical_kernels")
def kernels_as_lists():
    return {
        "box_blur": [[1 / 9] * 3] * 3,
        "sharpen": [[0, -0.5, 0], [-0.5, 3, -0.5], [0, -0.5, 0]],
        "sobel_x": [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]],
        "sobel_y": [[1, 2, 1], [0, 0, 0], [-1, -2, -1]],
        "laplacian": [[1, 1, 1], [1, -8, 1], [1, 1, 1]],
    }


# ------------------------------------------------------------------ dilate_kernel


@wrong("dilate_kernel", "zeros after the last weight")
def fills_to_the_end(w, d):
    out = np.zeros((*w.shape[:-2], w.shape[-2] * d, w.shape[-1] * d), w.dtype)
    out[..., ::d, ::d] = w
    return out


@wrong("dilate_kernel", "weights repeated")
def repeats_weights(w, d):
    return w.repeat(d, axis=-2).repeat(d, axis=-1)


@wrong("dilate_kernel", "d zeros between")
def one_gap_too_many(w, d):
    rows, columns = w.shape[-2:]
    step = d + 1
    out = np.zeros((*w.shape[:-2], (rows - 1) * step + 1, (columns - 1) * step + 1), w.dtype)
    out[..., ::step, ::step] = w
    return out


@wrong("dilate_kernel", "columns only")
def spreads_columns(w, d):
    out = np.zeros((*w.shape[:-1], (w.shape[-1] - 1) * d + 1), w.dtype)
    out[..., ::d] = w
    return out


@wrong("dilate_kernel", "zeros around")
def surrounds_the_kernel(w, d):
    rows, columns = w.shape[-2:]
    out = np.zeros((*w.shape[:-2], (rows - 1) * d + 1, (columns - 1) * d + 1), w.dtype)
    top, left = (out.shape[-2] - rows) // 2, (out.shape[-1] - columns) // 2
    out[..., top : top + rows, left : left + columns] = w
    return out


@variant("dilate_kernel")
def dilates_by_slices(w, d):
    out = np.zeros(w.shape[:-2] + tuple(d * (n - 1) + 1 for n in w.shape[-2:]), dtype=w.dtype)
    out[..., ::d, ::d] = w
    return out


@variant("dilate_kernel")
def dilates_by_loops(w, d):
    *lead, rows, columns = w.shape
    out = np.zeros((*lead, rows + (rows - 1) * (d - 1), columns + (columns - 1) * (d - 1)))
    for i in range(rows):
        for j in range(columns):
            out[..., i * d, j * d] = w[..., i, j]
    return out


@variant("dilate_kernel")
def dilates_by_insertion(w, d):
    for axis in (-2, -1):
        places = np.repeat(np.arange(1, w.shape[axis]), d - 1)
        w = np.insert(w, places, 0, axis=axis)
    return w


# ------------------------------------------------------------------ receptive_field


@wrong("receptive_field", "strides forgotten in the size")
def adds_without_jump(layers):
    size, jump = 1, 1
    for k, s, *d in layers:
        size += (d[0] if d else 1) * (k - 1)
        jump *= s
    return size, jump


@wrong("receptive_field", "own stride counted first")
def multiplies_first(layers):
    size, jump = 1, 1
    for k, s, *d in layers:
        jump *= s
        size += (d[0] if d else 1) * (k - 1) * jump
    return size, jump


@wrong("receptive_field", "dilation ignored")
def sees_no_dilation(layers):
    size, jump = 1, 1
    for layer in layers:
        size += (layer[0] - 1) * jump
        jump *= layer[1]
    return size, jump


@wrong("receptive_field", "strides added")
def adds_strides(layers):
    size, jump, steps = 1, 1, 1
    for k, s, *d in layers:
        size += (d[0] if d else 1) * (k - 1) * steps
        steps *= s
        jump += s - 1
    return size, jump


@wrong("receptive_field", "kernel sizes added")
def adds_kernels(layers):
    size, jump = 0 if layers else 1, 1
    for k, s, *d in layers:
        size += ((d[0] if d else 1) * (k - 1)) * jump + 1
        jump *= s
    return size, jump


@wrong("receptive_field", "from the last layer")
def starts_at_the_end(layers):
    size, jump = 1, 1
    for k, s, *d in reversed(layers):
        size += (d[0] if d else 1) * (k - 1) * jump
        jump *= s
    return size, jump


@variant("receptive_field")
def grows_forward(layers):
    size = jump = 1
    for layer in layers:
        k, s = layer[0], layer[1]
        d = layer[2] if len(layer) == 3 else 1
        size = size + d * (k - 1) * jump
        jump = jump * s
    return size, jump


@variant("receptive_field")
def goes_backward(layers):
    size, jump = 1, 1
    for k, s, *rest in layers[::-1]:
        reach = (k - 1) * (rest[0] if rest else 1) + 1
        size = (size - 1) * s + reach
        jump *= s
    return (size, jump)


@variant("receptive_field")
def collects_positions(layers):
    seen, jump = {0}, 1
    for k, s, d in [(*layer, 1)[:3] for layer in layers]:
        seen = {place + i * d * jump for place in seen for i in range(k)}
        jump *= s
    return [np.int64(max(seen) + 1), np.int64(jump)]
