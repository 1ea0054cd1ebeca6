"""The widget `threshold`: one score, and a threshold that moves."""

from course_utils.widgets.cnn.threshold_model import Scored
from course_utils.widgets.cnn.threshold_view import frames
from course_utils.widgets.record import widget
from course_utils.widgets.settings import Decimal, WholeNumber
from course_utils.widgets.stepper import Frame

SCREENING = "a screening: 2 of 100 are ill"


@widget(
    "One score, one threshold",
    Decimal("auc", "AUC", 0.5, 0.99, 0.01, "area under the ROC curve of the curves behind it"),
    WholeNumber("prevalence", "prevalence in %", 1, 80, "ill in a hundred, where it is used"),
    WholeNumber("patients", "patients a day", 20, 176, "who come on the day of the queue"),
    presets={
        "a children's ward: 40 of 100 are ill": {"auc": 0.9, "prevalence": 40, "patients": 110},
        SCREENING: {"prevalence": 2},
        "a better score, the same screening": {"auc": 0.98, "prevalence": 2},
        "a score that says nothing": {"auc": 0.5},
    },
    still=(7, 14, (SCREENING, 14)),
    own="AUC {auc}, prevalence {prevalence} %, {patients} patients",
)
def threshold(**values: float) -> list[Frame]:
    """What a threshold does: confusion matrix, ROC, precision–recall, predictive values, a queue.

    The patients of the test set are drawn, 100 ill and 100 healthy; the queue is one day at the
    prevalence.
    """
    return frames(Scored(**values))  # type: ignore[arg-type]
