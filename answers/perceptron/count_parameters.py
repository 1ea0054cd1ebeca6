"""Sample answers to `count_parameters`."""

import numpy as np

from course_utils.authoring.answers import variant, wrong


@wrong("count_parameters", "biases forgotten")
def counts_weights(layer_sizes):
    return sum(layer_sizes[i] * layer_sizes[i + 1] for i in range(len(layer_sizes) - 1))


@wrong("count_parameters", "one bias a layer")
def counts_one_bias(layer_sizes):
    total = 0
    for i in range(len(layer_sizes) - 1):
        total += layer_sizes[i] * layer_sizes[i + 1] + 1
    return total


@wrong("count_parameters", "inputs with a bias")
def gives_inputs_a_bias(layer_sizes):
    total = sum(layer_sizes)
    for i in range(len(layer_sizes) - 1):
        total += layer_sizes[i] * layer_sizes[i + 1]
    return total


@wrong("count_parameters", "output without a bias")
def leaves_the_output_bare(layer_sizes):
    total = sum(layer_sizes[1:-1])
    for i in range(len(layer_sizes) - 1):
        total += layer_sizes[i] * layer_sizes[i + 1]
    return total


@wrong("count_parameters", "neurons counted")
def counts_neurons(layer_sizes):
    return sum(layer_sizes[1:])


@wrong("count_parameters", "all sizes multiplied")
def multiplies_all_sizes(layer_sizes):
    total = 1
    for size in layer_sizes:
        total *= size
    return total + sum(layer_sizes[1:])


@variant("count_parameters")
def counts_with_shapes(layer_sizes):
    total = 0
    for i in range(1, len(layer_sizes)):
        inputs, outputs = layer_sizes[i - 1], layer_sizes[i]
        total += np.zeros((inputs, outputs)).size + np.zeros(outputs).size
    return total


@variant("count_parameters")
def counts_with_a_dot_product(layer_sizes):
    sizes = np.array(layer_sizes)
    return np.int64((sizes[:-1] + 1) @ sizes[1:])


@variant("count_parameters")
def counts_neuron_by_neuron(layer_sizes):
    total, before = 0, layer_sizes[0]
    for size in layer_sizes[1:]:
        for _ in range(size):
            total += before
            total += 1
        before = size
    return total
