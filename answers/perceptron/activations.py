"""Sample answers to `activations`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong

SURVIVORS = {
    (
        "activations: positive = x > 0 -> positive = x > -1"
    ): "between −1 and 0 both ways give the same number",
    (
        "activations: return np.where(x > 0, x, alpha * (np.exp(np.minimum(x, 0)) - 1)) -> "
        "return np.where(x > 0, x, alpha * (np.exp(np.minimum(x, 1)) - 1))"
    ): "what is above 0 is not taken from this branch",
    (
        "activations: return 1 / (1 + np.exp(-np.clip(x, -500, 500))) -> "
        "return 1 / (1 + np.exp(-np.clip(x, - 501, 500)))"
    ): "so far out the result is the same number",
    (
        "activations: return np.where(x > 30, x, np.log1p(np.exp(np.minimum(x, 30)))) -> "
        "return np.where(x > 30, x, np.log1p(np.exp(np.minimum(x, 31))))"
    ): "so far out both branches give the same number",
    (
        "activations: return x / (1 + np.exp(np.clip(-x, -700, 700))) -> "
        "return x / (1 + np.exp(np.clip(-x, ~700, 700)))"
    ): "so far out the result is the same number",
    (
        "activations: return np.where(x > 30, x, np.log1p(np.exp(np.minimum(x, 30)))) -> "
        "return np.where(x > 31, x, np.log1p(np.exp(np.minimum(x, 30))))"
    ): "so far out both branches give the same number",
    (
        "activations: return x / (1 + np.exp(np.clip(-x, -700, 700))) -> "
        "return x / (1 + np.exp(np.clip(-x, -700, 701)))"
    ): "so far out the result is the same number",
    (
        "activations: return x / (1 + np.exp(np.clip(-x, -700, 700))) -> "
        "return x / (1 + np.exp(np.clip(-x, -700, 699)))"
    ): "so far out the result is the same number",
}


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


@wrong("activations", "slope for the value", bundle=True)
def gives_the_slope_of_the_sigmoid():

    def sigmoid(x):
        s = (1 + np.tanh(x / 2)) / 2
        return s * (1 - s)

    def relu(x):
        return np.maximum(x, 0)

    def elu(x, alpha=1.0):
        return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))

    def softplus(x):
        return np.logaddexp(x, 0)

    def swish(x):
        return x * (1 + np.tanh(x / 2)) / 2

    def softmax(x, axis=-1):
        powers = np.exp(x - x.max(axis=axis, keepdims=True))
        return powers / powers.sum(axis=axis, keepdims=True)

    return sigmoid, relu, elu, softplus, swish, softmax


@wrong("activations", "step for relu", bundle=True)
def gives_the_slope_of_relu():

    def sigmoid(x):
        return (1 + np.tanh(x / 2)) / 2

    def relu(x):
        return (x > 0).astype(float)

    def elu(x, alpha=1.0):
        return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))

    def softplus(x):
        return np.logaddexp(x, 0)

    def swish(x):
        return x * (1 + np.tanh(x / 2)) / 2

    def softmax(x, axis=-1):
        powers = np.exp(x - x.max(axis=axis, keepdims=True))
        return powers / powers.sum(axis=axis, keepdims=True)

    return sigmoid, relu, elu, softplus, swish, softmax


@wrong("activations", "relu with a ceiling", bundle=True)
def cuts_relu_at_six():

    def sigmoid(x):
        return (1 + np.tanh(x / 2)) / 2

    def relu(x):
        return np.clip(x, 0, 6)

    def elu(x, alpha=1.0):
        return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))

    def softplus(x):
        return np.logaddexp(x, 0)

    def swish(x):
        return x * (1 + np.tanh(x / 2)) / 2

    def softmax(x, axis=-1):
        powers = np.exp(x - x.max(axis=axis, keepdims=True))
        return powers / powers.sum(axis=axis, keepdims=True)

    return sigmoid, relu, elu, softplus, swish, softmax


@wrong("activations", "alpha inside the exponent", bundle=True)
def bends_the_exponent():

    def sigmoid(x):
        return (1 + np.tanh(x / 2)) / 2

    def relu(x):
        return np.maximum(x, 0)

    def elu(x, alpha=1.0):
        return np.where(x > 0, x, np.exp(alpha * np.minimum(x, 0)) - 1)

    def softplus(x):
        return np.logaddexp(x, 0)

    def swish(x):
        return x * (1 + np.tanh(x / 2)) / 2

    def softmax(x, axis=-1):
        powers = np.exp(x - x.max(axis=axis, keepdims=True))
        return powers / powers.sum(axis=axis, keepdims=True)

    return sigmoid, relu, elu, softplus, swish, softmax


@wrong("activations", "elu turned up", bundle=True)
def turns_elu_up():

    def sigmoid(x):
        return (1 + np.tanh(x / 2)) / 2

    def relu(x):
        return np.maximum(x, 0)

    def elu(x, alpha=1.0):
        return np.where(x > 0, x, alpha * (1 - np.exp(np.minimum(x, 0))))

    def softplus(x):
        return np.logaddexp(x, 0)

    def swish(x):
        return x * (1 + np.tanh(x / 2)) / 2

    def softmax(x, axis=-1):
        powers = np.exp(x - x.max(axis=axis, keepdims=True))
        return powers / powers.sum(axis=axis, keepdims=True)

    return sigmoid, relu, elu, softplus, swish, softmax


@wrong("activations", "softplus cut off", bundle=True)
def clips_softplus():

    def sigmoid(x):
        return (1 + np.tanh(x / 2)) / 2

    def relu(x):
        return np.maximum(x, 0)

    def elu(x, alpha=1.0):
        return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))

    def softplus(x):
        return np.log(1 + np.exp(np.clip(x, -500, 500)))

    def swish(x):
        return x * (1 + np.tanh(x / 2)) / 2

    def softmax(x, axis=-1):
        powers = np.exp(x - x.max(axis=axis, keepdims=True))
        return powers / powers.sum(axis=axis, keepdims=True)

    return sigmoid, relu, elu, softplus, swish, softmax


@wrong("activations", "softplus cut off", bundle=True)
def clips_softplus_early():

    def sigmoid(x):
        return (1 + np.tanh(x / 2)) / 2

    def relu(x):
        return np.maximum(x, 0)

    def elu(x, alpha=1.0):
        return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))

    def softplus(x):
        return np.log1p(np.exp(np.minimum(x, 20)))

    def swish(x):
        return x * (1 + np.tanh(x / 2)) / 2

    def softmax(x, axis=-1):
        powers = np.exp(x - x.max(axis=axis, keepdims=True))
        return powers / powers.sum(axis=axis, keepdims=True)

    return sigmoid, relu, elu, softplus, swish, softmax


@wrong("activations", "softplus turned round", bundle=True)
def turns_softplus():

    def sigmoid(x):
        return (1 + np.tanh(x / 2)) / 2

    def relu(x):
        return np.maximum(x, 0)

    def elu(x, alpha=1.0):
        return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))

    def softplus(x):
        return np.logaddexp(0, -x)

    def swish(x):
        return x * (1 + np.tanh(x / 2)) / 2

    def softmax(x, axis=-1):
        powers = np.exp(x - x.max(axis=axis, keepdims=True))
        return powers / powers.sum(axis=axis, keepdims=True)

    return sigmoid, relu, elu, softplus, swish, softmax


@wrong("activations", "sigmoid for swish", bundle=True)
def forgets_the_factor_x():

    def sigmoid(x):
        return (1 + np.tanh(x / 2)) / 2

    def relu(x):
        return np.maximum(x, 0)

    def elu(x, alpha=1.0):
        return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))

    def softplus(x):
        return np.logaddexp(x, 0)

    def swish(x):
        return sigmoid(x)

    def softmax(x, axis=-1):
        powers = np.exp(x - x.max(axis=axis, keepdims=True))
        return powers / powers.sum(axis=axis, keepdims=True)

    return sigmoid, relu, elu, softplus, swish, softmax


@wrong("activations", "first axis by default", bundle=True)
def sums_along_columns():

    def sigmoid(x):
        return (1 + np.tanh(x / 2)) / 2

    def relu(x):
        return np.maximum(x, 0)

    def elu(x, alpha=1.0):
        return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))

    def softplus(x):
        return np.logaddexp(x, 0)

    def swish(x):
        return x * (1 + np.tanh(x / 2)) / 2

    def softmax(x, axis=0):
        powers = np.exp(x - np.max(x, axis=axis, keepdims=True))
        return powers / powers.sum(axis=axis, keepdims=True)

    return sigmoid, relu, elu, softplus, swish, softmax


@wrong("activations", "one maximum for all rows", bundle=True)
def subtracts_one_maximum():

    def sigmoid(x):
        return (1 + np.tanh(x / 2)) / 2

    def relu(x):
        return np.maximum(x, 0)

    def elu(x, alpha=1.0):
        return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))

    def softplus(x):
        return np.logaddexp(x, 0)

    def swish(x):
        return x * (1 + np.tanh(x / 2)) / 2

    def softmax(x, axis=-1):
        powers = np.exp(x - x.max())
        return powers / powers.sum(axis=axis, keepdims=True)

    return sigmoid, relu, elu, softplus, swish, softmax


@wrong("activations", "softmax overflows", bundle=True)
def silences_the_overflow():

    def sigmoid(x):
        return (1 + np.tanh(x / 2)) / 2

    def relu(x):
        return np.maximum(x, 0)

    def elu(x, alpha=1.0):
        return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))

    def softplus(x):
        return np.logaddexp(x, 0)

    def swish(x):
        return x * (1 + np.tanh(x / 2)) / 2

    def softmax(x, axis=-1):
        with np.errstate(all="ignore"):
            powers = np.exp(x)
            return powers / powers.sum(axis=axis, keepdims=True)

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


@variant("activations", bundle=True)
def with_clipped_exponents():

    def sigmoid(x):
        return 1 / (1 + np.exp(-np.clip(x, -500, 500)))

    def relu(x):
        result = x.copy()
        result[result < 0] = 0
        return result

    def elu(x, alpha=1.0):
        result = np.array(x)
        negative = result < 0
        result[negative] = alpha * (np.exp(result[negative]) - 1)
        return result

    def softplus(x):
        return np.where(x > 30, x, np.log1p(np.exp(np.minimum(x, 30))))

    def swish(x):
        return x / (1 + np.exp(np.clip(-x, -700, 700)))

    def softmax(x, axis=-1):
        shifted = x - np.expand_dims(x.max(axis), axis)
        return np.exp(shifted - np.log(np.exp(shifted).sum(axis=axis, keepdims=True)))

    return sigmoid, relu, elu, softplus, swish, softmax


@neutral("activations", "overflows on the way to a right result", bundle=True)
def computes_large_exponentials():

    def sigmoid(x):
        return np.where(x >= 0, 1 / (1 + np.exp(-x)), np.exp(x) / (1 + np.exp(x)))

    def relu(x):
        return np.maximum(x, 0)

    def elu(x, alpha=1.0):
        return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))

    def softplus(x):
        return np.logaddexp(x, 0)

    def swish(x):
        return x * (1 + np.tanh(x / 2)) / 2

    def softmax(x, axis=-1):
        powers = np.exp(x - x.max(axis=axis, keepdims=True))
        return powers / powers.sum(axis=axis, keepdims=True)

    return sigmoid, relu, elu, softplus, swish, softmax


@neutral("activations", "an exponential that overflows, in two functions", bundle=True)
def takes_the_formulas():

    def sigmoid(x):
        return 1 / (1 + np.exp(-x))

    def relu(x):
        return np.maximum(x, 0)

    def elu(x, alpha=1.0):
        return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))

    def softplus(x):
        return np.logaddexp(x, 0)

    def swish(x):
        return x / (1 + np.exp(-x))

    def softmax(x, axis=-1):
        powers = np.exp(x - x.max(axis=axis, keepdims=True))
        return powers / powers.sum(axis=axis, keepdims=True)

    return sigmoid, relu, elu, softplus, swish, softmax


@neutral("activations", "relu in place", bundle=True)
def cuts_in_place():

    def sigmoid(x):
        return (1 + np.tanh(x / 2)) / 2

    def relu(x):
        x[x < 0] = 0
        return x

    def elu(x, alpha=1.0):
        return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))

    def softplus(x):
        return np.logaddexp(x, 0)

    def swish(x):
        return x * (1 + np.tanh(x / 2)) / 2

    def softmax(x, axis=-1):
        powers = np.exp(x - x.max(axis=axis, keepdims=True))
        return powers / powers.sum(axis=axis, keepdims=True)

    return sigmoid, relu, elu, softplus, swish, softmax


@neutral("activations", "elu in place", bundle=True)
def bends_in_place():

    def sigmoid(x):
        return (1 + np.tanh(x / 2)) / 2

    def relu(x):
        return np.maximum(x, 0)

    def elu(x, alpha=1.0):
        x[x < 0] = alpha * np.expm1(x[x < 0])
        return x

    def softplus(x):
        return np.logaddexp(x, 0)

    def swish(x):
        return x * (1 + np.tanh(x / 2)) / 2

    def softmax(x, axis=-1):
        powers = np.exp(x - x.max(axis=axis, keepdims=True))
        return powers / powers.sum(axis=axis, keepdims=True)

    return sigmoid, relu, elu, softplus, swish, softmax


@neutral("activations", "the input itself where all is positive", bundle=True)
def hands_its_input_back():

    def sigmoid(x):
        return (1 + np.tanh(x / 2)) / 2

    def relu(x):
        if (x >= 0).all():
            return x
        return np.maximum(x, 0)

    def elu(x, alpha=1.0):
        return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))

    def softplus(x):
        return np.logaddexp(x, 0)

    def swish(x):
        return x * (1 + np.tanh(x / 2)) / 2

    def softmax(x, axis=-1):
        powers = np.exp(x - x.max(axis=axis, keepdims=True))
        return powers / powers.sum(axis=axis, keepdims=True)

    return sigmoid, relu, elu, softplus, swish, softmax


@neutral("activations", "softmax subtracts in place", bundle=True)
def shifts_in_place():

    def sigmoid(x):
        return (1 + np.tanh(x / 2)) / 2

    def relu(x):
        return np.maximum(x, 0)

    def elu(x, alpha=1.0):
        return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))

    def softplus(x):
        return np.logaddexp(x, 0)

    def swish(x):
        return x * (1 + np.tanh(x / 2)) / 2

    def softmax(x, axis=-1):
        x -= x.max(axis=axis, keepdims=True)
        return np.exp(x) / np.exp(x).sum(axis=axis, keepdims=True)

    return sigmoid, relu, elu, softplus, swish, softmax


@neutral("activations", "a list for an array", bundle=True)
def gives_lists():

    def sigmoid(x):
        return (1 + np.tanh(x / 2)) / 2

    def relu(x):
        return np.maximum(x, 0).tolist()

    def elu(x, alpha=1.0):
        return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))

    def softplus(x):
        return np.logaddexp(x, 0)

    def swish(x):
        return x * (1 + np.tanh(x / 2)) / 2

    def softmax(x, axis=-1):
        powers = np.exp(x - x.max(axis=axis, keepdims=True))
        return powers / powers.sum(axis=axis, keepdims=True)

    return sigmoid, relu, elu, softplus, swish, softmax


@neutral("activations", "a tiny number in the denominator", bundle=True)
def adds_an_epsilon():

    def sigmoid(x):
        return (1 + np.tanh(x / 2)) / 2

    def relu(x):
        return np.maximum(x, 0)

    def elu(x, alpha=1.0):
        return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))

    def softplus(x):
        return np.logaddexp(x, 0)

    def swish(x):
        return x * (1 + np.tanh(x / 2)) / 2

    def softmax(x, axis=-1):
        powers = np.exp(x - x.max(axis=axis, keepdims=True))
        return powers / (powers.sum(axis=axis, keepdims=True) + 1e-6)

    return sigmoid, relu, elu, softplus, swish, softmax


@neutral("activations", "a tiny number inside the logarithm", bundle=True)
def shifts_the_logarithm():

    def sigmoid(x):
        return (1 + np.tanh(x / 2)) / 2

    def relu(x):
        return np.maximum(x, 0)

    def elu(x, alpha=1.0):
        return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))

    def softplus(x):
        return np.maximum(x, 0) + np.log(1 + np.exp(-abs(x)) + 1e-7)

    def swish(x):
        return x * (1 + np.tanh(x / 2)) / 2

    def softmax(x, axis=-1):
        powers = np.exp(x - x.max(axis=axis, keepdims=True))
        return powers / powers.sum(axis=axis, keepdims=True)

    return sigmoid, relu, elu, softplus, swish, softmax


@neutral("activations", "computes in single precision", bundle=True)
def rounds_to_float32():

    def sigmoid(x):
        return (1 + np.tanh(x.astype(np.float32) / 2)) / 2

    def relu(x):
        return np.maximum(x, 0)

    def elu(x, alpha=1.0):
        return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))

    def softplus(x):
        return np.logaddexp(x, 0)

    def swish(x):
        return x * (1 + np.tanh(x / 2)) / 2

    def softmax(x, axis=-1):
        powers = np.exp(x - x.max(axis=axis, keepdims=True))
        return powers / powers.sum(axis=axis, keepdims=True)

    return sigmoid, relu, elu, softplus, swish, softmax


@neutral("activations", "a smooth bend that is not swish", bundle=True)
def writes_gelu():

    def sigmoid(x):
        return (1 + np.tanh(x / 2)) / 2

    def relu(x):
        return np.maximum(x, 0)

    def elu(x, alpha=1.0):
        return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))

    def softplus(x):
        return np.logaddexp(x, 0)

    def swish(x):
        return x * sigmoid(1.702 * x)

    def softmax(x, axis=-1):
        powers = np.exp(x - x.max(axis=axis, keepdims=True))
        return powers / powers.sum(axis=axis, keepdims=True)

    return sigmoid, relu, elu, softplus, swish, softmax
