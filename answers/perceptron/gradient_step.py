"""Sample answers to `gradient_step`."""

import numpy as np

from course_utils.authoring.answers import variant, wrong


@wrong("gradient_step", "uphill")
def climbs(params, grads, lr):
    return {name: params[name] + lr * grads[name] for name in params}


@wrong("gradient_step", "learning rate ignored")
def leaps(params, grads, lr):
    return {name: params[name] - grads[name] for name in params}


@wrong("gradient_step", "parameters changed in place")
def overwrites(params, grads, lr):
    for name in params:
        params[name] -= lr * grads[name]
    return params


@wrong("gradient_step", "only the change")
def returns_the_change(params, grads, lr):
    return {name: -lr * grads[name] for name in params}


@wrong("gradient_step", "sign of the gradient")
def walks_evenly(params, grads, lr):
    return {name: params[name] - lr * np.sign(grads[name]) for name in params}


@variant("gradient_step")
def steps_with_a_loop(params, grads, lr):
    result = {}
    for name, value in params.items():
        result[name] = value + (-lr) * grads[name]
    return result


@variant("gradient_step")
def steps_on_copies(params, grads, lr):
    result = {name: value.copy() for name, value in params.items()}
    for name in result:
        result[name] -= (lr * grads[name]).astype(result[name].dtype)
    return result


@variant("gradient_step")
def steps_with_numpy(params, grads, lr):
    moved = [np.subtract(params[name], np.multiply(lr, grads[name])) for name in params]
    return dict(zip(params, moved, strict=True))
