"""The widget `lime`: which pieces of a film a network's answer hangs on."""

from functools import lru_cache, partial

import numpy as np

from course_utils.widgets.record import widget
from course_utils.widgets.saliency import lime_frog
from course_utils.widgets.saliency import patients as cases
from course_utils.widgets.saliency.lime_model import Lime, superpixels
from course_utils.widgets.saliency.lime_view import Scene, frames
from course_utils.widgets.settings import Choice, Decimal, WholeNumber
from course_utils.widgets.stepper import Frame

FROG = "tree frog (numbers only)"
PICTURES = (cases.ILL, cases.ILL_MARKED, cases.HEALTHY_MARKED, FROG)


@lru_cache(maxsize=32)
def _pieces(picture: str, count: int) -> np.ndarray:
    return superpixels(cases.patient(picture).image, count)


@widget(
    "LIME: a simple model of one answer",
    Choice("picture", "picture", PICTURES, "the frog is a worked example without any network"),
    Choice("network", "network", cases.NETWORKS),
    Choice("fill", "hidden ones become", cases.FILLS, "what hidden superpixels become"),
    WholeNumber("pieces", "superpixels", 4, 20),
    WholeNumber("samples", "instances", 4, 60, "perturbed instances"),
    Decimal("width", "kernel width", 0.05, 2, 0.01, "of the kernel over the cosine distance"),
    WholeNumber("seed", "seed", 0, 9999, "draws which superpixels are hidden"),
    presets={
        "an opacity": {
            "picture": cases.ILL, "network": cases.WITHOUT, "fill": cases.TYPICAL,
            "pieces": 12, "samples": 30, "width": 0.25, "seed": 1,
        },
        "a healthy patient with the marker": {
            "picture": cases.HEALTHY_MARKED, "network": cases.WITH,
        },
        "the opacity, hidden ones become gray": {"fill": cases.GRAY, "samples": 18},
        "the opacity, too few instances": {"samples": 9},
        "the tree frog, worked out": {"picture": FROG},
    },
    still=(6, "last", ("the tree frog, worked out", "last")),
)  # fmt: skip
def lime(
    picture: str, network: str, fill: str, pieces: int, samples: int, width: float, seed: int
) -> list[Frame]:
    """Superpixels are hidden by chance; a weighted linear surrogate learns what each one does."""
    if picture == FROG:
        return lime_frog.frames()
    patient = cases.patient(picture)
    model = Lime(
        patient.image, _pieces(picture, pieces), partial(cases.probability, network),
        samples, width, seed, fill=cases.fill(fill),
    )  # fmt: skip
    who = f"{picture[0].upper()}{picture[1:]}"
    return frames(Scene(model, patient.lesion, patient.marker, f"{who}; a network {network}", fill))
