"""Gradient descent, and descent with momentum: the truth is PyTorch's SGD."""

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
import torch

from course_utils.checks.core import Call, Exercise, Misconception, ValueCase, call
from course_utils.checks.core.draws import quarters
from course_utils.checks.core.tensors import doubles
from course_utils.checks.core.transforms import changed, then
from course_utils.checks.optimizers.shared import (
    NOT_TORCH,
    State,
    exchanged,
    follow,
    layouts,
    one_step,
    uphill,
    walk,
)

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


def coupled(w: np.ndarray) -> np.ndarray:
    """A gradient in which every weight depends on all others."""
    return w + w.sum()


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
        (coupled, 3, 0.125, 7),
    ):
        yield call(grad, quarters(rng, size) + 0.1, lr, steps)


def _start_layouts(rng: np.random.Generator) -> Iterator[Call]:
    yield call(bowl, quarters(rng, 1) + 0.1, 0.25, 4)
    yield call(ravine, (quarters(rng, 6) + 0.1)[::2], 0.125, 3)
    yield call(waves, quarters(rng, 3).astype(np.float32), 0.125, 4)


def _one_after_the_other(grad: Callable, w0: np.ndarray, lr: float, steps: int) -> np.ndarray:
    """Every step goes along one axis after the other, each with a gradient of its own."""
    path = [doubles(w0).numpy()]
    for _ in range(steps):
        here = path[-1]
        for axis in np.eye(len(w0)):
            here = _walked(lambda w, axis=axis: grad(w) * axis, here, lr, 1)[-1]
        path.append(here)
    return np.stack(path)


_HERE = np.array([1.0, -2.0])

gradient_descent = Exercise(
    name="gradient_descent",
    points=3,
    oracle=_walked,
    rules=(NOT_TORCH,),
    fresh=True,
    learned="You can now walk down any surface of which you know the gradient.",
    cases=(
        ValueCase("the worked example: a bowl", call(bowl, _HERE, 0.25, 2)),
        ValueCase("no step, one step", (call(ravine, _HERE, 0.5, 0), call(waves, _HERE, 0.5, 1))),
        ValueCase("a learning rate that is too large", call(bowl, _HERE, 1.25, 12)),
        ValueCase("stuck: the gradient is zero", call(saddle, np.zeros(2), 0.5, 3)),
        ValueCase(
            "each weight's gradient depends on the others",
            call(coupled, np.array([1.0, -2.0, 0.5]), 0.25, 4),
        ),
        ValueCase("random starts, several surfaces", _starts, weight=2),
        ValueCase("edge cases: one weight, a view, float32", _start_layouts),
    ),
    misconceptions=(
        uphill(changed(_walked, lr=lambda lr: -lr)),
        Misconception(
            "learning rate ignored",
            "Your steps are as long as the gradient: the learning rate is missing.",
            changed(_walked, lr=1.0),
            look="Multiply the gradient by lr.",
        ),
        Misconception(
            "the start is missing",
            "Your path begins after the first step. Its first row is the start itself.",
            then(_walked, lambda path: path[1:]),
            look="Keep w0 before the loop begins.",
        ),
        Misconception(
            "the last place is missing",
            "Your path has one row too few: the place after the last step is missing.",
            then(_walked, lambda path: path[:-1]),
            look="Keep each place after its step, and the start before all of them.",
        ),
        Misconception(
            "only the last place",
            "Your result is the last place alone.",
            then(_walked, lambda path: path[-1]),
            look="Keep every place on the way, one row for each.",
        ),
        Misconception(
            "one gradient for all steps",
            "Your steps are all the same: that of the gradient at the start.",
            lambda grad, w0, lr, steps: np.linspace(
                w0, w0 + steps * np.diff(_walked(grad, w0, lr, 1), axis=0)[0], steps + 1
            ),
            look="The ground changes, so ask for the gradient at every new place.",
        ),
        Misconception(
            "the same array in every row",
            "All your rows show the last place.",
            then(
                _walked,
                lambda path, w0, steps: np.broadcast_to(path[-1], (steps + 1, w0.size)).copy(),
            ),
            look="Are they one array that is changed on and on? Make a new one in every step.",
        ),
        Misconception(
            "one weight after the other",
            "Your weights move one after the other, each with the gradient of a place between. In "
            "a step all of them move at once.",
            _one_after_the_other,
            look="Ask for the gradient once in each step, and use all of it.",
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
    rules=(NOT_TORCH,),
    fresh=True,
    learned="You can now take one step of SGD, whatever the shape of the weights.",
    cases=(
        ValueCase("the worked example", call(_HERE, np.array([4.0, 2.0]), 0.25)),
        ValueCase("random weights", _plain),
        ValueCase("edge cases: views, matrices, float32, kernels, no step", _plain_layouts),
        ValueCase("many steps, beside PyTorch's SGD", _plain_walks, observe=_walk_plain),
    ),
    misconceptions=(
        uphill(then(_stepped, lambda end, w: 2 * doubles(w).numpy() - end)),
        Misconception(
            "learning rate ignored",
            "Your step is as long as the gradient: the learning rate is missing.",
            changed(_stepped, lr=1.0),
            look="Multiply the gradient by lr.",
        ),
        Misconception(
            "only the change",
            "Your result is the change alone.",
            then(_stepped, lambda end, w: end - w),
            look="Return the new weights: the old ones and the change.",
        ),
        Misconception(
            "sign of the gradient",
            "Your step is equally long along every axis: only the gradient's signs count in it.",
            changed(_stepped, g=lambda g: np.sign(g)),
            look="Where the loss falls steeply, the step is longer: use the gradient itself.",
        ),
        Misconception(
            "gradient scaled to length 1",
            "Your step always has the length lr, however long the gradient is.",
            changed(_stepped, g=lambda g: g / np.linalg.norm(g)),
            look="Near the minimum the steps become short: use the gradient itself.",
        ),
        Misconception(
            "learning rate for the weights, too",
            "Your result is lr · (w − g): the learning rate also shrinks the old weights.",
            lambda w, g, lr: lr * _stepped(w, g, 1.0),
            look="Only the gradient is multiplied by lr.",
        ),
        Misconception(
            "divided by the learning rate",
            "Your step is divided by the learning rate: a small rate gives a long step.",
            changed(_stepped, lr=lambda lr: 1 / lr),
            look="Multiply the gradient by lr.",
        ),
    ),
)

# ------------------------------------------------------------------ momentum_step


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


def _downhill_velocity(
    w: np.ndarray, g: np.ndarray, v: np.ndarray, lr: float, mu: float = 0.9
) -> State:
    """The velocity points downhill and holds the learning rate, as in Keras."""
    end, velocity = _rolled(w, g, -v / lr, lr, mu)
    return end, -lr * velocity


def _old_velocity(w: np.ndarray, g: np.ndarray, v: np.ndarray, lr: float, mu: float = 0.9) -> State:
    """Moves with the velocity before the step."""
    one_step(w, g)
    return w - lr * v, _rolled(w, g, v, lr, mu)[1]


def _rate_in_velocity(
    w: np.ndarray, g: np.ndarray, v: np.ndarray, lr: float, mu: float = 0.9
) -> State:
    """The velocity is measured in steps of the weights, not in gradients."""
    end, velocity = _rolled(w, g, v / lr, lr, mu)
    return end, lr * velocity


def _velocity_first(
    w: np.ndarray, g: np.ndarray, v: np.ndarray, lr: float, mu: float = 0.9
) -> State:
    """The right pair in the other order."""
    one_step(w, g)
    return _rolled(w, g, v, lr, mu)[::-1]


def _rolling(rng: np.random.Generator) -> Iterator[Call]:
    for lr, mu in ((0.5, 0.9), (0.1, 0.5), (0.25, 0.75)):
        yield call(quarters(rng, 3), quarters(rng, 3) + 0.1, quarters(rng, 3) + 0.1, lr, mu)
    yield call(quarters(rng, 3), quarters(rng, 3) + 0.1, quarters(rng, 3) + 0.1, 0.1)


def _rolling_layouts(rng: np.random.Generator) -> Iterator[Call]:
    for w, g in layouts(rng):
        yield call(w, g, np.full_like(w, 0.5), 0.25, mu=0.8)


def _rolling_walks(rng: np.random.Generator) -> Iterator[Call]:
    yield call(quarters(rng, 3), quarters(rng, 40, 3), np.zeros(3), 0.1)
    yield call(quarters(rng, 2, 2), quarters(rng, 30, 2, 2), np.zeros((2, 2)), 0.5, 0.75)


momentum_step = Exercise(
    name="momentum_step",
    points=3,
    oracle=_rolled,
    rules=(NOT_TORCH,),
    parts=("w", "v"),
    fresh=True,
    learned="You can now write momentum in PyTorch's form, and tell it from the other forms.",
    cases=(
        ValueCase(
            "the worked example", call(np.array([1.0]), np.array([2.0]), np.array([10.0]), 0.1, 0.9)
        ),
        ValueCase("at rest: the first step", call(_HERE, np.array([4.0, 2.0]), np.zeros(2), 0.25)),
        ValueCase("no gradient: it rolls on", call(_HERE, np.zeros(2), np.ones(2), 0.5, 0.5)),
        ValueCase("no momentum", call(_HERE, np.array([4.0, 2.0]), np.ones(2), 0.5, mu=0.0)),
        ValueCase("random weights", _rolling),
        ValueCase("edge cases: views, matrices, float32, kernels", _rolling_layouts),
        ValueCase("many steps, beside PyTorch's SGD", _rolling_walks, observe=walk),
    ),
    misconceptions=(
        Misconception(
            "gradient averaged in",
            "Your velocity is a mean of old and new: the gradient is multiplied by 1 − mu. In "
            "PyTorch's form the whole gradient is added.",
            changed(_rolled, dampening=lambda mu: mu),
            look="Look at the line that renews the velocity.",
        ),
        Misconception(
            "learning rate in the velocity",
            "Your velocity holds the learning rate already. In PyTorch's form it is made of "
            "gradients alone.",
            _rate_in_velocity,
            look="The learning rate comes in when the weights move.",
        ),
        Misconception(
            "velocity downhill",
            "Your velocity points downhill and holds the learning rate: that is Keras's form. In "
            "PyTorch's form the gradient is added to it.",
            _downhill_velocity,
            look="The minus and the learning rate come in when the weights move.",
        ),
        Misconception(
            "old velocity used",
            "Your velocity is right, but the weights move with the one before.",
            _old_velocity,
            look="First renew the velocity, then move.",
        ),
        Misconception(
            "velocity not used",
            "Your velocity is right, but the weights move with the gradient alone.",
            then(_rolled, lambda state, w, g, lr: (_stepped(w, g, lr), state[1])),
            look="Look at the line that moves the weights.",
        ),
        Misconception(
            "no friction",
            "Your old velocity is kept whole, so it never slows down.",
            changed(_rolled, mu=1.0),
            look="Multiply the old velocity by mu.",
        ),
        Misconception(
            "mu fixed at 0.9",
            "Your result is that of mu = 0.9, although another one is given.",
            changed(_rolled, mu=0.9),
            look="0.9 is only the default: use the argument.",
        ),
        Misconception(
            "Nesterov's look ahead",
            "Your result is that of Nesterov's momentum, which looks one step ahead.",
            changed(_rolled, nesterov=True),
            look="Here the weights move with the velocity itself.",
        ),
        exchanged("(v, w)", "(w, v)", _velocity_first),
        uphill(then(_rolled, lambda state, w: (2 * doubles(w).numpy() - state[0], state[1]))),
    ),
)
