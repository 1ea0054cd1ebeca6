"""The README's pictures can be made again: a widget is on them, and a failure leaves none."""

import runpy
from types import SimpleNamespace

import pytest
from PIL import Image

from course_utils import widgets
from course_utils.errors import CourseError
from course_utils.repository import repository

DOCS = repository() / "docs"
pictures = SimpleNamespace(**runpy.run_path(str(DOCS / "pictures.py")))


@pytest.fixture
def page(browser):
    page = pictures.blank(browser)
    yield page
    page.close()


def test_a_picture_shows_the_frame_of_the_widget_in_both_themes(page, tmp_path):
    document = pictures.widget(widgets.convolution.arithmetic(), 0.4)
    pictures.shoot(page, document, "widget", ".course-stepper", tmp_path)
    drawn = page.locator(".course-stepper-picture svg")
    assert drawn.get_attribute("aria-label").startswith("Output [1, 0] of 3 × 3 is −2")
    assert drawn.bounding_box()["height"] > 300
    assert page.get_by_text("4 of 9").is_visible()
    assert page.locator("fieldset").is_enabled()
    papers = set()
    for theme in pictures.THEMES:
        path = tmp_path / f"widget-{theme}.png"
        shot = Image.open(path).convert("RGB")
        assert shot.width == pictures.WIDTH * pictures.ZOOM
        assert shot.height > drawn.bounding_box()["height"] * pictures.ZOOM
        assert len(shot.getcolors()) > 50  # blues, yellows, reds and greens, not text alone
        assert path.stat().st_size <= pictures.LARGEST
        papers.add(shot.getpixel((0, 0)))
    assert len(papers) == 2


def test_no_picture_is_made_where_the_front_end_lacks_what_it_reads(page, tmp_path):
    document = pictures.widget(widgets.convolution.arithmetic(), 0.4)
    broken = document.replace('"_presets": [', '"presets": [')
    with pytest.raises(CourseError, match="the widget has no _presets"):
        pictures.shoot(page, broken, "widget", ".course-stepper", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_no_picture_is_made_of_a_class_that_was_not_graded(monkeypatch, tmp_path):
    monkeypatch.setattr(pictures.demo, "run", lambda *ignored: 1)
    with pytest.raises(CourseError, match="other grades"):
        pictures.sample_class(tmp_path)


def test_the_committed_pictures_are_those_of_the_readme_and_none_has_more_than_60_kb():
    readme = (repository() / "README.md").read_text("utf-8")
    for path in DOCS.glob("*.png"):
        assert f'"docs/{path.name}"' in readme
        assert path.stat().st_size <= pictures.LARGEST
