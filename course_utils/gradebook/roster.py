"""The class's list: who is in it, and by what names the LMS knows them.

`roster.csv` lies in the course folder. It may come from a spreadsheet or from an LMS, so its
columns are found by their names, in any order, and what separates them is found out.
"""

import codecs
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from course_utils.errors import CourseError
from course_utils.gradebook import raw_csv
from course_utils.student_ids import printable, suggested, unfit

FILE = "roster.csv"
"""The roster's name in the course folder."""

_COLUMNS = {
    "id": "id studentid matriculation matrikelnummer",
    "login": "sisloginid username login benutzername anmeldename nomdutilisateur nombredeusuario",
    "number": "sisuserid idnumber idnummer numerodidentification numerodeid",
    "name": "name fullname student vollstandigername nomcomplet nombrecompleto",
    "first": "firstname givenname vorname prenom nombre",
    "last": "lastname surname familyname nachname nomdefamille apellido apellidos",
    "lms_id": "lmsid lms canvasid canvasuserid moodleid moodleuserid userid",
    "email": "email emailaddress mail emailadresse courriel adressedecourriel direcciondecorreo",
    "identifier": "identifier",  # GitHub Classroom's, or a number of Moodle's beside an address
    "github": "github githubusername githubname",
}
"""Names of columns, in small letters without accents, spaces and signs."""

_FIELDS = {name: field for field, names in _COLUMNS.items() for name in names.split()}

_NOBODY = ("pointspossible", "studenttest", "teststudent")
"""Rows of Canvas's gradebook that are no student."""

_NUMBER = re.compile(r"(?:\w+ )?(\d+)(?:\.0)?")
"""`1815`, as Moodle's worksheets have it (`Participant 1815`), or a spreadsheet's `1815.0`."""


@dataclass(frozen=True)
class Person:
    """Somebody in the class.

    Attributes:
        id: what the course calls the person: folder, gradebook, pages.
        name: in the order of the list, such as `Lovelace, Ida`.
        lms_id: the number by which the LMS knows the person.
        email: the address.
        github: the user name on GitHub.
    """

    id: str
    name: str = ""
    lms_id: str = ""
    email: str = ""
    github: str = ""

    @property
    def first_and_last(self) -> tuple[str, str]:
        """First and last names, as far as the name's form tells them apart."""
        last, comma, first = self.name.partition(", ")
        if comma:
            return first, last
        first, _, last = self.name.rpartition(" ")
        return first, last


@dataclass(frozen=True)
class Roster:
    """The people of a class, in the order of the list; empty where there is no list."""

    people: tuple[Person, ...] = ()

    def __iter__(self) -> Iterator[Person]:
        return iter(self.people)

    def __len__(self) -> int:
        return len(self.people)

    def with_id(self, text: str) -> Person | None:
        """The person of this id, in small or capital letters."""
        return self._only("id", text)

    def with_lms_id(self, text: str) -> Person | None:
        """The person whom the LMS knows by this number."""
        return self._only("lms_id", text)

    def with_email(self, text: str) -> Person | None:
        """The person of this address."""
        return self._only("email", text)

    def with_github(self, text: str) -> Person | None:
        """The person of this user name on GitHub."""
        return self._only("github", text)

    def named(self, name: str) -> list[Person]:
        """Everybody of this name: first and last in any order, spaces, accents, case left out."""
        wanted = letters(name)
        return [person for person in self.people if wanted and letters(person.name) == wanted]

    def _only(self, field: str, text: str) -> Person | None:
        wanted = text.strip().casefold()
        found = [p for p in self.people if wanted and getattr(p, field).casefold() == wanted]
        return found[0] if len(found) == 1 else None


def letters(name: str) -> str:
    """What stays of a name whichever way an LMS writes it: its letters, sorted."""
    return "".join(sorted(plain(name)))


def of_course(root: Path) -> Roster:
    """The roster of a course folder; an empty one where there is no `roster.csv`.

    Raises:
        CourseError: see `read`.
    """
    path = root / FILE
    return read(path) if path.exists() else Roster()


def read(path: Path) -> Roster:
    """Read a roster: a CSV file with a row of column names, of which `id` is needed.

    Columns are separated by comma, semicolon or tab. The gradebook and lists of participants that
    Canvas, Moodle and GitHub Classroom export are read as they are: where there is no column `id`,
    the login is the id, else the student's number, else the e-mail address.

    Raises:
        CourseError: when the file cannot be read, or a row has no id, an unfit one, or another's.
    """
    rows = [row.values for row in _table(path).rows]
    named = next((i for i, row in enumerate(rows) if _ids(columns(row))), None)
    if named is None:
        raise CourseError(
            f"{path} has no column for the students' ids. Expected a first row such as "
            "id,name,lms_id,email."
        )
    fields = columns(rows[named])
    people, problems = [], []
    for number, row in enumerate(rows[named + 1 :], start=named + 2):
        values = {field: row[i].strip() for field, i in fields.items() if i < len(row)}
        if not any(values.values()) or plain(_name(values)) in _NOBODY:
            continue
        person = _person(values, _ids(fields))
        people.append(person)
        if why := "it has no id" if not person.id else unfit(person.id):
            instead = f"; {suggested(person.id)} would do" if person.id else ""
            problems.append(f"row {number} ({(person.id or person.name)[:64]}): {why}{instead}")
    for field in ("id", "lms_id"):
        problems += _twice(people, field)
    if problems:
        raise CourseError("\n  ".join([f"{path} cannot be used:", *map(printable, problems)]))
    return Roster(tuple(people))


def without(path: Path, student: str) -> bytes:
    """A roster's content without the row of a student; no other byte differs.

    Args:
        path: the roster.
        student: the id.

    Raises:
        CourseError: when the file cannot be read.
    """
    table = _table(path)
    fields: dict[str, int] = {}
    kept = []
    for row in table.rows:
        values = {field: row.values[i].strip() for field, i in fields.items() if i < len(row.raw)}
        if not fields:
            found = columns(row.values)
            fields = found if _ids(found) else {}
        elif _person(values, _ids(fields)).id == student:
            continue
        kept.append(row)
    table.rows = kept
    content = table.content()
    return content if table.mark else content.removeprefix(codecs.BOM_UTF8)


def _table(path: Path) -> raw_csv.RawTable:
    return raw_csv.read(path, lambda row: len(columns(row)))


def columns(row: Sequence[str]) -> dict[str, int]:
    """Which column holds what; where two do, the first."""
    found: dict[str, int] = {}
    for index, name in enumerate(row):
        if field := _FIELDS.get(plain(name)):
            found.setdefault(field, index)
    if "id" in found and ("login" in found or "number" in found) and "lms_id" not in found:
        found["lms_id"] = found.pop("id")  # Canvas: ID, SIS User ID, SIS Login ID
    return found


def _ids(fields: dict[str, int]) -> list[str]:
    return [field for field in ("id", "login", "number", "email", "identifier") if field in fields]


def _person(values: dict[str, str], ids: list[str]) -> Person:
    own = next((values[field] for field in ids if values.get(field)), "")
    own = unicodedata.normalize("NFKC", own)
    lms_id = values.get("lms_id", "")
    if number := _NUMBER.fullmatch(lms_id):
        lms_id = number[1]
    email, github = values.get("email", ""), values.get("github", "")
    return Person(own, _name(values), lms_id, email, github)


def _name(values: dict[str, str]) -> str:
    parts = (values.get("last", ""), values.get("first", ""))
    return " ".join((values.get("name") or ", ".join(filter(None, parts))).split())


def _twice(people: list[Person], field: str) -> list[str]:
    count = Counter(getattr(person, field).casefold() for person in people)
    return [f"{text} is the {field} of {n} rows" for text, n in count.items() if text and n > 1]


def plain(text: str) -> str:
    """Letters and digits only, small, without accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in apart if c.isalnum())
