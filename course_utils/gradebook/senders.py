"""Whose a file is that an LMS has named: the LMS's word counts, not what its student has typed.

Canvas names each file `lovelaceida_LATE_1815_4711_work.ipynb` (name, the person's number, the
file's), Moodle a folder or file `Ida Lovelace_1815_assignsubmission_file_…` (name, a number that is
another one in each assignment), GitHub Classroom a repository `unit-ida-l`.
"""

import difflib
import re
from collections.abc import Collection
from dataclasses import dataclass

from course_utils.errors import CourseError
from course_utils.gradebook.roster import Person, Roster

CANVAS, MOODLE, GITHUB, NAMED = "Canvas", "Moodle", "GitHub", "name"

_CANVAS = re.compile(
    r"(?P<name>[^_]+)(?P<late>_LATE)?_(?P<number>\d{1,20})_(?P<order>\d{1,20})_.+", re.S
)
_MOODLE = re.compile(
    r"(?P<name>[^_]+)_(?P<number>\d{1,20})_assignsubmission_(file|onlinetext)(_.*)?", re.S
)
_LABEL = re.compile(r"(?P<id>[^+]+)\+[^+]+\+(?P<time>\d{8}T\d{6}Z)[^+]*")


class UndecidedError(CourseError):
    """Raised where a file may be the work of several people."""

    def __init__(self, text: str, people: Collection[Person]) -> None:
        super().__init__(text)
        self.people = people


@dataclass(frozen=True)
class Sender:
    """Who has handed a file in.

    Attributes:
        system: whose word it is: `CANVAS`, `MOODLE`, `GITHUB`, or `NAMED` for a folder or file
            that the instructor has named.
        label: the name that says it.
        name: the person's name, as the LMS writes it, or the login.
        number: the LMS's number of the person.
        late: whether Canvas says that it is late.
        order: Canvas's number of the file: a later one is larger.
    """

    system: str
    label: str
    name: str
    number: str = ""
    late: bool = False
    order: int = 0

    def __str__(self) -> str:
        return f"{self.name} ({self.system})"


@dataclass(frozen=True)
class Label:
    """What `course submit` calls a folder and an archive: the id and the time of its student."""

    typed: str
    time: str


def of_lms(name: str) -> Sender | None:
    """Who handed in a file or folder of this name, where Canvas or Moodle has named it."""
    if found := _MOODLE.fullmatch(name):
        return Sender(MOODLE, name, found["name"], found["number"])
    if found := _CANVAS.fullmatch(name):
        late, order = found["late"] is not None, int(found["order"])
        return Sender(CANVAS, name, found["name"], found["number"], late, order)
    return None


def label(name: str) -> Label | None:
    """What a name says that `course submit` made, or a browser from it."""
    found = _LABEL.fullmatch(name)
    return Label(found["id"], found["time"]) if found else None


def listed(name: str, roster: Roster) -> Person | None:
    """The one person whom the roster knows by this text: id, address, login or name."""
    found = roster.with_id(name) or roster.with_email(name) or roster.with_github(name)
    named = roster.named(name)
    return found or (named[0] if len(named) == 1 else None)


def person(sender: Sender, roster: Roster, typed: Collection[str]) -> Person:
    """Whose work it is.

    A typed id decides only between people of one name.

    Args:
        sender: as the LMS says.
        roster: of the class.
        typed: the ids that stand in the file.

    Raises:
        UndecidedError: when several people have the name.
        CourseError: when the roster does not say for certain; the text says what to do.
    """
    if sender.system == MOODLE:
        return _of_moodle(sender, roster, typed)
    if sender.system == CANVAS:
        return _of_canvas(sender, roster, typed)
    found = listed(sender.name, roster)
    if found is None:
        raise _unknown(sender, roster)
    return found


def is_same(typed: str, owner: Person) -> bool:
    """Whether a typed id means this person: the id, or another name that the roster has."""
    known = {owner.id, owner.email, owner.email.partition("@")[0], owner.lms_id, owner.github}
    return typed.casefold() in {text.casefold() for text in known if text}


def _of_canvas(sender: Sender, roster: Roster, typed: Collection[str]) -> Person:
    named = roster.named(sender.name)
    if by_number := roster.with_lms_id(sender.number):
        if named and by_number not in named:
            raise CourseError(
                f"Canvas's number {sender.number} is {by_number.id}'s in the roster, the name "
                f"{sender.name} is {named[0].id}'s. Put the roster right."
            )
        return by_number
    found = _one_of(named, sender, roster, typed)
    if found.lms_id:
        raise CourseError(
            f"Canvas's number is {sender.number}, in the roster {found.id} has {found.lms_id}. "
            "If it is the same person, put the number right there."
        )
    return found


def _of_moodle(sender: Sender, roster: Roster, typed: Collection[str]) -> Person:
    """The name is the person's, or stands behind that of a group (`Group 1-Ida Lovelace`)."""
    named = roster.named(sender.name)
    group, _, name = sender.name.partition("-")
    if not named and re.search(r"[\d ]", group):  # Anna-Lena is in no group Anna
        named = roster.named(name)
    return _one_of(named, sender, roster, typed)


def _one_of(named: list[Person], sender: Sender, roster: Roster, typed: Collection[str]) -> Person:
    if not named:
        raise _unknown(sender, roster)
    if len(named) > 1:
        meant = [each for each in named if any(is_same(text, each) for text in typed)]
        if len(meant) != 1:
            ids = ", ".join(each.id for each in named)
            raise UndecidedError(
                f"{sender.name} is the name of {ids}. Put the file into a folder that is named by "
                "the student's id, and collect again.",
                named,
            )
        named = meant
    return named[0]


def _unknown(sender: Sender, roster: Roster) -> CourseError:
    number = f" with the number {sender.number}" if sender.system == CANVAS else ""
    names = {each.name: each.id for each in roster if each.name}
    names |= {each.id: each.id for each in roster}
    near = difflib.get_close_matches(sender.name, names, n=1)
    like = f" The nearest is {near[0]}" if near else ""
    like += f" ({names[near[0]]})." if near and near[0] != names[near[0]] else "." * len(near)
    return CourseError(
        f"nobody in the roster is {sender.name}{number}.{like} Add the person there."
    )
