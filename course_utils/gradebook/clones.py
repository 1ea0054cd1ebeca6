"""Clones of students' repositories, as GitHub Classroom's `gh classroom clone` leaves them.

`.git` in a folder may be a student's doing, where it came out of an archive, and git runs programs
that a configuration names. So git looks at the objects only, from a repository of ours.
"""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from course_utils.gradebook.arrival import utc
from course_utils.judging.doors import NotAFileError, open_file

SECONDS = 20
"""That git may take to find a commit."""

_LARGEST = 2**20
_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


def is_clone(folder: Path) -> bool:
    """Whether a folder is a repository's."""
    return (folder / ".git").is_dir() and not (folder / ".git").is_symlink()


def logins(names: Sequence[str], is_known: Callable[[str], bool]) -> dict[str, str]:
    """Whose the repositories in one folder are: what follows on the part that all share.

    Args:
        names: of the repositories, such as `unit-ida` and `unit-jon-m`.
        is_known: whether a login is in the roster. Of the possible parts that is taken which
            leaves the most known ones.
    """
    parts = [""]
    first = names[0] if names else ""
    parts += [first[: dash.end()] for dash in re.finditer("-", first)]
    shared = [part for part in parts if all(name.startswith(part) for name in names)]
    known = {part: sum(_known(name, part, is_known) != "" for name in names) for part in shared}
    part = max(shared, key=lambda each: known[each])  # of several the shortest
    return {name: _known(name, part, is_known) or name.removeprefix(part) for name in names}


def _known(name: str, part: str, is_known: Callable[[str], bool]) -> str:
    """The known login in a name; a student who begins anew gets a repository with a number."""
    login = name.removeprefix(part)
    for each in (login, re.sub(r"-\d+$", "", login)):
        if is_known(each):
            return each
    return ""


def committed(clone: Path, file: Path) -> datetime | None:
    """When the last commit of the checked out branch that changed a file was made, in UTC.

    That is the word of who made it. None where it cannot be found out, as without git.
    """
    commit, program = _head(clone), shutil.which("git")
    if not commit or program is None:
        return None
    arguments = ["log", "-1", "--format=%ct", "--no-renames", commit, "--"]
    place = ":(literal)" + file.relative_to(clone).as_posix()
    with _repository(clone) as environment:
        try:
            done = subprocess.run(
                [program, *arguments, place],
                env=environment,
                capture_output=True,
                text=True,
                timeout=SECONDS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return None
    said = done.stdout.strip()
    return utc(float(said)) if done.returncode == 0 and said.isdecimal() else None


@contextmanager
def _repository(clone: Path) -> Iterator[dict[str, str]]:
    """The environment for git with an empty repository of ours that has a clone's objects."""
    with tempfile.TemporaryDirectory() as name:
        ours = Path(name)
        for folder in ("objects", "refs"):
            (ours / folder).mkdir()
        (ours / "HEAD").write_text("ref: refs/heads/none\n", encoding="utf-8")
        shallow = _text(clone, "shallow").split()
        if shallow and all(map(_COMMIT.fullmatch, shallow)):
            (ours / "shallow").write_text("\n".join(shallow) + "\n", encoding="utf-8")
        yield {
            "PATH": os.environ.get("PATH", os.defpath),
            "SYSTEMROOT": os.environ.get("SYSTEMROOT", ""),
            "HOME": name,
            "GIT_DIR": name,
            "GIT_OBJECT_DIRECTORY": str((clone / ".git" / "objects").resolve()),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_NO_LAZY_FETCH": "1",
            "GIT_TERMINAL_PROMPT": "0",
        }


def _head(clone: Path) -> str:
    """The commit that is checked out; empty where it cannot be read."""
    head = _text(clone, "HEAD").strip()
    if head.startswith("ref: refs/heads/") and ".." not in head:
        name = head.removeprefix("ref: ")
        packed = (line.split(" ") for line in _text(clone, "packed-refs").splitlines())
        found = [line[0] for line in packed if line[1:] == [name]]
        head = _text(clone, *name.split("/")).strip() or "".join(found[:1])
    return head if _COMMIT.fullmatch(head) else ""


def _text(clone: Path, *place: str) -> str:
    """A file of a repository; empty where there is none."""
    try:
        with open_file(clone.joinpath(".git", *place), folders=len(place)) as file:
            return file.read(_LARGEST).decode("utf-8", "replace")
    except (NotAFileError, OSError, ValueError):
        return ""
