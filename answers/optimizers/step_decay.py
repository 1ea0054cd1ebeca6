"""Sample answers to `step_decay`."""

import numpy as np

from course_utils.authoring.answers import variant, wrong


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
