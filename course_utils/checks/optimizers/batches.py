"""Mini-batches: how they are drawn, and how their gradients add up."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import torch

from course_utils.checks.core import (
    Call,
    Exercise,
    Misconception,
    PropertyCase,
    ValueCase,
    call,
)
from course_utils.checks.core.calls import Unusable
from course_utils.checks.core.draws import each, quarters
from course_utils.checks.core.tensors import doubles
from course_utils.checks.core.values import kind_of

# ------------------------------------------------------------------ minibatches

ENOUGH = 24
"""Indices from which no accident looks like order."""

BLOCK = 8
"""Samples in a batch from which neighbours do not come together by accident."""

Facts = dict[str, Any]


def _facts(student: Callable, n: int, batch_size: int, seed: int) -> Facts:
    """What the batches are like, however they were drawn."""
    rng = np.random.default_rng(seed)
    first = _drawn(student, n, batch_size, rng)
    second = _drawn(student, n, batch_size, rng)
    again = _drawn(student, n, batch_size, np.random.default_rng(seed))
    flat = [index for batch in first for index in batch]
    times = Counter(flat)
    lowest, highest = min(flat, default=0), max(flat, default=-1)
    many = n >= ENOUGH and batch_size < n
    return {
        "sizes of the batches": [len(batch) for batch in first],
        "the indices": "0 to n − 1" if lowest >= 0 and highest < n else _span(lowest, highest, n),
        "no index twice": max(times.values(), default=1) == 1,
        "shuffled": not many or flat != sorted(flat),
        "neighbours are torn apart": not any(_neighbours(batch, n) for batch in first),
        "the next epoch has another order": not many or first != second,
        "the same rng gives the same batches": first == again,
    }


def _span(lowest: int, highest: int, n: int) -> str:
    """The smallest and the largest index, in words."""
    return f"{lowest} to {highest}" if (lowest, highest) != (1, n) else "1 to n"


def _drawn(student: Callable, n: int, batch_size: int, rng: np.random.Generator) -> list[list[int]]:
    batches = list(student(n, batch_size, rng))
    for batch in batches:
        if type(batch) is not np.ndarray:
            raise Unusable(f"each batch must be a NumPy array, but one is {kind_of(batch)}")
        if batch.ndim != 1 or batch.dtype.kind not in "iu":
            raise Unusable(
                "each batch must be an array of whole numbers with one axis, but one is"
                f" {batch.dtype} of shape {batch.shape}"
            )
    return [batch.tolist() for batch in batches]


EPOCHS = 110
"""So many that no place stays empty by accident: 10 · 0.8 to the power 110 is below 1e-9."""


def _everywhere(student: Callable, n: int, batch_size: int, seed: int) -> str:
    """Over many epochs each index comes into each batch."""
    rng = np.random.default_rng(seed)
    epochs = [_drawn(student, n, batch_size, rng) for _ in range(EPOCHS)]
    for at, batches in enumerate(zip(*epochs, strict=True), start=1):
        missing = set(range(n)) - {index for batch in batches for index in batch}
        if missing:
            return (
                f"in {EPOCHS} epochs index {min(missing)} never came into batch {at}: "
                "every order must be possible"
            )
    return ""


def _tells_blocks(batch_size: int, n: int) -> bool:
    """Whether a batch of this size shows if it is a block of neighbours."""
    return BLOCK <= batch_size <= n // 2


def _neighbours(batch: list[int], n: int) -> bool:
    """Whether a batch is a run of indices that follow each other, in any order."""
    return _tells_blocks(len(batch), n) and np.ptp(np.sort(batch) - np.arange(len(batch))) == 0


def _right(n: int, batch_size: int, seed: int) -> Facts:
    """What is true of PyTorch's own random batches."""
    sampler = torch.utils.data.BatchSampler(range(n), batch_size, drop_last=False)
    laws = (
        *("no index twice", "shuffled", "neighbours are torn apart"),
        *("the next epoch has another order", "the same rng gives the same batches"),
    )
    sizes = [len(batch) for batch in sampler]
    return {"sizes of the batches": sizes, "the indices": "0 to n − 1"} | dict.fromkeys(laws, True)


def _but(facts: Callable[[int, int], Facts]) -> Callable[..., Facts]:
    """The truth with other facts, of n and batch_size, where there are enough indices to tell."""

    def computes(n: int, batch_size: int, seed: int) -> Facts:
        if n < ENOUGH:
            raise ValueError("too few indices to tell ideas apart")
        return _right(n, batch_size, seed) | facts(n, batch_size)

    return computes


def _same_order(n: int, batch_size: int) -> Facts:
    return {"the next epoch has another order": batch_size == n}


def _together(n: int, batch_size: int) -> Facts:
    return {"neighbours are torn apart": not _tells_blocks(batch_size, n)}


def _archive_order(n: int, batch_size: int) -> Facts:
    alike = {"shuffled": batch_size == n}
    return alike | _same_order(n, batch_size) | _together(n, batch_size)


def _filled(n: int, batch_size: int) -> Facts:
    sizes = [batch_size] * -(-n // batch_size)
    return {"sizes of the batches": sizes, "no index twice": n % batch_size == 0}


def _cohorts(rng: np.random.Generator) -> Iterator[Call]:
    for batch_size in (5, 8, 16, 31):
        yield call(int(rng.integers(40, 90)), batch_size, int(rng.integers(1000)))


minibatches = Exercise(
    name="minibatches",
    points=3,
    oracle=_right,
    observe=_facts,
    learned="You can now cut an archive into shuffled batches, and repeat a training exactly.",
    cases=(
        ValueCase("the worked example: 10 patients in batches of 4", call(10, 4, 0)),
        ValueCase("batches that divide", (call(48, 8, 1), call(60, 10, 2))),
        ValueCase("a smaller last batch", (call(50, 8, 3), call(49, 9, 4))),
        ValueCase("one by one, and all at once", (call(40, 1, 5), call(40, 40, 6))),
        ValueCase("fewer patients than a batch, and one", (call(3, 8, 7), call(1, 1, 8))),
        ValueCase("random sizes", _cohorts, weight=2),
        PropertyCase("each patient comes into each batch", call(10, 4, 11), law=_everywhere),
    ),
    misconceptions=(
        Misconception(
            "not shuffled",
            "Your batches come in the order of the archive, the same in every epoch.",
            _but(_archive_order),
            look="Shuffle all indices first, with rng.",
        ),
        Misconception(
            "neighbours stay together",
            "Batches of yours are blocks of neighbours: their indices follow each other in the "
            "archive. Films that were taken one after the other are alike.",
            _but(_together),
            look="Shuffle all indices before you cut, not whole blocks or the insides of blocks.",
        ),
        Misconception(
            "drawn with replacement",
            "Some indices come twice, so others are missing in this epoch.",
            _but(lambda n, batch_size: {"no index twice": False}),
            look="Shuffle the indices instead of drawing each batch anew.",
        ),
        Misconception(
            "last batch dropped",
            "Your last, smaller batch is missing: those patients are not seen in this epoch.",
            _but(lambda n, size: {"sizes of the batches": [size] * (n // size)}),
            look="Look at how many batches there are when batch_size does not divide n.",
        ),
        Misconception(
            "last batch filled up",
            "Your last batch is filled up with indices that came before. Each index comes exactly "
            "once.",
            _but(_filled),
            look="The last batch may be smaller.",
        ),
        Misconception(
            "another source of chance",
            "Your batches do not follow the generator that is given: the same rng gave other "
            "batches. A training could not be repeated.",
            _but(lambda n, batch_size: {"the same rng gives the same batches": False}),
            look="Use rng for all that is random.",
        ),
        Misconception(
            "the same order in every epoch",
            "Your order is the same in every epoch.",
            _but(_same_order),
            look="Draw from the rng that is given: one that is made in the function starts anew.",
        ),
        Misconception(
            "counted from 1",
            "Your indices go from 1 to n. In Python the first patient is 0, and n is one too many.",
            _but(lambda n, batch_size: {"the indices": "1 to n"}),
            look="Look at where the indices are made.",
        ),
    ),
)

# ------------------------------------------------------------------ accumulate_gradients


class MeanGradient:
    """The gradient of a mean squared error over chosen rows; it remembers how many they were."""

    def __init__(self, X: np.ndarray, y: np.ndarray, w: np.ndarray) -> None:
        self._rows, self._targets = doubles(X), doubles(y)
        self._weights = doubles(w).requires_grad_()
        self.most = 0

    def __call__(self, indices: np.ndarray) -> np.ndarray:
        """(D,) the gradient of the mean over these rows."""
        chosen = torch.as_tensor(np.array(indices, dtype=np.int64))
        self.most = max(self.most, len(chosen))
        wrong = self._rows[chosen] @ self._weights - self._targets[chosen]
        return torch.autograd.grad(wrong.square().mean(), self._weights)[0].numpy()


def _accumulated(
    student: Callable, X: np.ndarray, y: np.ndarray, w: np.ndarray, batches: list[np.ndarray]
) -> Facts:
    grad_fn = MeanGradient(X, y, w)
    gradient = student(grad_fn, batches)
    return {
        "the gradient": gradient,
        "never more than a batch in one call": grad_fn.most <= max(map(len, batches)),
    }


def _of_all(X: np.ndarray, y: np.ndarray, w: np.ndarray, batches: list[np.ndarray]) -> Facts:
    """The gradient of all samples at once, which the batches must add up to."""
    return {
        "the gradient": MeanGradient(X, y, w)(np.concatenate(batches)),
        "never more than a batch in one call": True,
    }


def _combined(weigh: Callable[[np.ndarray], np.ndarray]) -> Callable[..., Facts]:
    """The batches' gradients, each multiplied with a weight of its own, and added up."""

    def computes(X: np.ndarray, y: np.ndarray, w: np.ndarray, batches: list[np.ndarray]) -> Facts:
        each = np.stack([MeanGradient(X, y, w)(batch) for batch in batches])
        weights = weigh(np.array([len(batch) for batch in batches], dtype=float))
        return _of_all(X, y, w, batches) | {"the gradient": weights @ each}

    return computes


def _without_last(X: np.ndarray, y: np.ndarray, w: np.ndarray, batches: list[np.ndarray]) -> Facts:
    if len(batches) == 1:
        raise ValueError("nothing is left of a single batch")
    return _of_all(X, y, w, batches) | {
        "the gradient": _of_all(X, y, w, batches[:-1])["the gradient"]
    }


def _all_at_once(X: np.ndarray, y: np.ndarray, w: np.ndarray, batches: list[np.ndarray]) -> Facts:
    if len(batches) == 1:
        raise ValueError("a single batch is all samples")
    return _of_all(X, y, w, batches) | {"never more than a batch in one call": False}


def _samples(rng: np.random.Generator, sizes: tuple[int, ...], width: int = 3) -> Call:
    n = sum(sizes)
    batches = np.split(rng.permutation(n), np.cumsum(sizes)[:-1])
    return call(quarters(rng, n, width), quarters(rng, n), quarters(rng, width), batches)


_X, _Y, _W = np.array([[1.0], [1.0], [1.0]]), np.array([0.0, -1.0, 3.0]), np.array([1.0])

accumulate_gradients = Exercise(
    name="accumulate_gradients",
    points=3,
    oracle=_of_all,
    observe=_accumulated,
    learned="You can now make the exact step of a large batch in the memory of a small one.",
    cases=(
        ValueCase(
            "the worked example: batches of 2 and 1",
            call(_X, _Y, _W, [np.array([0, 1]), np.array([2])]),
        ),
        ValueCase("equal batches", each(_samples, call((4, 4, 4)), call((2, 2), 2))),
        ValueCase(
            "unequal batches", each(_samples, call((8, 8, 3)), call((1, 5, 2, 9), 4)), weight=2
        ),
        ValueCase(
            "a single batch, and one by one",
            lambda rng: (_samples(rng, (5,)), _samples(rng, (1,) * 6)),
        ),
    ),
    misconceptions=(
        Misconception(
            "mean of the means",
            "Your result is the plain mean of the batches' gradients. A smaller batch then counts "
            "as much as a large one.",
            _combined(lambda sizes: np.full(len(sizes), 1 / len(sizes))),
            look="Weigh each gradient by its number of samples.",
        ),
        Misconception(
            "sum of the means",
            "Your result is the sum of the batches' gradients: with 8 batches the step is 8 times "
            "too long.",
            _combined(np.ones_like),
            look="In PyTorch, `backward` adds up like this: divide each loss first.",
        ),
        Misconception(
            "not divided at the end",
            "Your result is the sum over all samples, not their mean.",
            _combined(lambda sizes: sizes),
            look="Divide by the number of samples.",
        ),
        Misconception(
            "divided by the number of batches",
            "Your sum is weighted with the batches' sizes, and divided by the number of batches.",
            _combined(lambda sizes: sizes / len(sizes)),
            look="Divide it by the number of samples.",
        ),
        Misconception(
            "only the last batch",
            "Your result is the gradient of the last batch alone.",
            _combined(lambda sizes: np.eye(len(sizes))[-1]),
            look="Add up, do not overwrite.",
        ),
        Misconception(
            "only the first batch",
            "Your result is the gradient of the first batch alone.",
            _combined(lambda sizes: np.eye(len(sizes))[0]),
            look="Does the function return inside its loop?",
        ),
        Misconception(
            "last batch left out",
            "Your result is the mean over all samples but those of the last batch.",
            _without_last,
            look="Look at where the loop ends.",
        ),
        Misconception(
            "all at once",
            "The gradient is right, but you asked for that of all samples at once. That is what "
            "does not fit into memory.",
            _all_at_once,
            look="Ask batch by batch, and combine the answers.",
        ),
    ),
)
