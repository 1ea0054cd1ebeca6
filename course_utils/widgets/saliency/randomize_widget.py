"""The widget `randomize`: a network forgets, layer by layer; which maps notice?"""

from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from course_utils.widgets.record import widget
from course_utils.widgets.saliency import patients as cases
from course_utils.widgets.saliency.randomize_model import FROM_TOP, ONE_BY_ONE, ORDERS, Forgetting
from course_utils.widgets.saliency.randomize_view import frames
from course_utils.widgets.settings import Choice, WholeNumber
from course_utils.widgets.stepper import Frame

FILMS = 6  # over which the correlations are averaged


@lru_cache(maxsize=32)
def _forgetting(patient: str, network: str, order: str, seed: int) -> Forgetting:
    films = cases.cohort(200, "with marker" in patient)
    ill = films.images[films.labels == 1][: FILMS - 1]
    images = np.concatenate([cases.patient(patient).image[None], ill])
    target, fill = cases.CLASSES.index("opacity"), cases.fill(cases.TYPICAL)
    return Forgetting(cases.network(network), images, target, order, seed, fill)


@widget(
    "A network forgets: which maps notice?",
    Choice("patient", "film", cases.NAMES),
    Choice("network", "network", cases.NETWORKS),
    Choice("order", "random", ORDERS, "which layers become random"),
    WholeNumber("seed", "seed of the random weights", 0, 9999),
    presets={
        "from the top, one layer more each time": {
            "patient": cases.ILL, "network": cases.WITHOUT, "order": FROM_TOP, "seed": 1,
        },
        "each layer alone": {"order": ONE_BY_ONE},
        "from the top, other random weights": {"seed": 2},
        "the network that was trained with markers": {
            "patient": cases.ILL_MARKED, "network": cases.WITH,
        },
    },
    still=(1, "last"),
)  # fmt: skip
def randomize(patient: str, network: str, order: str, seed: int) -> Iterator[Frame]:
    """Layers become random from the top; a map that does not change explains no network.

    The test of Adebayo et al. (2018), on a small network of the course, with maps by Captum.
    """
    who = f"{patient[0].upper()}{patient[1:]}"
    return frames(_forgetting(patient, network, order, seed), cases.patient(patient), who)
