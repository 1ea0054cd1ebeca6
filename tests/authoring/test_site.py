"""`course site`: pages with the student's text, the source's pictures, and no answer."""

import json
import re
import shutil

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


@pytest.fixture
def again(folder, tmp_path, monkeypatch):
    """Writes the site again into a copy of it, and gives the copy and the exit status."""
    monkeypatch.setattr(build, "check", lambda unit: None)  # whether it is fresh was asked before
    copy = shutil.copytree(folder, tmp_path / "site")
    return copy, lambda: cli.main(["site", str(copy)])


@pytest.mark.slow
def test_the_same_sources_give_the_same_bytes_and_other_files_stay(folder, again):
    copy, write = again
    (copy / "CNAME").write_text("course.example")
    (copy / UNITS[0].name).with_suffix(".html").unlink()
    assert write() == 0
    assert (copy / "CNAME").read_text() == "course.example"
    assert {path.name for path in copy.iterdir()} == {
        *(path.name for path in folder.iterdir()),
        "CNAME",
    }
    for path in folder.iterdir():
        assert path.read_bytes() == (copy / path.name).read_bytes()


@pytest.mark.slow
def test_the_page_of_a_unit_that_is_gone_goes_too(again, monkeypatch):
    copy, write = again
    monkeypatch.setattr(build, "units", lambda root: UNITS[1:])
    assert write() == 0
    assert {path.stem for path in copy.glob("*.html")} == {
        *(unit.name for unit in UNITS[1:]),
        "index",
    }


class TestRefusals:
    @pytest.fixture(autouse=True)
    def _before_any_work(self, monkeypatch):
        monkeypatch.setattr(build, "check", lambda unit: pytest.fail("it went on"))

    def test_a_file_in_the_way_is_named(self, tmp_path, capsys):
        (tmp_path / "site").write_text("")
        assert cli.main(["site", str(tmp_path / "site")]) == 1
        assert "is a file" in capsys.readouterr().err

    def test_a_folder_of_somebody_else_is_refused_and_stays(self, tmp_path, capsys):
        (tmp_path / "index.html").write_text("my home page")
        assert cli.main(["site", str(tmp_path)]) == 1
        assert "is not empty and no earlier site" in (said := capsys.readouterr().err)
        assert "got one with index.html" in said
        assert [path.read_text() for path in tmp_path.iterdir()] == ["my home page"]

    def test_a_page_that_was_changed_is_not_overwritten(self, again, capsys):
        copy, write = again
        (copy / "index.html").write_text("my own words")
        assert write() == 1
        assert "were changed in" in (said := capsys.readouterr().err)
        assert ": index.html." in said
        assert (copy / "index.html").read_text() == "my own words"


@pytest.mark.slow
def test_a_file_that_a_new_page_would_replace_is_named(again, capsys):
    copy, write = again
    record = copy / build.RECORD
    made = json.loads(record.read_text("utf-8"))
    del made["index.html"]
    record.write_text(json.dumps(made))
    (copy / "index.html").write_text("my home page")
    assert write() == 1
    assert "index.html would be replaced by a page; rename it." in capsys.readouterr().err
    assert (copy / "index.html").read_text() == "my home page"


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
