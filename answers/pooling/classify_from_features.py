"""Sample answers to `classify_from_features`."""

import numpy as np

from course_utils.authoring.answers import variant, wrong


@wrong("classify_from_features", "scores for probabilities")
def returns_scores(features, W, b):
    return features.mean(axis=(2, 3)) @ W.T + b


@wrong("classify_from_features", "softmax over the images")
def lets_patients_compete(features, W, b):
    scores = features.mean(axis=(2, 3)) @ W.T + b
    if len(scores) == 0:
        return scores
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
    out = np.zeros((len(features), len(W)), np.float32)
    for image, maps in enumerate(features):
        averages = [one.mean() for one in maps]
        scores = np.array([np.dot(row, averages) for row in W]) + b
        powers = np.exp(scores - scores.max())
        out[image] = powers / powers.sum()
    return out
