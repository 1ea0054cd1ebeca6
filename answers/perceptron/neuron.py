"""Sample answers to `neuron`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong


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


@wrong("neuron", "bias for every input")
def adds_the_bias_to_each_product(x, w, b, activation):
    return activation((x * w + b).sum(axis=1))


@wrong("neuron", "bias for every input")
def adds_the_bias_in_the_loop(x, w, b, activation):
    result = []
    for row in x:
        total = 0
        for i in range(len(w)):
            total += row[i] * w[i] + b
        result.append(activation(total))
    return np.array(result)


@wrong("neuron", "step built in")
def always_decides(x, w, b, activation):
    return (x @ w + b > 0).astype(float)


@wrong("neuron", "one number for all")
def sums_over_all_patients(x, w, b, activation):
    return activation(np.sum(x * w) + b)


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


@variant("neuron")
def neuron_patient_by_patient(x, w, b, activation):
    return np.array([activation(np.dot(patient, w) + b) for patient in x])


@variant("neuron")
def neuron_with_the_bias_as_a_weight(x, w, b, activation):
    extended = np.column_stack([x, np.ones(len(x))])
    return activation(np.matmul(extended, np.append(w, b)))


@variant("neuron")
def neuron_on_its_own_sum(x, w, b, activation):
    total = np.full(x.shape[0], b, dtype=float)
    for d in range(x.shape[1]):
        total += x[:, d] * w[d]
    return activation(total)


@neutral("neuron", "the last weight is forgotten")
def leaves_the_last_weight_out(x, w, b, activation):
    result = []
    for row in x:
        total = b
        for i in range(len(w) - 1):
            total += row[i] * w[i]
        result.append(activation(total))
    return np.array(result)


@neutral("neuron", "a list for an array")
def gives_a_list(x, w, b, activation):
    return [activation(row @ w + b) for row in x]


@neutral("neuron", "multiplies its input in place")
def multiplies_in_place(x, w, b, activation):
    x *= w
    return activation(x.sum(axis=1) + b)


@neutral("neuron", "the first patient alone")
def judges_the_first_patient(x, w, b, activation):
    return activation(np.array([x[0] @ w + b]))


@neutral("neuron", "whole numbers")
def rounds_its_answers(x, w, b, activation):
    return activation(x @ w + b).astype(int)
