"""Opens files that students have put somewhere: ordinary files, and nothing that only looks so.

A link may lead to the instructor's solution, a pipe never ends, a device has effects of its own.
"""

import os
import stat
from collections.abc import Container
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from course_utils.errors import CourseError

KINDS = {
    stat.S_IFLNK: "a link",
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}

_ENTRIES_AT_MOST = 1000
"""Of a folder in which a notebook is looked for."""

_IN_A_FOLDER = os.open in os.supports_dir_fd and hasattr(os, "O_NOFOLLOW")
_TO_PASS = getattr(os, "O_PATH", os.O_RDONLY)  # a folder that one may pass need not be readable
_JUNCTION = getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", None)  # how Windows links folders


class NotAFileError(CourseError):
    """Raised for what is no ordinary file; `kind` says what it is (`a link`, `a pipe` …)."""

    def __init__(self, name: str, kind: str) -> None:
        super().__init__(f"{name} is {kind}; expected an ordinary file.")
        self.kind = kind


def open_file(path: Path, folders: int = 0) -> BinaryIO:
    """Open a file for reading that somebody else has put there.

    Args:
        path: the file.
        folders: how many of the folders right above it are somebody else's, too.

    Raises:
        NotAFileError: when it is no ordinary file, or one of those folders is a link.
        OSError: when it is not there, or cannot be read.
    """
    path = Path(os.path.abspath(path))
    folders = min(folders, len(path.parents) - 1)
    start, names = path.parents[folders], list(path.parts[-folders - 1 :])
    return _open_below(start, names) if _IN_A_FOLDER else _open_after_a_look(start, names)


def notebooks_in(folder: Path) -> list[Path]:
    """The notebooks in a folder `STUDENT/UNIT`, by name; none where one of both is a link."""
    if any(not stat.S_ISDIR(_mode(each)) for each in (folder, folder.parent)):
        return []
    with os.scandir(folder) as entries:
        names = [entry.name for entry in islice(entries, _ENTRIES_AT_MOST)]
    return [folder / n for n in sorted(names) if n.lower().endswith(".ipynb") and n[0] != "."]


def _mode(path: Path) -> int:
    try:
        return path.lstat().st_mode
    except OSError:
        return 0


def kind_of(status: os.stat_result) -> str:
    """What somebody who looks without following links finds; empty for an ordinary file."""
    if _JUNCTION is not None and getattr(status, "st_reparse_tag", 0) == _JUNCTION:
        return "a link"
    if stat.S_ISREG(status.st_mode):
        return ""
    return KINDS.get(stat.S_IFMT(status.st_mode), "no file")


def identities(folder: Path) -> frozenset[tuple[int, int]]:
    """Device and number of every file below a folder: what a hard link to one of them shares."""
    found = (path.stat() for path in folder.rglob("*") if path.is_file())
    return frozenset((status.st_dev, status.st_ino) for status in found)


def is_one_of(file: BinaryIO, known: Container[tuple[int, int]]) -> bool:
    """Whether an open file is one of those with these identities, under another name."""
    status = os.fstat(file.fileno())
    return status.st_ino != 0 and (status.st_dev, status.st_ino) in known


def _open_below(start: Path, names: list[str]) -> BinaryIO:
    """Step by step from a folder that is ours, so that nothing can be exchanged on the way."""
    *between, last = names
    with ExitStack() as stack:
        holder = _opened(stack, str(start), os.O_DIRECTORY)
        for name in between:
            _look(name, os.lstat(name, dir_fd=holder), is_folder=True)
            holder = _opened(stack, name, os.O_DIRECTORY | os.O_NOFOLLOW, holder)
        _look(last, os.lstat(last, dir_fd=holder), is_folder=False)
        found = os.open(last, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=holder)
    file = os.fdopen(found, "rb")
    try:
        _look(last, os.fstat(found), is_folder=False)
    except NotAFileError:
        file.close()
        raise
    return file


def _opened(stack: ExitStack, name: str, flags: int, holder: int | None = None) -> int:
    folder = os.open(name, _TO_PASS | flags, dir_fd=holder)
    stack.callback(os.close, folder)
    return folder


def _open_after_a_look(start: Path, names: list[str]) -> BinaryIO:
    path = start
    for place, name in enumerate(names):
        path = path / name
        _look(name, os.lstat(path), is_folder=place < len(names) - 1)
    return path.open("rb")


def _look(name: str, status: os.stat_result, *, is_folder: bool) -> None:
    kind = kind_of(status)
    if is_folder and kind == "a folder":
        return
    if is_folder and not kind:
        raise NotADirectoryError(name)
    if kind:
        raise NotAFileError(name, kind)
