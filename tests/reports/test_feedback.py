"""The feedback page tells the student what to do, and neither leaks a test nor asks the network."""

import itertools
import re
from types import SimpleNamespace

import pytest
from nbformat.v4 import new_notebook, new_output
from nbgrader.api import Gradebook
from tiny_unit import UNIT, cell_named, code

from course_utils.demo.sample_class import to_bytes
from course_utils.judging.outputs import safe_report
from course_utils.reports.feedback import Feedback, page, sections

pytestmark = pytest.mark.sandbox

GRADED = ("amara", "bela", "chiara", "deniz", "emil")


@pytest.fixture(scope="module")
def pages(graded_class):
    return {
        student: graded_class.classroom.path("feedback", student, UNIT, ".html")
        for student in GRADED
    }


@pytest.fixture(scope="module")
def texts(pages):
    return {student: path.read_text(encoding="utf-8") for student, path in pages.items()}


def shown(notebook):
    """The page of a notebook that was graded as it stands."""
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade"):
            cell.metadata.nbgrader.score = 0.0
    return page(Feedback(UNIT, "ida", 0.0, 6.0, 0.0, sections(notebook)))


@pytest.mark.parametrize("student", GRADED)
def test_no_hidden_test_is_on_the_page(texts, student):
    assert "20431" not in texts[student]
    assert "HIDDEN" not in texts[student]
    assert "Traceback (most recent call last)" not in texts[student]


@pytest.mark.parametrize("student", ["bela", "chiara", "deniz", "emil"])
def test_no_solution_is_on_the_page_of_who_did_not_find_it(texts, student):
    text = re.sub(r"<[^>]*>", "", texts[student])
    assert "return max(xs)" not in text or student == "deniz"  # whose answer lacks a colon only


@pytest.mark.parametrize("student", GRADED)
def test_the_page_names_nothing_to_fetch_or_run(texts, student):
    assert not re.search(
        r"<(script|link|img|iframe|object)\b|https?:|url\(|@import", texts[student]
    )


def test_the_page_shows_points_answer_and_hint(texts):
    assert "0 of 6 points" in texts["chiara"]
    assert "You look for the smallest number." in texts["chiara"]
    assert "min" in texts["chiara"]


def test_a_syntax_error_is_told_in_words(texts):
    assert (
        "Python cannot read your answer: expected &#39;:&#39; in line 1 (SyntaxError)."
        in texts["deniz"]
    )


def test_an_exercise_that_is_not_written_is_one_line(texts):
    assert "total: not written yet: 0 of 2 points" in texts["emil"]
    assert "three numbers" not in texts["emil"]


def test_a_file_that_cannot_be_read_is_told_so_once_and_no_stub_is_called_an_answer(graded_class):
    path = graded_class.classroom.path("feedback", "fatou", UNIT, ".html")
    text = path.read_text(encoding="utf-8")
    assert text.count("Your file could not be graded: malformed notebook") == 1
    assert "0 of 6 points" in text
    assert "Your answer" not in text


def test_headings_form_an_outline_and_every_exercise_can_be_reached(texts):
    levels = [int(level) for level in re.findall(r"<h(\d)", texts["chiara"])]
    assert levels[0] == 1
    assert all(below - above <= 1 for above, below in itertools.pairwise(levels))
    targets = set(re.findall(r'href="#([^"]+)"', texts["chiara"]))
    assert targets == {"total", "largest"}
    assert targets <= set(re.findall(r'id="([^"]+)"', texts["chiara"]))


def test_a_graders_comment_is_on_the_page(classroom, full):
    classroom.hand_in("ida", UNIT, to_bytes(full))
    classroom.grade(UNIT, "ida")
    with Gradebook(classroom.course.db_url) as gradebook:
        gradebook.find_comment("total", UNIT, UNIT, "ida").manual_comment = "Short & <clear>."
        gradebook.db.commit()
    text = classroom.give_feedback(UNIT, "ida").read_text(encoding="utf-8")
    assert "Short &amp; &lt;clear&gt;." in text


def test_points_given_by_hand_are_said_to_be_so(classroom, full):
    classroom.hand_in("ida", UNIT, to_bytes(full))
    classroom.grade(UNIT, "ida")
    with Gradebook(classroom.course.db_url) as gradebook:
        gradebook.find_grade("total-test", UNIT, UNIT, "ida").manual_score = 1.5
        gradebook.db.commit()
    text = classroom.give_feedback(UNIT, "ida").read_text(encoding="utf-8")
    assert "1.5 of 2 points, given by hand" in text
    assert text.count("given by hand") == 1


def test_a_traceback_that_quotes_a_hidden_test_is_replaced(full):
    test = cell_named(full, "total-test")
    secret = "check.total(total, seed=20431)"
    test.outputs = [new_output("error", ename="KeyError", evalue=secret, traceback=[secret])]
    text = shown(full)
    assert "The check stopped with KeyError, so there are no points." in text
    assert "20431" not in text


def test_a_missing_name_is_explained_by_its_answer(full):
    answer, test = cell_named(full, "total"), cell_named(full, "total-test")
    answer.outputs = [new_output("error", ename="ZeroDivisionError", evalue="division by zero")]
    test.outputs = [new_output("error", ename="NameError", evalue="name 'total' is not defined")]
    assert (
        "total does not exist, so it could not be checked. "
        "The cell of your answer stopped with ZeroDivisionError: division by zero" in shown(full)
    )


@pytest.mark.parametrize(
    "forged",
    [
        "<script>alert(1)</script>",
        "<img src='https://example.org/x.png'>",
        "<a href='https://example.org'>here</a>",
        "<p style='background:url(https://example.org)' onclick='x()'>fine</p>",
        "<meta http-equiv='refresh' content='0;url=https://example.org'>",
        "<style>@import url(https://example.org)</style>",
        "<iframe src='https://example.org'></iframe>",
    ],
)
def test_html_forged_by_a_student_neither_runs_nor_fetches(forged):
    assert not re.search(
        r"<(script|img|a|meta|style|iframe)\b|example\.org|onclick|alert",
        re.sub(r"alert\(1\)$", "", safe_report(forged)),
    )


@pytest.mark.parametrize(
    "data",
    [
        {"application/vnd.course.report+json": "text"},
        {"application/vnd.course.report+json": {"cases": 7, "problem": ["x"]}},
        {"application/vnd.course.report+json": {"cases": [1, {"name": {}, "passed": "yes"}]}},
        {"text/html": ["<b>", "2</b>"]},
        {},
    ],
)
def test_a_forged_record_does_no_harm(full, data):
    cell_named(full, "total-test").outputs = [new_output("execute_result", data)]
    assert "ida" in shown(full)


def test_an_answer_graded_by_hand_waits_for_its_points():
    metadata = {"grade_id": "why", "solution": True, "grade": True, "points": 3}
    cell = code("", **metadata)
    cell.metadata.nbgrader.score = None
    feedback = Feedback(UNIT, "ida", 0.0, 3.0, 0.0, sections(new_notebook(cells=[cell])))
    assert "not graded yet" in page(feedback)


def test_in_a_browser_the_page_requests_nothing_and_has_no_error(pages, browser):
    seen = SimpleNamespace(requests=[], messages=[])
    tab = browser.new_page(viewport={"width": 420, "height": 800})
    tab.on("request", lambda request: seen.requests.append(request.url))
    tab.on("console", lambda message: seen.messages.append(message.text))
    tab.goto(pages["chiara"].as_uri())
    tab.get_by_role("link", name="largest").click()
    heading = tab.get_by_role("heading", name="largest")
    assert heading.is_visible()
    assert tab.get_by_role("region", name="Your answer for largest").is_visible()
    assert tab.evaluate("document.documentElement.scrollWidth") <= 420
    tab.close()
    assert seen.requests == [pages["chiara"].as_uri()]
    assert seen.messages == []
