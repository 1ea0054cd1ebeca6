"""What lies in the folders that an instructor has downloaded, and whose it is said to be.

The first part of a path that an LMS has named says whose a file is; what lies below is its
student's. An archive that bears nobody's name is a class's: its times are the LMS's.
"""

import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from course_utils.errors import CourseError
from course_utils.gradebook.archives import (
    NOTEBOOK,
    OF_THE_SYSTEM,
    OTHER_ARCHIVES,
    OTHER_KIND,
    Bounds,
    is_archive,
    stem,
    unpack,
)
from course_utils.gradebook.arrival import FAST_CLOCK, parsed, utc
from course_utils.gradebook.clones import committed, is_clone, logins
from course_utils.gradebook.roster import Roster
from course_utils.gradebook.senders import GITHUB, NAMED, Sender, label, listed, of_lms
from course_utils.judging.doors import kind_of

BOUNDS = Bounds(depth=4)
"""Of an archive: one may hold the LMS's, which holds a student's, which holds one more."""

PASSED_OVER = (*OF_THE_SYSTEM, ".venv", "node_modules")
"""Folders that hold no work."""


@dataclass(frozen=True)
class File:
    """A notebook that somebody has handed in.

    Attributes:
        place: the folder, or file, that the instructor has named.
        path: where it lies, maybe unpacked.
        parts: its path as the instructor and the LMS see it; archives are folders there.
        sender: whose it is, as the LMS says; None where nothing but the file itself does.
        labels: the ids that its student has typed.
        time: when it was handed in, as far as that can be known, in UTC.
        came: when the file was written, by the LMS or the system.
        is_claimed: whether `time` is the student's word.
        is_impossible: whether that word cannot be true, so that `came` counts.
    """

    place: Path
    path: Path
    parts: tuple[str, ...]
    sender: Sender | None
    labels: tuple[str, ...]
    time: datetime
    came: datetime
    is_claimed: bool
    is_impossible: bool

    @property
    def upload(self) -> tuple[str, ...]:
        """What was handed in at once: the path down to the part that names its student."""
        names = [stem(part) if is_archive(part) else part for part in self.parts]
        known = self.sender is not None and self.sender.label in names
        until = names.index(self.sender.label) if self.sender and known else 0
        return (str(self.place), *self.parts[: until + 1])

    @property
    def source(self) -> str:
        """The part that names its student, or else its path."""
        return self.upload[-1] if self.sender else self.shown

    @property
    def shown(self) -> str:
        """Its path, for people."""
        return "/".join(self.parts)


@dataclass(frozen=True)
class Left:
    """A file that is no notebook, or was not taken.

    Attributes:
        parts: its path.
        sender: whose it is, if that is known.
        why: it was not taken; empty for another kind of file.
    """

    parts: tuple[str, ...]
    sender: Sender | None
    why: str = ""

    @property
    def shown(self) -> str:
        """Its path, for people."""
        return "/".join(self.parts)


@dataclass
class Downloads:
    """Looks into folders, archives and files.

    Args:
        roster: of the class.
        room: an empty folder, for what is unpacked.

    Attributes:
        files: the notebooks that were found.
        left: all else.
    """

    roster: Roster
    room: Path
    files: list[File] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    _place: Path = Path()
    _logins: dict[Path, str] = field(default_factory=dict)

    def take(self, place: Path) -> None:
        """Look into a folder, or at a single file.

        Raises:
            CourseError: when there is no such place.
        """
        if not place.exists():
            raise CourseError(f"There is no folder or file {place}.")
        place = place.resolve()
        self._place = place
        if place.is_file():
            self._take(place, (place.name,))
            return
        self._find_logins(place)
        empty = dict.fromkeys(self._logins)
        for path in _paths(place, self._unread):
            clone = next((each for each in path.parents if each in self._logins), None)
            self._take(path, (place.name, *path.relative_to(place).parts), clone)
            if clone and path.suffix == NOTEBOOK:
                empty.pop(clone, None)
        for clone in empty:
            sender = Sender(GITHUB, clone.name, self._logins[clone])
            self.left.append(Left((place.name, *clone.relative_to(place).parts), sender))

    def _unread(self, error: OSError) -> None:
        """Note a folder that cannot be looked into."""
        path = Path(error.filename)
        parts = (self._place.name, *path.relative_to(self._place).parts)
        sender = self._sender(parts, is_outside=True)
        self.left.append(Left(parts, sender, f"it cannot be read ({error.strerror})"))

    def _find_logins(self, place: Path) -> None:
        """Note whose the clones in a folder are, by what their names share."""
        beside: dict[Path, list[Path]] = defaultdict(list)
        self._logins = {}
        for clone in _clones(place):
            beside[clone.parent].append(clone)
        for clones in beside.values():
            found = logins([each.name for each in clones], self._is_login)
            self._logins |= {clone: found[clone.name] for clone in clones}

    def _is_login(self, name: str) -> bool:
        return (self.roster.with_github(name) or self.roster.with_id(name)) is not None

    def _take(self, path: Path, parts: tuple[str, ...], clone: Path | None = None) -> None:
        """Take in a file, or what is in an archive."""
        sender = self._sender(parts, clone, is_outside=True)
        kind = kind_of(path.lstat())
        if kind:
            self.left.append(Left(parts, sender, f"it is {kind}"))
        elif is_archive(path.name):
            self._unpack(path, parts, sender)
        elif path.name.lower().endswith(NOTEBOOK):
            is_github = sender is not None and sender.system == GITHUB
            self._add(path, parts, sender, committed(clone, path) if clone and is_github else None)
        elif clone is None:
            self.left.append(Left(parts, sender, _why_not(path.name)))

    def _unpack(self, path: Path, parts: tuple[str, ...], sender: Sender | None) -> None:
        """Take what is in an archive; where nobody's name is on it, it is the LMS's."""
        folder = self.room / str(len(list(self.room.iterdir())))
        outside = (*parts[:-1], stem(parts[-1]))

        def of_class(inside: str) -> bool:
            whole = (*outside, *filter(None, inside.split("/")))
            return sender is None and not any(of_lms(p) or label(stem(p)) for p in whole)

        done = unpack(path, folder, BOUNDS, of_class)
        for name, why in done.refused:
            inner = (*parts, *filter(None, name.split("/")))
            self.left.append(Left(inner, sender or self._sender(inner), why))
        for name in done.others:
            inner = (*parts, *filter(None, name.split("/")))
            if owner := sender or self._sender(inner):
                self.left.append(Left(inner, owner, _why_not(name)))
        for notebook in done.notebooks:
            inner = (*outside, *notebook.relative_to(folder).parts)
            self._add(notebook, inner, sender or self._sender(inner))

    def _add(
        self,
        path: Path,
        parts: tuple[str, ...],
        sender: Sender | None,
        committed: datetime | None = None,
    ) -> None:
        came = utc(path.stat().st_mtime)
        labels = [found for part in parts if (found := label(stem(part)))]
        claims = [committed] if committed else [parsed(each.time) for each in labels]
        possible = [time for time in claims if time and time - came <= FAST_CLOCK]
        is_impossible = bool(claims) and not possible
        typed = tuple(dict.fromkeys(each.typed for each in labels))
        time = possible[-1] if possible else came
        self.files.append(
            File(self._place, path, parts, sender, typed, time, came, bool(possible), is_impossible)
        )

    def _sender(
        self, parts: Sequence[str], clone: Path | None = None, *, is_outside: bool = False
    ) -> Sender | None:
        """Whose a file is, by the outermost part of its path that says it.

        Outside of archives a name that the roster knows does, too: the instructor has given it.
        """
        for number, part in enumerate(parts):
            name = stem(part) if is_archive(part) else part
            if found := of_lms(name):
                return found
            if clone is not None and part == clone.name:
                return Sender(GITHUB, part, self._logins[clone])
            plain = re.sub(r"\.ipynb$", "", name, flags=re.IGNORECASE)
            if is_outside and (number or len(parts) == 1) and listed(plain, self.roster):
                return Sender(NAMED, name, plain)
        return None


def _why_not(name: str) -> str:
    """Why a file is not taken that may hold a notebook; empty where it is of another kind."""
    if name.lower().endswith(OTHER_ARCHIVES):
        return OTHER_KIND
    is_renamed = NOTEBOOK + "." in name.lower()  # as Safari saves it: work.ipynb.txt
    return "its name does not end with .ipynb: rename it, and collect again" if is_renamed else ""


def _paths(place: Path, unread: Callable[[OSError], None]) -> Iterator[Path]:
    """The files below a folder; links are not followed."""
    for here, folders, names in os.walk(place, onerror=unread):
        folders[:] = sorted(name for name in folders if name not in PASSED_OVER)
        yield from (Path(here, name) for name in sorted(names) if not name.startswith("."))


def _clones(place: Path) -> Iterator[Path]:
    """The repositories in a folder, the folder itself included; none in another one."""
    for here, folders, _ in os.walk(place):
        is_found = is_clone(Path(here))
        folders[:] = [] if is_found else sorted(set(folders) - set(PASSED_OVER))
        if is_found:
            yield Path(here)
