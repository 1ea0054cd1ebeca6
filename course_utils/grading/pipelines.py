"""The steps through which nbgrader sends a notebook, as `nbgrader_config.py` names them."""

_NBGRADER = "nbgrader.preprocessors"
_OURS = "course_utils.grading.preprocessors"

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

SANITIZE = [f"{_NBGRADER}.CheckCellMetadata"]
"""From a submission to what is executed; the overlay has been made when it was read."""

AUTOGRADE = [
    "course_utils.grading.execute.RefereeExecute",
    f"{_OURS}.SettleResults",
    f"{_NBGRADER}.SaveAutoGrades",
    f"{_NBGRADER}.AssignLatePenalties",
    f"{_NBGRADER}.CheckCellMetadata",
]
"""Execution and scoring."""

FEEDBACK = [
    f"{_NBGRADER}.GetGrades",
    f"{_NBGRADER}.ClearHiddenTests",
]
"""From a graded notebook to the one that the feedback page shows."""
