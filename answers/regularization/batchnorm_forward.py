"""Sample answers to `batchnorm_forward`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong

SURVIVORS = {
    "batchnorm_forward: m = x.size // x.shape[1] -> m = x.size / x.shape[1]": (
        "the number of channels divides the number of values"
    ),
}


@wrong("batchnorm_forward", "all channels together")
def normalises_all_channels(
    x, gamma, beta, running_mean, running_var, training, momentum=0.1, eps=1e-5
):
    if training and x.size == x.shape[1]:
        raise ValueError("one value a channel")
    mean, var = running_mean.copy(), running_var.copy()
    m = x.size // x.shape[1]
    if training:
        mean = (1 - momentum) * mean + momentum * x.mean((0, 2, 3))
        var = (1 - momentum) * var + momentum * m / (m - 1) * x.var((0, 2, 3))
    if training:
        a, b = np.full(len(gamma), x.mean()), np.full(len(gamma), x.var())
    else:
        a, b = running_mean, running_var
    z = (x - a[:, None, None]) / np.sqrt(b + eps)[:, None, None]
    y = gamma[:, None, None] * z + beta[:, None, None]
    return y, mean, var


@wrong("batchnorm_forward", "unbiased variance in y")
def takes_the_unbiased(x, gamma, beta, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    if training and x.size == x.shape[1]:
        raise ValueError("one value a channel")
    mean, var = running_mean.copy(), running_var.copy()
    m = x.size // x.shape[1]
    if training:
        mean = (1 - momentum) * mean + momentum * x.mean((0, 2, 3))
        var = (1 - momentum) * var + momentum * m / (m - 1) * x.var((0, 2, 3))
    if training:
        a, b = x.mean((0, 2, 3)), x.var((0, 2, 3), ddof=1)
    else:
        a, b = running_mean, running_var
    z = (x - a[:, None, None]) / np.sqrt(b + eps)[:, None, None]
    y = gamma[:, None, None] * z + beta[:, None, None]
    return y, mean, var


@wrong("batchnorm_forward", "biased variance in the memory")
def remembers_the_biased(
    x, gamma, beta, running_mean, running_var, training, momentum=0.1, eps=1e-5
):
    if training and x.size == x.shape[1]:
        raise ValueError("one value a channel")
    mean, var = running_mean.copy(), running_var.copy()
    if training:
        mean = (1 - momentum) * mean + momentum * x.mean((0, 2, 3))
        var = (1 - momentum) * var + momentum * x.var((0, 2, 3))
    if training:
        a, b = x.mean((0, 2, 3)), x.var((0, 2, 3))
    else:
        a, b = running_mean, running_var
    z = (x - a[:, None, None]) / np.sqrt(b + eps)[:, None, None]
    y = gamma[:, None, None] * z + beta[:, None, None]
    return y, mean, var


@wrong("batchnorm_forward", "momentum the other way")
def turns_the_momentum(x, gamma, beta, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    if training and x.size == x.shape[1]:
        raise ValueError("one value a channel")
    mean, var = running_mean.copy(), running_var.copy()
    m = x.size // x.shape[1]
    if training:
        mean = (1 - (1 - momentum)) * mean + (1 - momentum) * x.mean((0, 2, 3))
        var = (1 - (1 - momentum)) * var + (1 - momentum) * m / (m - 1) * x.var((0, 2, 3))
    if training:
        a, b = x.mean((0, 2, 3)), x.var((0, 2, 3))
    else:
        a, b = running_mean, running_var
    z = (x - a[:, None, None]) / np.sqrt(b + eps)[:, None, None]
    y = gamma[:, None, None] * z + beta[:, None, None]
    return y, mean, var


@wrong("batchnorm_forward", "batch statistics in evaluation")
def ignores_the_mode(x, gamma, beta, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    if x.size == x.shape[1]:
        raise ValueError("one value a channel")
    mean, var = running_mean.copy(), running_var.copy()
    m = x.size // x.shape[1]
    if True:
        mean = (1 - momentum) * mean + momentum * x.mean((0, 2, 3))
        var = (1 - momentum) * var + momentum * m / (m - 1) * x.var((0, 2, 3))
    if True:
        a, b = x.mean((0, 2, 3)), x.var((0, 2, 3))
    z = (x - a[:, None, None]) / np.sqrt(b + eps)[:, None, None]
    y = gamma[:, None, None] * z + beta[:, None, None]
    return y, mean, var


@wrong("batchnorm_forward", "running values in training")
def always_uses_the_running(
    x, gamma, beta, running_mean, running_var, training, momentum=0.1, eps=1e-5
):
    if training and x.size == x.shape[1]:
        raise ValueError("one value a channel")
    mean, var = running_mean.copy(), running_var.copy()
    m = x.size // x.shape[1]
    if training:
        mean = (1 - momentum) * mean + momentum * x.mean((0, 2, 3))
        var = (1 - momentum) * var + momentum * m / (m - 1) * x.var((0, 2, 3))
    if training:
        a, b = running_mean, running_var
    else:
        a, b = running_mean, running_var
    z = (x - a[:, None, None]) / np.sqrt(b + eps)[:, None, None]
    y = gamma[:, None, None] * z + beta[:, None, None]
    return y, mean, var


@wrong("batchnorm_forward", "ε beside the root")
def adds_epsilon_late(x, gamma, beta, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    if training and x.size == x.shape[1]:
        raise ValueError("one value a channel")
    mean, var = running_mean.copy(), running_var.copy()
    m = x.size // x.shape[1]
    if training:
        mean = (1 - momentum) * mean + momentum * x.mean((0, 2, 3))
        var = (1 - momentum) * var + momentum * m / (m - 1) * x.var((0, 2, 3))
    if training:
        a, b = x.mean((0, 2, 3)), x.var((0, 2, 3))
    else:
        a, b = running_mean, running_var
    z = (x - a[:, None, None]) / (np.sqrt(b) + eps)[:, None, None]
    y = gamma[:, None, None] * z + beta[:, None, None]
    return y, mean, var


@wrong("batchnorm_forward", "variance for standard deviation")
def forgets_the_root(x, gamma, beta, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    if training and x.size == x.shape[1]:
        raise ValueError("one value a channel")
    mean, var = running_mean.copy(), running_var.copy()
    m = x.size // x.shape[1]
    if training:
        mean = (1 - momentum) * mean + momentum * x.mean((0, 2, 3))
        var = (1 - momentum) * var + momentum * m / (m - 1) * x.var((0, 2, 3))
    if training:
        a, b = x.mean((0, 2, 3)), x.var((0, 2, 3))
    else:
        a, b = running_mean, running_var
    z = (x - a[:, None, None]) / (b + eps)[:, None, None]
    y = gamma[:, None, None] * z + beta[:, None, None]
    return y, mean, var


@wrong("batchnorm_forward", "γ and β forgotten")
def forgets_scale_and_shift(
    x, gamma, beta, running_mean, running_var, training, momentum=0.1, eps=1e-5
):
    if training and x.size == x.shape[1]:
        raise ValueError("one value a channel")
    mean, var = running_mean.copy(), running_var.copy()
    m = x.size // x.shape[1]
    if training:
        mean = (1 - momentum) * mean + momentum * x.mean((0, 2, 3))
        var = (1 - momentum) * var + momentum * m / (m - 1) * x.var((0, 2, 3))
    if training:
        a, b = x.mean((0, 2, 3)), x.var((0, 2, 3))
    else:
        a, b = running_mean, running_var
    z = (x - a[:, None, None]) / np.sqrt(b + eps)[:, None, None]
    y = z
    return y, mean, var


@wrong("batchnorm_forward", "nothing is remembered")
def remembers_nothing(x, gamma, beta, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    if training and x.size == x.shape[1]:
        raise ValueError("one value a channel")
    mean, var = running_mean.copy(), running_var.copy()
    m = x.size // x.shape[1]
    if training:
        mean = (1 - momentum) * mean + momentum * x.mean((0, 2, 3))
        var = (1 - momentum) * var + momentum * m / (m - 1) * x.var((0, 2, 3))
    if training:
        a, b = x.mean((0, 2, 3)), x.var((0, 2, 3))
    else:
        a, b = running_mean, running_var
    z = (x - a[:, None, None]) / np.sqrt(b + eps)[:, None, None]
    y = gamma[:, None, None] * z + beta[:, None, None]
    return y, running_mean.copy(), running_var.copy()


@wrong("batchnorm_forward", "only the last batch is remembered")
def remembers_the_last(x, gamma, beta, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    if training and x.size == x.shape[1]:
        raise ValueError("one value a channel")
    mean, var = running_mean.copy(), running_var.copy()
    m = x.size // x.shape[1]
    if training:
        mean = (1 - 1.0) * mean + 1.0 * x.mean((0, 2, 3))
        var = (1 - 1.0) * var + 1.0 * m / (m - 1) * x.var((0, 2, 3))
    if training:
        a, b = x.mean((0, 2, 3)), x.var((0, 2, 3))
    else:
        a, b = running_mean, running_var
    z = (x - a[:, None, None]) / np.sqrt(b + eps)[:, None, None]
    y = gamma[:, None, None] * z + beta[:, None, None]
    return y, mean, var


@wrong("batchnorm_forward", "memory moves in evaluation")
def remembers_the_test(x, gamma, beta, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    if training and x.size == x.shape[1]:
        raise ValueError("one value a channel")
    mean, var = running_mean.copy(), running_var.copy()
    m = x.size // x.shape[1]
    if m > 1:
        mean = (1 - momentum) * mean + momentum * x.mean((0, 2, 3))
        var = (1 - momentum) * var + momentum * m / (m - 1) * x.var((0, 2, 3))
    if training:
        a, b = x.mean((0, 2, 3)), x.var((0, 2, 3))
    else:
        a, b = running_mean, running_var
    z = (x - a[:, None, None]) / np.sqrt(b + eps)[:, None, None]
    y = gamma[:, None, None] * z + beta[:, None, None]
    return y, mean, var


@variant("batchnorm_forward")
def in_one_stretch(x, gamma, beta, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    if training and x.size == x.shape[1]:
        raise ValueError("one value a channel")
    mean, var = running_mean.copy(), running_var.copy()
    m = x.size // x.shape[1]
    if training:
        mean = (1 - momentum) * mean + momentum * x.mean((0, 2, 3))
        var = (1 - momentum) * var + momentum * m / (m - 1) * x.var((0, 2, 3))
    if training:
        a, b = x.mean((0, 2, 3)), x.var((0, 2, 3))
    else:
        a, b = running_mean, running_var
    z = (x - a[:, None, None]) / np.sqrt(b + eps)[:, None, None]
    y = gamma[:, None, None] * z + beta[:, None, None]
    return y, mean, var


@variant("batchnorm_forward")
def with_moved_axes(x, gamma, beta, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    if not training:
        scale = gamma / np.sqrt(running_var + eps)
        y = np.moveaxis((np.moveaxis(x, 1, -1) - running_mean) * scale + beta, -1, 1)
        return y, running_mean.copy(), running_var.copy()
    rows = np.moveaxis(x, 1, -1).reshape(-1, x.shape[1])
    if len(rows) == 1:
        raise ValueError("a single value has no variance")
    mean, var = rows.mean(axis=0), rows.var(axis=0)
    y = (np.moveaxis(x, 1, -1) - mean) / np.sqrt(var + eps) * gamma + beta
    mean = (1 - momentum) * running_mean + momentum * mean
    var = (1 - momentum) * running_var + momentum * rows.var(axis=0, ddof=1)
    return np.moveaxis(y, -1, 1), mean, var


@variant("batchnorm_forward")
def channel_by_channel(x, gamma, beta, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    y = np.empty_like(x)
    mean, var = running_mean.copy(), running_var.copy()
    for c in range(x.shape[1]):
        a, b = mean[c], var[c]
        if training:
            values = x[:, c].ravel()
            if values.size == 1:
                raise ValueError("one value")
            a, b = np.mean(values), np.var(values)
            mean[c] += momentum * (a - mean[c])
            var[c] += momentum * (np.var(values, ddof=1) - var[c])
        y[:, c] = gamma[c] * (x[:, c] - a) / np.sqrt(b + eps) + beta[c]
    return y, mean, var


@variant("batchnorm_forward")
def with_sums(x, gamma, beta, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    shape = (1, -1, 1, 1)
    m = x.shape[0] * x.shape[2] * x.shape[3]
    if not training:
        mean, var = running_mean, running_var
        new = running_mean.copy(), running_var.copy()
    elif m == 1:
        raise ValueError("no variance")
    else:
        mean = x.sum(axis=(0, 2, 3)) / m
        squares = ((x - mean.reshape(shape)) ** 2).sum(axis=(0, 2, 3))
        var = squares / m
        new = (
            running_mean * (1 - momentum) + mean * momentum,
            running_var * (1 - momentum) + squares / (m - 1) * momentum,
        )
    scale = gamma / (var + eps) ** 0.5
    return (x - mean.reshape(shape)) * scale.reshape(shape) + beta.reshape(shape), *new


@neutral("batchnorm_forward", "no refusal")
def never_refuses(x, gamma, beta, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    mean, var = running_mean.copy(), running_var.copy()
    m = max(x.size // x.shape[1], 1 + 1e-9)
    if training:
        mean = (1 - momentum) * mean + momentum * x.mean((0, 2, 3))
        var = (1 - momentum) * var + momentum * m / (m - 1) * x.var((0, 2, 3))
    if training:
        a, b = x.mean((0, 2, 3)), x.var((0, 2, 3))
    else:
        a, b = running_mean, running_var
    z = (x - a[:, None, None]) / np.sqrt(b + eps)[:, None, None]
    y = gamma[:, None, None] * z + beta[:, None, None]
    return y, mean, var


@neutral("batchnorm_forward", "refuses in evaluation, too")
def refuses_always(x, gamma, beta, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    if x.size == x.shape[1]:
        raise ValueError("one value a channel")
    mean, var = running_mean.copy(), running_var.copy()
    m = x.size // x.shape[1]
    if training:
        mean = (1 - momentum) * mean + momentum * x.mean((0, 2, 3))
        var = (1 - momentum) * var + momentum * m / (m - 1) * x.var((0, 2, 3))
    if training:
        a, b = x.mean((0, 2, 3)), x.var((0, 2, 3))
    else:
        a, b = running_mean, running_var
    z = (x - a[:, None, None]) / np.sqrt(b + eps)[:, None, None]
    y = gamma[:, None, None] * z + beta[:, None, None]
    return y, mean, var


@neutral("batchnorm_forward", "changes the running values")
def remembers_in_place(x, gamma, beta, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    if training and x.size == x.shape[1]:
        raise ValueError("one value a channel")
    mean, var = running_mean.copy(), running_var.copy()
    m = x.size // x.shape[1]
    if training:
        mean = (1 - momentum) * mean + momentum * x.mean((0, 2, 3))
        var = (1 - momentum) * var + momentum * m / (m - 1) * x.var((0, 2, 3))
    if training:
        a, b = x.mean((0, 2, 3)), x.var((0, 2, 3))
    else:
        a, b = running_mean, running_var
    z = (x - a[:, None, None]) / np.sqrt(b + eps)[:, None, None]
    y = gamma[:, None, None] * z + beta[:, None, None]
    running_mean[:], running_var[:] = mean, var
    return y, mean, var


@neutral("batchnorm_forward", "hands the running values on")
def hands_on(x, gamma, beta, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    if training and x.size == x.shape[1]:
        raise ValueError("one value a channel")
    mean, var = running_mean.copy(), running_var.copy()
    m = x.size // x.shape[1]
    if training:
        mean = (1 - momentum) * mean + momentum * x.mean((0, 2, 3))
        var = (1 - momentum) * var + momentum * m / (m - 1) * x.var((0, 2, 3))
    if training:
        a, b = x.mean((0, 2, 3)), x.var((0, 2, 3))
    else:
        a, b = running_mean, running_var
    z = (x - a[:, None, None]) / np.sqrt(b + eps)[:, None, None]
    y = gamma[:, None, None] * z + beta[:, None, None]
    if not training:
        return y, running_mean, running_var
    return y, mean, var


@neutral("batchnorm_forward", "y alone")
def gives_y_alone(x, gamma, beta, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    if training and x.size == x.shape[1]:
        raise ValueError("one value a channel")
    mean, var = running_mean.copy(), running_var.copy()
    m = x.size // x.shape[1]
    if training:
        mean = (1 - momentum) * mean + momentum * x.mean((0, 2, 3))
        var = (1 - momentum) * var + momentum * m / (m - 1) * x.var((0, 2, 3))
    if training:
        a, b = x.mean((0, 2, 3)), x.var((0, 2, 3))
    else:
        a, b = running_mean, running_var
    z = (x - a[:, None, None]) / np.sqrt(b + eps)[:, None, None]
    y = gamma[:, None, None] * z + beta[:, None, None]
    return y


@neutral("batchnorm_forward", "variance before mean")
def exchanges_the_memory(
    x, gamma, beta, running_mean, running_var, training, momentum=0.1, eps=1e-5
):
    if training and x.size == x.shape[1]:
        raise ValueError("one value a channel")
    mean, var = running_mean.copy(), running_var.copy()
    m = x.size // x.shape[1]
    if training:
        mean = (1 - momentum) * mean + momentum * x.mean((0, 2, 3))
        var = (1 - momentum) * var + momentum * m / (m - 1) * x.var((0, 2, 3))
    if training:
        a, b = x.mean((0, 2, 3)), x.var((0, 2, 3))
    else:
        a, b = running_mean, running_var
    z = (x - a[:, None, None]) / np.sqrt(b + eps)[:, None, None]
    y = gamma[:, None, None] * z + beta[:, None, None]
    return y, var, mean
