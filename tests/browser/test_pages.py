"""The static site in the browser: no kernel, no server, no network."""

import re

import pytest

from course_utils.authoring.site import site
from course_utils.repository import repository, units

NAMES = [unit.name for unit in units(repository())]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    site(folder)
    return folder


@pytest.fixture
def visit(folder, browser):
    """Opens a page of the site; an error or a request to anywhere fails the test."""
    contexts, wrong = [], []

    def open_page(name, **options):
        context = browser.new_context(viewport={"width": 1280, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
        page.on("request", lambda request: _note_if_outside(request.url, wrong))
        page.goto((folder / f"{name}.html").as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


def _note_if_outside(url, wrong):
    if not url.startswith(("file:", "data:")):
        wrong.append(url)


def alive(page):
    """All widgets of a page, brought to life by scrolling to them."""
    places = page.locator("[data-widget]")
    for number in range(places.count()):
        places.nth(number).evaluate("place => place.scrollIntoView()")
        places.nth(number).locator(".course-stepper").wait_for()
    return page.locator(".course-stepper")


def test_the_contents_lead_to_every_lesson_and_on(visit):
    page = visit("index")
    assert page.locator(".contents a").count() == len(NAMES)
    page.locator(".contents a").first.click()
    for name in NAMES[1:]:
        page.get_by_role("link", name="→").first.click()
        page.wait_for_url(re.compile(f"{name}.html"))


@pytest.mark.parametrize("name", NAMES)
def test_every_widget_moves_and_says_why_its_settings_do_not(visit, name):
    widgets = alive(visit(name))
    assert widgets.count() > 0
    for number in range(widgets.count()):
        widget = widgets.nth(number)
        assert (
            not widget.locator("xpath=ancestor::*[2]").locator(".course-still").first.is_visible()
        )
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


@pytest.mark.parametrize("name", ["index", *NAMES])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_page_has_a_serious_barrier(visit, name, theme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = visit(name, color_scheme=theme, reduced_motion="reduce")
    alive(page)
    found = axe.Axe().run(page).response["violations"]
    listed = [
        (each["id"], each["impact"], [node["html"][:160] for node in each["nodes"][:3]])
        for each in found
        if each["impact"] in ("serious", "critical")
    ]
    assert listed == []


def test_formulas_are_mathml(visit):
    page = visit(NAMES[0])
    assert page.locator("math").count() > 5
    assert "$" not in page.locator(".prose").first.text_content()


@pytest.mark.parametrize("name", NAMES)
def test_at_a_zoom_of_200_percent_no_page_scrolls_sideways(visit, name):
    page = visit(name)
    page.set_viewport_size({"width": 640, "height": 450})  # 1280 at a zoom of 200 %
    alive(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("name", NAMES)
def test_every_control_has_a_name_and_is_large_enough_and_nothing_moves_unasked(visit, name):
    page = visit(name, reduced_motion="reduce")
    widgets = alive(page)
    for number in range(widgets.count()):
        widget = widgets.nth(number)
        picture = widget.locator("svg[data-step]")
        assert picture.get_attribute("role") == "img"
        assert picture.get_attribute("aria-label") == widget.locator("[aria-live]").text_content()
        for control in widget.locator("button, select, input").all():
            assert control.evaluate("node => node.ariaLabel || node.labels[0]?.textContent")
            assert control.evaluate("node => Math.min(node.offsetWidth, node.offsetHeight)") >= 24
        before = picture.get_attribute("data-step")
        widget.get_by_role("slider", name="Step").press("End")
        assert page.evaluate("document.getAnimations().length") == 0
        widget.get_by_role("slider", name="Step").press("Home")
        assert before == picture.get_attribute("data-step") == "0"
