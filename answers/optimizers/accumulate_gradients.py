"""Sample answers to `accumulate_gradients`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong


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


@wrong("accumulate_gradients", "only the first batch")
def returns_in_the_loop(grad_fn, batches):
    total, n = 0, 0
    for batch in batches:
        total = total + len(batch) * grad_fn(batch)
        n += len(batch)
        return total / n


@wrong("accumulate_gradients", "last batch left out")
def stops_before_the_last(grad_fn, batches):
    total, n = 0, 0
    for i in range(max(1, len(batches) - 1)):
        total = total + len(batches[i]) * grad_fn(batches[i])
        n += len(batches[i])
    return total / n


@wrong("accumulate_gradients", "mean of the means")
def divides_each_by_their_number(grad_fn, batches):
    total = 0
    for batch in batches:
        total = total + grad_fn(batch) / len(batches)
    return total


@wrong("accumulate_gradients", "all at once")
def asks_for_all_sorted(grad_fn, batches):
    return grad_fn(np.sort(np.hstack(batches)))


@neutral("accumulate_gradients", "a list for the array")
def returns_a_list_of_slopes(grad_fn, batches):
    total = sum(len(batch) * grad_fn(batch) for batch in batches)
    return list(total / sum(map(len, batches)))


@neutral("accumulate_gradients", "batches used up")
def pops_the_batches(grad_fn, batches):
    total, n = 0, 0
    while batches:
        batch = batches.pop()
        total, n = total + len(batch) * grad_fn(batch), n + len(batch)
    return total / n


@neutral("accumulate_gradients", "another dtype")
def accumulates_in_single_precision(grad_fn, batches):
    total = sum(len(batch) * grad_fn(batch) for batch in batches)
    return (total / sum(map(len, batches))).astype(np.float32)


@neutral("accumulate_gradients", "remembers the sum")
def goes_on_adding(grad_fn, batches, kept=[]):  # noqa: B006
    kept.extend((len(batch), grad_fn(batch)) for batch in batches)
    sizes, slopes = zip(*[k for k in kept if k[1].shape == kept[-1][1].shape], strict=True)
    return np.average(slopes, axis=0, weights=sizes)


@neutral("accumulate_gradients", "a slip in the weights")
def weighs_by_the_first(grad_fn, batches):
    n = len(batches[0])
    return sum(n * grad_fn(batch) for batch in batches) / sum(map(len, batches))


@neutral("accumulate_gradients", "a mean over all axes")
def one_number(grad_fn, batches):
    return np.mean([grad_fn(np.array([i])) for batch in batches for i in batch])
