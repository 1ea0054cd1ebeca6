"""A small class that has handed in the tiny unit, and what a gradebook holds of it."""

import itertools
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from tiny_unit import UNIT, WRONG

from course_utils.grading.classroom import load_config
from course_utils.grading.sample_class import submissions


def course_in(root: Path) -> CourseDirectory:
    """nbgrader's view of a course folder, as `course grade` has it."""
    course = CourseDirectory(config=load_config(root))
    course.root = str(root)
    return course


def release(root: Path) -> None:
    """Make the release of the tiny unit, and its assignment in the configured gradebook."""
    done = NbGraderAPI(course_in(root), config=load_config(root)).generate_assignment(
        UNIT, force=True
    )
    assert done["success"], done["log"]


def hand_in(root: Path, source, students: int) -> list[str]:
    """Submissions of the sample class, repeated until there are enough of them."""
    import nbformat

    released = nbformat.read(root / "notebooks" / UNIT / f"{UNIT}.ipynb", as_version=4)
    names = []
    sample = itertools.cycle(submissions(source, released, WRONG))
    for number, submission in zip(range(students), sample, strict=False):
        names.append(f"{number:02}-{submission.student}")
        place = root / "submitted" / names[-1] / UNIT
        place.mkdir(parents=True)
        (place / f"{UNIT}.ipynb").write_bytes(submission.content)
    return names


def held(db_url: str, unit: str = UNIT) -> dict[str, list]:
    """What a gradebook holds of a unit, by student: scores, comments, penalties, all of it."""
    with Gradebook(db_url, "medical-imaging") as gradebook:
        found: dict[str, list] = {}
        for submission in gradebook.assignment_submissions(unit):
            (notebook,) = submission.notebooks
            found.setdefault(submission.student.id, []).append(
                {
                    "score": submission.score,
                    "penalty": notebook.late_submission_penalty,
                    "grades": sorted(
                        (g.name, g.auto_score, g.manual_score, g.max_score, g.needs_manual_grade)
                        for g in notebook.grades
                    ),
                    "comments": sorted(
                        (c.name, c.auto_comment, c.manual_comment) for c in notebook.comments
                    ),
                }
            )
        return found
