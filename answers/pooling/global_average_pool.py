"""Sample answers to `global_average_pool`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong


@wrong("global_average_pool", "over the channels")
def averages_channels(features):
    return features.mean(axis=1)


@wrong("global_average_pool", "over the images too")
def averages_everybody(features):
    return features.mean(axis=(0, 2, 3))


@wrong("global_average_pool", "axes kept")
def keeps_axes(features):
    return features.mean(axis=(2, 3), keepdims=True)


@wrong("global_average_pool", "largest value")
def takes_the_strongest(features):
    return features.max(axis=(2, 3))


@wrong("global_average_pool", "sum")
def adds_up_maps(features):
    return features.sum(axis=(2, 3))


@wrong("global_average_pool", "rows only")
def averages_rows(features):
    return features.mean(axis=2)


@variant("global_average_pool")
def averages_both_axes(features):
    return features.mean(axis=(-2, -1))


@variant("global_average_pool")
def averages_flat_maps(features):
    n, c, height, width = features.shape
    return features.reshape(n, c, height * width).mean(axis=2)


@variant("global_average_pool")
def averages_by_loops(features):
    n, c, height, width = features.shape
    out = np.zeros((n, c))
    for image in range(n):
        for channel in range(c):
            out[image, channel] = features[image, channel].sum() / (height * width)
    return out


@wrong("global_average_pool", "largest value")
def flattens_and_takes_the_largest(features):
    return features.reshape(*features.shape[:2], -1).max(axis=-1)


@wrong("global_average_pool", "divided by one side")
def divides_by_the_height(features):
    return features.sum(axis=(2, 3)) / features.shape[2]


@wrong("global_average_pool", "divided by one side")
def divides_by_the_width(features):
    return features.sum(axis=3).sum(axis=2) / features.shape[-1]


@wrong("global_average_pool", "only what is active")
def averages_what_is_active(features):
    active = np.count_nonzero(features, axis=(2, 3))
    return features.sum(axis=(2, 3)) / np.maximum(active, 1)


@wrong("global_average_pool", "columns only")
def averages_columns(features):
    return features.mean(axis=-1)


@variant("global_average_pool")
def averages_twice(features):
    return features.mean(axis=3).mean(axis=2)


@variant("global_average_pool")
def averages_with_einsum(features):
    return np.einsum("nchw->nc", features) / (features.shape[2] * features.shape[3])


@neutral("global_average_pool", "no new array where maps have one pixel")
def hands_pixels_through(features):
    if features.shape[2:] == (1, 1):
        return features[:, :, 0, 0]
    return features.mean(axis=(2, 3))


@neutral("global_average_pool", "in float32")
def averages_in_float32(features):
    return features.astype(np.float32).mean(axis=(2, 3))


@neutral("global_average_pool", "a list")
def answers_with_lists(features):
    return [[channel.mean() for channel in image] for image in features]


@neutral("global_average_pool", "changes its input")
def scales_in_place(features):
    features /= features.shape[2] * features.shape[3]
    return features.sum(axis=(2, 3))


@neutral("global_average_pool", "a slip: the last column is left out")
def forgets_a_column(features):
    return features[..., : max(features.shape[3] - 1, 1)].mean(axis=(2, 3))


@neutral("global_average_pool", "axes of length 1 vanish")
def squeezes(features):
    return np.squeeze(features.mean(axis=(2, 3), keepdims=True))


@neutral("global_average_pool", "remembers earlier calls")
def keeps_a_buffer(features, buffers={}):  # noqa: B006
    out = buffers.setdefault(features.shape[:2], np.zeros(features.shape[:2]))
    out[...] = features.mean(axis=(2, 3))
    return out


@neutral("global_average_pool", "a slip: the pixel in the middle")
def takes_the_middle(features):
    return features[:, :, features.shape[2] // 2, features.shape[3] // 2].copy()
