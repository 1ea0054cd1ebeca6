"""What a check says of prints, of answers that are not written, and when it is interrupted."""

import json
import signal

import numpy as np
import pytest

from course_utils.checks import exercises
from course_utils.checks.core import Exercise, PropertyCase, ValueCase, call, printed
from course_utils.checks.core.reach import Definition
from course_utils.checks.core.report import NOT_TRIED, NOT_WRITTEN
from course_utils.checks.core.rules import Written
from course_utils.checks.core.session import PRINTED_AT_MOST, Interrupted
from course_utils.repository import repository, units

UNITS = units(repository())

same = Exercise(
    "same",
    4,
    lambda x: x,
    (
        ValueCase("one", call(1)),
        ValueCase("drawn", lambda rng: [call(int(rng.integers(100, 999))) for _ in range(9)]),
        PropertyCase("law", call(2), law=lambda f, x: "" if f(x) == x else "no"),
    ),
)
pair = Exercise(
    "pair",
    4,
    {"up": lambda x: x + 1, "down": lambda x: x - 1},
    (
        ValueCase("up", call(1), function="up"),
        ValueCase("up again", call(5), function="up"),
        ValueCase("down", call(1), function="down"),
    ),
    functions=("up", "down"),
)


def unwritten(x):
    raise NotImplementedError("This exercise has no answer yet.")


class TestPrints:
    def test_what_an_answer_prints_is_shown_even_where_all_passed(self):
        def loud(x):
            print("<b>here</b>")
            return x

        report = same(loud)
        assert report.passed
        assert report.printed.startswith("<b>here</b>\n(in ")
        assert "<b>here</b>" not in report.html()
        assert "&lt;b&gt;here&lt;/b&gt;" in report.html()

    def test_different_texts_are_quoted_until_there_are_enough(self):
        def loud(x):
            print(x)
            return x

        lines = same(loud).printed.splitlines()
        assert lines[0] == "1"
        assert lines[-1].endswith("calls printed something else)")
        assert len(lines) <= 2 * printed.TEXTS_AT_MOST + 1

    def test_endless_prints_are_cut(self):
        def loud(x):
            print("word " * 10**5)
            print("line\n" * 10**5)
            return x

        report = same(loud)
        assert report.passed
        assert len(report.printed) < 2 * PRINTED_AT_MOST

    def test_many_lines_are_cut(self):
        def loud(x):
            print(*range(100), sep="\n")
            return x

        assert "20\n…" not in same(loud).printed
        assert "19\n…" in same(loud).printed

    def test_hidden_cases_do_not_tell_their_inputs(self):
        seen = []

        def spies(x):
            seen.append(x)
            print(x)
            return x

        report = same(spies, seed=5)
        hidden = {str(x) for x in seen} - {"1", "2"}
        assert len(hidden) > 5
        assert not any(number in report.printed + report.html() for number in hidden)
        assert "1" in report.printed.split()

    def test_an_answer_that_prints_nothing_is_told_nothing(self):
        assert "printed" not in same(lambda x: x).html()


class TestNotWritten:
    def test_it_is_one_gray_line_without_points(self):
        report = same(unwritten)
        assert not report.is_written
        assert report.earned == 0
        assert "same: not written yet: 0 of 4 points" in report.html()
        assert "<table>" not in report.html()

    def test_its_record_has_every_case_and_says_that_it_is_not_written(self):
        record = same(unwritten).record()
        assert record["written"] is False
        assert record["problem"] == ""
        assert {case["hint"] for case in record["cases"]} == {"This is not written yet."}
        assert not any(case["passed"] or case["misconception"] for case in record["cases"])
        assert same(lambda x: 0).record()["written"] is True

    def test_another_error_of_the_same_type_is_an_answer(self):
        def refuses(x):
            raise NotImplementedError("not for these")

        report = same(refuses)
        assert report.is_written
        assert "NotImplementedError: not for these" in report.cases[0].hint

    def test_of_several_functions_those_that_are_written_are_judged(self):
        report = pair(unwritten, lambda x: x - 1)
        assert [case.word for case in report.cases] == [NOT_WRITTEN, NOT_WRITTEN, "passed"]
        assert report.cases[0].hint == "up is not written yet."
        assert report.html().count("up is not written yet.") == 1
        assert report.earned == pytest.approx(1.33)
        assert not pair(unwritten, unwritten).is_written

    def test_a_function_that_the_answer_calls_is_named_instead(self):
        def answer(x):
            return unwritten(x)

        report = same(answer)
        assert report.is_written
        assert {case.word for case in report.cases} == {NOT_TRIED}
        assert report.cases[0].hint == "unwritten is not written yet: write it first."

    def test_a_class_is_recognised_by_its_methods(self):
        class Answer:
            def __init__(self, x):
                raise NotImplementedError("This exercise has no answer yet.")

        assert not same(Answer).is_written

    @pytest.mark.parametrize(
        ("source", "is_written"),
        [
            ('def same(x):\n    raise NotImplementedError("This exercise has no answer yet.")', 0),
            ("def same(x):\n    return helper(x)", 1),
        ],
    )
    def test_in_another_process_the_submissions_text_tells(self, source, is_written):
        class Elsewhere(Written):
            __name__ = "same"

            def __call__(self, x):
                unwritten(x)

            def breach(self, names):
                return None

            def forbid(self, names): ...

            def definition(self):
                return Definition(source, {})

        assert same(Elsewhere()).is_written is bool(is_written)

    @pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.topic)
    def test_every_exercise_of_a_release_is_one_gray_line(self, unit, tmp_path, monkeypatch):
        cells = json.loads(unit.release.read_text(encoding="utf-8"))["cells"]
        code = [cell for cell in cells if cell["cell_type"] == "code"]
        stubs = [c for c in code if c["metadata"].get("nbgrader", {}).get("solution")]
        sources = ["".join(cell["source"]) for cell in (code[0], *stubs)]
        module = tmp_path / f"release_of_{unit.topic}.py"
        module.write_text("\n\n\n".join(sources), encoding="utf-8")
        monkeypatch.syspath_prepend(tmp_path)
        names = vars(__import__(module.stem))
        for name, exercise in exercises(unit.topic).items():
            report = exercise(*[names[each] for each in exercise.functions or (name,)])
            assert not report.is_written, name


class TestInterrupted:
    def test_ctrl_c_is_an_error_of_one_line(self):
        def interrupted(x):
            signal.raise_signal(signal.SIGINT)
            return x

        with pytest.raises(KeyboardInterrupt) as raised:
            same(interrupted)
        assert type(raised.value) is Interrupted
        assert raised.value._render_traceback_() == ["Stopped by you; nothing was judged."]
        assert raised.value.__suppress_context__


class TestLearned:
    def test_full_marks_say_what_is_known_now(self):
        taught = Exercise("same", 4, lambda x: x, same.cases, learned="Same is same.")
        assert "Same is same." in taught(lambda x: x).html()
        assert "Same is same." not in taught(lambda x: 0).html()


def test_arrays_are_printed_as_they_are():
    shown = Exercise("total", 1, lambda x: float(x.sum()), (ValueCase("v", call(np.ones(2))),))

    def loud(x):
        print(x.shape)
        return float(x.sum())

    assert shown(loud).printed.startswith("(2,)")
