"""Sample answers to `mlp_forward`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong

SURVIVORS = {
    (
        "mlp_forward: active = np.where(sums > 0, sums, 0.0) -> "
        "active = np.where(sums >= 0, sums, 0.0)"
    ): "at a sum of exactly 0 both branches give 0",
}


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


@wrong("mlp_forward", "sigmoid on the output")
def squashes_the_output(x, params):
    hidden = np.maximum(0, x @ params["W1"] + params["b1"])
    return 1 / (1 + np.exp(-(hidden @ params["W2"] + params["b2"])))


@wrong("mlp_forward", "leaky ReLU")
def leaks_a_little(x, params):
    z = x @ params["W1"] + params["b1"]
    hidden = np.where(z > 0, z, 0.01 * z)
    return hidden @ params["W2"] + params["b2"]


@wrong("mlp_forward", "ReLU with a ceiling")
def clips_at_six(x, params):
    hidden = np.clip(x @ params["W1"] + params["b1"], 0, 6)
    return hidden @ params["W2"] + params["b2"]


@wrong("mlp_forward", "an axis lost")
def squeezes_the_output(x, params):
    hidden = np.maximum(0, x @ params["W1"] + params["b1"])
    return (hidden @ params["W2"] + params["b2"]).squeeze()


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


@variant("mlp_forward")
def layer_by_layer(x, params):
    values = x
    for number in (1, 2):
        values = np.dot(values, params[f"W{number}"])
        values += params[f"b{number}"]
        if number == 1:
            values[values < 0] = 0
    return values


@variant("mlp_forward")
def forward_in_float32(x, params):
    x = x.astype(np.float32)
    W1, b1, W2, b2 = (params[name].astype(np.float32) for name in ("W1", "b1", "W2", "b2"))
    hidden = np.maximum(x @ W1 + b1, 0)
    return hidden @ W2 + b2


@neutral("mlp_forward", "takes its parameters out of the dict")
def pops_the_parameters(x, params):
    hidden = np.maximum(0, x @ params.pop("W1") + params.pop("b1"))
    return hidden @ params.pop("W2") + params.pop("b2")


@neutral("mlp_forward", "keeps the hidden values in the dict")
def stores_the_hidden_values(x, params):
    params["h"] = np.maximum(0, x @ params["W1"] + params["b1"])
    return params["h"] @ params["W2"] + params["b2"]


@neutral("mlp_forward", "a list for an array")
def gives_a_list(x, params):
    outputs = []
    for sample in x:
        hidden = np.maximum(0, sample @ params["W1"] + params["b1"])
        outputs.append(hidden @ params["W2"] + params["b2"])
    return outputs


@neutral("mlp_forward", "the last hidden neuron is forgotten")
def forgets_the_last_neuron(x, params):
    hidden = np.maximum(0, x @ params["W1"] + params["b1"])
    return hidden[:, :-1] @ params["W2"][:-1] + params["b2"]


@neutral("mlp_forward", "tanh for ReLU")
def uses_tanh(x, params):
    hidden = np.tanh(x @ params["W1"] + params["b1"])
    return hidden @ params["W2"] + params["b2"]


@neutral("mlp_forward", "adds to the weights in place")
def moves_the_bias(x, params):
    hidden = np.maximum(0, x @ params["W1"] + params["b1"])
    params["b2"] += 0.5
    return hidden @ params["W2"] + params["b2"] - 0.5
