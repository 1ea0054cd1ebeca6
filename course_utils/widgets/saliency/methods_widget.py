"""The widget `methods`: all methods on one film, side by side."""

from collections.abc import Iterator
from functools import lru_cache, partial

import numpy as np
from torch import nn

from course_utils.data.phantoms import Phantoms
from course_utils.widgets.record import Widget
from course_utils.widgets.saliency import maps
from course_utils.widgets.saliency import patients as cases
from course_utils.widgets.saliency.methods_model import Explained
from course_utils.widgets.saliency.methods_view import frames
from course_utils.widgets.settings import Choice, Setting
from course_utils.widgets.stepper import Frame, Stepper

MOST = 12
YOURS = "your network"
TITLE = "One film, nine explanations"


def _settings(
    patients: tuple[str, ...], networks: tuple[str, ...], fills: tuple[str, ...]
) -> tuple[Setting, ...]:
    return (
        Choice("patient", "film", patients),
        Choice("network", "network", networks),
        Choice("wanted", "class", cases.CLASSES),
        Choice("layer", "layer of Grad-CAM", maps.LAYERS),
        Choice("fill", "hidden pixels become", fills),
    )


@lru_cache(maxsize=32)
def _explained(patient: str, network: str, wanted: str, layer: str, fill: str) -> Explained:
    target = cases.CLASSES.index(wanted)
    return Explained(cases.network(network), cases.patient(patient), target, layer, fill)


def _frames(patient: str, network: str, wanted: str, layer: str, fill: str) -> Iterator[Frame]:
    who = f"{patient[0].upper()}{patient[1:]}; a network {network}"
    return frames(_explained(patient, network, wanted, layer, fill), who, wanted)


EXAMPLES = Widget(
    TITLE,
    _frames,
    _settings(cases.NAMES, cases.NETWORKS, cases.FILLS),
    {
        "an opacity": {
            "patient": cases.ILL, "network": cases.WITHOUT, "wanted": "opacity",
            "layer": maps.LAYERS[-1], "fill": cases.TYPICAL,
        },
        "the same film, the class “normal”": {"wanted": "normal"},
        "the same film, Grad-CAM at an early layer": {"layer": maps.LAYERS[0]},
        "the same film, hidden pixels become gray": {"fill": cases.GRAY},
        "ill, with marker; a network trained with markers": {
            "patient": cases.ILL_MARKED, "network": cases.WITH,
        },
        "a healthy patient": {"patient": cases.HEALTHY},
    },
    still=(2, 7),
)  # fmt: skip


def _own_frames(
    found: dict[str, cases.Patient],
    net: nn.Module | None,
    patient: str,
    network: str,
    wanted: str,
    layer: str,
    fill: str,
) -> Iterator[Frame]:
    chosen = cases.network(network) if net is None else net
    target = cases.CLASSES.index(wanted)
    model = Explained(chosen, found[patient], target, layer, fill)
    return frames(model, f"{patient}; {network}", wanted)


def _found(images: Phantoms | np.ndarray | None) -> dict[str, cases.Patient]:
    if images is None:
        return {name: cases.patient(name) for name in cases.NAMES}
    pixels = np.asarray(images.images if isinstance(images, Phantoms) else images)
    square = pixels.ndim == 3 and pixels.shape[1] == pixels.shape[2]
    if pixels.dtype != np.uint8 or not square or not 1 <= len(pixels) <= MOST:
        raise ValueError(
            f"images must be 1 to {MOST} square gray images (N, H, H), uint8, or phantoms;"
            f" got {pixels.dtype} {pixels.shape}."
        )
    if isinstance(images, Phantoms):
        films = [cases.of(images, row) for row in range(len(pixels))]
    else:
        nothing = np.zeros(pixels.shape[1:], dtype=bool)
        films = [cases.Patient(image, None, nothing) for image in pixels]
    return {f"film {number}": film for number, film in enumerate(films, start=1)}


def methods(
    network: nn.Module | None = None, images: Phantoms | np.ndarray | None = None
) -> Stepper:
    """Nine attribution methods on one film, their maxima, and the true lesion.

    The maps are computed by Captum, with a small network of the course unless you give your own.

    Args:
        network: in evaluation mode, two classes (normal, opacity) for inputs made by
            `models.as_input`; built like `models.SmallNet`. Without it the course's networks,
            one of them trained with the corner marker.
        images: 1 to 12 square gray images (N, H, H), uint8, or `Phantoms`, whose lesions are known.
            Without it four phantom films.

    Returns:
        A Stepper over the strength of the maps, without and with the true outline. Of your own
        images the first three are examples, all are among the settings.

    Raises:
        ValueError: for images of another shape or type, or too many.
    """
    if network is None and images is None:
        return EXAMPLES.stepper()
    found = _found(images)
    names = cases.NETWORKS if network is None else (YOURS,)
    usual = all(patient.image.shape == (cases.SIZE, cases.SIZE) for patient in found.values())
    fills = cases.FILLS if usual else (cases.GRAY,)
    shown = list(found)[:3]
    first = EXAMPLES.first | {"patient": shown[0], "network": names[0], "fill": fills[-1]}
    presets = {shown[0]: first} | {name: {"patient": name} for name in shown[1:]}
    settings = _settings(tuple(found), names, fills)
    frames_of = partial(_own_frames, found, network)
    return Widget(TITLE, frames_of, settings, presets, still=(2, "last")).stepper()
