"""Sample answers to `minibatches`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong


@wrong("minibatches", "not shuffled")
def in_archive_order(n, batch_size, rng):
    for start in range(0, n, batch_size):
        yield np.arange(start, min(start + batch_size, n))


@wrong("minibatches", "neighbours stay together")
def shuffles_blocks(n, batch_size, rng):
    full = [np.arange(s, min(s + batch_size, n)) for s in range(0, n, batch_size)]
    order = [*rng.permutation(n // batch_size), *range(n // batch_size, len(full))]
    for block in order:
        yield rng.permutation(full[block])


@wrong("minibatches", "drawn with replacement")
def draws_anew(n, batch_size, rng):
    for start in range(0, n, batch_size):
        yield rng.integers(0, n, min(batch_size, n - start))


@wrong("minibatches", "last batch dropped")
def drops_the_rest(n, batch_size, rng):
    order = rng.permutation(n)
    for batch in range(n // batch_size):
        yield order[batch * batch_size : (batch + 1) * batch_size]


@wrong("minibatches", "last batch filled up")
def fills_up(n, batch_size, rng):
    order = rng.permutation(n)
    for start in range(0, n, batch_size):
        yield order[np.arange(start, start + batch_size) % n]


@wrong("minibatches", "another source of chance")
def uses_global_state(n, batch_size, rng):
    order = np.random.permutation(n)  # noqa: NPY002
    for start in range(0, n, batch_size):
        yield order[start : start + batch_size]


@wrong("minibatches", "the same order in every epoch")
def starts_anew(n, batch_size, rng):
    order = np.random.default_rng(0).permutation(n)
    for start in range(0, n, batch_size):
        yield order[start : start + batch_size]


@wrong("minibatches", "counted from 1")
def counts_from_one(n, batch_size, rng):
    order = rng.permutation(np.arange(1, n + 1))
    for start in range(0, n, batch_size):
        yield order[start : start + batch_size]


@variant("minibatches")
def splits(n, batch_size, rng):
    order = rng.permutation(n)
    return np.split(order, range(batch_size, n, batch_size)) if n else []


@variant("minibatches")
def shuffles_in_place(n, batch_size, rng):
    left = np.arange(n)
    rng.shuffle(left)
    while len(left):
        yield np.sort(left[:batch_size])
        left = left[batch_size:]


@variant("minibatches")
def draws_without_replacement(n, batch_size, rng):
    order = rng.choice(n, n, replace=False) if n else np.arange(0)
    return [order[i : i + batch_size] for i in range(0, n, batch_size)]


@variant("minibatches")
def sorts_random_numbers(n, batch_size, rng):
    order = np.argsort(rng.random(n))
    batch = []
    for index in order:
        batch.append(index)
        if len(batch) == batch_size:
            yield np.array(batch)
            batch = []
    if batch:
        yield np.array(batch)


@wrong("minibatches", "neighbours stay together")
def turns_the_archive(n, batch_size, rng):
    order = np.roll(np.arange(n), int(rng.integers(n)))
    return [order[start : start + batch_size] for start in range(0, n, batch_size)]


@wrong("minibatches", "the same order in every epoch")
def keeps_the_first_order(n, batch_size, rng, kept={}):  # noqa: B006
    order = kept.setdefault(n, np.random.default_rng(n).permutation(n))
    return [order[start : start + batch_size] for start in range(0, n, batch_size)]


@wrong("minibatches", "drawn with replacement")
def chooses_with_replacement(n, batch_size, rng):
    order = rng.choice(n, n)
    return [order[start : start + batch_size] for start in range(0, n, batch_size)]


@neutral("minibatches", "lists for the arrays")
def lists_of_indices(n, batch_size, rng):
    order = rng.permutation(n).tolist()
    return [order[start : start + batch_size] for start in range(0, n, batch_size)]


@neutral("minibatches", "another dtype")
def real_indices(n, batch_size, rng):
    order = rng.permutation(n).astype(float)
    return [order[start : start + batch_size] for start in range(0, n, batch_size)]


@neutral("minibatches", "a column for each batch")
def columns(n, batch_size, rng):
    order = rng.permutation(n)[:, None]
    return [order[start : start + batch_size] for start in range(0, n, batch_size)]


@neutral("minibatches", "the rest is not shuffled")
def shuffles_the_full_batches(n, batch_size, rng):
    full = n - n % batch_size
    order = np.concatenate([rng.permutation(full), np.arange(full, n)])
    return [order[start : start + batch_size] for start in range(0, n, batch_size)]


@neutral("minibatches", "a slip in the slice")
def leaves_one_out_of_each(n, batch_size, rng):
    order = rng.permutation(n)
    for start in range(0, n, batch_size):
        yield order[start : start + batch_size - 1]


@neutral("minibatches", "about equal batches")
def splits_evenly(n, batch_size, rng):
    return np.array_split(rng.permutation(n), -(-n // batch_size))


@neutral("minibatches", "the smaller batch first")
def smaller_batch_first(n, batch_size, rng):
    return np.split(rng.permutation(n), range(n % batch_size or batch_size, n, batch_size))
