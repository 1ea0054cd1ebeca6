"""The feedback page: what a student reads after grading, one file that asks nothing of the network.

It shows the student's answers, what the checks said of them, the points and the grader's comments.
The lesson around them, the source of the tests and their tracebacks stay away.
"""

from dataclasses import dataclass, field
from typing import Any

from nbconvert.exporters import Exporter
from nbformat.notebooknode import NotebookNode
from nbgrader.converters.base import NbGraderException
from nbgrader.utils import is_grade, is_solution, is_task
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import PythonLexer, TextLexer
from traitlets import default

from course_utils.errors import CourseError
from course_utils.judging.cells import note, refused
from course_utils.judging.outputs import safe_report
from course_utils.reports.late_work import LateWork
from course_utils.reports.results import Result, results, stopped
from course_utils.reports.templates import template

LONGEST_COLOURED = 8000
"""Characters of an answer whose code is shown in colours."""


@dataclass
class Section:
    """One exercise on the page."""

    name: str
    answer: str = ""
    is_code: bool = True
    note: str = ""
    stopped: str = ""
    comment: str = ""
    graded: bool = False
    earned: float | None = 0.0
    points: float = 0.0
    problem: str = ""
    report: str = ""
    checked: float | None = None

    @property
    def by_hand(self) -> bool:
        """Whether the grader gave other points than the check, which the report still names."""
        return None not in (self.checked, self.earned) and self.checked != self.earned


@dataclass(frozen=True)
class Feedback:
    """All that a page says.

    `refused` tells why a file could not be graded at all, `handed_in` when it came and was due.
    """

    unit: str
    student: str
    earned: float
    points: float
    penalty: float
    sections: list[Section] = field(default_factory=list)
    refused: str = ""
    handed_in: str = ""


class FeedbackExporter(Exporter):
    """Makes the feedback page; `nbgrader generate_feedback` calls it.

    nbgrader makes it before it looks at the first submission: where `class.toml` cannot be read, it
    stops there.
    """

    parent: Any

    output_mimetype = "text/html"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        try:
            self.late_work = LateWork(self.parent.coursedir)
        except CourseError as error:
            self.log.error(str(error))
            raise NbGraderException(str(error)) from None

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict | None = None, **kwargs: Any
    ) -> tuple[Any, dict]:
        nb, resources = super().from_notebook_node(nb, resources, **kwargs)
        where = resources["nbgrader"]
        marks = where["score"], where["max_score"], where["late_penalty"]
        said = sections(nb), refused(nb), where.get("handed_in", "")
        return page(Feedback(where["notebook"], where["student"], *marks, *said)), resources


def sections(notebook: NotebookNode) -> list[Section]:
    """The exercises of a graded notebook; scores and comments are in its metadata (`GetGrades`)."""
    found: dict[str, Section] = {}
    said = {result.test: result for result in results(notebook)}
    for cell in notebook.cells:
        if not (is_solution(cell) or is_grade(cell) or is_task(cell)):
            continue
        meta = cell.metadata.nbgrader
        name = meta.grade_id if is_solution(cell) else meta.grade_id.removesuffix("-test")
        section = found.setdefault(name, Section(name))
        if is_solution(cell) or is_task(cell):
            section.answer = cell.source
            section.is_code = cell.cell_type == "code"
            section.note = note(cell)
            section.stopped = stopped(cell)
            section.comment = meta.get("comment") or ""
        if is_grade(cell) or is_task(cell):
            section.graded = True
            section.points += meta.points
            section.earned = None if meta.score is None else (section.earned or 0.0) + meta.score
        if meta.grade_id in said:
            _add(section, said[meta.grade_id])
    return list(found.values())


def page(feedback: Feedback) -> str:
    """The feedback as one HTML page without scripts and without anything to fetch."""
    formatter = HtmlFormatter(style="default")
    return template("feedback.html.j2").render(
        feedback=feedback,
        code=lambda source: highlight(source, lexer(source), formatter),
        code_style=formatter.get_style_defs(".highlight"),
    )


def lexer(source: str) -> Lexer:
    """What colours a code; a long one stays plain, since some take the cube of their length."""
    return PythonLexer() if len(source) <= LONGEST_COLOURED else TextLexer()


def _add(section: Section, result: Result) -> None:
    section.problem = "" if result.html else result.problem
    if section.stopped in section.problem:
        section.stopped = ""  # said already
    section.report = safe_report(result.html)
    section.checked = result.earned
