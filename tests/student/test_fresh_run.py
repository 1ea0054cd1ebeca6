"""`course progress --run` says what the checks of a notebook say when it runs from the top."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from course_utils import cli
from course_utils.student import fresh_run
from course_utils.student.progress import Exercise, Lesson, Progress
from course_utils.student.summary import markdown

UNIT = "03-convolution"
STUB = "def conv_output_size(n, k, s=1, p=0, d=1):\n    raise NotImplementedError"
WRONG = "def conv_output_size(n, k, s=1, p=0, d=1):\n    return (n - k) // s + 1"


def marked(source: str, **marks) -> nbformat.NotebookNode:
    return new_code_cell(source, metadata={"nbgrader": marks | {"schema_version": 3}})


def write(folder, answer: str, *more: str):
    cells = [
        new_code_cell("from course_utils.checks import convolution as check"),
        marked(answer, grade_id="conv_output_size", solution=True, grade=False),
        marked(
            "check.conv_output_size(conv_output_size)",
            **{"grade_id": "conv_output_size-test", "points": 3, "solution": False, "grade": True},
        ),
        *map(new_code_cell, more),
    ]
    path = folder / UNIT / f"{UNIT}.ipynb"
    path.parent.mkdir()
    nbformat.write(new_notebook(cells=cells), path)
    return path


@pytest.mark.slow
def test_it_runs_the_notebook_and_leaves_the_file_alone(tmp_path, capsys):
    path = write(tmp_path, WRONG, "1 / 0")
    before, summary = path.read_bytes(), tmp_path / "summary.md"
    summary.write_text("before\n")
    arguments = ["progress", "--run", "--work", str(tmp_path), "--summary", str(summary)]
    assert cli.main(arguments) == 0
    assert path.read_bytes() == before
    text = summary.read_text()
    assert text.startswith("before\n### 03-convolution: ")
    assert "| `conv_output_size` | 0.25 of 3 | Expected 2, got 1. |" in text
    assert "0.25 of 3 points. Expected 2, got 1." in capsys.readouterr().out


@pytest.mark.slow
def test_a_kernel_that_dies_is_told(tmp_path):
    write(tmp_path, WRONG, "import os; os._exit(1)")
    (lesson,) = fresh_run.run(tmp_path).lessons
    assert lesson.problem == "it did not run to its end (DeadKernelError)."
    assert lesson.exercises[0].earned is not None  # what its check had said before


def test_what_is_not_begun_does_not_run(tmp_path, capsys):
    write(tmp_path, STUB)
    assert cli.main(["progress", "--run", "--work", str(tmp_path)]) == 0
    assert capsys.readouterr().out == f"No answer is written in the notebooks of {tmp_path}.\n"


def test_a_notebook_that_cannot_be_read_is_named(tmp_path):
    write(tmp_path, STUB).write_text("{")
    (lesson,) = fresh_run.run(tmp_path).lessons
    assert "cannot be read" in lesson.problem


def test_a_hint_cannot_draw_anything_in_the_summary():
    hint = "a | b\n# c <img src=x> ![d](e)"
    text = markdown(
        Progress((Lesson(UNIT, (Exercise("one", 2.0, 1.0, hint), Exercise("two", 1))),))
    )
    rows = [line for line in text.splitlines() if line.startswith("| `")]
    assert rows == [
        "| `one` | 1 of 2 | a \\| b # c &lt;img src=x> &#33;\\[d](e) |",
        "| `two` | – of 1 |  |",
    ]
