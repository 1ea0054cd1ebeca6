"""Sample answers to `minibatches`."""

import numpy as np

from course_utils.authoring.answers import variant, wrong


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
