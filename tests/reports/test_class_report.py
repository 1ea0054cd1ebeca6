"""The class report says what came of a unit; nothing that a student wrote becomes HTML."""

import re

import pytest

from course_utils.reports.class_report import Entry, Summary, page, summarised
from course_utils.reports.results import CaseLine, Result

TESTS = {"total-test": 2.0, "largest-test": 4.0}
HOSTILE = "<script>alert(1)</script>&\"'"


def failed(test: str, misconception: str = "") -> Result:
    twice = CaseLine("a case", False, "A hint.", misconception)
    return Result(test, (twice, twice))


def passed(test: str) -> Result:
    return Result(test, (CaseLine("a case", True),))


@pytest.fixture(scope="module")
def found() -> Summary:
    both = (passed("total-test"), passed("largest-test"))
    entries = [
        Entry("ada", {"total-test": 2, "largest-test": 4}, 6, both, seconds=0.5),
        Entry("ben", {"total-test": 2, "largest-test": 4}, 5, both, seconds=0.7),  # late
        Entry(
            "cem",
            {"total-test": 0, "largest-test": 1},
            1,
            (failed("total-test", "last left out"), failed("largest-test", "smallest")),
            seconds=9.0,
        ),
        Entry(
            HOSTILE,
            {"total-test": 0, "largest-test": 0},
            0,
            (failed("total-test", "last left out"), Result("largest-test", problem=HOSTILE)),
            seconds=0.1,
        ),
        Entry("eli", not_graded="malformed notebook: <b>cut off</b>", seconds=0.0),
    ]
    return summarised("01-sums", TESTS, entries)


def test_pass_rates_and_means_are_those_of_the_graded(found):
    total, largest = found.exercises
    assert (total.name, total.passed, total.graded, total.mean) == ("total", 2, 4, 1.0)
    assert (largest.passed, largest.mean) == (2, 2.25)
    assert (found.mean, found.median) == (3.0, 3.0)


def test_a_misconception_counts_once_a_student(found):
    total, largest = found.exercises
    assert total.misconceptions == (("last left out", 2),)
    assert largest.misconceptions == (("smallest", 1),)


def test_the_distribution_holds_every_graded_student_once(found):
    counts = [count for _, _, count in found.distribution]
    assert sum(counts) == 4
    assert (counts[0], counts[1], counts[8], counts[9]) == (1, 1, 1, 1)


def test_the_slowest_come_first_and_the_failed_have_their_reason(found):
    assert [entry.student for entry in found.slowest] == ["cem", "ben", "ada", HOSTILE]
    assert [entry.student for entry in found.failed] == ["eli"]
    assert found.exercises[1].reasons == ((HOSTILE, (HOSTILE,)),)


def test_nothing_of_a_student_becomes_html(found):
    text = page(found)
    assert "<script" not in text
    assert "<b>cut off" not in text
    assert text.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 3


def test_the_page_names_nothing_to_fetch_or_run(found):
    assert not re.search(r"<(script|link|img|iframe)\b|https?:|url\(|@import| on\w+=", page(found))


def test_every_column_has_a_header_with_its_scope(found):
    heads = re.findall(r"<th\b[^>]*>", page(found))
    assert heads
    assert all("scope=" in head for head in heads)


def test_a_class_without_any_grade_has_a_page():
    text = page(summarised("01-sums", TESTS, [Entry("eli", not_graded="nothing submitted")]))
    assert "nothing submitted" in text
    assert "Misconceptions" not in text


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_and_bars_have_contrast_in_both_themes(found, theme, browser):
    tab = browser.new_page(color_scheme=theme)
    tab.set_content(page(found))
    colours = {
        name: tab.evaluate(
            "([s, p]) => getComputedStyle(document.querySelector(s))[p]", [place, kind]
        )
        for name, place, kind in (
            ("ground", "body", "backgroundColor"),
            ("text", "td", "color"),
            ("quiet", "dt", "color"),
            ("bar", ".bar > span", "backgroundColor"),
        )
    }
    tab.close()
    ground = colours.pop("ground")
    ratios = {name: contrast(colour, ground) for name, colour in colours.items()}
    assert min(ratios["text"], ratios["quiet"]) >= 4.5
    assert ratios["bar"] >= 3


def contrast(one: str, other: str) -> float:
    """The contrast of two CSS colours (WCAG 2.2)."""
    low, high = sorted(map(luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    parts = [int(number) / 255 for number in re.findall(r"\d+", colour)[:3]]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
