"""Sample answers to `transposed_output_size`."""

from course_utils.authoring.answers import neutral, variant, wrong


@wrong("transposed_output_size", "size of a convolution")
def goes_forward(n, k, p=0, s=1, d=1, output_padding=0):
    if output_padding >= max(s, d):
        raise ValueError("too much output padding")
    size = (n + 2 * p - d * (k - 1) - 1) // s + 1
    if size < 1:
        raise ValueError("nothing left")
    return size


@wrong("transposed_output_size", "padding once")
def pads_once(n, k, p=0, s=1, d=1, output_padding=0):
    size = (n - 1) * s - p + d * (k - 1) + output_padding + 1
    if output_padding >= max(s, d) or size < 1:
        raise ValueError("no such layer")
    return size


@wrong("transposed_output_size", "padding ignored")
def forgets_padding(n, k, p=0, s=1, d=1, output_padding=0):
    if output_padding >= max(s, d):
        raise ValueError("too much output padding")
    return (n - 1) * s + d * (k - 1) + output_padding + 1


@wrong("transposed_output_size", "padding added")
def adds_padding(n, k, p=0, s=1, d=1, output_padding=0):
    if output_padding >= max(s, d):
        raise ValueError("too much output padding")
    return (n - 1) * s + 2 * p + d * (k - 1) + output_padding + 1


@wrong("transposed_output_size", "output padding ignored")
def forgets_output_padding(n, k, p=0, s=1, d=1, output_padding=0):
    size = (n - 1) * s - 2 * p + d * (k - 1) + 1
    if output_padding >= max(s, d) or size < 1:
        raise ValueError("no such layer")
    return size


@wrong("transposed_output_size", "output padding on both ends")
def doubles_output_padding(n, k, p=0, s=1, d=1, output_padding=0):
    size = (n - 1) * s - 2 * p + d * (k - 1) + 2 * output_padding + 1
    if output_padding >= max(s, d) or size < 1:
        raise ValueError("no such layer")
    return size


@wrong("transposed_output_size", "dilation ignored")
def forgets_dilation(n, k, p=0, s=1, d=1, output_padding=0):
    size = (n - 1) * s - 2 * p + (k - 1) + output_padding + 1
    if output_padding >= max(s, d):
        raise ValueError("too much output padding")
    if size < 1:
        raise ValueError("nothing left")
    return size


@wrong("transposed_output_size", "kernel d times k")
def counts_a_last_gap(n, k, p=0, s=1, d=1, output_padding=0):
    size = (n - 1) * s - 2 * p + d * k + output_padding + 1
    if output_padding >= max(s, d) or size < 1:
        raise ValueError("no such layer")
    return size


@wrong("transposed_output_size", "n steps for n − 1")
def counts_pixels(n, k, p=0, s=1, d=1, output_padding=0):
    size = n * s - 2 * p + d * (k - 1) + output_padding + 1
    if output_padding >= max(s, d) or size < 1:
        raise ValueError("no such layer")
    return size


@wrong("transposed_output_size", "the plus one forgotten")
def counts_steps(n, k, p=0, s=1, d=1, output_padding=0):
    size = (n - 1) * s - 2 * p + d * (k - 1) + output_padding
    if output_padding >= max(s, d) or size < 0:
        raise ValueError("no such layer")
    return size


@wrong("transposed_output_size", "stride ignored")
def forgets_stride(n, k, p=0, s=1, d=1, output_padding=0):
    if output_padding >= max(s, d):
        raise ValueError("too much output padding")
    return (n - 1) - 2 * p + d * (k - 1) + output_padding + 1


@variant("transposed_output_size")
def with_an_effective_kernel(n, k, p=0, s=1, d=1, output_padding=0):
    if not output_padding < max(s, d):
        raise ValueError("output padding must be below stride or dilation")
    reach = (k - 1) * d + 1
    size = s * (n - 1) + reach + output_padding - 2 * p
    if size <= 0:
        raise ValueError("nothing is left")
    return size


@variant("transposed_output_size")
def by_placing_kernels(n, k, p=0, s=1, d=1, output_padding=0):
    last = max(i * s + j * d for i in range(n) for j in range(k))
    size = last + 1 + output_padding - 2 * p
    if size < 1 or (output_padding >= s and output_padding >= d):
        raise ValueError("no such layer")
    return size


@variant("transposed_output_size")
def by_turning_the_formula(n, k, p=0, s=1, d=1, output_padding=0):
    if output_padding >= max(s, d):
        raise ValueError("output padding is too large")
    size = 1
    while size + 2 * p - d * (k - 1) - 1 < (n - 1) * s + output_padding:
        size += 1
    if size + 2 * p - d * (k - 1) - 1 != (n - 1) * s + output_padding:
        raise ValueError("nothing is left")
    return size


@variant("transposed_output_size")
def in_steps(n, k, p=0, s=1, d=1, output_padding=0):
    if s <= output_padding and d <= output_padding:
        raise ValueError("output padding is too large")
    size = 1
    size += (n - 1) * s
    size += (k - 1) * d
    size += output_padding
    size -= p + p
    if size < 1:
        raise ValueError("nothing is left")
    return int(size)


@neutral("transposed_output_size", "no refusals")
def never_refuses(n, k, p=0, s=1, d=1, output_padding=0):
    return (n - 1) * s - 2 * p + d * (k - 1) + output_padding + 1


@neutral("transposed_output_size", "a float")
def gives_a_float(n, k, p=0, s=1, d=1, output_padding=0):
    size = (n - 1) * s - 2 * p + d * (k - 1) + output_padding + 1
    if output_padding >= max(s, d) or size < 1:
        raise ValueError("no such layer")
    return float(size)


@neutral("transposed_output_size", "None for what is refused")
def gives_none(n, k, p=0, s=1, d=1, output_padding=0):
    size = (n - 1) * s - 2 * p + d * (k - 1) + output_padding + 1
    return None if output_padding >= max(s, d) or size < 1 else size


@neutral("transposed_output_size", "dilation not taken for the bound of the output padding")
def bounds_by_the_stride(n, k, p=0, s=1, d=1, output_padding=0):
    size = (n - 1) * s - 2 * p + d * (k - 1) + output_padding + 1
    if output_padding >= s or size < 1:
        raise ValueError("no such layer")
    return size


@neutral("transposed_output_size", "a size of 0 is taken")
def takes_nothing(n, k, p=0, s=1, d=1, output_padding=0):
    size = (n - 1) * s - 2 * p + d * (k - 1) + output_padding + 1
    if output_padding >= max(s, d) or size < 0:
        raise ValueError("no such layer")
    return size


@neutral("transposed_output_size", "output padding times the stride")
def strides_output_padding(n, k, p=0, s=1, d=1, output_padding=0):
    size = (n - 1 + output_padding) * s - 2 * p + d * (k - 1) + 1
    if output_padding >= max(s, d) or size < 1:
        raise ValueError("no such layer")
    return size
