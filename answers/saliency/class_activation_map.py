"""Sample answers to `class_activation_map`."""

import torch
from torch.nn import functional as F

from course_utils.authoring.answers import neutral, variant, wrong


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


@wrong("class_activation_map", "absolute value")
def cam_absolute(features, weights, target):
    return (features * weights[target][None, :, None, None]).sum(1).abs()


@wrong("class_activation_map", "absolute weights")
def cam_with_absolute_weights(features, weights, target):
    return torch.einsum("c,nchw->nhw", weights[target].abs(), features)


@wrong("class_activation_map", "channels kept")
def cam_without_the_sum(features, weights, target):
    return features * weights[target].reshape(1, -1, 1, 1)


@wrong("class_activation_map", "negative evidence cut off")
def cam_clamped(features, weights, target):
    n, c, height, width = features.shape
    flat = weights[target] @ features.reshape(n, c, height * width)
    return flat.reshape(n, height, width).clamp(min=0)


@variant("class_activation_map")
def cam_by_tensordot(features, weights, target):
    return torch.tensordot(features, weights[target], dims=([1], [0]))


@variant("class_activation_map")
def cam_by_convolution(features, weights, target):
    row = weights[target : target + 1]
    return F.conv2d(features, row[:, :, None, None])[:, 0]


@neutral("class_activation_map", "changes the features")
def cam_in_place(features, weights, target):
    features *= weights[target].view(1, -1, 1, 1)
    return features.sum(dim=1)


@neutral("class_activation_map", "a NumPy array")
def cam_as_array(features, weights, target):
    return torch.einsum("c,nchw->nhw", weights[target], features).numpy()


@neutral("class_activation_map", "a list of maps")
def cam_as_list(features, weights, target):
    return [torch.tensordot(weights[target], maps, dims=1) for maps in features]


@neutral("class_activation_map", "the last channel missing")
def cam_off_by_one(features, weights, target):
    out = torch.zeros_like(features[:, 0])
    for channel in range(features.shape[1] - 1):
        out = out + weights[target, channel] * features[:, channel]
    return out


@neutral("class_activation_map", "a batch of one loses its axis")
def cam_squeezed(features, weights, target):
    return (features * weights[target].view(1, -1, 1, 1)).sum(dim=1).squeeze()


@neutral("class_activation_map", "remembers the maps of an earlier batch")
def cam_with_a_memory(features, weights, target, known={}):  # noqa: B006
    key = (tuple(features.shape), target)
    if key not in known:
        known[key] = torch.einsum("c,nchw->nhw", weights[target], features)
    return known[key]
