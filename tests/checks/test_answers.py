"""The tests of the tests: every check against its sample answers, for every unit there is."""

import ast
import builtins
import dis
import importlib
import os
from collections import Counter
from functools import cache
from types import CodeType

import pytest

from course_utils.authoring import answers
from course_utils.authoring.matrix import SEEDS, judge
from course_utils.authoring.notebook import read_script
from course_utils.checks import exercises
from course_utils.repository import repository, units

EVERY_SEED = "EVERY_SEED" in os.environ
HIDDEN_SEEDS = (2026, 987654321012, 271828182845, 5)[: 4 if EVERY_SEED else 2]
"""Seeds as a test cell has them, and as the grader draws them."""
BY_CHANCE = ("uses_global_state",)
"""What they earn depends on what ran before."""

load = cache(answers.load)
UNITS = units(repository())
ANSWERS = [
    pytest.param(unit, answer, id=f"{unit.topic}-{answer.exercise}-{answer.name}")
    for unit in UNITS
    for answer in load(unit).all
]
EXERCISES = [
    pytest.param(unit, exercise, id=f"{unit.topic}-{exercise.name}")
    for unit in UNITS
    for exercise in exercises(unit.topic).values()
]


@pytest.mark.parametrize(("unit", "answer"), ANSWERS)
def test_every_answer_gets_what_it_must(unit, answer):
    row = judge(exercises(unit.topic)[answer.exercise], answer, SEEDS[:2])
    assert row.good, f"{row.points:g} of {row.full:g} points, hints: {row.hints}"


@pytest.mark.slow
@pytest.mark.parametrize(("unit", "exercise"), EXERCISES)
def test_right_answers_have_full_marks_on_many_seeds(unit, exercise):
    ours = [a for a in load(unit).variants if a.exercise == exercise.name]
    rows = [judge(exercise, answer, SEEDS[2 : 10 if EVERY_SEED else 6]) for answer in ours]
    assert {row.answer.name for row in rows if not row.good} == set()


@pytest.mark.slow
@pytest.mark.parametrize(("unit", "exercise"), EXERCISES)
def test_under_hidden_seeds_no_other_answer_is_right_and_equal_ones_earn_the_same(unit, exercise):
    """Where a draw may miss an edge, the case has `steady` calls that do not."""
    earned = {}
    for seed in HIDDEN_SEEDS:
        fresh = answers.load(unit)  # some remember their calls
        for answer in (*fresh.wrong, *fresh.neutral):
            if answer.exercise == exercise.name and answer.name not in BY_CHANCE:
                report = exercise(*answer.functions, seed=seed)
                assert not report.passed, answer.name
                told = set(report.misconceptions) - {answer.misconception}
                assert not told, f"{answer.name}: {told}"
                earned.setdefault(answer.name, set()).add(report.earned)
    assert not {name: points for name, points in earned.items() if len(points) > 1}


@pytest.mark.parametrize(("unit", "answer"), ANSWERS)
def test_answers_stand_on_their_own(unit, answer):
    """In a student's notebook there is what its first cell imports, no test file's names."""
    todo, used, defined = [compile(answer.source, "answer", "exec")], set(), set()
    while todo:
        code = todo.pop()
        todo += [constant for constant in code.co_consts if isinstance(constant, CodeType)]
        for instruction in dis.get_instructions(code):
            if instruction.opname in ("LOAD_GLOBAL", "LOAD_NAME"):
                used.add(instruction.argval)
            elif instruction.opname == "STORE_NAME":
                defined.add(instruction.argval)
    assert used - defined - set(dir(builtins)) <= imported(unit)


@cache
def imported(unit) -> set[str]:
    """The names that the imports of a lesson's first code cell bind."""
    first = next(cell for cell in read_script(unit.script).cells if cell.cell_type == "code")
    return {
        alias.asname or alias.name.partition(".")[0]
        for node in ast.parse(first.source).body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }


@pytest.mark.parametrize(("unit", "exercise"), EXERCISES)
def test_each_exercise_has_sample_answers_enough(unit, exercise):
    ours = [a for a in load(unit).all if a.exercise == exercise.name]
    count = Counter(answer.kind for answer in ours)
    assert count["wrong"] >= 10
    assert count["neutral"] >= 4
    assert count["right"] >= 4
    assert len({answer.misconception for answer in ours} - {""}) >= 5


@pytest.mark.parametrize(("unit", "exercise"), EXERCISES)
def test_each_misconception_is_met_by_a_wrong_answer(unit, exercise):
    met = {a.misconception for a in load(unit).wrong if a.exercise == exercise.name}
    assert met == {misconception.name for misconception in exercise.misconceptions}


@pytest.mark.parametrize(("unit", "exercise"), EXERCISES)
def test_what_a_rule_forbids_exists(unit, exercise):
    for rule in exercise.rules:
        for name in rule.names:
            module, _, attribute = name.rpartition(".")
            found = importlib.import_module(module or attribute)
            assert not module or hasattr(found, attribute), f"{name} does not exist"


@pytest.mark.parametrize(("unit", "exercise"), EXERCISES)
def test_answers_without_merit_earn_nothing(unit, exercise):
    def raises(*args, **kwargs):
        raise ValueError("always")

    def nothing(*args, **kwargs): ...

    class Agreeable:
        def __eq__(self, other):
            return True

        def __hash__(self):
            return 0

        def __call__(self, *args, **kwargs):
            return self

    count = len(exercise.functions) or 1
    for answer in (raises, nothing, Agreeable(), None, 3):
        assert exercise(*[answer] * count).earned == 0
        assert exercise(*[answer] * count, seed=7).earned == 0
