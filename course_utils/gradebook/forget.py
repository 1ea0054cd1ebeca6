"""`course forget`: lists what is stored about a student, and removes it."""

import sqlite3
import warnings
from collections.abc import Iterable
from pathlib import Path

from nbgrader.api import InvalidEntry
from nbgrader.coursedir import CourseDirectory
from rich.console import Console
from sqlalchemy.exc import SAWarning, SQLAlchemyError
from traitlets.config import Config

from course_utils.errors import CourseError
from course_utils.gradebook.classroom import load_config
from course_utils.gradebook.remarks import told
from course_utils.gradebook.stored import Stored, Trace, stored
from course_utils.repository import repository
from course_utils.student_ids import printable

ELSEWHERE = (
    "Not looked into: your LMS, repositories on GitHub, folders of your downloads, backups. "
    "In an exchange, feedback that was released lies under names that do not tell whose it is."
)


def run(student: str, *, dry_run: bool = False, yes: bool = False) -> int:
    """List all that the course folder stores about a student, then remove it.

    Args:
        student: the id.
        dry_run: list it only.
        yes: remove it without asking.

    Returns:
        0 when all of it is removed, or listed by `dry_run`; 1 when something is left.

    Raises:
        CourseError: when nothing is stored, or some of it cannot be read; nothing is removed then.
    """
    warnings.simplefilter("ignore", SAWarning)  # nbgrader's own use of SQLAlchemy
    if not student.strip() or student.startswith(".") or set(student) & set("/\\\0"):
        raise CourseError(f"{student!r} is no student's id.")
    root = repository()
    config = load_config(root)
    course = CourseDirectory(config=config)
    course.root = str(root)
    try:
        found = stored(course, student, _exchange(config))
    except (SQLAlchemyError, OSError) as error:
        raise CourseError(f"What is stored cannot all be read: {_why(error)}.") from error
    traces = [*found.work, *found.entries]
    if not (traces or found.remarks):
        raise CourseError(f"Nothing is stored about {student!r}.")
    if traces:
        _say([f"Stored about {student}:", *(f"  {trace.what}" for trace in traces)])
    _say(told(found.remarks))
    if dry_run:
        _say([ELSEWHERE])
        return 0
    if traces and not yes and not _agreed():
        _say(["Nothing was removed."])
        return 1
    left = remove(found)
    if left:
        _say(["Not removed:", *(f"  {what}: {why}" for what, why in left.items())])
        _say([f"Put that right, and run `course forget {student}` again."])
    elif traces:
        _say([f"Removed: {len(traces)}."])
    _say([ELSEWHERE])
    return 1 if left else 0


def remove(found: Stored) -> dict[str, str]:
    """Remove what is stored; what is left, and why.

    One thing that cannot be removed keeps nothing else of the work; the entries by which a student
    is known go last, and only where nothing else is left.
    """
    left = {}
    for trace in found.work:
        if why := _removed(trace):
            left[trace.what] = why
    for trace in found.entries:
        if left:
            left[trace.what] = "kept until the rest is gone."
        elif why := _removed(trace):
            left[trace.what] = why
    return left


def _removed(trace: Trace) -> str:
    """Remove something; why that could not be done, else nothing."""
    try:
        trace.remove()
    except (CourseError, OSError, SQLAlchemyError, InvalidEntry, sqlite3.Error) as error:
        return _why(error)
    return ""


def _why(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"{error.strerror} ({error.filename})" if error.filename else str(error.strerror)
    return str(getattr(error, "orig", None) or error)


def _exchange(config: Config) -> Path | None:
    """nbgrader's exchange, where it is named or has its usual place."""
    place = config.Exchange.get("root", "/usr/local/share/nbgrader/exchange")
    return Path(str(place)) if place else None


def _agreed() -> bool:
    try:
        return input("Remove all of it? It cannot be had back. [y/N] ").strip().lower() in (
            "y",
            "yes",
        )
    except EOFError:
        print()
        return False


def _say(lines: Iterable[str]) -> None:
    console = Console()
    for line in lines:
        shown = "\n".join(map(printable, line.split("\n")))
        console.print(shown, soft_wrap=True, markup=False, highlight=False)
