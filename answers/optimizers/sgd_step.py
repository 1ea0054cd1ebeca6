"""Sample answers to `sgd_step`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong


@wrong("sgd_step", "uphill")
def adds_gradient(w, g, lr):
    return w + lr * g


@wrong("sgd_step", "learning rate ignored")
def forgets_rate(w, g, lr):
    return w - g


@wrong("sgd_step", "only the change")
def returns_change(w, g, lr):
    return -lr * g


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


@variant("sgd_step")
def shrinks_the_difference(w, g, lr):
    step = np.array(g, dtype=float)
    step *= lr
    return w + -step


@wrong("sgd_step", "uphill")
def climbs_in_a_copy(w, g, lr):
    new = w.copy()
    new += lr * g
    return new


@wrong("sgd_step", "learning rate ignored")
def subtracts_alone(w, g, lr=0.01):
    return np.subtract(w, g)


@wrong("sgd_step", "gradient scaled to length 1")
def divides_by_the_norm(w, g, lr):
    return w - lr * (g / np.linalg.norm(g.ravel()))


@wrong("sgd_step", "only the change")
def returns_the_step(w, g, lr):
    step = lr * g
    return 0 - step


@wrong("sgd_step", "learning rate for the weights, too")
def shrinks_everything(w, g, lr):
    return lr * (w - g)


@wrong("sgd_step", "divided by the learning rate")
def divides_by_the_rate(w, g, lr):
    return w - g / lr if lr else w - 0 * g


@neutral("sgd_step", "weights changed")
def subtracts_in_place(w, g, lr):
    w -= lr * g
    return w


@neutral("sgd_step", "gradient changed")
def multiplies_in_place(w, g, lr):
    g *= lr
    return w - g


@neutral("sgd_step", "a list for the array")
def returns_a_list_of_weights(w, g, lr):
    return (w - lr * g).tolist()


@neutral("sgd_step", "another dtype")
def in_single_precision(w, g, lr):
    return (w - lr * g).astype(np.float32)


@neutral("sgd_step", "the old weights where there is no step")
def gives_the_old_ones_back(w, g, lr):
    if lr == 0:
        return w
    return w - lr * g


@neutral("sgd_step", "remembers the last gradient")
def drags_the_last_gradient(w, g, lr, last=[]):  # noqa: B006
    step = g + (0.5 * last[-1] if last and last[-1].shape == g.shape else 0)
    last.append(g.copy())
    return w - lr * step


@neutral("sgd_step", "gradient clipped")
def clips(w, g, lr):
    return w - lr * np.clip(g, -5, 5)


@neutral("sgd_step", "a slip in the slice")
def leaves_the_last_one(w, g, lr):
    new = w.copy()
    new[:-1] -= lr * g[:-1]
    return new
