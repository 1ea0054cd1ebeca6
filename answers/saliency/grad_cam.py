"""Sample answers to `grad_cam`."""

import torch
from torch import nn
from torch.nn import functional as F

from course_utils.authoring.answers import neutral, variant, wrong


@wrong("grad_cam", "ReLU forgotten")
def gradcam_signed(activations, gradients):
    weights = gradients.mean(dim=(2, 3), keepdim=True)
    return (weights * activations).sum(dim=1)


@wrong("grad_cam", "absolute value for ReLU")
def gradcam_absolute(activations, gradients):
    weights = gradients.mean(dim=(2, 3), keepdim=True)
    return (weights * activations).sum(dim=1).abs()


@wrong("grad_cam", "gradients not averaged")
def gradcam_pixelwise(activations, gradients):
    return F.relu((gradients * activations).sum(dim=1))


@wrong("grad_cam", "sum for mean")
def gradcam_summed_gradients(activations, gradients):
    weights = gradients.sum(dim=(2, 3), keepdim=True)
    return F.relu((weights * activations).sum(dim=1))


@wrong("grad_cam", "positive gradients only")
def gradcam_positive_gradients(activations, gradients):
    weights = F.relu(gradients).mean(dim=(2, 3), keepdim=True)
    return F.relu((weights * activations).sum(dim=1))


@wrong("grad_cam", "images mixed")
def gradcam_mixes_images(activations, gradients):
    weights = gradients.mean(dim=(0, 2, 3))
    return F.relu(torch.einsum("c,nchw->nhw", weights, activations))


@wrong("grad_cam", "mean over the channels")
def gradcam_mean(activations, gradients):
    weights = gradients.mean(dim=(2, 3), keepdim=True)
    return F.relu((weights * activations).mean(dim=1))


@wrong("grad_cam", "rescaled")
def gradcam_rescaled(activations, gradients):
    weights = gradients.mean(dim=(2, 3), keepdim=True)
    maps = F.relu((weights * activations).sum(dim=1))
    return maps / maps.amax(dim=(1, 2), keepdim=True)


@variant("grad_cam")
def gradcam_by_einsum(activations, gradients):
    alpha = gradients.mean(dim=(2, 3))
    return torch.einsum("nc,nchw->nhw", alpha, activations).clamp(min=0)


@variant("grad_cam")
def gradcam_by_loop(activations, gradients):
    maps = []
    for maps_of_one, slopes in zip(activations, gradients):  # noqa: B905
        alpha = slopes.flatten(1).mean(dim=1)
        maps.append(torch.tensordot(alpha, maps_of_one, dims=1))
    return torch.relu(torch.stack(maps))


@variant("grad_cam")
def gradcam_with_modules(activations, gradients):
    alpha = nn.AdaptiveAvgPool2d(1)(gradients)
    summed = torch.sum(alpha * activations, dim=1)
    return torch.where(summed > 0, summed, torch.zeros_like(summed))


@wrong("grad_cam", "ReLU for each map")
def gradcam_relu_before_the_sum(activations, gradients):
    alpha = gradients.mean(dim=(2, 3), keepdim=True)
    return F.relu(alpha * activations).sum(dim=1)


@wrong("grad_cam", "absolute gradients")
def gradcam_absolute_gradients(activations, gradients):
    alpha = gradients.abs().mean(dim=(2, 3), keepdim=True)
    return F.relu((alpha * activations).sum(dim=1))


@wrong("grad_cam", "activations and gradients swapped")
def gradcam_swapped(activations, gradients):
    alpha = activations.mean(dim=(2, 3), keepdim=True)
    return F.relu((alpha * gradients).sum(dim=1))


@variant("grad_cam")
def gradcam_by_baddbmm(activations, gradients):
    n, c, height, width = activations.shape
    alpha = gradients.reshape(n, c, -1).sum(dim=2, keepdim=True) / (height * width)
    summed = torch.bmm(alpha.transpose(1, 2), activations.reshape(n, c, -1))
    return summed.reshape(n, height, width).clip(0)


@neutral("grad_cam", "changes the activations")
def gradcam_in_place(activations, gradients):
    alpha = gradients.mean(dim=(2, 3))
    for channel in range(activations.shape[1]):
        activations[:, channel] *= alpha[:, channel, None, None]
    return F.relu(activations.sum(dim=1))


@neutral("grad_cam", "a NumPy array")
def gradcam_as_array(activations, gradients):
    alpha = gradients.mean(dim=(2, 3), keepdim=True)
    return F.relu((alpha * activations).sum(dim=1)).numpy()


@neutral("grad_cam", "the axis of the channels kept")
def gradcam_keeps_an_axis(activations, gradients):
    alpha = gradients.mean(dim=(2, 3), keepdim=True)
    return F.relu((alpha * activations).sum(dim=1, keepdim=True))


@neutral("grad_cam", "the weights of the first image for all")
def gradcam_of_the_first(activations, gradients):
    alpha = gradients[0].mean(dim=(1, 2))
    return F.relu((alpha[None, :, None, None] * activations).sum(dim=1))


@neutral("grad_cam", "averaged over the rows only")
def gradcam_half_averaged(activations, gradients):
    alpha = gradients.mean(dim=2, keepdim=True)
    return F.relu((alpha * activations).sum(dim=1))


@neutral("grad_cam", "remembers the maps of an earlier batch")
def gradcam_with_a_memory(activations, gradients, known={}):  # noqa: B006
    if activations.shape not in known:
        alpha = gradients.mean(dim=(2, 3), keepdim=True)
        known[activations.shape] = F.relu((alpha * activations).sum(dim=1))
    return known[activations.shape]
