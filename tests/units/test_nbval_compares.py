"""nbval compares for real: one changed number in a stored output fails it."""

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

ROOT = Path(__file__).resolve().parents[2]
REPORT = (
    "from course_utils.checks.core import Exercise, ValueCase, call\n"
    "Exercise('half', 2, lambda x: x / 2, (ValueCase('one', (call(1.0),)),))(lambda x: {answer})"
)


def run_nbval(folder: Path, stream: str, result: str, answer: str) -> subprocess.CompletedProcess:
    printed = new_code_cell("print(6 * 7)", execution_count=1)
    printed.outputs = [new_output("stream", name="stdout", text=stream)]
    valued = new_code_cell("1 / 4", execution_count=2)
    valued.outputs = [new_output("execute_result", data={"text/plain": result}, execution_count=2)]
    reported = new_code_cell(REPORT.format(answer=answer), execution_count=3)
    scope = {}
    code, _, expression = REPORT.format(answer="x / 2").rpartition("\n")
    exec(code, scope)  # noqa: S102 - our own three lines
    report = eval(expression, scope)  # noqa: S307
    data = report._repr_mimebundle_()
    reported.outputs = [new_output("execute_result", data=data, execution_count=3)]
    notebook = new_notebook(cells=[printed, valued, reported])
    nbformat.write(notebook, folder / "lesson.ipynb")
    command = [sys.executable, "-m", "pytest", "-c", "pyproject.toml", "--rootdir", str(ROOT)]
    return subprocess.run(
        [*command, "-n0", "-p", "no:cacheprovider", str(folder / "lesson.ipynb")],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "NO_COLOR": "1"},
        check=False,
    )


def test_right_outputs_pass(tmp_path):
    result = run_nbval(tmp_path, "42\n", "0.25", "x / 2")
    assert result.returncode == 0, result.stdout
    assert "3 passed" in result.stdout


@pytest.mark.parametrize(
    ("stream", "result", "answer"),
    [("43\n", "0.25", "x / 2"), ("42\n", "0.26", "x / 2"), ("42\n", "0.25", "x")],
    ids=["a printed number", "a value", "a report's points"],
)
def test_one_changed_number_fails(tmp_path, stream, result, answer):
    outcome = run_nbval(tmp_path, stream, result, answer)
    assert outcome.returncode == 1
    assert "1 failed, 2 passed" in outcome.stdout
