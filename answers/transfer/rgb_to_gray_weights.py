"""Sample answers to `rgb_to_gray_weights`."""

import torch

from course_utils.authoring.answers import neutral, variant, wrong


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


@variant("rgb_to_gray_weights")
def gray_by_einsum(weight):
    ones = torch.ones(1, 3, dtype=weight.dtype)
    return torch.einsum("ocij,gc->ogij", weight, ones)


@wrong("rgb_to_gray_weights", "mean over the colours")
def gray_third(weight):
    return (weight[:, :1] + weight[:, 1:2] + weight[:, 2:]) / 3


@wrong("rgb_to_gray_weights", "one colour only")
def gray_narrow(weight):
    return weight.narrow(1, 0, 1).clone()


@wrong("rgb_to_gray_weights", "largest of the colours")
def gray_max(weight):
    return weight.max(dim=1, keepdim=True).values


@wrong("rgb_to_gray_weights", "axis lost")
def gray_flat(weight):
    r, g, b = weight.unbind(dim=1)
    return r + g + b


@neutral("rgb_to_gray_weights", "another dtype")
def gray_single(weight):
    return weight.sum(1, keepdim=True).float()


@neutral("rgb_to_gray_weights", "always double")
def gray_double(weight):
    out = torch.zeros(len(weight), 1, *weight.shape[2:], dtype=torch.float64)
    return out + weight.sum(1, keepdim=True)


@neutral("rgb_to_gray_weights", "weight changed")
def gray_in_place(weight):
    total = weight.data[:, :1]
    total += weight.data[:, 1:2]
    total += weight.data[:, 2:]
    return total.clone()


@neutral("rgb_to_gray_weights", "an array for the tensor")
def gray_array(weight):
    return weight.detach().numpy().sum(axis=1, keepdims=True)


@neutral("rgb_to_gray_weights", "a slip: two colours")
def gray_two(weight):
    return weight[:, :2].sum(dim=1, keepdim=True)


@neutral("rgb_to_gray_weights", "the first colour three times")
def gray_three_times_red(weight):
    return 3 * weight[:, :1]
