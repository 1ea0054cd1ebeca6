"""The steps through which nbgrader sends a notebook, as `nbgrader_config.py` names them."""

_NBGRADER = "nbgrader.preprocessors"
_OURS = "course_utils.gradebook.preprocessors"

RELEASE = [
    f"{_NBGRADER}.LockCells",
    f"{_NBGRADER}.ClearSolutions",
    f"{_NBGRADER}.ClearOutput",
    f"{_OURS}.CleanRelease",
    f"{_NBGRADER}.CheckCellMetadata",
    f"{_NBGRADER}.ComputeChecksums",
    f"{_NBGRADER}.SaveCells",
    f"{_NBGRADER}.ClearHiddenTests",
    f"{_NBGRADER}.ClearMarkScheme",
    f"{_NBGRADER}.ComputeChecksums",
    f"{_NBGRADER}.CheckCellMetadata",
]
"""From the source to the release (into the gradebook go the tests, the hidden ones included)."""

SANITIZE: list[str] = []
"""From a submission to what is executed: the overlay has been made when it was read.

Its cells have the gradebook's metadata, so there is nothing to be checked of them.
"""

AUTOGRADE = [
    "course_utils.gradebook.autograde.RefereeExecute",
    f"{_OURS}.SettleResults",
    "course_utils.gradebook.scoring.SaveGrades",
]
"""Execution and scoring."""

FEEDBACK = [
    f"{_OURS}.SettleLateWork",
    f"{_NBGRADER}.GetGrades",
    f"{_NBGRADER}.ClearHiddenTests",
]
"""From a graded notebook to the one that the feedback page shows."""
