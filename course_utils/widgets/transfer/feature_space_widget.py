"""The widget `feature_space`: random, pre-trained and fine-tuned features of the same films."""

import numpy as np

from course_utils.widgets.stepper import Frame, Stepper
from course_utils.widgets.transfer.feature_space_model import NETWORKS, spaces
from course_utils.widgets.transfer.feature_space_view import space_frames

SELECTABLE = 24
PRESETS = {name: {"network": name} for name in NETWORKS}


def _film(network: str) -> list[Frame]:
    space = spaces()[network]
    labels = space.cohort.labels
    halves = [np.flatnonzero(labels == label)[: SELECTABLE // 2] for label in (0, 1)]
    return space_frames(space, np.stack(halves, axis=1).ravel())


def feature_space(network: str = "random") -> Stepper:
    """The same 240 films in the features of three networks, with a linear probe's score.

    The random and the pre-trained network have never seen a label of a film; the fine-tuned one
    has learned from other patients.

    Args:
        network: shown first: `random`, `pre-trained` or `fine-tuned`.

    Returns:
        A Stepper with one frame for each film that can be selected.

    Raises:
        ValueError: for an unknown network.
    """
    if network not in PRESETS:
        raise ValueError(f"network must be one of {', '.join(NETWORKS)}; got {network!r}.")
    presets = {network: PRESETS[network]} | PRESETS
    still = tuple((number, 0) for number in range(len(presets)))
    return Stepper("Feature space before and after fine-tuning", _film, presets, (), still)
