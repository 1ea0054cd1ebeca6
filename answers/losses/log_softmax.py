"""Sample answers to `log_softmax`."""

import numpy as np

from course_utils.authoring.answers import variant, wrong


@wrong("log_softmax", "over the patients")
def along_axis_0(z):
    shifted = z - z.max(axis=0, initial=-np.inf)
    return shifted - np.log(np.exp(shifted).sum(axis=0))


@wrong("log_softmax", "over everything")
def along_no_axis(z):
    shifted = z - z.max(initial=-np.inf)
    return shifted - np.log(np.exp(shifted).sum())


@wrong("log_softmax", "logarithm forgotten")
def only_softmax(z):
    powers = np.exp(z - z.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


@wrong("log_softmax", "sign exchanged")
def returns_surprise(z):
    shifted = z - z.max(axis=1, keepdims=True)
    return np.log(np.exp(shifted).sum(axis=1, keepdims=True)) - shifted


@wrong("log_softmax", "no shift")
def takes_powers_directly(z):
    return z - np.log(np.exp(z).sum(axis=1, keepdims=True))


@wrong("log_softmax", "no shift")
def divides_powers_directly(z):
    return np.log(np.exp(z) / np.exp(z).sum(axis=1, keepdims=True))


@wrong("log_softmax", "one shift for all")
def shifts_all_alike(z):
    shifted = z - z.max(initial=-np.inf)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


@wrong("log_softmax", "logarithm of a vanished probability")
def logarithm_last(z):
    powers = np.exp(z - z.max(axis=1, keepdims=True))
    return np.log(powers / powers.sum(axis=1, keepdims=True))


@variant("log_softmax")
def row_by_row(z):
    out = np.zeros(z.shape, z.dtype)
    for i in range(len(z)):
        top = max(z[i])
        out[i] = z[i] - top - np.log(sum(np.exp(value - top) for value in z[i]))
    return out


@variant("log_softmax")
def with_logaddexp(z):
    return z - np.logaddexp.reduce(z, axis=-1)[:, None]


@variant("log_softmax")
def transposed(z):
    columns = z.T - z.max(axis=1)
    return (columns - np.log(np.exp(columns).sum(axis=0))).T
