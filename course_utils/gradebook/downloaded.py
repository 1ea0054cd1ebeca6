"""What lies in `downloaded/` of one student, by the names that an LMS or a person gave it."""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from course_utils.errors import CourseError
from course_utils.gradebook import senders
from course_utils.gradebook.archives import NOTEBOOK, is_archive, stem
from course_utils.gradebook.clones import is_clone
from course_utils.gradebook.downloads import Downloads
from course_utils.gradebook.roster import Person, Roster
from course_utils.gradebook.senders import Sender, UndecidedError


@dataclass(frozen=True)
class Download:
    """A file or folder with a student's work.

    Attributes:
        path: where it lies.
        others: what keeps it from being removed; empty where it is this student's alone.
    """

    path: Path
    others: str = ""


def downloads_of(folder: Path, person: Person, roster: Roster) -> Iterator[Download]:
    """The files and folders below a folder that hold a student's work, the outermost of each.

    Args:
        folder: such as `downloaded`.
        person: whose.
        roster: of the class, this person included.
    """
    if not folder.is_dir() or folder.is_symlink():
        return
    for path in sorted(folder.iterdir()):
        owner = _named(path, person, roster)
        if owner is not None:
            if person in owner:
                several = "it may be that of another person of this name" if len(owner) > 1 else ""
                yield Download(path, several)
        elif path.is_dir():
            yield from downloads_of(path, person, roster)
        elif is_archive(path.name):
            inside = _inside(path, roster)
            if person in inside:
                yield Download(
                    path,
                    "it holds others' work, too" if len(inside) > 1 else "",
                )


def _named(path: Path, person: Person, roster: Roster) -> Sequence[Person] | None:
    """Who a file's name says that it is of; None where it says nothing, nobody if it is unclear."""
    name = stem(path.name) if is_archive(path.name) else path.name.removesuffix(NOTEBOOK)
    if sender := senders.of_lms(name):
        return _people(sender, roster)
    if label := senders.label(name):
        return _typed(label.typed, roster)
    if person.github and path.name.endswith(f"-{person.github}") and is_clone(path):
        return (person,)
    return _typed(name, roster) or None


def _people(sender: Sender, roster: Roster) -> Sequence[Person]:
    try:
        return (senders.person(sender, roster, ()),)
    except UndecidedError as error:
        return tuple(error.people)
    except CourseError:
        return ()


def _typed(name: str, roster: Roster) -> Sequence[Person]:
    exact = tuple(person for person in roster if person.id == name)
    listed = senders.listed(name, roster)
    return exact or ((listed,) if listed else ())


def _inside(archive: Path, roster: Roster) -> set[Person | None]:
    """Whose work is in an archive; None stands for what is nobody's in the roster."""
    found: set[Person | None] = set()
    with tempfile.TemporaryDirectory() as room:
        looked = Downloads(roster, Path(room))
        looked.take(archive)
        for file in looked.files:
            people: Sequence[Person] = ()
            if file.sender is not None:
                people = _people(file.sender, roster)
            elif file.labels:
                people = _typed(file.labels[0], roster)
            found |= set(people) or {None}
    return found
