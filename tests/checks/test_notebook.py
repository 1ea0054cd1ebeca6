"""What a check knows of the notebook around it, in a real kernel, and elsewhere."""

import json
import subprocess
import sys
from types import SimpleNamespace

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from course_utils.checks.core import Exercise, ValueCase, call, notebook
from course_utils.checks.core.calls import where_it_stopped
from course_utils.checks.core.report import MIME

x = [1.0, 2.0]
NAMES = {"a": 1}
SHAPE = (2, 3)
same = Exercise("same", 1, lambda x: x, (ValueCase("one", call(1.0)),))

ANSWER = "def mse(prediction, target):\n    return "
CELLS = {
    "imports": "import numpy as np\nfrom course_utils.checks import losses as check",
    "first": f"{ANSWER}1.0",
    "broken": f"{ANSWER}float(np.mean((prediction - target)**2)",
    "stale": "check.mse(mse)",
    "mended": f"{ANSWER}2.0",
    "fresh": "check.mse(mse)",
    "needs": f"{ANSWER}log_softmax(prediction)",
    "needed": "check.mse(mse)",
    "interrupts": f"import signal\n{ANSWER}signal.raise_signal(signal.SIGINT)",
    "interrupted": "check.mse(mse)",
}
"""The cells of a notebook, by what each does."""


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    """The outputs of each cell as a kernel gave them, in a lesson's folder."""
    folder = tmp_path_factory.mktemp("work") / "02-losses"
    folder.mkdir()
    lesson = new_notebook(cells=[new_code_cell("!magic\n"), new_code_cell("from math import tau")])
    nbformat.write(lesson, folder / "02-losses.ipynb")
    cells = [new_code_cell(source) for source in CELLS.values()]
    client = NotebookClient(
        new_notebook(cells=cells), allow_errors=True, resources={"metadata": {"path": str(folder)}}
    )
    client.execute()
    return dict(zip(CELLS, (cell.outputs for cell in client.nb.cells), strict=True))


def html(outputs):
    (output,) = outputs
    assert MIME in output.data
    return output.data["text/html"]


class TestInAKernel:
    def test_after_a_syntax_error_the_check_says_that_it_sees_the_answer_as_it_was(self, executed):
        assert executed["broken"][0].ename == "SyntaxError"
        said = "The last run of the cell that defines mse ended with a SyntaxError"
        assert said in html(executed["stale"])

    def test_a_run_without_error_ends_that(self, executed):
        assert "SyntaxError" not in html(executed["fresh"])

    def test_a_missing_function_of_another_exercise_is_to_be_run(self, executed):
        assert "run the cell that defines log_softmax" in html(executed["needed"])

    def test_ctrl_c_shows_one_line_and_is_an_error_that_ends_run_all(self, executed):
        (output,) = executed["interrupted"]
        assert output.output_type == "error"
        assert output.traceback == ["Stopped by you; nothing was judged."]


class TestCellsThatPythonCannotRead:
    @pytest.fixture
    def shell(self, monkeypatch):
        """Stands for IPython's shell."""

        callbacks = {"post_run_cell": []}
        events = SimpleNamespace(
            callbacks=callbacks, register=lambda event, function: callbacks[event].append(function)
        )
        shell = SimpleNamespace(user_ns={}, events=events)
        module = SimpleNamespace(get_ipython=lambda: shell)
        monkeypatch.setitem(sys.modules, "IPython", module)
        monkeypatch.setattr(notebook, "_unreadable", {})
        return shell

    def ran(self, source, error=None):
        info = SimpleNamespace(raw_cell=source)
        notebook._after_cell(SimpleNamespace(error_before_exec=error, info=info))

    def test_it_listens_once(self, shell):
        notebook.watch_cells()
        notebook.watch_cells()
        assert shell.events.callbacks["post_run_cell"] == [notebook._after_cell]

    @pytest.mark.parametrize("kind", [SyntaxError, IndentationError])
    @pytest.mark.parametrize(
        "source", ["def same(x:\n    pass", "x = 3\nclass same(\n", "same = lambda x: )"]
    )
    def test_what_it_would_have_defined_is_remembered(self, shell, source, kind):
        def before(x):
            return x

        shell.user_ns["same"] = before
        self.ran(source, kind("invalid"))
        assert notebook.not_redefined(before).startswith("The last run of the cell that defines")
        assert kind.__name__ in same(before).notes[0]
        assert notebook.not_redefined(lambda x: x) == ""

    def test_other_cells_say_nothing(self, shell):
        shell.user_ns["same"] = same
        self.ran("def same(x): return x")
        self.ran("def same(x): return 1 / 0", ZeroDivisionError())
        self.ran("print(same", SyntaxError("invalid"))
        self.ran("    def same(x:", SyntaxError("invalid"))
        self.ran("same == 3)", SyntaxError("invalid"))
        assert notebook.not_redefined(same) == ""

    @pytest.mark.parametrize("module", [None, object()])
    def test_without_ipython_or_with_another_one_nothing_happens(self, module, monkeypatch):
        monkeypatch.setitem(sys.modules, "IPython", module)
        notebook.watch_cells()

    def test_a_result_of_another_form_is_left_alone(self, shell):
        notebook._after_cell(object())
        notebook._after_cell(None)
        assert notebook._unreadable == {}

    def test_importing_checks_does_not_import_ipython(self):
        code = "import sys, course_utils.checks; print('IPython' in sys.modules)"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
        assert done.stdout.strip() == "False", done.stderr


def raised(function, *args):
    try:
        function(*args)
    except Exception as error:
        return error


class TestNames:
    def test_one_of_an_exercise_is_in_the_cell_that_defines_it(self):
        from course_utils.checks import losses  # noqa: F401

        error = raised(lambda: nll_loss)  # noqa: F821
        assert where_it_stopped(error).endswith(": run the cell that defines nll_loss")

    def test_one_of_the_lesson_is_too(self, tmp_path, monkeypatch):
        folder = tmp_path / "01-unit"
        folder.mkdir()
        cells = [new_code_cell("%matplotlib inline"), new_code_cell("import math as maths")]
        nbformat.write(new_notebook(cells=cells), folder / "01-unit.ipynb")
        monkeypatch.chdir(folder)
        error = raised(lambda: maths)  # noqa: F821
        assert where_it_stopped(error).endswith(": run the cell that defines maths")

    @pytest.mark.parametrize("text", ["", "{}", json.dumps({"cells": [3]}), "\xff"])
    def test_any_other_may_be_misspelt(self, text, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        (tmp_path / f"{tmp_path.name}.ipynb").write_text(text, encoding="latin-1")
        error = raised(lambda: fooo)  # noqa: F821
        said = "run the cell that defines it, or correct the name"
        assert where_it_stopped(error).endswith(said)

    def test_a_local_name_without_a_value_is_another_matter(self):
        def local():
            here += 1  # noqa: F821
            return here

        assert "run the cell" not in where_it_stopped(raised(local))

    def test_in_grading_there_are_no_cells_to_run(self):
        error = raised(lambda: fooo)  # noqa: F821
        error.students_line = "line 2: return fooo"
        assert "run the cell" not in where_it_stopped(error)
        assert "line 2: return fooo" in where_it_stopped(error)


class TestVariables:
    def test_a_variable_of_the_notebook_is_named_where_the_check_fails(self):
        def answer(y):
            def inner():
                return x[0] + 1

            return inner()

        report = same(answer)
        assert report.notes == ("same reads `x` from the notebook, not from its arguments.",)
        assert "same reads <code>x</code> from the notebook" in report.html()

    def test_where_it_passes_nothing_is_said(self):
        assert same(lambda y: y + 0 * x[0]).notes == ()

    def test_functions_modules_and_constants_are_no_variables(self):
        def answer(y):
            return [json, Exercise, raised, NAMES, SHAPE, len, missing][0]  # noqa: F821

        assert same(answer).notes == ()

    def test_a_class_is_read_method_by_method(self):
        class Answer:
            def __init__(self, y):
                self.first = x[0]

        assert notebook.reads_variables("Answer", Answer).startswith("Answer reads `x` from")

    @pytest.mark.parametrize("answer", [len, call, lambda y: y])
    def test_what_reads_none_is_told_nothing(self, answer):
        assert notebook.reads_variables("f", answer) == ""
