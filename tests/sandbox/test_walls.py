"""What is shown in the sandbox: packages wherever they lie, and nothing of the course."""

import ast
import importlib
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from course_utils.protocol import requests
from course_utils.protocol.channel import Channel
from course_utils.protocol.shown import SHOWN, is_withheld
from course_utils.repository import repository, units
from course_utils.sandbox import walls
from course_utils.sandbox.limits import Limits
from course_utils.sandbox.walls import Place
from course_utils.sandbox.warm_process import Sandbox

LIMITS = Limits(cell_seconds=20)
THING = "VALUE = 7\n\ndef double(x):\n    return 2 * x\n"


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """A folder with installed packages outside Python's own, as a `.pth` file adds one."""
    folder = tmp_path / "elsewhere" / "site-packages"
    (folder / "thing-1.0.dist-info").mkdir(parents=True)
    (folder / "thing.py").write_text(THING, encoding="utf-8")
    shutil.copytree(walls.PACKAGE / "checks", folder / "course_utils" / "checks")
    monkeypatch.setattr(sys, "path", [*sys.path, str(folder)])
    return folder


@pytest.mark.sandbox
@pytest.mark.parametrize("mode", [0o755, 0o700])
def test_packages_outside_of_pythons_folders_can_be_imported(elsewhere, mode):
    elsewhere.chmod(mode)
    elsewhere.parent.chmod(0o700)
    with Sandbox() as warm:
        channel = Channel(warm.start(LIMITS), LIMITS.reply, lambda name: None)
        channel.allow(20)
        here, course = str(elsewhere), str(elsewhere / "course_utils")
        program = f"import os, thing; print(thing.VALUE, {here!r} in thing.__file__)"
        (seen,) = channel.run(f"{program}; print(os.listdir({course!r}))")
        channel.close()
    assert seen["text"] == "7 True\n[]\n"


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A copy of the package, with a unit whose checks are a single module."""
    copy = tmp_path / "copy" / walls.PACKAGE.name
    shutil.copytree(walls.PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    oracle = copy / "checks" / "doubling.py"
    oracle.write_text("check = object()\nORACLE = 'twice as much'\n", encoding="utf-8")
    monkeypatch.setattr(walls, "PACKAGE", copy)
    return copy


READ_ALL = """
import os
for folder, _, names in os.walk("/course"):
    for name in names:
        path = os.path.join(folder, name)
        text = open(path, "rb").read()
        print(os.path.relpath(path, "/course/course_utils"), b"twice as much" in text)
from course_utils.checks import doubling
print("says", doubling.double(lambda x: x))
"""


@pytest.mark.sandbox
def test_in_the_sandbox_is_what_is_listed_and_no_oracle_even_of_a_single_module(package):
    with Sandbox() as warm:
        channel = Channel(warm.start(LIMITS), LIMITS.reply, lambda name: None)
        channel.allow(20)
        (seen,) = channel.run(READ_ALL)
        channel.close()
    *files, last = seen["text"].splitlines()
    assert last == "says This is checked by the grader, outside the sandbox."
    found = {name for name, _, has_oracle in (line.partition(" ") for line in files)}
    assert not [line for line in files if line.endswith(" True")]
    folders = [package.joinpath(*name.split(".")) for name in SHOWN]
    within = {
        file.relative_to(package).as_posix()
        for folder in folders
        for file in (folder.rglob("*") if folder.is_dir() else [folder.with_suffix(".py")])
        if file.is_file()
    }
    rooms = {name.partition(".")[0] for name in SHOWN if "." in name}
    around = {"__init__.py", *(f"{room}/__init__.py" for room in rooms)}
    stand_ins = {f"checks/{unit.topic}.py" for unit in units(repository())}
    assert found == within | around | stand_ins | {"checks/doubling.py"}


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_what_is_shown_imports_nothing_that_is_withheld():
    for shown in walls.package_files().values():
        for path in shown.rglob("*.py") if shown.is_dir() else [shown]:
            assert not list(filter(is_withheld, imports(path))), path


@pytest.mark.parametrize(
    ("module", "withheld"),
    [
        ("course_utils.checks.core.cases", False),
        ("course_utils.checks", False),
        ("course_utils.checks.convolution.kernels", True),
        ("course_utils.checks.corelike", True),
        ("course_utils.judging.referee", True),
        ("course_utils.sandbox", False),
        ("course_utils.sandbox.walls", True),
        ("course_utils", False),
        ("numpy.linalg", False),
    ],
)
def test_what_is_withheld_follows_from_what_is_shown(module, withheld):
    assert is_withheld(module) is withheld


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


def test_a_link_to_python_that_lies_beside_other_files_is_shown_alone(tmp_path, monkeypatch):
    """As `~/python3`, from which an environment was made."""
    (tmp_path / "python3").symlink_to("/usr/bin/python3")
    (tmp_path / "notes.txt").touch()
    (tmp_path / "environment" / "bin").mkdir(parents=True)
    program = tmp_path / "environment" / "bin" / "python"
    program.symlink_to(tmp_path / "python3")
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "environment"))
    monkeypatch.setattr(sys, "executable", str(program))
    there = {place.path: place for place in walls.places()}
    assert there[str(tmp_path / "python3")].source == "/usr/bin/python3"
    assert str(tmp_path / "notes.txt") not in there
    assert there[str(tmp_path)].kind == "folder"


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


def test_copies_of_the_package_that_this_python_does_not_import_are_covered(tmp_path, monkeypatch):
    copies = [
        tmp_path / name / "python3.11/site-packages/course_utils" for name in ("lib", "lib32")
    ]
    for copy in copies:
        copy.mkdir(parents=True)
    monkeypatch.setattr(sys, "base_prefix", str(tmp_path))
    assert set(copies) <= set(walls._covered([tmp_path / "lib", tmp_path / "lib32"]))


def test_the_folder_of_the_exchange_is_covered(tmp_path, monkeypatch):
    exchange, default = tmp_path / "lib" / "exchange", tmp_path / "share" / "nbgrader"
    for folder in (exchange, default):
        folder.mkdir(parents=True)
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    monkeypatch.setenv("COURSE_EXCHANGE", str(exchange))
    shown = [tmp_path / "lib", tmp_path / "share"]
    assert {exchange, default} <= set(walls._covered(shown))


def test_a_link_beside_its_folder_is_shown_as_a_link(tmp_path):
    """As `lib64`: bound a second time, its copy of the package would not be covered."""
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib64").symlink_to("lib")
    assert list(walls._shown(tmp_path / "lib64"))[-1] == Place(f"{tmp_path}/lib64", "link", "lib")


def test_a_folder_that_nobody_may_enter_is_no_folder_of_packages(tmp_path, monkeypatch):
    monkeypatch.setattr(walls.os, "access", lambda *_: False)
    assert not walls._holds_packages(tmp_path)


def test_what_is_installed_elsewhere_crosses_by_its_name(elsewhere):
    requests._installed.cache_clear()
    try:
        assert requests._importable(importlib.import_module("thing").double)
    finally:
        requests._installed.cache_clear()
        del sys.modules["thing"]
