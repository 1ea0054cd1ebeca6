"""The widget `methods`: all methods on one film, side by side."""

from collections.abc import Iterator
from functools import lru_cache, partial

import numpy as np
from torch import nn

from course_utils.data.phantoms import Phantoms
from course_utils.widgets.saliency import maps
from course_utils.widgets.saliency import patients as cases
from course_utils.widgets.saliency.methods_model import Explained
from course_utils.widgets.saliency.methods_view import frames
from course_utils.widgets.stepper import Choice, Frame, Setting, Stepper

MOST = 12
YOURS = "your network"
TITLE = "One film, nine explanations"


def _values(
    patient: str,
    network: str,
    wanted: str = "opacity",
    layer: str = maps.LAYERS[-1],
    fill: str = cases.TYPICAL,
) -> dict:
    names = ("patient", "network", "wanted", "layer", "fill")
    return dict(zip(names, (patient, network, wanted, layer, fill), strict=True))


PRESETS = {
    "an opacity": _values(cases.ILL, cases.WITHOUT),
    "the same film, the class “normal”": _values(cases.ILL, cases.WITHOUT, "normal"),
    "the same film, Grad-CAM at an early layer": _values(
        cases.ILL, cases.WITHOUT, layer=maps.LAYERS[0]
    ),
    "the same film, hidden pixels become gray": _values(cases.ILL, cases.WITHOUT, fill=cases.GRAY),
    "ill, with marker; a network trained with markers": _values(cases.ILL_MARKED, cases.WITH),
    "a healthy patient": _values(cases.HEALTHY, cases.WITHOUT),
}


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


SETTINGS = _settings(cases.NAMES, cases.NETWORKS, cases.FILLS)


@lru_cache(maxsize=32)
def _explained(patient: str, network: str, wanted: str, layer: str, fill: str) -> Explained:
    target = cases.CLASSES.index(wanted)
    return Explained(cases.network(network), cases.patient(patient), target, layer, fill)


def _film(patient: str, network: str, wanted: str, layer: str, fill: str) -> Iterator[Frame]:
    who = f"{patient[0].upper()}{patient[1:]}; a network {network}"
    return frames(_explained(patient, network, wanted, layer, fill), who, wanted)


def _own_film(
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
    known = isinstance(images, Phantoms)
    pixels = np.asarray(images.images if known else images)
    square = pixels.ndim == 3 and pixels.shape[1] == pixels.shape[2]
    if pixels.dtype != np.uint8 or not square or not 1 <= len(pixels) <= MOST:
        raise ValueError(
            f"images must be 1 to {MOST} square gray images (N, H, H), uint8, or phantoms;"
            f" got {pixels.dtype} {pixels.shape}."
        )
    nothing = np.zeros(pixels.shape[1:], dtype=bool)
    return {
        f"film {row + 1}": cases.of(images, row) if known else cases.Patient(image, None, nothing)
        for row, image in enumerate(pixels)
    }


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
        A Stepper over the opacity of the maps, without and with the true outline. Of your own
        images the first three are examples, all are among the settings.

    Raises:
        ValueError: for images of another shape or type, or too many.
    """
    still = ((0, 2 / 9), (0, 7 / 9))
    if network is None and images is None:
        return Stepper(TITLE, _film, PRESETS, SETTINGS, still)
    found = _found(images)
    names = cases.NETWORKS if network is None else (YOURS,)
    usual = all(patient.image.shape == (cases.SIZE, cases.SIZE) for patient in found.values())
    fills = cases.FILLS if usual else (cases.GRAY,)
    presets = {name: _values(name, names[0], fill=fills[-1]) for name in list(found)[:3]}
    settings = _settings(tuple(found), names, fills)
    film = partial(_own_film, found, network)
    return Stepper(TITLE, film, presets, settings, ((0, 2 / 9), (0, 1)))
