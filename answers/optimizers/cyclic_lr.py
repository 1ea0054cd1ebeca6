"""Sample answers to `cyclic_lr`."""

import numpy as np

from course_utils.authoring.answers import variant, wrong


@wrong("cyclic_lr", "a sawtooth")
def falls_back(step, low, high, half_cycle):
    return low + (high - low) * (step % half_cycle) / half_cycle


@wrong("cyclic_lr", "the whole cycle in half the time")
def twice_as_fast(step, low, high, half_cycle):
    place = (step % half_cycle) / half_cycle
    return low + (high - low) * (1 - abs(2 * place - 1))


@wrong("cyclic_lr", "starts at the top")
def starts_high(step, low, high, half_cycle):
    place = step % (2 * half_cycle)
    return low + (high - low) * abs(place - half_cycle) / half_cycle


@wrong("cyclic_lr", "only one cycle")
def cycles_once(step, low, high, half_cycle):
    return low + (high - low) * max(0, 1 - abs(step / half_cycle - 1))


@wrong("cyclic_lr", "stays at the top")
def stays_high(step, low, high, half_cycle):
    return low + (high - low) * min(step / half_cycle, 1)


@wrong("cyclic_lr", "a wave")
def waves(step, low, high, half_cycle):
    return low + (high - low) * (1 - np.cos(np.pi * step / half_cycle)) / 2


@wrong("cyclic_lr", "low forgotten")
def starts_at_zero(step, low, high, half_cycle):
    place = step % (2 * half_cycle)
    return (high - low) * (1 - abs(place / half_cycle - 1))


@wrong("cyclic_lr", "high added to low")
def adds_high(step, low, high, half_cycle):
    place = step % (2 * half_cycle)
    return low + high * (1 - abs(place / half_cycle - 1))


@variant("cyclic_lr")
def with_two_branches(step, low, high, half_cycle):
    place = step % (2 * half_cycle)
    if place > half_cycle:
        place = 2 * half_cycle - place
    return low + place * (high - low) / half_cycle


@variant("cyclic_lr")
def as_smith_wrote_it(step, low, high, half_cycle):
    cycle = np.floor(1 + step / (2 * half_cycle))
    x = abs(step / half_cycle - 2 * cycle + 1)
    return low + (high - low) * max(0, 1 - x)


@variant("cyclic_lr")
def walks_step_by_step(step, low, high, half_cycle):
    rate, up = low, True
    for now in range(step):
        if now and now % half_cycle == 0:
            up = not up
        rate += (1 if up else -1) * (high - low) / half_cycle
    return rate


@variant("cyclic_lr")
def interpolates(step, low, high, half_cycle):
    return float(np.interp(step % (2 * half_cycle), [0, half_cycle, 2 * half_cycle],
                           [low, high, low]))  # fmt: skip
