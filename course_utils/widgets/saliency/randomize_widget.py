"""The widget `randomize`: a network forgets, layer by layer; which maps notice?"""

from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from course_utils.widgets.saliency import patients as cases
from course_utils.widgets.saliency.randomize_model import FROM_TOP, ONE_BY_ONE, ORDERS, Forgetting
from course_utils.widgets.saliency.randomize_view import frames
from course_utils.widgets.stepper import Choice, Frame, Stepper, WholeNumber, given_first

FILMS = 6  # over which the correlations are averaged
SETTINGS = (
    Choice("patient", "film", cases.NAMES),
    Choice("network", "network", cases.NETWORKS),
    Choice("order", "random", ORDERS),
    WholeNumber("seed", "seed of the random weights", 0, 9999),
)


def _values(
    patient: str = cases.ILL,
    network: str = cases.WITHOUT,
    order: str = FROM_TOP,
    seed: int = 1,
) -> dict:
    return {"patient": patient, "network": network, "order": order, "seed": seed}


PRESETS = {
    "from the top, one layer more each time": _values(),
    "each layer alone": _values(order=ONE_BY_ONE),
    "from the top, other random weights": _values(seed=2),
    "the network that was trained with markers": _values(cases.ILL_MARKED, cases.WITH),
}


@lru_cache(maxsize=32)
def _forgetting(patient: str, network: str, order: str, seed: int) -> Forgetting:
    films = cases.cohort(200, "with marker" in patient)
    ill = films.images[films.labels == 1][: FILMS - 1]
    images = np.concatenate([cases.patient(patient).image[None], ill])
    target, fill = cases.CLASSES.index("opacity"), cases.fill(cases.TYPICAL)
    return Forgetting(cases.network(network), images, target, order, seed, fill)


def _film(patient: str, network: str, order: str, seed: int) -> Iterator[Frame]:
    who = f"{patient[0].upper()}{patient[1:]}"
    return frames(_forgetting(patient, network, order, seed), cases.patient(patient), who)


def randomize(
    patient: str = cases.ILL,
    network: str = cases.WITHOUT,
    order: str = FROM_TOP,
    seed: int = 1,
) -> Stepper:
    """Layers become random from the top; a map that does not change explains no network.

    The test of Adebayo et al. (2018), on a small network of the course, with maps by Captum.

    Args:
        patient: `ill, no marker`, `healthy, no marker`, `ill, with marker` or
            `healthy, with marker`.
        network: `trained without markers` or `trained with markers`.
        order: `from the top, one more each time` or `each layer alone`.
        seed: of the random weights, 0 to 9999.

    Returns:
        A Stepper over the layers that shows these settings first.

    Raises:
        ValueError: for settings out of range.
    """
    given = _values(patient, network, order, seed)
    examples = given_first(given, "your settings", PRESETS, SETTINGS)
    return Stepper(
        "A network forgets: which maps notice?", _film, examples, SETTINGS,
        ((0, 0.25), (0, 1)),
    )  # fmt: skip
