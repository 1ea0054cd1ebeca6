"""Sample answers to `gradient_step`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong


@wrong("gradient_step", "uphill")
def climbs(params, grads, lr):
    return {name: params[name] + lr * grads[name] for name in params}


@wrong("gradient_step", "learning rate ignored")
def leaps(params, grads, lr):
    return {name: params[name] - grads[name] for name in params}


@wrong("gradient_step", "only the change")
def returns_the_change(params, grads, lr):
    return {name: -lr * grads[name] for name in params}


@wrong("gradient_step", "sign of the gradient")
def walks_evenly(params, grads, lr):
    return {name: params[name] - lr * np.sign(grads[name]) for name in params}


@wrong("gradient_step", "paired by place")
def pairs_by_place(params, grads, lr):
    result = {}
    for name, grad in zip(params, grads.values(), strict=True):
        result[name] = params[name] - lr * grad
    return result


@wrong("gradient_step", "paired by place")
def zips_both_dicts(params, grads, lr):
    pairs = zip(params.items(), grads.items(), strict=True)
    return {key: value - lr * slope for (key, value), (_, slope) in pairs}


@wrong("gradient_step", "divided by the learning rate")
def divides_by_the_rate(params, grads, lr):
    with np.errstate(all="ignore"):
        return {name: params[name] - grads[name] / lr for name in params}


@wrong("gradient_step", "uphill")
def adds_the_gradient(params, grads, lr):
    result = {}
    for name, value in params.items():
        result[name] = value - lr * -grads[name]
    return result


@wrong("gradient_step", "only the change")
def keeps_only_the_steps(params, grads, lr):
    steps = {}
    for name in grads:
        steps[name] = np.multiply(grads[name], -lr)
    return steps


@wrong("gradient_step", "learning rate ignored")
def takes_the_whole_gradient(params, grads, lr=1.0):
    new = {name: value.copy() for name, value in params.items()}
    for name in new:
        new[name] -= grads[name]
    return new


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


@variant("gradient_step")
def steps_in_float32(params, grads, lr):
    lr = np.float32(lr)
    return {
        name: value.astype(np.float32) - lr * grads[name].astype(np.float32)
        for name, value in params.items()
    }


@neutral("gradient_step", "changes the old parameters")
def overwrites(params, grads, lr):
    for name in params:
        params[name] -= lr * grads[name]
    return params


@neutral("gradient_step", "puts new arrays into the old dict")
def fills_the_old_dict(params, grads, lr):
    for name in params:
        params[name] = params[name] - lr * grads[name]
    return params


@neutral("gradient_step", "changes the arrays of a shallow copy")
def copies_the_dict_only(params, grads, lr):
    new = dict(params)
    for name in new:
        new[name] -= lr * grads[name]
    return new


@neutral("gradient_step", "the first parameter alone")
def returns_inside_the_loop(params, grads, lr):
    new = {}
    for name in params:
        new[name] = params[name] - lr * grads[name]
        return new


@neutral("gradient_step", "multiplies the gradients in place")
def scales_the_gradients(params, grads, lr):
    for name in grads:
        grads[name] *= lr
    return {name: params[name] - grads[name] for name in params}


@neutral("gradient_step", "a list for a dict")
def gives_a_list(params, grads, lr):
    return [params[name] - lr * grads[name] for name in params]
