"""Due dates and penalties: set at any time, shown everywhere, and nobody is graded anew."""

import csv
import json
import os
import re
import shlex
import shutil
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from nbformat.v4 import new_code_cell
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from nbgrader.plugins import CsvExportPlugin
from tiny_unit import ROOT, UNIT, cell_named, put_source

from course_utils import class_file, cli
from course_utils.demo.sample_class import to_bytes
from course_utils.gradebook.autograde import template_of
from course_utils.gradebook.classroom import Classroom, load_config
from course_utils.gradebook.options import GradingOptions
from course_utils.gradebook.writer import Writer
from course_utils.grading import course_grade
from course_utils.grading.course_grade import tasks_of
from course_utils.reports import class_report

pytestmark = pytest.mark.sandbox

CAME = {
    "ann": "2026-12-01 22:59:59 UTC",
    "bo": "2026-12-01 23:00:00 UTC",
    "cy": "2026-12-03 10:00:00 UTC",
    "dee": "",
}
LESSON = "03-convolution"  # in the guide
WITHOUT = {"ann": 6, "bo": 6, "cy": 6, "dee": 6}


@pytest.fixture(scope="module")
def graded(tmp_path_factory, source, released):
    """A course folder in which four students with right answers have been graded."""
    root = tmp_path_factory.mktemp("due") / "course"
    put_source(root, source)
    shutil.copy(ROOT / "nbgrader_config.py", root)
    classroom = Classroom(root, load_config(root))
    release = classroom.release(UNIT)
    for name, line in (("total", "sum(xs)"), ("largest", "max(xs)")):
        cell_named(release, name).source = f"def {name}(xs):\n    return {line}"
    for student, came in CAME.items():
        place = classroom.hand_in(student, UNIT, to_bytes(release))
        if came:
            (place.parent / "timestamp.txt").write_text(came)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        assert course_grade.run("01", [], 1) == 0
    return root


@pytest.fixture
def course(graded, tmp_path, monkeypatch):
    """A copy of that folder, as the working directory; no submission may be graded in it."""
    root = shutil.copytree(graded, tmp_path / "course")
    monkeypatch.chdir(root)
    monkeypatch.setattr(course_grade, "program", lambda builder: None)
    config = load_config(root)
    course = CourseDirectory(config=config)
    course.root = str(root)
    return SimpleNamespace(root=root, course=course, config=config)


def write(course, *lines):
    (course.root / "class.toml").write_text(
        "\n".join(['timezone = "Europe/Berlin"', f"[units.{UNIT}]", *lines]) + "\n"
    )


def run(*words):
    assert cli.main(["due", *words]) == 0


def points(course):
    """What counts: by grades.csv, by nbgrader's own exporter and on the feedback page."""
    with (course.root / "grades.csv").open(encoding="utf-8", newline="") as file:
        ours = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    stock = CsvExportPlugin(to=str(course.root / "stock.csv"))
    with Gradebook(course.course.db_url) as gradebook:
        stock.export(gradebook)
    with (course.root / "stock.csv").open(encoding="utf-8", newline="") as file:
        assert {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)} == ours
    for student, number in ours.items():
        assert f"<strong>{number:g} of 6 points</strong>" in page(course, student)
    return ours


def page(course, student):
    return (course.root / "feedback" / student / UNIT / f"{UNIT}.html").read_text("utf-8")


def test_points_follow_each_change_and_nobody_is_graded_anew(course, monkeypatch):
    monkeypatch.setattr(course_grade, "grade_all", None)
    run("01", "2026-12-01", "--penalty", "10% per day", "--timezone", "Europe/Berlin")
    assert points(course) == {"ann": 6, "bo": 5.4, "cy": 4.8, "dee": 6}
    run("01", "--penalty", "zero")
    assert points(course) == {"ann": 6, "bo": 0, "cy": 0, "dee": 6}
    run("01", "--grace", "12 hours")
    assert points(course) == {"ann": 6, "bo": 6, "cy": 0, "dee": 6}
    run("01", "3 days", "--students", "cy")
    assert points(course) == WITHOUT
    run("01", "none", "--students", "cy")
    assert points(course)["cy"] == 0
    run("01", "2026-12-05")
    assert points(course) == WITHOUT
    run("01", "none")
    assert points(course) == WITHOUT


def test_course_grade_follows_the_file_without_a_grader(course, monkeypatch, capsys):
    write(course, "due = 2026-12-01", 'penalty = "1 point per day"')
    assert course_grade.run("01", [], 1) == 0
    said = capsys.readouterr().out
    assert "4 of 4 submissions had been graded before" in said
    table = {line.split()[1]: line for line in said.splitlines() if line.startswith("│")}
    assert set(table) == {"bo", "cy"}
    assert "2 days late" in table["cy"]
    assert points(course) == {"ann": 6, "bo": 5, "cy": 4, "dee": 6}


def test_nbgraders_feedback_and_export_follow_the_file(course, nbgrader):
    write(course, "due = 2026-12-01", 'penalty = "1 point per day"')
    nbgrader("generate_feedback", UNIT, "--force", folder=course.root)
    nbgrader("export", folder=course.root)
    assert points(course) == {"ann": 6, "bo": 5, "cy": 4, "dee": 6}


def test_both_ways_make_the_same_page(course, nbgrader):
    write(course, "due = 2026-12-01", 'penalty = "1 point per day"')
    nbgrader("generate_feedback", UNIT, "--force", folder=course.root)
    theirs = [page(course, student) for student in CAME]
    shutil.rmtree(course.root / "feedback")
    run()
    assert [page(course, student) for student in CAME] == theirs


def test_students_read_when_it_was_due_and_what_it_cost(course):
    run("01", "2026-12-01", "--penalty", "10% per day", "--timezone", "Europe/Berlin")
    run("01", "2026-12-02", "--students", "bo")
    said = {student: page(course, student) for student in CAME}
    due = "due 2026-12-01 23:59 CET"
    assert f"Handed in 2026-12-01 23:59 CET, {due}: on time." in said["ann"]
    assert "due 2026-12-02 23:59 CET (extended): on time." in said["bo"]
    cost = "2 days late, 1.2 points less."
    assert f"Handed in 2026-12-03 11:00 CET, {due}: {cost}" in said["cy"]
    assert f"It is not known when this was handed in; it was {due}." in said["dee"]


def test_so_do_the_class_report_and_the_table(course):
    run("01", "2026-12-01", "--penalty", "zero", "--timezone", "Europe/Berlin")
    report = (course.root / f"class-report-{UNIT}.html").read_text("utf-8")
    assert "Due 2026-12-01 23:59 CET; late work has no points." in report
    found = class_report.summary(course.course, UNIT)
    assert [(e.student, e.late) for e in found.late] == [
        *(("bo", "1 day late"), ("cy", "2 days late"), ("dee", "time unknown")),
    ]
    with (course.root / "grades.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    assert rows["cy"]["deadline"] == "2026-12-01T23:59:59+01:00"
    assert rows["cy"]["late"] == "2 days late"
    assert float(rows["cy"]["raw_score"]) == 6
    assert float(rows["cy"]["late_submission_penalty"]) == 6


def test_points_given_by_hand_enter_the_penalty(course):
    run("01", "2026-12-01", "--penalty", "zero")
    with Gradebook(course.course.db_url) as gradebook:
        gradebook.find_grade("total-test", UNIT, UNIT, "cy").extra_credit = 3
        gradebook.find_comment("total", UNIT, UNIT, "ann").manual_comment = "Very neat."
        gradebook.db.commit()
    assert course_grade.run("01", [], 1) == 0
    assert points(course)["cy"] == 0
    assert "Very neat." in page(course, "ann")


def test_comments_stay_whoever_writes_the_file(course):
    text = (
        "# Term of spring.\r\ntimezone = 'Europe/Berlin' # ours\r\n\r\n"
        f"[units.{UNIT}] # the first\r\ndue = 2026-12-01\r\npenalty = 'zero'\r\n"
    )
    (course.root / "class.toml").write_bytes(text.encode())
    run("01", "2026-12-04", "--students", "cy")
    run("--grace", "1")
    written = (course.root / "class.toml").read_bytes().decode()
    lines = written.splitlines()
    assert [line for line in text.splitlines() if line not in lines] == []
    assert [line for line in lines if line not in text.splitlines()] == [
        *("grace = 1", f"[units.{UNIT}.extensions]", "cy = 2026-12-04"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"units = {{ {UNIT} = {{ due = 2026-12-01 }} }} # all\n# end\n",
        f"# a\nunits.{UNIT}.due = 2026-12-01 # b\n# c\n",
        f"[units]\n# a\n[units.{UNIT}]\n# b\ndue = 2026-12-01 # c\n# d\n",
        f"[units.{UNIT}]\ndue = 2026-12-01\nextensions = {{ ann = 2026-12-08 }} # a\n\n# b\n",
        f"[units.{UNIT}.extensions]\nann = 2026-12-08 # a\n[units.{UNIT}]\ndue = 2026-12-01 # b",
        f"[units.'{UNIT}']\n'due' = '2026-12-01' # a\n",
    ],
)
@pytest.mark.parametrize("words", [["2026-12-05"], ["2026-12-09", "--students", "cy", "x.y@z"]])
def test_however_the_file_is_written(repository, text, words):
    path = repository / "class.toml"
    path.write_text(text)
    run("01", *words)
    written = path.read_text()
    assert all(comment in written for comment in re.findall("#.*", text))
    rule = class_file.read(repository).rule(UNIT)
    if len(words) == 1:
        assert rule.due.day == 5
    else:
        assert {"cy", "x.y@z"} <= rule.extensions.keys()
        assert rule.due.day == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["01", "soon"], "expected a date"),
        (["01", "3 days"], "expected a date"),
        (["01", "--penalty", "10"], "10% per day"),
        (["01", "--grace", "-1"], "12 hours"),
        (["01", "2026-11-30", "--students", "cy"], "no extension for cy"),
        (["01", "2026-12-09", "--students", "=1+1"], "cannot be a student's id"),
        (["01", "--students", "cy"], "Name their date"),
        (["--timezone", "Berlin"], "no time zone 'Berlin'"),
        (["09", "2026-12-09"], "There is no unit '09'"),
    ],
)
def test_what_cannot_be_meant_changes_nothing(course, capsys, words, said):
    write(course, "due = 2026-12-01")
    before = (course.root / "class.toml").read_bytes()
    assert cli.main(["due", *words]) == 1
    assert said in capsys.readouterr().err
    assert (course.root / "class.toml").read_bytes() == before


def test_a_broken_file_stops_each_command_before_it_writes(course, nbgrader, capsys):
    write(course, "due = soon")
    before = (course.root / "gradebook.db").read_bytes()
    for command in (["due"], ["due", "01", "2026-12-01"], ["grade", "01"]):
        assert cli.main(command) == 1
        assert "class.toml is not written as expected" in capsys.readouterr().err
    done = NbGraderAPI(course.course, config=course.config).autograde(UNIT, "ann")
    assert not done["success"]
    assert "class.toml is not written as expected" in done["log"]
    pages = [page(course, student) for student in CAME]
    done = NbGraderAPI(course.course, config=course.config).generate_feedback(UNIT, force=True)
    assert not done["success"]
    assert "class.toml is not written as expected" in done["log"]
    assert [page(course, student) for student in CAME] == pages
    with pytest.raises(SystemExit):
        nbgrader("export", folder=course.root)
    assert (course.root / "gradebook.db").read_bytes() == before


def test_before_anything_is_released_no_gradebook_is_made(repository, capsys):
    assert cli.main(["due", "01", "2026-12-01"]) == 0
    assert "There is no gradebook yet." in capsys.readouterr().out
    assert not (repository / "gradebook.db").exists()


def set_due_in_gradebook(course, when):
    with Gradebook(course.course.db_url) as gradebook:
        gradebook.find_assignment(UNIT).duedate = when
        gradebook.find_submission(UNIT, "cy").extension = timedelta(days=3)
        gradebook.db.commit()


def test_dates_of_the_gradebook_count_until_there_is_a_file(course):
    set_due_in_gradebook(course, datetime(2026, 12, 1, 20))
    (course.root / "nbgrader_config.py").open("a").write(
        '\nc.LateSubmissionPlugin.penalty_method = "zero"\n'
    )
    assert course_grade.run("01", [], 1) == 0
    assert points(course) == {"ann": 0, "bo": 0, "cy": 6, "dee": 6}
    run("--timezone", "Europe/Berlin")  # takes them over
    assert points(course) == {"ann": 0, "bo": 0, "cy": 6, "dee": 6}
    assert "due = 2026-12-01T20:00:00Z" in (course.root / "class.toml").read_text()


def test_a_date_that_only_the_gradebook_has_is_told(course, capsys):
    set_due_in_gradebook(course, datetime(2026, 12, 1, 20))
    (course.root / "class.toml").write_text('timezone = "Europe/Berlin"\n')
    assert course_grade.run("01", [], 1) == 0
    assert "the gradebook has the due date 2026-12-01 21:00 CET" in capsys.readouterr().out
    with Gradebook(course.course.db_url) as gradebook:
        assert gradebook.find_assignment(UNIT).duedate is None
        assert gradebook.find_submission(UNIT, "cy").total_seconds_late == 0


def test_who_is_not_in_the_gradebook_is_named(course, capsys):
    write(course, "due = 2026-12-01", "extensions = { zoe = 2026-12-08 }")
    run()
    told = "zoe: has an extension, and neither gradebook nor roster has this id."
    assert told in capsys.readouterr().out
    (course.root / "roster.csv").write_text("id\nzoe\n")
    run()
    assert "zoe: has" not in capsys.readouterr().out


@pytest.mark.parametrize("damage", ["cut off", "an exercise that is gone"])
def test_a_graded_notebook_of_an_older_release_stops_nobody(course, damage):
    path = course.root / "autograded" / "ann" / UNIT / f"{UNIT}.ipynb"
    text = path.read_text("utf-8")
    changed = text[:100] if damage == "cut off" else text.replace('"total"', '"sum"')
    path.write_text(changed, encoding="utf-8")
    run("01", "2026-12-01", "--penalty", "zero", "--timezone", "Europe/Berlin")
    assert "2 days late, 6 points less." in page(course, "cy")


def test_a_page_that_cannot_be_written_stops_nobody(course, capsys):
    place = course.root / "feedback" / "bo" / UNIT / f"{UNIT}.html"
    place.unlink()
    place.mkdir()
    run("01", "2026-12-01", "--penalty", "zero", "--timezone", "Europe/Berlin")
    assert "bo: 01-sums: its feedback page cannot be written" in capsys.readouterr().out
    assert "2 days late, 6 points less." in page(course, "cy")
    assert course_grade.run("01", [], 1) == 1
    assert "bo" in capsys.readouterr().out


def test_the_same_work_handed_in_later_is_late(course):
    write(course, "due = 2026-12-01", 'penalty = "zero"')
    (course.root / "submitted" / "ann" / UNIT / "timestamp.txt").write_text(CAME["cy"])
    assert course_grade.run("01", [], 1) == 0
    assert points(course)["ann"] == 0
    (course.root / "submitted" / "ann" / UNIT / "timestamp.txt").unlink()
    assert course_grade.run("01", [], 1) == 0
    assert points(course)["ann"] == 6
    assert not (course.root / "autograded" / "ann" / UNIT / "timestamp.txt").exists()


@pytest.mark.parametrize("identifier", [None, "0a1b2c3d"])
def test_the_same_work_is_not_graded_anew_for_ids_that_jupyter_draws(course, identifier):
    path = course.root / "submitted" / "ann" / UNIT / f"{UNIT}.ipynb"
    notebook = json.loads(path.read_text("utf-8"))
    notebook["cells"].insert(1, new_code_cell("helper = 1", id="other"))

    def task():
        path.write_text(json.dumps(notebook), encoding="utf-8")
        return next(tasks_of(course.course, UNIT, ["ann"], GradingOptions()))

    before = task()
    if identifier:
        notebook["cells"][1]["id"] = identifier
    else:
        del notebook["cells"][1]["id"]
    after = task()
    assert (after.draw, after.fingerprint) == (before.draw, before.fingerprint)


def test_nor_for_a_cell_that_only_the_gradebook_knows(course, source):
    shorter = source.copy()
    shorter.cells = [c for c in source.cells if c is not cell_named(source, "largest")]
    (course.root / "solutions" / UNIT / f"{UNIT}.ipynb").write_bytes(to_bytes(shorter))
    assert template_of(course.course, UNIT) == template_of(course.course, UNIT)


def test_a_page_that_says_the_same_is_not_written_again(course):
    run("01", "2026-12-01", "--penalty", "zero")
    pages = [course.root / "feedback" / s / UNIT / f"{UNIT}.html" for s in CAME]
    for path in pages:
        os.utime(path, (1, 1))
    run("01", "2026-12-03", "--students", "bo")
    with Writer(course.course, course.config) as writer:
        assert writer.bring_up_to_date(UNIT)["bo"].late == "on time"
    assert [path.stat().st_mtime > 1 for path in pages] == [False, True, False, False]


def section(title):
    guide = (ROOT / "docs" / "instructors.md").read_text("utf-8")
    return guide.partition(f"\n## {title}\n")[2].partition("\n## ")[0].replace(LESSON, UNIT)


def test_each_command_of_the_guide_runs(course, capsys):
    block = re.search(r"```sh\n(.*?)```", section("Due dates"), re.DOTALL)[1]
    commands = [shlex.split(line, comments=True) for line in block.splitlines()]
    assert len(commands) == 8
    for program, *words in commands:
        assert program == "course"
        assert cli.main(words) == 0, words
    rule = class_file.read(course.root).rule(UNIT)
    assert rule.words() == "2026-12-01 18:00 CET; 12 hours of grace; late work loses 10% per day"
    assert set(rule.extensions) == {"ida", "kim"}


def test_so_does_the_file_of_the_guide():
    text = re.search(r"```toml\n(.*?)```", section("Due dates"), re.DOTALL)[1]
    rule = class_file.parsed(text, [UNIT]).rule(UNIT)
    assert rule.words() == "2026-12-01 23:59 CET; 12 hours of grace; late work has no points"
    assert set(rule.extensions) == {"ida", "kim.l@example.org"}
