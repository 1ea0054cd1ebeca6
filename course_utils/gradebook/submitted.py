"""Puts collected work into `submitted/`, and keeps what it takes the place of in `replaced/`."""

import os
import re
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from course_utils.errors import CourseError
from course_utils.gradebook.arrival import STAMP
from course_utils.judging.doors import NotAFileError, notebooks_in, open_file

SECRET = "submission_secret.txt"  # noqa: S105
"""nbgrader's name of the file whose content names the feedback page that a student fetches."""

_FORM_OF_SECRET = re.compile(rb"[0-9a-f]{32,256}")
_LONGEST_SECRET = 256

REPLACED = "replaced"
"""The folder with work that newer work has taken the place of: `replaced/STUDENT/UNIT/TIME`."""


def fit_secret(content: bytes) -> bytes:
    """The content of a `submission_secret.txt`, or a new one where it is none.

    `nbgrader release_feedback` ends for all where one student's is missing or no text.
    """
    return content if _FORM_OF_SECRET.fullmatch(content) else secrets.token_hex(64).encode()


def secret(folder: Path, folders: int = 0) -> bytes:
    """The secret that came with a submission; empty where there is none.

    Args:
        folder: of the submission, or of what was made of it.
        folders: how many folders above the file may be somebody else's doing.
    """
    try:
        with open_file(folder / SECRET, folders) as file:
            content = file.read(_LONGEST_SECRET + 1)
    except (NotAFileError, OSError):
        return b""
    return content if _FORM_OF_SECRET.fullmatch(content) else b""


def submitted_notebook(folder: Path, unit: str) -> Path:
    """The notebook in a submission's folder: `UNIT.ipynb`, or the only one that is there.

    Args:
        folder: as `submitted/STUDENT/UNIT`; whatever it is, it is not followed elsewhere.
        unit: the unit's name.

    Returns:
        Its path; that of `UNIT.ipynb`, which is missing, when there are others to choose from.
    """
    path = folder / f"{unit}.ipynb"
    others = [] if os.path.lexists(path) else notebooks_in(folder)
    return others[0] if len(others) == 1 else path


def student_folders(course: Any, unit: str) -> list[Path]:
    """`submitted/STUDENT` of everybody who has something under the unit's name there.

    Args:
        course: nbgrader's `CourseDirectory`.
        unit: the unit's name.
    """
    submitted = Path(course.root) / course.submitted_directory
    folders = sorted(submitted.iterdir()) if submitted.is_dir() else []
    return [folder for folder in folders if os.path.lexists(folder / unit)]


@contextmanager
def new_submission(course: Any, student: str, unit: str, came: datetime) -> Iterator[Path]:
    """A folder that becomes a student's submission when the block ends, all at once.

    Args:
        course: nbgrader's `CourseDirectory`.
        student: a fit id.
        unit: the unit's name.
        came: when the submission came, in UTC.

    Raises:
        CourseError: when the student's folder is a link, which would lead elsewhere.
    """
    target = Path(course.format_path(course.submitted_directory, student, unit))
    if target.parent.is_symlink():
        raise CourseError(f"{target.parent} is a link: put a folder in its place.")
    target.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{unit}."))
    try:
        yield folder
        (folder / STAMP).write_text(came.isoformat(" "), encoding="utf-8")
        for path in (folder, *folder.rglob("*")):
            path.chmod(_mode(path, shared=course.groupshared))
        set_aside(target, Path(course.root), student, unit)
        os.replace(folder, target)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def holds(path: Path, content: bytes) -> bool:
    """Whether a file that a student may have put there has just this content."""
    try:
        with open_file(path, folders=2) as file:
            return file.read(len(content) + 1) == content
    except (NotAFileError, OSError):
        return False


def set_aside(target: Path, root: Path, student: str, unit: str) -> Path | None:
    """Move a submission to `replaced/`; where it is now, or None when there was none."""
    if not os.path.lexists(target):
        return None
    kept = root / REPLACED / student / unit
    kept.mkdir(parents=True, exist_ok=True)
    name = f"{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}"
    shutil.move(target, kept / name)
    return kept / name


def _mode(path: Path, *, shared: bool) -> int:
    if path.is_dir():
        return 0o2775 if shared else 0o755
    return 0o664 if shared else 0o644
