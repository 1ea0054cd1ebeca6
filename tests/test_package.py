"""The package as a whole: what importing it costs, where its imports go, what its files say."""

import ast
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from course_utils.authoring.leaks import find_leaks
from course_utils.authoring.secrets import collect
from course_utils.repository import repository, units, write_atomically

ROOT = repository()
PACKAGE = ROOT / "course_utils"
MODULES = sorted(PACKAGE.rglob("*.py"))
LEVELS = {"data": 0, "models": 1, "checks": 2, "widgets": 2, "grading": 3, "authoring": 4}
HEAVY = ("torch", "matplotlib", "nbgrader", "numpy", "scipy", "anywidget", "IPython")
CONDA_NAMES = {"torch": "pytorch-cpu", "matplotlib": "matplotlib-base"}


def imports(path: Path) -> set[str]:
    """The modules that a file imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def test_importing_the_package_loads_nothing_heavy():
    code = "import sys, course_utils; print([m for m in sys.argv[1:] if m in sys.modules])"
    result = subprocess.run(
        [sys.executable, "-c", code, *HEAVY], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"


def test_what_students_import_runs_without_unix_modules():
    """On Windows fcntl, resource, pwd and os.fork do not exist."""
    code = """
import os, sys
for name in ("fcntl", "resource", "pwd", "grp", "termios"):
    sys.modules[name] = None
if hasattr(os, "fork"):
    del os.fork
from course_utils import data
import course_utils.checks.convolution, course_utils.widgets.convolution, course_utils.lab
data.phantoms, data.load
"""
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_run_one_way(path):
    room = path.relative_to(PACKAGE).parts[0]
    assert "solutions" not in {name.partition(".")[0] for name in imports(path)}
    if room not in LEVELS:
        return
    for name in imports(path):
        parts = name.split(".")
        other = parts[1] if parts[0] == "course_utils" and len(parts) > 1 else room
        if other != room and other in LEVELS:
            assert LEVELS[other] < LEVELS[room], f"{room} imports {name}"
        assert other != "cli"


def test_the_wheel_holds_no_answer(tmp_path):
    """Built as `pip wheel` would, with the backend itself, and searched with all its files."""
    code = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"
    result = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    wheel = tmp_path / result.stdout.split()[-1]
    names = zipfile.ZipFile(wheel).namelist()
    assert "course_utils/cli.py" in names
    assert "course_utils/widgets/stepper.js" in names
    assert not any(name.startswith(("solutions", "tests", "notebooks")) for name in names)
    assert find_leaks(wheel, collect(units(ROOT))) == []


def test_text_files_use_utf8_and_unix_line_ends():
    tracked = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    for name in filter(None, tracked):
        path = ROOT / name
        if path.suffix in (".png", ".safetensors") or not path.is_file():
            continue
        data = path.read_bytes()
        assert b"\r\n" not in data, name
        data.decode("utf-8")


def test_a_failed_write_leaves_the_old_file_and_no_other(tmp_path):
    path = tmp_path / "file.txt"
    write_atomically(path, "old")
    with pytest.raises(UnicodeEncodeError):
        write_atomically(path, "half\udc80")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


class TestInStep:
    """pyproject.toml, constraints.txt, environment.yml and binder/ name the same packages."""

    @staticmethod
    def required() -> list[str]:
        import tomllib

        project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
        return [re.match(r"[\w.-]+", line)[0] for line in project["dependencies"]]

    @staticmethod
    def pinned() -> dict[str, str]:
        lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
        pins = dict(line.split("==") for line in lines if "==" in line)
        return {name.lower().replace("_", "-"): version for name, version in pins.items()}

    def test_every_requirement_is_pinned(self):
        assert set(self.required()) <= set(self.pinned())

    def test_the_environment_has_every_requirement_in_the_pinned_version(self):
        text = (ROOT / "environment.yml").read_text("utf-8")
        pins = self.pinned()
        for name in self.required():
            conda = f"- {CONDA_NAMES.get(name, name)}={pins[name]}\n"
            assert conda in text or f"- {name}=={pins[name]}\n" in text, name

    def test_binder_installs_the_package_and_starts_in_the_lessons(self, tmp_path):
        pip = tmp_path / "python"
        pip.write_text('#!/bin/sh\necho "$@" > "$HOME/called"\n', encoding="utf-8")
        pip.chmod(0o755)
        home = {"HOME": str(tmp_path), "PATH": f"{tmp_path}:/usr/bin:/bin"}
        subprocess.run(["bash", "binder/postBuild"], cwd=ROOT, env=home, check=True)
        assert (tmp_path / "called").read_text().split() == [
            *("-m", "pip", "install", "--no-deps", "--no-cache-dir", "-e", "."),
        ]
        settings = json.loads((tmp_path / ".jupyter/jupyter_server_config.json").read_text())
        assert settings["ServerApp"]["default_url"] == "/lab/tree/notebooks"
        assert (ROOT / "notebooks").is_dir()

    def test_binder_uses_the_same_environment(self):
        ours, binders = ROOT / "environment.yml", ROOT / "binder" / "environment.yml"
        assert ours.read_bytes() == binders.read_bytes()
