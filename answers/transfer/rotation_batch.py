"""Sample answers to `rotation_batch`."""

import numpy as np
import torch

from course_utils.authoring.answers import neutral, variant, wrong


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


@variant("rotation_batch")
def turned_step_by_step(images):
    parts, labels = [images], [torch.zeros(len(images), dtype=torch.int64)]
    for _ in range(3):
        parts.append(torch.rot90(parts[-1], 1, (-2, -1)))
        labels.append(labels[-1] + 1)
    return torch.cat(parts, dim=0), torch.cat(labels)


@wrong("rotation_batch", "clockwise")
def turned_with_the_axes_exchanged(images):
    turned = [torch.rot90(images, k, dims=(3, 2)) for k in range(4)]
    return torch.cat(turned), torch.arange(4).repeat_interleave(len(images))


@wrong("rotation_batch", "labels from 1")
def turned_and_counted_from_one(images):
    turned = [torch.rot90(images, k, (2, 3)) for k in range(4)]
    return torch.cat(turned), torch.arange(1, 5).repeat_interleave(len(images))


@wrong("rotation_batch", "upright ones called 4")
def turned_one_to_four(images):
    turned = [torch.rot90(images, k, (2, 3)) for k in range(1, 5)]
    return torch.cat(turned), torch.arange(1, 5).repeat_interleave(len(images))


@neutral("rotation_batch", "labels of another dtype")
def turned_with_short_labels(images):
    turned = [torch.rot90(images, k, (2, 3)) for k in range(4)]
    return torch.cat(turned), torch.arange(4, dtype=torch.int32).repeat_interleave(len(images))


@neutral("rotation_batch", "images of another dtype")
def turned_in_single_precision(images):
    turned = [torch.rot90(images.float(), k, (2, 3)) for k in range(4)]
    return torch.cat(turned), torch.arange(4).repeat_interleave(len(images))


@neutral("rotation_batch", "a list for the labels")
def turned_with_a_list(images):
    turned = [torch.rot90(images, k, (2, 3)) for k in range(4)]
    return torch.cat(turned), [k for k in range(4) for _ in images]


@neutral("rotation_batch", "images changed")
def turned_in_place(images):
    turned = [torch.rot90(images, k, (2, 3)).clone() for k in range(4)]
    images.copy_(turned[3])
    return torch.cat(turned), torch.arange(4).repeat_interleave(len(images))


@neutral("rotation_batch", "the wrong axes")
def turned_channels(images):
    turned = [torch.rot90(images, k, (1, 2)) for k in range(4)]
    if turned[0].shape != turned[1].shape:
        turned = [images] * 4
    return torch.cat(turned), torch.arange(4).repeat_interleave(len(images))


@neutral("rotation_batch", "one axis too many")
def turned_in_a_stack(images):
    turned = [torch.rot90(images, k, (2, 3)) for k in range(4)]
    return torch.stack(turned), torch.arange(4)


@neutral("rotation_batch", "a slip in the list")
def turned_180_twice(images):
    turned = [torch.rot90(images, k, (2, 3)) for k in (0, 1, 2, 2)]
    return torch.cat(turned), torch.arange(4).repeat_interleave(len(images))
