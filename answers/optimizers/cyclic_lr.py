"""Sample answers to `cyclic_lr`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong


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


@wrong("cyclic_lr", "one step ahead")
def counts_before(step, low, high, half_cycle):
    place = (step + 1) % (2 * half_cycle)
    return low + (high - low) * (1 - abs(place / half_cycle - 1))


@wrong("cyclic_lr", "the whole cycle in half the time")
def slips_in_the_remainder(step, low, high, half_cycle):
    place = step % half_cycle * 2
    return low + (high - low) * (1 - abs(place / half_cycle - 1))


@neutral("cyclic_lr", "one step behind")
def counts_behind(step, low, high, half_cycle):
    place = (step - 1) % (2 * half_cycle)
    return low + (high - low) * (1 - abs(place / half_cycle - 1))


@neutral("cyclic_lr", "a slip on the way down")
def comes_down_too_far(step, low, high, half_cycle):
    place = step % (2 * half_cycle)
    if place <= half_cycle:
        return low + (high - low) * place / half_cycle
    return high - high * (place - half_cycle) / half_cycle


@neutral("cyclic_lr", "a cycle of its own on the way down")
def jumps_to_the_bottom(step, low, high, half_cycle):
    place = step % (2 * half_cycle)
    return low + (high - low) * place / half_cycle if place <= half_cycle else low


@neutral("cyclic_lr", "an array")
def an_array_of_one(step, low, high, half_cycle):
    place = np.array([step]) % (2 * half_cycle)
    return low + (high - low) * (1 - abs(place / half_cycle - 1))


@neutral("cyclic_lr", "rounded")
def with_two_digits(step, low, high, half_cycle):
    place = step % (2 * half_cycle)
    return round(low + (high - low) * (1 - abs(place / half_cycle - 1)), 2)


@neutral("cyclic_lr", "counts the steps itself")
def counts_itself(step, low, high, half_cycle, count=[-1]):  # noqa: B006
    count[0] += 1
    place = count[0] % (2 * half_cycle)
    return low + (high - low) * (1 - abs(place / half_cycle - 1))


@neutral("cyclic_lr", "only ten cycles")
def ends_after_ten(step, low, high, half_cycle):
    place = step % (2 * half_cycle) if step < 20 * half_cycle else 0
    return low + (high - low) * (1 - abs(place / half_cycle - 1))
