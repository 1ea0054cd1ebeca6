"""The version of a check follows the code that judges an exercise, and nothing else."""

import ast
import shutil

import pytest
from nbformat.v4 import new_notebook
from tiny_unit import ROOT, UNIT, cell_named, code, tiny_source

from course_utils.judging import check_versions as versions
from course_utils.judging.check_versions import check_versions
from course_utils.judging.tasks import Task

CACHES = (versions._file, versions._tree, versions._imports_of, versions._digest)
CHECKS = 1  # the cell of the tiny unit that defines them


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A copy of the package's checks, which a test may change."""
    root = tmp_path / "course_utils"
    for part in ("checks", "data"):
        shutil.copytree(ROOT / "course_utils" / part, root / part)
    monkeypatch.setattr(versions, "_PACKAGE", root)
    yield root
    forget()


def forget():
    for cached in CACHES:
        cached.cache_clear()


def lesson():
    tests = ("conv2d", "conv_cost", "pad2d")
    return new_notebook(
        cells=[
            code("import numpy as np\nfrom course_utils.checks import convolution as check"),
            code("helper = 1"),
            *(code(f"check.{t}({t})", grade_id=f"{t}-test", grade=True, points=2) for t in tests),
        ]
    )


def changed(package, name, edit):
    """The tests of that lesson whose version is another one when a file is edited."""
    forget()
    before = check_versions(lesson())
    path = package / name
    path.write_text(edit(path.read_text("utf-8")), encoding="utf-8")
    forget()
    after = check_versions(lesson())
    return {test.removesuffix("-test") for test in after if after[test] != before[test]}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("checks/convolution/layers.py", {"conv2d"}),
        ("checks/convolution/costs.py", {"conv_cost"}),
        ("checks/convolution/shared.py", {"conv2d", "conv_cost", "pad2d"}),
        ("checks/core/compare.py", {"conv2d", "conv_cost", "pad2d"}),
        ("data/worked_examples.py", {"conv2d"}),
        ("checks/pooling/__init__.py", set()),
    ],
)
def test_it_is_that_of_what_the_check_is_made_of(package, name, expected):
    assert changed(package, name, lambda text: text + "\nMORE = 1\n") == expected


def test_comments_and_the_form_of_lines_do_not_count(package):
    def edit(text):
        return "# corrected\n\n" + text.replace("\n\n\n", "\n\n\n\n# once more\n")

    assert changed(package, "checks/convolution/layers.py", edit) == set()
    assert (
        changed(package, "checks/convolution/layers.py", lambda t: ast.unparse(ast.parse(t)))
        == set()
    )


@pytest.mark.parametrize(
    ("place", "old", "new", "expected"),
    [
        ("total-test", "20431", "20432", {"total-test"}),
        ("total-test", "check.total(total)", "check.total(total)  # again", set()),
        ("total", "sum(xs)", "sum(list(xs))", set()),
        (CHECKS, "last left out", "first left out", {"total-test", "largest-test"}),
        (CHECKS, "def drawn(rng):", "def drawn(rng):  # three", set()),
    ],
)
def test_checks_that_a_lesson_defines_count_too(place, old, new, expected):
    before, source = check_versions(tiny_source()), tiny_source()
    cell = source.cells[place] if place == CHECKS else cell_named(source, place)
    assert old in cell.source
    cell.source = cell.source.replace(old, new)
    after = check_versions(source)
    assert {test for test in after if after[test] != before[test]} == expected


def test_other_cells_of_the_lesson_do_not():
    source = tiny_source()
    source.cells.insert(1, code("%matplotlib inline\nother = 1"))
    source.cells.append(code("import numpy"))
    assert check_versions(source) == check_versions(tiny_source())


def test_whose_check_is_another_one_is_graded_anew():
    one, same, other = (
        Task("ida", UNIT, "", new_notebook(), checks={"total-test": version})
        for version in ("a", "a", "b")
    )
    assert one.fingerprint == same.fingerprint != other.fingerprint


def test_a_line_for_ipython_hides_no_check():
    before, after = tiny_source(), tiny_source()
    for source, name in ((before, "last"), (after, "first")):
        cell = source.cells[CHECKS]
        cell.source = "%matplotlib inline\n" + cell.source.replace("last left out", f"{name} one")
    assert check_versions(before)["total-test"] != check_versions(after)["total-test"]
