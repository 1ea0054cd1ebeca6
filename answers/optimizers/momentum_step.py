"""Sample answers to `momentum_step`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong


@wrong("momentum_step", "gradient averaged in")
def averages(w, g, v, lr, mu=0.9):
    v = mu * v + (1 - mu) * g
    return w - lr * v, v


@wrong("momentum_step", "learning rate in the velocity")
def rate_inside(w, g, v, lr, mu=0.9):
    v = mu * v + lr * g
    return w - v, v


@wrong("momentum_step", "old velocity used")
def moves_first(w, g, v, lr, mu=0.9):
    return w - lr * v, mu * v + g


@wrong("momentum_step", "velocity not used")
def moves_by_gradient(w, g, v, lr, mu=0.9):
    return w - lr * g, mu * v + g


@wrong("momentum_step", "no friction")
def never_slows(w, g, v, lr, mu=0.9):
    v = v + g
    return w - lr * v, v


@wrong("momentum_step", "mu fixed at 0.9")
def fixes_mu(w, g, v, lr, mu=0.9):
    v = 0.9 * v + g
    return w - lr * v, v


@wrong("momentum_step", "Nesterov's look ahead")
def looks_ahead(w, g, v, lr, mu=0.9):
    v = mu * v + g
    return w - lr * (g + mu * v), v


@variant("momentum_step")
def in_one_line(w, g, v, lr, mu=0.9):
    return w - lr * (mu * v + g), mu * v + g


@variant("momentum_step")
def with_copies_of_both(w, g, v, lr, mu=0.9):
    w, v = w.copy(), v.copy()
    v *= mu
    v += g
    w -= lr * v
    return [w, v]


@variant("momentum_step")
def element_by_element_with_speed(w, g, v, lr, mu=0.9):
    new_w, new_v = np.zeros(w.shape), np.zeros(w.shape)
    for place in np.ndindex(*w.shape):
        new_v[place] = mu * v[place] + g[place]
        new_w[place] = w[place] - lr * new_v[place]
    return new_w, new_v


@variant("momentum_step")
def in_single_steps(w, g, v, lr, mu=0.9):
    velocity = np.add(np.multiply(mu, v), g)
    change = np.multiply(lr, velocity)
    return np.subtract(w, change), velocity


@wrong("momentum_step", "velocity downhill")
def rolls_as_keras_does(w, g, v, lr, mu=0.9):
    v = mu * v - lr * g
    return w + v, v


@wrong("momentum_step", "velocity downhill")
def rolls_in_copies_as_keras_does(w, g, v, lr, mu=0.9):
    w, v = w.copy(), v.copy()
    v *= mu
    v -= lr * g
    w += v
    return w, v


@wrong("momentum_step", "weights returned last")
def returns_velocity_first(w, g, v, lr, mu=0.9):
    v = mu * v + g
    w = w - lr * v
    return v, w


@wrong("momentum_step", "uphill")
def rolls_uphill(w, g, v, lr, mu=0.9):
    v = mu * v + g
    return w + lr * v, v


@wrong("momentum_step", "gradient averaged in")
def keeps_a_running_mean(w, g, v, lr, mu=0.9):
    v = v + (1 - mu) * (g - v)
    return w - lr * v, v


@neutral("momentum_step", "velocity changed")
def velocity_in_place(w, g, v, lr, mu=0.9):
    v *= mu
    v += g
    return w - lr * v, v


@neutral("momentum_step", "weights changed")
def weights_in_place(w, g, v, lr, mu=0.9):
    v = mu * v + g
    w -= lr * v
    return w, v


@neutral("momentum_step", "the gradient itself where there is no momentum")
def plain_without_momentum(w, g, v, lr, mu=0.9):
    if mu == 0:
        return w - lr * g, g
    v = mu * v + g
    return w - lr * v, v


@neutral("momentum_step", "another dtype")
def velocity_in_single_precision(w, g, v, lr, mu=0.9):
    v = (mu * v + g).astype(np.float32)
    return w - lr * v, v


@neutral("momentum_step", "lists for the arrays")
def two_lists(w, g, v, lr, mu=0.9):
    v = mu * v + g
    return list(w - lr * v), list(v)


@neutral("momentum_step", "remembers the velocity")
def keeps_its_own_velocity(w, g, v, lr, mu=0.9, kept={}):  # noqa: B006
    v = mu * kept.get(w.shape, v) + g
    kept[w.shape] = v
    return w - lr * v, v.copy()


@neutral("momentum_step", "a slip in the brackets")
def slows_the_gradient_too(w, g, v, lr, mu=0.9):
    v = mu * (v + g)
    return w - lr * v, v


@neutral("momentum_step", "only the weights")
def forgets_to_return_the_velocity(w, g, v, lr, mu=0.9):
    v = mu * v + g
    return w - lr * v
