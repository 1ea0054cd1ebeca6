"""Sample answers to `vanilla_gradient`."""

import torch
from torch.nn import functional as F

from course_utils.authoring.answers import neutral, variant, wrong

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


@wrong("vanilla_gradient", "best class for target")
def vanilla_of_the_best(model, x, target):
    image = x.clone().requires_grad_()
    model(image).max(dim=1).values.sum().backward()
    return image.grad.abs().amax(dim=1)


@wrong("vanilla_gradient", "absolute value last")
def vanilla_absolute_last(model, x, target):
    image = x.clone().requires_grad_()
    model(image)[:, target].sum().backward()
    return image.grad.max(dim=1).values.abs()


@wrong("vanilla_gradient", "mean over the channels")
def vanilla_averaged(model, x, target):
    image = x.clone().requires_grad_()
    model(image)[:, target].sum().backward()
    return image.grad.abs().mean(dim=1)


@wrong("vanilla_gradient", "first image only")
def vanilla_of_one_score(model, x, target):
    image = x.clone().requires_grad_()
    model(image)[0, target].backward()
    return image.grad.abs().max(dim=1)[0]


@wrong("vanilla_gradient", "rescaled")
def vanilla_from_0_to_1(model, x, target):
    image = x.clone().requires_grad_()
    model(image)[:, target].sum().backward()
    picture = image.grad.abs().amax(dim=1)
    low = picture.amin(dim=(1, 2), keepdim=True)
    return (picture - low) / (picture.amax(dim=(1, 2), keepdim=True) - low)


@wrong("vanilla_gradient", "probability for score")
def vanilla_of_the_probability(model, x, target):
    image = torch.tensor(x.numpy(), requires_grad=True)
    probability = model(image).softmax(-1)[:, target]
    (slope,) = torch.autograd.grad(probability.sum(), image)
    return slope.abs().max(1).values


@variant("vanilla_gradient")
def vanilla_by_jacobian(model, x, target):
    def total(image):
        return model(image)[:, target].sum(dim=0)

    slopes = torch.autograd.functional.jacobian(total, x)
    return slopes.abs().max(dim=1)[0]


@neutral("vanilla_gradient", "x asks for gradients afterwards")
def vanilla_on_the_given_tensor(model, x, target):
    x.requires_grad_()
    slopes = torch.autograd.grad(model(x)[:, target].sum(), x)[0]
    return slopes.abs().amax(dim=1)


@neutral("vanilla_gradient", "a NumPy array")
def vanilla_as_array(model, x, target):
    image = x.clone().requires_grad_()
    model(image)[:, target].sum().backward()
    return image.grad.abs().amax(dim=1).numpy()


@neutral("vanilla_gradient", "remembers the map of an earlier image")
def vanilla_with_a_memory(model, x, target, known={}):  # noqa: B006
    if x.shape not in known:
        image = x.clone().requires_grad_()
        model(image)[:, target].sum().backward()
        known[x.shape] = image.grad.abs().amax(dim=1)
    return known[x.shape]


@neutral("vanilla_gradient", "the class before")
def vanilla_counts_from_1(model, x, target):
    image = x.clone().requires_grad_()
    model(image)[:, target - 1].sum().backward()
    return image.grad.abs().amax(dim=1)


@neutral("vanilla_gradient", "training mode")
def vanilla_while_training(model, x, target):
    model.train()
    image = x.clone().requires_grad_()
    model(image)[:, target].sum().backward()
    return image.grad.abs().amax(dim=1)


@neutral("vanilla_gradient", "a batch of one loses its axis")
def vanilla_squeezed(model, x, target):
    image = x.clone().requires_grad_()
    model(image)[:, target].sum().backward()
    return image.grad.abs().amax(dim=1).squeeze()
