"""`nbgrader validate`, with a result that can be read."""

import pytest
from tiny_unit import UNIT, cell_named

from course_utils.demo.sample_class import to_bytes
from course_utils.gradebook.validation import problems


@pytest.fixture
def validate(tmp_path, config):
    def run(notebook):
        path = tmp_path / f"{UNIT}.ipynb"
        path.write_bytes(to_bytes(notebook))
        return problems(path, config)

    return run


def test_a_right_notebook_has_no_problems(validate, full):
    cell_named(full, "total").source += "\nimport sys; print('a note', file=sys.stderr)"
    assert validate(full) == []


def test_the_release_fails_in_every_test(validate, released):
    assert validate(released.release) == [
        "check.total(total): Partial credit; passed some but not all of the tests",
        "check.largest(largest): Partial credit; passed some but not all of the tests",
    ]


def test_a_test_that_is_skipped_fails(validate, full):
    cell_named(full, "total-test").metadata.tags = ["demo"]
    assert validate(full) == [
        "check.total(total): The check gave no result, so there are no points."
    ]


def test_a_changed_test_is_named(validate, full):
    cell_named(full, "total-test").source = "2.0"
    assert validate(full) == ["This test cell was changed: 2.0"]


def test_a_test_that_became_text_is_named(validate, full):
    cell = cell_named(full, "total-test")
    cell.cell_type = "markdown"
    del cell["outputs"], cell["execution_count"]
    assert validate(full) == ["A markdown cell must be a code cell: check.total(total)"]
