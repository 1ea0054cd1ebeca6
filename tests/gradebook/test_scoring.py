"""Points come from a report that a test cell gave, and from nothing else."""

import pytest
from nbformat.v4 import new_output
from tiny_unit import UNIT, cell_named, code

from course_utils.demo.sample_class import to_bytes
from course_utils.gradebook.classroom import Classroom
from course_utils.judging.outputs import clean_outputs, settled

pytestmark = pytest.mark.sandbox

RESULT = new_output("execute_result", {"text/plain": "1.5"})
STDERR = new_output("stream", name="stderr", text="UserWarning: slow")
STDOUT = new_output("stream", name="stdout", text="step 1")
ERROR = new_output("error", ename="ValueError", evalue="no", traceback=["no"])


def result(text):
    return new_output("execute_result", {"text/plain": text})


def test_text_on_stderr_is_dropped():
    assert settled([STDERR, RESULT], 2) == [RESULT]


def test_text_on_stdout_stays():
    assert settled([STDOUT, RESULT], 2) == [STDOUT, RESULT]


def test_the_last_result_counts():
    assert settled([result("2.0"), RESULT], 2) == [RESULT]


def test_an_error_leaves_no_result_beside_it():
    assert settled([RESULT, ERROR], 2) == [ERROR]


@pytest.mark.parametrize("outputs", [[], [STDOUT], [STDERR]])
def test_a_cell_without_a_result_gets_an_error_instead_of_full_marks(outputs):
    last = settled(outputs, 2)[-1]
    assert last.output_type == "error"
    assert last.evalue == "The check gave no result, so there are no points."


@pytest.mark.parametrize("text", ["nan", "inf", "-1", "2.01", "all right", ""])
def test_a_result_that_is_no_number_of_points_gets_an_error(text):
    (last,) = settled([result(text)], 2)
    assert last.evalue == "The result of the check is not a number from 0 to 2."


def grade(classroom, notebook):
    classroom.hand_in("ida", UNIT, to_bytes(notebook))
    return classroom.grade(UNIT, "ida")


def test_warnings_and_progress_bars_cost_nothing(classroom, full):
    cell_named(full, "total").source = (
        "import sys, warnings\n"
        "def total(xs):\n"
        "    warnings.warn('slow')\n"
        "    print('50 %', file=sys.__stderr__)\n"
        "    return sum(xs)\n"
    )
    assert grade(classroom, full).points == {"total-test": 2, "largest-test": 4}


@pytest.mark.parametrize("tag", ["demo", "skip-execution", "raises-exception"])
def test_a_tag_on_a_test_cell_changes_nothing(classroom, full, tag):
    cell_named(full, "total").source = "def total(xs):\n    return 0"
    cell_named(full, "total-test").metadata.tags = [tag]
    assert grade(classroom, full).points == {"total-test": 0, "largest-test": 4}


def test_a_students_cell_tagged_skip_execution_is_executed(classroom, full):
    cell_named(full, "total").source = "from operator import add"
    full.cells.insert(2, code("def total(xs):\n    return sum(xs)", tags=("skip-execution",)))
    assert grade(classroom, full).points["total-test"] == 2


def test_a_changed_test_cell_is_set_back(classroom, full):
    cell_named(full, "total").source = "def total(xs):\n    return 0"
    test = cell_named(full, "total-test")
    test.source = "2.0"
    test.metadata.nbgrader.update(points=100, solution=True, locked=False)
    assert grade(classroom, full).points == {"total-test": 0, "largest-test": 4}


def test_deleted_cells_cost_their_own_points_only(classroom, full):
    for name in ("total", "total-test"):
        full.cells.remove(cell_named(full, name))
    outcome = grade(classroom, full)
    assert outcome.points == {"total-test": 0, "largest-test": 4}
    assert [result.exercise for result in outcome.results] == ["total", "largest"]


def test_of_a_copied_answer_cell_the_last_one_counts(classroom, full):
    first = cell_named(full, "total")
    copy = code("def total(xs):\n    return sum(xs)", **first.metadata.nbgrader)
    first.source = "def total(xs):\n    return 0"
    full.cells.insert(full.cells.index(first) + 1, copy)
    assert grade(classroom, full).points["total-test"] == 2


def test_code_that_ends_python_costs_its_own_points_only_and_says_why(classroom, full):
    cell_named(full, "total").source = "import os\nos._exit(0)"
    outcome = grade(classroom, full)
    assert outcome.points == {"total-test": 0, "largest-test": 4}
    assert "kernel died" in outcome.results[0].problem


def test_a_loop_without_end_costs_its_own_points_only(classroom, config, full):
    impatient = config.copy()
    impatient.RefereeExecute = config.RefereeExecute.copy()
    impatient.RefereeExecute.timeout = 2.0
    cell_named(full, "total").source = "def total(xs):\n    while True:\n        pass"
    outcome = grade(Classroom(classroom.folder, impatient), full)
    assert outcome.points == {"total-test": 0, "largest-test": 4}
    assert outcome.results[0].problem == (
        "timeout: the code did not finish in time. Is there a loop that never ends?"
    )


def test_what_a_cell_showed_is_safe_for_the_page_of_the_instructor():
    data = {
        "text/html": "<script>a()</script><style>b {}</style><b onclick=c()>bold</b><img src=d>",
        "application/javascript": "e()",
        "image/svg+xml": "<svg><script>f()</script></svg>",
        "text/markdown": "<script>g()</script>",
        "text/plain": "<b>",
    }
    (output,), *_ = clean_outputs([{"output_type": "display_data", "data": data}], 1000)
    assert output.data == {"text/html": "<b>bold</b>", "text/plain": "<b>"}
