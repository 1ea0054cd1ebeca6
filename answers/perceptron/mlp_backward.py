"""Sample answers to `mlp_backward`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong

SURVIVORS = {
    (
        'mlp_backward: z = [value + bias for value, bias in zip(z, params["b1"], '
        "strict=True)] -> "
        'z = [value + bias for value, bias in zip(z, params["b1"], strict=False)]'
    ): "both have the same length here",
    (
        'mlp_backward: passed = np.where(sums > 0, params["W2"] @ slope, 0.0) -> '
        'passed = np.where(sums >= 0, params["W2"] @ slope, 0.0)'
    ): "at a sum of exactly 0, where ReLU has no slope, the statement allows both",
    (
        'mlp_backward: d_sums = (d_output @ params["W2"].T) * (sums > 0) -> '
        'd_sums = (d_output @ params["W2"].T) * (sums >= 0)'
    ): ("at a sum of exactly 0, where ReLU has no slope, the statement allows both"),
}


@wrong("mlp_backward", "sum for mean")
def backward_of_the_sum(x, y, params):
    sums = x @ params["W1"] + params["b1"]
    hidden = np.maximum(sums, 0)
    delta = 2 * (hidden @ params["W2"] + params["b2"] - y)
    back = (delta @ params["W2"].T) * (sums > 0)
    return {"W1": x.T @ back, "b1": back.sum(0), "W2": hidden.T @ delta, "b2": delta.sum(0)}


@wrong("mlp_backward", "divided by the batch only")
def divides_by_patients(x, y, params):
    sums = x @ params["W1"] + params["b1"]
    hidden = np.maximum(sums, 0)
    delta = 2 * (hidden @ params["W2"] + params["b2"] - y) / len(x)
    back = (delta @ params["W2"].T) * (sums > 0)
    return {"W1": x.T @ back, "b1": back.sum(0), "W2": hidden.T @ delta, "b2": delta.sum(0)}


@wrong("mlp_backward", "two forgotten")
def forgets_the_two(x, y, params):
    sums = x @ params["W1"] + params["b1"]
    hidden = np.maximum(sums, 0)
    delta = (hidden @ params["W2"] + params["b2"] - y) / y.size
    back = (delta @ params["W2"].T) * (sums > 0)
    return {"W1": x.T @ back, "b1": back.sum(0), "W2": hidden.T @ delta, "b2": delta.sum(0)}


@wrong("mlp_backward", "wrong sign")
def subtracts_the_prediction(x, y, params):
    sums = x @ params["W1"] + params["b1"]
    hidden = np.maximum(sums, 0)
    delta = 2 * (y - hidden @ params["W2"] - params["b2"]) / y.size
    back = (delta @ params["W2"].T) * (sums > 0)
    return {"W1": x.T @ back, "b1": back.sum(0), "W2": hidden.T @ delta, "b2": delta.sum(0)}


@wrong("mlp_backward", "ReLU not passed")
def walks_past_relu(x, y, params):
    hidden = np.maximum(x @ params["W1"] + params["b1"], 0)
    delta = 2 * (hidden @ params["W2"] + params["b2"] - y) / y.size
    back = delta @ params["W2"].T
    return {"W1": x.T @ back, "b1": back.sum(0), "W2": hidden.T @ delta, "b2": delta.sum(0)}


@wrong("mlp_backward", "bias gradients averaged")
def averages_the_biases(x, y, params):
    sums = x @ params["W1"] + params["b1"]
    hidden = np.maximum(sums, 0)
    delta = 2 * (hidden @ params["W2"] + params["b2"] - y) / y.size
    back = (delta @ params["W2"].T) * (sums > 0)
    return {"W1": x.T @ back, "b1": back.mean(0), "W2": hidden.T @ delta, "b2": delta.mean(0)}


@wrong("mlp_backward", "weights transposed")
def turns_the_weights(x, y, params):
    sums = x @ params["W1"] + params["b1"]
    hidden = np.maximum(sums, 0)
    delta = 2 * (hidden @ params["W2"] + params["b2"] - y) / y.size
    back = (delta @ params["W2"].T) * (sums > 0)
    return {"W1": back.T @ x, "b1": back.sum(0), "W2": delta.T @ hidden, "b2": delta.sum(0)}


@wrong("mlp_backward", "divided by the outputs only")
def averages_over_outputs(x, y, params):
    sums = x @ params["W1"] + params["b1"]
    hidden = np.maximum(sums, 0)
    delta = 2 * (hidden @ params["W2"] + params["b2"] - y) / y.shape[1]
    back = (delta @ params["W2"].T) * (sums > 0)
    return {"W1": x.T @ back, "b1": back.sum(0), "W2": hidden.T @ delta, "b2": delta.sum(0)}


@wrong("mlp_backward", "gate of the wrong side")
def keeps_positive_gradients(x, y, params):
    hidden = np.maximum(x @ params["W1"] + params["b1"], 0)
    delta = 2 * (hidden @ params["W2"] + params["b2"] - y) / y.size
    back = np.maximum(delta @ params["W2"].T, 0)
    return {"W1": x.T @ back, "b1": back.sum(0), "W2": hidden.T @ delta, "b2": delta.sum(0)}


@wrong("mlp_backward", "biases as a row")
def keeps_the_batch_axis(x, y, params):
    sums = x @ params["W1"] + params["b1"]
    hidden = np.maximum(sums, 0)
    delta = 2 * (hidden @ params["W2"] + params["b2"] - y) / y.size
    back = (delta @ params["W2"].T) * (sums > 0)
    b1, b2 = (d.sum(axis=0, keepdims=True) for d in (back, delta))
    return {"W1": x.T @ back, "b1": b1, "W2": hidden.T @ delta, "b2": b2}


@variant("mlp_backward")
def backward_with_einsum(x, y, params):
    hidden = np.maximum(np.einsum("nd,dh->nh", x, params["W1"]) + params["b1"], 0)
    error = np.einsum("nh,hk->nk", hidden, params["W2"]) + params["b2"] - y
    error = error * (2 / error.size)
    back = np.einsum("nk,hk->nh", error, params["W2"])
    back[hidden == 0] = 0
    return {
        "W2": np.einsum("nh,nk->hk", hidden, error),
        "b2": np.einsum("nk->k", error),
        "W1": np.einsum("nd,nh->dh", x, back),
        "b1": np.einsum("nh->h", back),
    }


@variant("mlp_backward")
def patient_by_patient(x, y, params):
    grads = {name: np.zeros(value.shape) for name, value in params.items()}
    for sample, target in zip(x, y, strict=True):
        sums = sample @ params["W1"] + params["b1"]
        hidden = np.clip(sums, 0, None)
        slope = 2 * (hidden @ params["W2"] + params["b2"] - target) / y.size
        grads["W2"] += np.outer(hidden, slope)
        grads["b2"] += slope
        passed = np.where(sums > 0, params["W2"] @ slope, 0.0)
        grads["W1"] += np.outer(sample, passed)
        grads["b1"] += passed
    return grads


@variant("mlp_backward")
def entry_by_entry(x, y, params):
    N, K = y.shape
    D, H = params["W1"].shape
    grads = {name: np.zeros_like(value) for name, value in params.items()}
    for n in range(N):
        z = [sum(x[n, d] * params["W1"][d, h] for d in range(D)) for h in range(H)]
        z = [value + bias for value, bias in zip(z, params["b1"], strict=True)]
        a = [max(value, 0) for value in z]
        for k in range(K):
            out = sum(a[h] * params["W2"][h, k] for h in range(H)) + params["b2"][k]
            e = 2 * (out - y[n, k]) / (N * K)
            grads["b2"][k] += e
            for h in range(H):
                grads["W2"][h, k] += e * a[h]
                if z[h] > 0:
                    grads["b1"][h] += e * params["W2"][h, k]
                    for d in range(D):
                        grads["W1"][d, h] += e * params["W2"][h, k] * x[n, d]
    return grads


@variant("mlp_backward")
def backward_in_float32(x, y, params):
    x, y = x.astype(np.float32), y.astype(np.float32)
    W1, b1, W2, b2 = (params[name].astype(np.float32) for name in ("W1", "b1", "W2", "b2"))
    sums = x @ W1 + b1
    hidden = sums * (sums > 0)
    delta = np.float32(2 / y.size) * (hidden @ W2 + b2 - y)
    back = np.where(sums > 0, delta @ W2.T, np.float32(0))
    return {"W1": x.T @ back, "b1": back.sum(0), "W2": hidden.T @ delta, "b2": delta.sum(0)}


@variant("mlp_backward")
def backward_with_the_biases_as_weights(x, y, params):
    one = np.ones((len(x), 1))
    first, second = (np.vstack([params[f"W{i}"], params[f"b{i}"]]) for i in (1, 2))
    inputs = np.hstack([x, one])
    hidden = np.hstack([np.maximum(inputs @ first, 0), one])
    delta = (hidden @ second - y) * 2 / np.prod(y.shape)
    back = (delta @ second.T)[:, :-1]
    back[hidden[:, :-1] == 0] = 0
    d_first, d_second = inputs.T @ back, hidden.T @ delta
    return {"W1": d_first[:-1], "b1": d_first[-1], "W2": d_second[:-1], "b2": d_second[-1]}


@neutral("mlp_backward", "the sums before ReLU for the hidden values")
def takes_the_sums(x, y, params):
    sums = x @ params["W1"] + params["b1"]
    hidden = np.maximum(sums, 0)
    delta = 2 * (hidden @ params["W2"] + params["b2"] - y) / y.size
    back = (delta @ params["W2"].T) * (sums > 0)
    return {"W1": x.T @ back, "b1": back.sum(0), "W2": sums.T @ delta, "b2": delta.sum(0)}


@neutral("mlp_backward", "no gradient through large sums")
def closes_above_six(x, y, params):
    sums = x @ params["W1"] + params["b1"]
    hidden = np.maximum(sums, 0)
    delta = 2 * (hidden @ params["W2"] + params["b2"] - y) / y.size
    back = (delta @ params["W2"].T) * ((sums > 0) & (sums < 6))
    return {"W1": x.T @ back, "b1": back.sum(0), "W2": hidden.T @ delta, "b2": delta.sum(0)}


@neutral("mlp_backward", "writes the gradients into the parameters")
def overwrites_the_parameters(x, y, params):
    sums = x @ params["W1"] + params["b1"]
    hidden = np.maximum(sums, 0)
    delta = 2 * (hidden @ params["W2"] + params["b2"] - y) / y.size
    back = (delta @ params["W2"].T) * (sums > 0)
    params["W1"], params["b1"] = x.T @ back, back.sum(0)
    params["W2"], params["b2"] = hidden.T @ delta, delta.sum(0)
    return params


@neutral("mlp_backward", "subtracts in place")
def turns_the_truth_into_the_error(x, y, params):
    sums = x @ params["W1"] + params["b1"]
    hidden = np.maximum(sums, 0)
    y -= hidden @ params["W2"] + params["b2"]
    delta = -2 * y / y.size
    back = (delta @ params["W2"].T) * (sums > 0)
    return {"W1": x.T @ back, "b1": back.sum(0), "W2": hidden.T @ delta, "b2": delta.sum(0)}


@neutral("mlp_backward", "b1 is left out of the sums")
def forgets_b1_on_the_way(x, y, params):
    sums = x @ params["W1"]
    hidden = np.maximum(sums, 0)
    delta = 2 * (hidden @ params["W2"] + params["b2"] - y) / y.size
    back = (delta @ params["W2"].T) * (sums > 0)
    return {"W1": x.T @ back, "b1": back.sum(0), "W2": hidden.T @ delta, "b2": delta.sum(0)}


@neutral("mlp_backward", "a tuple for a dict")
def gives_a_tuple(x, y, params):
    sums = x @ params["W1"] + params["b1"]
    hidden = np.maximum(sums, 0)
    delta = 2 * (hidden @ params["W2"] + params["b2"] - y) / y.size
    back = (delta @ params["W2"].T) * (sums > 0)
    return x.T @ back, back.sum(0), hidden.T @ delta, delta.sum(0)


@neutral("mlp_backward", "two patients are taken for the whole batch")
def stops_after_two_patients(x, y, params):
    grads = {name: np.zeros_like(value) for name, value in params.items()}
    for i in range(min(len(x), 2)):
        sums = x[i] @ params["W1"] + params["b1"]
        hidden = np.maximum(sums, 0)
        delta = 2 * (hidden @ params["W2"] + params["b2"] - y[i]) / y.size
        back = (params["W2"] @ delta) * (sums > 0)
        grads["W1"] += np.outer(x[i], back)
        grads["b1"] += back
        grads["W2"] += np.outer(hidden, delta)
        grads["b2"] += delta
    return grads
