"""Sample answers to `momentum_step`."""

import numpy as np

from course_utils.authoring.answers import variant, wrong


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


@wrong("momentum_step", "changed in place")
def velocity_in_place(w, g, v, lr, mu=0.9):
    v *= mu
    v += g
    return w - lr * v, v


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
