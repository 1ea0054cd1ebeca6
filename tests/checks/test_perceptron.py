"""Sample answers to the exercises of 01-perceptron; `test_answers.py` judges them."""

import numpy as np

from course_utils.authoring.answers import variant, wrong

SIGN = "labels are −1 or 1: dividing by one is multiplying by it"
SURVIVORS = {
    "train_perceptron: w = w + lr * label * sample -> w = w + lr / label * sample": SIGN,
    "train_perceptron: b = b + lr * label -> b = b + lr / label": SIGN,
    "train_perceptron: for sample, label in zip(X, y, strict=True): -> "
    "for sample, label in zip(X, y, strict=False):": "there is a label for every sample",
    'mlp_backward: d_sums = (d_output @ params["W2"].T) * (sums > 0) -> '
    'd_sums = (d_output @ params["W2"].T) * (sums >= 0)': "at a sum of exactly 0, where ReLU has "
    "no slope, the statement allows both",
}

# ------------------------------------------------------------------ activations


@wrong("activations", "sigmoid turned round", bundle=True)
def turns_the_sigmoid():

    def sigmoid(x):
        return np.exp(-np.logaddexp(0, x))

    def relu(x):
        return np.maximum(x, 0)

    def elu(x, alpha=1.0):
        return np.where(x > 0, x, alpha * (np.exp(np.minimum(x, 0)) - 1))

    def softplus(x):
        return np.logaddexp(x, 0)

    def swish(x):
        return x * sigmoid(-x)

    def softmax(x, axis=-1):
        powers = np.exp(x - np.max(x, axis=axis, keepdims=True))
        return powers / np.sum(powers, axis=axis, keepdims=True)

    return sigmoid, relu, elu, softplus, swish, softmax


@wrong("activations", "tanh for sigmoid", bundle=True)
def uses_tanh():

    def sigmoid(x):
        return np.tanh(x)

    def relu(x):
        return np.maximum(x, 0)

    def elu(x, alpha=1.0):
        return np.where(x > 0, x, alpha * (np.exp(np.minimum(x, 0)) - 1))

    def softplus(x):
        return np.logaddexp(x, 0)

    def swish(x):
        return x * np.exp(-np.logaddexp(0, -x))

    def softmax(x, axis=-1):
        powers = np.exp(x - np.max(x, axis=axis, keepdims=True))
        return powers / np.sum(powers, axis=axis, keepdims=True)

    return sigmoid, relu, elu, softplus, swish, softmax


@wrong("activations", "exponential overflows", bundle=True)
def computes_large_exponentials():

    def sigmoid(x):
        return np.where(x >= 0, 1 / (1 + np.exp(-x)), np.exp(x) / (1 + np.exp(x)))

    def relu(x):
        return np.maximum(x, 0)

    def elu(x, alpha=1.0):
        return np.where(x > 0, x, alpha * (np.exp(np.minimum(x, 0)) - 1))

    def softplus(x):
        return np.logaddexp(x, 0)

    def swish(x):
        return x * sigmoid(x)

    def softmax(x, axis=-1):
        powers = np.exp(x - np.max(x, axis=axis, keepdims=True))
        return powers / np.sum(powers, axis=axis, keepdims=True)

    return sigmoid, relu, elu, softplus, swish, softmax


@wrong("activations", "absolute value for relu", bundle=True)
def folds_up():

    def sigmoid(x):
        return np.exp(-np.logaddexp(0, -x))

    def relu(x):
        return abs(x)

    def elu(x, alpha=1.0):
        return np.where(x > 0, x, alpha * (np.exp(np.minimum(x, 0)) - 1))

    def softplus(x):
        return np.logaddexp(x, 0)

    def swish(x):
        return x * sigmoid(x)

    def softmax(x, axis=-1):
        powers = np.exp(x - np.max(x, axis=axis, keepdims=True))
        return powers / np.sum(powers, axis=axis, keepdims=True)

    return sigmoid, relu, elu, softplus, swish, softmax


@wrong("activations", "leaky relu", bundle=True)
def leaks():

    def sigmoid(x):
        return np.exp(-np.logaddexp(0, -x))

    def relu(x):
        return np.where(x > 0, x, 0.01 * x)

    def elu(x, alpha=1.0):
        return np.where(x > 0, x, alpha * (np.exp(np.minimum(x, 0)) - 1))

    def softplus(x):
        return np.logaddexp(x, 0)

    def swish(x):
        return x * sigmoid(x)

    def softmax(x, axis=-1):
        powers = np.exp(x - np.max(x, axis=axis, keepdims=True))
        return powers / np.sum(powers, axis=axis, keepdims=True)

    return sigmoid, relu, elu, softplus, swish, softmax


@wrong("activations", "alpha forgotten", bundle=True)
def forgets_alpha():

    def sigmoid(x):
        return np.exp(-np.logaddexp(0, -x))

    def relu(x):
        return np.maximum(x, 0)

    def elu(x, alpha=1.0):
        return np.where(x > 0, x, np.expm1(np.minimum(x, 0)))

    def softplus(x):
        return np.logaddexp(x, 0)

    def swish(x):
        return x * sigmoid(x)

    def softmax(x, axis=-1):
        powers = np.exp(x - np.max(x, axis=axis, keepdims=True))
        return powers / np.sum(powers, axis=axis, keepdims=True)

    return sigmoid, relu, elu, softplus, swish, softmax


@wrong("activations", "alpha on both sides", bundle=True)
def scales_both_sides():

    def sigmoid(x):
        return np.exp(-np.logaddexp(0, -x))

    def relu(x):
        return np.maximum(x, 0)

    def elu(x, alpha=1.0):
        return alpha * np.where(x > 0, x, np.expm1(np.minimum(x, 0)))

    def softplus(x):
        return np.logaddexp(x, 0)

    def swish(x):
        return x * sigmoid(x)

    def softmax(x, axis=-1):
        powers = np.exp(x - np.max(x, axis=axis, keepdims=True))
        return powers / np.sum(powers, axis=axis, keepdims=True)

    return sigmoid, relu, elu, softplus, swish, softmax


@wrong("activations", "elu without minus one", bundle=True)
def jumps_at_zero():

    def sigmoid(x):
        return np.exp(-np.logaddexp(0, -x))

    def relu(x):
        return np.maximum(x, 0)

    def elu(x, alpha=1.0):
        return np.where(x > 0, x, alpha * np.exp(np.minimum(x, 0)))

    def softplus(x):
        return np.logaddexp(x, 0)

    def swish(x):
        return x * sigmoid(x)

    def softmax(x, axis=-1):
        powers = np.exp(x - np.max(x, axis=axis, keepdims=True))
        return powers / np.sum(powers, axis=axis, keepdims=True)

    return sigmoid, relu, elu, softplus, swish, softmax


@wrong("activations", "softplus overflows", bundle=True)
def takes_the_formula():

    def sigmoid(x):
        return np.exp(-np.logaddexp(0, -x))

    def relu(x):
        return np.maximum(x, 0)

    def elu(x, alpha=1.0):
        return np.where(x > 0, x, alpha * (np.exp(np.minimum(x, 0)) - 1))

    def softplus(x):
        return np.log(1 + np.exp(x))

    def swish(x):
        return x * sigmoid(x)

    def softmax(x, axis=-1):
        powers = np.exp(x - np.max(x, axis=axis, keepdims=True))
        return powers / np.sum(powers, axis=axis, keepdims=True)

    return sigmoid, relu, elu, softplus, swish, softmax


@wrong("activations", "sigmoid squared", bundle=True)
def squares_the_sigmoid():

    def sigmoid(x):
        return np.exp(-np.logaddexp(0, -x))

    def relu(x):
        return np.maximum(x, 0)

    def elu(x, alpha=1.0):
        return np.where(x > 0, x, alpha * (np.exp(np.minimum(x, 0)) - 1))

    def softplus(x):
        return np.logaddexp(x, 0)

    def swish(x):
        return sigmoid(x) * sigmoid(x)

    def softmax(x, axis=-1):
        powers = np.exp(x - np.max(x, axis=axis, keepdims=True))
        return powers / np.sum(powers, axis=axis, keepdims=True)

    return sigmoid, relu, elu, softplus, swish, softmax


@wrong("activations", "softmax over everything", bundle=True)
def sums_everything():

    def sigmoid(x):
        return np.exp(-np.logaddexp(0, -x))

    def relu(x):
        return np.maximum(x, 0)

    def elu(x, alpha=1.0):
        return np.where(x > 0, x, alpha * (np.exp(np.minimum(x, 0)) - 1))

    def softplus(x):
        return np.logaddexp(x, 0)

    def swish(x):
        return x * sigmoid(x)

    def softmax(x, axis=-1):
        if x.size == 0:
            return x
        powers = np.exp(x - x.max())
        return powers / powers.sum()

    return sigmoid, relu, elu, softplus, swish, softmax


@wrong("activations", "axis ignored", bundle=True)
def always_takes_rows():

    def sigmoid(x):
        return np.exp(-np.logaddexp(0, -x))

    def relu(x):
        return np.maximum(x, 0)

    def elu(x, alpha=1.0):
        return np.where(x > 0, x, alpha * (np.exp(np.minimum(x, 0)) - 1))

    def softplus(x):
        return np.logaddexp(x, 0)

    def swish(x):
        return x * sigmoid(x)

    def softmax(x, axis=-1):
        powers = np.exp(x - x.max(axis=-1, keepdims=True))
        return powers / powers.sum(axis=-1, keepdims=True)

    return sigmoid, relu, elu, softplus, swish, softmax


@wrong("activations", "softmax overflows", bundle=True)
def divides_infinities():

    def sigmoid(x):
        return np.exp(-np.logaddexp(0, -x))

    def relu(x):
        return np.maximum(x, 0)

    def elu(x, alpha=1.0):
        return np.where(x > 0, x, alpha * (np.exp(np.minimum(x, 0)) - 1))

    def softplus(x):
        return np.logaddexp(x, 0)

    def swish(x):
        return x * sigmoid(x)

    def softmax(x, axis=-1):
        return np.exp(x) / np.exp(x).sum(axis=axis, keepdims=True)

    return sigmoid, relu, elu, softplus, swish, softmax


@wrong("activations", "scores divided by their sum", bundle=True)
def forgets_exponentials():

    def sigmoid(x):
        return np.exp(-np.logaddexp(0, -x))

    def relu(x):
        return np.maximum(x, 0)

    def elu(x, alpha=1.0):
        return np.where(x > 0, x, alpha * (np.exp(np.minimum(x, 0)) - 1))

    def softplus(x):
        return np.logaddexp(x, 0)

    def swish(x):
        return x * sigmoid(x)

    def softmax(x, axis=-1):
        return x / x.sum(axis=axis, keepdims=True)

    return sigmoid, relu, elu, softplus, swish, softmax


@variant("activations", bundle=True)
def with_masks():

    def sigmoid(x):
        result = np.empty_like(x)
        positive = x > 0
        result[positive] = 1 / (1 + np.exp(-x[positive]))
        small = np.exp(x[~positive])
        result[~positive] = small / (1 + small)
        return result

    def relu(x):
        return x * (x > 0)

    def elu(x, alpha=1.0):
        result = x.copy()
        result[x < 0] = alpha * np.expm1(x[x < 0])
        return result

    def softplus(x):
        return relu(x) + np.log1p(np.exp(-np.abs(x)))

    def swish(x):
        return x * sigmoid(x)

    def softmax(x, axis=-1):
        powers = np.exp(x - np.max(x, axis=axis, keepdims=True))
        return powers / np.sum(powers, axis=axis, keepdims=True)

    return sigmoid, relu, elu, softplus, swish, softmax


@variant("activations", bundle=True)
def with_tanh_and_clip():

    def sigmoid(x):
        half = np.tanh(0.5 * x) * 0.5
        return half + 0.5

    def relu(x):
        return x.clip(min=0)

    def elu(x, alpha=1.0):
        return np.clip(x, 0, None) + alpha * np.expm1(np.clip(x, None, 0))

    def softplus(x):
        return np.logaddexp(x, 0)

    def swish(x):
        return x * sigmoid(x)

    def softmax(x, axis=-1):
        return np.exp(x - np.logaddexp.reduce(x, axis=axis, keepdims=True))

    return sigmoid, relu, elu, softplus, swish, softmax


@variant("activations", bundle=True)
def with_loops_and_silence():

    def sigmoid(x):
        with np.errstate(over="ignore"):
            return 1 / (1 + np.exp(-x))

    def relu(x):
        return (x + abs(x)) / 2

    def elu(x, alpha=1.0):
        return np.where(x > 0, x, alpha * (np.exp(np.minimum(x, 0)) - 1))

    def softplus(x):
        result = np.zeros(x.shape)
        for index in np.ndindex(x.shape):
            value = float(x[index])
            result[index] = max(value, 0.0) + np.log1p(np.exp(-abs(value)))
        return result

    def swish(x):
        return x * sigmoid(x)

    def softmax(x, axis=-1):
        rows = np.moveaxis(x, axis, -1)
        result = np.zeros(rows.shape)
        for index in np.ndindex(rows.shape[:-1]):
            powers = np.exp(rows[index] - rows[index].max())
            result[index] = powers / powers.sum()
        return np.moveaxis(result, -1, axis)

    return sigmoid, relu, elu, softplus, swish, softmax


# ------------------------------------------------------------------ neuron


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


# ------------------------------------------------------------------ train_perceptron


@wrong("train_perceptron", "no update on the line")
def needs_a_negative_margin(X, y, epochs, lr=1.0):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        count = 0
        for i in range(len(X)):
            if y[i] * (w @ X[i] + b) < 0:
                w = w + lr * y[i] * X[i]
                b = b + lr * y[i]
                count += 1
        mistakes.append(count)
    return w, b, mistakes


@wrong("train_perceptron", "stopped early")
def stops_when_all_is_right(X, y, epochs, lr=1.0):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        count = 0
        for i in range(len(X)):
            if y[i] * (w @ X[i] + b) <= 0:
                w = w + lr * y[i] * X[i]
                b = b + lr * y[i]
                count += 1
        mistakes.append(count)
        if count == 0:
            break
    return w, b, mistakes


@wrong("train_perceptron", "bias not learned")
def keeps_the_bias_at_zero(X, y, epochs, lr=1.0):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        count = 0
        for i in range(len(X)):
            if y[i] * (w @ X[i] + b) <= 0:
                w = w + lr * y[i] * X[i]
                count += 1
        mistakes.append(count)
    return w, b, mistakes


@wrong("train_perceptron", "bias without the learning rate")
def moves_the_bias_by_one(X, y, epochs, lr=1.0):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        count = 0
        for i in range(len(X)):
            if y[i] * (w @ X[i] + b) <= 0:
                w = w + lr * y[i] * X[i]
                b = b + y[i]
                count += 1
        mistakes.append(count)
    return w, b, mistakes


@wrong("train_perceptron", "learning rate ignored")
def always_moves_by_the_sample(X, y, epochs, lr=1.0):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        count = 0
        for i in range(len(X)):
            if y[i] * (w @ X[i] + b) <= 0:
                w = w + y[i] * X[i]
                b = b + y[i]
                count += 1
        mistakes.append(count)
    return w, b, mistakes


@wrong("train_perceptron", "away from the sample")
def moves_away(X, y, epochs, lr=1.0):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        count = 0
        for i in range(len(X)):
            if y[i] * (w @ X[i] + b) <= 0:
                w = w - lr * y[i] * X[i]
                b = b - lr * y[i]
                count += 1
        mistakes.append(count)
    return w, b, mistakes


@wrong("train_perceptron", "mistakes added up")
def never_resets_the_count(X, y, epochs, lr=1.0):
    w, b, mistakes, count = np.zeros(X.shape[1]), 0.0, [], 0
    for _ in range(epochs):
        for i in range(len(X)):
            if y[i] * (w @ X[i] + b) <= 0:
                w = w + lr * y[i] * X[i]
                b = b + lr * y[i]
                count += 1
        mistakes.append(count)
    return w, b, mistakes


@wrong("train_perceptron", "weights forgotten")
def starts_again_each_epoch(X, y, epochs, lr=1.0):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        w, b, count = np.zeros(X.shape[1]), 0.0, 0
        for i in range(len(X)):
            if y[i] * (w @ X[i] + b) <= 0:
                w = w + lr * y[i] * X[i]
                b = b + lr * y[i]
                count += 1
        mistakes.append(count)
    return w, b, mistakes


@wrong("train_perceptron", "all samples at once")
def updates_after_the_epoch(X, y, epochs, lr=1.0):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        wrong_ones = y * (X @ w + b) <= 0
        w = w + lr * (y[wrong_ones][:, None] * X[wrong_ones]).sum(axis=0)
        b = b + lr * y[wrong_ones].sum()
        mistakes.append(int(wrong_ones.sum()))
    return w, b, mistakes


@variant("train_perceptron")
def with_the_bias_as_a_weight(X, y, epochs, lr=1.0):
    samples = np.hstack([np.ones((len(X), 1)), X])
    weights, mistakes = np.zeros(samples.shape[1]), [0] * epochs
    for epoch in range(epochs):
        for sample, label in zip(samples, y, strict=True):
            if label * np.dot(sample, weights) <= 0:
                weights += lr * label * sample
                mistakes[epoch] += 1
    return weights[1:], weights[0], mistakes


@variant("train_perceptron")
def by_comparing_signs(X, y, epochs, lr=1.0):
    w, b, mistakes = [0.0] * X.shape[1], 0, []
    for _ in range(epochs):
        count = 0
        for n in range(len(X)):
            score = sum(w[d] * X[n, d] for d in range(len(w))) + b
            if np.sign(score) != y[n]:
                w = [w[d] + lr * y[n] * X[n, d] for d in range(len(w))]
                b += lr * y[n]
                count += 1
        mistakes.append(count)
    return np.array(w), float(b), mistakes


@variant("train_perceptron")
def with_numbers_of_numpy(X, y, epochs, lr=1.0):
    w, b = np.zeros(X.shape[1], X.dtype), np.float64(0)
    mistakes = np.zeros(epochs, int)
    for step in range(epochs * len(X)):
        epoch, i = divmod(step, len(X))
        error = y[i] if y[i] * (np.sum(w * X[i]) + b) <= 0 else 0
        w, b = w + lr * error * X[i], b + lr * error
        mistakes[epoch] += error != 0
    return w, b, list(mistakes)


# ------------------------------------------------------------------ mlp_forward


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


# ------------------------------------------------------------------ mlp_backward


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


# ------------------------------------------------------------------ numerical_gradient


@wrong("numerical_gradient", "forward difference")
def steps_forward_only(f, x, eps=1e-5):
    x = x.astype(float)
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        moved = x.copy()
        moved[index] += eps
        gradient[index] = (f(moved) - f(x)) / eps
    return gradient


@wrong("numerical_gradient", "divided by one step")
def divides_by_one_step(f, x, eps=1e-5):
    x = x.astype(float)
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[index] += eps
        down[index] -= eps
        gradient[index] = (f(up) - f(down)) / eps
    return gradient


@wrong("numerical_gradient", "all entries together")
def moves_everything(f, x, eps=1e-5):
    x = x.astype(float)
    return np.full(x.shape, (f(x + eps) - f(x - eps)) / (2 * eps))


@wrong("numerical_gradient", "eps ignored")
def chooses_its_own_step(f, x, eps=1e-5):
    x = x.astype(float)
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[index] += 1e-5
        down[index] -= 1e-5
        gradient[index] = (f(up) - f(down)) / 2e-5
    return gradient


@wrong("numerical_gradient", "backwards")
def looks_back(f, x, eps=1e-5):
    x = x.astype(float)
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[index] += eps
        down[index] -= eps
        gradient[index] = (f(down) - f(up)) / (2 * eps)
    return gradient


@wrong("numerical_gradient", "input changed")
def moves_and_moves_back(f, x, eps=1e-5):
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        x[index] += eps
        up = f(x)
        x[index] -= 2 * eps
        down = f(x)
        x[index] += eps
        gradient[index] = (up - down) / (2 * eps)
    return gradient


@variant("numerical_gradient")
def gradient_with_one_copy(f, x, eps=1e-5):
    point = np.array(x, dtype=np.float64)
    gradient = np.empty_like(point)
    for index, old in np.ndenumerate(point.copy()):
        point[index] = old + eps
        above = f(point)
        point[index] = old - eps
        gradient[index] = (above - f(point)) / eps / 2
        point[index] = old
    return gradient


@variant("numerical_gradient")
def gradient_with_unit_steps(f, x, eps=1e-5):
    steps = eps * np.eye(x.size).reshape(x.size, *x.shape)
    slopes = [(f(x + step) - f(x - step)) / (2 * eps) for step in steps]
    return np.array(slopes, dtype=float).reshape(x.shape)


@variant("numerical_gradient")
def gradient_on_a_flat_copy(f, x, eps=1e-5):
    shape = np.shape(x)
    flat = np.asarray(x, dtype=float).flatten()
    gradient = np.zeros(len(flat))
    for i in range(len(flat)):
        for sign in (1, -1):
            moved = flat.copy()
            moved[i] = moved[i] + sign * eps
            gradient[i] += sign * f(moved.reshape(shape))
    return (gradient / (2 * eps)).reshape(shape)


# ------------------------------------------------------------------ gradient_step


@wrong("gradient_step", "uphill")
def climbs(params, grads, lr):
    return {name: params[name] + lr * grads[name] for name in params}


@wrong("gradient_step", "learning rate ignored")
def leaps(params, grads, lr):
    return {name: params[name] - grads[name] for name in params}


@wrong("gradient_step", "parameters changed in place")
def overwrites(params, grads, lr):
    for name in params:
        params[name] -= lr * grads[name]
    return params


@wrong("gradient_step", "only the change")
def returns_the_change(params, grads, lr):
    return {name: -lr * grads[name] for name in params}


@wrong("gradient_step", "sign of the gradient")
def walks_evenly(params, grads, lr):
    return {name: params[name] - lr * np.sign(grads[name]) for name in params}


@variant("gradient_step")
def steps_with_a_loop(params, grads, lr):
    result = {}
    for name, value in params.items():
        result[name] = value + (-lr) * grads[name]
    return result


@variant("gradient_step")
def steps_on_copies(params, grads, lr):
    result = {name: value.copy() for name, value in params.items()}
    for name in result:
        result[name] -= (lr * grads[name]).astype(result[name].dtype)
    return result


@variant("gradient_step")
def steps_with_numpy(params, grads, lr):
    moved = [np.subtract(params[name], np.multiply(lr, grads[name])) for name in params]
    return dict(zip(params, moved, strict=True))


# ------------------------------------------------------------------ count_parameters


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
