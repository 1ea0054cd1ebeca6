"""Sample answers to `sgd_step`."""

import numpy as np

from course_utils.authoring.answers import variant, wrong


@wrong("sgd_step", "uphill")
def adds_gradient(w, g, lr):
    return w + lr * g


@wrong("sgd_step", "learning rate ignored")
def forgets_rate(w, g, lr):
    return w - g


@wrong("sgd_step", "only the change")
def returns_change(w, g, lr):
    return -lr * g


@wrong("sgd_step", "changed in place")
def subtracts_in_place(w, g, lr):
    w -= lr * g
    return w


@wrong("sgd_step", "sign of the gradient")
def takes_the_sign(w, g, lr):
    return w - lr * np.sign(g)


@wrong("sgd_step", "gradient scaled to length 1")
def takes_the_direction(w, g, lr):
    return w - lr * g / np.sqrt((g**2).sum())


@variant("sgd_step")
def with_a_copy(w, g, lr):
    new = w.copy()
    new -= lr * g
    return new


@variant("sgd_step")
def element_by_element(w, g, lr):
    new = np.zeros(w.shape)
    for place in np.ndindex(*w.shape):
        new[place] = w[place] - g[place] * lr
    return new


@variant("sgd_step")
def with_numpy_functions(w, g, lr):
    return np.subtract(w, np.multiply(lr, g))
