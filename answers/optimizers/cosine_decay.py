"""Sample answers to `cosine_decay`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong


@wrong("cosine_decay", "a straight line")
def falls_straight(lr, step, total):
    return lr * (1 - step / total)


@wrong("cosine_decay", "negative rates")
def whole_cosine(lr, step, total):
    return lr * np.cos(np.pi * step / total)


@wrong("cosine_decay", "a quarter of the wave")
def quarter_wave(lr, step, total):
    return lr * np.cos(np.pi * step / (2 * total))


@wrong("cosine_decay", "a whole wave")
def comes_back(lr, step, total):
    return lr * (1 + np.cos(2 * np.pi * step / total)) / 2


@wrong("cosine_decay", "not halved")
def starts_double(lr, step, total):
    return lr * (1 + np.cos(np.pi * step / total))


@wrong("cosine_decay", "upwards")
def grows(lr, step, total):
    return lr * (1 - np.cos(np.pi * step / total)) / 2


@wrong("cosine_decay", "total less one")
def ends_early(lr, step, total):
    return lr * (1 + np.cos(np.pi * step / np.float64(total - 1))) / 2


@variant("cosine_decay")
def squared_cosine(lr, step, total):
    return lr * np.cos(np.pi * step / total / 2) ** 2


@variant("cosine_decay")
def with_a_sine(lr, step, total):
    return float(lr * (1 - np.sin(np.pi / 2 * step / total) ** 2))


@variant("cosine_decay")
def half_and_half(lr, step, total):
    share = step / total
    return 0.5 * lr + 0.5 * lr * np.cos(share * np.pi)


@variant("cosine_decay")
def with_the_math_module(lr, step, total):
    from math import cos, pi

    return lr / 2 + lr / 2 * cos(pi * step / total)


@wrong("cosine_decay", "degrees")
def in_degrees(lr, step, total):
    return lr * (1 + np.cos(180 * step / total)) / 2


@wrong("cosine_decay", "π forgotten")
def forgets_pi(lr, step, total):
    return 0.5 * lr * (1 + np.cos(step / total))


@wrong("cosine_decay", "a straight line")
def goes_down_evenly(lr, step, total):
    return lr - step * lr / total


@wrong("cosine_decay", "upwards")
def rises(lr, step, total):
    return lr * np.sin(np.pi / 2 * step / total) ** 2


@neutral("cosine_decay", "a slip in the brackets")
def halves_too_little(lr, step, total):
    return lr * 1 + np.cos(np.pi * step / total) / 2


@neutral("cosine_decay", "a floor")
def never_below(lr, step, total):
    return max(lr * (1 + np.cos(np.pi * step / total)) / 2, 1e-3)


@neutral("cosine_decay", "whole numbers divided")
def divides_whole_numbers(lr, step, total):
    return lr * (1 + np.cos(np.pi * (step // total))) / 2


@neutral("cosine_decay", "rounded")
def two_digits(lr, step, total):
    return round(lr * (1 + np.cos(np.pi * step / total)) / 2, 2)


@neutral("cosine_decay", "an array")
def array_of_one(lr, step, total):
    return lr * (1 + np.cos(np.pi * np.array([step]) / total)) / 2


@neutral("cosine_decay", "another dtype")
def cosine_in_single_precision(lr, step, total):
    return np.float32(lr) * (1 + np.cos(np.float32(np.pi * step / total))) / 2


@neutral("cosine_decay", "π too coarse")
def pi_with_two_digits(lr, step, total):
    return lr * (1 + np.cos(3.14 * step / total)) / 2
