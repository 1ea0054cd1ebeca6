"""A folder that a command writes again and again, without harm to what others put there.

A record in it lists the files that the command made, with their digests.
"""

import hashlib
import json
from pathlib import Path

from course_utils.errors import CourseError
from course_utils.files import write_atomically


def additions(folder: Path, record: str, kind: str) -> list[str]:
    """The files in the folder that others added since the command wrote it.

    Args:
        folder: new, empty, a fresh clone (only `.git` in it), or written by the command before.
        record: the name of the record.
        kind: what the command writes, in one word.

    Raises:
        CourseError: when the folder is none, holds something else, or a file was changed there.
    """
    if not folder.exists():
        return []
    if not folder.is_dir():
        raise CourseError(f"{folder} is a file; expected a folder.")
    found = names(folder)
    if not (folder / record).is_file():
        if found:
            raise CourseError(
                f"{folder} is not empty and no earlier {kind}: expected a new folder, got one"
                f" with {found[0]}. Name another folder, or empty this one."
            )
        return []
    try:
        made = json.loads((folder / record).read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise CourseError(f"{folder / record} cannot be read; name a new folder.") from error
    changed = [name for name in found if name in made and digest(folder / name) != made[name]]
    if changed:
        raise CourseError(
            f"Files of the {kind} were changed in {folder}: {', '.join(changed)}. Save these"
            " changes elsewhere and delete the files there, then run this again."
        )
    return [name for name in found if name not in made and name != record]


def names(folder: Path) -> list[str]:
    """The files in a folder, without those of git."""
    files = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return sorted(path.as_posix() for path in files if path.parts[0] != ".git")


def digest(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_record(path: Path, made: dict[str, str]) -> None:
    """Write the record: the command's files with their digests."""
    write_atomically(path, json.dumps(made, indent=1) + "\n")
