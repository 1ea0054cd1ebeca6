"""The widget `strategies`: who wins at which label budget."""

from collections.abc import Mapping, Sequence

from course_utils.widgets.record import Widget
from course_utils.widgets.stepper import Stepper
from course_utils.widgets.transfer.strategies_model import Results
from course_utils.widgets.transfer.strategies_view import LOOKS, strategy_frames


def strategies(auc: Mapping[str, Sequence], labels: Sequence[int], total: int) -> Stepper:
    """AUC of several ways to train against the number of labelled images, budget by budget.

    Args:
        auc: measured areas under the ROC curve of each strategy, (budgets, draws); a draw is one
            choice of the labelled images, the same for all strategies.
        labels: how many labelled images each budget has, rising.
        total: how many labelled images there are in all.

    Returns:
        A Stepper with one frame for each budget.

    Raises:
        ValueError: when the tables do not fit each other, or there are more than six.
    """
    if not 1 <= len(auc) <= len(LOOKS):
        raise ValueError(f"auc must hold 1 to {len(LOOKS)} strategies; got {len(auc)}.")
    results = Results.of(auc, labels, total)

    return Widget(
        "Strategies and label budgets",
        lambda: strategy_frames(results),
        (),
        {"all draws": {}},
        still=(0, 1, "last"),
    ).stepper()
