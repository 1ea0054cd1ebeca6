"""The widget `regression`: squared errors as squares, and what one wrong label does."""

import numpy as np

from course_utils.widgets.losses.regression_model import Regression
from course_utils.widgets.losses.regression_view import frames
from course_utils.widgets.record import widget
from course_utils.widgets.settings import WholeNumber
from course_utils.widgets.stepper import Frame

SCORES = np.array([2.0, 4.0, 5.0, 7.0, 9.0, 10.0])
AGES = np.array([3.0, 5.0, 8.0, 9.0, 13.0, 14.0])


@widget(
    "Mean squared error",
    WholeNumber("third", "age written down for child 3 (right: 8)", 0, 18),
    presets={"six children": {"third": 8}, "one wrong label: 18 for 8": {"third": 18}},
    still=(4, 8, ("one wrong label: 18 for 8", 10)),
    own="{third} written down for 8",
)
def regression(third: int) -> list[Frame]:
    """A line that predicts the age from a score; each squared error is drawn as a square."""
    ages = np.where(np.arange(len(AGES)) == 2, float(third), AGES)
    return frames(Regression(SCORES, ages))
