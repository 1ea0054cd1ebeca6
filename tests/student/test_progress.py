"""`course progress`: what a student's saved notebooks say of the exercises."""

import nbformat
import pytest

from course_utils import cli
from course_utils.checks import exercises
from course_utils.checks.core.report import MIME
from course_utils.errors import CourseError
from course_utils.repository import repository, units
from course_utils.student import progress

ROOT = repository()
(UNIT,) = units(ROOT, ["03"])
CHECKS = exercises(UNIT.topic)
FULL = sum(check.points for check in CHECKS.values())


def perfect(name):
    points = CHECKS[name].points
    return {"exercise": name, "earned": points, "points": points, "problem": "", "cases": []}


@pytest.fixture
def work(tmp_path):
    """Writes a student's notebook: the records of its checks, and cells that ran again."""

    def write(records, again=(), unit=UNIT):
        notebook = nbformat.read(unit.release, as_version=4)
        for cell in notebook.cells:
            marks = cell.metadata.get("nbgrader", {})
            name = marks.get("grade_id", "").removesuffix("-test")
            if marks.get("solution"):
                cell.execution_count = 9 if name in again else 1
            if marks.get("grade") and name in records:
                cell.execution_count = 2
                data = {MIME: records[name], "text/plain": str(records[name]["earned"])}
                cell.outputs = [nbformat.v4.new_output("execute_result", data, execution_count=2)]
        path = tmp_path / unit.name / f"{unit.name}.ipynb"
        path.parent.mkdir(exist_ok=True)
        nbformat.write(notebook, path)
        return tmp_path

    return write


def test_a_fresh_copy_has_no_points_and_starts_with_the_first_exercise(work):
    found = progress.show(work({}))
    assert found.lessons[0].points == FULL
    assert found.lessons[0].earned == 0
    assert found.next_step.startswith(f"{UNIT.name}, conv_output_size: write your answer")


def test_full_marks_everywhere_leave_nothing_but_handing_in(work):
    found = progress.show(work({name: perfect(name) for name in CHECKS}))
    assert found.lessons[0].passed == len(CHECKS)
    assert list(found) == [(UNIT.name, f"{len(CHECKS)} of {len(CHECKS)}", f"{FULL:g} of {FULL:g}")]
    assert "course submit" in found.next_step


def test_the_hint_of_the_first_open_exercise_comes_next(work):
    report = CHECKS["conv2d"](lambda x, w, b, stride=1, padding=0: None)
    records = {name: perfect(name) for name in CHECKS} | {"conv2d": report.record()}
    found = progress.show(work(records))
    assert found.next_step.startswith(f"{UNIT.name}, conv2d: 0 of 6 points. ")
    assert "it came to no `return` with a value" in found.next_step


def test_an_exercise_that_is_not_written_counts_as_not_begun(work):
    def stub(*args, **options):
        raise NotImplementedError("This exercise has no answer yet.")

    records = {name: check(stub).record() for name, check in CHECKS.items()}
    found = progress.show(work(records))
    assert found.lessons[0].earned == 0
    assert found.next_step.startswith(f"{UNIT.name}, conv_output_size: write your answer")


def test_an_answer_that_ran_after_its_check_must_be_checked_again(work):
    records = {name: perfect(name) for name in CHECKS}
    found = progress.show(work(records, again=["pad2d"]))
    assert found.lessons[0].passed == len(CHECKS) - 1
    assert "pad2d: the answer ran again after its check" in found.next_step


def test_several_units_add_up_and_the_begun_one_goes_on(work):
    other = units(ROOT, ["04"])[0]
    work({}, unit=UNIT)
    first = next(iter(exercises(other.topic).values()))
    record = {"earned": first.points, "points": first.points, "problem": "", "cases": []}
    found = progress.show(work({first.name: record}, unit=other))
    assert [row[0] for row in found] == [UNIT.name, other.name, "all units"]
    assert found.next_step.startswith(other.name)


def test_exercises_whose_cells_are_gone_are_not_passed(work):
    """Half of the labels lost: nobody is told to hand in."""
    folder = work({name: perfect(name) for name in CHECKS})
    path = folder / UNIT.name / f"{UNIT.name}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id", "").startswith(("conv2d", "pad2d")):
            del cell.metadata["nbgrader"]
    nbformat.write(notebook, path)
    found = progress.show(folder)
    count = len(CHECKS)
    assert [row[1] for row in found] == [f"{count - 2} of {count}"]
    assert found.next_step.startswith(f"{UNIT.name}, pad2d: its check is not in the notebook")
    for cell in notebook.cells:
        cell.metadata.pop("nbgrader", None)
    nbformat.write(notebook, path)
    assert [row[1] for row in progress.show(folder)] == [f"0 of {count}"]


def test_a_damaged_notebook_is_named(work):
    folder = work({})
    (folder / UNIT.name / f"{UNIT.name}.ipynb").write_text('{"cells": [')
    assert progress.show(folder).next_step.startswith(f"{UNIT.name}: the notebook cannot be read")


def test_sources_of_instructors_are_no_work():
    assert progress.show(ROOT / "solutions").lessons == ()


def test_a_notebook_shows_its_own_work_folder(work, monkeypatch):
    monkeypatch.chdir(work({}) / UNIT.name)
    found = progress.show()
    assert [lesson.unit for lesson in found.lessons] == [UNIT.name]
    page = found._repr_html_()
    assert f"<th scope='row'>{UNIT.name}</th>" in page
    assert repr(found).endswith(f"Next: {found.next_step}")


def test_the_command_prints_the_table_or_what_to_do(work, capsys, tmp_path):
    assert cli.main(["progress", "--work", str(work({}))]) == 0
    assert UNIT.name in capsys.readouterr().out
    assert cli.main(["progress", "--work", str(tmp_path / "none")]) == 1
    assert "Name your work folder" in capsys.readouterr().err
    with pytest.raises(CourseError):
        progress.show(tmp_path / "none")


def class_of(tmp_path, text):
    """A student's repository around the work folder, with its due dates."""
    (tmp_path / "notebooks" / UNIT.name).mkdir(parents=True)
    (tmp_path / "class.toml").write_text(text, encoding="utf-8")


def test_due_dates_of_the_course_around_are_shown(work, tmp_path, capsys):
    folder = work({})
    assert "due" not in repr(progress.show(folder))
    class_of(
        tmp_path,
        f'timezone = "Europe/Berlin"\npenalty = "10% per day"\n[units.{UNIT.name}]\n'
        "due = 2026-12-01\ngrace = 1\n",
    )
    said = f"{UNIT.name}: due 2026-12-01 23:59 CET; 1 day of grace; late work loses 10% per day"
    assert said in repr(progress.show(folder))
    assert said in progress.show(folder)._repr_html_()
    assert cli.main(["progress", "--work", str(folder)]) == 0
    assert said in " ".join(capsys.readouterr().out.split())


def test_due_dates_that_cannot_be_read_hide_nothing_else(work, tmp_path):
    folder = work({})
    class_of(tmp_path, "due = soon")
    found = progress.show(folder)
    assert "Due dates cannot be read. class.toml is not written as expected" in repr(found)
    assert f"0 of {FULL:g}" in repr(found)
