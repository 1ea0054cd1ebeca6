"""Sample answers to `num_batches`."""

import numpy as np

from course_utils.authoring.answers import variant, wrong

SURVIVORS = {
    (
        "num_batches: return full if drop_last or rest == 0 else full + 1 -> "
        "return full if drop_last or rest <= 0 else full + 1"
    ): "a remainder is never negative",
}


@wrong("num_batches", "last batch forgotten")
def batches_rounded_down(n, batch_size, drop_last=False):
    return n // batch_size


@wrong("num_batches", "drop_last ignored")
def batches_never_dropped(n, batch_size, drop_last=False):
    return -(-n // batch_size)


@wrong("num_batches", "always one more")
def batches_plus_one(n, batch_size, drop_last=False):
    return n // batch_size if drop_last else n // batch_size + 1


@wrong("num_batches", "rounded")
def batches_to_the_nearest(n, batch_size, drop_last=False):
    return n // batch_size if drop_last else round(n / batch_size)


@wrong("num_batches", "not whole")
def batches_in_parts(n, batch_size, drop_last=False):
    return n / batch_size


@wrong("num_batches", "drop_last upside down")
def batches_upside_down(n, batch_size, drop_last=False):
    return -(-n // batch_size) if drop_last else n // batch_size


@variant("num_batches")
def batches_by_ceil(n, batch_size, drop_last=False):
    return n // batch_size if drop_last else int(np.ceil(n / batch_size))


@variant("num_batches")
def batches_with_remainder(n, batch_size, drop_last=False):
    full, rest = divmod(n, batch_size)
    return full + (1 if rest and not drop_last else 0)


@variant("num_batches")
def batches_counted(n, batch_size, drop_last=False):
    count = 0
    while n >= batch_size or (n > 0 and not drop_last):
        count, n = count + 1, n - batch_size
    return count
