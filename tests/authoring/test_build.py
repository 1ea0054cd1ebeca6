"""`course build`: from the script to the executed source and the proven release."""

import shutil

import nbformat
import pytest

from course_utils import checks
from course_utils.authoring import build as building
from course_utils.authoring import proofs
from course_utils.authoring.execution import execute
from course_utils.authoring.freshness import stale
from course_utils.authoring.notebook import read_script, to_json
from course_utils.errors import CourseError
from course_utils.repository import Unit

CHECKS = '''
"""Checks of the tiny unit."""

from course_utils.checks.core import Exercise, ValueCase, call

double = Exercise(
    "double",
    3,
    lambda values: [2 * value for value in values],
    (ValueCase("three numbers", (call([1, 2, 3]),)), ValueCase("none", (call([]),))),
)
'''


@pytest.fixture(scope="module")
def built(tmp_path_factory, make, root):
    """The tiny unit in a repository with the whole package, built once for all tests."""
    unit = make(tmp_path_factory.mktemp("built"))
    package = unit.root / "course_utils"
    shutil.copytree(root / "course_utils", package, ignore=shutil.ignore_patterns("__pycache__"))
    (package / "checks" / "doubling.py").write_text(CHECKS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checks, "__path__", [*checks.__path__, str(package / "checks")])
        steps = []
        result = building.build(unit, on_step=lambda: steps.append(1))
        yield unit, result, len(steps)


@pytest.fixture
def without_kernel(built, monkeypatch):
    """Building again takes the outputs of the first build, and a release that earns nothing."""
    unit, _, _ = built
    source = nbformat.read(unit.source, 4)

    def executed(notebook, root, *, errors_allowed=False, **_):
        if not errors_allowed:
            return source
        notebook.cells[7].outputs = [nbformat.v4.new_output("error", ename="E", evalue="")]
        return notebook

    monkeypatch.setattr(building, "execute", executed)
    return unit


def test_the_source_is_executed_and_the_release_is_not(built):
    unit, result, steps = built
    source, release = nbformat.read(unit.source, 4), nbformat.read(unit.release, 4)
    test = next(cell for cell in source.cells if cell.id == "double-test")
    assert test.outputs[0].data["text/plain"] == "3.0"
    assert all(not cell.get("outputs") for cell in release.cells)
    assert "raise NotImplementedError" in release.cells[6].source
    assert (result.points, steps) == (3, 5 + 4)  # the release's demo is not run


def test_the_next_run_gives_the_same_bytes(built):
    unit, _, _ = built
    again = execute(read_script(unit.script), unit.root)
    assert to_json(again) == unit.source.read_text(encoding="utf-8")
    assert "widgets" in again.metadata
    assert stale(unit) == []


def test_prints_are_one_output_and_nothing_of_the_run_is_kept(built):
    unit, _, _ = built
    source = nbformat.read(unit.source, 4)
    printed = next(cell for cell in source.cells if cell.id == "look-3")
    assert [output.text for output in printed.outputs] == ["before\nafter\n"]
    assert "version" not in source.metadata.language_info
    assert not any("execution" in cell.metadata for cell in source.cells)
    assert proofs.steadiness(source) == []


def test_nothing_but_source_and_release_is_written(built):
    unit, _, _ = built
    assert not list(unit.root.rglob("gradebook.db"))
    assert [path.name for path in unit.release.parents[1].iterdir()] == [unit.name]
    assert [path.name for path in unit.release.parent.iterdir()] == [unit.release.name]


def test_a_release_is_replaced_only_when_everything_is_proven(without_kernel, monkeypatch):
    unit = without_kernel
    unit.release.write_text("the release before")
    monkeypatch.setattr(proofs, "outline", lambda source: ["there is no outline."])
    with pytest.raises(CourseError, match=r"no new release.*\n- there is no outline"):
        building.build(unit)
    assert unit.release.read_text() == "the release before"
    monkeypatch.undo()
    assert list(unit.release.parents[1].iterdir()) == [unit.release.parent]


def test_an_old_release_is_replaced_whole(without_kernel):
    unit = without_kernel
    (unit.release.parent / "old.txt").write_text("from an earlier release")
    building.build(unit)
    assert [path.name for path in unit.release.parent.iterdir()] == [unit.release.name]


def test_a_leak_keeps_the_release_back(without_kernel, monkeypatch):
    make_release = building.make_release

    def leaking(unit, source, folder):
        made = make_release(unit, source, folder)
        (made / "notes.txt").write_text("doubled_values.append(single * 2 + 0 * position)")
        return made

    monkeypatch.setattr(building, "make_release", leaking)
    with pytest.raises(CourseError, match=r"- leak: notes\.txt: a line of the solution of double"):
        building.build(without_kernel)


def test_a_cell_that_raises_is_named_and_nothing_is_written(unit, lesson, monkeypatch):
    monkeypatch.setattr(building, "_exercises", lambda unit: {})
    kept = lesson[: lesson.index("# %%\nimport")] + "# %%\nnumber = 1\nnumber / 0\n"
    unit.script.write_text(kept)
    with pytest.raises(CourseError, match=r"number / 0[\s\S]*ZeroDivisionError"):
        building.build(unit)
    assert not unit.source.exists()
    assert not unit.release.exists()


def test_a_unit_without_checks_is_told_so(unit):
    unchecked = Unit("98-nothing", unit.root)
    unchecked.script.parent.mkdir()
    shutil.copy(unit.script, unchecked.script)
    with pytest.raises(CourseError, match=r"package course_utils/checks/nothing/.*nothing\.py"):
        building.build(unchecked)


def test_a_faulty_script_is_refused_before_anything_runs(unit, lesson):
    unit.script.write_text(lesson.replace("### END SOLUTION", "### END SOLUTIONS"))
    with pytest.raises(CourseError, match=r"99-doubling\.py:\d+: '### END SOLUTIONS'"):
        building.build(unit)


def test_the_command_refuses_a_repository_that_is_not_the_running_one(unit, monkeypatch):
    monkeypatch.chdir(unit.root)
    with pytest.raises(CourseError, match="pip install -e"):
        building.run([])


def test_the_command_names_an_unknown_unit(unit, monkeypatch):
    monkeypatch.chdir(unit.root)
    with pytest.raises(CourseError, match="There is no unit '04-pooling'"):
        building.run(["04-pooling"])


def test_the_command_builds_the_others_when_one_is_refused(unit, monkeypatch, capsys):
    second = Unit("98-other", unit.root)
    second.script.parent.mkdir()
    shutil.copy(unit.script, second.script)

    def build(each, on_step):
        on_step()
        if each == second:
            raise CourseError("98-other was not built; line 3 is wrong.")
        return building.Built(each, 3, 1.0, 2_000_000, 10_000)

    monkeypatch.chdir(unit.root)
    monkeypatch.setattr(building, "_same_package", lambda root: None)
    monkeypatch.setattr(building, "build", build)
    assert building.run([]) == 1
    said = capsys.readouterr().out
    assert "99-doubling" in said
    assert "98-other was not built; line 3 is wrong." in said
    assert building.run(["99"]) == 0
