"""Sample answers to `classify_from_features`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong

SURVIVORS = {
    (
        'classify_from_features: scores = np.einsum("nc,kc->nk", features.mean(axis=(-1, '
        "-2)), W) + b -> "
        'scores = np.einsum("nc,kc->nk", features.mean(axis=(-1, 2)), W) + b'
    ): "of four axes 2 is −2",
}


@wrong("classify_from_features", "scores for probabilities")
def returns_scores(features, W, b):
    return features.mean(axis=(2, 3)) @ W.T + b


@wrong("classify_from_features", "softmax over the images")
def lets_patients_compete(features, W, b):
    scores = features.mean(axis=(2, 3)) @ W.T + b
    powers = np.exp(scores - scores.max(axis=0))
    return powers / powers.sum(axis=0)


@wrong("classify_from_features", "sigmoid for softmax")
def uses_sigmoids(features, W, b):
    scores = features.mean(axis=(2, 3)) @ W.T + b
    return np.exp(-np.logaddexp(0, -scores))


@wrong("classify_from_features", "bias forgotten")
def forgets_biases(features, W, b):
    scores = features.mean(axis=(2, 3)) @ W.T
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


@wrong("classify_from_features", "weights reshaped")
def reshapes_weights(features, W, b):
    classes, channels = W.shape
    scores = features.mean(axis=(2, 3)) @ W.reshape(channels, classes) + b
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


@wrong("classify_from_features", "largest value for average")
def looks_at_the_peak(features, W, b):
    scores = features.max(axis=(2, 3)) @ W.T + b
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


@wrong("classify_from_features", "exp overflows")
def overflows(features, W, b):
    scores = features.mean(axis=(2, 3)) @ W.T + b
    powers = np.exp(scores)
    return powers / powers.sum(axis=1, keepdims=True)


@variant("classify_from_features")
def with_matrix_product(features, W, b):
    scores = features.mean(axis=(2, 3)) @ W.T + b
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


@variant("classify_from_features")
def with_logaddexp(features, W, b):
    scores = np.einsum("nc,kc->nk", features.mean(axis=(-1, -2)), W) + b
    return np.exp(scores - np.logaddexp.reduce(scores, axis=1, keepdims=True))


@variant("classify_from_features")
def image_by_image(features, W, b):
    out = np.zeros((len(features), len(W)))
    for image, maps in enumerate(features):
        averages = [one.mean() for one in maps]
        scores = np.array([np.dot(row, averages) for row in W]) + b
        powers = np.exp(scores - scores.max())
        out[image] = powers / powers.sum()
    return out


@wrong("classify_from_features", "softmax over everything")
def shares_over_everything(features, W, b):
    scores = features.mean(axis=(2, 3)) @ W.T + b
    powers = np.exp(scores - scores.max())
    return powers / powers.sum()


@wrong("classify_from_features", "logarithms of probabilities")
def returns_logarithms(features, W, b):
    scores = features.mean(axis=(2, 3)) @ W.T + b
    return scores - np.logaddexp.reduce(scores, axis=1)[:, None]


@wrong("classify_from_features", "scores for their powers")
def divides_scores(features, W, b):
    scores = features.mean(axis=(2, 3)) @ W.T + b
    return scores / scores.sum(axis=1, keepdims=True)


@wrong("classify_from_features", "sum for average")
def adds_up_maps(features, W, b):
    scores = features.sum(axis=(2, 3)) @ W.T + b
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


@wrong("classify_from_features", "one shift for all")
def shifts_all_alike(features, W, b):
    scores = features.mean(axis=(2, 3)) @ W.T + b
    powers = np.exp(scores - scores.max())
    return powers / powers.sum(axis=1, keepdims=True)


@variant("classify_from_features")
def with_its_own_functions(features, W, b):
    def linear(averages):
        return (W[None] * averages[:, None]).sum(axis=2) + b

    def softmax(scores):
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        powers /= powers.sum(axis=1, keepdims=True)
        return powers

    return softmax(linear(features.mean(axis=3).mean(axis=2)))


@neutral("classify_from_features", "in float32")
def answers_in_float32(features, W, b):
    scores = features.mean(axis=(2, 3)) @ W.T + b
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return (powers / powers.sum(axis=1, keepdims=True)).astype(np.float32)


@neutral("classify_from_features", "a list")
def answers_with_a_list(features, W, b):
    scores = features.mean(axis=(2, 3)) @ W.T + b
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return list(powers / powers.sum(axis=1, keepdims=True))


@neutral("classify_from_features", "changes its input")
def adds_to_the_biases(features, W, b):
    scores = features.mean(axis=(2, 3)) @ W.T + b
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    b += 1
    return powers / powers.sum(axis=1, keepdims=True)


@neutral("classify_from_features", "the likeliest class alone")
def answers_with_the_class(features, W, b):
    return (features.mean(axis=(2, 3)) @ W.T + b).argmax(axis=1)


@neutral("classify_from_features", "a slip: the biases added twice")
def adds_biases_twice(features, W, b):
    scores = features.mean(axis=(2, 3)) @ W.T + b
    scores += b
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


@neutral("classify_from_features", "an ε in the denominator")
def adds_an_epsilon(features, W, b):
    scores = features.mean(axis=(2, 3)) @ W.T + b
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / (powers.sum(axis=1, keepdims=True) + 1e-6)


@neutral("classify_from_features", "remembers earlier calls")
def keeps_the_first_weights(features, W, b, kept={}):  # noqa: B006
    W = kept.setdefault(W.shape, W)
    scores = features.mean(axis=(2, 3)) @ W.T + b
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)
