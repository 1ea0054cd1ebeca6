"""The widget `regression`: squared errors as squares, and what one wrong label does."""

import numpy as np

from course_utils.widgets.losses.regression_model import Regression
from course_utils.widgets.losses.regression_view import frames
from course_utils.widgets.stepper import Frame, Stepper, WholeNumber, given_first

SCORES = np.array([2.0, 4.0, 5.0, 7.0, 9.0, 10.0])
AGES = np.array([3.0, 5.0, 8.0, 9.0, 13.0, 14.0])
SETTINGS = (WholeNumber("third", "age written down for child 3 (right: 8)", 0, 18),)
PRESETS = {"six children": {"third": 8}, "one wrong label: 18 for 8": {"third": 18}}


def _film(third: int) -> list[Frame]:
    ages = np.where(np.arange(len(AGES)) == 2, float(third), AGES)
    return frames(Regression(SCORES, ages))


def regression(third: int = 8) -> Stepper:
    """A line that predicts the age from a score; each squared error is drawn as a square.

    Args:
        third: the age that was written down for the third child, 0 to 18 years; 8 is right.

    Returns:
        A Stepper over the slope of the line that shows this case first.

    Raises:
        ValueError: for an age out of range.
    """
    given = {"third": third}
    examples = given_first(given, f"{third} written down for 8", PRESETS, SETTINGS)
    wrong = list(examples).index("one wrong label: 18 for 8")
    return Stepper(
        "Mean squared error", _film, examples, SETTINGS, ((0, 0.25), (0, 0.5), (wrong, 0.625))
    )
