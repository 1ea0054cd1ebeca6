"""Sample answers to `class_activation_map`."""

import torch
from torch.nn import functional as F

from course_utils.authoring.answers import variant, wrong


@wrong("class_activation_map", "negative evidence cut off")
def cam_with_relu(features, weights, target):
    return F.relu(torch.einsum("c,nchw->nhw", weights[target], features))


@wrong("class_activation_map", "weights forgotten")
def cam_unweighted(features, weights, target):
    return features.sum(dim=1)


@wrong("class_activation_map", "column for row")
def cam_of_a_column(features, weights, target):
    return torch.einsum("c,nchw->nhw", weights[:, target], features)


@wrong("class_activation_map", "weighted mean")
def cam_mean(features, weights, target):
    return (weights[target][:, None, None] * features).mean(dim=1)


@wrong("class_activation_map", "rescaled")
def cam_rescaled(features, weights, target):
    maps = torch.einsum("c,nchw->nhw", weights[target], features)
    low = maps.amin(dim=(1, 2), keepdim=True)
    return (maps - low) / (maps.amax(dim=(1, 2), keepdim=True) - low)


@wrong("class_activation_map", "scores for all classes")
def cam_of_every_class(features, weights, target):
    return torch.einsum("kc,nchw->nkhw", weights, features)


@variant("class_activation_map")
def cam_by_broadcast(features, weights, target):
    return (features * weights[target].view(1, -1, 1, 1)).sum(dim=1)


@variant("class_activation_map")
def cam_by_matmul(features, weights, target):
    n, c, height, width = features.shape
    return (weights[target] @ features.reshape(n, c, height * width)).reshape(n, height, width)


@variant("class_activation_map")
def cam_by_loop(features, weights, target):
    out = torch.zeros_like(features[:, 0])
    for channel in range(features.shape[1]):
        out = out + weights[target, channel] * features[:, channel]
    return out
