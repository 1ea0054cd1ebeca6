"""Sample answers to `train_perceptron`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong

SIGN = "labels are −1 or 1: dividing by one is multiplying by it"
SURVIVORS = {
    (
        "train_perceptron: w = [w[d] + lr * y[n] * X[n, d] for d in range(len(w))] -> "
        "w = [w[d] + lr / y[n] * X[n, d] for d in range(len(w))]"
    ): "labels are −1 or 1: dividing by one is multiplying by it",
    "train_perceptron: w = w + lr * label * sample -> w = w + lr / label * sample": SIGN,
    "train_perceptron: b = b + lr * label -> b = b + lr / label": SIGN,
    (
        "train_perceptron: for sample, label in zip(X, y, strict=True): -> "
        "for sample, label in zip(X, y, strict=False):"
    ): "there is a label for every sample",
}


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


@wrong("train_perceptron", "the line counts as 1")
def predicts_one_on_the_line(X, y, epochs, lr=1.0):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        count = 0
        for sample, label in zip(X, y, strict=True):
            predicted = 1 if sample @ w + b >= 0 else -1
            if predicted != label:
                w = w + lr * label * sample
                b = b + lr * label
                count += 1
        mistakes.append(count)
    return w, b, mistakes


@wrong("train_perceptron", "the line counts as −1")
def predicts_minus_one_on_the_line(X, y, epochs, lr=1.0):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        count = 0
        for i in range(len(X)):
            if np.where(X[i] @ w + b > 0, 1, -1) != y[i]:
                w = w + lr * y[i] * X[i]
                b = b + lr * y[i]
                count += 1
        mistakes.append(count)
    return w, b, mistakes


@wrong("train_perceptron", "bias without the label")
def always_raises_the_bias(X, y, epochs, lr=1.0):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        count = 0
        for i in range(len(X)):
            if y[i] * (w @ X[i] + b) <= 0:
                w = w + lr * y[i] * X[i]
                b = b + lr
                count += 1
        mistakes.append(count)
    return w, b, mistakes


@wrong("train_perceptron", "updates twice as long")
def moves_by_the_difference(X, y, epochs, lr=1.0):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        count = 0
        for i in range(len(X)):
            if y[i] * (w @ X[i] + b) <= 0:
                w = w + lr * (y[i] - -y[i]) * X[i]
                b = b + 2 * lr * y[i]
                count += 1
        mistakes.append(count)
    return w, b, mistakes


@wrong("train_perceptron", "mistakes counted after the epoch")
def counts_at_the_end_of_an_epoch(X, y, epochs, lr=1.0):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        for i in range(len(X)):
            if y[i] * (w @ X[i] + b) <= 0:
                w = w + lr * y[i] * X[i]
                b = b + lr * y[i]
        mistakes.append(int(np.sum(y * (X @ w + b) <= 0)))
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


@variant("train_perceptron")
def counting_with_a_generator(X, y, epochs, lr=1.0):
    w, b = np.zeros(X.shape[1]), 0.0

    def updates():
        nonlocal w, b
        for sample, label in zip(X, y, strict=True):
            if label * (np.inner(w, sample) + b) <= 0:
                w, b = w + lr * label * sample, b + lr * label
                yield sample

    mistakes = [len(list(updates())) for _ in range(epochs)]
    return w, b, mistakes


@neutral("train_perceptron", "an array for the list of mistakes")
def gives_an_array_of_mistakes(X, y, epochs, lr=1.0):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        count = 0
        for i in range(len(X)):
            if y[i] * (w @ X[i] + b) <= 0:
                w = w + lr * y[i] * X[i]
                b = b + lr * y[i]
                count += 1
        mistakes.append(count)
    return w, b, np.array(mistakes, dtype=int)


@neutral("train_perceptron", "the total of the mistakes")
def gives_the_total(X, y, epochs, lr=1.0):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        count = 0
        for i in range(len(X)):
            if y[i] * (w @ X[i] + b) <= 0:
                w = w + lr * y[i] * X[i]
                b = b + lr * y[i]
                count += 1
        mistakes.append(count)
    return w, b, sum(mistakes)


@neutral("train_perceptron", "a list for the weights")
def gives_a_list_of_weights(X, y, epochs, lr=1.0):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        count = 0
        for i in range(len(X)):
            if y[i] * (w @ X[i] + b) <= 0:
                w = w + lr * y[i] * X[i]
                b = b + lr * y[i]
                count += 1
        mistakes.append(count)
    return list(w), b, mistakes


@neutral("train_perceptron", "bias and weights exchanged")
def exchanges_its_results(X, y, epochs, lr=1.0):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        count = 0
        for i in range(len(X)):
            if y[i] * (w @ X[i] + b) <= 0:
                w = w + lr * y[i] * X[i]
                b = b + lr * y[i]
                count += 1
        mistakes.append(count)
    return b, w, mistakes


@neutral("train_perceptron", "scales the samples in place")
def scales_the_samples(X, y, epochs, lr=1.0):
    X *= lr
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        count = 0
        for i in range(len(X)):
            if y[i] * (w @ X[i] / lr + b) <= 0:
                w = w + y[i] * X[i]
                b = b + lr * y[i]
                count += 1
        mistakes.append(count)
    return w, b, mistakes


@neutral("train_perceptron", "the last sample is forgotten")
def forgets_the_last_sample(X, y, epochs, lr=1.0):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        count = 0
        for i in range(len(X) - 1):
            if y[i] * (w @ X[i] + b) <= 0:
                w = w + lr * y[i] * X[i]
                b = b + lr * y[i]
                count += 1
        mistakes.append(count)
    return w, b, mistakes


@neutral("train_perceptron", "samples from the last to the first")
def goes_backwards(X, y, epochs, lr=1.0):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        count = 0
        for i in reversed(range(len(X))):
            if y[i] * (w @ X[i] + b) <= 0:
                w = w + lr * y[i] * X[i]
                b = b + lr * y[i]
                count += 1
        mistakes.append(count)
    return w, b, mistakes


@neutral("train_perceptron", "one epoch too many")
def trains_one_epoch_more(X, y, epochs, lr=1.0):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs + 1):
        count = 0
        for i in range(len(X)):
            if y[i] * (w @ X[i] + b) <= 0:
                w = w + lr * y[i] * X[i]
                b = b + lr * y[i]
                count += 1
        mistakes.append(count)
    return w, b, mistakes
