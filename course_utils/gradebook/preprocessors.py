"""Our steps in nbgrader's pipelines; the order of all steps is in `pipelines.py`."""

from nbformat.notebooknode import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_solution

from course_utils.judging.outputs import settle

STUDENT_TAGS = {"demo"}
"""The tags that a release keeps; all others are the instructor's (`covers-3.4`, `nbval-…`)."""

_NOTEBOOK_METADATA = {"kernelspec", "language_info"}
_CELL_METADATA = {"deletable", "editable", "jupyter", "nbgrader", "tags"}


class CleanRelease(NbGraderPreprocessor):
    """Takes out of a release what the instructor's run left in it.

    nbgrader clears outputs only. Widget states, execution times, the kernel's version and
    attachments of answers would stay. This is a step of the conversion and no
    `post_convert_hook`, because nbgrader goes on when a hook raises.
    """

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        nb.metadata = _only(nb.metadata, _NOTEBOOK_METADATA)
        nb.metadata.get("language_info", {}).pop("version", None)
        return super().preprocess(nb, resources)

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict, index: int
    ) -> tuple[NotebookNode, dict]:
        tags = [tag for tag in cell.metadata.get("tags", []) if tag in STUDENT_TAGS]
        cell.metadata = _only(cell.metadata, _CELL_METADATA)
        cell.metadata.pop("tags", None)
        if tags:
            cell.metadata["tags"] = tags
        if is_solution(cell):
            cell.pop("attachments", None)
        return cell, resources


class SettleResults(NbGraderPreprocessor):
    """Makes sure that points come from a report, and from nothing else.

    nbgrader gives no points to a test cell with text on stderr (a warning, a progress bar), and
    all points to one without a result (interrupted, skipped) or with an unreadable one.
    """

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        settle(nb)
        return nb, resources


class SettleLateWork(NbGraderPreprocessor):
    """Brings due date and late penalty of a submission up to date, and tells the page of them."""

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        where = resources["nbgrader"]
        names = where["assignment"], where["student"]
        course = self.parent.parent.coursedir
        late_work = self.parent.late_work
        with Gradebook(course.db_url, course.course_id) as gradebook:
            submission = gradebook.find_submission(*names)
            entry = gradebook.find_submission_notebook(where["notebook"], *names)
            late_work.put(submission, entry)
            gradebook.db.commit()
            where["handed_in"] = late_work.sentence(
                submission, entry.late_submission_penalty or 0.0
            )
        return nb, resources


def _only(metadata: NotebookNode, keys: set[str]) -> NotebookNode:
    return NotebookNode({key: metadata[key] for key in metadata if key in keys})
