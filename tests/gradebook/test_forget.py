"""What is stored about a student is listed, and removed wholly or not without saying so."""

import csv
import io
import os
import re
import shlex
import shutil
import subprocess
import zipfile

import pytest
from nbgrader.api import Gradebook
from tiny_unit import ROOT, UNIT, put_source

from course_utils import cli
from course_utils.demo.sample_class import to_bytes
from course_utils.gradebook.classroom import Classroom
from course_utils.gradebook.roster import without
from course_utils.gradebook.stored import naming
from course_utils.reports import class_overview, class_report, grades_csv

ROSTER = """\
id;name;lms_id;github
ida;"Lovelace, Ida";1815;ida-l
idalia;Idalia Stone;1816;
"""
TOML = f"""\
[units.{UNIT}]  # the first
due = 2026-12-01
[units.{UNIT}.extensions]
ida = 2026-12-08  # was ill
idalia = 2026-12-09
"""


def archive(path, *students):
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as file:
        for student in students:
            file.writestr(f"{student}+{UNIT}+20261201T100000Z/{UNIT}.ipynb", "{}")


@pytest.fixture(scope="module")
def stored(tmp_path_factory, source, config, released):
    """A course folder that stores something about `ida` and `idalia` in every place."""
    repository = tmp_path_factory.mktemp("stored") / "course"
    put_source(repository, source)
    shutil.copy(ROOT / "nbgrader_config.py", repository)
    classroom = Classroom(repository, config)
    classroom.release(UNIT)
    with Gradebook(classroom.course.db_url) as gradebook:
        for student in ("ida", "idalia"):
            gradebook.add_student(student, first_name=student.title(), email=f"{student}@b.org")
            gradebook.add_submission(UNIT, student)
    for step in ("submitted", "autograded", "feedback", "replaced"):
        for student in ("ida", "idalia"):
            place = repository / step / student / UNIT
            place.mkdir(parents=True)
            (place / f"{UNIT}.ipynb").write_bytes(to_bytes(released.release))
    (repository / "roster.csv").write_text(ROSTER, encoding="utf-8")
    (repository / "class.toml").write_text(TOML, encoding="utf-8")
    (repository / ".nbgrader.log").write_text("Grading ida\nGrading idalia\nida@b.org is none\n")
    class_report.write(classroom.course, UNIT)
    class_overview.write(classroom.course, [class_report.summary(classroom.course, UNIT)])
    grades_csv.export(classroom.api, repository / "grades.csv")
    downloads = repository / "downloaded" / UNIT / "archive"
    archive(downloads / f"ida+{UNIT}+20261201T100000Z.zip", "ida")
    archive(downloads / f"idalia+{UNIT}+20261201T100000Z.zip", "idalia")
    archive(downloads / "lovelaceida_1815_99_work.zip", "idalia")  # the LMS's word counts
    archive(downloads / "handed in.zip", "ida")
    moodle = downloads / "Ida Lovelace_77_assignsubmission_file_"
    moodle.mkdir()
    (moodle / "work.ipynb").write_text("{}")
    return repository


@pytest.fixture
def course(stored, tmp_path, monkeypatch):
    """A copy of that folder, as the working directory."""
    root = shutil.copytree(stored, tmp_path / "course")
    monkeypatch.chdir(root)
    return root


def mentions(root):
    """The files that hold the id `ida` as a name or as a word, the database included."""
    names = naming("ida")
    return sorted(
        str(path.relative_to(root))
        for path in root.rglob("*")
        if path.is_file() and (names.search(path.read_bytes()) or names.search(str(path).encode()))
    )


def state(root):
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_a_dry_run_lists_every_place_and_changes_nothing(course, capsys):
    before = state(course)
    assert cli.main(["forget", "ida", "--dry-run"]) == 0
    said = capsys.readouterr().out
    for place in (
        *("submitted/ida/ (1 file)", "autograded/ida/", "feedback/ida/", "replaced/ida/"),
        f"downloaded/{UNIT}/archive/ida+{UNIT}+20261201T100000Z.zip",
        f"downloaded/{UNIT}/archive/lovelaceida_1815_99_work.zip",
        f"downloaded/{UNIT}/archive/handed in.zip",
        f"downloaded/{UNIT}/archive/Ida Lovelace_77_assignsubmission_file_/",
        *(f"class.toml: extension ({UNIT})", "roster.csv: the row", ".nbgrader.log: 1 line"),
        "class-report.html",
        *("the gradebook: ida, Lovelace, Ida", "grades.csv: the rows", f"class-report-{UNIT}.html"),
    ):
        assert place in said, place
    assert "idalia" not in said
    assert state(course) == before


def test_all_of_it_is_removed_and_nothing_of_others(course, capsys):
    others = {p: c for p, c in state(course).items() if "idalia" in str(p)}
    assert cli.main(["forget", "ida", "--yes"]) == 0
    assert "Not removed" not in capsys.readouterr().out
    assert mentions(course) == []
    assert b"ida@b.org" not in (course / "gradebook.db").read_bytes()
    assert {p: c for p, c in state(course).items() if "idalia" in str(p)} == others
    assert (course / "roster.csv").read_text() == "".join(
        line for line in ROSTER.splitlines(keepends=True) if not line.startswith("ida;")
    )
    assert (course / "class.toml").read_text() == TOML.replace("ida = 2026-12-08  # was ill\n", "")
    rows = list(csv.DictReader(io.StringIO((course / "grades.csv").read_text())))
    assert [row["student_id"] for row in rows] == ["idalia"]
    assert "idalia" in (course / f"class-report-{UNIT}.html").read_text()
    assert cli.main(["forget", "ida"]) == 1
    assert "Nothing is stored about 'ida'." in capsys.readouterr().err


@pytest.mark.parametrize("answer", ["n", "", None])
def test_without_a_yes_nothing_is_removed(course, monkeypatch, capsys, answer):
    before = state(course)
    monkeypatch.setattr("sys.stdin", io.StringIO("" if answer is None else f"{answer}\n"))
    assert cli.main(["forget", "ida"]) == 1
    assert "Nothing was removed." in capsys.readouterr().out
    assert state(course) == before


def test_who_says_yes_is_asked_once(course, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    assert cli.main(["forget", "ida"]) == 0
    assert mentions(course) == []


def test_what_cannot_be_removed_is_listed_and_found_again(course, monkeypatch, capsys):
    remove, stuck = shutil.rmtree, course / "feedback" / "ida"

    def refuse(path, *more, **options):
        if path == stuck:
            raise PermissionError(13, "Permission denied", str(path))
        remove(path, *more, **options)

    monkeypatch.setattr(shutil, "rmtree", refuse)
    assert cli.main(["forget", "ida", "--yes"]) == 1
    said = capsys.readouterr().out.partition("Not removed:")[2]
    assert "feedback/ida/ (1 file): Permission denied" in said
    assert "the gradebook: ida" in said
    assert "kept until the rest is gone" in said
    assert not (course / "submitted" / "ida").exists()
    assert "ida;" in (course / "roster.csv").read_text()
    monkeypatch.setattr(shutil, "rmtree", remove)
    assert cli.main(["forget", "ida", "--yes"]) == 0
    assert mentions(course) == []


def test_a_locked_gradebook_keeps_what_depends_on_it(course, monkeypatch, capsys):
    report = (course / f"class-report-{UNIT}.html").read_bytes()

    def locked(self, student):
        raise OSError(5, "database is locked")

    monkeypatch.setattr(Gradebook, "remove_student", locked)
    assert cli.main(["forget", "ida", "--yes"]) == 1
    assert "database is locked" in capsys.readouterr().out
    assert "ida;" in (course / "roster.csv").read_text()
    assert (course / f"class-report-{UNIT}.html").read_bytes() == report


def test_what_also_holds_others_stays_until_somebody_has_looked(course, capsys):
    whole = course / "downloaded" / UNIT / "archive" / "submissions.zip"
    archive(whole, "ida", "idalia")
    assert cli.main(["forget", "ida", "--yes"]) == 1
    said = capsys.readouterr().out.partition("Not removed:")[2]
    assert f"downloaded/{UNIT}/archive/submissions.zip: it holds others' work, too" in said
    assert whole.exists()
    whole.unlink()
    assert cli.main(["forget", "ida", "--yes"]) == 0
    assert mentions(course) == []


def test_copies_and_exports_are_told(course, capsys):
    (course / "canvas-filled.csv").write_text("Student,SIS Login ID\nIda,ida\n")
    (course / "gradebook.db.2026-01-01").write_bytes((course / "gradebook.db").read_bytes())
    assert cli.main(["forget", "ida", "--yes"]) == 0
    said = capsys.readouterr().out
    assert "canvas-filled.csv: names this id" in said
    assert "gradebook.db.2026-01-01: names this id" in said


def test_folders_of_one_name_are_nobodys_for_certain(course, capsys):
    with (course / "roster.csv").open("a") as file:
        file.write("ida2;Ida Lovelace;1817;\n")
    assert cli.main(["forget", "ida", "--yes"]) == 1
    assert "it may be that of another person of this name" in capsys.readouterr().out
    downloads = course / "downloaded" / UNIT / "archive"
    assert (downloads / "Ida Lovelace_77_assignsubmission_file_").exists()
    assert not (downloads / "lovelaceida_1815_99_work.zip").exists()


def test_the_exchange_is_told(course, tmp_path, monkeypatch, capsys):
    handed_in = tmp_path / "medical-imaging" / "inbound" / f"ida+{UNIT}+2026-12-01 10:00:00 UTC"
    handed_in.mkdir(parents=True)
    monkeypatch.setenv("COURSE_EXCHANGE", str(tmp_path))
    assert cli.main(["forget", "ida", "--yes"]) == 0
    assert f"{handed_in}: is in the exchange, and not removed." in capsys.readouterr().out
    assert handed_in.exists()


def test_a_link_goes_and_what_it_leads_to_stays(course, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    shutil.move(course / "submitted" / "ida", elsewhere)
    (course / "submitted" / "ida").symlink_to(elsewhere)
    assert cli.main(["forget", "ida", "--yes"]) == 0
    assert not os.path.lexists(course / "submitted" / "ida")
    assert (elsewhere / UNIT / f"{UNIT}.ipynb").exists()


def test_read_only_folders_are_no_hindrance(course):
    place = course / "autograded" / "ida" / UNIT
    (place / f"{UNIT}.ipynb").chmod(0o444)
    place.chmod(0o555)
    assert cli.main(["forget", "ida", "--yes"]) == 0
    assert not place.exists()


@pytest.mark.parametrize("name", ["../solutions", "..", ".", "", " ", "submitted/ida", ".git"])
def test_what_is_no_id_removes_nothing(course, capsys, name):
    before = state(course)
    assert cli.main(["forget", name, "--yes"]) == 1
    assert "is no student's id" in capsys.readouterr().err
    assert state(course) == before


@pytest.mark.parametrize("name", ["roster.csv", "class.toml", "gradebook.db"])
def test_what_cannot_be_read_stops_before_anything_is_removed(course, name):
    (course / name).write_bytes(b"\xffdue = soon\n" * 99)
    before = state(course)
    assert cli.main(["forget", "ida", "--yes"]) == 1
    assert state(course) == before


def test_without_a_gradebook_none_is_made(repository, capsys):
    (repository / "roster.csv").write_text(ROSTER)
    assert cli.main(["forget", "ida", "--yes"]) == 0
    assert not (repository / "gradebook.db").exists()
    assert "ida;" not in (repository / "roster.csv").read_text()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize(
    ("lines", "row"),
    [
        (["sep=;\r\n", "Name;ID\r\n", "Ä;zoe\r\n", '"I\r\nL";ida\r\n'], 3),
        (["Student,ID,SIS Login ID\n", "Points Possible,,\n", "Ida,1815,ida\n", "Ö,1816,zoe"], 2),
    ],
)
def test_a_roster_of_any_form_stays_as_it_is(tmp_path, encoding, lines, row):
    path = tmp_path / "roster.csv"
    path.write_bytes("".join(lines).encode(encoding))
    expected = "".join(lines[:row] + lines[row + 1 :]).encode(encoding)
    assert without(path, "ida") == expected


def section(title):
    guide = (ROOT / "docs" / "instructors.md").read_text("utf-8")
    return guide.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def test_each_command_of_the_guide_runs(course, monkeypatch):
    block = re.search(r"```sh\n(.*?)```", section("What is stored about students"), re.DOTALL)[1]
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    for line in block.replace("jon", "idalia").splitlines():
        assert cli.main(shlex.split(line, comments=True)[1:]) == 0, line
    assert mentions(course) == []
    assert not list((course / "submitted").iterdir())


def test_what_the_guide_says_is_stored_git_does_not_take():
    rows = re.findall(r"^\| (`.*?) \|", section("What is stored about students"), re.MULTILINE)
    places = [place for row in rows for place in re.findall("`(.*?)`", row) if place.islower()]
    assert len(places) == 12
    ignored = [
        "git",
        "check-ignore",
        "--no-index",
        *(f"{p}x" if p[-1] == "/" else p for p in places),
    ]
    done = subprocess.run(ignored, cwd=ROOT, capture_output=True, text=True)
    assert len(done.stdout.splitlines()) == len(places), done.stdout


def test_a_private_copy_is_made_as_the_guide_says(tmp_path):
    git = {"GIT_CONFIG_GLOBAL": str(tmp_path / "config"), "GIT_CONFIG_SYSTEM": os.devnull}
    (tmp_path / "config").write_text("[user]\nname = A\nemail = a@b.org\n")
    block = re.search(r"```sh\n(.*?)```", section("A public course, and your private fork"), re.S)[
        1
    ]
    commands = block.replace("https://github.com/OWNER/COURSE.git", "public.git")
    commands = commands.replace("git@github.com:OUR-ORGANISATION/our-course.git", "../private.git")
    new = "git -C ../work commit -q --allow-empty -m new && git -C ../work push -q origin main\n"
    setup = """
        git init -q --bare -b main public.git
        git init -q --bare -b main private.git
        git clone -q public.git work
        git -C work checkout -q -b main
        git -C work commit -q --allow-empty -m old
        git -C work push -q origin main
    """
    script = setup + commands.replace("git fetch", f"{new}git fetch", 1) + "git log --format=%s\n"
    done = subprocess.run(
        ["bash", "-ec", script], cwd=tmp_path, env=os.environ | git, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-2:] == ["new", "old"]
