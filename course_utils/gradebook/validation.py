"""`nbgrader validate` as a function: its command exits with 0 even where tests fail."""

from pathlib import Path

from nbconvert.filters import strip_ansi
from nbgrader.preprocessors import CheckCellMetadata, ClearOutput, Execute
from nbgrader.validator import Validator
from traitlets import List
from traitlets.config import Config

from course_utils.gradebook.preprocessors import SettleResults


class CourseValidator(Validator):
    """nbgrader's validator, scoring as this course's autograding does."""

    preprocessors = List([CheckCellMetadata, ClearOutput, Execute, SettleResults])


def problems(notebook: Path, config: Config) -> list[str]:
    """Run a notebook and say what would cost points.

    Args:
        notebook: a release, a student's copy of one, or a source.
        config: nbgrader's configuration (`classroom.load_config`).

    Returns:
        One sentence for each test that does not give full marks or was changed; empty when all
        is well.
    """
    found = CourseValidator(config=config).validate(str(notebook.resolve()))
    sentences = [
        f"A {cell['old_type']} cell must be a {cell['new_type']} cell: {_first(cell['source'])}"
        for cell in found.get("type_changed", [])
    ]
    sentences += [
        f"This test cell was changed: {_first(cell['source'])}" for cell in found.get("changed", [])
    ]
    sentences += [
        f"{_first(cell['source'])}: {_last(cell['raw_error'])}" for cell in found.get("failed", [])
    ]
    return sentences


def _first(text: str) -> str:
    return text.strip().partition("\n")[0]


def _last(text: str) -> str:
    return strip_ansi(text).strip().rpartition("\n")[2]
