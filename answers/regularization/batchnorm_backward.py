"""Sample answers to `batchnorm_backward`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong

SURVIVORS = {
    (
        "batchnorm_backward: axes, m = (0, 2, 3), x.size // x.shape[1] -> "
        "axes, m = (0, 2, 3), x.size / x.shape[1]"
    ): "the number of channels divides the number of values",
}


@wrong("batchnorm_backward", "mean and variance as constants")
def takes_both_for_constants(dout, x, gamma, eps=1e-5):
    s = np.sqrt(x.var((0, 2, 3), keepdims=True) + eps)
    z = (x - x.mean((0, 2, 3), keepdims=True)) / s
    dx = gamma[:, None, None] / s * dout
    dgamma = (dout * z).sum((0, 2, 3))
    dbeta = dout.sum((0, 2, 3))
    return dx, dgamma, dbeta


@wrong("batchnorm_backward", "variance as a constant")
def takes_the_variance_for_constant(dout, x, gamma, eps=1e-5):
    m = x.size // x.shape[1]
    s = np.sqrt(x.var((0, 2, 3), keepdims=True) + eps)
    z = (x - x.mean((0, 2, 3), keepdims=True)) / s
    b = dout.sum((0, 2, 3))[:, None, None]
    dx = gamma[:, None, None] / s * (dout - b / m)
    dgamma = (dout * z).sum((0, 2, 3))
    dbeta = dout.sum((0, 2, 3))
    return dx, dgamma, dbeta


@wrong("batchnorm_backward", "mean as a constant")
def takes_the_mean_for_constant(dout, x, gamma, eps=1e-5):
    m = x.size // x.shape[1]
    s = np.sqrt(x.var((0, 2, 3), keepdims=True) + eps)
    z = (x - x.mean((0, 2, 3), keepdims=True)) / s
    g = (dout * z).sum((0, 2, 3))[:, None, None]
    dx = gamma[:, None, None] / s * (dout - z * g / m)
    dgamma = (dout * z).sum((0, 2, 3))
    dbeta = dout.sum((0, 2, 3))
    return dx, dgamma, dbeta


@wrong("batchnorm_backward", "terms added")
def adds_the_terms(dout, x, gamma, eps=1e-5):
    m = x.size // x.shape[1]
    s = np.sqrt(x.var((0, 2, 3), keepdims=True) + eps)
    z = (x - x.mean((0, 2, 3), keepdims=True)) / s
    b = dout.sum((0, 2, 3))[:, None, None]
    g = (dout * z).sum((0, 2, 3))[:, None, None]
    dx = gamma[:, None, None] / s * (dout + (b + z * g) / m)
    dgamma = (dout * z).sum((0, 2, 3))
    dbeta = dout.sum((0, 2, 3))
    return dx, dgamma, dbeta


@wrong("batchnorm_backward", "m counts images only")
def counts_images(dout, x, gamma, eps=1e-5):
    m = len(x)
    s = np.sqrt(x.var((0, 2, 3), keepdims=True) + eps)
    z = (x - x.mean((0, 2, 3), keepdims=True)) / s
    b = dout.sum((0, 2, 3))[:, None, None]
    g = (dout * z).sum((0, 2, 3))[:, None, None]
    dx = gamma[:, None, None] / s * (dout - (b + z * g) / m)
    dgamma = (dout * z).sum((0, 2, 3))
    dbeta = dout.sum((0, 2, 3))
    return dx, dgamma, dbeta


@wrong("batchnorm_backward", "sums for means in dx")
def forgets_m(dout, x, gamma, eps=1e-5):
    s = np.sqrt(x.var((0, 2, 3), keepdims=True) + eps)
    z = (x - x.mean((0, 2, 3), keepdims=True)) / s
    b = dout.sum((0, 2, 3))[:, None, None]
    g = (dout * z).sum((0, 2, 3))[:, None, None]
    dx = gamma[:, None, None] / s * (dout - b - z * g)
    dgamma = (dout * z).sum((0, 2, 3))
    dbeta = dout.sum((0, 2, 3))
    return dx, dgamma, dbeta


@wrong("batchnorm_backward", "γ missing in dx")
def forgets_gamma(dout, x, gamma, eps=1e-5):
    m = x.size // x.shape[1]
    s = np.sqrt(x.var((0, 2, 3), keepdims=True) + eps)
    z = (x - x.mean((0, 2, 3), keepdims=True)) / s
    b = dout.sum((0, 2, 3))[:, None, None]
    g = (dout * z).sum((0, 2, 3))[:, None, None]
    dx = (dout - (b + z * g) / m) / s
    dgamma = (dout * z).sum((0, 2, 3))
    dbeta = dout.sum((0, 2, 3))
    return dx, dgamma, dbeta


@wrong("batchnorm_backward", "means for sums")
def takes_means(dout, x, gamma, eps=1e-5):
    m = x.size // x.shape[1]
    s = np.sqrt(x.var((0, 2, 3), keepdims=True) + eps)
    z = (x - x.mean((0, 2, 3), keepdims=True)) / s
    b = dout.sum((0, 2, 3))[:, None, None]
    g = (dout * z).sum((0, 2, 3))[:, None, None]
    dx = gamma[:, None, None] / s * (dout - (b + z * g) / m)
    dgamma = (dout * z).mean((0, 2, 3))
    dbeta = dout.mean((0, 2, 3))
    return dx, dgamma, dbeta


@wrong("batchnorm_backward", "dγ by x")
def multiplies_by_x(dout, x, gamma, eps=1e-5):
    m = x.size // x.shape[1]
    s = np.sqrt(x.var((0, 2, 3), keepdims=True) + eps)
    z = (x - x.mean((0, 2, 3), keepdims=True)) / s
    b = dout.sum((0, 2, 3))[:, None, None]
    g = (dout * z).sum((0, 2, 3))[:, None, None]
    dx = gamma[:, None, None] / s * (dout - (b + z * g) / m)
    dgamma = (dout * x).sum((0, 2, 3))
    dbeta = dout.sum((0, 2, 3))
    return dx, dgamma, dbeta


@wrong("batchnorm_backward", "dγ and dβ exchanged")
def exchanges_them(dout, x, gamma, eps=1e-5):
    m = x.size // x.shape[1]
    s = np.sqrt(x.var((0, 2, 3), keepdims=True) + eps)
    z = (x - x.mean((0, 2, 3), keepdims=True)) / s
    b = dout.sum((0, 2, 3))[:, None, None]
    g = (dout * z).sum((0, 2, 3))[:, None, None]
    dx = gamma[:, None, None] / s * (dout - (b + z * g) / m)
    dgamma = (dout * z).sum((0, 2, 3))
    dbeta = dout.sum((0, 2, 3))
    return dx, dbeta, dgamma


@wrong("batchnorm_backward", "ε always 1e-5")
def ignores_epsilon(dout, x, gamma, eps=1e-5):
    m = x.size // x.shape[1]
    s = np.sqrt(x.var((0, 2, 3), keepdims=True) + 1e-5)
    z = (x - x.mean((0, 2, 3), keepdims=True)) / s
    b = dout.sum((0, 2, 3))[:, None, None]
    g = (dout * z).sum((0, 2, 3))[:, None, None]
    dx = gamma[:, None, None] / s * (dout - (b + z * g) / m)
    dgamma = (dout * z).sum((0, 2, 3))
    dbeta = dout.sum((0, 2, 3))
    return dx, dgamma, dbeta


@variant("batchnorm_backward")
def in_one_stretch(dout, x, gamma, eps=1e-5):
    m = x.size // x.shape[1]
    s = np.sqrt(x.var((0, 2, 3), keepdims=True) + eps)
    z = (x - x.mean((0, 2, 3), keepdims=True)) / s
    b = dout.sum((0, 2, 3))[:, None, None]
    g = (dout * z).sum((0, 2, 3))[:, None, None]
    dx = gamma[:, None, None] / s * (dout - (b + z * g) / m)
    dgamma = (dout * z).sum((0, 2, 3))
    dbeta = dout.sum((0, 2, 3))
    return dx, dgamma, dbeta


@variant("batchnorm_backward")
def step_by_step(dout, x, gamma, eps=1e-5):
    m = x.shape[0] * x.shape[2] * x.shape[3]
    mean = x.mean(axis=(0, 2, 3), keepdims=True)
    centred = x - mean
    var = (centred**2).mean(axis=(0, 2, 3), keepdims=True)
    inverse = 1 / np.sqrt(var + eps)
    dnormal = dout * gamma.reshape(1, -1, 1, 1)
    dvar = (dnormal * centred).sum(axis=(0, 2, 3), keepdims=True) * -0.5 * inverse**3
    dmean = -(dnormal * inverse).sum(axis=(0, 2, 3), keepdims=True)
    dx = dnormal * inverse + dvar * 2 * centred / m + dmean / m
    return dx, (dout * centred * inverse).sum(axis=(0, 2, 3)), dout.sum(axis=(0, 2, 3))


@variant("batchnorm_backward")
def channel_by_channel(dout, x, gamma, eps=1e-5):
    dx, dgamma, dbeta = np.empty_like(x), np.empty_like(gamma), np.empty_like(gamma)
    for c in range(len(gamma)):
        s = np.sqrt(x[:, c].var() + eps)
        z, d = (x[:, c] - x[:, c].mean()) / s, dout[:, c]
        dgamma[c], dbeta[c] = (d * z).sum(), d.sum()
        dx[:, c] = gamma[c] / s * (d - d.mean() - z * (d * z).mean())
    return dx, dgamma, dbeta


@variant("batchnorm_backward")
def with_einsum(dout, x, gamma, eps=1e-5):
    n, c, h, w = x.shape
    rows, back = (np.moveaxis(a, 1, -1).reshape(-1, c) for a in (x, dout))
    s = np.sqrt(rows.var(axis=0) + eps)
    z = (rows - rows.mean(axis=0)) / s
    dbeta, dgamma = np.einsum("mc->c", back), np.einsum("mc,mc->c", back, z)
    dx = (len(rows) * back - dbeta - z * dgamma) * (gamma / s / len(rows))
    return np.moveaxis(dx.reshape(n, h, w, c), -1, 1), dgamma, dbeta


@neutral("batchnorm_backward", "a list of three")
def makes_flat_gradients(dout, x, gamma, eps=1e-5):
    m = x.size // x.shape[1]
    s = np.sqrt(x.var((0, 2, 3), keepdims=True) + eps)
    z = (x - x.mean((0, 2, 3), keepdims=True)) / s
    b = dout.sum((0, 2, 3))[:, None, None]
    g = (dout * z).sum((0, 2, 3))[:, None, None]
    dx = gamma[:, None, None] / s * (dout - (b + z * g) / m)
    dgamma = (dout * z).sum((0, 2, 3))
    dbeta = dout.sum((0, 2, 3))
    return dx.ravel(), dgamma, dbeta


@neutral("batchnorm_backward", "changes dout")
def works_on_dout(dout, x, gamma, eps=1e-5):
    m = x.size // x.shape[1]
    s = np.sqrt(x.var((0, 2, 3), keepdims=True) + eps)
    z = (x - x.mean((0, 2, 3), keepdims=True)) / s
    b = dout.sum((0, 2, 3))[:, None, None]
    g = (dout * z).sum((0, 2, 3))[:, None, None]
    dx = gamma[:, None, None] / s * (dout - (b + z * g) / m)
    dgamma = (dout * z).sum((0, 2, 3))
    dbeta = dout.sum((0, 2, 3))
    dout *= 0
    return dx, dgamma, dbeta


@neutral("batchnorm_backward", "dx alone")
def gives_dx_alone(dout, x, gamma, eps=1e-5):
    m = x.size // x.shape[1]
    s = np.sqrt(x.var((0, 2, 3), keepdims=True) + eps)
    z = (x - x.mean((0, 2, 3), keepdims=True)) / s
    b = dout.sum((0, 2, 3))[:, None, None]
    g = (dout * z).sum((0, 2, 3))[:, None, None]
    dx = gamma[:, None, None] / s * (dout - (b + z * g) / m)
    return dx


@neutral("batchnorm_backward", "axes kept")
def keeps_the_axes(dout, x, gamma, eps=1e-5):
    m = x.size // x.shape[1]
    s = np.sqrt(x.var((0, 2, 3), keepdims=True) + eps)
    z = (x - x.mean((0, 2, 3), keepdims=True)) / s
    b = dout.sum((0, 2, 3))[:, None, None]
    g = (dout * z).sum((0, 2, 3))[:, None, None]
    dx = gamma[:, None, None] / s * (dout - (b + z * g) / m)
    dgamma = (dout * z).sum((0, 2, 3), keepdims=True)
    dbeta = dout.sum((0, 2, 3))
    return dx, dgamma, dbeta


@neutral("batchnorm_backward", "the sign of dx")
def turns_dx(dout, x, gamma, eps=1e-5):
    m = x.size // x.shape[1]
    s = np.sqrt(x.var((0, 2, 3), keepdims=True) + eps)
    z = (x - x.mean((0, 2, 3), keepdims=True)) / s
    b = dout.sum((0, 2, 3))[:, None, None]
    g = (dout * z).sum((0, 2, 3))[:, None, None]
    dx = gamma[:, None, None] / s * (dout - (b + z * g) / m)
    dgamma = (dout * z).sum((0, 2, 3))
    dbeta = dout.sum((0, 2, 3))
    return -dx, dgamma, dbeta


@neutral("batchnorm_backward", "one channel's variance for all")
def takes_one_variance(dout, x, gamma, eps=1e-5):
    m = x.size // x.shape[1]
    s = np.sqrt(x[:, :1].var(keepdims=True) + eps)
    z = (x - x.mean((0, 2, 3), keepdims=True)) / s
    b = dout.sum((0, 2, 3))[:, None, None]
    g = (dout * z).sum((0, 2, 3))[:, None, None]
    dx = gamma[:, None, None] / s * (dout - (b + z * g) / m)
    dgamma = (dout * z).sum((0, 2, 3))
    dbeta = dout.sum((0, 2, 3))
    return dx, dgamma, dbeta
