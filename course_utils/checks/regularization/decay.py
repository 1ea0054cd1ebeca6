"""Two ways to make weights small: in the gradient, and beside it."""

from collections.abc import Callable, Iterator

import numpy as np
import torch

from course_utils.checks.core import Call, Exercise, Forbid, Misconception, ValueCase, call
from course_utils.checks.core.draws import nonzero_halves, nonzero_quarters
from course_utils.checks.core.tensors import tensor
from course_utils.checks.core.transforms import changed

_L2, _STEP = "l2_gradient", "decoupled_decay_step"


def _l2(w: np.ndarray, grad: np.ndarray, lam: float) -> np.ndarray:
    """The derivative of the penalty as PyTorch finds it."""
    leaf = tensor(w).requires_grad_()
    (slope,) = torch.autograd.grad(lam * leaf.square().sum(), leaf)
    return (tensor(grad) + slope).numpy()


def _step(w: np.ndarray, g: np.ndarray, lr: float, lam: float) -> np.ndarray:
    """As AdamW does it: the weights shrink, then they take the step."""
    shrunk = torch.lerp(tensor(w), torch.zeros_like(tensor(w)), lr * lam)
    return torch.sub(shrunk, tensor(g), alpha=lr).numpy()


def _pairs(rng: np.random.Generator) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Weights and gradients in several shapes and layouts."""
    for shape in ((3,), (2, 3), (2, 1, 2)):
        yield nonzero_halves(rng, *shape), nonzero_quarters(rng, *shape)
    yield nonzero_halves(rng, 4, 3).T[:, ::2], nonzero_quarters(rng, 3, 2)


def _gradients(*lams: float) -> Callable[[np.random.Generator], Iterator[Call]]:
    return lambda rng: (call(*pair, lam) for pair in _pairs(rng) for lam in lams)


def _steps(*rates: tuple[float, float]) -> Callable[[np.random.Generator], Iterator[Call]]:
    return lambda rng: (call(*pair, *rate) for pair in _pairs(rng) for rate in rates)


def _single(*numbers: float) -> Callable[[np.random.Generator], Iterator[Call]]:
    """In float32."""

    def drawn(rng: np.random.Generator) -> Iterator[Call]:
        for shape in ((4,), (2, 2)):
            pair = nonzero_halves(rng, *shape), nonzero_quarters(rng, *shape)
            yield call(*(array.astype(np.float32) for array in pair), *numbers)

    return drawn


def _random_gradients(rng: np.random.Generator) -> Iterator[Call]:
    for _ in range(4):
        yield call(rng.normal(size=5), rng.normal(size=5), float(rng.uniform(0.01, 2)))


def _random_steps(rng: np.random.Generator) -> Iterator[Call]:
    for _ in range(4):
        rate, lam = rng.uniform(0.01, 0.9, 2).tolist()
        yield call(rng.normal(size=5), rng.normal(size=5), rate, lam)


_W = np.array([1.0, -2.0])

weight_decay = Exercise(
    name="weight_decay",
    points=3,
    oracle={_L2: _l2, _STEP: _step},
    functions=(_L2, _STEP),
    fresh=True,
    rules=(Forbid(("torch",), "write it with NumPy's arithmetic."),),
    learned="You can now tell λ from PyTorch's `weight_decay`, and Adam's decay from AdamW's.",
    cases=(
        ValueCase(
            "l2_gradient: the worked example",
            call(_W, np.array([0.5, 0.5]), 0.25),
            function=_L2,
        ),
        ValueCase("l2_gradient: any shape", _gradients(0.25, 1.5), function=_L2, weight=2),
        ValueCase("l2_gradient: no penalty", _gradients(0.0), function=_L2, weight=0.5),
        ValueCase("l2_gradient: float32", _single(0.5), function=_L2, weight=0.5),
        ValueCase("l2_gradient: random numbers", _random_gradients, function=_L2),
        ValueCase(
            "decoupled_decay_step: the worked example",
            call(_W, np.array([4.0, 2.0]), 0.25, 0.5),
            function=_STEP,
        ),
        ValueCase(
            "decoupled_decay_step: any shape",
            _steps((0.25, 0.5), (0.5, 0.125)),
            function=_STEP,
            weight=2,
        ),
        ValueCase(
            "decoupled_decay_step: no decay, no step",
            _steps((0.25, 0.0), (0.0, 0.5)),
            function=_STEP,
            weight=0.5,
        ),
        ValueCase("decoupled_decay_step: float32", _single(0.25, 0.5), function=_STEP, weight=0.5),
        ValueCase("decoupled_decay_step: random numbers", _random_steps, function=_STEP),
    ),
    misconceptions=(
        Misconception(
            "λ for 2λ",
            "Your penalty counts half: the derivative of λ w² is 2λw.",
            changed(_l2, lam=lambda lam: lam / 2),
            function=_L2,
            look="Take the derivative of the square.",
        ),
        Misconception(
            "penalty with the wrong sign",
            "Your penalty has the wrong sign: a step along this gradient makes weights larger.",
            changed(_l2, lam=lambda lam: -lam),
            function=_L2,
            look="The penalty is added to the loss, so its gradient is added, too.",
        ),
        Misconception(
            "the penalty's value",
            "You add the penalty λ Σ w² itself, one number for all. The gradient wants its "
            "derivative by each weight.",
            lambda w, grad, lam: grad + lam * np.sum(w**2),
            function=_L2,
            look="Take the derivative by one weight.",
        ),
        Misconception(
            "penalty alone",
            "Your result is the gradient of the penalty alone: the loss is forgotten.",
            changed(_l2, grad=lambda grad: 0 * grad),
            function=_L2,
            look="Add it to `grad`.",
        ),
        Misconception(
            "sign of the weights",
            "Your penalty pulls all weights with the same strength: that is L1, λ Σ |w|.",
            lambda w, grad, lam: grad + lam * np.sign(w),
            function=_L2,
            look="The pull of L2 grows with the weight.",
        ),
        Misconception(
            "decay without the learning rate",
            "Your decay is λw, whatever the learning rate is.",
            lambda w, g, lr, lam: _step(w, g, lr, 0.0) - lam * w,
            function=_STEP,
            look="The decay is η λ w.",
        ),
        Misconception(
            "a 2 in the decoupled decay",
            "Your decay is 2ηλw. It comes from no derivative: here is no 2.",
            changed(_step, lam=lambda lam: 2 * lam),
            function=_STEP,
            look="Compare with the formula of the step.",
        ),
        Misconception(
            "weights that grow",
            "Your decay has the wrong sign: the weights grow.",
            changed(_step, lam=lambda lam: -lam),
            function=_STEP,
            look="Both terms are subtracted.",
        ),
        Misconception(
            "decay after the step",
            "Your decay shrinks the weights after the step. All is taken at the old weights.",
            lambda w, g, lr, lam: (1 - lr * lam) * _step(w, g, lr, 0.0),
            function=_STEP,
            look="Which w is in the decay?",
        ),
        Misconception(
            "no decay",
            "Your step has no decay.",
            changed(_step, lam=0.0),
            function=_STEP,
            look="Where do you use `lam`?",
        ),
        Misconception(
            "uphill",
            "Your step goes along g, uphill.",
            changed(_step, g=lambda g: -g),
            function=_STEP,
            look="The step is subtracted.",
        ),
    ),
)
