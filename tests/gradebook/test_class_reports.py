"""`course report` writes the class report of what is graded, and grades nobody."""

import re
import shlex
import shutil
from datetime import datetime

import nbformat
import pytest
from nbgrader.api import Gradebook
from tiny_unit import ROOT, UNIT, cell_named, put_source

from course_utils import cli
from course_utils.gradebook.classroom import Classroom, load_config

LARGEST = """
def largest({0}):
    {1} = {0}[0]
    for {2} in {0}[1:]:
        if {2} > {1}:
            {1} = {2}
        elif {2} < {1} and {2} == {1} + 1:
            {1} = {1} * 1 + 0 * {2} - 0 * {1} + 0 * {2} * {2}
    return {1} + 0 * len({0})
"""
WROTE = {"ida": ("xs", "best", "x"), "jon": ("numbers", "m", "n"), "kim": ("x", "y", "x")}
OTHER = "03-convolution"


@pytest.fixture(scope="module")
def made(tmp_path_factory, source):
    """A course folder with a graded unit, in which ida and jon wrote the same, and another unit."""
    root = tmp_path_factory.mktemp("report") / "course"
    put_source(root, source)
    shutil.copy(ROOT / "nbgrader_config.py", root)
    classroom = Classroom(root, load_config(root))
    notebook = classroom.release(UNIT)
    other = root / "solutions" / OTHER
    shutil.copytree(root / "solutions" / UNIT, other)
    for path in list(other.iterdir()):
        path.rename(other / f"{OTHER}{path.suffix}")
    classroom.release(OTHER)
    with Gradebook(classroom.course.db_url, classroom.course.course_id) as gradebook:
        for student, names in WROTE.items():
            gradebook.update_or_create_student(student)
            cell_named(notebook, "largest").source = LARGEST.format(*names)
            for step in ("submitted", "autograded"):
                place = root / step / student / UNIT / f"{UNIT}.ipynb"
                place.parent.mkdir(parents=True)
                nbformat.write(notebook, place)
            gradebook.update_or_create_submission(UNIT, student)
            for name, points in (("total", 0), ("largest", 4)):
                gradebook.find_grade(f"{name}-test", UNIT, UNIT, student).auto_score = points
        gradebook.db.commit()
    return root


@pytest.fixture
def root(made, tmp_path, monkeypatch):
    root = shutil.copytree(made, tmp_path / "course")
    (root / "roster.csv").write_text("id\nida\njon\nkim\nlea\n")
    monkeypatch.chdir(root)
    return root


def pages(root) -> set[str]:
    return {path.name for path in root.glob("class-report*")}


def shown(page) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page.read_text("utf-8")))


def test_one_unit_has_its_page(root, capsys):
    before = {path: path.read_bytes() for path in root.rglob("autograded/**/*.ipynb")}
    assert cli.main(["report", UNIT]) == 0
    assert pages(root) == {f"class-report-{UNIT}.html"}
    text = shown(root / f"class-report-{UNIT}.html")
    assert "Nothing handed in lea" in text  # from the roster alone
    assert "ida, jon largest" in text
    assert "kim" not in text.partition("Similar answers")[2]
    assert "mean 4 of 6" in text
    said = capsys.readouterr().out
    assert f"class-report-{UNIT}.html" in said
    assert re.search(rf"{UNIT} +│ +3 of 4 │ +0 │ +0 │ +4.00 of 6 │ +1 │", said)
    assert before == {path: path.read_bytes() for path in before}


def test_all_units_have_theirs_and_an_overview(root, capsys):
    assert cli.main(["report"]) == 0
    assert pages(root) == {f"class-report{name}.html" for name in ("", f"-{UNIT}", f"-{OTHER}")}
    text = shown(root / "class-report.html")
    assert "01-sums 3 of 4 no due date 0 0 4 6" in text
    assert f"{OTHER} 0 of 4 no due date 0 0 – 6" in text
    assert f"lea {UNIT} " in text
    assert f"ida, jon {UNIT}: largest" in text


def test_late_work_follows_the_file(root, capsys):
    (root / "class.toml").write_text(f"[units.{UNIT}]\ndue = 2026-01-01\n")
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", "medical-imaging") as gradebook:
        gradebook.find_submission(UNIT, "kim").timestamp = datetime(2026, 1, 4)
        gradebook.db.commit()
    assert cli.main(["report", "01"]) == 0
    text = shown(root / f"class-report-{UNIT}.html")
    assert "kim 3 days late" in text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["07-nothing"], "There is no unit '07-nothing'."),
        ([OTHER], f"The gradebook does not know {OTHER}: run `nbgrader generate_assignment"),
    ],
)
def test_a_unit_that_is_not_known_is_told(root, words, said, capsys):
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", "medical-imaging") as gradebook:
        gradebook.remove_assignment(OTHER)
    assert cli.main(["report", *words]) == 1
    assert said in capsys.readouterr().err
    assert pages(root) == set()


def test_without_a_gradebook_none_is_made(root, capsys):
    (root / "gradebook.db").unlink()
    assert cli.main(["report"]) == 1
    assert "There is no gradebook yet" in capsys.readouterr().err
    assert not (root / "gradebook.db").exists()


def test_a_gradebook_that_cannot_be_used_is_one_line(root, capsys):
    (root / "gradebook.db").write_text("no database, but long enough to be taken for one" * 9)
    assert cli.main(["report"]) == 1
    assert "The gradebook cannot be used: file is not a database." in capsys.readouterr().err


def test_a_roster_that_cannot_be_used_is_told_before_anything_is_written(root, capsys):
    (root / "roster.csv").write_text("id\n=1+1\n")
    assert cli.main(["report"]) == 1
    assert "roster.csv cannot be used" in capsys.readouterr().err
    assert pages(root) == set()


def test_each_command_of_the_guide_runs(root, capsys):
    guide = (ROOT / "docs" / "instructors.md").read_text("utf-8")
    section = guide.partition("\n## How a class is doing\n")[2].partition("\n## ")[0]
    block = re.search(r"```sh\n(.*?)```", section, re.DOTALL)[1]
    commands = [shlex.split(line, comments=True) for line in block.splitlines()]
    assert len(commands) == 2
    assert [cli.main(words) for _, *words in commands] == [0, 0]
