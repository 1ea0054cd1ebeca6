"""Sample answers to `conv_transpose2d`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong


@wrong("conv_transpose2d", "overlaps overwritten")
def overwrites(x, w, b, stride=1, padding=0):
    n, _, height, width = x.shape
    _, filters, kh, kw = w.shape
    out = np.zeros((n, filters, (height - 1) * stride + kh, (width - 1) * stride + kw))
    for i in range(height):
        for j in range(width):
            top, left = i * stride, j * stride
            out[:, :, top : top + kh, left : left + kw] = np.tensordot(x[:, :, i, j], w, axes=1)
    rows, columns = out.shape[2] - padding, out.shape[3] - padding
    return out[:, :, padding:rows, padding:columns] + b[:, None, None]


@wrong("conv_transpose2d", "overlaps averaged")
def averages(x, w, b, stride=1, padding=0):
    n, _, height, width = x.shape
    _, filters, kh, kw = w.shape
    out = np.zeros((n, filters, (height - 1) * stride + kh, (width - 1) * stride + kw))
    count = np.zeros(out.shape[2:])
    for i in range(height):
        for j in range(width):
            top, left = i * stride, j * stride
            out[:, :, top : top + kh, left : left + kw] += np.tensordot(x[:, :, i, j], w, axes=1)
            count[top : top + kh, left : left + kw] += 1
    out /= np.maximum(count, 1)
    rows, columns = out.shape[2] - padding, out.shape[3] - padding
    return out[:, :, padding:rows, padding:columns] + b[:, None, None]


@wrong("conv_transpose2d", "kernel flipped")
def flips(x, w, b, stride=1, padding=0):
    n, _, height, width = x.shape
    _, filters, kh, kw = w.shape
    w = w[:, :, ::-1, ::-1]
    out = np.zeros((n, filters, (height - 1) * stride + kh, (width - 1) * stride + kw))
    for i in range(height):
        for j in range(width):
            top, left = i * stride, j * stride
            out[:, :, top : top + kh, left : left + kw] += np.tensordot(x[:, :, i, j], w, axes=1)
    rows, columns = out.shape[2] - padding, out.shape[3] - padding
    return out[:, :, padding:rows, padding:columns] + b[:, None, None]


@wrong("conv_transpose2d", "kernel transposed")
def transposes_the_kernel(x, w, b, stride=1, padding=0):
    w = w.swapaxes(2, 3)
    n, _, height, width = x.shape
    _, filters, kh, kw = w.shape
    out = np.zeros((n, filters, (height - 1) * stride + kh, (width - 1) * stride + kw))
    for i in range(height):
        for j in range(width):
            top, left = i * stride, j * stride
            out[:, :, top : top + kh, left : left + kw] += np.tensordot(x[:, :, i, j], w, axes=1)
    rows, columns = out.shape[2] - padding, out.shape[3] - padding
    return out[:, :, padding:rows, padding:columns] + b[:, None, None]


@wrong("conv_transpose2d", "channels of the kernel exchanged")
def reads_output_channels_first(x, w, b, stride=1, padding=0):
    n, _, height, width = x.shape
    filters, _, kh, kw = w.shape
    out = np.zeros((n, filters, (height - 1) * stride + kh, (width - 1) * stride + kw))
    for i in range(height):
        for j in range(width):
            top, left = i * stride, j * stride
            stamps = np.einsum("nc,ochw->nohw", x[:, :, i, j], w)
            out[:, :, top : top + kh, left : left + kw] += stamps
    rows, columns = out.shape[2] - padding, out.shape[3] - padding
    return out[:, :, padding:rows, padding:columns] + b[:, None, None]


@wrong("conv_transpose2d", "padding ignored")
def never_cuts(x, w, b, stride=1, padding=0):
    n, _, height, width = x.shape
    _, filters, kh, kw = w.shape
    out = np.zeros((n, filters, (height - 1) * stride + kh, (width - 1) * stride + kw))
    for i in range(height):
        for j in range(width):
            top, left = i * stride, j * stride
            out[:, :, top : top + kh, left : left + kw] += np.tensordot(x[:, :, i, j], w, axes=1)
    return out + b[:, None, None]


@wrong("conv_transpose2d", "padding added")
def pads_the_output(x, w, b, stride=1, padding=0):
    n, _, height, width = x.shape
    _, filters, kh, kw = w.shape
    rows = (height - 1) * stride + kh + 2 * padding
    columns = (width - 1) * stride + kw + 2 * padding
    out = np.zeros((n, filters, rows, columns))
    for i in range(height):
        for j in range(width):
            top, left = i * stride + padding, j * stride + padding
            out[:, :, top : top + kh, left : left + kw] += np.tensordot(x[:, :, i, j], w, axes=1)
    return out + b[:, None, None]


@wrong("conv_transpose2d", "stride ignored")
def never_strides(x, w, b, stride=1, padding=0):
    n, _, height, width = x.shape
    _, filters, kh, kw = w.shape
    out = np.zeros((n, filters, height - 1 + kh, width - 1 + kw))
    for i in range(height):
        for j in range(width):
            out[:, :, i : i + kh, j : j + kw] += np.tensordot(x[:, :, i, j], w, axes=1)
    rows, columns = out.shape[2] - padding, out.shape[3] - padding
    return out[:, :, padding:rows, padding:columns] + b[:, None, None]


@wrong("conv_transpose2d", "bias forgotten")
def forgets_bias(x, w, b, stride=1, padding=0):
    n, _, height, width = x.shape
    _, filters, kh, kw = w.shape
    out = np.zeros((n, filters, (height - 1) * stride + kh, (width - 1) * stride + kw))
    for i in range(height):
        for j in range(width):
            top, left = i * stride, j * stride
            out[:, :, top : top + kh, left : left + kw] += np.tensordot(x[:, :, i, j], w, axes=1)
    return out[:, :, padding : out.shape[2] - padding, padding : out.shape[3] - padding]


@wrong("conv_transpose2d", "bias with each kernel")
def adds_bias_in_the_loop(x, w, b, stride=1, padding=0):
    n, _, height, width = x.shape
    _, filters, kh, kw = w.shape
    out = np.zeros((n, filters, (height - 1) * stride + kh, (width - 1) * stride + kw))
    for i in range(height):
        for j in range(width):
            top, left = i * stride, j * stride
            stamps = np.tensordot(x[:, :, i, j], w, axes=1) + b[:, None, None]
            out[:, :, top : top + kh, left : left + kw] += stamps
    return out[:, :, padding : out.shape[2] - padding, padding : out.shape[3] - padding]


@wrong("conv_transpose2d", "bias where a kernel reaches")
def leaves_gaps_at_zero(x, w, b, stride=1, padding=0):
    n, _, height, width = x.shape
    _, filters, kh, kw = w.shape
    out = np.zeros((n, filters, (height - 1) * stride + kh, (width - 1) * stride + kw))
    reached = np.zeros(out.shape[2:], dtype=bool)
    for i in range(height):
        for j in range(width):
            top, left = i * stride, j * stride
            out[:, :, top : top + kh, left : left + kw] += np.tensordot(x[:, :, i, j], w, axes=1)
            reached[top : top + kh, left : left + kw] = True
    out += b[:, None, None] * reached
    return out[:, :, padding : out.shape[2] - padding, padding : out.shape[3] - padding]


@wrong("conv_transpose2d", "first channel only")
def sees_one_channel(x, w, b, stride=1, padding=0):
    n, _, height, width = x.shape
    _, filters, kh, kw = w.shape
    out = np.zeros((n, filters, (height - 1) * stride + kh, (width - 1) * stride + kw))
    for i in range(height):
        for j in range(width):
            top, left = i * stride, j * stride
            stamps = x[:, 0, i, j][:, None, None, None] * w[0]
            out[:, :, top : top + kh, left : left + kw] += stamps
    rows, columns = out.shape[2] - padding, out.shape[3] - padding
    return out[:, :, padding:rows, padding:columns] + b[:, None, None]


@wrong("conv_transpose2d", "first map only")
def repeats_the_first_map(x, w, b, stride=1, padding=0):
    n, _, height, width = x.shape
    _, filters, kh, kw = w.shape
    out = np.zeros((n, filters, (height - 1) * stride + kh, (width - 1) * stride + kw))
    for i in range(height):
        for j in range(width):
            top, left = i * stride, j * stride
            out[:, :, top : top + kh, left : left + kw] += np.tensordot(x[0, :, i, j], w, axes=1)
    rows, columns = out.shape[2] - padding, out.shape[3] - padding
    return out[:, :, padding:rows, padding:columns] + b[:, None, None]


@variant("conv_transpose2d")
def with_all_loops(x, w, b, stride=1, padding=0):
    n_images, c_in, height, width = x.shape
    _, c_out, kh, kw = w.shape
    rows = (height - 1) * stride - 2 * padding + kh
    columns = (width - 1) * stride - 2 * padding + kw
    out = np.empty((n_images, c_out, rows, columns))
    out[:] = b.reshape(1, -1, 1, 1)
    for i in range(height):
        for j in range(width):
            for u in range(kh):
                for v in range(kw):
                    r, q = i * stride + u - padding, j * stride + v - padding
                    if 0 <= r < rows and 0 <= q < columns:
                        for c in range(c_in):
                            for n in range(n_images):
                                out[n, :, r, q] += x[n, c, i, j] * w[c, :, u, v]
    return out


@variant("conv_transpose2d")
def by_kernel_entry(x, w, b, stride=1, padding=0):
    n, _, height, width = x.shape
    _, filters, kh, kw = w.shape
    rows, columns = (height - 1) * stride + kh, (width - 1) * stride + kw
    out = np.zeros((n, filters, rows, columns))
    for u in range(kh):
        for v in range(kw):
            part = np.einsum("ncij,co->noij", x, w[:, :, u, v])
            below, right = u + (height - 1) * stride + 1, v + (width - 1) * stride + 1
            out[:, :, u:below:stride, v:right:stride] += part
    out += b[None, :, None, None]
    return out[:, :, padding : rows - padding, padding : columns - padding]


@variant("conv_transpose2d")
def with_zeros_between(x, w, b, stride=1, padding=0):
    n, c_in, height, width = x.shape
    kh, kw = w.shape[2:]
    spread = np.zeros((n, c_in, (height - 1) * stride + 1, (width - 1) * stride + 1))
    spread[:, :, ::stride, ::stride] = x
    spread = np.pad(spread, [(0, 0), (0, 0), (kh - 1, kh - 1), (kw - 1, kw - 1)])
    windows = np.lib.stride_tricks.sliding_window_view(spread, (kh, kw), axis=(2, 3))
    out = np.einsum("ncijhw,cohw->noij", windows, w[:, :, ::-1, ::-1]) + b[:, None, None]
    return out[:, :, padding : out.shape[2] - padding, padding : out.shape[3] - padding]


@variant("conv_transpose2d")
def in_float32(x, w, b, stride=1, padding=0):
    x, w, b = (array.astype(np.float32) for array in (x, w, b))
    n, _, height, width = x.shape
    _, filters, kh, kw = w.shape
    rows, columns = (height - 1) * stride + kh, (width - 1) * stride + kw
    out = np.zeros((n, filters, rows, columns), np.float32)
    for place in np.ndindex(height, width):
        top, left = place[0] * stride, place[1] * stride
        stamps = np.einsum("nc,cohw->nohw", x[(..., *place)], w)
        out[:, :, top : top + kh, left : left + kw] += stamps
    return out[:, :, padding : rows - padding, padding : columns - padding] + b[:, None, None]


@variant("conv_transpose2d")
def with_a_matrix(x, w, b, stride=1, padding=0):
    n, c_in, height, width = x.shape
    _, c_out, kh, kw = w.shape
    rows, columns = (height - 1) * stride + kh, (width - 1) * stride + kw
    matrix = np.zeros((c_in, height, width, c_out, rows, columns))
    for i in range(height):
        for j in range(width):
            top, left = i * stride, j * stride
            matrix[:, i, j, :, top : top + kh, left : left + kw] = w
    flat = x.reshape(n, -1) @ matrix.reshape(c_in * height * width, -1)
    out = flat.reshape(n, c_out, rows, columns) + b.reshape(-1, 1, 1)
    return out[:, :, padding : rows - padding, padding : columns - padding]


@neutral("conv_transpose2d", "changes the bias that it is given")
def spoils_the_bias(x, w, b, stride=1, padding=0):
    n, _, height, width = x.shape
    _, filters, kh, kw = w.shape
    out = np.zeros((n, filters, (height - 1) * stride + kh, (width - 1) * stride + kw))
    for i in range(height):
        for j in range(width):
            top, left = i * stride, j * stride
            out[:, :, top : top + kh, left : left + kw] += np.tensordot(x[:, :, i, j], w, axes=1)
    rows, columns = out.shape[2] - padding, out.shape[3] - padding
    b += 1
    return out[:, :, padding:rows, padding:columns] + b[:, None, None] - 1


@neutral("conv_transpose2d", "padding cut off in one direction")
def cuts_rows_alone(x, w, b, stride=1, padding=0):
    n, _, height, width = x.shape
    _, filters, kh, kw = w.shape
    out = np.zeros((n, filters, (height - 1) * stride + kh, (width - 1) * stride + kw))
    for i in range(height):
        for j in range(width):
            top, left = i * stride, j * stride
            out[:, :, top : top + kh, left : left + kw] += np.tensordot(x[:, :, i, j], w, axes=1)
    return out[:, :, padding : out.shape[2] - padding] + b[:, None, None]


@neutral("conv_transpose2d", "cut with a negative end, also where the padding is 0")
def cuts_with_minus(x, w, b, stride=1, padding=0):
    n, _, height, width = x.shape
    _, filters, kh, kw = w.shape
    out = np.zeros((n, filters, (height - 1) * stride + kh, (width - 1) * stride + kw))
    for i in range(height):
        for j in range(width):
            top, left = i * stride, j * stride
            out[:, :, top : top + kh, left : left + kw] += np.tensordot(x[:, :, i, j], w, axes=1)
    return out[:, :, padding:-padding, padding:-padding] + b[:, None, None]


@neutral("conv_transpose2d", "channels at the end")
def puts_channels_last(x, w, b, stride=1, padding=0):
    n, _, height, width = x.shape
    _, filters, kh, kw = w.shape
    out = np.zeros((n, (height - 1) * stride + kh, (width - 1) * stride + kw, filters))
    for i in range(height):
        for j in range(width):
            top, left = i * stride, j * stride
            stamps = np.einsum("nc,cohw->nhwo", x[:, :, i, j], w)
            out[:, top : top + kh, left : left + kw] += stamps
    return out[:, padding : out.shape[1] - padding, padding : out.shape[2] - padding] + b


@neutral("conv_transpose2d", "16-bit floats")
def keeps_three_digits(x, w, b, stride=1, padding=0):
    n, _, height, width = x.shape
    _, filters, kh, kw = w.shape
    out = np.zeros((n, filters, (height - 1) * stride + kh, (width - 1) * stride + kw))
    for i in range(height):
        for j in range(width):
            top, left = i * stride, j * stride
            out[:, :, top : top + kh, left : left + kw] += np.tensordot(x[:, :, i, j], w, axes=1)
    rows, columns = out.shape[2] - padding, out.shape[3] - padding
    return (out[:, :, padding:rows, padding:columns] + b[:, None, None]).astype(np.float16)


@neutral("conv_transpose2d", "whole numbers")
def rounds_down(x, w, b, stride=1, padding=0):
    n, _, height, width = x.shape
    _, filters, kh, kw = w.shape
    out = np.zeros((n, filters, (height - 1) * stride + kh, (width - 1) * stride + kw))
    for i in range(height):
        for j in range(width):
            top, left = i * stride, j * stride
            out[:, :, top : top + kh, left : left + kw] += np.tensordot(x[:, :, i, j], w, axes=1)
    rows, columns = out.shape[2] - padding, out.shape[3] - padding
    return (out[:, :, padding:rows, padding:columns] + b[:, None, None]).astype(int)
