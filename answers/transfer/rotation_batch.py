"""Sample answers to `rotation_batch`."""

import numpy as np
import torch

from course_utils.authoring.answers import variant, wrong


@wrong("rotation_batch", "clockwise")
def turned_clockwise(images):
    turned = [torch.rot90(images, -k, (2, 3)) for k in range(4)]
    return torch.cat(turned), torch.arange(4).repeat_interleave(len(images))


@wrong("rotation_batch", "labels do not belong to the images")
def turned_with_shuffled_labels(images):
    turned = [torch.rot90(images, k, (2, 3)) for k in range(4)]
    return torch.cat(turned), torch.arange(4).repeat(len(images))


@wrong("rotation_batch", "labels in degrees")
def turned_in_degrees(images):
    turned = [torch.rot90(images, k, (2, 3)) for k in range(4)]
    return torch.cat(turned), torch.tensor([0, 90, 180, 270]).repeat_interleave(len(images))


@wrong("rotation_batch", "upright ones left out")
def turned_always(images):
    turned = [torch.rot90(images, k, (2, 3)) for k in (1, 2, 3)]
    return torch.cat(turned), torch.tensor([1, 2, 3]).repeat_interleave(len(images))


@wrong("rotation_batch", "mirrored, not turned")
def mirrored(images):
    turned = [images, images.flip(3), images.flip(2, 3), images.flip(2)]
    return torch.cat(turned), torch.arange(4).repeat_interleave(len(images))


@wrong("rotation_batch", "one rotation of each image")
def turned_once(images):
    labels = torch.arange(len(images)) % 4
    turned = [torch.rot90(x, int(k), (1, 2)) for x, k in zip(images, labels, strict=True)]
    return torch.stack(turned), labels


@wrong("rotation_batch", "labels that are no whole numbers")
def turned_with_real_labels(images):
    turned = [torch.rot90(images, k, (2, 3)) for k in range(4)]
    return torch.cat(turned), torch.zeros(len(images)).repeat(4) + torch.tensor(
        [0.0, 1.0, 2.0, 3.0]
    ).repeat_interleave(len(images))


@variant("rotation_batch")
def turned_image_by_image(images):
    pairs = [(torch.rot90(x, k, (1, 2)), k) for x in images for k in range(4)]
    return torch.stack([x for x, _ in pairs]), torch.tensor([k for _, k in pairs])


@variant("rotation_batch")
def turned_by_transpose_and_flip(images):
    quarter = images.transpose(2, 3).flip(2)
    half = images.flip(2, 3)
    rest = images.transpose(2, 3).flip(3)
    n = len(images)
    labels = [torch.full((n,), k) for k in range(4)]
    return torch.cat([images, quarter, half, rest]), torch.cat(labels)


@variant("rotation_batch")
def turned_by_numpy_and_mixed(images):
    turned = np.concatenate([np.rot90(images.numpy(), k, (2, 3)) for k in (3, 2, 1, 0)])
    labels = np.array([3, 2, 1, 0]).repeat(len(images))
    order = np.random.default_rng(0).permutation(len(labels))
    return torch.from_numpy(turned[order]), torch.from_numpy(labels[order])
