"""Sample answers to `gradient_descent`."""

import numpy as np

from course_utils.authoring.answers import variant, wrong


@wrong("gradient_descent", "uphill")
def climbs(grad, w0, lr, steps):
    path = [w0]
    for _ in range(steps):
        path.append(path[-1] + lr * grad(path[-1]))
    return np.array(path)


@wrong("gradient_descent", "learning rate ignored")
def jumps(grad, w0, lr, steps):
    path = [w0]
    for _ in range(steps):
        path.append(path[-1] - grad(path[-1]))
    return np.array(path)


@wrong("gradient_descent", "the start is missing")
def forgets_the_start(grad, w0, lr, steps):
    w, path = w0, np.zeros((steps, len(w0)))
    for step in range(steps):
        w = w - lr * grad(w)
        path[step] = w
    return path


@wrong("gradient_descent", "the last place is missing")
def forgets_the_end(grad, w0, lr, steps):
    w, path = w0, []
    for _ in range(steps):
        path.append(w)
        w = w - lr * grad(w)
    return np.array(path).reshape(steps, len(w0))


@wrong("gradient_descent", "only the last place")
def returns_the_end(grad, w0, lr, steps):
    w = w0.copy()
    for _ in range(steps):
        w -= lr * grad(w)
    return w


@wrong("gradient_descent", "one gradient for all steps")
def asks_once(grad, w0, lr, steps):
    slope = grad(w0)
    return np.array([w0 - lr * step * slope for step in range(steps + 1)])


@wrong("gradient_descent", "the same array in every row")
def keeps_one_array(grad, w0, lr, steps):
    w = w0.copy()
    path = [w]
    for _ in range(steps):
        w -= lr * grad(w)
        path.append(w)
    return np.array(path)


@variant("gradient_descent")
def fills_a_table(grad, w0, lr, steps):
    path = np.empty((steps + 1, w0.size))
    path[0] = w0
    for step in range(steps):
        path[step + 1] = path[step] - lr * grad(path[step])
    return path


@variant("gradient_descent")
def with_copies(grad, w0, lr, steps):
    w, path = np.array(w0, dtype=float), []
    for _ in range(steps):
        path.append(w.copy())
        w -= lr * np.asarray(grad(w))
    return np.stack([*path, w])


@variant("gradient_descent")
def places_before_it(grad, w0, lr, steps):
    path = w0[np.newaxis].copy()
    while len(path) <= steps:
        step = np.multiply(-lr, grad(path[-1]))
        path = np.concatenate([path, [path[-1] + step]])
    return path
