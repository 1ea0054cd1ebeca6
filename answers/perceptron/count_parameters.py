"""Sample answers to `count_parameters`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong


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


@wrong("count_parameters", "biases of the inputs")
def adds_the_wrong_side(layer_sizes):
    total = 0
    for i in range(1, len(layer_sizes)):
        total += layer_sizes[i - 1] * (layer_sizes[i] + 1)
    return total


@wrong("count_parameters", "first layer only")
def returns_inside_the_loop(layer_sizes):
    for i in range(len(layer_sizes) - 1):
        return layer_sizes[i] * layer_sizes[i + 1] + layer_sizes[i + 1]
    return 0


@wrong("count_parameters", "biases forgotten")
def counts_matrices(layer_sizes):
    sizes = np.array(layer_sizes)
    return int((sizes[:-1] * sizes[1:]).sum())


@wrong("count_parameters", "output without a bias")
def stops_before_the_output(layer_sizes):
    weights = int(np.dot(layer_sizes[:-1], layer_sizes[1:]))
    biases = 0
    for size in layer_sizes[1:-1]:
        biases += size
    return weights + biases


@wrong("count_parameters", "last layer forgotten")
def ends_one_layer_early(layer_sizes):
    total = 0
    for i in range(len(layer_sizes) - 2):
        total += layer_sizes[i] * layer_sizes[i + 1] + layer_sizes[i + 1]
    return total


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


@variant("count_parameters")
def counts_in_one_line(layer_sizes):
    pairs = range(len(layer_sizes) - 1)
    return sum((layer_sizes[i] + 1) * layer_sizes[i + 1] for i in pairs)


@variant("count_parameters")
def counts_weights_and_biases_apart(layer_sizes):
    weights = biases = 0
    for i, neurons in enumerate(layer_sizes[1:]):
        weights += layer_sizes[i] * neurons
        biases += neurons
    return weights + biases


@neutral("count_parameters", "a float")
def counts_in_floats(layer_sizes):
    total = 0.0
    for i in range(len(layer_sizes) - 1):
        total += layer_sizes[i] * layer_sizes[i + 1] + layer_sizes[i + 1]
    return total


@neutral("count_parameters", "takes its list apart")
def pops_the_sizes(layer_sizes):
    total, before = 0, layer_sizes.pop(0)
    while layer_sizes:
        size = layer_sizes.pop(0)
        total += (before + 1) * size
        before = size
    return total


@neutral("count_parameters", "an array for a number")
def counts_each_layer(layer_sizes):
    sizes = np.array(layer_sizes)
    return (sizes[:-1] + 1) * sizes[1:]


@neutral("count_parameters", "always two layers")
def knows_two_layers(layer_sizes):
    n, h, k = layer_sizes[0], layer_sizes[1], layer_sizes[2]
    return n * h + h + h * k + k


@neutral("count_parameters", "the bias of the output layer is counted twice")
def counts_the_output_twice(layer_sizes):
    total = layer_sizes[-1] if len(layer_sizes) > 1 else 0
    for i in range(len(layer_sizes) - 1):
        total += layer_sizes[i] * layer_sizes[i + 1] + layer_sizes[i + 1]
    return total
