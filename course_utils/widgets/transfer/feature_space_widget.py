"""The widget `feature_space`: random, pre-trained and fine-tuned features of the same films."""

import numpy as np

from course_utils.widgets.record import widget
from course_utils.widgets.settings import Choice
from course_utils.widgets.stepper import Frame
from course_utils.widgets.transfer.feature_space_model import NETWORKS, spaces
from course_utils.widgets.transfer.feature_space_view import space_frames

SELECTABLE = 24


@widget(
    "Feature space before and after fine-tuning",
    Choice("network", "network", tuple(NETWORKS), "shown first"),
    presets={name: {"network": name} for name in NETWORKS},
    still=tuple((name, 0) for name in NETWORKS),
    adjustable=False,
)
def feature_space(network: str) -> list[Frame]:
    """The same 240 films in the features of three networks, with a linear probe's score.

    The random and the pre-trained network have never seen a label of a film; the fine-tuned one
    has learned from other patients. There is a frame for each film that can be selected.
    """
    space = spaces()[network]
    labels = space.cohort.labels
    halves = [np.flatnonzero(labels == label)[: SELECTABLE // 2] for label in (0, 1)]
    return space_frames(space, np.stack(halves, axis=1).ravel())
