"""Mini-batches: how they are drawn, and how their gradients add up."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import torch

from course_utils.checks.core import Call, Exercise, Misconception, ValueCase, call
from course_utils.checks.core.draws import each, quarters
from course_utils.checks.core.rules import NUMPY_ARITHMETIC
from course_utils.checks.core.tensors import doubles

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
    many = n >= ENOUGH and batch_size < n
    return {
        "sizes of the batches": [len(batch) for batch in first],
        "only indices from 0 to n − 1": all(0 <= index < n for index in flat),
        "no index twice": max(times.values(), default=1) == 1,
        "shuffled": not many or flat != sorted(flat),
        "neighbours are torn apart": not any(_neighbours(batch, n) for batch in first),
        "the next epoch has another order": not many or first != second,
        "the same rng gives the same batches": first == again,
    }


def _drawn(student: Callable, n: int, batch_size: int, rng: np.random.Generator) -> list[list[int]]:
    batches = [np.asarray(batch) for batch in student(n, batch_size, rng)]
    for batch in batches:
        if batch.ndim != 1 or batch.dtype.kind not in "iu":
            raise TypeError(
                "a batch must be an array of whole numbers with one axis, but one is"
                f" {batch.dtype} of shape {batch.shape}"
            )
    return [batch.tolist() for batch in batches]


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
        *("only indices from 0 to n − 1", "no index twice", "shuffled"),
        *("neighbours are torn apart", "the next epoch has another order"),
        "the same rng gives the same batches",
    )
    return {"sizes of the batches": [len(batch) for batch in sampler]} | dict.fromkeys(laws, True)


def _but(**changes: Any) -> Callable[..., Facts]:
    """The truth with some facts changed; `sizes` is a function of n and batch_size."""
    names = {
        "inside": "only indices from 0 to n − 1",
        "once": "no index twice",
        "shuffled": "shuffled",
        "torn": "neighbours are torn apart",
        "anew": "the next epoch has another order",
        "follows": "the same rng gives the same batches",
    }

    def computes(n: int, batch_size: int, seed: int) -> Facts:
        if n < ENOUGH:
            raise ValueError("too few indices to tell ideas apart")
        facts = _right(n, batch_size, seed) | {
            names[key]: value for key, value in changes.items() if key in names
        }
        facts[names["torn"]] |= not _tells_blocks(batch_size, n)
        if "sizes" in changes:
            facts["sizes of the batches"] = changes["sizes"](facts["sizes of the batches"])
        return facts

    return computes


def _cohorts(rng: np.random.Generator) -> Iterator[Call]:
    for batch_size in (5, 8, 16, 31):
        yield call(int(rng.integers(40, 90)), batch_size, int(rng.integers(1000)))


minibatches = Exercise(
    name="minibatches",
    points=3,
    oracle=_right,
    observe=_facts,
    rules=(NUMPY_ARITHMETIC,),
    cases=(
        ValueCase("10 patients in batches of 4", call(10, 4, 0)),
        ValueCase("batches that divide", (call(48, 8, 1), call(60, 10, 2))),
        ValueCase("a smaller last batch", (call(50, 8, 3), call(49, 9, 4))),
        ValueCase("one by one, and all at once", (call(40, 1, 5), call(40, 40, 6))),
        ValueCase(
            "fewer patients than a batch, one, none", (call(3, 8, 7), call(1, 1, 8), call(0, 4, 9))
        ),
        ValueCase("random sizes", _cohorts, weight=2),
    ),
    misconceptions=(
        Misconception(
            "not shuffled",
            "Your batches come in the order of the archive, the same in every epoch. Shuffle all "
            "indices first.",
            _but(shuffled=False, anew=False, torn=False),
        ),
        Misconception(
            "neighbours stay together",
            "Your batches are blocks of neighbours: only whole blocks, or the insides of blocks, "
            "are shuffled. Films that were taken one after the other are alike, so shuffle all "
            "indices before you cut.",
            _but(torn=False),
        ),
        Misconception(
            "drawn with replacement",
            "Some indices come twice, so others are missing in this epoch. Shuffle the indices "
            "instead of drawing each one anew.",
            _but(once=False),
        ),
        Misconception(
            "last batch dropped",
            "Your last, smaller batch is missing: those patients are not seen in this epoch.",
            _but(sizes=lambda sizes: [size for size in sizes if size == sizes[0]]),
        ),
        Misconception(
            "last batch filled up",
            "Your last batch is filled up with indices that came before. Each index comes exactly "
            "once, so the last batch may be smaller.",
            _but(once=False, sizes=lambda sizes: [sizes[0]] * len(sizes)),
        ),
        Misconception(
            "another source of chance",
            "Your batches do not follow the generator that is given: the same rng gave other "
            "batches. Use rng for all that is random, then a training can be repeated.",
            _but(follows=False),
        ),
        Misconception(
            "the same order in every epoch",
            "Your order is the same in every epoch: you make a generator of your own, which "
            "starts anew each time. Use the rng that is given.",
            _but(anew=False),
        ),
        Misconception(
            "counted from 1",
            "Your indices go from 1 to n. In Python the first patient is 0, and n is one too many.",
            _but(inside=False),
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


def _accumulated(student: Callable, X, y, w, batches: list[np.ndarray]) -> Facts:
    grad_fn = MeanGradient(X, y, w)
    gradient = student(grad_fn, batches)
    return {
        "the gradient": gradient,
        "never more than a batch in one call": grad_fn.most <= max(map(len, batches)),
    }


def _of_all(X, y, w, batches: list[np.ndarray]) -> Facts:
    """The gradient of all samples at once, which the batches must add up to."""
    return {
        "the gradient": MeanGradient(X, y, w)(np.concatenate(batches)),
        "never more than a batch in one call": True,
    }


def _combined(weigh: Callable[[np.ndarray], np.ndarray]) -> Callable[..., Facts]:
    """The batches' gradients, each multiplied with a weight of its own, and added up."""

    def computes(X, y, w, batches: list[np.ndarray]) -> Facts:
        each = np.stack([MeanGradient(X, y, w)(batch) for batch in batches])
        weights = weigh(np.array([len(batch) for batch in batches], dtype=float))
        return _of_all(X, y, w, batches) | {"the gradient": weights @ each}

    return computes


def _all_at_once(X, y, w, batches: list[np.ndarray]) -> Facts:
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
    rules=(NUMPY_ARITHMETIC,),
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
            "as much as a large one: weigh each by its number of samples.",
            _combined(lambda sizes: np.full(len(sizes), 1 / len(sizes))),
        ),
        Misconception(
            "sum of the means",
            "Your result is the sum of the batches' gradients: with 8 batches the step is 8 times "
            "too long. (In PyTorch, `backward` adds up like this: divide each loss first.)",
            _combined(np.ones_like),
        ),
        Misconception(
            "not divided at the end",
            "Your result is the sum over all samples. Divide by their number to get a mean.",
            _combined(lambda sizes: sizes),
        ),
        Misconception(
            "divided by the number of batches",
            "Your sum is weighted with the batches' sizes, so it must be divided by the number of "
            "samples, not of batches.",
            _combined(lambda sizes: sizes / len(sizes)),
        ),
        Misconception(
            "only the last batch",
            "Your result is the gradient of the last batch. Add up, do not overwrite.",
            _combined(lambda sizes: np.eye(len(sizes))[-1]),
        ),
        Misconception(
            "all at once",
            "The number is right, but you asked for the gradient of all samples at once. That is "
            "what does not fit into memory: ask batch by batch.",
            _all_at_once,
        ),
    ),
)
