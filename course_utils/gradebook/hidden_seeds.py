"""The seeds of hidden tests: of each student, exercise and attempt another one.

A seed is an HMAC under the secret of the class, so that nothing that a student learns of one
attempt helps in another, or anybody else. What was drawn is kept with the result: the same attempt
is graded again with the same seeds, even where the secret is lost.
"""

import contextlib
import hashlib
import hmac
import json
import os
import re
import secrets
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from nbformat.notebooknode import NotebookNode

from course_utils.errors import CourseError
from course_utils.judging.cells import KEY, grade_id, is_test
from course_utils.judging.intake import Refusal
from course_utils.judging.seeds import Draw

SECRET = ".grading-secret"  # noqa: S105  (the file's name, in the course folder)

_DIGITS = re.compile(r"[0-9a-f]{64}")
_SEED_BYTES = 6
"""So few that every program which reads JSON reads the number as it is."""


class HiddenSeeds:
    """Draws the seeds of a unit's hidden tests.

    Args:
        course: nbgrader's `CourseDirectory`.
        unit: the unit's name.
        template: the unit without answers (`overlay.template`).

    Raises:
        CourseError: see `class_secret`.
    """

    def __init__(self, course: Any, unit: str, template: NotebookNode) -> None:
        self._unit = unit
        self._tests = [str(grade_id(cell)) for cell in template.cells if is_test(cell)]
        self._secret = class_secret(Path(course.root))
        # Now, since nbgrader removes a result before it grades again.
        self._kept = dict(_kept(course, unit))

    def draw(self, student: str, submission: NotebookNode | Refusal) -> Draw:
        """The seeds of an attempt: those that it was graded with before, if it was.

        Args:
            student: whose.
            submission: what counts of the notebook (`intake.handed_in`).
        """
        attempt = hashlib.sha256(repr(submission).encode()).hexdigest()
        kept = self._kept.get(student, Draw())
        known = kept.seeds if kept.attempt == attempt else {}
        drawn = {test: self._seed(student, test, attempt) for test in self._tests}
        return Draw(attempt, {test: known.get(test, seed) for test, seed in drawn.items()})

    def _seed(self, *parts: str) -> int:
        message = json.dumps([self._unit, *parts]).encode()
        return int.from_bytes(hmac.digest(self._secret, message, "sha256")[:_SEED_BYTES])


def class_secret(folder: Path) -> bytes:
    """The secret of a class, which only its owner can read; made where there is none.

    Args:
        folder: the course folder.

    Raises:
        CourseError: when it can neither be read nor made, or is damaged.
    """
    path = folder / SECRET
    try:
        if not path.exists():
            _make(path)
        if os.name == "posix" and path.stat().st_mode & 0o077:
            path.chmod(0o600)
        text = path.read_text(encoding="ascii").strip()
    except (OSError, ValueError) as error:
        raise CourseError(
            f"{path} holds the secret by which hidden tests are drawn, and can neither be read "
            f"nor made ({error}). It must belong to whoever grades."
        ) from None
    if not _DIGITS.fullmatch(text):
        raise CourseError(
            f"{path} is damaged: expected 64 hexadecimal digits. Put a copy of it back, or delete "
            "it: then new attempts are drawn by a new secret."
        )
    return bytes.fromhex(text)


def _make(path: Path) -> None:
    """Make the file, whole from the first moment; who comes second keeps that of the first."""
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")  # 0600
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32) + "\n")
        try:
            os.link(temporary, path)
        except FileExistsError:
            pass
        except OSError:  # a file system without hard links
            os.replace(temporary, path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(temporary)


def _kept(course: Any, unit: str) -> Iterable[tuple[str, Draw]]:
    """What was drawn for the attempts that have been graded, by student."""
    folders = Path(course.format_path(course.autograded_directory, course.student_id, unit))
    pattern = folders.relative_to(course.root) / f"{unit}.ipynb"
    for path in Path(course.root).glob(str(pattern)):
        if draw := _drawn(path):
            yield path.parent.parent.name, draw


def _drawn(path: Path) -> Draw | None:
    """What was drawn for a graded notebook; None where that is not known."""
    try:
        marks = json.loads(path.read_text(encoding="utf-8"))["metadata"][KEY]
        attempt, seeds = marks["attempt"], marks["seeds"]
        fine = type(attempt) is str and all(type(seed) is int for seed in seeds.values())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return Draw(attempt, seeds) if fine else None
