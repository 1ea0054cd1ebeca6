"""An answer of another unit, taken from its saved notebook."""

import nbformat
import numpy as np
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from course_utils import earlier
from course_utils.errors import CourseError

STUB = 'def slope(f, x):\n    raise NotImplementedError("This exercise has no answer yet.")\n'


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Writes unit 01's notebook; what asks for it is the notebook of unit 02."""
    here = tmp_path / "02-losses"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.delenv("COURSE_NOTEBOOKS", raising=False)

    def write(*cells, folder=tmp_path / "01-perceptron"):
        folder.mkdir(exist_ok=True)
        notebook = new_notebook(cells=[new_markdown_cell("# 01"), *map(new_code_cell, cells)])
        nbformat.write(notebook, folder / "01-perceptron.ipynb")

    return write


def test_the_function_comes_with_what_it_uses_and_nothing_else_runs(write):
    write(
        "%matplotlib inline\nimport numpy as np",
        "raise SystemExit\n\ndef half(x):\n    return np.multiply(x, 0.5)",
        "def slope(f, x):\n    return half(f(x))",
        "import no_such_module",
    )
    slope = earlier.answer("01-perceptron", "slope")
    assert np.array_equal(slope(np.square, np.array([2.0, 4.0])), [2.0, 8.0])


def test_of_several_definitions_the_last_one_counts(write):
    write(STUB, "def slope(f, x):\n    return 1", "def slope(f, x):\n    return 2")
    assert earlier.answer("01-perceptron", "slope")(abs, 0) == 2


def test_it_may_lie_beside_the_notebook_that_asks(write, tmp_path):
    write("def slope(f, x):\n    return 3", folder=tmp_path / "02-losses")
    assert earlier.answer("01-perceptron", "slope")(abs, 0) == 3


def test_the_builder_names_another_folder(write, tmp_path, monkeypatch):
    (tmp_path / "solutions").mkdir()
    write("def slope(f, x):\n    return 4", folder=tmp_path / "solutions" / "01-perceptron")
    monkeypatch.setenv("COURSE_NOTEBOOKS", str(tmp_path / "solutions"))
    assert earlier.answer("01-perceptron", "slope")(abs, 0) == 4


@pytest.mark.parametrize("cell", [STUB, "slope = abs", "def other(x):\n    return x"])
def test_without_an_answer_it_says_what_to_do(write, cell):
    write(cell)
    with pytest.raises(CourseError, match=r"has no answer to the exercise slope yet\. Write it"):
        earlier.answer("01-perceptron", "slope")


def test_without_the_notebook_it_says_where_it_looked(write, tmp_path):
    with pytest.raises(CourseError, match=r"expected the notebook of unit 01-perceptron at .*01-p"):
        earlier.answer("01-perceptron", "slope")


def test_what_is_no_notebook_is_refused(write, tmp_path):
    write()
    (tmp_path / "01-perceptron" / "01-perceptron.ipynb").write_text("[]", encoding="utf-8")
    with pytest.raises(CourseError, match="cannot be read as a notebook"):
        earlier.answer("01-perceptron", "slope")
