"""The widget of feature maps."""

from functools import cache

import numpy as np
import torch
from torch import nn

from course_utils.data import phantoms
from course_utils.models import SmallNet, fit
from course_utils.widgets.cnn import channels_view, lesion_view, neurons_view
from course_utils.widgets.cnn.feature_maps_model import (
    NOISE,
    Followed,
    convolutions,
    fields,
    spot,
    watched,
)
from course_utils.widgets.record import Widget
from course_utils.widgets.settings import Choice, WholeNumber
from course_utils.widgets.stepper import Frame, Stepper

VIEWS = ("a lesion", "neurons and their patches", "filters")
CONTRASTS = {"faint": 0.1, "clear": 0.2, "strong": 0.4}  # of the image's range of gray values
PLACE = (0.42, 0.27)  # of the lesion, in parts of height and width: in the right lung
LARGEST = 128
SEED = 31  # of the phantoms in which patches are looked for


@cache
def example() -> tuple[nn.Module, np.ndarray]:
    """A small network trained on chest phantoms, and a healthy phantom as it gets it."""
    train = phantoms.chest(300, 64, seed=521)
    x = torch.from_numpy(train.images).float().unsqueeze(1) / 255 - 0.5
    network = SmallNet(2, widths=(8, 16, 24), seed=5)
    optimizer = torch.optim.Adam(network.parameters(), lr=0.003)
    labels = torch.from_numpy(train.labels)
    for _ in fit(network, x, labels, epochs=6, optimizer=optimizer, seed=5, batch_size=16):
        pass
    return network.eval(), healthy(64) - 0.5


def healthy(size: int) -> np.ndarray:
    """(1, size, size) a chest phantom without opacity, gray values from 0 to 1."""
    return pool(size)[0]


@cache
def pool(size: int) -> np.ndarray:
    """(24, 1, size, size) chest phantoms, the healthy ones first, gray values from 0 to 1."""
    drawn = phantoms.chest(24, 28 if size == 28 else 64, seed=SEED)
    images = drawn.images[np.argsort(drawn.labels, kind="stable")] / 255
    if size == 32:
        images = images.reshape(-1, 32, 2, 32, 2).mean(axis=(2, 4))
    return images[:, None].astype(np.float32)


def _fitting(network: nn.Module) -> np.ndarray:
    """A healthy phantom in the size and with the channels that the network takes."""
    found = convolutions(network)
    channels = next(iter(found.values())).in_channels if found else 1
    refusal = None
    for size in (64, 32, 28):
        image = np.repeat(healthy(size), channels, axis=0)
        try:
            watched(network, torch.from_numpy(image)[None])
        except ValueError as reason:
            refusal = refusal or reason
        else:
            return image
    raise ValueError(f"Give an image that the network takes. {refusal}")


def _checked(image: object) -> np.ndarray:
    """(C, H, W) float32."""
    array = np.asarray(image.detach().cpu() if isinstance(image, torch.Tensor) else image)
    array = array.astype(np.float32)
    array = array[None] if array.ndim == 2 else array
    if array.ndim != 3 or not np.isfinite(array).all():
        raise ValueError(f"image must be (H, W) or (C, H, W), finite; got {array.shape}.")
    if max(array.shape[1:]) > LARGEST or min(array.shape[1:]) < 8:
        raise ValueError(
            f"image must have from 8 to {LARGEST} pixels along each side; got"
            f" {array.shape[1]} × {array.shape[2]}."
        )
    return array


class _Studio:
    """A network and an image; makes the frames of all views."""

    def __init__(self, network: nn.Module, image: np.ndarray) -> None:
        self.network, self.image = network, image
        self.range = float(np.ptp(image)) or 1.0
        self.followed = cache(self._followed)
        self.fields = fields(network, image.shape)
        stages = self.followed(3, "clear").stages
        self.maps = [stage.name for stage in stages if stage.kind == "maps"]
        self.filters = [name for name in convolutions(network) if name in self.maps]

    def _followed(self, width: int, contrast: str) -> Followed:
        size = self.image.shape[1:]
        row, column = (round(part * side) for part, side in zip(PLACE, size, strict=True))
        lesion = CONTRASTS[contrast] * self.range * spot(size, row, column, width)
        return Followed(self.network, self.image, lesion, width, NOISE * self.range)

    def _pool(self) -> np.ndarray:
        channels, height, width = self.image.shape
        if height != width or height not in (28, 32, 64):
            return self.image[None]
        images = pool(height)
        low, high = float(self.image.min()), float(self.image.max())
        source = images[0]
        # In the units of the image: the phantoms as the network gets them.
        gain = (high - low) / float(np.ptp(source))
        images = (images - source.min()) * gain + low
        return np.repeat(images, channels, axis=1).astype(np.float32)

    def frames(self, view: str, layer: str, width: int, contrast: str) -> list[Frame]:
        """The frames of a view."""
        model = self.followed(width, contrast)
        if view == VIEWS[0]:
            return lesion_view.frames(model)
        if view == VIEWS[1]:
            return neurons_view.frames(model, layer, self.fields[layer])
        if layer not in self.filters:
            # Pooling has no filters of its own: show those of the convolution before it.
            before = self.maps[: self.maps.index(layer)]
            layer = next(
                name for name in [*reversed(before), *self.filters] if name in self.filters
            )
        convolution = convolutions(self.network)[layer]
        return channels_view.frames(model, layer, self.fields[layer], convolution, self._pool())

    def presets(self) -> dict[str, dict]:
        """Three lesions, neurons of an early, a middle and the last layer, two kinds of filters."""
        maps, filters = self.maps, self.filters
        made: dict[str, dict] = {
            "a lesion three pixels wide": {
                "view": VIEWS[0], "layer": maps[0], "width": 3, "contrast": "clear",
            },
            "a lesion nine pixels wide": {"width": 9},
            "a faint lesion three pixels wide": {"contrast": "faint"},
        }  # fmt: skip
        for name in dict.fromkeys((maps[0], maps[len(maps) // 2], maps[-1])):
            made[_neurons(name)] = {"view": VIEWS[1], "layer": name}
        for name in dict.fromkeys((*filters[:1], *filters[-1:])):
            made[f"filters of {name}"] = {"view": VIEWS[2], "layer": name}
        return made

    def record(self) -> Widget:
        """The widget; its still shows the neuron in the middle of the last map."""
        last = next(
            stage for stage in self.followed(3, "clear").stages if stage.name == self.maps[-1]
        )
        return Widget(
            "Feature maps",
            self.frames,
            (
                Choice("view", "view", VIEWS),
                Choice("layer", "layer", tuple(self.maps)),
                WholeNumber("width", "lesion width in pixels", 1, 15),
                Choice("contrast", "lesion", tuple(CONTRASTS)),
            ),
            self.presets(),
            still=(2, "last", (_neurons(self.maps[-1]), neurons_view.middle(last))),
        )


def _neurons(layer: str) -> str:
    return f"neurons of {layer} and their patches"


def feature_maps(network: nn.Module | None = None, image: object = None) -> Stepper:
    """What the layers of a network answer to an image, and how far a small lesion gets.

    Three views: a lesion followed through the layers until it dies in the noise; a neuron (click
    on a cell of a map) and the patch of the image that it sees; a filter, its map and the patches
    that it answers to most.

    Args:
        network: an `nn.Module` with at least one `nn.Conv2d`, which takes (N, C, H, W); it is used
            on a copy in evaluation mode. Without it a small network is trained on chest phantoms.
        image: (H, W) or (C, H, W), array or tensor, as the network gets it in training (size and
            normalization), 8 to 128 pixels along each side; it should be healthy, for the lesion
            is added. Without it a chest phantom with gray values from 0 to 1, in the first of the
            sizes 64, 32, 28 that the network takes.

    Returns:
        A Stepper whose settings are the view, the layer, and the lesion's width and contrast.

    Raises:
        ValueError: where the network has no convolution or does not take the image.
    """
    if network is None:
        network, default = example()
        picture = default if image is None else _checked(image)
    else:
        picture = _fitting(network) if image is None else _checked(image)
    return _Studio(network, picture).record().stepper()
