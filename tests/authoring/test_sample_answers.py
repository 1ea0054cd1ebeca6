"""Sample answers: how they are declared, called and turned into the text of a cell."""

import sys

import pytest

from course_utils.authoring.answers import load, variant, wrong
from course_utils.errors import CourseError
from course_utils.repository import Unit, repository, units


@wrong("double", "squared")
def squares(x):
    return x * x


@variant("pair", bundle=True)
def both():
    def up(x):
        return x + 1

    def down(x):
        return x - 1

    return up, down


def test_a_single_answer_takes_the_exercises_name():
    answer = squares.sample_answer
    assert answer.source == "def double(x):\n    return x * x\n"
    assert [function(3) for function in answer.functions] == [9]


def test_a_bundle_gives_its_functions_and_their_text_alone():
    answer = both.sample_answer
    assert [function(3) for function in answer.functions] == [4, 2]
    scope = {}
    exec(answer.source, scope)  # noqa: S102 - the text above
    assert scope["up"](1) == 2
    assert "return up, down" not in answer.source


def test_a_unit_without_answers_is_refused(tmp_path):
    with pytest.raises(CourseError, match="has no sample answers"):
        load(Unit("05-nothing", tmp_path))


@pytest.mark.parametrize("unit", units(repository()), ids=lambda unit: unit.name)
def test_sample_answers_need_nothing_of_the_extra_for_tests(unit, monkeypatch):
    """`course demo` and `course doctor` read them where only the package is installed."""
    for module in ("pytest", "hypothesis", "playwright", "dask", "distributed"):
        monkeypatch.setitem(sys.modules, module, None)
    assert load(unit).wrong
