"""Sample answers to `soft_dice_loss`."""

import torch
from torch.nn import functional as F

from course_utils.authoring.answers import neutral, variant, wrong


@wrong("soft_dice_loss", "all images as one")
def sums_the_batch(logits, masks, eps=1.0):
    if logits.shape != masks.shape:
        raise ValueError("masks have another shape")
    p = torch.sigmoid(logits)
    return 1 - (2 * (p * masks).sum() + eps) / (p.sum() + masks.sum() + eps)


@wrong("soft_dice_loss", "coefficient for loss")
def gives_the_coefficient(logits, masks, eps=1.0):
    if logits.shape != masks.shape:
        raise ValueError("masks have another shape")
    p, m = torch.sigmoid(logits).flatten(1), masks.flatten(1)
    return ((2 * (p * m).sum(1) + eps) / (p.sum(1) + m.sum(1) + eps)).mean()


@wrong("soft_dice_loss", "factor 2 forgotten")
def forgets_the_two(logits, masks, eps=1.0):
    if logits.shape != masks.shape:
        raise ValueError("masks have another shape")
    p, m = torch.sigmoid(logits).flatten(1), masks.flatten(1)
    return 1 - (((p * m).sum(1) + eps) / (p.sum(1) + m.sum(1) + eps)).mean()


@wrong("soft_dice_loss", "intersection over union")
def takes_the_union(logits, masks, eps=1.0):
    if logits.shape != masks.shape:
        raise ValueError("masks have another shape")
    p, m = torch.sigmoid(logits).flatten(1), masks.flatten(1)
    both = (p * m).sum(1)
    return 1 - ((both + eps) / (p.sum(1) + m.sum(1) - both + eps)).mean()


@wrong("soft_dice_loss", "ε in the denominator only")
def forgets_epsilon_above(logits, masks, eps=1.0):
    if logits.shape != masks.shape:
        raise ValueError("masks have another shape")
    p, m = torch.sigmoid(logits).flatten(1), masks.flatten(1)
    return 1 - (2 * (p * m).sum(1) / (p.sum(1) + m.sum(1) + eps)).mean()


@wrong("soft_dice_loss", "ε in the numerator only")
def forgets_epsilon_below(logits, masks, eps=1.0):
    if logits.shape != masks.shape:
        raise ValueError("masks have another shape")
    p, m = torch.sigmoid(logits).flatten(1), masks.flatten(1)
    return 1 - ((2 * (p * m).sum(1) + eps) / (p.sum(1) + m.sum(1))).mean()


@wrong("soft_dice_loss", "ε always 1")
def takes_one(logits, masks, eps=1.0):
    if logits.shape != masks.shape:
        raise ValueError("masks have another shape")
    p, m = torch.sigmoid(logits).flatten(1), masks.flatten(1)
    return 1 - ((2 * (p * m).sum(1) + 1) / (p.sum(1) + m.sum(1) + 1)).mean()


@wrong("soft_dice_loss", "squares below")
def squares(logits, masks, eps=1.0):
    if logits.shape != masks.shape:
        raise ValueError("masks have another shape")
    p, m = torch.sigmoid(logits).flatten(1), masks.flatten(1).to(logits.dtype)
    return 1 - ((2 * (p * m).sum(1) + eps) / ((p**2).sum(1) + (m**2).sum(1) + eps)).mean()


@wrong("soft_dice_loss", "logits for probabilities")
def forgets_the_sigmoid(logits, masks, eps=1.0):
    if logits.shape != masks.shape:
        raise ValueError("masks have another shape")
    p, m = logits.flatten(1), masks.flatten(1)
    return 1 - ((2 * (p * m).sum(1) + eps) / (p.sum(1) + m.sum(1) + eps)).mean()


@wrong("soft_dice_loss", "softmax over one channel")
def takes_a_softmax(logits, masks, eps=1.0):
    if logits.shape != masks.shape:
        raise ValueError("masks have another shape")
    p, m = torch.softmax(logits, dim=1).flatten(1), masks.flatten(1)
    return 1 - ((2 * (p * m).sum(1) + eps) / (p.sum(1) + m.sum(1) + eps)).mean()


@wrong("soft_dice_loss", "thresholded")
def decides_first(logits, masks, eps=1.0):
    if logits.shape != masks.shape:
        raise ValueError("masks have another shape")
    p, m = (torch.sigmoid(logits) > 0.5).to(logits.dtype).flatten(1), masks.flatten(1)
    return 1 - ((2 * (p * m).sum(1) + eps) / (p.sum(1) + m.sum(1) + eps)).mean()


@wrong("soft_dice_loss", "sum over the images")
def sums_the_images(logits, masks, eps=1.0):
    if logits.shape != masks.shape:
        raise ValueError("masks have another shape")
    p, m = torch.sigmoid(logits).flatten(1), masks.flatten(1)
    return (1 - (2 * (p * m).sum(1) + eps) / (p.sum(1) + m.sum(1) + eps)).sum()


@wrong("soft_dice_loss", "no gradient")
def detaches(logits, masks, eps=1.0):
    if logits.shape != masks.shape:
        raise ValueError("masks have another shape")
    p, m = torch.sigmoid(logits.detach()).flatten(1), masks.flatten(1)
    return 1 - ((2 * (p * m).sum(1) + eps) / (p.sum(1) + m.sum(1) + eps)).mean()


@variant("soft_dice_loss")
def with_axes(logits, masks, eps=1.0):
    if logits.shape != masks.shape:
        raise ValueError("masks have another shape")
    p = logits.sigmoid()
    m = masks.to(p.dtype)
    above = 2 * (p * m).sum(dim=(1, 2, 3)) + eps
    below = (p + m).sum(dim=(1, 2, 3)) + eps
    return (1 - above / below).mean()


@variant("soft_dice_loss")
def image_by_image(logits, masks, eps=1.0):
    if logits.shape != masks.shape:
        raise ValueError("masks have another shape")
    losses = []
    for score, mask in zip(logits, masks):  # noqa: B905
        p = torch.sigmoid(score)
        losses.append(1 - (2 * (p * mask).sum() + eps) / (p.sum() + mask.sum() + eps))
    return torch.stack(losses).mean()


@variant("soft_dice_loss")
def with_einsum(logits, masks, eps=1.0):
    if logits.shape != masks.shape:
        raise ValueError("masks have another shape")
    p, m = F.sigmoid(logits)[:, 0], masks[:, 0].to(logits.dtype)
    both = torch.einsum("nij,nij->n", p, m)
    total = torch.einsum("nij->n", p) + torch.einsum("nij->n", m)
    return 1 - torch.mean((2 * both + eps) / (total + eps))


@variant("soft_dice_loss")
def with_differences(logits, masks, eps=1.0):
    if logits.shape != masks.shape:
        raise ValueError("masks have another shape")
    p, m = torch.sigmoid(logits).flatten(1), masks.flatten(1).to(logits.dtype)
    total = p.sum(1) + m.sum(1)
    apart = (p * (1 - m)).sum(1) + ((1 - p) * m).sum(1)
    return (apart / (total + eps)).mean()


@variant("soft_dice_loss")
def chosen_by_the_mask(logits, masks, eps=1.0):
    if logits.shape != masks.shape:
        raise ValueError("masks have another shape")
    p = torch.sigmoid(logits).view(len(logits), -1)
    m = masks.reshape(len(masks), -1).bool()
    both = torch.where(m, p, torch.zeros_like(p)).sum(dim=1)
    return 1 - ((both * 2 + eps) / (p.sum(dim=1) + m.sum(dim=1) + eps)).mean()


@neutral("soft_dice_loss", "no refusal")
def never_refuses(logits, masks, eps=1.0):
    p, m = torch.sigmoid(logits).flatten(1), masks.flatten(1)
    return 1 - ((2 * (p * m).sum(1) + eps) / (p.sum(1) + m.sum(1) + eps)).mean()


@neutral("soft_dice_loss", "a loss for each image")
def forgets_the_mean(logits, masks, eps=1.0):
    if logits.shape != masks.shape:
        raise ValueError("masks have another shape")
    p, m = torch.sigmoid(logits).flatten(1), masks.flatten(1)
    return 1 - (2 * (p * m).sum(1) + eps) / (p.sum(1) + m.sum(1) + eps)


@neutral("soft_dice_loss", "a bare number")
def gives_a_float(logits, masks, eps=1.0):
    if logits.shape != masks.shape:
        raise ValueError("masks have another shape")
    p, m = torch.sigmoid(logits).flatten(1), masks.flatten(1)
    return (1 - ((2 * (p * m).sum(1) + eps) / (p.sum(1) + m.sum(1) + eps)).mean()).item()


@neutral("soft_dice_loss", "changes the masks")
def spoils_the_masks(logits, masks, eps=1.0):
    if logits.shape != masks.shape:
        raise ValueError("masks have another shape")
    p = torch.sigmoid(logits).flatten(1)
    m = masks.flatten(1).clone()
    masks.zero_()
    return 1 - ((2 * (p * m).sum(1) + eps) / (p.sum(1) + m.sum(1) + eps)).mean()


@neutral("soft_dice_loss", "ε counted twice below")
def adds_epsilon_twice(logits, masks, eps=1.0):
    if logits.shape != masks.shape:
        raise ValueError("masks have another shape")
    p, m = torch.sigmoid(logits).flatten(1), masks.flatten(1)
    return 1 - ((2 * (p * m).sum(1) + eps) / (p.sum(1) + m.sum(1) + 2 * eps)).mean()


@neutral("soft_dice_loss", "one axis with a single number")
def keeps_an_axis(logits, masks, eps=1.0):
    if logits.shape != masks.shape:
        raise ValueError("masks have another shape")
    p, m = torch.sigmoid(logits).flatten(1), masks.flatten(1)
    return 1 - ((2 * (p * m).sum(1) + eps) / (p.sum(1) + m.sum(1) + eps)).mean(0, keepdim=True)
