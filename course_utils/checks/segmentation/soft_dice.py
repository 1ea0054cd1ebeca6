"""The soft Dice loss: its value and its gradient."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import torch
from scipy.special import expit
from torch import Tensor

from course_utils.checks.core import Call, ErrorCase, Exercise, Misconception, ValueCase, call
from course_utils.checks.core import modules as ask
from course_utils.checks.core.draws import each
from course_utils.checks.core.transforms import changed


def _observed(student: Callable, logits: Tensor, masks: Tensor, *eps: float) -> dict[str, Any]:
    """The loss and its gradient; and once more as it is, to see whether it changes its input."""
    found = ask.differentiate(student, logits, masks, *eps, wrt=(0,))
    student(logits, masks, *eps)
    return {"value": found["value"].numpy(), "gradient": found["gradients"][0]}


def _truth(logits: Tensor, masks: Tensor, eps: float = 1.0) -> dict[str, Any]:
    """Value and gradient in closed form, in NumPy."""
    kind = logits.numpy().dtype
    p = expit(logits.numpy().astype(float)).reshape(len(logits), -1)
    m = masks.numpy().astype(float).reshape(p.shape)
    above = 2 * np.einsum("np,np->n", p, m) + eps
    below = (p + m) @ np.ones(p.shape[1]) + eps
    by_p = (above / below**2)[:, None] - 2 * m / below[:, None]
    gradient = by_p * p * (1 - p) / len(p)
    return {
        "value": np.asarray(1 - np.mean(above / below), dtype=kind),
        "gradient": gradient.reshape(logits.shape).astype(kind),
    }


def _differing(loss: Callable[[Tensor, Tensor, float], Tensor]) -> Callable[..., dict[str, Any]]:
    """What comes of another loss, differentiated by PyTorch; zeros where there is no way."""

    def computes(logits: Tensor, masks: Tensor, eps: float = 1.0) -> dict[str, Any]:
        leaf = logits.detach().clone().requires_grad_()
        value = loss(leaf, masks.to(leaf.dtype), eps)
        gradient = torch.zeros_like(leaf)
        if value.requires_grad:
            (gradient,) = torch.autograd.grad(value.sum(), leaf)
        return {"value": value.detach().numpy(), "gradient": gradient.numpy()}

    return computes


def _ratio(
    logits: Tensor,
    masks: Tensor,
    eps: float,
    *,
    above: float = 2.0,
    eps_above: float = 1.0,
    eps_below: float = 1.0,
    axes: tuple[int, ...] = (1, 2, 3),
    power: int = 1,
    union: bool = False,
    p: Callable[[Tensor], Tensor] = torch.sigmoid,
) -> Tensor:
    """The soft Dice loss, not yet averaged, with one part exchanged."""
    soft = p(logits)
    overlap = torch.einsum("nchw,nchw->nchw", soft, masks).sum(axes)
    total = (soft**power + masks**power).sum(axes) - (overlap if union else 0)
    return 1 - (above * overlap + eps_above * eps) / (total + eps_below * eps)


def _mean(**parts: Any) -> Callable[..., dict[str, Any]]:
    return _differing(lambda logits, masks, eps: _ratio(logits, masks, eps, **parts).mean())


def _hard(logits: Tensor) -> Tensor:
    return (logits.detach() > 0).to(logits.dtype)


def _draw(
    rng: np.random.Generator,
    n: int,
    size: tuple[int, int],
    *eps: float,
    dtype: type = np.float64,
    of: torch.dtype | None = None,
) -> Call:
    """Logits of both signs, and masks that are neither empty nor full."""
    logits = torch.from_numpy((2 * rng.normal(size=(n, 1, *size))).astype(dtype))
    masks = rng.permuted(np.arange(n * np.prod(size)).reshape(n, -1), axis=1)
    share = 2 + np.arange(n) % 3
    chosen = (masks % share[:, None] == 0).reshape(logits.shape).astype(dtype)
    found = torch.from_numpy(chosen)
    return call(logits, found if of is None else found.to(of), *eps)


def _empty_and_full(rng: np.random.Generator) -> Iterator[Call]:
    logits = torch.from_numpy(rng.normal(size=(2, 1, 2, 3)))
    yield call(logits, torch.zeros_like(logits))
    yield call(logits, torch.ones_like(logits), 0.5)
    yield call(logits, torch.stack([torch.zeros(1, 2, 3), torch.ones(1, 2, 3)]).double())


def _extreme(rng: np.random.Generator) -> Iterator[Call]:
    for n, size in ((1, (2, 2)), (2, (2, 3))):
        signs = torch.from_numpy(rng.choice([-1000.0, 1000.0], (n, 1, *size)))
        signs.view(-1)[:2] = torch.tensor([1000.0, -1000.0])
        masks = torch.from_numpy(rng.integers(0, 2, signs.shape)).double()
        yield call(signs, masks)


def _random(rng: np.random.Generator) -> Iterator[Call]:
    for _ in range(6):
        n, *size = rng.integers((1, 2, 2), (4, 6, 6)).tolist()
        yield _draw(rng, n, tuple(size), float(rng.uniform(0.1, 3)))


_TWO_PIXELS = call(
    torch.tensor([[[[0.0, float(np.log(3))]]]], dtype=torch.float64),
    torch.tensor([[[[0.0, 1.0]]]], dtype=torch.float64),
)

soft_dice_loss = Exercise(
    name="soft_dice_loss",
    points=5,
    oracle=_truth,
    observe=_observed,
    learned="You can now train for overlap itself, also where a finding is a few pixels of many.",
    cases=(
        ValueCase("the worked example: two pixels", _TWO_PIXELS),
        ValueCase("one image", each(_draw, call(1, (3, 3)), call(1, (2, 4)))),
        ValueCase(
            "several images",
            each(_draw, call(3, (3, 4)), call(4, (2, 2)), call(2, (4, 4))),
            weight=2,
        ),
        ValueCase("other ε", each(_draw, call(2, (3, 3), 0.25), call(3, (2, 3), 5.0))),
        ValueCase("empty and full masks", _empty_and_full),
        ValueCase("logits of ±1000", _extreme),
        ValueCase(
            "float32; masks of whole numbers and of truth values",
            each(
                _draw,
                call(2, (3, 4), dtype=np.float32),
                call(3, (2, 3), of=torch.int64),
                call(2, (3, 3), of=torch.bool),
            ),
        ),
        ValueCase("random images", _random, weight=2),
        ErrorCase(
            "ValueError where the shapes differ",
            (
                call(torch.zeros(2, 1, 3, 3), torch.ones(2, 3, 3)),
                call(torch.zeros(2, 1, 3, 3), torch.ones(1, 1, 3, 3)),
                call(torch.zeros(2, 1, 3, 2), torch.ones(2, 1, 2, 3)),
                call(torch.zeros(1, 1, 2, 2), torch.ones(2, 2)),
            ),
            because="PyTorch would stretch them, and mix the images.",
        ),
    ),
    misconceptions=(
        Misconception(
            "all images as one",
            "Your sums run over the whole batch. Then an image with a small finding hardly counts "
            "beside one with a large finding.",
            _mean(axes=(0, 1, 2, 3)),
            look="Sum over the pixels of each image, then take the mean over the images.",
        ),
        Misconception(
            "coefficient for loss",
            "Your result is the Dice coefficient: 1 where all is right. A loss is 0 there.",
            _differing(lambda *given: 1 - _ratio(*given).mean()),
            look="Subtract it from 1.",
        ),
        Misconception(
            "factor 2 forgotten",
            "Your overlap is counted once: even a perfect answer then costs a half.",
            _mean(above=1.0),
            look="The denominator counts both masks, so the overlap is doubled.",
        ),
        Misconception(
            "intersection over union",
            "Your result is 1 minus the intersection over the union, a relative of Dice.",
            _mean(above=1.0, union=True),
            look="The denominator is the sum of both masks.",
        ),
        Misconception(
            "ε in the denominator only",
            "Your numerator lacks ε. Two empty masks would cost 1, though they agree.",
            _mean(eps_above=0.0),
            look="ε stands above and below.",
        ),
        Misconception(
            "ε in the numerator only",
            "Your denominator lacks ε.",
            _mean(eps_below=0.0),
            look="ε stands above and below.",
        ),
        Misconception(
            "ε always 1",
            "Your result is what you get with ε = 1, whatever `eps` is.",
            changed(_truth, eps=1.0),
            look="Where do you use `eps`?",
        ),
        Misconception(
            "squares below",
            "Your denominator adds up squares of the probabilities. That is another Dice loss.",
            _mean(power=2),
            look="Sum p and m as they are.",
        ),
        Misconception(
            "logits for probabilities",
            "Your result is what you get when the logits are taken for probabilities.",
            _mean(p=lambda logits: logits),
            look="A sigmoid comes first.",
        ),
        Misconception(
            "softmax over one channel",
            "Your probabilities are all 1: a softmax over a single channel has no other choice.",
            _mean(p=lambda logits: torch.softmax(logits, dim=1)),
            look="One score for each pixel needs a sigmoid.",
        ),
        Misconception(
            "thresholded",
            "Your probabilities are 0 or 1. Such a loss has no gradient: nothing can be learned.",
            _mean(p=_hard),
            look="Leave the probabilities as they are.",
        ),
        Misconception(
            "sum over the images",
            "Your result is the sum over the images. A larger batch must not cost more.",
            _differing(lambda *given: _ratio(*given).sum()),
            look="Take the mean over the images.",
        ),
        Misconception(
            "no gradient",
            "The value is right, but no gradient flows to the logits.",
            lambda logits, masks, eps=1.0: (
                _truth(logits, masks, eps) | {"gradient": 0 * logits.numpy()}
            ),
            look="Do not detach, and do not leave PyTorch.",
        ),
    ),
)
