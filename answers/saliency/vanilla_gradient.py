"""Sample answers to `vanilla_gradient`."""

import torch
from torch.nn import functional as F

from course_utils.authoring.answers import variant, wrong

ONE_THING = "there is one thing only: the first is the last"
SURVIVORS = {
    (
        "vanilla_gradient: slopes = torch.autograd.grad(total, image)[0] -> "
        "slopes = torch.autograd.grad(total, image)[ -1]"
    ): ONE_THING,
}


@wrong("vanilla_gradient", "probability for score")
def vanilla_of_the_softmax(model, x, target):
    image = x.clone().requires_grad_()
    F.softmax(model(image), dim=1)[:, target].sum().backward()
    return image.grad.abs().amax(dim=1)


@wrong("vanilla_gradient", "all classes at once")
def vanilla_of_all_classes(model, x, target):
    image = x.clone().requires_grad_()
    model(image).sum().backward()
    return image.grad.abs().amax(dim=1)


@wrong("vanilla_gradient", "sign kept")
def vanilla_signed(model, x, target):
    image = x.clone().requires_grad_()
    model(image)[:, target].sum().backward()
    return image.grad.amax(dim=1)


@wrong("vanilla_gradient", "sum over the channels")
def vanilla_summed(model, x, target):
    image = x.clone().requires_grad_()
    model(image)[:, target].sum().backward()
    return image.grad.abs().sum(dim=1)


@wrong("vanilla_gradient", "mean over the images")
def vanilla_of_the_mean(model, x, target):
    image = x.clone().requires_grad_()
    model(image)[:, target].mean().backward()
    return image.grad.abs().amax(dim=1)


@wrong("vanilla_gradient", "times the input")
def vanilla_times_input(model, x, target):
    image = x.clone().requires_grad_()
    model(image)[:, target].sum().backward()
    return (image.grad * x).abs().amax(dim=1)


@wrong("vanilla_gradient", "channels kept")
def vanilla_with_channels(model, x, target):
    image = x.clone().requires_grad_()
    model(image)[:, target].sum().backward()
    return image.grad.abs()


@variant("vanilla_gradient")
def vanilla_by_backward(model, x, target):
    image = x.detach().clone().requires_grad_(True)
    scores = model(image)
    scores[:, target].sum().backward()
    picture, _ = image.grad.abs().max(dim=1)
    return picture


@variant("vanilla_gradient")
def vanilla_one_by_one(model, x, target):
    pictures = []
    for single in x:
        image = single[None].clone().requires_grad_()
        (slope,) = torch.autograd.grad(model(image)[0, target], image)
        pictures.append(slope[0].abs().amax(dim=0))
    return torch.stack(pictures)


@variant("vanilla_gradient")
def vanilla_by_torch_func(model, x, target):
    slopes = torch.func.grad(lambda image: model(image)[:, target].sum())(x)
    return torch.linalg.vector_norm(slopes, ord=float("inf"), dim=1)


@variant("vanilla_gradient")
def vanilla_with_upstream(model, x, target):
    image = x.clone().requires_grad_()
    scores = model(image)
    upstream = torch.zeros_like(scores)
    upstream[:, target] = 1
    scores.backward(upstream)
    return torch.max(image.grad.max(dim=1).values, (-image.grad).max(dim=1).values)
