"""Sample answers to `numerical_gradient`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong


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


@wrong("numerical_gradient", "backward difference")
def steps_back_only(f, x, eps=1e-5):
    x = x.astype(float)
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        moved = x.copy()
        moved[index] -= eps
        gradient[index] = (f(x) - f(moved)) / eps
    return gradient


@wrong("numerical_gradient", "half of the slope")
def halves_twice(f, x, eps=1e-5):
    x = x.astype(float)
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[index] = eps
        gradient[index] = (f(x + step) - f(x - step)) / (4 * eps)
    return gradient


@wrong("numerical_gradient", "not divided")
def gives_differences(f, x, eps=1e-5):
    x = x.astype(float)
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[index] = eps
        gradient[index] = f(x + step) - f(x - step)
    return gradient


@wrong("numerical_gradient", "forward difference")
def compares_with_the_start(f, x, eps=1e-5):
    start = f(x)
    flat = x.astype(float).ravel()
    slopes = []
    for i in range(flat.size):
        moved = flat.copy()
        moved[i] += eps
        slopes.append((f(moved.reshape(x.shape)) - start) / eps)
    return np.array(slopes).reshape(x.shape)


@wrong("numerical_gradient", "eps ignored")
def sets_eps_itself(f, x, eps=1e-5):
    eps = 1e-6
    x = x.astype(np.float64)
    gradient = np.zeros_like(x)
    for index in np.ndindex(*x.shape):
        up, down = x.copy(), x.copy()
        up[index] += eps
        down[index] -= eps
        gradient[index] = (f(up) - f(down)) / (2 * eps)
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


@variant("numerical_gradient")
def gradient_in_place_on_a_copy(f, x, eps=1e-5):
    x = np.array(x, dtype=np.float64)
    gradient = np.zeros(x.shape)
    walk = np.nditer(x, flags=["multi_index"])
    while not walk.finished:
        at = walk.multi_index
        kept = x[at]
        x[at] = kept + eps
        above = f(x)
        x[at] = kept - eps
        below = f(x)
        x[at] = kept
        gradient[at] = (above - below) / (2 * eps)
        walk.iternext()
    return gradient


@neutral("numerical_gradient", "leaves a trace in its input")
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


@neutral("numerical_gradient", "entries stay moved")
def never_moves_back(f, x, eps=1e-5):
    up, down = x.astype(float), x.astype(float)
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        up[index] += eps
        before = f(up)
        down[...] = up
        down[index] -= 2 * eps
        gradient[index] = (before - f(down)) / (2 * eps)
    return gradient


@neutral("numerical_gradient", "a gradient in the precision of x")
def keeps_the_dtype(f, x, eps=1e-5):
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[index] = eps
        gradient[index] = (f(x + step) - f(x - step)) / (2 * eps)
    return gradient


@neutral("numerical_gradient", "computes in the precision of x")
def steps_in_single_precision(f, x, eps=1e-5):
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[index] += eps
        down[index] -= eps
        gradient[index] = (f(up) - f(down)) / (2 * eps)
    return gradient


@neutral("numerical_gradient", "the first axis alone")
def walks_along_one_axis(f, x, eps=1e-5):
    x = x.astype(float)
    gradient = np.zeros(x.shape)
    for i in range(len(x)):
        up, down = x.copy(), x.copy()
        up[i] += eps
        down[i] -= eps
        gradient[i] = (f(up) - f(down)) / (2 * eps)
    return gradient


@neutral("numerical_gradient", "hands over a flat array")
def flattens_the_point(f, x, eps=1e-5):
    flat = x.astype(float).ravel()
    gradient = np.zeros(flat.size)
    for i in range(flat.size):
        step = np.zeros(flat.size)
        step[i] = eps
        gradient[i] = (f(flat + step) - f(flat - step)) / (2 * eps)
    return gradient.reshape(x.shape)
