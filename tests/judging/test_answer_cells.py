"""An answer counts wherever a student's cells have gone; a stub never does."""

from copy import deepcopy

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell
from tiny_unit import cell_named

from course_utils.demo.sample_class import to_bytes
from course_utils.gradebook.autograde import template_of
from course_utils.gradebook.classroom import Classroom
from course_utils.judging.cells import KEY, grade_id, is_test
from course_utils.judging.intake import NotGradableError, parse_submission
from course_utils.judging.overlay import grade_ids, overlaid

UNIT = "01-sums"
TOTAL, WRONG = "def total(xs):\n    return sum(xs)", "def total(xs):\n    return 0"
LARGEST = "def largest(xs):\n    return max(xs)"
STUB = "def total(xs):\n    # later\n    raise NotImplementedError('This exercise has no answer.')"
IN = [3, 1, 2]


@pytest.fixture(scope="module")
def base(released, config):
    return template_of(Classroom(released.folder, config).course, UNIT)


@pytest.fixture
def student(released):
    """A student's notebook, in which nothing is answered yet."""
    return deepcopy(released.release)


class Judged:
    """What the tests of an overlay would see, its cells run from the top; and what is said."""

    def __init__(self, base, notebook):
        submission = parse_submission(to_bytes(notebook), grade_ids(base))
        self.notebook = overlaid(base, submission)
        self.values, names = {}, {}
        for cell in self.notebook.cells:
            name = grade_id(cell) or ""
            if is_test(cell):
                name = name.removesuffix("-test")
                self.values[name] = self._call(names.get(name))
            elif cell.cell_type == "code" and "demo" not in cell.metadata.get("tags", []):
                try:
                    exec(cell.source.replace("%%time", ""), names)  # noqa: S102
                except Exception as error:
                    names.setdefault("errors", []).append(error)
        self.questions = self.notebook.metadata.get(KEY, {}).get("questions", [])

    @staticmethod
    def _call(function):
        try:
            return function(IN)
        except Exception as error:
            return type(error).__name__

    def note(self, name):
        return cell_named(self.notebook, name).metadata.get(KEY, {}).get("note", "")

    def answer(self, name):
        return cell_named(self.notebook, name).source


@pytest.fixture
def judged(base):
    return lambda notebook: Judged(base, notebook)


def place(notebook, name):
    return notebook.cells.index(cell_named(notebook, name))


def put(notebook, source, where):
    """Put a new cell before a cell, by name, or at the end."""
    index = len(notebook.cells) if where is None else place(notebook, where)
    notebook.cells.insert(index, new_code_cell(source))


def without_labels(notebook, *names, ids=False):
    for name in names or [n for n in map(grade_id, notebook.cells) if n]:
        cell = cell_named(notebook, name)
        cell.metadata = {}
        if ids:
            cell.id = f"new-{name}"


def put_copy(notebook, name, source, where):
    copy = deepcopy(cell_named(notebook, name))
    copy.id, copy.source = "copied", source
    notebook.cells.insert(place(notebook, where) if where else len(notebook.cells), copy)


def test_an_answer_in_its_own_cell_needs_no_word(judged, full):
    found = judged(full)
    assert found.values == {"total": 6, "largest": 3}
    assert not found.note("total")
    assert not found.note("largest")
    assert not found.questions


@pytest.mark.parametrize("where", ["total-test", "largest", None])
@pytest.mark.parametrize("label", [True, False])
@pytest.mark.parametrize("released_stub", [True, False])
def test_a_stub_below_the_answer(judged, full, student, where, label, released_stub):
    stub = cell_named(student, "total").source if released_stub else STUB
    if label:
        put_copy(full, "total", stub, where)
    else:
        put(full, stub, where)
    found = judged(full)
    assert found.values["total"] == 6
    assert found.answer("total") == cell_named(full, "total").source
    assert "once more without an answer; that was left out." in found.note("total")
    assert not found.questions


def test_a_stub_below_the_answer_in_the_same_cell(judged, full):
    cell_named(full, "total").source = f"helper = 1\n{TOTAL}\n\n\n@staticmethod\n{STUB}\nother = 2"
    found = judged(full)
    assert found.values["total"] == 6
    assert found.answer("total").startswith(f"helper = 1\n{TOTAL}\n\n\n# total: a stub stood here")
    assert found.answer("total").splitlines()[9:] == ["other = 2"]


def test_a_stub_above_the_answer_is_nothing_to_ask_about(judged, full):
    put(full, STUB, "total")
    found = judged(full)
    assert found.values["total"] == 6
    assert not found.questions


def test_a_docstring_and_dots_are_a_stub(judged, full):
    put(full, 'def total(xs):\n    """The sum."""\n    ...', "total-test")
    assert judged(full).values["total"] == 6


@pytest.mark.parametrize("where", ["total", "total-test", "largest", None])
@pytest.mark.parametrize("own_cell", ["stub", "no label", "gone"])
def test_an_answer_in_a_new_cell(judged, student, where, own_cell):
    put(student, TOTAL, where)
    if own_cell == "no label":
        without_labels(student, "total", ids=True)
    elif own_cell == "gone":
        student.cells.remove(cell_named(student, "total"))
    found = judged(student)
    assert found.values["total"] == 6
    assert found.answer("total") == TOTAL
    assert found.note("total").startswith("Taken from cell ")


def test_the_note_counts_cells_from_the_top(judged, student):
    put(student, TOTAL, "largest")
    number = [cell.source for cell in student.cells].index(TOTAL) + 1
    assert judged(student).note("total") == (
        f"Taken from cell {number} of your notebook: the exercise's own cell, 4, has no answer."
    )


@pytest.mark.parametrize("into", ["total", "largest"])
@pytest.mark.parametrize("other", ["gone", "stub"])
def test_two_answers_in_one_cell(judged, student, into, other):
    cell_named(student, into).source = f"{TOTAL}\n\n\n{LARGEST}"
    if other == "gone":
        (rest,) = {"total", "largest"} - {into}
        student.cells.remove(cell_named(student, rest))
    found = judged(student)
    assert found.values == {"total": 6, "largest": 3}
    assert not found.questions
    (rest,) = {"total", "largest"} - {into}
    assert f"(the cell of {into})" in found.note(rest)


def test_an_answer_in_the_cell_of_a_test_is_asked_about(judged, full):
    cell = cell_named(full, "total-test")
    cell.source += "\n" + cell_named(full, "largest").source
    full.cells.remove(cell_named(full, "largest"))
    found = judged(full)
    assert found.values["total"] == 6
    assert found.note("largest") == "Cell 5 defines largest, but is a test's: nothing in it counts."
    assert found.questions == [
        "largest: cell 5 defines largest, but is a test's: nothing in it counts. "
        "Is the answer there by mistake?"
    ]


@pytest.mark.parametrize("ids", [True, False])
@pytest.mark.parametrize("names", [(), ("total", "total-test"), ("largest",), ("total-test",)])
def test_labels_are_lost(judged, full, names, ids):
    without_labels(full, *names, ids=ids)
    found = judged(full)
    assert found.values == {"total": 6, "largest": 3}
    assert not found.questions


def test_all_labels_and_everything_but_the_answers_are_lost(judged, full):
    answers = [cell_named(full, name).source for name in ("largest", "total")]
    full.cells = [new_code_cell(source) for source in answers]
    assert judged(full).values == {"total": 6, "largest": 3}


def test_another_label(judged, full):
    for name in ("total", "total-test"):
        cell_named(full, name).metadata.nbgrader.grade_id = f"{name}-copy"
        cell_named(full, f"{name}-copy").id = name + "x"
    assert judged(full).values["total"] == 6


def test_labels_that_were_swapped(judged, full):
    total, largest = cell_named(full, "total"), cell_named(full, "largest")
    total.source, largest.source = largest.source, total.source
    assert judged(full).values == {"total": 6, "largest": 3}


def test_an_exercise_moved_with_its_helper(judged, full):
    cells = [cell_named(full, name) for name in ("total", "total-test")]
    full.cells = [cell for cell in full.cells if cell not in cells]
    cells[0].source = "def total(xs):\n    return add(xs)"
    full.cells += [new_code_cell("def add(xs):\n    return sum(xs)"), *cells]
    assert judged(full).values == {"total": 6, "largest": 3}


def test_an_answer_whose_helper_stands_below_the_test(judged, full):
    cell_named(full, "total").source = "def total(xs):\n    out = add(xs)\n    return out"
    put(full, "def add(xs):\n    return sum(xs)", None)
    put(full, "out = total([1])", None)
    found = judged(full)
    assert found.values["total"] == 6
    assert found.notebook.cells[-1].source == "out = total([1])"


@pytest.mark.parametrize("where", ["total", "total-test", None])
def test_an_answer_split_in_two(judged, student, where):
    cell_named(student, "total").source = "def add(xs):\n    return sum(xs)"
    put(student, "def total(xs):\n    return add(xs)", where)
    found = judged(student)
    assert found.values["total"] == 6
    assert not found.questions


def test_an_answer_that_wraps_itself(judged, full):
    put(full, "plain = total\ndef total(xs):\n    return plain(xs)", "total-test")
    assert judged(full).values["total"] == 6


def test_values_of_the_functions_name_are_no_answer(judged, full):
    for source in ("total = total([1, 2])", "total = 5", "for total in [1]:\n    pass"):
        put(full, source, "total-test")
    found = judged(full)
    assert found.values["total"] == 6
    assert not found.questions


def test_of_copies_with_answers_the_last_one_counts(judged, student):
    cell_named(student, "total").source = WRONG
    put_copy(student, "total", TOTAL, "total-test")
    found = judged(student)
    assert found.values["total"] == 6
    assert "are copies of this exercise's cell: the last one with an answer" in found.note("total")
    assert not found.questions


def test_of_two_answers_in_cells_without_a_label_the_last_is_taken_and_asked_about(judged, student):
    put(student, WRONG, "total")
    put(student, TOTAL, None)
    found = judged(student)
    assert found.values["total"] == 6
    (question,) = found.questions
    assert question.startswith("total: cells 4 and ")
    assert f"Cell {len(student.cells)} was taken" in question


def test_what_was_tried_after_the_test_does_not_count_but_is_asked_about(judged, full):
    put(full, WRONG, None)
    found = judged(full)
    assert found.values["total"] == 6
    assert len(found.questions) == 1


def test_what_was_written_and_checked_after_the_test_counts(judged, student):
    cell_named(student, "total").source = WRONG
    put(student, TOTAL, None)
    put(student, "check.total(total)", None)
    found = judged(student)
    assert found.values["total"] == 6
    assert "it defines the answer anew" in found.note("total")
    assert len(found.questions) == 1


def test_the_same_answer_twice_is_no_question(judged, full):
    put(full, TOTAL + "  # again", None)
    assert not judged(full).questions


def test_another_name_is_asked_about(judged, full):
    cell_named(full, "total").source = "def add_up(xs):\n    return sum(xs)"
    found = judged(full)
    assert found.values["total"] == "TypeError"
    assert found.questions == [
        "total: its cell, 4, does not define total. Is the answer there under another name?"
    ]


def test_a_cell_that_is_gone_is_asked_about(judged, full):
    full.cells.remove(cell_named(full, "total"))
    found = judged(full)
    assert "Your notebook has no cell of this exercise any more" in found.note("total")
    assert len(found.questions) == 1


@pytest.mark.parametrize("label", [True, False])
def test_a_syntax_error_is_shown_where_it_is(judged, student, label):
    broken = "def total(xs)\n    return sum(xs)"
    if label:
        cell_named(student, "total").source = broken
    else:
        put(student, broken, "total-test")
    assert judged(student).answer("total") == broken


def test_an_answer_elsewhere_counts_where_the_own_cell_cannot_be_read(judged, student):
    cell_named(student, "total").source = "def total(xs)\n    return sum(xs)"
    put(student, TOTAL, None)
    found = judged(student)
    assert found.values["total"] == 6
    assert "Python cannot read the exercise's own cell, 4." in found.note("total")


@pytest.mark.parametrize(
    "written",
    [
        "total = lambda xs: sum(xs)",
        "import functools\ntotal = functools.partial(sum)",
        "class Sum:\n    def __call__(self, xs):\n        return sum(xs)\ntotal = Sum()",
        "if True:\n    def total(xs):\n        return sum(xs)",
        "from builtins import sum as total",
        "%%time\n" + TOTAL,
    ],
)
@pytest.mark.parametrize("label", [True, False])
def test_answers_in_other_forms(judged, student, written, label):
    if label:
        cell_named(student, "total").source = written
    else:
        put(student, written, None)
    assert judged(student).values["total"] == 6


def test_labels_of_another_unit_tell_that_it_is_one(base, full):
    for name in ("total", "total-test", "largest", "largest-test"):
        cell_named(full, name).metadata.nbgrader.grade_id = f"other-{name}"
    with pytest.raises(NotGradableError):
        parse_submission(to_bytes(full), grade_ids(base))


def test_an_answer_from_a_module_that_a_cell_has_written(judged, full):
    cell_named(full, "total").source = "from adding import *"
    put(full, "%%file adding.py\n" + TOTAL, "total")
    put(full, "from math import *", None)
    found = judged(full)
    assert found.answer("total") == "from adding import *"
    assert not found.questions


def test_a_notebook_of_another_unit_is_still_none_of_this_one(base, full):
    renamed = to_bytes(full).replace(b"total", b"product").replace(b"largest", b"smallest")
    with pytest.raises(NotGradableError):
        parse_submission(renamed, grade_ids(base))


def test_what_is_nested_too_deeply_to_compare_is_an_answer(judged, student):
    deep = "def total(xs):\n    if 0: return " + "+".join(["0"] * 3000) + "\n    return sum(xs)"
    put(student, deep, None)
    assert judged(student).answer("total") == deep


def test_functions_of_one_exercise_in_several_cells(base):
    source = nbformat.v4.new_notebook(
        cells=[new_markdown_cell("x"), *(cell for cell in base.cells if grade_id(cell))]
    )
    stub = cell_named(source, "total")
    stub.source = f"{STUB}\n\n\n{STUB.replace('total', 'mean')}"
    notebook = deepcopy(source)
    cell_named(notebook, "total").source = f"{TOTAL}\n\n\n{STUB.replace('total', 'mean')}"
    put(notebook, "%%time\ndef mean(xs):\n    return total(xs) / len(xs)", None)
    answer = cell_named(overlaid(source, notebook), "total").source
    names = {}
    exec(answer, names)  # noqa: S102
    assert names["mean"](IN) == 2
