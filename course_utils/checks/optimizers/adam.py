"""Adam: the truth is PyTorch's, with ε beside the root or under it."""

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
import torch
from scipy.signal import lfilter

from course_utils.checks.core import Call, Exercise, Misconception, OneOf, ValueCase, call
from course_utils.checks.core.draws import quarters
from course_utils.checks.core.rules import NUMPY_ARITHMETIC
from course_utils.checks.core.tensors import doubles
from course_utils.checks.core.transforms import changed
from course_utils.checks.optimizers.shared import EPS_FIXED, EPS_FORGOTTEN, follow, layouts

_HERE, _SLOPE = np.array([1.0, -2.0]), np.array([4.0, 2.0])
Moments = tuple[np.ndarray, np.ndarray, np.ndarray]


def _torch(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8) -> Moments:
    """PyTorch's Adam, its memory filled with `m` and `v` after t − 1 steps."""
    end, state = follow(
        partial(torch.optim.Adam, lr=lr, betas=(beta1, beta2), eps=eps),
        w,
        g,
        exp_avg=doubles(m),
        exp_avg_sq=doubles(v),
        step=t - 1,
    )
    return end, state["exp_avg"].numpy(), state["exp_avg_sq"].numpy()


def _averages(g: np.ndarray, start: np.ndarray, beta: float) -> np.ndarray:
    """Exponential averages after each of the rows of `g`: a digital filter of order one."""
    return lfilter([1 - beta], [1, -beta], g, axis=0, zi=beta * start[None])[0]


def _missing(beta: float, at: np.ndarray) -> np.ndarray:
    """The weight of all gradients so far in an average that started at zero."""
    return -np.expm1(at * np.log(beta))


def _nothing(beta: float, at: np.ndarray) -> float:
    return 1.0


def _filtered(
    w: np.ndarray,
    g: np.ndarray,
    m: np.ndarray,
    v: np.ndarray,
    t: int,
    lr: float,
    beta1: float = 0.9,
    beta2: float = 0.999,
    eps: float = 1e-8,
    *,
    divisor: Callable[[np.ndarray, float], np.ndarray] = lambda v, eps: np.sqrt(v + eps),
    pull: Callable[..., np.ndarray] = lambda m, g, corrected: m / corrected,
    corrections: tuple[Callable, Callable] = (_missing, _missing),
) -> Moments:
    """Adam as digital filters; the parts in which wrong ideas differ can be exchanged.

    Args:
        w: weights; the other arguments up to `eps` are the exercise's, `g` as in `follow`.
        g: gradients.
        m: first moment.
        v: second moment.
        t: number of the first step.
        lr: learning rate.
        beta1: how much of m is kept.
        beta2: how much of v is kept.
        eps: small number.
        divisor: of corrected second moments and eps; ε under the root by default.
        pull: of first moments, gradients and the correction.
        corrections: what m and v are divided by, of their beta and the numbers of the steps.
    """
    slopes = doubles(g).numpy().reshape(-1, *w.shape)
    at = (t + np.arange(len(slopes))).reshape(-1, *[1] * w.ndim)
    first, second = _averages(slopes, m, beta1), _averages(slopes**2, v, beta2)
    with np.errstate(divide="ignore", invalid="ignore"):
        root = divisor(second / corrections[1](beta2, at), eps)
        moves = pull(first, slopes, corrections[0](beta1, at)) / root
    return w - lr * moves.sum(axis=0), first[-1], second[-1]


def _placements(**parts: Callable) -> Callable[..., OneOf]:
    """Adam with exchanged parts, for either place of ε."""

    def computes(*args, **kwargs) -> OneOf:
        roots = (lambda v, eps: np.sqrt(v) + eps, lambda v, eps: np.sqrt(v + eps))
        return OneOf(tuple(_filtered(*args, **kwargs, **({"divisor": r} | parts)) for r in roots))

    return computes


def _adam(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8) -> OneOf:
    args = (w, g, m, v, t, lr, beta1, beta2, eps)
    return OneOf((_torch(*args), _filtered(*args)))


def _at_step(change: int) -> Callable[..., OneOf]:
    """The bias correction of a step before or after."""

    def computes(w, g, m, v, t, lr, *rest, **more) -> OneOf:
        return _placements()(w, g, m, v, t + change, lr, *rest, **more)

    return computes


def _returns_corrected(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8) -> OneOf:
    """The corrected moments are given back, so the next step corrects them again."""
    if g.shape != w.shape:
        raise ValueError("the idea is written down for a single step")
    return OneOf(
        tuple(
            (end, first / (1 - beta1**t), second / (1 - beta2**t))
            for end, first, second in _adam(w, g, m, v, t, lr, beta1, beta2, eps).answers
        )
    )


def _walk_adam(student: Callable, w, g, m, v, t, *rest, **more):
    """Where a student's step leads, a gradient after the other, with moments and number."""
    for at, slope in enumerate(g):
        w, m, v = student(w, slope, m, v, t + at, *rest, **more)
    return w, m, v


def _adams(rng: np.random.Generator) -> Iterator[Call]:
    for t, lr, betas in ((1, 0.5, (0.9, 0.999)), (3, 0.1, (0.5, 0.75)), (20, 0.25, (0.8, 0.95))):
        m, v = quarters(rng, 3) + 0.1, np.abs(quarters(rng, 3)) + 0.5
        yield call(quarters(rng, 3), quarters(rng, 3) + 0.1, m, v, t, lr, *betas)


def _adam_layouts(rng: np.random.Generator) -> Iterator[Call]:
    for w, g in layouts(rng):
        yield call(w, g, np.full_like(w, 0.25), np.full_like(w, 0.5), 2, 0.25)


def _adam_walks(rng: np.random.Generator) -> Iterator[Call]:
    yield call(quarters(rng, 3), quarters(rng, 40, 3), np.zeros(3), np.zeros(3), 1, 0.1)
    start, nothing = quarters(rng, 2, 2), np.zeros((2, 2))
    yield call(start, quarters(rng, 30, 2, 2), nothing, nothing.copy(), 1, 0.25, 0.5, beta2=0.9)


_NOTHING = np.zeros(2)

adam_step = Exercise(
    name="adam_step",
    points=5,
    oracle=_adam,
    rules=(NUMPY_ARITHMETIC,),
    cases=(
        ValueCase(
            "the worked example: the first step", call(_HERE, _SLOPE, _NOTHING, _NOTHING, 1, 0.5)
        ),
        ValueCase(
            "a later step, other betas",
            (
                call(_HERE, _SLOPE, np.array([1.0, -0.5]), np.array([4.0, 1.0]), 2, 0.5, 0.5, 0.75),
                call(_HERE, _SLOPE, np.array([1.0, -0.5]), np.array([4.0, 1.0]), 50, 0.5),
            ),
        ),
        ValueCase("no gradient yet", call(_HERE, _NOTHING, _NOTHING, _NOTHING, 1, 0.5)),
        ValueCase(
            "a large eps",
            (
                call(_HERE, _SLOPE, _NOTHING, _NOTHING, 1, 0.5, eps=1.0),
                call(_HERE, _SLOPE, np.ones(2), np.ones(2), 3, 0.25, 0.5, 0.5, 0.5),
            ),
        ),
        ValueCase("random weights", _adams),
        ValueCase("edge cases: views, matrices, float32", _adam_layouts),
        ValueCase("many steps, beside PyTorch's Adam", _adam_walks, weight=2, observe=_walk_adam),
    ),
    misconceptions=(
        Misconception(
            "no bias correction",
            "Your moments are used as they are. They start at zero, so at first they are far too "
            "small: divide each by 1 − beta to the power t.",
            _placements(corrections=(_nothing, _nothing)),
        ),
        Misconception(
            "bias correction with t − 1",
            "Your correction is one step late: it uses t − 1. The first step has t = 1; with "
            "t = 0 there would be a division by zero.",
            _at_step(-1),
        ),
        Misconception(
            "bias correction with t + 1",
            "Your correction is one step ahead: it uses t + 1. Here t counts from 1 already.",
            _at_step(1),
        ),
        Misconception(
            "correction without the power",
            "Your correction divides by 1 − beta in every step. It fades: the power t is missing.",
            _placements(corrections=(lambda beta, at: 1 - beta,) * 2),
        ),
        Misconception(
            "second moment not corrected",
            "Your first moment is corrected, your second one is not. Both start at zero.",
            _placements(corrections=(_missing, _nothing)),
        ),
        Misconception(
            "corrected moments returned",
            "Your step is right, but you return the corrected moments. The next step would correct "
            "them a second time: return m and v as they were before the correction.",
            _returns_corrected,
        ),
        Misconception(
            "gradient for first moment",
            "Your step uses the gradient alone (that is RMSProp). Adam moves with m, its running "
            "mean: the momentum is missing.",
            _placements(pull=lambda m, g, corrected: g),
        ),
        Misconception(
            "no square root",
            "Your step is divided by the second moment itself. Divide by its square root.",
            _placements(divisor=lambda v, eps: v + eps),
        ),
        Misconception(
            "betas exchanged",
            "Your betas are exchanged: beta1 belongs to m, the mean of gradients, and beta2 to v, "
            "the mean of their squares.",
            changed(_adam, beta1=lambda beta2: beta2, beta2=lambda beta1: beta1),
        ),
        Misconception(*EPS_FIXED, changed(_adam, eps=1e-08)),
        Misconception(*EPS_FORGOTTEN, _placements(divisor=lambda v, eps: np.sqrt(v))),
        Misconception(
            "changed in place",
            "The numbers are right, but old weights or moments are changed too (`m *= …` does "
            "that). Return new arrays.",
            _adam,
        ),
    ),
)
