"""A course folder in which a sample class has handed in a unit, and what its gradebook holds."""

import itertools
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
from nbformat.notebooknode import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from course_utils.demo.sample_class import Submission, WrongAnswer, submissions
from course_utils.gradebook.classroom import Classroom, load_config
from course_utils.repository import Unit


def make_course(root: Path, unit: Unit, wrong: Iterable[WrongAnswer], students: int) -> Path:
    """A new course folder with a unit's release and as many submissions of the sample class."""
    place = root / "solutions" / unit.name
    place.mkdir(parents=True)
    for file in (unit.source, unit.script):
        shutil.copy(file, place)
    shutil.copy(unit.root / "nbgrader_config.py", root)
    release(root, unit.name)
    hand_in(root, unit.name, sample(root, unit.name, wrong), students)
    return root


@contextmanager
def released(unit: Unit, config: Config) -> Iterator[tuple[Classroom, NotebookNode]]:
    """A temporary course folder with this configuration and a unit released in it; the release."""
    with tempfile.TemporaryDirectory(prefix="course-benchmark-") as temporary:
        place = Path(temporary) / "solutions" / unit.name
        place.mkdir(parents=True)
        shutil.copy(unit.source, place)
        classroom = Classroom(Path(temporary), config)
        yield classroom, classroom.release(unit.name)


def course_in(root: Path) -> CourseDirectory:
    """nbgrader's view of a course folder, as `course grade` has it."""
    course = CourseDirectory(config=load_config(root))
    course.root = str(root)
    return course


def release(root: Path, unit: str) -> None:
    """Make the release of a unit, and its assignment in the configured gradebook."""
    api = NbGraderAPI(course_in(root), config=load_config(root))
    done = api.generate_assignment(unit, force=True)
    if not done["success"]:
        raise RuntimeError(done["log"])


def sample(root: Path, unit: str, wrong: Iterable[WrongAnswer]) -> tuple[Submission, ...]:
    """The seven submissions of the sample class to a released unit."""
    folders = (root / "solutions", root / "notebooks")
    notebooks = [nbformat.read(f / unit / f"{unit}.ipynb", as_version=4) for f in folders]
    return submissions(*notebooks, wrong)


def hand_in(root: Path, unit: str, chosen: Iterable[Submission], students: int) -> list[str]:
    """Hand in the submissions, repeated for as many students; their names."""
    names = []
    for number, submission in enumerate(itertools.islice(itertools.cycle(chosen), students)):
        names.append(f"{number:02}-{submission.student}")
        place = root / "submitted" / names[-1] / unit
        place.mkdir(parents=True)
        (place / f"{unit}.ipynb").write_bytes(submission.content)
    return names


def held(root: Path, unit: str) -> dict[str, list[dict]]:
    """What the gradebook holds of a unit: each submission of each student, all that counts."""
    course = course_in(root)
    found: dict[str, list[dict]] = {}
    with Gradebook(course.db_url, course.course_id) as gradebook:
        for submission in gradebook.assignment_submissions(unit):
            (notebook,) = submission.notebooks
            grades = (
                (g.name, g.auto_score, g.manual_score, g.max_score, g.needs_manual_grade)
                for g in notebook.grades
            )
            comments = ((c.name, c.auto_comment, c.manual_comment) for c in notebook.comments)
            everything = {
                "score": submission.score,
                "penalty": notebook.late_submission_penalty,
                "grades": sorted(grades),
                "comments": sorted(comments),
            }
            found.setdefault(submission.student.id, []).append(everything)
    return found
