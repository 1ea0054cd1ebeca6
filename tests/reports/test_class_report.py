"""The class report says what came of a unit; nothing that a student wrote becomes HTML."""

import re
from dataclasses import replace

import numpy as np
import pytest

from course_utils.reports.class_overview import overview
from course_utils.reports.class_overview import page as overview_page
from course_utils.reports.class_report import Entry, Summary, page, summarised
from course_utils.reports.results import CaseLine, Result
from course_utils.reports.similarity import LEAST, Alike, Form
from course_utils.reports.standing import NOTHING

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
        Entry("flo", not_graded=NOTHING),
        Entry("<i>gil</i>", not_graded=NOTHING, handed_in="2026-12-08 23:59 CET (extended)"),
    ]
    same = {"total": Form("same", LEAST)}
    entries[2:4] = [replace(entry, forms=same) for entry in entries[2:4]]
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


def test_who_handed_in_nothing_is_missing_and_an_extension_is_told(found):
    assert [entry.student for entry in found.missing] == ["flo", "<i>gil</i>"]
    text = re.sub(r"\s+", " ", page(found))
    assert "<p>flo, &lt;i&gt;gil&lt;/i&gt; (due 2026-12-08 23:59 CET (extended))</p>" in text


def test_similar_answers_are_there_to_be_looked_at(found):
    assert found.similar == (Alike(("cem", HOSTILE), ("total",), LEAST),)
    assert "To look at, and nothing more" in page(found)
    crowd = [Entry(f"s{n}", forms={"total": Form("same", LEAST)}) for n in range(14)]
    assert "s9 and 4 more" in page(summarised("01-sums", TESTS, crowd))


def test_a_small_class_has_no_discrimination_and_the_page_says_so(found):
    assert "is not computed with fewer than 30 graded students" in page(found)


def test_a_large_class_has_the_discrimination_of_each_exercise():
    points = [(2, 4), (2, 3), (0, 1), (0, 0), (2, 0)] * 20
    entries = [
        Entry(f"s{n}", {"total-test": one, "largest-test": other}, one + other)
        for n, (one, other) in enumerate(points)
    ]
    found = summarised("01-sums", TESTS, entries)
    r = np.corrcoef(np.array(points).T)[0, 1]
    assert [each.discrimination.r for each in found.exercises] == pytest.approx([r, r])
    assert f'<td class="number">{r:.2f} (' in page(found).replace("\n", "")
    assert "Henrysson" in page(found)


@pytest.fixture(scope="module")
def pages(found) -> list[str]:
    """The page of the unit, and one of two units."""
    return [page(found), overview_page(overview([found, replace(found, unit="02-more")]))]


def test_nothing_of_a_student_becomes_html(pages):
    for text in pages:
        assert "<script" not in text
        assert "<b>cut off" not in text
        assert "<i>gil" not in text
    assert pages[0].count("&lt;script&gt;alert(1)&lt;/script&gt;") == 4
    assert pages[1].count("&lt;script&gt;alert(1)&lt;/script&gt;") == 1


def test_the_page_names_nothing_to_fetch_or_run(pages):
    for text in pages:
        assert not re.search(r"<(script|link|img|iframe)\b|https?:|url\(|@import| on\w+=", text)


def test_every_column_has_a_header_with_its_scope(pages):
    for text in pages:
        heads = re.findall(r"<th\b[^>]*>", text)
        assert heads
        assert all("scope=" in head for head in heads)


def test_a_class_without_any_grade_has_a_page():
    text = page(summarised("01-sums", TESTS, [Entry("eli", not_graded=NOTHING)]))
    assert "<p>eli</p>" in text.replace("\n", "")
    assert "Misconceptions" not in text


def test_the_overview_says_who_is_missing_where_and_who_is_alike_in_several_units(found):
    other = replace(found, unit="02-more", entries=found.entries[:5])
    late = (replace(found.entries[0], late="2 days late"), *found.entries[1:])
    unbegun = summarised("03-new", TESTS, [Entry("flo", not_graded=NOTHING)])
    seen = overview([replace(found, entries=late), other, unbegun])
    standings = {one.student: (one.missing, one.late, one.not_graded) for one in seen.standings}
    assert standings == {
        "flo": (("01-sums",), (), ()),
        "<i>gil</i>": (("01-sums",), (), ()),
        "ada": ((), ("01-sums",), ()),
        "eli": ((), (), ("01-sums", "02-more")),
    }
    exercises = ("01-sums: total", "02-more: total")
    assert seen.similar == (Alike(("cem", HOSTILE), exercises, 2 * LEAST),)
    assert '<a href="class-report-02-more.html">' in overview_page(seen)


@pytest.mark.parametrize("which", [0, 1])
def test_on_a_phone_only_tables_scroll_and_print_is_light(pages, which, browser):
    tab = browser.new_page(viewport={"width": 360, "height": 740}, color_scheme="dark")
    tab.set_content(pages[which])
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    tab.set_viewport_size({"width": 700, "height": 1000})
    tab.emulate_media(media="print", color_scheme="dark")
    assert tab.evaluate("document.documentElement.scrollWidth") <= 700
    ground = tab.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(255, 255, 255)"
    tab.close()


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
