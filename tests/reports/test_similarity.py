"""Answers are similar when their trees are equal without names; what all may know is left out."""

import re
from textwrap import dedent

import pytest
from nbformat.v4 import new_notebook
from tiny_unit import ROOT, UNIT, code

from course_utils.authoring import answers
from course_utils.reports import similarity
from course_utils.reports.similarity import LEAST, Alike, Form, Known, alike, form
from course_utils.repository import Unit, units

ANSWER = """
import numpy as np

def total(xs, start=0):
    '''Add the numbers.'''
    # one after the other
    shape = np.asarray(xs).shape
    found = start
    for index, x in enumerate(xs):
        if x > 0 and index < shape[0]:
            found = found + x * np.float64(1)
        else:
            raise ValueError("too small")
    return found
"""

SAME = {
    "other names": [("found", "s"), ("xs", "numbers"), ("index", "i")],
    "a variable that is called like an attribute": [
        ("    shape =", "    size ="),
        ("shape[0]", "size[0]"),
    ],
    "another docstring": [("Add the", "Sum all")],
    "annotations": [
        ("(xs, start=0)", "(xs: list, start: int = 0) -> float"),
        ("found =", "found: float ="),
    ],
    "no comment, other lines": [("    # one after the other\n", "\n\n")],
    "other words of the error": [("too small", "negative")],
    "a call beside it": [("    return found\n", "    return found\n\nprint(total([1, 2]))\n")],
    "another import": [("import numpy as np", "import math\nimport numpy as np")],
}
OTHER = {
    "an operator": ("found + x", "found - x"),
    "a number": ("float64(1)", "float64(2)"),
    "a function of NumPy": ("np.asarray", "np.array"),
    "a name in another place": ("found + x *", "x + found *"),
    "branches": ("x > 0 and index < shape[0]", "not (x > 0 and index < shape[0])"),
    "a default": ("start=0", "start=1"),
}


@pytest.mark.parametrize("changes", SAME.values(), ids=SAME)
def test_it_is_the_same_answer_with(changes):
    text = ANSWER
    for old, new in changes:
        assert old in text
        text = re.sub(rf"(?<!\w){re.escape(old)}", new, text)
    assert text != ANSWER
    assert form(text) == form(ANSWER)


@pytest.mark.parametrize("change", OTHER.values(), ids=OTHER)
def test_it_is_another_answer_with_another(change):
    text = ANSWER.replace(*change)
    assert text != ANSWER
    assert form(text).digest != form(ANSWER).digest


def test_what_stands_in_another_branch_is_another_answer():
    one = form("def f(x):\n    if x:\n        a = 1\n        b = 2\n    else:\n        c = 3")
    other = form("def f(x):\n    if x:\n        a = 1\n    else:\n        b = 2\n        c = 3")
    assert one.digest != other.digest


def test_two_names_are_not_one():
    assert form("def f(a, b):\n    return a - b") != form("def f(a, b):\n    return b - a")
    assert form("def f(a, b):\n    return a - b") != form("def f(a, b):\n    return a - a")


def test_imports_inside_keep_what_they_import():
    one, other = (f"def f(x):\n    import {name}\n    return x" for name in ("numpy", "torch"))
    assert form(one) != form(other)


@pytest.mark.parametrize(
    "text",
    [
        "def f(:",
        "\0",
        "x = '\ud800'",
        "x = " + "(" * 5000 + "1" + ")" * 5000,
        "x = " + "-" * 19000 + "1",
        "a" + ".b" * 9000 + " = 1",
        "def f():\n    return 0x" + "f" * 19000,
        "x = " + "9" * 5000,
        "%%bash\nls",
        "x = 1\n" * similarity.LONGEST,
        "",
        "match x:\n    case {'a': [1, *b], **c}: pass\n    case C(d=e) as f: pass",
        "def f():\n    global a, b\n    a: int\n    return f'{a!r:>{b}}', ..., b'', 1j",
    ],
    ids=range(13),
)
def test_whatever_a_student_wrote_nothing_breaks(text):
    assert form(text) == form(text)


BIG = Form("big", LEAST + 10)


def test_groups_are_those_of_the_same_digest():
    forms = {
        "ida": {"a": BIG, "b": Form("b1", 500)},
        "jon": {"a": BIG, "b": Form("b1", 500)},
        "kim": {"a": Form("other", 300), "b": Form("b2", 500)},
        "lea": {"c": BIG},
    }
    assert alike(forms, Known()) == [Alike(("ida", "jon"), ("a", "b"), LEAST + 510)]


def test_small_answers_are_never_listed_and_a_stub_adds_nothing():
    small = {who: {"a": Form("x", LEAST - 1)} for who in ("ida", "jon")}
    assert alike(small, Known()) == []
    mostly_given = {who: {"a": Form("x", LEAST + 20)} for who in ("ida", "jon")}
    assert alike(mostly_given, Known(stubs={"a": 30})) == []
    assert alike(mostly_given, Known(stubs={"a": 10})) != []


def test_what_is_known_is_left_out():
    forms = {who: {"a": BIG} for who in ("ida", "jon")}
    assert alike(forms, Known(frozenset({"big"}))) == []


def test_more_exercises_come_first_then_fewer_students_then_longer_answers():
    several = {who: {"a": BIG, "b": BIG} for who in ("p", "q")}
    long = {who: {"a": Form("long", 400)} for who in ("r", "s")}
    short = {who: {"a": Form("short", 100)} for who in ("t", "u")}
    crowd = {who: {"a": Form("crowd", 900)} for who in ("v", "w", "x")}
    found = alike(crowd | short | long | several, Known())
    assert ["".join(group.students) for group in found] == ["pq", "rs", "tu", "vwx"]


def test_ten_thousand_students_are_grouped_without_comparing_pairs():
    class Counted(str):
        compared = 0

        def __eq__(self, other):
            Counted.compared += 1
            return str.__eq__(self, other)

        __hash__ = str.__hash__

    forms = {f"s{n}": {"a": Form(Counted(n % 3000), LEAST)} for n in range(10_000)}
    assert len(alike(forms, Known())) == 3000
    assert Counted.compared < 30_000


@pytest.mark.parametrize("unit", units(ROOT, ["01", "03"]), ids=lambda unit: unit.name)
def test_the_solution_the_stubs_and_all_sample_answers_of_a_unit_are_known(unit):
    known = similarity.known(unit)
    assert all(form(answer.source).digest in known.digests for answer in answers.load(unit).all)
    assert known.stubs.keys() >= {answer.exercise for answer in answers.load(unit).all}


def test_a_unit_without_sample_answers_knows_its_solution(classroom, source):
    known = similarity.known(Unit(UNIT, classroom.folder))
    assert form("def largest(numbers):\n    return max(numbers)").digest in known.digests
    assert form("def largest(xs):\n    raise NotImplementedError()").digest in known.digests
    assert form("def largest(xs):\n    return sorted(xs)[-1]").digest not in known.digests


def test_answers_are_those_of_a_notebooks_solution_cells():
    cells = [code("x = 1"), code(ANSWER, grade_id="total", solution=True)]
    cells.append(code("def f(:", grade_id="largest", solution=True))
    assert similarity.forms(new_notebook(cells=cells)) == {"total": form(dedent(ANSWER))}
