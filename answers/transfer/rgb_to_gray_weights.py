"""Sample answers to `rgb_to_gray_weights`."""

import torch

from course_utils.authoring.answers import variant, wrong


@wrong("rgb_to_gray_weights", "mean over the colours")
def gray_mean(weight):
    return weight.mean(dim=1, keepdim=True)


@wrong("rgb_to_gray_weights", "one colour only")
def gray_first(weight):
    return weight[:, :1]


@wrong("rgb_to_gray_weights", "brightness of the eye")
def gray_eye(weight):
    r, g, b = weight[:, 0:1], weight[:, 1:2], weight[:, 2:3]
    return 0.299 * r + 0.587 * g + 0.114 * b


@wrong("rgb_to_gray_weights", "axis lost")
def gray_no_axis(weight):
    return weight.sum(dim=1)


@wrong("rgb_to_gray_weights", "summed over the filters")
def gray_filters(weight):
    return weight.sum(dim=0, keepdim=True)


@wrong("rgb_to_gray_weights", "three channels kept")
def gray_three(weight):
    return weight.mean(dim=1, keepdim=True).repeat(1, 3, 1, 1)


@variant("rgb_to_gray_weights")
def gray_by_adding(weight):
    total = weight[:, 0] + weight[:, 1] + weight[:, 2]
    return total[:, None]


@variant("rgb_to_gray_weights")
def gray_in_a_loop(weight):
    out = torch.zeros(weight.shape[0], 1, *weight.shape[2:], dtype=weight.dtype)
    for o in range(weight.shape[0]):
        for c in range(3):
            out[o, 0] += weight[o, c].detach()
    return out


@variant("rgb_to_gray_weights")
def gray_by_mean_times_three(weight):
    return 3 * torch.mean(weight, 1, True)
