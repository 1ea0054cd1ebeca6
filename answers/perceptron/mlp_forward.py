"""Sample answers to `mlp_forward`."""

import numpy as np

from course_utils.authoring.answers import variant, wrong


@wrong("mlp_forward", "no activation")
def is_linear_throughout(x, params):
    hidden = x @ params["W1"] + params["b1"]
    return hidden @ params["W2"] + params["b2"]


@wrong("mlp_forward", "activation on the output")
def cuts_the_output(x, params):
    hidden = np.maximum(0, x @ params["W1"] + params["b1"])
    return np.maximum(0, hidden @ params["W2"] + params["b2"])


@wrong("mlp_forward", "sigmoid for ReLU")
def uses_sigmoids(x, params):
    hidden = 1 / (1 + np.exp(-(x @ params["W1"] + params["b1"])))
    return hidden @ params["W2"] + params["b2"]


@wrong("mlp_forward", "hidden bias forgotten")
def forgets_first_bias(x, params):
    hidden = np.maximum(0, x @ params["W1"])
    return hidden @ params["W2"] + params["b2"]


@wrong("mlp_forward", "output bias forgotten")
def forgets_second_bias(x, params):
    hidden = np.maximum(0, x @ params["W1"] + params["b1"])
    return hidden @ params["W2"]


@wrong("mlp_forward", "bias after ReLU")
def shifts_after_relu(x, params):
    hidden = np.maximum(0, x @ params["W1"]) + params["b1"]
    return hidden @ params["W2"] + params["b2"]


@variant("mlp_forward")
def neuron_by_neuron(x, params):
    W1, b1, W2, b2 = params["W1"], params["b1"], params["W2"], params["b2"]
    hidden = np.zeros((len(x), len(b1)))
    for j in range(len(b1)):
        hidden[:, j] = np.clip((x * W1[:, j]).sum(axis=1) + b1[j], 0, None)
    return np.stack([hidden @ W2[:, k] + b2[k] for k in range(len(b2))], axis=1)


@variant("mlp_forward")
def forward_with_einsum(x, params):
    sums = np.einsum("nd,dh->nh", x, params["W1"]) + params["b1"][None]
    active = np.where(sums > 0, sums, 0.0)
    return np.einsum("nh,hk->nk", active, params["W2"]) + params["b2"][None]


@variant("mlp_forward")
def forward_with_bias_rows(x, params):
    ones = np.ones((len(x), 1))
    first = np.vstack([params["W1"], params["b1"]])
    second = np.vstack([params["W2"], params["b2"]])
    hidden = np.hstack([x, ones]) @ first
    hidden = hidden * (hidden > 0)
    return np.hstack([hidden, ones]) @ second
