"""Sample answers to `adagrad_step`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong


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


@variant("adagrad_step")
def in_copies(w, g, s, lr, eps=1e-10):
    w, s = w.copy(), s.copy()
    s += g * g
    w -= lr * g / np.sqrt(s + eps)
    return w, s


@wrong("adagrad_step", "a running mean for the sum")
def runs_as_rmsprop(w, g, s, lr, eps=1e-10):
    s = 0.9 * s + 0.1 * g**2
    return w - lr * g / (np.sqrt(s) + eps), s


@wrong("adagrad_step", "weights returned last")
def returns_the_sum_first(w, g, s, lr, eps=1e-10):
    s = s + g**2
    w = w - lr * g / (np.sqrt(s) + eps)
    return s, w


@wrong("adagrad_step", "one sum for all weights")
def adds_the_squared_length(w, g, s, lr, eps=1e-10):
    s = s + np.linalg.norm(g) ** 2
    return w - lr * g / np.sqrt(s + eps), s


@wrong("adagrad_step", "old sum used")
def updates_afterwards(w, g, s, lr, eps=1e-10):
    new = w - lr * g / np.sqrt(s + eps)
    return new, s + g * g


@neutral("adagrad_step", "sum changed")
def sum_in_place(w, g, s, lr, eps=1e-10):
    s += g**2
    return w - lr * g / (np.sqrt(s) + eps), s


@neutral("adagrad_step", "weights changed")
def weights_change_in_place(w, g, s, lr, eps=1e-10):
    s = s + g**2
    w -= lr * g / (np.sqrt(s) + eps)
    return w, s


@neutral("adagrad_step", "the old arrays where there is no gradient")
def rests_without_gradient(w, g, s, lr, eps=1e-10):
    if not np.any(g):
        return w, s
    s = s + g**2
    return w - lr * g / (np.sqrt(s) + eps), s


@neutral("adagrad_step", "another dtype")
def sums_in_single_precision(w, g, s, lr, eps=1e-10):
    s = (s + g**2).astype(np.float32)
    return w - lr * g / (np.sqrt(s) + eps), s


@neutral("adagrad_step", "eps behind the fraction")
def adds_eps_behind(w, g, s, lr, eps=1e-10):
    s = s + g**2
    return w - (lr * g / np.maximum(np.sqrt(s), 1e-300) + eps), s


@neutral("adagrad_step", "eps as a floor")
def takes_the_larger(w, g, s, lr, eps=1e-10):
    s = s + g**2
    return w - lr * g / np.maximum(np.sqrt(s), eps), s


@neutral("adagrad_step", "remembers the sum")
def keeps_its_own_sum(w, g, s, lr, eps=1e-10, kept={}):  # noqa: B006
    s = kept.get(w.shape, s) + g**2
    kept[w.shape] = s
    return w - lr * g / (np.sqrt(s) + eps), s.copy()


@neutral("adagrad_step", "lists for the arrays")
def pair_of_lists(w, g, s, lr, eps=1e-10):
    s = s + g**2
    return (w - lr * g / (np.sqrt(s) + eps)).tolist(), s.tolist()
