"""Gradient descent, and descent with momentum: the truth is PyTorch's SGD."""

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
import torch

from course_utils.checks.core import Call, Exercise, Misconception, ValueCase, call
from course_utils.checks.core.draws import quarters
from course_utils.checks.core.rules import NUMPY_ARITHMETIC
from course_utils.checks.core.tensors import doubles
from course_utils.checks.core.transforms import changed, then
from course_utils.checks.optimizers.shared import UPHILL, follow, layouts, walk

# ------------------------------------------------------------------ gradient_descent


def bowl(w: np.ndarray) -> np.ndarray:
    """The gradient of the sum of squares."""
    return 2.0 * w


def ravine(w: np.ndarray) -> np.ndarray:
    """A gradient that differs from axis to axis: 1·w₀, 2·w₁, 3·w₂ and so on."""
    return w * np.arange(1.0, 1.0 + w.size)


def waves(w: np.ndarray) -> np.ndarray:
    """The gradient of a surface with many minima."""
    return 0.5 * w + np.cos(3.0 * w)


def saddle(w: np.ndarray) -> np.ndarray:
    """Down along one axis, up along the other; flat at the origin."""
    return w * np.where(np.arange(w.size) % 2, -1.0, 1.0)


def _walked(grad: Callable, w0: np.ndarray, lr: float, steps: int) -> np.ndarray:
    """PyTorch's SGD, which is given the gradient at each place that it reaches."""
    point = torch.nn.Parameter(doubles(w0))
    optimizer = torch.optim.SGD([point], lr=abs(lr))
    path = [point.detach().numpy().copy()]
    for _ in range(steps):
        slope = np.asarray(grad(path[-1].copy()), dtype=np.float64)
        point.grad = torch.from_numpy(slope * np.sign(lr))
        optimizer.step()
        path.append(point.detach().numpy().copy())
    return np.stack(path)


def _starts(rng: np.random.Generator) -> Iterator[Call]:
    for grad, size, lr, steps in (
        (bowl, 2, 0.1, 8),
        (ravine, 3, 0.25, 12),
        (waves, 2, 0.05, 20),
        (saddle, 4, 0.125, 9),
    ):
        yield call(grad, quarters(rng, size) + 0.1, lr, steps)


def _start_layouts(rng: np.random.Generator) -> Iterator[Call]:
    yield call(bowl, quarters(rng, 1) + 0.1, 0.25, 4)
    yield call(ravine, (quarters(rng, 6) + 0.1)[::2], 0.125, 3)
    yield call(waves, quarters(rng, 3).astype(np.float32), 0.125, 4)


_HERE = np.array([1.0, -2.0])

gradient_descent = Exercise(
    name="gradient_descent",
    points=3,
    oracle=_walked,
    rules=(NUMPY_ARITHMETIC,),
    cases=(
        ValueCase("the worked example: a bowl", call(bowl, _HERE, 0.25, 2)),
        ValueCase("no step, one step", (call(ravine, _HERE, 0.5, 0), call(waves, _HERE, 0.5, 1))),
        ValueCase("a learning rate that is too large", call(bowl, _HERE, 1.25, 6)),
        ValueCase("stuck: the gradient is zero", call(saddle, np.zeros(2), 0.5, 3)),
        ValueCase("random starts, several surfaces", _starts, weight=2),
        ValueCase("edge cases: one weight, a view, float32", _start_layouts),
    ),
    misconceptions=(
        Misconception(
            "uphill",
            "Your path climbs: the gradient points to where the loss grows. Go the other way.",
            changed(_walked, lr=lambda lr: -lr),
        ),
        Misconception(
            "learning rate ignored",
            "Your steps are as long as the gradient: multiply it by the learning rate.",
            changed(_walked, lr=1.0),
        ),
        Misconception(
            "the start is missing",
            "Your path begins after the first step. Its first row is the start itself.",
            then(_walked, lambda path: path[1:]),
        ),
        Misconception(
            "the last place is missing",
            "Your path has one row too few: after `steps` steps there are steps + 1 places, the "
            "start and the last one included.",
            then(_walked, lambda path: path[:-1]),
        ),
        Misconception(
            "only the last place",
            "Your result is the last place alone. Keep every place on the way, one row for each.",
            then(_walked, lambda path: path[-1]),
        ),
        Misconception(
            "one gradient for all steps",
            "Your steps are all the same: you take the gradient at the start once. The ground "
            "changes, so ask for the gradient at every new place.",
            lambda grad, w0, lr, steps: np.linspace(
                w0, w0 + steps * np.diff(_walked(grad, w0, lr, 1), axis=0)[0], steps + 1
            ),
        ),
        Misconception(
            "the same array in every row",
            "All your rows show the last place: they are one array that you changed on and on. "
            "Keep a copy, or make a new array in every step.",
            then(
                _walked,
                lambda path, w0, steps: np.broadcast_to(path[-1], (steps + 1, w0.size)).copy(),
            ),
        ),
    ),
)

# ------------------------------------------------------------------ sgd_step


def _stepped(w: np.ndarray, g: np.ndarray, lr: float) -> np.ndarray:
    return follow(lambda points: torch.optim.SGD(points, lr=lr), w, g)[0]


def _walk_plain(student: Callable, w: np.ndarray, g: np.ndarray, lr: float) -> np.ndarray:
    """Where a student's step leads, a gradient after the other."""
    for slope in g:
        w = student(w, slope, lr)
    return w


def _plain(rng: np.random.Generator) -> Iterator[Call]:
    for lr in (0.5, 0.1, 2.0):
        yield call(quarters(rng, 4), quarters(rng, 4) + 0.1, lr)


def _plain_layouts(rng: np.random.Generator) -> Iterator[Call]:
    for w, g in layouts(rng):
        yield call(w, g, 0.25)
    yield call(quarters(rng, 2), quarters(rng, 2), 0.0)


def _plain_walks(rng: np.random.Generator) -> Iterator[Call]:
    yield call(quarters(rng, 3), quarters(rng, 40, 3), 0.1)
    yield call(quarters(rng, 2, 2), quarters(rng, 30, 2, 2), 0.5)


sgd_step = Exercise(
    name="sgd_step",
    points=2,
    oracle=_stepped,
    rules=(NUMPY_ARITHMETIC,),
    cases=(
        ValueCase("the worked example", call(_HERE, np.array([4.0, 2.0]), 0.25)),
        ValueCase("random weights", _plain),
        ValueCase("edge cases: views, matrices, float32, no step", _plain_layouts),
        ValueCase("many steps, beside PyTorch's SGD", _plain_walks, observe=_walk_plain),
    ),
    misconceptions=(
        Misconception(*UPHILL, then(_stepped, lambda end, w: 2 * doubles(w).numpy() - end)),
        Misconception(
            "learning rate ignored",
            "Your step is as long as the gradient: multiply it by the learning rate.",
            changed(_stepped, lr=1.0),
        ),
        Misconception(
            "only the change",
            "Your result is the change alone. Return the new weights.",
            then(_stepped, lambda end, w: end - w),
        ),
        Misconception(
            "changed in place",
            "The numbers are right, but the old weights are changed too (`w -= …` does that). "
            "Return a new array: the old one may still be needed.",
            _stepped,
        ),
        Misconception(
            "sign of the gradient",
            "Your step is equally long in all directions. Where the loss falls steeply, it is "
            "longer.",
            changed(_stepped, g=lambda g: np.sign(g)),
        ),
        Misconception(
            "gradient scaled to length 1",
            "Your step always has the length lr. The gradient itself counts, not only where it "
            "points: near the minimum the steps become short.",
            changed(_stepped, g=lambda g: g / np.linalg.norm(g)),
        ),
    ),
)

# ------------------------------------------------------------------ momentum_step

State = tuple[np.ndarray, np.ndarray]


def _rolled(
    w: np.ndarray,
    g: np.ndarray,
    v: np.ndarray,
    lr: float,
    mu: float = 0.9,
    *,
    dampening: float = 0.0,
    nesterov: bool = False,
) -> State:
    """PyTorch's SGD with momentum, its buffer filled with `v`; it keeps none where mu is 0."""
    mu = max(mu, 1e-300)
    end, state = follow(
        partial(torch.optim.SGD, lr=lr, momentum=mu, dampening=dampening, nesterov=nesterov),
        w,
        g,
        momentum_buffer=doubles(v),
    )
    return end, state["momentum_buffer"].numpy()


def _old_velocity(w, g, v, lr, mu=0.9) -> State:
    """Moves with the velocity before the step."""
    _one_step(w, g)
    return w - lr * v, _rolled(w, g, v, lr, mu)[1]


def _rate_in_velocity(w, g, v, lr, mu=0.9) -> State:
    """The velocity is measured in steps of the weights, not in gradients."""
    end, velocity = _rolled(w, g, v / lr, lr, mu)
    return end, lr * velocity


def _one_step(w: np.ndarray, g: np.ndarray) -> None:
    if g.shape != w.shape:
        raise ValueError("the idea is written down for a single step")


def _rolling(rng: np.random.Generator) -> Iterator[Call]:
    for lr, mu in ((0.5, 0.9), (0.1, 0.5), (0.25, 0.75)):
        yield call(quarters(rng, 3), quarters(rng, 3) + 0.1, quarters(rng, 3) + 0.1, lr, mu)
    yield call(quarters(rng, 3), quarters(rng, 3) + 0.1, quarters(rng, 3) + 0.1, 0.1)


def _rolling_layouts(rng: np.random.Generator) -> Iterator[Call]:
    for w, g in layouts(rng):
        yield call(w, g, np.full_like(w, 0.5), 0.25, mu=0.8)
    yield call(quarters(rng, 2), quarters(rng, 2), quarters(rng, 2), 0.5, mu=0.0)


def _rolling_walks(rng: np.random.Generator) -> Iterator[Call]:
    yield call(quarters(rng, 3), quarters(rng, 40, 3), np.zeros(3), 0.1)
    yield call(quarters(rng, 2, 2), quarters(rng, 30, 2, 2), np.zeros((2, 2)), 0.5, 0.75)


momentum_step = Exercise(
    name="momentum_step",
    points=3,
    oracle=_rolled,
    rules=(NUMPY_ARITHMETIC,),
    cases=(
        ValueCase(
            "the worked example", call(np.array([1.0]), np.array([2.0]), np.array([10.0]), 0.1, 0.9)
        ),
        ValueCase("at rest: the first step", call(_HERE, np.array([4.0, 2.0]), np.zeros(2), 0.25)),
        ValueCase("no gradient: it rolls on", call(_HERE, np.zeros(2), np.ones(2), 0.5, 0.5)),
        ValueCase("random weights", _rolling),
        ValueCase("edge cases: views, matrices, float32, no momentum", _rolling_layouts),
        ValueCase("many steps, beside PyTorch's SGD", _rolling_walks, observe=walk),
    ),
    misconceptions=(
        Misconception(
            "gradient averaged in",
            "Your velocity is a mean of old and new: the gradient is multiplied by 1 − mu. In "
            "PyTorch's form the whole gradient is added.",
            changed(_rolled, dampening=lambda mu: mu),
        ),
        Misconception(
            "learning rate in the velocity",
            "Your velocity holds the learning rate already. In PyTorch's form the velocity is made "
            "of gradients, and the learning rate comes in when the weights move.",
            _rate_in_velocity,
        ),
        Misconception(
            "old velocity used",
            "Your velocity is right, but the weights move with the one before. First renew the "
            "velocity, then move.",
            _old_velocity,
        ),
        Misconception(
            "velocity not used",
            "Your velocity is right, but the weights move with the gradient alone.",
            then(_rolled, lambda state, w, g, lr: (_stepped(w, g, lr), state[1])),
        ),
        Misconception(
            "no friction",
            "Your old velocity is kept whole: multiply it by mu, or it never slows down.",
            changed(_rolled, mu=1.0),
        ),
        Misconception(
            "mu fixed at 0.9",
            "Your result is that of mu = 0.9, which is only the default.",
            changed(_rolled, mu=0.9),
        ),
        Misconception(
            "Nesterov's look ahead",
            "Your result is that of Nesterov's momentum, which looks one step ahead. Here the "
            "weights move with the velocity itself.",
            changed(_rolled, nesterov=True),
        ),
        Misconception(
            "changed in place",
            "The numbers are right, but the old weights or the old velocity are changed too "
            "(`v *= …` does that). Return new arrays.",
            _rolled,
        ),
    ),
)
