"""Adam: the truth is PyTorch's, with ε in each of the places where books put it."""

from collections.abc import Callable, Iterator
from functools import partial, wraps
from typing import Any

import numpy as np
import torch
from scipy.signal import lfilter

from course_utils.checks.core import Call, Exercise, Misconception, OneOf, ValueCase, call
from course_utils.checks.core.draws import quarters
from course_utils.checks.core.tensors import doubles
from course_utils.checks.core.transforms import changed, then
from course_utils.checks.optimizers.shared import (
    NOT_TORCH,
    eps_fixed,
    eps_forgotten,
    exchanged,
    follow,
    layouts,
    one_step,
    uphill,
)

_HERE, _SLOPE = np.array([1.0, -2.0]), np.array([4.0, 2.0])
Moments = tuple[np.ndarray, np.ndarray, np.ndarray]


def _torch(
    w: np.ndarray,
    g: np.ndarray,
    m: np.ndarray,
    v: np.ndarray,
    t: int,
    lr: float,
    beta1: float = 0.9,
    beta2: float = 0.999,
    eps: float = 1e-8,
) -> Moments:
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
    divisor: Callable[..., np.ndarray] = lambda v, eps, corrected: np.sqrt(v) + eps,
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
        divisor: of corrected second moments, eps and their correction.
        pull: of first moments, gradients and the correction.
        corrections: what m and v are divided by, of their beta and the numbers of the steps.
    """
    slopes = doubles(g).numpy().reshape(-1, *w.shape)
    at = (t + np.arange(len(slopes))).reshape(-1, *[1] * w.ndim)
    first, second = _averages(slopes, m, beta1), _averages(slopes**2, v, beta2)
    with np.errstate(divide="ignore", invalid="ignore"):
        corrected = corrections[1](beta2, at)
        root = divisor(second / corrected, eps, corrected)
        moves = pull(first, slopes, corrections[0](beta1, at)) / root
    return w - lr * moves.sum(axis=0), first[-1], second[-1]


_PLACES = (
    lambda v, eps, corrected: np.sqrt(v) + eps,
    lambda v, eps, corrected: np.sqrt(v + eps),
    lambda v, eps, corrected: np.sqrt(v) + eps / np.sqrt(corrected),
    lambda v, eps, corrected: np.sqrt(v + eps / corrected),
)
"""ε beside the root or under it, of the corrected second moment or of v itself: the last two are
the paper's faster form, in which both corrections go into the learning rate."""


def _placements(**parts: Any) -> Callable[..., OneOf]:
    """Adam with exchanged parts of `_filtered`, for every place of ε."""

    @wraps(_filtered)
    def computes(*args: Any, **kwargs: Any) -> OneOf:
        settings = [kwargs | {"divisor": place} | parts for place in _PLACES]
        return OneOf(tuple(_filtered(*args, **each) for each in settings))

    return computes


@wraps(_torch)
def _adam(*args: Any, **kwargs: Any) -> OneOf:
    others = (_filtered(*args, **kwargs, divisor=place) for place in _PLACES[1:])
    return OneOf((_torch(*args, **kwargs), *others))


def _corrected(
    steps: OneOf, w: np.ndarray, g: np.ndarray, t: int, beta1: float, beta2: float
) -> OneOf:
    """The corrected moments are given back, so the next step corrects them again."""
    one_step(w, g)
    return OneOf(
        tuple(
            (end, first / (1 - beta1**t), second / (1 - beta2**t))
            for end, first, second in steps.answers
        )
    )


def _weights_last(steps: OneOf, w: np.ndarray, g: np.ndarray) -> OneOf:
    """The right values in the order of the formulas."""
    one_step(w, g)
    return OneOf(tuple((first, second, end) for end, first, second in steps.answers))


def _walk_adam(
    student: Callable,
    w: np.ndarray,
    g: np.ndarray,
    m: np.ndarray,
    v: np.ndarray,
    t: int,
    *rest: float,
    **more: float,
) -> Moments:
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
_ONE, _REST = np.ones(1), np.zeros(1)

adam_step = Exercise(
    name="adam_step",
    points=5,
    oracle=_adam,
    rules=(NOT_TORCH,),
    parts=("w", "m", "v"),
    fresh=True,
    learned="You can now write Adam, and you know what its bias correction is for.",
    cases=(
        ValueCase(
            "the worked example: the first step", call(_ONE, np.array([4.0]), _REST, _REST, 1, 0.5)
        ),
        ValueCase("two weights", call(_HERE, _SLOPE, _NOTHING, _NOTHING, 1, 0.5)),
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
        ValueCase("edge cases: views, matrices, float32, kernels", _adam_layouts),
        ValueCase("many steps, beside PyTorch's Adam", _adam_walks, weight=2, observe=_walk_adam),
    ),
    misconceptions=(
        Misconception(
            "no bias correction",
            "Your step uses the moments as they are. They start at zero, so at first they are far "
            "too small.",
            _placements(corrections=(_nothing, _nothing)),
            look="Divide each by 1 minus its beta to the power t before the step.",
        ),
        Misconception(
            "bias correction with t − 1",
            "Your correction is one step late: it uses t − 1. The first step has t = 1.",
            changed(_placements(), t=lambda t: t - 1),
            look="Use t as it is given: with t = 0 there would be a division by zero.",
        ),
        Misconception(
            "bias correction with t + 1",
            "Your correction is one step ahead: it uses t + 1.",
            changed(_placements(), t=lambda t: t + 1),
            look="Here t counts from 1 already.",
        ),
        Misconception(
            "correction without the power",
            "Your correction divides by 1 − beta in every step. It should fade.",
            _placements(corrections=(lambda beta, at: 1 - beta,) * 2),
            look="The power t of beta is missing.",
        ),
        Misconception(
            "second moment not corrected",
            "Your first moment is corrected, your second one is not. Both start at zero.",
            _placements(corrections=(_missing, _nothing)),
            look="Divide v by 1 − beta2 to the power t.",
        ),
        Misconception(
            "first moment not corrected",
            "Your second moment is corrected, your first one is not. Both start at zero.",
            _placements(corrections=(_nothing, _missing)),
            look="Divide m by 1 − beta1 to the power t.",
        ),
        Misconception(
            "corrected moments returned",
            "Your step is right, but you return the corrected moments. The next step would correct "
            "them a second time.",
            then(_adam, _corrected),
            look="Return m and v as they were before the correction.",
        ),
        Misconception(
            "gradient for first moment",
            "Your step uses the gradient alone (that is RMSProp). Adam moves with m, its running "
            "mean.",
            _placements(pull=lambda m, g, corrected: g),
            look="Look at what stands above the fraction bar of the step.",
        ),
        Misconception(
            "no square root",
            "Your step is divided by the second moment itself, not by its square root.",
            _placements(divisor=lambda v, eps, corrected: v + eps),
            look="Look at what stands below the fraction bar of the step.",
        ),
        Misconception(
            "betas exchanged",
            "Your betas are exchanged: beta1 belongs to m, the mean of gradients, and beta2 to v, "
            "the mean of their squares.",
            changed(_adam, beta1=lambda beta2: beta2, beta2=lambda beta1: beta1),
            look="Look at the lines that renew m and v.",
        ),
        Misconception(
            "betas fixed",
            "Your result is that of beta1 = 0.9 and beta2 = 0.999, although others are given.",
            changed(_adam, beta1=0.9, beta2=0.999),
            look="These are only the defaults: use the arguments.",
        ),
        exchanged("(m, v, w)", "(w, m, v)", then(_adam, _weights_last)),
        uphill(_placements(pull=lambda m, g, corrected: -m / corrected)),
        eps_fixed(changed(_adam, eps=1e-08)),
        eps_forgotten(_placements(divisor=lambda v, eps, corrected: np.sqrt(v))),
    ),
)
