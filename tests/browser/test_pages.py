"""The static site in the browser: no kernel, no server, no network."""

import re
from contextlib import contextmanager
from pathlib import Path

import pytest
from real_lab import barriers

from course_utils.authoring.site import build
from course_utils.repository import repository, units

NAMES = [unit.name for unit in units(repository())]
LESSONS = [
    pytest.param(name, marks=() if name.endswith("convolution") else pytest.mark.slow)
    for name in NAMES
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "check", lambda unit: None)  # test_site asks whether it is fresh
        build.site(folder)
    return folder


@contextmanager
def opened(folder, browser, name, **options):
    """A page of the site; an error or a request to anywhere fails the test."""
    wrong = []
    context = browser.new_context(viewport={"width": 1280, "height": 900}, **options)
    page = context.new_page()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
    page.on("request", lambda request: _note_if_outside(request.url, wrong))
    try:
        page.goto((folder / f"{name}.html").as_uri())
        yield page
    finally:
        context.close()
    assert wrong == []


def _note_if_outside(url, wrong):
    if not url.startswith(("file:", "data:")):
        wrong.append(url)


@pytest.fixture
def index(folder, browser):
    with opened(folder, browser, "index") as page:
        yield page


@pytest.fixture(scope="module", params=LESSONS)
def lesson(folder, browser, request):
    """A lesson's page, its widgets brought to life by scrolling to them; for calm readers."""
    with opened(folder, browser, request.param, reduced_motion="reduce") as page:
        places = page.locator("[data-widget]")
        for number in range(places.count()):
            places.nth(number).evaluate("place => place.scrollIntoView()")
            places.nth(number).locator(".course-stepper").wait_for()
        yield page


def widgets(page):
    """The widgets of a page, each at its first frame."""
    found = page.locator(".course-stepper")
    assert found.count() > 0
    for number in range(found.count()):
        widget = found.nth(number)
        widget.get_by_role("slider", name="Step").press("Home")
        yield widget


def test_the_contents_lead_to_every_lesson_and_on(index):
    assert index.locator(".contents a").count() == len(NAMES)
    index.locator(".contents a").first.click()
    for name in NAMES[1:]:
        index.get_by_role("link", name="→").first.click()
        index.wait_for_url(re.compile(f"{name}.html"))


def test_every_widget_moves_and_says_why_its_settings_do_not(lesson):
    for widget in widgets(lesson):
        still = widget.locator("xpath=ancestor::*[2]").locator(".course-still").first
        assert not still.is_visible()
        sentence = widget.locator("[aria-live]")
        slider = widget.get_by_role("slider", name="Step")
        if slider.get_attribute("max") != "0":
            first = sentence.text_content()
            widget.get_by_role("button", name="Step forward").click()
            second = sentence.text_content()
            slider.press("End")
            assert len({first, second, sentence.text_content()}) >= 2
            assert first != second
        for field in widget.locator("fieldset").locator("input, select").all():
            assert field.is_disabled()
        if widget.locator("fieldset").count():
            assert "Settings need Python" in widget.get_by_role("status").text_content()


def test_every_control_has_a_name_and_is_large_enough_and_nothing_moves_unasked(lesson):
    for widget in widgets(lesson):
        picture = widget.locator("svg[data-step]")
        assert picture.get_attribute("role") == "img"
        assert picture.get_attribute("aria-label") == widget.locator("[aria-live]").text_content()
        for control in widget.locator("button, select, input").all():
            assert control.evaluate("node => node.ariaLabel || node.labels[0]?.textContent")
            assert control.evaluate("node => Math.min(node.offsetWidth, node.offsetHeight)") >= 24
        assert picture.get_attribute("data-step") == "0"
        widget.get_by_role("slider", name="Step").press("End")
        assert lesson.evaluate("document.getAnimations().length") == 0


@pytest.mark.parametrize("theme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
def test_no_lesson_has_a_serious_barrier(lesson, theme):
    lesson.emulate_media(color_scheme=theme, reduced_motion="reduce")
    assert barriers(lesson) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_contents_have_no_serious_barrier(index, theme):
    index.emulate_media(color_scheme=theme)
    assert barriers(index) == []


def test_formulas_are_mathml(lesson):
    name = Path(lesson.url).stem
    has_formulas = "$" in next(u for u in units(repository()) if u.name == name).script.read_text()
    assert (lesson.locator("math").count() > 5) == has_formulas
    assert "$" not in lesson.locator(".prose").first.text_content()


def test_at_a_zoom_of_200_percent_no_lesson_scrolls_sideways(lesson):
    lesson.set_viewport_size({"width": 640, "height": 450})  # 1280 at a zoom of 200 %
    try:
        assert lesson.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    finally:
        lesson.set_viewport_size({"width": 1280, "height": 900})
