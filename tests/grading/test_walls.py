"""What is shown in the sandbox: packages wherever they lie, and nothing of the course."""

import shutil
import sys
from pathlib import Path

import pytest

from course_utils.grading import walls
from course_utils.grading.limits import Limits
from course_utils.grading.remote import Line
from course_utils.grading.sandbox import Warm

LIMITS = Limits(cell_seconds=20)


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """A folder with installed packages outside Python's own, as a `.pth` file adds one."""
    folder = tmp_path / "elsewhere" / "site-packages"
    (folder / "thing-1.0.dist-info").mkdir(parents=True)
    (folder / "thing.py").write_text("VALUE = 7\n", encoding="utf-8")
    shutil.copytree(walls.PACKAGE / "checks", folder / "course_utils" / "checks")
    monkeypatch.setattr(sys, "path", [*sys.path, str(folder)])
    return folder


@pytest.mark.sandbox
@pytest.mark.parametrize("mode", [0o755, 0o700])
def test_packages_outside_of_pythons_folders_can_be_imported(elsewhere, mode):
    elsewhere.chmod(mode)
    elsewhere.parent.chmod(0o700)
    with Warm() as warm:
        line = Line(warm.start(LIMITS), LIMITS, lambda name: None)
        line.allow(20)
        here, course = str(elsewhere), str(elsewhere / "course_utils")
        program = f"import os, thing; print(thing.VALUE, {here!r} in thing.__file__)"
        (seen,) = line.run(f"{program}; print(os.listdir({course!r}))")
        line.close()
    assert seen["text"] == "7 True\n[]\n"


def test_folders_without_installed_packages_stay_out_of_sight(tmp_path, monkeypatch):
    (tmp_path / "notes").mkdir()
    monkeypatch.setattr(sys, "path", ["", str(tmp_path / "notes"), str(walls.PACKAGE.parent)])
    shown = walls.python_folders()
    assert not any(Path(entry).is_relative_to(f) for f in shown for entry in sys.path[1:])


def test_packages_in_a_repository_of_the_course_stay_out_of_sight(elsewhere):
    root = elsewhere.parents[1]
    (root / "solutions").mkdir()
    (root / "nbgrader_config.py").touch()
    assert elsewhere not in walls.python_folders()


def test_of_a_python_that_fills_a_home_only_its_own_parts_are_shown(tmp_path, monkeypatch):
    for name in ("bin", "lib", "course", "submitted"):
        (tmp_path / name).mkdir()
    (tmp_path / "pyvenv.cfg").touch()
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    shown = {path.name for path in walls.python_folders() if path.parent == tmp_path}
    assert shown == {"bin", "lib", "pyvenv.cfg"}


def test_a_python_behind_several_links_is_found(tmp_path, monkeypatch):
    for name in ("one", "two"):
        (tmp_path / name / "bin").mkdir(parents=True)
        (tmp_path / name / "lib").mkdir()
    real = tmp_path / "two" / "bin" / "python3"
    real.touch()
    (tmp_path / "one" / "bin" / "python").symlink_to("../../two/bin/python3")
    monkeypatch.setattr(sys, "executable", str(tmp_path / "one" / "bin" / "python"))
    assert {tmp_path / "one" / "lib", tmp_path / "two" / "lib"} <= set(walls.python_folders())


def test_an_installed_package_is_covered(tmp_path, monkeypatch):
    """As after `pip install .`, when the oracles lie in Python's own environment."""
    inside = tmp_path / "lib" / "course_utils"
    inside.mkdir(parents=True)
    monkeypatch.setattr(sys, "path", [str(tmp_path / "lib")])
    assert walls._covered([tmp_path / "lib"]) == [inside]


def test_a_course_within_what_is_shown_is_covered(tmp_path, monkeypatch):
    root = tmp_path / "share" / "course"
    (root / "solutions").mkdir(parents=True)
    (root / "nbgrader_config.py").touch()
    monkeypatch.chdir(root / "solutions")
    assert walls._covered([tmp_path / "share"]) == [root]
