"""Sample answers to `cosine_decay`."""

import numpy as np

from course_utils.authoring.answers import variant, wrong


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
