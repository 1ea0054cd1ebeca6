"""What a student is told before a notebook is handed in: lost cells, own files, old checks."""

# ruff: noqa: F811  (fixtures are imported)

import os
import time
from copy import deepcopy

import pytest
from classroom_fixtures import config, full, released, source  # noqa: F401
from nbformat.v4 import new_code_cell
from tiny_unit import UNIT, cell_named, checked, code

from course_utils.demo.sample_class import to_bytes
from course_utils.student.handing_in import look


@pytest.fixture
def notebook(full):
    """Every answer right and checked."""
    checked(full)
    return full


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "work" / UNIT
    place.mkdir(parents=True)
    return place


@pytest.fixture
def said(folder, released):
    """What is said of a notebook, with a copy of the course and without."""
    release = released.folder / "notebooks" / UNIT / f"{UNIT}.ipynb"

    def of(notebook, *, is_known=True):
        path = folder / f"{UNIT}.ipynb"
        path.write_bytes(to_bytes(notebook))
        return look(path, release if is_known else None)

    return of


@pytest.fixture(params=[True, False], ids=["with the course", "without"])
def is_known(request):
    return request.param


def test_of_a_notebook_that_is_well_nothing_is_said(said, notebook, is_known):
    assert said(notebook, is_known=is_known) == []


def test_a_release_is_not_answered(said, released, is_known):
    (sentence,) = said(released.release, is_known=is_known)
    assert "No exercise has been answered" in sentence


def test_exercises_that_are_not_answered_are_named(said, notebook, released, is_known):
    cell_named(notebook, "total").source = cell_named(released.release, "total").source
    assert said(notebook, is_known=is_known) == ["Not answered: total."]
    cell_named(notebook, "total").metadata.nbgrader.checksum = "changed"
    assert said(notebook, is_known=is_known) == ["Not answered: total."]


def test_a_lost_cell_is_told_whose_answer_is_elsewhere(said, notebook, is_known):
    cell_named(notebook, "total").metadata.pop("nbgrader")
    (sentence,) = said(notebook, is_known=is_known)
    assert "total: the cell of this exercise is not there any more" in sentence
    assert "you define total in cell 4" in sentence


def test_a_deleted_cell_is_told(said, notebook):
    notebook.cells.remove(cell_named(notebook, "total"))
    notebook.cells.remove(cell_named(notebook, "total-test"))
    first, second = said(notebook)
    assert first == "Not answered: total."
    assert "Take it from a fresh copy" in second


def test_all_labels_lost(said, notebook):
    for cell in notebook.cells:
        cell.metadata.pop("nbgrader", None)
    told = said(notebook)
    assert [sentence.partition(":")[0] for sentence in told] == ["total", "largest"]


def test_copied_cells_are_told(said, notebook, is_known):
    notebook.cells.append(deepcopy(cell_named(notebook, "total")))
    notebook.cells[-1].id = "copy"
    (sentence,) = said(notebook, is_known=is_known)
    assert "total: cells 4 and 11 are copies of one exercise's cell" in sentence


def test_an_answer_that_is_defined_anew_below_is_told(said, notebook, released, is_known):
    stub = cell_named(released.release, "total").source
    notebook.cells.append(new_code_cell(stub))
    (sentence,) = said(notebook, is_known=is_known)
    assert "total: it is defined in cells 4 and 11. What runs last counts" in sentence


def test_two_answers_in_one_cell(said, notebook):
    largest = cell_named(notebook, "largest")
    cell_named(notebook, "total").source += "\n\n" + largest.source
    notebook.cells.remove(largest)
    (sentence,) = said(notebook)
    assert "you define largest in cell 4" in sentence


def test_checks_that_never_ran_and_those_that_are_old_are_told(said, notebook, is_known):
    cell_named(notebook, "total-test").outputs = []
    cell_named(notebook, "largest").execution_count = 9
    assert said(notebook, is_known=is_known) == [
        "Not checked: total. Run the checks, and save the notebook.",
        "Checked before the answer ran last: largest. Run the checks again, and save the notebook.",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "import helper",
        "from helper import add",
        "import numpy, helper.more as h",
        "def f():\n    from helper import add",
        "from .helper import add",
        "from . import helper",
        "%matplotlib inline\nimport helper",
        "%run helper.py",
        "%run -i helper",
    ],
)
@pytest.mark.parametrize("place", ["helper.py", "helper/__init__.py", "helper/more.py"])
def test_an_import_of_an_own_file_is_told(said, folder, notebook, line, place):
    (folder / place).parent.mkdir(exist_ok=True)
    (folder / place).write_text("add = sum")
    notebook.cells.insert(1, new_code_cell(line))
    (sentence,) = said(notebook)
    assert "is a file of yours; only the notebook is handed in" in sentence


def test_modules_that_are_there_when_it_is_graded_are_not_told(said, folder, notebook):
    (folder / "helper.py").write_text("add = sum")
    (folder / "unused.py").write_text("")
    notebook.cells.insert(1, new_code_cell("%%writefile helper.py\nadd = sum"))
    notebook.cells.insert(2, code("import numpy, helper\nfrom json import loads"))
    assert said(notebook) == []


def test_a_copy_that_was_written_later_is_told(said, folder, notebook):
    assert said(notebook) == []
    copy = folder / f"{UNIT}-Copy1.ipynb"
    copy.write_bytes(b"{}")
    os.utime(copy, (time.time() - 7200,) * 2)
    assert said(notebook) == []
    os.utime(copy, (time.time() + 7200,) * 2)
    (sentence,) = said(notebook)
    assert sentence.startswith(f"{UNIT}-Copy1.ipynb was changed later than {UNIT}.ipynb")
