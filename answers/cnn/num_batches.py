"""Sample answers to `num_batches`."""

import numpy as np
from torch.utils.data import DataLoader

from course_utils.authoring.answers import neutral, variant, wrong

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


@wrong("num_batches", "images left over")
def batches_from_the_remainder(n, batch_size, drop_last=False):
    return n % batch_size


@wrong("num_batches", "last batch forgotten")
def batches_cut_off(n, batch_size, drop_last=False):
    return int(n / batch_size)


@wrong("num_batches", "drop_last ignored")
def batches_stepped_through(n, batch_size, drop_last=False):
    return len(range(0, n, batch_size))


@wrong("num_batches", "drop_last upside down")
def batches_with_the_branches_exchanged(n, batch_size, drop_last=False):
    if not drop_last:
        return n // batch_size
    return (n + batch_size - 1) // batch_size


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


@variant("num_batches")
def batches_by_padding(n, batch_size, drop_last=False):
    return (n if drop_last else n + batch_size - 1) // batch_size


@variant("num_batches")
def batches_of_a_loader(n, batch_size, drop_last=False):
    return len(DataLoader(range(n), batch_size=batch_size, drop_last=drop_last))


@neutral("num_batches", "a float")
def batches_as_floats(n, batch_size, drop_last=False):
    return float(n // batch_size) if drop_last else float(np.ceil(n / batch_size))


@neutral("num_batches", "no image makes a batch")
def batches_at_least_one(n, batch_size, drop_last=False):
    return max(1, n // batch_size) if drop_last else max(1, -(-n // batch_size))


@neutral("num_batches", "one batch more for one image")
def batches_off_at_one_image(n, batch_size, drop_last=False):
    full, rest = divmod(n, batch_size)
    return full if drop_last or rest <= 1 else full + 1


@neutral("num_batches", "refuses what the last batch does not fill")
def batches_that_insist(n, batch_size, drop_last=False):
    if n % batch_size:
        raise ValueError("the last batch is smaller")
    return n // batch_size


@neutral("num_batches", "a text")
def batches_as_text(n, batch_size, drop_last=False):
    return str(n // batch_size if drop_last else -(-n // batch_size))
