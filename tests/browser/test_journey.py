"""A class of one unit, from release to feedback: the student's pages and the instructor's.

Both work with the mouse and the keyboard in JupyterLab servers of their own, which share nothing
but nbgrader's exchange. The tests follow each other: each goes on where the one before stopped.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from zipfile import ZipFile

import nbformat
import pytest
import real_lab
from nbgrader.utils import get_username

from course_utils.authoring.answers import load
from course_utils.checks import exercises
from course_utils.demo.sample_class import filled, solutions, submissions, to_bytes
from course_utils.repository import repository, units

(UNIT,) = units(repository(), ["03"])
STUDENT = get_username()  # who hands in through the exchange is who the system says
COURSE = (sys.executable, "-m", "course_utils.cli")
SOLUTIONS = solutions(nbformat.read(UNIT.source, 4))
WRONG = {(answer.exercise, answer.misconception): answer.source for answer in load(UNIT).wrong}
HINTS = {
    (name, idea.name): idea.hint
    for name, exercise in exercises(UNIT.topic).items()
    for idea in exercise.misconceptions
}
TYPED = "conv_output_size"
ONCE = (TYPED, "padding once")
FLIPPED = ("conv2d", "kernel flipped")
COMMENT = "Nearly. Draw the kernel <and> the window side by side."


@pytest.fixture(scope="module")
def places(tmp_path_factory) -> SimpleNamespace:
    """The exchange, the instructor's course folder and the student's home."""
    root = tmp_path_factory.mktemp("journey")
    exchange, course = root / "exchange", root / "course"
    exchange.mkdir()
    exchange.chmod(0o777)
    shutil.copytree(UNIT.source.parent, course / "solutions" / UNIT.name)
    shutil.copy(UNIT.root / "nbgrader_config.py", course)
    home = root / "student"
    return SimpleNamespace(
        root=root,
        course=course,
        exchange=exchange,
        home=home,
        work=home / "course-work",
        environment={"COURSE_EXCHANGE": str(exchange)},
    )


@pytest.fixture(scope="module")
def formgrader(places, browser) -> Iterator:
    """Formgrader's frame in the instructor's JupyterLab, which runs in the course folder."""
    with (
        real_lab.running_lab(
            places.root / "instructor",
            browser,
            folder=places.course,
            environment=places.environment,
        ) as lab,
        lab.page() as page,
    ):
        choose(page, "Formgrader")
        yield page.frame_locator("iframe")


@pytest.fixture(scope="module")
def student(places, browser) -> Iterator:
    """The student's JupyterLab, as `course lab` starts it in the student's home."""
    with (
        real_lab.running_lab(
            places.root / "settings",
            browser,
            command=(*COURSE, "lab", "--"),
            folder=places.home,
            environment=places.environment,
        ) as lab,
        lab.page() as page,
    ):
        yield page


def choose(page, entry: str) -> None:
    """Choose an entry of JupyterLab's nbgrader menu."""
    page.get_by_role("menuitem", name="Nbgrader").click()
    page.get_by_role("menuitem", name=entry, exact=True).click()


def course(*arguments: str, folder: Path) -> str:
    """Run the `course` command in a folder; what it prints."""
    done = subprocess.run(
        [*COURSE, *arguments],
        cwd=folder,
        env=os.environ | {"COLUMNS": "200"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def press(formgrader, column: str, says: str) -> None:
    """Click the icon of a column in the only row of formgrader's table, and confirm."""
    formgrader.locator(f"#main-table td.{column} a").click()
    dialog = formgrader.locator(".modal.in")
    dialog.get_by_text(says).first.wait_for(timeout=60_000)
    dialog.get_by_text("OK", exact=True).click()
    dialog.wait_for(state="detached")


def test_the_instructor_generates_and_releases_the_unit(formgrader, places):
    press(formgrader, "assign", "Successfully created the student version")
    press(formgrader, "release", "Successfully released")
    formgrader.locator("#main-table td.status", has_text="released").wait_for()
    released = places.exchange / "medical-imaging" / "outbound" / UNIT.name
    assert [path.name for path in released.iterdir()] == [f"{UNIT.name}.ipynb"]


def test_course_lab_brings_all_lessons_and_says_nothing_of_an_error(student, places):
    found = {path.parent.name for path in places.work.glob("*/*.ipynb")}
    assert found == {unit.name for unit in units(repository())}
    said = (places.root / "settings" / "server.log").read_text(encoding="utf-8")
    assert not re.search(r"^\[[EW] |Traceback", said, flags=re.MULTILINE), said


def test_a_lesson_that_was_deleted_is_fetched_again(student, places):
    shutil.rmtree(places.work / UNIT.name)
    choose(student, "Assignment List")
    row = student.locator("#released_assignments_list .list_item", has_text=UNIT.name)
    row.get_by_role("button", name="Fetch").click()
    student.locator("#fetched_assignments_list", has_text=UNIT.name).wait_for()
    fetched = places.work / UNIT.name / f"{UNIT.name}.ipynb"
    assert nbformat.read(fetched, 4) == nbformat.read(UNIT.release, 4)


def open_lesson(page) -> None:
    """Open the notebook by double clicks in the file browser; wait for its kernel."""
    browser = page.locator(".jp-DirListing-content")
    browser.get_by_text(UNIT.name, exact=True).dblclick()
    browser.get_by_text(f"{UNIT.name}.ipynb", exact=True).dblclick()
    page.locator(".jp-NotebookPanel .jp-Cell").first.wait_for()
    page.evaluate(real_lab.KERNEL_INFO)


def cell(page, start: str):
    """The code cell whose source starts so."""
    sources = page.evaluate(
        "[...window.jupyterapp.shell.currentWidget.content.model.cells]"
        ".map(cell => cell.sharedModel.source)"
    )
    (index,) = [i for i, source in enumerate(sources) if source.startswith(start)]
    page.evaluate(
        "async index => { const notebook = window.jupyterapp.shell.currentWidget.content;"
        " notebook.activeCellIndex = index; await notebook.scrollToItem(index, 'center'); }",
        index,
    )
    return page.locator(f".jp-NotebookPanel .jp-Cell[data-windowed-list-index='{index}']")


def write(page, start: str, answer: str) -> None:
    """Replace a cell's text with the keyboard and run it."""
    cell(page, start).locator(".cm-content").click()
    page.keyboard.press("Control+a")
    for number, line in enumerate(answer.strip().splitlines()):
        if number:
            page.keyboard.press("Enter")
            page.keyboard.press("Shift+Home")  # the indentation that the editor has guessed
        page.keyboard.type(line) if line else page.keyboard.press("Delete")
    page.keyboard.press("Shift+Enter")


def run(page, start: str):
    """Run a cell with the keyboard."""
    found = cell(page, start)
    found.locator(".cm-content").click()
    page.keyboard.press("Shift+Enter")
    return found


def checked(page, name: str):
    """Run the check of an exercise; its report."""
    report = run(page, f"check.{name}(").locator(".cu-report")
    report.wait_for(timeout=30_000)
    return report


def test_a_wrong_answer_is_told_what_it_computes_and_the_right_one_has_full_marks(student, places):
    path = places.work / UNIT.name / f"{UNIT.name}.ipynb"
    answers = SOLUTIONS | {"conv2d": WRONG[FLIPPED]}
    del answers[TYPED]
    path.write_bytes(to_bytes(filled(nbformat.read(path, 4), answers)))
    open_lesson(student)
    run(student, "import numpy")
    write(student, f"def {TYPED}", WRONG[ONCE])
    report = checked(student, TYPED)
    assert report.get_by_text(HINTS[ONCE]).first.is_visible()
    assert "0.75 of 2 points" in report.text_content()
    write(student, f"def {TYPED}", SOLUTIONS[TYPED])
    report = checked(student, TYPED)
    report.get_by_text("2 of 2 points").wait_for()
    assert HINTS[ONCE] not in report.text_content()


def test_progress_in_the_notebook_and_in_the_terminal_say_what_passes(student, places):
    run(student, "def conv2d")
    checked(student, "conv2d")
    student.keyboard.press("Control+s")
    student.wait_for_function("!window.jupyterapp.shell.currentWidget.context.model.dirty")
    table = run(student, "from course_utils import progress").locator(".cu-progress")
    table.wait_for()
    said = course("progress", folder=places.home)
    for text in (" ".join(table.inner_text().split()), " ".join(said.split())):
        assert f"1 of {len(SOLUTIONS)}" in text
        assert "2 of 24" in text
        assert f"{UNIT.name}, padding_for: write your answer" in text


def validated(page) -> str:
    """Press nbgrader's Validate button in the notebook's toolbar; what its dialog says."""
    page.get_by_role("button", name="Validate").click()
    message = page.locator("#validation-message")
    message.wait_for(timeout=90_000)
    said = message.inner_text()
    page.locator(".jp-Dialog").get_by_role("button", name="OK").click()
    return said


def test_validate_names_the_cell_that_fails(student):
    said = validated(student)
    assert said.count("The following cell failed") == 1
    assert "check.conv2d(conv2d)" in said


def assignments(page):
    """The Assignment List, as it is now."""
    choose(page, "Assignment List")
    page.locator("#refresh_assignments_list").click()
    return page.locator("#submitted_assignments_list")


def test_the_submit_button_hands_in_what_was_saved(student, places):
    submitted = assignments(student)
    row = student.locator("#fetched_assignments_list .list_item", has_text=UNIT.name).first
    row.get_by_role("button", name="Submit").click()
    submitted.get_by_role("button", name="Fetch Feedback").wait_for()
    (inbound,) = (places.exchange / "medical-imaging" / "inbound").iterdir()
    sent = (inbound / f"{UNIT.name}.ipynb").read_bytes()
    assert sent == (places.work / UNIT.name / f"{UNIT.name}.ipynb").read_bytes()
    assert inbound.name.startswith(f"{STUDENT}+{UNIT.name}+")


def test_validate_is_content_with_the_corrected_notebook(student):
    student.locator(".lm-TabBar-tab", has_text=f"{UNIT.name}.ipynb").click()
    cell(student, "def conv2d").locator(".cm-content").click()
    student.keyboard.press("Control+a")
    student.keyboard.insert_text(SOLUTIONS["conv2d"])
    assert validated(student) == "Success! Your notebook passes all the tests."


def test_course_submit_packs_the_corrected_notebook(student, places):
    said = course("submit", "03", "--student", STUDENT, folder=places.home)
    (archive,) = places.home.glob("*.zip")
    assert f"Made {archive.name}" in said
    with ZipFile(archive) as packed:
        (name,) = packed.namelist()
        notebook = nbformat.reads(packed.read(name).decode("utf-8"), 4)
    assert solutions(notebook) == SOLUTIONS


def test_the_instructor_collects_and_autogrades(formgrader):
    press(formgrader, "collect", "Successfully collected")
    formgrader.locator("#main-table td.num-submissions a").click()
    press(formgrader, "autograde", "Successfully autograded")
    formgrader.locator("#main-table td.status", has_text="graded").wait_for()
    assert formgrader.locator("#main-table td.score").inner_text() == "18 / 24"


def test_the_instructor_comments_and_gives_points_by_hand(formgrader):
    open_submission(formgrader)
    assert formgrader.get_by_text(HINTS[FLIPPED]).first.is_visible()
    give(formgrader, "conv2d-comment", COMMENT)
    give(formgrader, "conv2d-test", "2.5")


def open_submission(formgrader) -> None:
    formgrader.get_by_role("link", name="Manual Grading").click()
    for _ in ("the unit", "its notebook"):
        formgrader.locator("#main-table").get_by_role("link", name=UNIT.name).click()
    formgrader.get_by_role("link", name="Submission #1").click()
    formgrader.locator("#conv2d-comment").wait_for()


def box(formgrader, field: str):
    """A field of formgrader's page, once it has come to life."""
    return formgrader.locator(f"[id='{field}'][placeholder]")


def written(formgrader, field: str) -> str:
    """What is in a field of formgrader's page."""
    return box(formgrader, field).input_value()


def give(formgrader, field: str, value: str) -> None:
    """Type into a field of formgrader, leave it, and see that it was saved."""
    found = box(formgrader, field)
    found.fill(value)
    found.press("Escape")
    found.locator("xpath=ancestor::*[contains(@class, 'nbgrader_cell')]").locator(
        ".glyphicon-ok"
    ).first.wait_for()


def test_feedback_is_generated_and_released(formgrader):
    formgrader.get_by_role("link", name="Manual Grading").click()
    formgrader.get_by_role("link", name="Manage Assignments").click()
    press(formgrader, "generate-feedback", "Successfully generated feedback")
    press(formgrader, "release-feedback", "Successfully released feedback")


def test_the_student_fetches_the_feedback_and_reads_points_hint_and_comment(student):
    submitted = assignments(student)
    submitted.get_by_text("feedback available to fetch").wait_for()
    submitted.get_by_role("button", name="Fetch Feedback").click()
    submitted.get_by_text("view feedback").click()
    student.locator(".jp-DirListing-content").get_by_text(f"{UNIT.name}.html").dblclick()
    page = student.frame_locator(".jp-HTMLViewer iframe")
    page.get_by_role("heading", name=f"{UNIT.name}: feedback").wait_for()
    assert page.locator(".total").inner_text() == f"{STUDENT} · 20.5 of 24 points"
    page.get_by_role("link", name="conv2d").click()
    section = page.locator("section#conv2d")
    assert "2.5 of 6 points, given by hand" in section.locator("header").inner_text()
    assert section.get_by_text(HINTS[FLIPPED]).first.is_visible()
    assert section.locator(".comment").inner_text() == COMMENT


def test_grading_the_whole_class_keeps_comment_and_points_given_by_hand(formgrader, places):
    notebooks = (nbformat.read(path, 4) for path in (UNIT.source, UNIT.release))
    for submission in submissions(*notebooks, load(UNIT).wrong):
        if submission.student in ("chiara", "deniz", "fatou"):
            folder = places.course / "submitted" / submission.student / UNIT.name
            folder.mkdir(parents=True)
            (folder / f"{UNIT.name}.ipynb").write_bytes(submission.content)
    course("grade", "03", "--again", folder=places.course)
    formgrader.locator("#main-table td.num-submissions a").click()
    row = formgrader.locator("#main-table tr", has_text=STUDENT)
    assert row.locator("td.score").inner_text() == "20.5 / 24"
    assert row.locator("td.status").inner_text() == "needs manual grading"
    row.get_by_role("link", name="None, None").click()
    formgrader.get_by_role("link", name=UNIT.name).last.click()
    assert written(formgrader, "conv2d-comment") == COMMENT
    assert written(formgrader, "conv2d-test") == "2.5"
    feedback = places.course / "feedback" / STUDENT / UNIT.name / f"{UNIT.name}.html"
    assert "2.5 of 6 points, given by hand" in feedback.read_text(encoding="utf-8")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_class_report_says_who_passed_who_erred_and_who_has_no_grade(browser, places, theme):
    page = browser.new_page(color_scheme=theme, viewport={"width": 1100, "height": 1400})
    errors = real_lab.watch(page, "file:")
    page.goto((places.course / f"class-report-{UNIT.name}.html").as_uri())
    assert cells(page, "exercises", "conv2d")[1] == "1 of 3 (33 %)"
    assert cells(page, "misconceptions", FLIPPED[1])[2] == "2"
    assert "cannot read your answer" in cells(page, "unchecked", "deniz")[1]
    assert cells(page, "failed", "fatou")[1].startswith("malformed notebook")
    assert real_lab.barriers(page) == []
    assert errors == []
    page.close()


def cells(page, table: str, text: str) -> list[str]:
    """The row of one of the report's tables that has this text in a cell."""
    row = page.locator(f"[aria-labelledby='{table}'] tbody tr", has_text=text)
    return row.first.locator("th, td").all_inner_texts()
