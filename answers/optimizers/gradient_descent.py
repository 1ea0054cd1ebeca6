"""Sample answers to `gradient_descent`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong


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


@wrong("gradient_descent", "one weight after the other")
def moves_axis_by_axis(grad, w0, lr, steps):
    w = np.array(w0)
    path = [w.copy()]
    for _ in range(steps):
        for i in range(len(w)):
            w[i] = w[i] - lr * grad(w)[i]
        path.append(w.copy())
    return np.array(path)


@wrong("gradient_descent", "one weight after the other")
def fills_the_table_cell_by_cell(grad, w0, lr, steps):
    path = np.zeros((steps + 1, len(w0)))
    path[0] = w0
    for t in range(1, steps + 1):
        path[t] = path[t - 1]
        for i in range(len(w0)):
            path[t, i] -= lr * grad(path[t])[i]
    return path


@wrong("gradient_descent", "uphill")
def subtracts_the_negative(grad, w0, lr, steps):
    path = np.zeros((steps + 1, len(w0)))
    path[0] = w0
    for t in range(steps):
        step = -lr * grad(path[t])
        path[t + 1] = path[t] - step
    return path


@wrong("gradient_descent", "the last place is missing")
def stops_one_early(grad, w0, lr, steps):
    path = [w0]
    for _ in range(1, steps):
        path.append(path[-1] - lr * grad(path[-1]))
    return np.array(path)[:steps]


@variant("gradient_descent")
def with_accumulate(grad, w0, lr, steps):
    from itertools import accumulate

    return np.vstack(list(accumulate(range(steps), lambda w, _: w - lr * grad(w), initial=w0)))


@variant("gradient_descent")
def by_recursion(grad, w0, lr, steps):
    def walk(here, left):
        return [here] if left == 0 else [here, *walk(here - lr * grad(here), left - 1)]

    return np.array(walk(w0, steps))


@neutral("gradient_descent", "start changed")
def walks_in_place(grad, w0, lr, steps):
    path = [w0.copy()]
    for _ in range(steps):
        w0 -= lr * grad(w0)
        path.append(w0.copy())
    return np.array(path)


@neutral("gradient_descent", "a list for the array")
def returns_a_list(grad, w0, lr, steps):
    path = [w0]
    for _ in range(steps):
        path.append(path[-1] - lr * grad(path[-1]))
    return path


@neutral("gradient_descent", "another dtype")
def walks_in_single_precision(grad, w0, lr, steps):
    path = [w0]
    for _ in range(steps):
        path.append(path[-1] - lr * grad(path[-1]))
    return np.array(path, dtype=np.float32)


@neutral("gradient_descent", "the start itself where there is no step")
def shares_the_start(grad, w0, lr, steps):
    if steps == 0:
        return w0.reshape(1, -1)
    path = [w0]
    for _ in range(steps):
        path.append(path[-1] - lr * grad(path[-1]))
    return np.array(path)


@neutral("gradient_descent", "stops where it is flat")
def stops_at_the_minimum(grad, w0, lr, steps):
    path = [w0]
    for _ in range(steps):
        slope = grad(path[-1])
        if np.abs(slope).max() < 1e-6:
            break
        path.append(path[-1] - lr * slope)
    return np.array(path)


@neutral("gradient_descent", "remembers the path")
def goes_on_and_on(grad, w0, lr, steps, path=[]):  # noqa: B006
    path.append(w0)
    for _ in range(steps):
        path.append(path[-1] - lr * grad(path[-1]))
    return np.array(path)


@neutral("gradient_descent", "a slip in the loop")
def leaves_the_last_row_empty(grad, w0, lr, steps):
    path = np.zeros((steps + 1, len(w0)))
    path[0] = w0
    for t in range(1, steps):
        path[t] = path[t - 1] - lr * grad(path[t - 1])
    return path


@neutral("gradient_descent", "gradient clipped")
def never_steps_far(grad, w0, lr, steps):
    path = [w0]
    for _ in range(steps):
        path.append(path[-1] - lr * np.clip(grad(path[-1]), -100, 100))
    return np.array(path)
