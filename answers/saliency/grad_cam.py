"""Sample answers to `grad_cam`."""

import torch
from torch import nn
from torch.nn import functional as F

from course_utils.authoring.answers import variant, wrong


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
