"""Sample answers to `pixel_cross_entropy`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong


@wrong("pixel_cross_entropy", "sum for mean")
def sums(logits, masks):
    if masks.shape != (logits.shape[0], *logits.shape[2:]):
        raise ValueError("masks have another shape")
    if masks.min() < 0 or masks.max() >= logits.shape[1]:
        raise ValueError("no such class")
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    chosen = np.take_along_axis(log_p, masks[:, None].astype(int), axis=1)
    return float(-chosen.sum())


@wrong("pixel_cross_entropy", "sum over the pixels of an image")
def sums_each_image(logits, masks):
    if masks.shape != (logits.shape[0], *logits.shape[2:]):
        raise ValueError("masks have another shape")
    if masks.min() < 0 or masks.max() >= logits.shape[1]:
        raise ValueError("no such class")
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    chosen = np.take_along_axis(log_p, masks[:, None].astype(int), axis=1)
    return float(-chosen.sum(axis=(1, 2, 3)).mean())


@wrong("pixel_cross_entropy", "divided by the classes too")
def averages_all_entries(logits, masks):
    if masks.shape != (logits.shape[0], *logits.shape[2:]):
        raise ValueError("masks have another shape")
    if masks.min() < 0 or masks.max() >= logits.shape[1]:
        raise ValueError("no such class")
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    onehot = np.arange(logits.shape[1])[:, None, None] == masks[:, None]
    return float(-(onehot * log_p).mean())


@wrong("pixel_cross_entropy", "sign forgotten")
def forgets_the_sign(logits, masks):
    if masks.shape != (logits.shape[0], *logits.shape[2:]):
        raise ValueError("masks have another shape")
    if masks.min() < 0 or masks.max() >= logits.shape[1]:
        raise ValueError("no such class")
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    chosen = np.take_along_axis(log_p, masks[:, None].astype(int), axis=1)
    return float(chosen.mean())


@wrong("pixel_cross_entropy", "softmax twice")
def takes_softmax_twice(logits, masks):
    if masks.shape != (logits.shape[0], *logits.shape[2:]):
        raise ValueError("masks have another shape")
    if masks.min() < 0 or masks.max() >= logits.shape[1]:
        raise ValueError("no such class")
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = powers / powers.sum(axis=1, keepdims=True)
    log_p = p - np.log(np.exp(p).sum(axis=1, keepdims=True))
    chosen = np.take_along_axis(log_p, masks[:, None].astype(int), axis=1)
    return float(-chosen.mean())


@wrong("pixel_cross_entropy", "softmax forgotten")
def takes_logits_as_they_are(logits, masks):
    if masks.shape != (logits.shape[0], *logits.shape[2:]):
        raise ValueError("masks have another shape")
    if masks.min() < 0 or masks.max() >= logits.shape[1]:
        raise ValueError("no such class")
    chosen = np.take_along_axis(logits, masks[:, None].astype(int), axis=1)
    return float(-chosen.mean())


@wrong("pixel_cross_entropy", "softmax over the row")
def uses_the_last_axis(logits, masks):
    if masks.shape != (logits.shape[0], *logits.shape[2:]):
        raise ValueError("masks have another shape")
    if masks.min() < 0 or masks.max() >= logits.shape[1]:
        raise ValueError("no such class")
    shifted = logits - logits.max(axis=-1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    chosen = np.take_along_axis(log_p, masks[:, None].astype(int), axis=1)
    return float(-chosen.mean())


@wrong("pixel_cross_entropy", "softmax over the image")
def uses_the_pixels(logits, masks):
    if masks.shape != (logits.shape[0], *logits.shape[2:]):
        raise ValueError("masks have another shape")
    if masks.min() < 0 or masks.max() >= logits.shape[1]:
        raise ValueError("no such class")
    shifted = logits - logits.max(axis=(2, 3), keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=(2, 3), keepdims=True))
    chosen = np.take_along_axis(log_p, masks[:, None].astype(int), axis=1)
    return float(-chosen.mean())


@wrong("pixel_cross_entropy", "probability for its logarithm")
def forgets_the_logarithm(logits, masks):
    if masks.shape != (logits.shape[0], *logits.shape[2:]):
        raise ValueError("masks have another shape")
    if masks.min() < 0 or masks.max() >= logits.shape[1]:
        raise ValueError("no such class")
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    chosen = np.take_along_axis(log_p, masks[:, None].astype(int), axis=1)
    return float(-np.exp(chosen).mean())


@wrong("pixel_cross_entropy", "logarithm of the mean")
def averages_first(logits, masks):
    if masks.shape != (logits.shape[0], *logits.shape[2:]):
        raise ValueError("masks have another shape")
    if masks.min() < 0 or masks.max() >= logits.shape[1]:
        raise ValueError("no such class")
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    chosen = np.take_along_axis(log_p, masks[:, None].astype(int), axis=1)
    return float(-np.log(np.exp(chosen).mean()))


@wrong("pixel_cross_entropy", "background left out")
def looks_at_the_foreground(logits, masks):
    if masks.shape != (logits.shape[0], *logits.shape[2:]):
        raise ValueError("masks have another shape")
    if masks.min() < 0 or masks.max() >= logits.shape[1]:
        raise ValueError("no such class")
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    chosen = np.take_along_axis(log_p, masks[:, None].astype(int), axis=1)
    return float(-chosen[masks[:, None] > 0].mean())


@wrong("pixel_cross_entropy", "each class counts the same")
def balances_the_classes(logits, masks):
    if masks.shape != (logits.shape[0], *logits.shape[2:]):
        raise ValueError("masks have another shape")
    if masks.min() < 0 or masks.max() >= logits.shape[1]:
        raise ValueError("no such class")
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    chosen = np.take_along_axis(log_p, masks[:, None].astype(int), axis=1)
    losses = -chosen[:, 0]
    return float(np.mean([losses[masks == k].mean() for k in np.unique(masks)]))


@wrong("pixel_cross_entropy", "likeliest class")
def takes_the_likeliest(logits, masks):
    if masks.shape != (logits.shape[0], *logits.shape[2:]):
        raise ValueError("masks have another shape")
    if masks.min() < 0 or masks.max() >= logits.shape[1]:
        raise ValueError("no such class")
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return float(-log_p.max(axis=1).mean())


@wrong("pixel_cross_entropy", "overflow")
def never_shifts(logits, masks):
    if masks.shape != (logits.shape[0], *logits.shape[2:]):
        raise ValueError("masks have another shape")
    if masks.min() < 0 or masks.max() >= logits.shape[1]:
        raise ValueError("no such class")
    log_p = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    chosen = np.take_along_axis(log_p, masks[:, None].astype(int), axis=1)
    return float(-chosen.mean())


@wrong("pixel_cross_entropy", "logarithm of a vanished probability")
def takes_log_of_softmax(logits, masks):
    if masks.shape != (logits.shape[0], *logits.shape[2:]):
        raise ValueError("masks have another shape")
    if masks.min() < 0 or masks.max() >= logits.shape[1]:
        raise ValueError("no such class")
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    log_p = np.log(powers / powers.sum(axis=1, keepdims=True))
    chosen = np.take_along_axis(log_p, masks[:, None].astype(int), axis=1)
    return float(-chosen.mean())


@wrong("pixel_cross_entropy", "an ε in the logarithm")
def adds_epsilon(logits, masks):
    if masks.shape != (logits.shape[0], *logits.shape[2:]):
        raise ValueError("masks have another shape")
    if masks.min() < 0 or masks.max() >= logits.shape[1]:
        raise ValueError("no such class")
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    log_p = np.log(powers / powers.sum(axis=1, keepdims=True) + 1e-12)
    chosen = np.take_along_axis(log_p, masks[:, None].astype(int), axis=1)
    return float(-chosen.mean())


@wrong("pixel_cross_entropy", "an ε in the logarithm")
def clips_probabilities(logits, masks):
    if masks.shape != (logits.shape[0], *logits.shape[2:]):
        raise ValueError("masks have another shape")
    if masks.min() < 0 or masks.max() >= logits.shape[1]:
        raise ValueError("no such class")
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    log_p = np.log(np.clip(powers / powers.sum(axis=1, keepdims=True), 1e-7, 1))
    chosen = np.take_along_axis(log_p, masks[:, None].astype(int), axis=1)
    return float(-chosen.mean())


@variant("pixel_cross_entropy")
def pixel_by_pixel(logits, masks):
    if masks.shape != (logits.shape[0], *logits.shape[2:]):
        raise ValueError("masks have another shape")
    if masks.min() < 0 or masks.max() >= logits.shape[1]:
        raise ValueError("no such class")
    total = 0.0
    for n, i, j in np.ndindex(masks.shape):
        z = logits[n, :, i, j].astype(float)
        z = z - z.max()
        total += np.log(np.exp(z).sum()) - z[masks[n, i, j]]
    return total / masks.size


@variant("pixel_cross_entropy")
def as_rows(logits, masks):
    if masks.shape != (logits.shape[0], *logits.shape[2:]):
        raise ValueError("masks have another shape")
    if masks.min() < 0 or masks.max() >= logits.shape[1]:
        raise ValueError("no such class")
    rows = np.moveaxis(logits, 1, -1).reshape(-1, logits.shape[1])
    labels = masks.reshape(-1).astype(np.int64)
    rows = rows - rows.max(axis=1)[:, None]
    log_sums = np.log(np.exp(rows).sum(axis=1))
    return float(np.mean(log_sums - rows[np.arange(len(rows)), labels]))


@variant("pixel_cross_entropy")
def with_onehot(logits, masks):
    if masks.shape != (logits.shape[0], *logits.shape[2:]):
        raise ValueError("masks have another shape")
    if masks.min() < 0 or masks.max() >= logits.shape[1]:
        raise ValueError("no such class")
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    onehot = np.eye(logits.shape[1])[masks.astype(int)].transpose(0, 3, 1, 2)
    return -float((onehot * log_p).sum() / masks.size)


@variant("pixel_cross_entropy")
def with_logaddexp(logits, masks):
    if masks.shape != (logits.shape[0], *logits.shape[2:]):
        raise ValueError("masks have another shape")
    if masks.min() < 0 or masks.max() >= logits.shape[1]:
        raise ValueError("no such class")
    log_sum = np.logaddexp.reduce(logits, axis=1)
    n, i, j = np.indices(masks.shape)
    return float((log_sum - logits[n, masks.astype(int), i, j]).mean())


@variant("pixel_cross_entropy")
def image_by_image(logits, masks):
    if masks.shape != (logits.shape[0], *logits.shape[2:]):
        raise ValueError("masks have another shape")
    if masks.min() < 0 or masks.max() >= logits.shape[1]:
        raise ValueError("no such class")
    losses = []
    for scores, mask in zip(logits, masks):  # noqa: B905
        scores = scores - scores.max(axis=0)
        truth = np.choose(mask.astype(int), list(scores)) if len(scores) <= 32 else None
        losses.append(np.log(np.exp(scores).sum(axis=0)) - truth)
    return np.mean(losses)


@neutral("pixel_cross_entropy", "no refusals")
def never_refuses(logits, masks):
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    chosen = np.take_along_axis(log_p, masks[:, None].astype(int), axis=1)
    return float(-chosen.mean())


@neutral("pixel_cross_entropy", "an array of one number")
def gives_an_array(logits, masks):
    if masks.shape != (logits.shape[0], *logits.shape[2:]):
        raise ValueError("masks have another shape")
    if masks.min() < 0 or masks.max() >= logits.shape[1]:
        raise ValueError("no such class")
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    chosen = np.take_along_axis(log_p, masks[:, None].astype(int), axis=1)
    return -chosen.mean(axis=(0, 2, 3))


@neutral("pixel_cross_entropy", "changes the logits")
def shifts_in_place(logits, masks):
    if masks.shape != (logits.shape[0], *logits.shape[2:]):
        raise ValueError("masks have another shape")
    if masks.min() < 0 or masks.max() >= logits.shape[1]:
        raise ValueError("no such class")
    logits -= logits.max(axis=1, keepdims=True)
    log_p = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    chosen = np.take_along_axis(log_p, masks[:, None].astype(int), axis=1)
    return float(-chosen.mean())


@neutral("pixel_cross_entropy", "the loss of every pixel")
def forgets_the_mean(logits, masks):
    if masks.shape != (logits.shape[0], *logits.shape[2:]):
        raise ValueError("masks have another shape")
    if masks.min() < 0 or masks.max() >= logits.shape[1]:
        raise ValueError("no such class")
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    chosen = np.take_along_axis(log_p, masks[:, None].astype(int), axis=1)
    return -chosen[:, 0]


@neutral("pixel_cross_entropy", "the last image is forgotten")
def forgets_an_image(logits, masks):
    if masks.shape != (logits.shape[0], *logits.shape[2:]):
        raise ValueError("masks have another shape")
    if masks.min() < 0 or masks.max() >= logits.shape[1]:
        raise ValueError("no such class")
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    chosen = np.take_along_axis(log_p, masks[:, None].astype(int), axis=1)
    return float(-chosen[:-1].sum() / masks.size)


@neutral("pixel_cross_entropy", "masks of uint8 are refused")
def wants_int64(logits, masks):
    if masks.shape != (logits.shape[0], *logits.shape[2:]):
        raise ValueError("masks have another shape")
    if masks.min() < 0 or masks.max() >= logits.shape[1]:
        raise ValueError("no such class")
    if masks.dtype != np.int64:
        raise TypeError("masks must be int64")
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    chosen = np.take_along_axis(log_p, masks[:, None].astype(int), axis=1)
    return float(-chosen.mean())
