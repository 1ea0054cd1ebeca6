"""What `nbgrader generate_assignment` gives to students."""

import json

from nbgrader.api import Gradebook
from tiny_unit import UNIT, cell_named


def test_an_answer_is_replaced_by_a_stub_that_raises(released):
    answer = cell_named(released.release, "total").source
    assert answer.startswith("def total(xs):")
    assert "NotImplementedError" in answer
    assert "return sum(xs)" not in answer


def test_hidden_tests_stay_with_the_instructor(released):
    assert cell_named(released.release, "total-test").source == "check.total(total)"
    assert "20431" not in json.dumps(released.release)


def test_nothing_of_the_instructors_run_is_left(released):
    release = released.release
    assert set(release.metadata) == {"kernelspec", "language_info"}
    assert "version" not in release.metadata.language_info
    for cell in release.cells:
        assert "execution" not in cell.metadata
        assert not cell.get("outputs")


def test_students_get_the_tag_demo_and_no_other(released):
    tags = [tag for cell in released.release.cells for tag in cell.metadata.get("tags", [])]
    assert tags == ["demo"]


def test_the_hand_written_source_is_not_released(released):
    folder = released.folder / "notebooks" / UNIT
    assert [path.name for path in folder.iterdir()] == [f"{UNIT}.ipynb"]


def test_the_gradebook_knows_points_and_hidden_tests(released):
    with Gradebook(f"sqlite:///{released.folder}/gradebook.db") as gradebook:
        notebook = gradebook.find_notebook(UNIT, UNIT)
        points = {cell.name: cell.max_score for cell in notebook.grade_cells}
        test = gradebook.find_source_cell("total-test", UNIT, UNIT).source
    assert points == {"total-test": 2, "largest-test": 4}
    assert "seed=20431" in test
