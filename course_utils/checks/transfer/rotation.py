"""A task without labels: how far was the image turned?"""

from collections.abc import Callable, Iterator

import numpy as np
import torch
from torch import Tensor

from course_utils.checks.core import Call, Exercise, Misconception, ValueCase, call
from course_utils.checks.transfer.shared import pair_of_tensors


def _sorted(images: np.ndarray, labels: np.ndarray) -> dict:
    """Images and labels in an order that depends on what they hold alone."""
    dtypes = {"dtypes": f"images {images.dtype}, labels {labels.dtype}"}
    if images.ndim < 2 or labels.ndim != 1 or len(images) != len(labels):
        return {"images": images, "labels": labels} | dtypes
    keys = np.column_stack([images.reshape(len(images), -1)[:, ::-1], labels])
    order = np.lexsort(keys.T) if len(images) else np.zeros(0, int)
    return {"images": images[order], "labels": labels[order]} | dtypes


def _batch(student: Callable, images: Tensor) -> dict:
    return _sorted(*(part.detach().numpy() for part in pair_of_tensors(student(images), "images")))


def _turned(
    images: Tensor, quarters: tuple[int, ...] = (0, 1, 2, 3), axes: tuple[int, int] = (-2, -1)
) -> dict:
    """NumPy's rotation of each image."""
    pixels = images.numpy()
    made = [np.rot90(pixels, quarter, axes) for quarter in quarters]
    labels = np.arange(len(quarters), dtype=np.int64).repeat(len(pixels))
    return _sorted(np.concatenate(made), labels)


def _relabelled(change: Callable[[np.ndarray], np.ndarray]) -> Callable:
    def computes(images: Tensor) -> dict:
        truth = _turned(images)
        return _sorted(truth["images"], change(truth["labels"]))

    return computes


def _shuffled_labels(images: Tensor) -> dict:
    """Images by rotation, labels by image: they do not belong together."""
    pixels = np.concatenate([np.rot90(images.numpy(), k, (-2, -1)) for k in range(4)])
    return _sorted(pixels, np.tile(np.arange(4), len(images)))


def _mirrored(images: Tensor) -> dict:
    pixels = images.numpy()
    made = [pixels, pixels[..., ::-1], pixels[..., ::-1, ::-1], pixels[..., ::-1, :]]
    return _sorted(np.concatenate(made), np.arange(4).repeat(len(pixels)))


def _one_each(images: Tensor) -> dict:
    """Only one rotation of each image, in turn."""
    pixels = [np.rot90(image, k % 4, (-2, -1)) for k, image in enumerate(images.numpy())]
    return _sorted(np.stack(pixels), np.arange(len(pixels)) % 4)


def _images(rng: np.random.Generator, *shape: int, dtype: type = np.float64) -> Tensor:
    """All pixels different."""
    return torch.from_numpy(rng.permutation(int(np.prod(shape))).reshape(shape).astype(dtype))


def _several(rng: np.random.Generator) -> Iterator[Call]:
    yield call(_images(rng, 2, 1, 3, 3))
    yield call(_images(rng, 3, 1, 4, 4))
    yield call(_images(rng, 5, 1, 2, 2))


def _channels(rng: np.random.Generator) -> Iterator[Call]:
    yield call(_images(rng, 2, 3, 3, 3))
    yield call(_images(rng, 3, 2, 5, 5))


def _forms(rng: np.random.Generator) -> Iterator[Call]:
    yield call(_images(rng, 3, 1, 3, 3, dtype=np.float32))
    yield call(_images(rng, 2, 1, 3, 3, dtype=np.uint8))
    yield call(_images(rng, 2, 1, 6, 6)[:, :, ::2, ::2])
    yield call(_images(rng, 2, 1, 3, 3).transpose(2, 3))


def _without_upright(images: Tensor) -> dict:
    pixels = images.numpy()
    made = [np.rot90(pixels, quarter, (-2, -1)) for quarter in (1, 2, 3)]
    return _sorted(np.concatenate(made), np.arange(1, 4).repeat(len(pixels)))


rotation_batch = Exercise(
    name="rotation_batch",
    points=3,
    oracle=_turned,
    observe=_batch,
    learned="You can now make labels out of images alone, as self-supervised learning does.",
    cases=(
        ValueCase(
            "the worked example: one image of 2×2",
            call(torch.tensor([[[[1.0, 2.0], [3.0, 4.0]]]], dtype=torch.float64)),
        ),
        ValueCase("several images", _several, weight=2),
        ValueCase("several channels", _channels),
        ValueCase("float32, bytes and views", _forms),
    ),
    misconceptions=(
        Misconception(
            "clockwise",
            "Your images turn clockwise. The label 1 means 90° counter-clockwise: what was on the "
            "right is on top then.",
            _relabelled(lambda labels: -labels % 4),
            look="Look at the sign of the turn, or at the order of the axes.",
        ),
        Misconception(
            "labels do not belong to the images",
            "Images and labels are right, but not in the same order.",
            _shuffled_labels,
            look="When all images of one rotation follow each other, so must their labels.",
        ),
        Misconception(
            "labels in degrees",
            "Your labels are degrees. A classifier wants class numbers.",
            _relabelled(lambda labels: 90 * labels),
            look="The labels are 0, 1, 2, 3.",
        ),
        Misconception(
            "labels from 1",
            "Your labels go from 1 to 4. Class numbers begin with 0, the upright image.",
            _relabelled(lambda labels: labels + 1),
            look="The label is the number of quarter turns.",
        ),
        Misconception(
            "upright ones called 4",
            "Your upright images have the label 4, after a whole turn. They are not turned: 0.",
            _relabelled(lambda labels: np.where(labels == 0, 4, labels)),
            look="Four classes have the numbers 0 to 3.",
        ),
        Misconception(
            "upright ones left out",
            "Your batch has three rotations of each image. The upright one is a class, too.",
            _without_upright,
            look="Label 0 is the image as it came, so there are 4N images.",
        ),
        Misconception(
            "mirrored, not turned",
            "Your images are mirrored, not turned: a mirrored chest has its heart on the wrong "
            "side.",
            _mirrored,
            look="One flip alone is never a turn.",
        ),
        Misconception(
            "one rotation of each image",
            "Your batch has each image once.",
            _one_each,
            look="All four rotations of each image are wanted: 4N.",
        ),
        Misconception(
            "labels that are no whole numbers",
            "Your labels are real numbers. Class numbers are whole numbers.",
            _relabelled(lambda labels: labels.astype(np.float32)),
            look="Make them with the dtype int64.",
        ),
    ),
)
