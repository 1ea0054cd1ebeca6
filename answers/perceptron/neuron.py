"""Sample answers to `neuron`."""

import numpy as np

from course_utils.authoring.answers import variant, wrong


@wrong("neuron", "bias forgotten")
def has_no_bias(x, w, b, activation):
    return activation(x @ w)


@wrong("neuron", "bias after the activation")
def adds_bias_late(x, w, b, activation):
    return activation(x @ w) + b


@wrong("neuron", "bias subtracted")
def has_a_threshold(x, w, b, activation):
    return activation(x @ w - b)


@wrong("neuron", "activation forgotten")
def only_sums(x, w, b, activation):
    return x @ w + b


@wrong("neuron", "activation before the sum")
def activates_products(x, w, b, activation):
    total = np.zeros(len(x))
    for i in range(len(w)):
        total = total + activation(x[:, i] * w[i])
    return total + b


@wrong("neuron", "mean for sum")
def averages_products(x, w, b, activation):
    return activation((x * w).mean(axis=1) + b)


@wrong("neuron", "a column")
def gives_a_column(x, w, b, activation):
    return activation(x @ w[:, None] + b)


@variant("neuron")
def neuron_with_loops(x, w, b, activation):
    result = np.zeros(len(x))
    for n in range(len(x)):
        total = b
        for weight, value in zip(w, x[n], strict=True):
            total += weight * value
        result[n] = activation(total)
    return result


@variant("neuron")
def neuron_with_einsum(x, w, b, activation):
    return activation(b + np.einsum("nd,d->n", x, w))


@variant("neuron")
def neuron_in_float32(x, w, b, activation):
    sums = (x.astype(np.float32) * w.astype(np.float32)).sum(axis=1) + np.float32(b)
    return activation(sums)
