"""Sample answers to `multitask_loss`."""

import torch
from torch import nn
from torch.nn import functional as F

from course_utils.authoring.answers import neutral, variant, wrong


@wrong("multitask_loss", "weight at the classification")
def weighs_the_classification(class_logits, labels, mask_logits, masks, weight):
    return weight * F.cross_entropy(class_logits, labels) + F.cross_entropy(mask_logits, masks)


@wrong("multitask_loss", "shares of a whole")
def shares_out(class_logits, labels, mask_logits, masks, weight):
    return (1 - weight) * F.cross_entropy(class_logits, labels) + weight * F.cross_entropy(
        mask_logits, masks
    )


@wrong("multitask_loss", "weight ignored")
def forgets_the_weight(class_logits, labels, mask_logits, masks, weight):
    return F.cross_entropy(class_logits, labels) + F.cross_entropy(mask_logits, masks)


@wrong("multitask_loss", "everything weighted")
def weighs_both(class_logits, labels, mask_logits, masks, weight):
    return weight * (F.cross_entropy(class_logits, labels) + F.cross_entropy(mask_logits, masks))


@wrong("multitask_loss", "sum over the pixels")
def sums_the_pixels(class_logits, labels, mask_logits, masks, weight):
    pixels = F.cross_entropy(mask_logits, masks, reduction="sum")
    return F.cross_entropy(class_logits, labels) + weight * pixels


@wrong("multitask_loss", "sum over the pixels of an image")
def sums_each_image(class_logits, labels, mask_logits, masks, weight):
    pixels = F.cross_entropy(mask_logits, masks, reduction="none")
    return F.cross_entropy(class_logits, labels) + weight * pixels.sum(dim=(1, 2)).mean()


@wrong("multitask_loss", "sum over the images")
def sums_the_images(class_logits, labels, mask_logits, masks, weight):
    return F.cross_entropy(class_logits, labels, reduction="sum") + weight * F.cross_entropy(
        mask_logits, masks
    )


@wrong("multitask_loss", "classification alone")
def classifies_only(class_logits, labels, mask_logits, masks, weight):
    return F.cross_entropy(class_logits, labels) + 0 * mask_logits.sum()


@wrong("multitask_loss", "classification alone")
def forgets_the_masks(class_logits, labels, mask_logits, masks, weight):
    return F.cross_entropy(class_logits, labels)


@wrong("multitask_loss", "segmentation alone")
def segments_only(class_logits, labels, mask_logits, masks, weight):
    return weight * F.cross_entropy(mask_logits, masks)


@wrong("multitask_loss", "mean of both")
def averages(class_logits, labels, mask_logits, masks, weight):
    return (
        F.cross_entropy(class_logits, labels) + weight * F.cross_entropy(mask_logits, masks)
    ) / 2


@wrong("multitask_loss", "no gradient for the pixels")
def takes_the_item(class_logits, labels, mask_logits, masks, weight):
    return (
        F.cross_entropy(class_logits, labels) + weight * F.cross_entropy(mask_logits, masks).item()
    )


@wrong("multitask_loss", "no gradient for the classes")
def detaches_the_classes(class_logits, labels, mask_logits, masks, weight):
    return F.cross_entropy(class_logits, labels).detach() + weight * F.cross_entropy(
        mask_logits, masks
    )


@variant("multitask_loss")
def with_layers(class_logits, labels, mask_logits, masks, weight):
    loss = nn.CrossEntropyLoss()
    return loss(class_logits, labels) + weight * loss(mask_logits, masks)


@variant("multitask_loss")
def with_log_softmax(class_logits, labels, mask_logits, masks, weight):
    first = F.nll_loss(F.log_softmax(class_logits, dim=1), labels)
    second = F.nll_loss(F.log_softmax(mask_logits, dim=1), masks)
    return torch.add(first, weight * second)


@variant("multitask_loss")
def with_gather(class_logits, labels, mask_logits, masks, weight):
    total = 0
    for logits, truth, factor in ((class_logits, labels, 1), (mask_logits, masks, weight)):
        log_p = torch.log_softmax(logits, dim=1)
        total = total - factor * log_p.gather(1, truth.unsqueeze(1)).mean()
    return total


@variant("multitask_loss")
def as_rows(class_logits, labels, mask_logits, masks, weight):
    pixels = mask_logits.movedim(1, -1).flatten(0, 2)
    images = torch.logsumexp(class_logits, dim=1) - class_logits[torch.arange(len(labels)), labels]
    return images.mean() + weight * F.cross_entropy(pixels, masks.flatten())


@variant("multitask_loss")
def sum_over_count(class_logits, labels, mask_logits, masks, weight):
    first = F.cross_entropy(class_logits, labels, reduction="sum") / len(labels)
    second = F.cross_entropy(mask_logits, masks, reduction="none").mean(dim=(1, 2)).mean()
    return first + second * weight


@neutral("multitask_loss", "a bare number")
def gives_a_float(class_logits, labels, mask_logits, masks, weight):
    return (
        F.cross_entropy(class_logits, labels) + weight * F.cross_entropy(mask_logits, masks)
    ).item()


@neutral("multitask_loss", "both terms in a tuple")
def gives_both(class_logits, labels, mask_logits, masks, weight):
    return F.cross_entropy(class_logits, labels), weight * F.cross_entropy(mask_logits, masks)


@neutral("multitask_loss", "a loss for each image")
def forgets_a_mean(class_logits, labels, mask_logits, masks, weight):
    pixels = F.cross_entropy(mask_logits, masks, reduction="none")
    return F.cross_entropy(class_logits, labels, reduction="none") + weight * pixels.mean(
        dim=(1, 2)
    )


@neutral("multitask_loss", "changes the logits")
def spoils_the_logits(class_logits, labels, mask_logits, masks, weight):
    loss = F.cross_entropy(class_logits, labels) + weight * F.cross_entropy(mask_logits, masks)
    mask_logits.data.zero_()
    return loss


@neutral("multitask_loss", "one axis with a single number")
def keeps_an_axis(class_logits, labels, mask_logits, masks, weight):
    return (
        F.cross_entropy(class_logits, labels) + weight * F.cross_entropy(mask_logits, masks)
    ).reshape(1)


@neutral("multitask_loss", "the weight squared")
def squares_the_weight(class_logits, labels, mask_logits, masks, weight):
    return F.cross_entropy(class_logits, labels) + weight**2 * F.cross_entropy(mask_logits, masks)
