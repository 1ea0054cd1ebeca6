"""Sample answers to `step_decay`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong


@wrong("step_decay", "no stairs")
def falls_smoothly(lr, epoch, gamma, every):
    return lr * gamma ** (epoch / every)


@wrong("step_decay", "falls in every epoch")
def falls_always(lr, epoch, gamma, every):
    return lr * gamma**epoch


@wrong("step_decay", "only one stair")
def falls_once(lr, epoch, gamma, every):
    return lr * gamma if epoch >= every else lr


@wrong("step_decay", "one epoch late")
def falls_late(lr, epoch, gamma, every):
    return lr * gamma ** (max(epoch - 1, 0) // every)


@wrong("step_decay", "one epoch early")
def falls_early(lr, epoch, gamma, every):
    return lr * gamma ** ((epoch + 1) // every)


@wrong("step_decay", "gamma subtracted")
def subtracts_gamma(lr, epoch, gamma, every):
    return lr - lr * (1 - gamma) * (epoch // every)


@wrong("step_decay", "divided by gamma")
def divides_by_gamma(lr, epoch, gamma, every):
    return lr / gamma ** (epoch // every)


@variant("step_decay")
def in_a_loop(lr, epoch, gamma, every):
    for passed in range(1, epoch + 1):
        if passed % every == 0:
            lr = lr * gamma
    return lr


@variant("step_decay")
def with_floor(lr, epoch, gamma, every):
    return lr * np.power(gamma, np.floor(epoch / every))


@variant("step_decay")
def period_after_period(lr, epoch, gamma, every):
    while epoch >= every:
        lr, epoch = lr * gamma, epoch - every
    return lr


@variant("step_decay")
def with_divmod(lr, epoch, gamma, every):
    stairs, _ = divmod(epoch, every)
    return float(np.prod([lr] + [gamma] * stairs))


@wrong("step_decay", "rounded to the nearest")
def rounds(lr, epoch, gamma, every):
    return lr * gamma ** round(epoch / every)


@wrong("step_decay", "gamma times the number of stairs")
def multiplies_by_the_number(lr, epoch, gamma, every):
    return lr * gamma * (epoch // every)


@wrong("step_decay", "falls in every epoch")
def multiplies_each_time(lr, epoch, gamma, every):
    for _ in range(epoch):
        lr = lr * gamma
    return lr


@wrong("step_decay", "one epoch early")
def counts_from_one(lr, epoch, gamma, every):
    for number in range(1, epoch + 2):
        if number % every == 0:
            lr *= gamma
    return lr


@neutral("step_decay", "two stairs at most")
def three_rates(lr, epoch, gamma, every):
    if epoch < every:
        return lr
    if epoch < 2 * every:
        return lr * gamma
    return lr * gamma**2


@neutral("step_decay", "rounded")
def three_digits(lr, epoch, gamma, every):
    return round(lr * gamma ** (epoch // every), 3)


@neutral("step_decay", "a floor")
def never_below_a_hundredth(lr, epoch, gamma, every):
    return max(lr * gamma ** (epoch // every), 0.01)


@neutral("step_decay", "an array")
def one_rate_in_an_array(lr, epoch, gamma, every):
    return np.array([lr * gamma ** (epoch // every)])


@neutral("step_decay", "another dtype")
def single_rate(lr, epoch, gamma, every):
    return np.float32(lr * gamma ** (epoch // every))


@neutral("step_decay", "counts the epochs itself")
def counts_calls(lr, epoch, gamma, every, count=[-1]):  # noqa: B006
    count[0] += 1
    return lr * gamma ** (count[0] // every)


@neutral("step_decay", "a slip in the period")
def shorter_periods(lr, epoch, gamma, every):
    return lr * gamma ** (epoch // (every + 1))
