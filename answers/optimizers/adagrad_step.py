"""Sample answers to `adagrad_step`."""

import numpy as np

from course_utils.authoring.answers import variant, wrong


@wrong("adagrad_step", "no square root")
def divides_by_the_sum(w, g, s, lr, eps=1e-10):
    s = s + g**2
    return w - lr * g / (s + eps), s


@wrong("adagrad_step", "old sum used")
def divides_first(w, g, s, lr, eps=1e-10):
    return w - lr * g / (np.sqrt(s) + eps), s + g**2


@wrong("adagrad_step", "only the last square")
def forgets_the_past(w, g, s, lr, eps=1e-10):
    s = g**2
    return w - lr * g / (np.sqrt(s) + eps), s


@wrong("adagrad_step", "one sum for all weights")
def adds_over_all(w, g, s, lr, eps=1e-10):
    s = s + np.sum(g**2)
    return w - lr * g / (np.sqrt(s) + eps), s


@wrong("adagrad_step", "no squares")
def adds_sizes(w, g, s, lr, eps=1e-10):
    s = s + np.abs(g)
    return w - lr * g / (np.sqrt(s) + eps), s


@wrong("adagrad_step", "eps forgotten")
def divides_by_nothing(w, g, s, lr, eps=1e-10):
    s = s + g**2
    return w - lr * g / np.sqrt(s), s


@wrong("adagrad_step", "eps fixed at its default")
def fixes_eps(w, g, s, lr, eps=1e-10):
    s = s + g**2
    return w - lr * g / (np.sqrt(s) + 1e-10), s


@wrong("adagrad_step", "uphill")
def climbs_adapted(w, g, s, lr, eps=1e-10):
    s = s + g**2
    return w + lr * g / (np.sqrt(s) + eps), s


@wrong("adagrad_step", "changed in place")
def sum_in_place(w, g, s, lr, eps=1e-10):
    s += g**2
    return w - lr * g / (np.sqrt(s) + eps), s


@variant("adagrad_step")
def eps_under_the_root(w, g, s, lr, eps=1e-10):
    s = s + g * g
    return w - lr * g / np.sqrt(s + eps), s


@variant("adagrad_step")
def rate_of_each_weight(w, g, s, lr, eps=1e-10):
    total = np.add(s, np.square(g))
    rates = lr / (total**0.5 + eps)
    return w - rates * g, total


@variant("adagrad_step")
def weight_by_weight(w, g, s, lr, eps=1e-10):
    new_w, new_s = np.array(w, dtype=float), np.array(s, dtype=float)
    for place in np.ndindex(*w.shape):
        new_s[place] += float(g[place]) ** 2
        new_w[place] -= lr * g[place] / (new_s[place] ** 0.5 + eps)
    return new_w, new_s
