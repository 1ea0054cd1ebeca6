"""The widget `lime`: which pieces of a film a network's answer hangs on."""

from functools import lru_cache, partial

import numpy as np

from course_utils.widgets.saliency import lime_frog
from course_utils.widgets.saliency import patients as cases
from course_utils.widgets.saliency.lime_model import Lime, superpixels
from course_utils.widgets.saliency.lime_view import Scene, frames
from course_utils.widgets.stepper import Choice, Frame, Stepper, WholeNumber, given_first

FROG = "tree frog (numbers only)"
PICTURES = (cases.ILL, cases.ILL_MARKED, cases.HEALTHY_MARKED, FROG)
SETTINGS = (
    Choice("picture", "picture", PICTURES),
    Choice("network", "network", cases.NETWORKS),
    Choice("fill", "hidden ones become", cases.FILLS),
    WholeNumber("pieces", "superpixels", 4, 20),
    WholeNumber("samples", "instances", 4, 60),
    WholeNumber("width", "kernel width, in hundredths", 5, 200),
    WholeNumber("seed", "seed", 0, 9999),
)


def _values(
    picture: str = cases.ILL,
    network: str = cases.WITHOUT,
    fill: str = cases.TYPICAL,
    pieces: int = 12,
    samples: int = 30,
    width: int = 25,
    seed: int = 1,
) -> dict:
    names = [setting.name for setting in SETTINGS]
    return dict(zip(names, (picture, network, fill, pieces, samples, width, seed), strict=True))


PRESETS = {
    "an opacity": _values(),
    "a healthy patient with the marker": _values(cases.HEALTHY_MARKED, cases.WITH),
    "the opacity, hidden ones become gray": _values(fill=cases.GRAY, samples=18),
    "the opacity, too few instances": _values(samples=9),
    "the tree frog, worked out": _values(FROG),
}


@lru_cache(maxsize=32)
def _pieces(picture: str, count: int) -> np.ndarray:
    return superpixels(cases.patient(picture).image, count)


def _film(
    picture: str, network: str, fill: str, pieces: int, samples: int, width: int, seed: int
) -> list[Frame]:
    if picture == FROG:
        return lime_frog.frames()
    patient = cases.patient(picture)
    lime = Lime(
        patient.image, _pieces(picture, pieces), partial(cases.probability, network),
        samples, width / 100, seed, fill=cases.fill(fill),
    )  # fmt: skip
    who = f"{picture[0].upper()}{picture[1:]}"
    return frames(Scene(lime, patient.mask, patient.marker, f"{who}; a network {network}", fill))


def lime(
    picture: str = cases.ILL,
    network: str = cases.WITHOUT,
    fill: str = cases.TYPICAL,
    pieces: int = 12,
    samples: int = 30,
    width: float = 0.25,
    seed: int = 1,
) -> Stepper:
    """Superpixels are hidden by chance; a weighted linear surrogate learns what each one does.

    Args:
        picture: `ill, no marker`, `ill, with marker`, `healthy, with marker`, or
            `tree frog (numbers only)`, a worked example without any network.
        network: `trained without markers` or `trained with markers`.
        fill: what hidden superpixels become: `gray` or `a typical healthy film`.
        pieces: superpixels, 4 to 20.
        samples: perturbed instances, 4 to 60.
        width: of the kernel over the cosine distance, 0.05 to 2.
        seed: draws which superpixels are hidden, 0 to 9999.

    Returns:
        A Stepper over the instances that shows these settings first.

    Raises:
        ValueError: for settings out of range.
    """
    given = _values(picture, network, fill, pieces, samples, round(100 * width), seed)
    examples = given_first(given, "your settings", PRESETS, SETTINGS)
    frog = list(examples).index("the tree frog, worked out")
    return Stepper(
        "LIME: a simple model of one answer", _film, examples, SETTINGS,
        ((0, 0.2), (0, 1), (frog, 1)),
    )  # fmt: skip
