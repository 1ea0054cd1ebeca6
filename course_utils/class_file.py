"""`class.toml` in the course folder: when work is due, and what late work costs."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path

from course_utils.due_dates import Penalty, Rule, Span, Zone
from course_utils.errors import CourseError
from course_utils.student_ids import unfit

FILE = "class.toml"

YEARS = range(2000, 2100)

END_OF_DAY = time(23, 59, 59)


@dataclass(frozen=True)
class DueDates:
    """All that `class.toml` says.

    Attributes:
        zone: the class's time zone.
        rules: of the units that it names.
        general: grace and penalty of the other units.
        written: whether there is such a file.
    """

    zone: Zone = field(default_factory=Zone)
    rules: Mapping[str, Rule] = field(default_factory=dict)
    general: Rule = field(default_factory=Rule)
    written: bool = False

    def rule(self, unit: str) -> Rule:
        """What holds for a unit; one that is not named has no due date."""
        return self.rules.get(unit, self.general)


def read(folder: Path) -> DueDates:
    """The due dates of the class in a course folder; none where there is no `class.toml`.

    Raises:
        CourseError: when the file cannot be read or says something that cannot be meant.
    """
    path = folder / FILE
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return DueDates()
    except UnicodeDecodeError:
        raise CourseError(f"{path} is not text in UTF-8. Save it in this encoding.") from None
    except OSError as error:
        raise CourseError(f"{path} cannot be read: {error.strerror}.") from None
    return parsed(text, units_in(folder))


def units_in(folder: Path) -> list[str]:
    """The names of the units of a course folder, from its sources or else its releases."""
    for place in ("solutions", "notebooks"):
        if found := sorted(path.name for path in (folder / place).glob("[0-9][0-9]-*")):
            return found
    return []


def parsed(text: str, units: Iterable[str] = ()) -> DueDates:
    """The due dates in the text of a `class.toml`.

    Args:
        text: of the file.
        units: those that it may name; any by default.

    Raises:
        CourseError: when it is no TOML, or says something that cannot be meant.
    """
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CourseError(
            f"{FILE} is not written as expected: {error}. A line is NAME = VALUE, text stands in "
            'quotes, and a time as in 2026-12-01 18:00:00 or "2026-12-01 18:00".'
        ) from None
    _known(found, "", ("timezone", "grace", "penalty", "units"))
    name = found.get("timezone", "")
    if not isinstance(name, str):
        raise _unexpected("timezone", 'a name such as "Europe/Berlin"', name)
    try:
        zone = Zone(name)
    except CourseError as error:
        raise CourseError(f"{FILE}, timezone: {error}") from None
    general = Rule(grace=_grace(found, ""), penalty=_penalty(found, ""), zone=zone)
    tables = found.get("units", {})
    if not isinstance(tables, dict):
        raise _unexpected("units", "a table such as [units.03-convolution]", tables)
    known = list(units)
    rules = {}
    for unit, table in tables.items():
        if known and unit not in known:
            names = ", ".join(known)
            raise CourseError(f"{FILE} names the unit {unit!r}. The units are: {names}.")
        if not isinstance(table, dict):
            raise _unexpected(f"units.{unit}", f"a table [units.{unit}]", table)
        rules[unit] = _rule(table, f"units.{unit}.", general)
    return DueDates(zone, rules, general, written=True)


def _rule(table: dict, where: str, general: Rule) -> Rule:
    _known(table, where, ("due", "grace", "penalty", "extensions"))
    zone = general.zone
    due = when(table["due"], zone, f"{FILE}, {where}due") if "due" in table else None
    extensions = table.get("extensions", {})
    if not isinstance(extensions, dict):
        raise _unexpected(f"{where}extensions", f"a table [{where}extensions]", extensions)
    if extensions and due is None:
        raise CourseError(f"{FILE}, {where}extensions: the unit has no due date. Name it as `due`.")
    grace = _grace(table, where) if "grace" in table else general.grace
    penalty = _penalty(table, where) if "penalty" in table else general.penalty
    until = {}
    for student, value in extensions.items():
        place = f"{FILE}, {where}extensions.{student}"
        if why := unfit(student):
            raise CourseError(f"{place}: {student!r} cannot be a student's id: {why}.")
        if isinstance(value, dict):
            raise CourseError(f"{place}: write an id with a dot in it in quotes.")
        span = Span.of(value) if due else None
        until[student] = span.after(due, zone) if span and due else when(value, zone, place)
    return Rule(due, grace, penalty, until, zone)


def when(value: object, zone: Zone, where: str) -> datetime:
    """The time in UTC that somebody wrote: a date is the end of that day in the zone.

    Args:
        value: a date or time, or text such as `2026-12-01`, `2026-12-01 18:00` or, with its own
            distance from UTC, `2026-12-01T18:00+01:00`.
        zone: where clocks are meant that no distance is given for.
        where: what it is, for the message.

    Raises:
        CourseError: when it is none.
    """
    found = moment(value.strip()) if isinstance(value, str) else value
    if type(found) is date:
        found = datetime.combine(found, END_OF_DAY)
    if not isinstance(found, datetime) or found.year not in YEARS:
        shown = value if isinstance(value, str) else str(value)
        raise CourseError(
            f"{where}: expected a date such as 2026-12-01 or 2026-12-01 18:00, got {shown!r}."
        )
    found = found.replace(microsecond=0)
    return zone.instant(found) if found.tzinfo is None else found.astimezone(UTC)


def moment(text: str) -> date | datetime | None:
    """The date or time that a text is in the form of ISO 8601; None where it is none."""
    for kind in (date, datetime):
        try:
            return kind.fromisoformat(text)
        except ValueError:
            continue
    return None


def _grace(table: dict, where: str) -> Span:
    value = table.get("grace", 0)
    found = Span.of(value)
    if found is None:
        raise _unexpected(f"{where}grace", 'days such as 2, or "12 hours"', value)
    return found


def _penalty(table: dict, where: str) -> Penalty | None:
    if "penalty" not in table:
        return None
    found = Penalty.of(table["penalty"])
    if found is None:
        expected = '"none", "zero", "10% per day" or "2 points per day"'
        raise _unexpected(f"{where}penalty", expected, table["penalty"])
    return found


def _known(table: dict, where: str, names: tuple[str, ...]) -> None:
    for name in table:
        if name not in names:
            expected = ", ".join(names)
            raise CourseError(f"{FILE}, {where}{name}: expected one of {expected}.")


def _unexpected(where: str, expected: str, value: object) -> CourseError:
    shown = value if isinstance(value, str) else str(value)
    return CourseError(f"{FILE}, {where}: expected {expected}, got {shown!r}.")


def around(folder: Path) -> DueDates:
    """The due dates that hold for a work folder: of the course that it lies in, or the installed.

    Raises:
        CourseError: see `read`.
    """
    here = folder.resolve()
    for place in (here, *here.parents, Path(__file__).resolve().parents[1]):
        if (place / FILE).is_file() and units_in(place):
            return read(place)
    return DueDates()


def for_students(dates: DueDates) -> str:
    """The text of a `class.toml` without extensions: whom a class gives more time is no news."""
    lines = ["# Due dates of this class. A student's own later date is on the feedback page."]
    if dates.zone.name:
        lines.append(f'timezone = "{dates.zone.name}"')
    for unit, rule in sorted(dates.rules.items()):
        lines += ["", f"[units.{unit}]"]
        if rule.due:
            lines.append(f"due = {dates.zone.iso(rule.due)}")
        if rule.grace.text:
            lines.append(f'grace = "{rule.grace.text}"')
        if rule.penalty:
            lines.append(f'penalty = "{rule.penalty.text}"')
    return "\n".join(lines) + "\n"
