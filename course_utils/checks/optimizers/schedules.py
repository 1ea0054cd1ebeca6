"""Schedules of the learning rate: the truth is PyTorch's schedulers, step by step."""

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
import torch
from torch.optim import lr_scheduler

from course_utils.checks.core import Call, Exercise, Misconception, ValueCase, call
from course_utils.checks.core.transforms import changed, then
from course_utils.checks.optimizers.shared import NOT_TORCH


def _scheduled(make: Callable, lr: float, steps: int) -> float:
    """The learning rate after so many steps of a scheduler of PyTorch."""
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=lr)
    scheduler = make(optimizer)
    for _ in range(steps):
        optimizer.step()
        scheduler.step()
    return float(scheduler.get_last_lr()[0])


# ------------------------------------------------------------------ step_decay


def _stairs(lr: float, epoch: int, gamma: float, every: int) -> float:
    return _scheduled(partial(lr_scheduler.StepLR, step_size=every, gamma=gamma), lr, epoch)


def _smooth_fall(lr: float, epoch: int, gamma: float, every: int) -> float:
    """The same fall in every epoch."""
    rate = gamma ** (1 / every)
    return _scheduled(partial(lr_scheduler.ExponentialLR, gamma=rate), lr, epoch)


def _epochs(rng: np.random.Generator) -> Iterator[Call]:
    for every in (1, 3, 7, 10):
        epoch, lr = int(rng.integers(2 * every, 5 * every + 3)), int(rng.integers(1, 9)) / 8
        yield call(lr, epoch, float(rng.choice([0.1, 0.5, 0.9])), every)


step_decay = Exercise(
    name="step_decay",
    points=2,
    oracle=_stairs,
    rules=(NOT_TORCH,),
    learned="You can now let a learning rate fall in stairs, and say after which epoch it falls.",
    cases=(
        ValueCase("the worked example", (call(0.8, 25, 0.5, 10), call(0.8, 9, 0.5, 10))),
        ValueCase("the first epoch", (call(0.25, 0, 0.1, 5), call(0.5, 0, 0.5, 1))),
        ValueCase(
            "at the edge of a stair",
            tuple(call(0.5, epoch, 0.1, 10) for epoch in (10, 11, 19, 21)),
        ),
        ValueCase("many stairs, and a large rate", (call(1.0, 95, 0.5, 10), call(8.0, 7, 0.75, 1))),
        ValueCase("random epochs", _epochs, weight=2, steady=0),
    ),
    misconceptions=(
        Misconception(
            "no stairs",
            "Your learning rate falls a little in every epoch. Here it stays, and falls only every "
            "so many epochs.",
            _smooth_fall,
            look="Count whole periods of `every` epochs.",
        ),
        Misconception(
            "falls in every epoch",
            "Your learning rate is multiplied by gamma in every epoch.",
            changed(_stairs, every=1),
            look="Count whole periods of `every` epochs.",
        ),
        Misconception(
            "only one stair",
            "Your learning rate falls once and then stays. It falls again after each period.",
            changed(_stairs, epoch=lambda epoch, every: min(epoch, every)),
            look="The number of stairs is the power of gamma.",
        ),
        Misconception(
            "one epoch late",
            "Your stairs come one epoch too late: the epoch with the number `every` has the lower "
            "rate already.",
            changed(_stairs, epoch=lambda epoch: max(epoch - 1, 0)),
            look="Epochs count from 0.",
        ),
        Misconception(
            "one epoch early",
            "Your stairs come one epoch too early: `every` epochs have the full rate.",
            changed(_stairs, epoch=lambda epoch: epoch + 1),
            look="Epochs count from 0.",
        ),
        Misconception(
            "rounded to the nearest",
            "Your periods are rounded to the nearest whole number: the rate falls half a period "
            "too early.",
            lambda lr, epoch, gamma, every: _stairs(lr, int(np.rint(epoch / every)), gamma, 1),
            look="A period counts when it is over: round down.",
        ),
        Misconception(
            "gamma subtracted",
            "Your learning rate is lowered by a share of the first rate each time, and ends below "
            "zero.",
            lambda lr, epoch, gamma, every: lr * (1 - (1 - gamma) * (epoch // every)),
            look="Multiply what is left by gamma.",
        ),
        Misconception(
            "divided by gamma",
            "Your learning rate grows: it is divided by gamma.",
            changed(_stairs, gamma=lambda gamma: 1 / gamma),
            look="Multiply by gamma.",
        ),
        Misconception(
            "gamma times the number of stairs",
            "Your learning rate is gamma times the number of stairs, not gamma to that power.",
            lambda lr, epoch, gamma, every: lr * gamma * (epoch // every),
            look="Each stair multiplies once more: that is a power.",
        ),
    ),
)

# ------------------------------------------------------------------ cosine_decay


def _half_wave(lr: float, step: float, total: float) -> float:
    """The same curve, also beyond its end: the height of a pointer that turns."""
    pointer = np.exp(1j * np.pi * (step / total))
    return float(np.interp(pointer.real, (-1, 1), (0, lr)))


def _annealed(lr: float, step: int, total: int) -> float:
    return _scheduled(partial(lr_scheduler.CosineAnnealingLR, T_max=total), lr, step)


def _moments(rng: np.random.Generator) -> Iterator[Call]:
    for total in (10, 37, 90):
        yield call(int(rng.integers(1, 9)) / 8, int(rng.integers(1, total)), total)


cosine_decay = Exercise(
    name="cosine_decay",
    points=2,
    oracle=_annealed,
    rules=(NOT_TORCH,),
    learned="You can now write the schedule with which most large networks are trained.",
    cases=(
        ValueCase(
            "the worked example: half and a third of the way",
            (call(0.8, 50, 100), call(0.8, 40, 120)),
        ),
        ValueCase("start and end", (call(0.5, 0, 20), call(0.5, 20, 20), call(0.25, 1, 1))),
        ValueCase("two thirds of the way, and a large rate", (call(0.5, 40, 60), call(8.0, 3, 7))),
        ValueCase("random moments", _moments, weight=2),
    ),
    misconceptions=(
        Misconception(
            "a straight line",
            "Your learning rate falls along a straight line. The cosine falls slowly at first, "
            "fast in the middle, slowly at the end.",
            lambda lr, step, total: float(np.interp(step, (0, total), (lr, 0))),
            look="The share of the way goes into a cosine.",
        ),
        Misconception(
            "negative rates",
            "Your learning rate follows the cosine itself, from lr down to −lr.",
            then(_annealed, lambda rate, lr: 2 * rate - lr),
            look="Shift the cosine up and halve it, so that it ends at 0.",
        ),
        Misconception(
            "a quarter of the wave",
            "Your learning rate follows a quarter of the wave and still falls fast at the end.",
            lambda lr, step, total: 2 * _annealed(lr, step, 2 * total) - lr,
            look="Take half of the wave, from its top to its bottom.",
        ),
        Misconception(
            "a whole wave",
            "Your learning rate comes back up at the end. Half a wave is enough.",
            changed(_half_wave, step=lambda step: 2 * step),
            look="At step = total the cosine has the angle π.",
        ),
        Misconception(
            "not halved",
            "Your learning rate starts at twice lr: the cosine plus 1 goes from 2 to 0.",
            then(_annealed, lambda rate: 2 * rate),
            look="Halve it.",
        ),
        Misconception(
            "upwards",
            "Your learning rate grows from 0 to lr. It should fall.",
            then(_annealed, lambda rate, lr: lr - rate),
            look="Look at the sign of the cosine.",
        ),
        Misconception(
            "total less one",
            "Your wave ends one step too early, at step = total − 1. It ends at step = total.",
            changed(_half_wave, total=lambda total: total - 1),
            look="There are total + 1 steps, from 0 to total.",
        ),
        Misconception(
            "degrees",
            "Your angle is in degrees. NumPy's cosine takes radians.",
            changed(_half_wave, step=lambda step: step * 180 / np.pi),
            look="Half a turn is π, not 180.",
        ),
        Misconception(
            "π forgotten",
            "Your angle goes from 0 to 1: the factor π is missing.",
            changed(_half_wave, step=lambda step: step / np.pi),
            look="At step = total the cosine has the angle π.",
        ),
    ),
)

# ------------------------------------------------------------------ cyclic_lr


def _cycled(step: int, low: float, high: float, half_cycle: int) -> float:
    make = partial(
        lr_scheduler.CyclicLR,
        base_lr=low,
        max_lr=high,
        step_size_up=half_cycle,
        cycle_momentum=False,
    )
    return _scheduled(make, low, step)


def _sine(step: int, low: float, high: float, half_cycle: int) -> float:
    return high - _half_wave(high - low, step, half_cycle)


def _shifted(shift: Callable[[int], int]) -> Callable[..., float]:
    """The cycle, begun some steps later, of half_cycle."""

    def computes(step: int, low: float, high: float, half_cycle: int) -> float:
        if half_cycle == 1:
            raise ValueError("in the shortest cycle all shifts look alike")
        return _cycled(step + shift(half_cycle), low, high, half_cycle)

    return computes


def _steps(rng: np.random.Generator) -> Iterator[Call]:
    for half, width in ((1, 0.5), (4, 0.25), (9, 1.5), (20, 4.0)):
        low = int(rng.integers(1, 5)) / 64
        yield call(int(rng.integers(0, 5 * half + 1)), low, low + width, half)


cyclic_lr = Exercise(
    name="cyclic_lr",
    points=2,
    oracle=_cycled,
    rules=(NOT_TORCH,),
    learned="You can now write a triangle that repeats for ever, with the remainder alone.",
    cases=(
        ValueCase(
            "the worked example", tuple(call(step, 0.125, 0.625, 4) for step in (0, 1, 4, 5, 8))
        ),
        ValueCase("up again", tuple(call(step, 0.125, 0.625, 4) for step in (10, 12, 15))),
        ValueCase("the shortest cycle", tuple(call(step, 0.25, 1.0, 1) for step in range(4))),
        ValueCase("after many cycles", (call(1001, 0.125, 0.625, 4), call(555, 0.25, 2.25, 50))),
        ValueCase("random steps", _steps, weight=2, steady=0),
    ),
    misconceptions=(
        Misconception(
            "a sawtooth",
            "Your learning rate falls back at once when it has reached the top. A triangle comes "
            "down as slowly as it went up.",
            changed(_cycled, step=lambda step, half_cycle: step % half_cycle),
            look="A cycle has 2 · half_cycle steps.",
        ),
        Misconception(
            "the whole cycle in half the time",
            "Your cycle takes half_cycle steps in all. Going up alone takes half_cycle steps.",
            changed(_cycled, step=lambda step: 2 * step),
            look="A cycle has 2 · half_cycle steps.",
        ),
        Misconception(
            "starts at the top",
            "Your learning rate starts at its highest value. It starts low.",
            _shifted(lambda half_cycle: half_cycle),
            look="At step 0 the rate is low.",
        ),
        Misconception(
            "only one cycle",
            "Your learning rate does not go up a second time: the cycle repeats for ever.",
            changed(_cycled, step=lambda step, half_cycle: min(step, 2 * half_cycle)),
            look="After 2 · half_cycle steps the count begins again: take a remainder.",
        ),
        Misconception(
            "stays at the top",
            "Your learning rate goes up and stays there. It comes down again.",
            changed(_cycled, step=lambda step, half_cycle: min(step, half_cycle)),
            look="The second half of a cycle leads from high to low.",
        ),
        Misconception(
            "a wave",
            "Your learning rate follows a cosine. A triangle has straight sides.",
            _sine,
            look="The same change in every step: no cosine is needed.",
        ),
        Misconception(
            "low forgotten",
            "Your triangle has the right height but stands at 0: the low rate is missing.",
            then(_cycled, lambda rate, low: rate - low),
            look="Add low.",
        ),
        Misconception(
            "high added to low",
            "Your triangle's top is low + high. It should reach high.",
            changed(_cycled, high=lambda low, high: low + high),
            look="Its height is high − low.",
        ),
        Misconception(
            "one step ahead",
            "Your triangle is one step ahead: at step 0 the rate has already risen.",
            _shifted(lambda half_cycle: 1),
            look="Steps count from 0.",
        ),
    ),
)
