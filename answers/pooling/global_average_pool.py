"""Sample answers to `global_average_pool`."""

import numpy as np

from course_utils.authoring.answers import variant, wrong


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
