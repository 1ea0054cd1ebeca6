"""Sample answers to `log_softmax`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong


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


@wrong("log_softmax", "another logarithm")
def counts_bits(z):
    shifted = z - z.max(axis=1, keepdims=True)
    powers = np.exp(shifted)
    return np.log2(powers.sum(axis=1, keepdims=True) ** -1) + shifted / np.log(2)


@wrong("log_softmax", "logarithm of the scores' shares")
def subtracts_the_largest_only(z):
    return z - z.max(axis=1, keepdims=True)


@wrong("log_softmax", "an ε in the logarithm")
def adds_an_epsilon(z):
    powers = np.exp(z - z.max(axis=1, keepdims=True))
    return np.log(powers / powers.sum(axis=1, keepdims=True) + 1e-8)


@wrong("log_softmax", "an ε in the logarithm")
def adds_a_tiny_epsilon(z):
    p = np.exp(z - z.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    return np.log(p + 1e-10)


@wrong("log_softmax", "logarithm of a vanished probability")
def clips_the_probability(z):
    powers = np.exp(z - z.max(axis=1, keepdims=True))
    return np.log(np.clip(powers / powers.sum(axis=1, keepdims=True), 1e-15, 1))


@variant("log_softmax")
def on_its_own_copy(z):
    out = z.copy()
    out -= out.max(axis=1, keepdims=True)
    out -= np.log(np.exp(out).sum(axis=1, keepdims=True))
    return out


@variant("log_softmax")
def stacks_a_list(z):
    rows = []
    for row in z:
        rows.append(row - row.max() - np.log(np.sum(np.exp(row - row.max()))))
    return np.stack(rows)


@neutral("log_softmax", "changes its input")
def shifts_in_place(z):
    z -= z.max(axis=1, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=1, keepdims=True))


@neutral("log_softmax", "a list")
def answers_with_a_list(z):
    shifted = z - z.max(axis=1, keepdims=True)
    return (shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))).tolist()


@neutral("log_softmax", "in float32")
def in_float32(z):
    z = z.astype(np.float32)
    shifted = z - z.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


@neutral("log_softmax", "shifted by the mean")
def shifts_by_the_mean(z):
    shifted = z - z.mean(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


@neutral("log_softmax", "a slip: the last class is left out of the sum")
def forgets_the_last_class(z):
    shifted = z - z.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted[:, :-1]).sum(axis=1, keepdims=True) + 1)


@neutral("log_softmax", "remembers earlier calls")
def keeps_a_buffer(z, buffers={}):  # noqa: B006
    out = buffers.setdefault(z.shape, np.zeros(z.shape))
    out[...] = z - np.logaddexp.reduce(z, axis=1)[:, None]
    return out
