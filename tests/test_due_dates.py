"""What is due when, in the class's time zone, and what late work costs."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from course_utils.class_file import DueDates, for_students, parsed, read
from course_utils.due_dates import Penalty, Span, Zone
from course_utils.errors import CourseError

BERLIN = 'timezone = "Europe/Berlin"\n'
UNIT = "03-convolution"


def dates(*lines: str, head: str = BERLIN) -> DueDates:
    return parsed("\n".join([head, f"[units.{UNIT}]", *lines]))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("2026-12-01", "2026-12-01 22:59:59"),
        ('"2026-12-01"', "2026-12-01 22:59:59"),
        ("2026-07-01", "2026-07-01 21:59:59"),
        ("2026-12-01T18:00:00", "2026-12-01 17:00:00"),
        ("2026-12-01 18:00:00", "2026-12-01 17:00:00"),
        ('"2026-12-01 18:00"', "2026-12-01 17:00:00"),
        ("2026-12-01T18:00:00Z", "2026-12-01 18:00:00"),
        ('"2026-12-01T18:00-05:00"', "2026-12-01 23:00:00"),
        ("2026-10-25", "2026-10-25 22:59:59"),  # clocks go back in that night
        ('"2026-10-25 02:30"', "2026-10-25 01:30:00"),  # twice on the clock: the later one
        ('"2026-03-29 02:30"', "2026-03-29 01:30:00"),  # never on the clock
    ],
)
def test_a_date_is_the_end_of_its_day_in_the_zone_of_the_class(written, instant):
    assert dates(f"due = {written}").rule(UNIT).due == utc(instant)


@pytest.mark.parametrize(
    ("came", "words"),
    [
        ("2026-12-01 22:59:59.900000", "on time"),
        ("2026-12-01 23:00:00", "1 day late"),
        ("2026-12-02 22:59:59", "1 day late"),
        ("2026-12-02 23:00:00", "2 days late"),
        ("2027-01-31 12:00:00", "61 days late"),
    ],
)
def test_a_started_day_counts(came, words):
    rule = dates("due = 2026-12-01").rule(UNIT)
    assert rule.lateness("ida", datetime.fromisoformat(came)).words == words


@pytest.mark.parametrize(
    ("due", "came", "days"),
    [
        ("2026-10-24", "2026-10-25 22:30:00", 1),  # a day of 25 hours
        ("2026-10-24", "2026-10-25 23:00:00", 2),
        ("2026-03-28", "2026-03-29 21:59:59", 1),  # a day of 23 hours
        ("2026-03-28", "2026-03-29 22:00:00", 2),
    ],
)
def test_a_day_ends_with_the_day_when_clocks_change(due, came, days):
    rule = dates(f"due = {due}").rule(UNIT)
    assert rule.lateness("ida", datetime.fromisoformat(came)).days == days


@pytest.mark.parametrize(
    ("grace", "came", "words"),
    [
        ("2", "2026-12-03 22:59:59", "in grace"),
        ("2", "2026-12-03 23:00:00", "1 day late"),
        ('"2 days"', "2026-12-04 23:00:00", "2 days late"),
        ('"12 hours"', "2026-12-02 10:59:59", "in grace"),
        ('"12 hours"', "2026-12-02 11:00:00", "1 day late"),
        ('"30 minutes"', "2026-12-01 23:29:59", "in grace"),
        ("0", "2026-12-01 23:00:00", "1 day late"),
    ],
)
def test_days_count_from_the_end_of_the_grace(grace, came, words):
    rule = dates("due = 2026-12-01", f"grace = {grace}").rule(UNIT)
    assert rule.lateness("ida", datetime.fromisoformat(came)).words == words


def test_an_extension_is_the_due_date_of_one_student():
    rule = dates(
        *("due = 2026-12-01", "grace = 1", f"[units.{UNIT}.extensions]"),
        *("ida = 2026-12-08", '"jon.k@x.org" = "3 days"', "kim = 2026-11-01"),
    ).rule(UNIT)
    came = datetime(2026, 12, 5, 22, 59, 59)
    assert rule.lateness("ida", came).words == "on time"
    assert rule.lateness("ida", came).extended
    assert rule.lateness("jon.k@x.org", came).words == "in grace"
    assert rule.lateness("jon.k@x.org", came + timedelta(seconds=1)).words == "1 day late"
    assert rule.lateness("kim", came) == rule.lateness("lea", came)  # it never shortens
    assert rule.lateness("lea", came).words == "3 days late"


def test_what_a_unit_does_not_say_is_the_classs():
    found = parsed(
        f'{BERLIN}grace = 1\npenalty = "zero"\n[units.01-a]\ndue = 2026-12-01\n'
        '[units.02-b]\ndue = 2026-12-01\ngrace = 0\npenalty = "none"\n'
    )
    assert (found.rule("01-a").grace.days, found.rule("01-a").penalty.text) == (1, "zero")
    assert (found.rule("02-b").grace.days, found.rule("02-b").penalty.text) == (0, "none")
    assert found.rule("03-c").due is None
    assert found.rule("03-c").lateness("ida", datetime(2026, 12, 9)).words == ""


def test_who_came_at_an_unknown_time_is_not_late():
    lateness = dates("due = 2026-12-01").rule(UNIT).lateness("ida", None)
    assert (lateness.words, lateness.days) == ("time unknown", 0)


@pytest.mark.parametrize(
    ("written", "days", "lost"),
    [
        ("none", 9, 0),
        ("zero", 0, 0),
        ("zero", 1, 16),
        ("10% per day", 1, 2.4),
        ("10 % a day", 3, 7.2),
        ("2.5% per day", 2, 1.2),
        ("1 point per day", 4, 4),
        ("2 points per day", 9, 16),
        ("50% per day", 2, 16),
    ],
)
def test_a_penalty_never_takes_more_than_was_earned(written, days, lost):
    assert Penalty.of(written).points(days, earned=16, maximum=24) == lost


def test_a_rule_is_told_in_words():
    rule = dates("due = 2026-12-01", "grace = 1", 'penalty = "10% per day"').rule(UNIT)
    assert rule.words() == "2026-12-01 23:59 CET; 1 day of grace; late work loses 10% per day"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["due = 2026-13-01"], "not written as expected"),
        (["due = 2026-12-01 18:00"], "not written as expected"),
        (["due ="], "not written as expected"),
        (['due = "1.12.2026"'], r"units\.03-convolution\.due: expected a date"),
        (['due = "soon"'], "got 'soon'"),
        (["due = 20261201"], "expected a date"),
        (["due = 18:00:00"], "expected a date"),
        (["due = 1026-12-01"], "expected a date"),
        (["duee = 2026-12-01"], "expected one of due, grace, penalty, extensions"),
        (["grace = -1"], "expected days such as 2"),
        (["grace = true"], "expected days"),
        (["grace = 1.5"], "expected days"),
        (['penalty = "10"'], "10% per day"),
        (["penalty = 10"], "10% per day"),
        (["extensions = { ida = 2026-12-08 }"], "the unit has no due date"),
        (["due = 2026-12-01", "extensions = 3"], "expected a table"),
        (["due = 2026-12-01", 'extensions = { "=1+1" = 2026-12-08 }'], "cannot be a student's id"),
        (["due = 2026-12-01", "extensions = { jon.k = 2026-12-08 }"], "in quotes"),
        (["due = 2026-12-01", 'extensions = { ida = "later" }'], r"extensions\.ida: expected"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_place(lines, said):
    with pytest.raises(CourseError, match=said):
        dates(*lines)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('timezone = "Berlin"', "no time zone 'Berlin'"),
        ('timezone = "../../etc/passwd"', "no time zone"),
        ("timezone = 1", "expected a name"),
        ('zone = "UTC"', "expected one of timezone, grace, penalty, units"),
        ("units = 3", "expected a table"),
        ("[units]\n03-convolution = 2026-12-01", "expected a table"),
    ],
)
def test_so_is_what_cannot_be_meant_of_the_class(text, said):
    with pytest.raises(CourseError, match=said):
        parsed(text)


def test_a_unit_that_there_is_not_is_refused(tmp_path):
    (tmp_path / "solutions" / UNIT).mkdir(parents=True)
    (tmp_path / "class.toml").write_text("[units.03-convolutoin]\ndue = 2026-12-01\n")
    with pytest.raises(CourseError, match=r"'03-convolutoin'\. The units are: 03-convolution\."):
        read(tmp_path)


def test_the_file_of_an_editor_on_windows_is_read(tmp_path):
    text = f"{BERLIN}[units.{UNIT}]\ndue = 2026-12-01\n".replace("\n", "\r\n")
    (tmp_path / "class.toml").write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert read(tmp_path).rule(UNIT).due == utc("2026-12-01 22:59:59")
    (tmp_path / "class.toml").write_bytes(text.encode("utf-16"))
    with pytest.raises(CourseError, match="UTF-8"):
        read(tmp_path)


def test_without_a_file_nothing_is_due(tmp_path):
    assert read(tmp_path) == DueDates()
    assert read(tmp_path).rule(UNIT).due is None
    (tmp_path / "class.toml").mkdir()
    with pytest.raises(CourseError, match="cannot be read"):
        read(tmp_path)


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a process is set on POSIX only")
def test_without_a_zone_it_is_that_of_the_machine(monkeypatch):
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    try:
        found = dates("due = 2026-07-01", head="")
        assert found.rule(UNIT).due == utc("2026-07-02 03:59:59")
        assert found.zone.text(found.rule(UNIT).due) == "2026-07-01 23:59 EDT"
        assert "of this machine" in str(found.zone)
    finally:
        monkeypatch.undo()
        time.tzset()


def test_students_get_the_dates_and_nobodys_extension(tmp_path):
    whole = dates(
        *("due = 2026-12-01", 'grace = "12 hours"', 'penalty = "zero"'),
        *(f"[units.{UNIT}.extensions]", "ida = 2026-12-08"),
    )
    text = for_students(whole)
    assert "ida" not in text
    published, rule = parsed(text).rule(UNIT), whole.rule(UNIT)
    assert (published.due, published.grace, published.penalty) == (
        *(rule.due, rule.grace, rule.penalty),
    )
    assert published.extensions == {}


def test_a_span_by_the_calendar_is_no_number_of_hours():
    zone, start = Zone("Europe/Berlin"), utc("2026-10-24 21:59:59")
    assert Span.of("1 day").after(start, zone) - start == timedelta(hours=25)
    assert Span.of("24 hours").after(start, zone) - start == timedelta(hours=24)
