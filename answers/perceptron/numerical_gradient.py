"""Sample answers to `numerical_gradient`."""

import numpy as np

from course_utils.authoring.answers import variant, wrong


@wrong("numerical_gradient", "forward difference")
def steps_forward_only(f, x, eps=1e-5):
    x = x.astype(float)
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        moved = x.copy()
        moved[index] += eps
        gradient[index] = (f(moved) - f(x)) / eps
    return gradient


@wrong("numerical_gradient", "divided by one step")
def divides_by_one_step(f, x, eps=1e-5):
    x = x.astype(float)
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[index] += eps
        down[index] -= eps
        gradient[index] = (f(up) - f(down)) / eps
    return gradient


@wrong("numerical_gradient", "all entries together")
def moves_everything(f, x, eps=1e-5):
    x = x.astype(float)
    return np.full(x.shape, (f(x + eps) - f(x - eps)) / (2 * eps))


@wrong("numerical_gradient", "eps ignored")
def chooses_its_own_step(f, x, eps=1e-5):
    x = x.astype(float)
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[index] += 1e-5
        down[index] -= 1e-5
        gradient[index] = (f(up) - f(down)) / 2e-5
    return gradient


@wrong("numerical_gradient", "backwards")
def looks_back(f, x, eps=1e-5):
    x = x.astype(float)
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[index] += eps
        down[index] -= eps
        gradient[index] = (f(down) - f(up)) / (2 * eps)
    return gradient


@wrong("numerical_gradient", "input changed")
def moves_and_moves_back(f, x, eps=1e-5):
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        x[index] += eps
        up = f(x)
        x[index] -= 2 * eps
        down = f(x)
        x[index] += eps
        gradient[index] = (up - down) / (2 * eps)
    return gradient


@variant("numerical_gradient")
def gradient_with_one_copy(f, x, eps=1e-5):
    point = np.array(x, dtype=np.float64)
    gradient = np.empty_like(point)
    for index, old in np.ndenumerate(point.copy()):
        point[index] = old + eps
        above = f(point)
        point[index] = old - eps
        gradient[index] = (above - f(point)) / eps / 2
        point[index] = old
    return gradient


@variant("numerical_gradient")
def gradient_with_unit_steps(f, x, eps=1e-5):
    steps = eps * np.eye(x.size).reshape(x.size, *x.shape)
    slopes = [(f(x + step) - f(x - step)) / (2 * eps) for step in steps]
    return np.array(slopes, dtype=float).reshape(x.shape)


@variant("numerical_gradient")
def gradient_on_a_flat_copy(f, x, eps=1e-5):
    shape = np.shape(x)
    flat = np.asarray(x, dtype=float).flatten()
    gradient = np.zeros(len(flat))
    for i in range(len(flat)):
        for sign in (1, -1):
            moved = flat.copy()
            moved[i] = moved[i] + sign * eps
            gradient[i] += sign * f(moved.reshape(shape))
    return (gradient / (2 * eps)).reshape(shape)
