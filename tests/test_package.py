"""The package as a whole: what importing it costs, where its imports go, what its files say."""

import ast
import importlib.metadata
import json
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from course_utils.authoring.leaks import find_leaks
from course_utils.authoring.secrets import collect
from course_utils.files import write_atomically
from course_utils.repository import repository, units

ROOT = repository()
PACKAGE = ROOT / "course_utils"
MODULES = sorted(PACKAGE.rglob("*.py"))
LEVELS = {
    "data": 0,
    "models": 1,
    "checks": 2,
    "widgets": 2,
    "protocol": 3,
    "sandbox": 4,
    "judging": 5,
    "reports": 6,
    "gradebook": 7,
    "grading": 8,
    "student": 9,
    "demo": 9,
    "authoring": 10,
}
HEAVY = ("torch", "matplotlib", "nbgrader", "numpy", "scipy", "anywidget", "IPython")
CONDA_NAMES = {"torch": "pytorch-cpu", "matplotlib": "matplotlib-base"}
NOT_IN_CONDA = ("medmnist", "resvg-py")


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


@pytest.mark.slow
def test_what_students_import_runs_without_unix_modules():
    """On Windows fcntl, resource, pwd and os.fork do not exist."""
    code = """
import os, sys
for name in ("fcntl", "resource", "pwd", "grp", "termios"):
    sys.modules[name] = None
if hasattr(os, "fork"):
    del os.fork
import importlib
from course_utils import data, progress
from course_utils.student import lab, merge, updates
data.phantoms, data.load
for topic in sys.argv[1:]:
    for room in ("checks", "widgets"):
        importlib.import_module(f"course_utils.{room}.{topic}")
"""
    topics = [unit.topic for unit in units(ROOT)]
    subprocess.run([sys.executable, "-c", code, *topics], check=True)


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
    assert {name.partition("/")[0] for name in names if ".dist-info/" not in name} == {PACKAGE.name}
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

    @pytest.fixture
    def project(self) -> dict:
        return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

    @pytest.fixture
    def pinned(self) -> dict[str, str]:
        lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
        pins = dict(line.split("==") for line in lines if "==" in line)
        return {canonicalize_name(name): version for name, version in pins.items()}

    @staticmethod
    def required(project: dict, *extras: str) -> dict[str, SpecifierSet]:
        """The packages of the base and of these extras with their ranges."""
        found, todo = {}, [*project["dependencies"]]
        for extra in extras:
            todo += project["optional-dependencies"][extra]
        while todo:
            requirement = Requirement(todo.pop())
            if requirement.name == project["name"]:
                for extra in requirement.extras:
                    todo += project["optional-dependencies"][extra]
            else:
                found[canonicalize_name(requirement.name)] = requirement.specifier
        return found

    def test_every_pinned_package_runs_on_the_oldest_python(self, pinned):
        """Some ask for a late release of 3.11; Debian's is 3.11.2."""
        for distribution in importlib.metadata.distributions():
            name = canonicalize_name(distribution.metadata["Name"])
            needs = distribution.metadata.get("Requires-Python", "")
            if distribution.version == pinned.get(name):
                assert "3.11.0" in SpecifierSet(needs), f"{name} needs Python {needs}"

    def test_every_requirement_is_pinned_in_its_range(self, project, pinned):
        for name, versions in self.required(project, "test").items():
            assert pinned.get(name, "none") in versions, name

    def test_conda_gets_the_ranges_of_the_base_and_of_the_lab(self, project):
        lines = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))["dependencies"]
        (from_pip,) = (line["pip"] for line in lines if isinstance(line, dict))
        stated = {line for line in lines if isinstance(line, str)} - {"pip"}
        expected = {"python": SpecifierSet(project["requires-python"])}
        expected |= self.required(project, "lab")
        by_pip = {f"{name}{expected.pop(name)}" for name in NOT_IN_CONDA}
        assert set(from_pip) == by_pip
        assert stated == {f"{CONDA_NAMES.get(name, name)}{expected[name]}" for name in expected}

    def test_binder_installs_the_course_with_pytorch_s_cpu_build_in_proven_versions(
        self, monkeypatch
    ):
        """By pip's own parser: paths are found, and only the course itself is asked for."""
        parser = pytest.importorskip("pip._internal.req")
        session = pytest.importorskip("pip._internal.network.session").PipSession()
        monkeypatch.chdir(ROOT)
        found = list(parser.parse_requirements("binder/requirements.txt", session=session))
        asked = [line for line in found if not line.constraint]
        assert [(line.requirement, line.is_editable) for line in asked] == [(".[lab]", True)]
        pins = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
        held = {line.requirement for line in found if line.constraint}
        assert held == {line for line in pins if not line.startswith("#")}
        text = (ROOT / "binder" / "requirements.txt").read_text("utf-8")
        assert "\n--extra-index-url https://download.pytorch.org/whl/cpu\n" in text

    def test_binder_s_python_is_one_that_the_package_takes(self, project):
        name, _, version = (ROOT / "binder" / "runtime.txt").read_text("utf-8").partition("-")
        assert name == "python"
        assert version.strip() in SpecifierSet(project["requires-python"])

    def test_binder_starts_in_the_lessons(self, tmp_path):
        home = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
        subprocess.run(["bash", "binder/postBuild"], cwd=ROOT, env=home, check=True)
        settings = json.loads((tmp_path / ".jupyter/jupyter_server_config.json").read_text())
        assert settings["ServerApp"]["default_url"] == "/lab/tree/notebooks"
        assert (ROOT / "notebooks").is_dir()

    def test_binder_has_no_file_that_would_be_taken_in_the_place_of_its_requirements(self):
        """repo2docker prefers a conda environment, and runs nothing else beside a Dockerfile."""
        names = {path.name for path in (ROOT / "binder").iterdir()}
        assert names == {"requirements.txt", "runtime.txt", "postBuild"}
