"""Sample answers to `accumulate_gradients`."""

import numpy as np

from course_utils.authoring.answers import variant, wrong


@wrong("accumulate_gradients", "mean of the means")
def averages_means(grad_fn, batches):
    return np.mean([grad_fn(batch) for batch in batches], axis=0)


@wrong("accumulate_gradients", "sum of the means")
def adds_means(grad_fn, batches):
    return sum(grad_fn(batch) for batch in batches)


@wrong("accumulate_gradients", "not divided at the end")
def adds_sums(grad_fn, batches):
    return sum(len(batch) * grad_fn(batch) for batch in batches)


@wrong("accumulate_gradients", "divided by the number of batches")
def divides_by_batches(grad_fn, batches):
    return sum(len(batch) * grad_fn(batch) for batch in batches) / len(batches)


@wrong("accumulate_gradients", "only the last batch")
def overwrites(grad_fn, batches):
    for batch in batches:
        total = grad_fn(batch)
    return total


@wrong("accumulate_gradients", "all at once")
def asks_for_all(grad_fn, batches):
    return grad_fn(np.concatenate(batches))


@variant("accumulate_gradients")
def with_numpy_average(grad_fn, batches):
    each = np.stack([grad_fn(batch) for batch in batches])
    return np.average(each, axis=0, weights=[len(batch) for batch in batches])


@variant("accumulate_gradients")
def running_mean(grad_fn, batches):
    mean, seen = 0.0, 0
    for batch in batches:
        seen += len(batch)
        mean = mean + (grad_fn(batch) - mean) * len(batch) / seen
    return mean


@variant("accumulate_gradients")
def shares(grad_fn, batches):
    n = sum(batch.size for batch in batches)
    return sum((batch.size / n) * grad_fn(batch) for batch in batches)


@variant("accumulate_gradients")
def one_by_one(grad_fn, batches):
    each = [grad_fn(np.array([index])) for batch in batches for index in batch]
    return np.mean(each, axis=0)
