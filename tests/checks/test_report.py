"""What a report says, and that everybody can read it: in both themes, narrow, by keyboard."""

import pytest
from real_lab import barriers

from course_utils.checks.core.report import (
    NOT_TRIED,
    NOT_WRITTEN,
    STOPPED,
    CaseResult,
    Report,
)
from course_utils.widgets.style import DARK, LIGHT

LONG = "array (2, 3) float64\n" + "[1. 2. 3. 4. 5. 6. 7. 8. 9.]" * 4
REPORT = Report(
    "conv2d",
    6,
    (
        CaseResult("the worked example", True),
        CaseResult(
            *("views", False, 1.0, "Your kernel is flipped.", "In the loop over rows."),
            misconception="flipped",
            problem="expected 3, got 4",
            inputs=LONG,
            expected="3",
            got="4",
            printed="here",
        ),
        CaseResult("also views", False, 1.0, "Your kernel is flipped.", "In the loop over rows."),
        CaseResult("large", False, hint="Stopped after 10 s of CPU time.", verdict=STOPPED),
        CaseResult("larger", False, hint="Not tried.", verdict=NOT_TRIED),
        CaseResult("up", False, hint="up is not written yet.", verdict=NOT_WRITTEN),
        CaseResult("up again", False, hint="up is not written yet.", verdict=NOT_WRITTEN),
    ),
    notes=("conv2d reads `x` from the notebook, not from its arguments.",),
    printed=LONG,
)
FULL = Report("mse", 2, (CaseResult("one", True),), learned="It has the unit of the target.")
UNWRITTEN = Report("mse", 2, (CaseResult("one", False, verdict=NOT_WRITTEN),))


class TestWords:
    def test_what_was_not_judged_is_counted_apart(self):
        said = "<b>conv2d: 0.86 of 6 points</b> · 1 of 7 cases passed, "
        assert f"{said}1 stopped, 1 not tried, 2 not written</caption>" in REPORT.html()

    def test_a_word_stands_beside_each_mark(self):
        for mark, word in {"✓": "passed", "✗": "failed", "■": "stopped", "○": "not tried"}.items():
            assert f"aria-hidden='true'>{mark}</span> {word}</td>" in REPORT.html()

    def test_where_to_look_is_folded_and_stands_once_like_its_hint(self):
        fold = "<details><summary>where to look</summary><div class='hint'>In the loop over rows."
        assert REPORT.html().count(fold) == 1
        assert REPORT.html().count("Your kernel is flipped.") == 1

    def test_what_stands_in_backticks_is_code_and_nothing_else_is_markup(self):
        hint = "Take `a[a < 0]` or `<b>`, not <b>; a single ` stays."
        html = Report("relu", 1, (CaseResult("one", False, hint=hint),)).html()
        said = "Take <code>a[a &lt; 0]</code> or <code>&lt;b&gt;</code>, not &lt;b&gt;;"
        assert f"<div class='hint'>{said} a single ` stays.</div>" in html
        assert "conv2d reads <code>x</code> from the notebook" in REPORT.html()

    def test_cases_of_a_function_that_is_not_written_share_a_row(self):
        assert REPORT.html().count("up is not written yet.") == 1
        assert "up again" not in REPORT.html()

    def test_the_record_has_what_is_said_of_each_case(self):
        cases = REPORT.record()["cases"]
        assert [case["verdict"] for case in cases[:4]] == ["", "", "", "stopped"]
        assert cases[1]["look"] == "In the loop over rows."
        assert REPORT.record()["written"]
        assert not UNWRITTEN.record()["written"]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1000])
def test_in_a_browser_there_is_no_barrier_and_nothing_beside_the_page(browser, theme, width):
    look = {"light": LIGHT, "dark": DARK}[theme]
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=theme)
    reports = "".join(report.html() for report in (REPORT, FULL, UNWRITTEN))
    page.set_content(
        f"<!DOCTYPE html><html lang='en'><title>reports</title><style>body {{ color: {look.ink};"
        f" background: {look.paper} }}</style><main><h1>Reports</h1>{reports}</main>"
    )
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_folds_open_by_keyboard(browser):
    page = browser.new_page()
    page.set_content(REPORT.html())
    fold = page.get_by_text("where to look")
    assert not page.get_by_text("In the loop over rows.").is_visible()
    fold.focus()
    page.keyboard.press("Enter")
    assert page.get_by_text("In the loop over rows.").is_visible()
    assert fold.bounding_box()["height"] >= 24
    page.close()
