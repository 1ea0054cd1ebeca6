"""`course publish` writes what students need, and nothing that they must not see."""

import json
import re
import shlex
import shutil
import subprocess
from dataclasses import replace

import nbformat
import pytest
import yaml

from course_utils import cli
from course_utils.authoring import publish as publishing
from course_utils.authoring import worked_solutions
from course_utils.authoring.output_folder import digest
from course_utils.authoring.places import Places
from course_utils.authoring.publish import RECORD, publish
from course_utils.class_file import read
from course_utils.errors import CourseError


@pytest.fixture
def course(drafted, root, monkeypatch):
    """The tiny unit in a repository with everything that is published; the working directory."""
    for name in set(publishing.CONTENTS) - {"course_utils"}:
        copy = shutil.copytree if (root / name).is_dir() else shutil.copy
        copy(root / name, drafted.root / name)
    package = drafted.root / "course_utils"  # searching the real one takes seconds
    for name in ("__init__.py", "checks/doubling.py", "__pycache__/a.pyc", ".hidden"):
        (package / name).parent.mkdir(exist_ok=True, parents=True)
        (package / name).write_text('"""A module."""\n')
    for name in ("answers", "tests", ".git"):
        (drafted.root / name).mkdir()
        (drafted.root / name / "secret.txt").write_text("not for students")
    monkeypatch.chdir(drafted.root)
    return drafted


@pytest.fixture
def students(tmp_path):
    return tmp_path / "students"


def names(folder) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def contents(folder) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in names(folder)}


def test_students_get_what_they_need_and_no_answer(course, students):
    publish(students)
    top = {name.split("/")[0] for name in names(students)}
    made = {".github", ".gitignore", "README.md", "notebooks"}
    assert top == {*publishing.CONTENTS, *made, RECORD}
    assert "notebooks/99-doubling/99-doubling.ipynb" in names(students)
    assert "binder/requirements.txt" in names(students)
    package = {name for name in names(students) if name.startswith("course_utils/")}
    assert package == {"course_utils/__init__.py", "course_utils/checks/doubling.py"}
    assert "(notebooks/99-doubling/99-doubling.ipynb)" in (students / "README.md").read_text()
    for name, data in contents(students).items():
        assert b"doubled_values" not in data, name
        assert b"90817" not in data, name
    assert not list(students.parent.glob(".students*"))


def test_a_workflow_runs_the_visible_checks_and_nothing_hidden(course, students):
    publish(students)
    workflow = yaml.safe_load((students / publishing.WORKFLOW).read_text())
    assert workflow["permissions"] == {"contents": "read"}
    (job,) = workflow["jobs"].values()
    command = re.search(r"course (progress .+)$", job["steps"][-1]["run"], re.MULTILINE)[1]
    words = shlex.split(command.replace("$folder", "course-work").replace("$", ""))
    assert cli._parser().parse_args(words).run_anew
    assert "grade" not in (students / publishing.WORKFLOW).read_text().replace("your grade", "")


def test_publishing_twice_gives_the_same_files(course, students):
    publish(students)
    before = contents(students)
    publish(students)
    assert contents(students) == before


def test_an_update_keeps_history_and_additions_and_removes_what_is_gone(course, students):
    publish(students)
    for name in (".git/HEAD", ".github/workflows/check.yml"):
        (students / name).parent.mkdir(parents=True, exist_ok=True)
        (students / name).write_text("theirs")
    record = json.loads((students / RECORD).read_text())
    (students / "gone.txt").write_text("published once")
    record["gone.txt"] = digest(students / "gone.txt")
    (students / RECORD).write_text(json.dumps(record))
    publish(students)
    assert (students / ".git" / "HEAD").read_text() == "theirs"
    assert (students / ".github" / "workflows" / "check.yml").read_text() == "theirs"
    assert not (students / "gone.txt").exists()


def test_a_fresh_clone_may_be_published_to(course, students):
    (students / ".git").mkdir(parents=True)
    (students / ".git" / "HEAD").write_text("ref: refs/heads/main")
    publish(students)
    assert (students / ".git" / "HEAD").exists()
    assert (students / "README.md").exists()


def test_a_foreign_folder_is_refused_and_stays(course, students):
    students.mkdir()
    (students / "thesis.txt").write_text("three years of work")
    with pytest.raises(CourseError, match=r"not empty.*thesis.txt"):
        publish(students)
    assert names(students) == {"thesis.txt"}


def test_a_file_is_refused(course, students):
    students.write_text("a file")
    with pytest.raises(CourseError, match="is a file; expected a folder"):
        publish(students)


def test_changes_in_published_files_are_not_overwritten(course, students):
    publish(students)
    (students / "README.md").write_text("our own words")
    with pytest.raises(CourseError, match=r"were changed in .*: README.md"):
        publish(students)
    assert (students / "README.md").read_text() == "our own words"


@pytest.mark.parametrize("place", [".", "students", "course_utils", ".."])
def test_the_repository_itself_is_refused(course, place):
    with pytest.raises(CourseError, match="lies in the course's repository"):
        publish(course.root / place)


def test_a_leak_stops_the_publication_and_the_one_before_stays(course, students):
    publish(students)
    before = contents(students)
    leak = "# doubled_values.append(single * 2 + 0 * position)\n"
    (course.root / "course_utils" / "leak.py").write_text(leak)
    with pytest.raises(CourseError, match=r"would show answers:\n- course_utils/leak.py"):
        publish(students)
    assert contents(students) == before


def test_a_stale_release_is_refused(course, students):
    course.script.write_text(course.script.read_text().replace("A first", "One"))
    with pytest.raises(CourseError, match="run `course build 99-doubling`"):
        publish(students)
    assert not students.exists()


def test_a_missing_part_is_named(course, students):
    (course.root / "environment.yml").unlink()
    with pytest.raises(CourseError, match=r"has no environment.yml"):
        publish(students)


class TestWithARepository:
    """Releases with links to where students work."""

    def test_each_release_has_them_and_no_other_change(self, course, students):
        publish(students, Places("uni/imaging"))
        path = students / "notebooks/99-doubling/99-doubling.ipynb"
        links, *cells = json.loads(path.read_text("utf-8"))["cells"]
        assert "".join(links["source"]).startswith("[Open in Colab](https://colab")
        assert cells.pop(1)["id"] == "install-the-course"
        assert cells == json.loads(course.release.read_text("utf-8"))["cells"]

    def test_the_readme_has_them(self, course, students):
        publish(students, Places("uni/imaging"))
        text = (students / "README.md").read_text("utf-8")
        for link in Places("uni/imaging").links("99-doubling").values():
            assert f"({link})" in text

    def test_the_course_s_own_release_stays_as_it_is(self, course, students):
        before = course.release.read_bytes()
        publish(students, Places("uni/imaging"))
        assert course.release.read_bytes() == before

    def test_they_can_be_left_out_again(self, course, students):
        publish(students)
        before = contents(students)
        publish(students, Places("uni/imaging"))
        assert contents(students) != before
        publish(students)
        assert contents(students) == before


def test_what_programs_leave_behind_is_ignored_but_no_work(course, students):
    publish(students)
    subprocess.run(["git", "init", "-q", students], check=True)
    for name, ignored in {
        "notebooks/99-doubling/.ipynb_checkpoints/a.ipynb": True,
        "course_utils/__pycache__/a.pyc": True,
        "medical_imaging_course.egg-info/PKG-INFO": True,
        "course-work/99-doubling/99-doubling.ipynb": False,
    }.items():
        found = subprocess.run(
            ["git", "-C", students, "check-ignore", "-q", name], check=False
        ).returncode
        assert (found == 0) == ignored, name


def test_a_gitignore_that_is_there_already_is_kept(course, students):
    publish(students)
    record = json.loads((students / RECORD).read_text())
    del record[".gitignore"]  # as a publication from before had none
    (students / RECORD).write_text(json.dumps(record))
    (students / ".gitignore").write_text("ours\n")
    publish(students)
    assert (students / ".gitignore").read_text() == "ours\n"


def test_students_get_the_due_dates_and_nobodys_extension(course, students):
    (course.root / "class.toml").write_text(
        'timezone = "Europe/Berlin"\n[units.99-doubling]\ndue = 2026-12-01\n'
        "extensions = { ida = 2026-12-08 }\n"
    )
    publish(students)
    rule = read(students).rule("99-doubling")
    assert rule.due == read(course.root).rule("99-doubling").due
    assert "ida" not in (students / "class.toml").read_text()
    before = contents(students)
    publish(students)
    assert contents(students) == before


SOLVED = "worked-solutions/99-doubling/99-doubling.ipynb"


@pytest.fixture
def executed(course):
    """The source as its run left it: outputs, a hidden test's report among them."""
    notebook = nbformat.read(course.source, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.execution_count = 1
            cell.outputs = [nbformat.v4.new_output("stream", text=f"made by {cell.id}")]
            if "90817" in cell.source:
                cell.outputs[0].text = "by the hidden test with 90817"
    nbformat.write(notebook, course.source)
    return course


def test_worked_solutions_are_the_source_without_hidden_tests(executed, students):
    publish(students)
    without = contents(students)
    publish(students, solutions=["99"], now=True)
    with_solutions = contents(students)
    changed = {name for name, data in with_solutions.items() if without.get(name) != data}
    assert changed == {SOLVED, "README.md", RECORD}
    notebook = nbformat.reads(with_solutions[SOLVED].decode(), as_version=4)
    source = nbformat.read(executed.source, as_version=4)
    assert len(notebook.cells) == len(source.cells)
    (answer,) = (cell for cell in notebook.cells if "def double(" in cell.source)
    assert "return doubled_values" in answer.source
    assert "### " not in answer.source
    assert answer.outputs[0].text.startswith("made by")
    (test,) = (cell for cell in notebook.cells if "check.double(double)" in cell.source)
    assert test.source == "check.double(double)"
    assert b"90817" not in with_solutions[SOLVED]
    assert not any("nbgrader" in cell.metadata for cell in notebook.cells)
    assert f"[99-doubling]({SOLVED})" in with_solutions["README.md"].decode()


def test_they_stay_when_the_course_is_published_again(executed, students):
    publish(students, solutions=["99"], now=True)
    before = contents(students)
    publish(students)
    assert contents(students) == before


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        ("", "99-doubling has no due date; `course due 99-doubling DATE` sets one"),
        ("due = 2099-01-01 12:00:00", "can be handed in until 2099-01-01 12:00 UTC"),
        (
            "due = 2020-01-01\ngrace = 1\nextensions = { ida = 2099-01-01 }",
            "can be handed in until 2099-01-02 23:59 UTC",
        ),
    ],
)
def test_before_the_last_due_date_they_are_refused(executed, students, capsys, dates, said):
    text = f'timezone = "UTC"\n[units.99-doubling]\n{dates}\n'
    (executed.root / "class.toml").write_text(text)
    assert cli.main(["publish", str(students), "--solutions", "99"]) == 1
    assert said in capsys.readouterr().err
    assert not students.exists()


def test_afterwards_they_are_published(executed, students, capsys):
    text = "[units.99-doubling]\ndue = 2020-01-01\nextensions = { ida = 2020-02-01 }\n"
    (executed.root / "class.toml").write_text(text)
    assert cli.main(["publish", str(students), "--solutions", "99-doubling"]) == 0
    assert "no answer among them but the worked solutions of 99-doubling" in capsys.readouterr().out
    assert SOLVED in contents(students)


@pytest.mark.parametrize(
    "leak",
    [
        "check.double(double, seed=90817)",  # its own hidden test
        "halved_values.append(single / 2 + 0 * position)",  # another unit's answer
    ],
)
def test_worked_solutions_show_nothing_else(executed, students, leak):
    other = executed.root / "solutions" / "98-halving"
    text = executed.script.read_text().replace("doubl", "halv").replace("* 2", "/ 2")
    other.mkdir()
    (other / "98-halving.py").write_text(text.replace("90817", "90818"))
    chosen = [executed, replace(executed, name="98-halving")]
    new = students / "new"
    path = worked_solutions.write(executed, new)
    assert worked_solutions.leaks(executed, path, chosen) == []
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[-2].outputs = [nbformat.v4.new_output("stream", text=leak)]
    nbformat.write(notebook, path)
    assert worked_solutions.leaks(executed, path, chosen)


@pytest.mark.parametrize("name", ["course_utils/leak.py", f"{SOLVED}.txt"])
def test_the_same_answer_elsewhere_is_still_a_leak(executed, students, name):
    publish(students)
    before = contents(students)
    place = (executed.root if name.startswith("course") else students) / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("# doubled_values.append(single * 2 + 0 * position)\n")
    with pytest.raises(CourseError, match="would show answers"):
        publish(students, solutions=["99"], now=True)
    place.unlink()
    assert contents(students) == before
