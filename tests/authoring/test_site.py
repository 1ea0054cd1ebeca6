"""`course site`: pages with the student's text, the source's pictures, and no answer."""

import re

import nbformat
import pytest

from course_utils import cli
from course_utils.authoring.site import build, pages
from course_utils.errors import CourseError
from course_utils.repository import repository, units

UNITS = units(repository())


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    assert cli.main(["site", str(folder)]) == 0
    return folder


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_page_has_stubs_for_answers_and_nothing_for_tests(folder, unit):
    text = (folder / f"{unit.name}.html").read_text("utf-8")
    exercises = [
        cell.metadata.nbgrader.grade_id
        for cell in nbformat.read(unit.release, as_version=4).cells
        if cell.metadata.get("nbgrader", {}).get("solution")
    ]
    assert re.findall(r"Your turn: (\w+)", text) == exercises
    assert "BEGIN SOLUTION" not in text
    assert "cases passed" not in text


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_every_widget_of_the_source_is_in_the_page(folder, unit):
    text = (folder / f"{unit.name}.html").read_text("utf-8")
    source = nbformat.read(unit.source, as_version=4)
    views = [
        output.data["application/vnd.jupyter.widget-view+json"]["model_id"]
        for cell in source.cells
        for output in cell.get("outputs", [])
        if "application/vnd.jupyter.widget-view+json" in output.get("data", {})
    ]
    assert views
    for view in views:
        assert f'data-widget="{view}"' in text
        assert f'id="state-{view}"' in text


def test_pages_load_nothing(folder):
    for path in folder.glob("*.html"):
        text = path.read_text("utf-8")
        assert not re.search(r"<(script|img|iframe|link)[^>]*(src|href)=[\"'](?!data:)", text)
        assert not re.search(r"@import|url\((?![\"']?data:)", text)


def test_the_contents_list_every_unit_with_its_goals(folder):
    text = (folder / "index.html").read_text("utf-8")
    for unit in UNITS:
        page = pages.read(unit)
        assert page.about.startswith(f"Unit {unit.name[:2]}")
        assert len(page.goals) >= 3
        assert f'href="{unit.name}.html"' in text
        assert all(goal in text for goal in page.goals)


def test_the_same_sources_give_the_same_bytes_and_other_files_stay(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(build, "check", lambda unit: None)  # whether it is fresh was asked before
    (tmp_path / "CNAME").write_text("course.example")
    assert cli.main(["site", str(tmp_path)]) == 0
    assert (tmp_path / "CNAME").read_text() == "course.example"
    for path in folder.glob("*.html"):
        assert path.read_bytes() == (tmp_path / path.name).read_bytes()


def test_a_file_in_the_way_is_named(tmp_path, capsys):
    (tmp_path / "site").write_text("")
    assert cli.main(["site", str(tmp_path / "site")]) == 1
    assert "is a file" in capsys.readouterr().err


def test_a_release_that_does_not_fit_is_refused(tmp_path):
    unit = UNITS[0]
    release = nbformat.read(unit.release, as_version=4)
    release.cells[1].id = "another"
    other = type(unit)(unit.name, tmp_path)
    other.release.parent.mkdir(parents=True)
    other.source.parent.mkdir(parents=True)
    nbformat.write(release, other.release)
    other.source.write_bytes(unit.source.read_bytes())
    with pytest.raises(CourseError, match="course build"):
        pages.read(other)
