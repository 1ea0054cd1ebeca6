"""Sample answers to `conv_output_size`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong


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


@wrong("conv_output_size", "padding ignored")
def never_pads(n, k, p=0, s=1, d=1):
    reach = d * (k - 1) + 1
    if reach > n + 2 * p:
        raise ValueError("the kernel does not fit")
    return (n - reach) // s + 1


@wrong("conv_output_size", "plus one before the division")
def misplaces_its_brackets(n, k, p=0, s=1, d=1):
    if d * (k - 1) + 1 > n + 2 * p:
        raise ValueError("the kernel does not fit")
    return (n + 2 * p - d * (k - 1) - 1 + 1) // s


@wrong("conv_output_size", "kernel one too small")
def forgets_its_own_place(n, k, p=0, s=1, d=1):
    reach = d * (k - 1)
    if reach + 1 > n + 2 * p:
        raise ValueError("the kernel does not fit")
    return (n + 2 * p - reach) // s + 1


@wrong("conv_output_size", "ceiling")
def uses_numpys_ceiling(n, k, p=0, s=1, d=1):
    room = n + 2 * p - d * (k - 1) - 1
    if room < 0:
        raise ValueError("the kernel does not fit")
    return int(np.ceil(room / s)) + 1


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


@variant("conv_output_size")
def slides_a_window(n, k, p=0, s=1, d=1):
    width = n + 2 * p
    start, places = 0, 0
    while start + d * (k - 1) < width:
        places += 1
        start += s
    if places == 0:
        raise ValueError("the kernel is larger than the input")
    return places


@neutral("conv_output_size", "a float")
def returns_float(n, k, p=0, s=1, d=1):
    if d * (k - 1) + 1 > n + 2 * p:
        raise ValueError("the kernel does not fit")
    return np.floor((n + 2 * p - d * (k - 1) - 1) / s) + 1


@neutral("conv_output_size", "without refusals")
def never_refuses(n, k, p=0, s=1, d=1):
    return (n + 2 * p - d * (k - 1) - 1) // s + 1


@neutral("conv_output_size", "0 for a refusal")
def says_zero(n, k, p=0, s=1, d=1):
    return max(0, (n + 2 * p - d * (k - 1) - 1) // s + 1)


@neutral("conv_output_size", "refuses a kernel that just fits")
def refuses_too_early(n, k, p=0, s=1, d=1):
    reach = d * (k - 1) + 1
    if reach >= n + 2 * p:
        raise ValueError("the kernel does not fit")
    return (n + 2 * p - reach) // s + 1


@neutral("conv_output_size", "rounds to the nearest")
def rounds_to_nearest(n, k, p=0, s=1, d=1):
    room = n + 2 * p - d * (k - 1) - 1
    if room < 0:
        raise ValueError("the kernel does not fit")
    return round(room / s) + 1


@neutral("conv_output_size", "another exception")
def raises_an_assertion(n, k, p=0, s=1, d=1):
    assert d * (k - 1) + 1 <= n + 2 * p
    return (n + 2 * p - d * (k - 1) - 1) // s + 1
