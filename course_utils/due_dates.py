"""Due dates: when work is late by the clocks of a class, and what that costs.

People write dates as clocks show them; what is computed with is UTC.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from course_utils.errors import CourseError

NO_PENALTY, ZERO = "none", "zero"

_SPAN = re.compile(r"(\d{1,4}) ?(day|hour|minute)s?")
_PENALTY = re.compile(r"(\d{1,6}(?:\.\d+)?) ?(%|points?) (?:a|per) day")


@dataclass(frozen=True)
class Zone:
    """A time zone: `Europe/Berlin`, or that of this machine where it has no name."""

    name: str = ""

    def __post_init__(self) -> None:
        self._zone  # noqa: B018  (raises where there is none of that name)

    @property
    def _zone(self) -> ZoneInfo | None:
        try:
            return ZoneInfo(self.name) if self.name else None
        except (LookupError, ValueError, OSError):
            raise CourseError(
                f"There is no time zone {self.name!r}: expected a name such as Europe/Berlin."
            ) from None

    def instant(self, wall: datetime) -> datetime:
        """The time in UTC when clocks there show `wall`.

        Where clocks show it twice, or never since they are put forward, it is the later one.
        """
        both = (wall.replace(tzinfo=self._zone, fold=fold).astimezone(UTC) for fold in (0, 1))
        return max(both)

    def wall(self, instant: datetime) -> datetime:
        """What clocks there show, without a zone."""
        return instant.astimezone(self._zone).replace(tzinfo=None, fold=0)

    def text(self, instant: datetime) -> str:
        """A time as people read it: `2026-12-01 23:59 CET`."""
        local = instant.astimezone(self._zone)
        form = "%Y-%m-%d %H:%M" if local.second in (0, 59) else "%Y-%m-%d %H:%M:%S"
        return f"{local:{form}} {local.tzname()}"

    def iso(self, instant: datetime) -> str:
        """A time for programs, with its distance from UTC: `2026-12-01T23:59:59+01:00`."""
        return instant.astimezone(self._zone).isoformat(timespec="seconds")

    def __str__(self) -> str:
        return self.name or f"the time zone of this machine ({datetime.now().astimezone():%Z})"


@dataclass(frozen=True)
class Span:
    """How long: whole days by the calendar, or hours and minutes."""

    days: int = 0
    rest: timedelta = timedelta()
    text: str = ""

    @classmethod
    def of(cls, value: object) -> Self | None:
        """What was written: `2`, `2 days`, `12 hours` or `30 minutes`; None where it is none."""
        if type(value) is int and 0 <= value < 1000:
            value = f"{value} {'day' if value == 1 else 'days'}"
        found = _SPAN.fullmatch(value.strip()) if isinstance(value, str) else None
        if found is None:
            return None
        number, unit = int(found[1]), found[2]
        text = f"{number} {unit}{'' if number == 1 else 's'}" if number else ""
        if unit == "day":
            return cls(number, text=text)
        return cls(rest=timedelta(**{f"{unit}s": number}), text=text)

    def after(self, start: datetime, zone: Zone) -> datetime:
        """The time in UTC that comes so long after another one; a day may have 23 or 25 hours."""
        wall = zone.wall(start) + timedelta(days=self.days)
        return (zone.instant(wall) if self.days else start) + self.rest


@dataclass(frozen=True)
class Penalty:
    """What late work costs: nothing, all points, or some for each started day.

    Attributes:
        text: as it is written in the file.
        number: for each day, in points, or in percent of all points of the unit.
        percent: which of them.
    """

    text: str = NO_PENALTY
    number: float = 0.0
    percent: bool = False

    @classmethod
    def of(cls, value: object) -> Self | None:
        """What was written: `none`, `zero`, `10% per day` or `2 points per day`; else None."""
        text = value.strip() if isinstance(value, str) else ""
        if text in (NO_PENALTY, ZERO):
            return cls(text)
        found = _PENALTY.fullmatch(text)
        return cls(text, float(found[1]), found[2] == "%") if found else None

    def points(self, days: int, earned: float, maximum: float) -> float:
        """The points that are lost, never more than were earned.

        Args:
            days: started days after the days of grace.
            earned: points of the work.
            maximum: all points of the unit.
        """
        if not days:
            return 0.0
        lost = earned if self.text == ZERO else days * self.number
        if self.percent:
            lost *= maximum / 100
        return max(0.0, min(earned, round(lost, 6)))

    @property
    def words(self) -> str:
        """What late work does: `loses 10% per day`."""
        known = {NO_PENALTY: "loses no points", ZERO: "has no points"}
        return known.get(self.text, f"loses {self.text}")


@dataclass(frozen=True)
class Lateness:
    """When a work was due, and when it came; times in UTC.

    Attributes:
        due: the student's due date, with an extension; None where there is none.
        deadline: what comes until then loses nothing: the due date and the grace.
        came: when it was handed in, where that is known.
        days: started days after the deadline.
        extended: whether the student has an extension.
    """

    due: datetime | None = None
    deadline: datetime | None = None
    came: datetime | None = None
    days: int = 0
    extended: bool = False

    @property
    def in_grace(self) -> bool:
        """Whether it came after the due date and loses nothing."""
        return bool(self.due and self.came and not self.days and _second(self.came) > self.due)

    @property
    def seconds(self) -> float:
        """How long after the deadline it came; 0 until then."""
        if self.came is None or self.deadline is None:
            return 0.0
        return max(0.0, (self.came - self.deadline).total_seconds())

    @property
    def words(self) -> str:
        """`on time`, `in grace`, `2 days late` or `time unknown`; empty without a due date."""
        if self.due is None:
            return ""
        if self.came is None:
            return "time unknown"
        if self.days:
            return f"{self.days} {'day' if self.days == 1 else 'days'} late"
        return "in grace" if self.in_grace else "on time"


@dataclass(frozen=True)
class Rule:
    """What holds for one unit; times in UTC.

    Attributes:
        due: when the unit is due for all.
        grace: how much later work may come and loses nothing.
        penalty: what later work costs; None where the file does not say.
        extensions: due dates of single students.
        zone: of the class.
    """

    due: datetime | None = None
    grace: Span = field(default_factory=Span)
    penalty: Penalty | None = None
    extensions: Mapping[str, datetime] = field(default_factory=dict)
    zone: Zone = field(default_factory=Zone)

    def lateness(self, student: str, came: datetime | None) -> Lateness:
        """How late a student's work is.

        Args:
            student: the student's id.
            came: when it was handed in, in UTC, with or without a zone.
        """
        came = came.replace(tzinfo=UTC) if came else None
        if self.due is None:
            return Lateness(came=came)
        due = max(self.due, self.extensions.get(student, self.due))
        deadline = self.grace.after(due, self.zone)
        days = started_days(deadline, came, self.zone) if came else 0
        return Lateness(due, deadline, came, days, due > self.due)

    def words(self) -> str:
        """The rule in words; empty without a due date."""
        if self.due is None:
            return ""
        parts = [self.zone.text(self.due)]
        if self.grace.text:
            parts.append(f"{self.grace.text} of grace")
        if self.penalty is not None:
            parts.append(f"late work {self.penalty.words}")
        return "; ".join(parts)


def started_days(deadline: datetime, came: datetime, zone: Zone) -> int:
    """How many days after a deadline have begun when something came; 0 until the deadline.

    A day ends when clocks in the zone show the deadline's time again. Parts of a second are
    not counted.
    """
    came = _second(came)
    if came <= deadline:
        return 0
    wall = zone.wall(deadline)
    days = max(1, (zone.wall(came) - wall).days)
    while zone.instant(wall + timedelta(days=days)) < came:
        days += 1
    return days


def _second(instant: datetime) -> datetime:
    return instant.replace(microsecond=0)
