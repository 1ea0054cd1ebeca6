"""What each role installs: the base is enough for lessons, and a command says which extra it needs.

The environments hold nothing else; see `student_environment`.
"""

import json
import os
import subprocess
import sys

import pytest
import student_environment
from install_size import EXTRAS, needed

from course_utils.checks import exercises
from course_utils.repository import repository, units

ROOT = repository()
UNITS = units(ROOT)
EXTRAS_ONLY = (
    *("nbgrader", "jupyterlab", "notebook", "jupyter_server", "nbconvert", "nbformat", "nbclient"),
    *("jupytext", "sqlalchemy", "latex2mathml", "monai", "nilearn", "pydicom", "timm", "dask"),
    *("pytest", "hypothesis", "playwright"),
)

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")


@pytest.fixture(scope="module")
def student(tmp_path_factory):
    """Runs the Python of an environment with the base alone."""
    return _runner(tmp_path_factory.mktemp("base"))


def _runner(folder, extra=""):
    """A function that runs an environment's Python, by default in the repository's root."""
    python = student_environment.make(folder / "environment", extra)
    settings = {**os.environ, "HOME": str(folder), "COURSE_DATA_SOURCE": "phantoms"}
    settings.pop("PYTHONPATH", None)

    def run(*arguments, cwd=ROOT):
        return subprocess.run(
            [str(python), "-I", *map(str, arguments)],
            cwd=cwd,
            env=settings,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_the_base_has_no_graders_and_no_jupyterlab(student):
    code = (
        "import sys; from importlib.util import find_spec as f; print([*filter(f, sys.argv[1:])])"
    )
    result = student("-c", code, *EXTRAS_ONLY)
    assert result.stdout.strip() == "[]", result.stderr
    present = student("-c", code, "numpy", "torch", "course_utils", "skimage").stdout
    assert present.strip() == "['numpy', 'torch', 'course_utils', 'skimage']"


LOOK = """
import ast, json, pathlib, re, sys
from course_utils import checks, data, progress, repository, widgets
from course_utils.authoring import answers

root = pathlib.Path(sys.argv[1])
data.phantoms.chest(2), data.load("mednist", 28), progress.show(root / "notebooks")
for unit in repository.units(root):
    said = {"unit": unit.name}
    lesson = json.loads(unit.release.read_text("utf-8"))
    cells = ["".join(c["source"]) for c in lesson["cells"] if c["cell_type"] == "code"]
    for tree in map(ast.parse, cells):
        tries = [node for node in ast.walk(tree) if isinstance(node, ast.Try)]
        tried = {id(node) for each in tries for node in ast.walk(each)}  # of an extra
        for node in ast.walk(tree):
            if isinstance(node, ast.Import | ast.ImportFrom) and id(node) not in tried:
                exec(ast.unparse(node))
    declared, samples = checks.exercises(unit.topic), answers.load(unit)
    for name, answer in (("right", samples.variants[0]), ("wrong", samples.wrong[0])):
        report = declared[answer.exercise](*answer.functions)
        report._repr_mimebundle_()
        said[name] = float(repr(report)) / declared[answer.exercise].points
    name = re.search(rf"widgets\\.{unit.topic}\\.(\\w+)\\(\\)", "\\n".join(cells))[1]
    said["widget"], _ = getattr(getattr(widgets, unit.topic), name)()._repr_mimebundle_()
    print(json.dumps(said))
"""


@pytest.fixture(scope="module")
def seen(student):
    """What each unit showed: {unit: {"right": share of points, "wrong": …, "widget": …}}."""
    result = student("-c", LOOK, ROOT)
    assert result.returncode == 0, result.stderr
    rows = [json.loads(line) for line in result.stdout.splitlines() if line.startswith("{")]
    return {row["unit"]: row for row in rows}


class TestLessons:
    @pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
    @pytest.mark.slow
    def test_a_unit_imports_checks_and_shows_a_widget(self, seen, unit):
        row = seen[unit.name]
        assert row["right"] == 1
        assert row["wrong"] < 1
        assert "application/vnd.jupyter.widget-view+json" in row["widget"]
        assert len(row["widget"]["text/plain"]) > 40

    @pytest.mark.lesson
    @pytest.mark.slow
    def test_a_whole_lesson_runs_in_a_kernel(self, student, tmp_path):
        """The sample solution of 03, cell by cell, as in VS Code or on a hub without JupyterLab."""
        code = """
import json, sys
from jupyter_client.manager import start_new_kernel

manager, client = start_new_kernel()
shown = []
for cell in json.load(open(sys.argv[1], encoding="utf-8"))["cells"]:
    if cell["cell_type"] == "code":
        hook = lambda message: shown.append(message["content"].get("data", {}))
        reply = client.execute_interactive("".join(cell["source"]), output_hook=hook)
        assert reply["content"]["status"] == "ok", reply["content"]
client.stop_channels()
manager.shutdown_kernel(now=True)
print(sum("application/vnd.jupyter.widget-view+json" in data for data in shown))
reports = [data.get("application/vnd.course.report+json") for data in shown]
print(json.dumps([[report["earned"], report["points"]] for report in reports if report]))
"""
        [unit] = units(ROOT, ["03"])
        result = student("-c", code, unit.source, cwd=tmp_path)
        assert result.returncode == 0, result.stderr
        views, marks = result.stdout.splitlines()[-2:]
        assert int(views) >= 5
        marks = json.loads(marks)
        assert len(marks) == len(exercises(unit.topic))
        assert all(earned == points for earned, points in marks)


class TestCommands:
    @pytest.mark.parametrize(
        ("arguments", "extra"),
        [
            (["lab"], "lab"),
            (["submit", "03", "--student", "ada"], "lab"),
            (["demo"], "teach"),
            (["grade", "03-convolution"], "teach"),
            (["build"], "teach"),
            (["publish", "students"], "teach"),
            (["site", "pages"], "teach"),
        ],
        ids=lambda value: value if isinstance(value, str) else value[0],
    )
    def test_a_command_without_its_extra_says_which_one(self, student, arguments, extra):
        result = student("-m", "course_utils.cli", *arguments)
        assert result.returncode == 1
        assert result.stderr == (
            f"course {arguments[0]} needs the extra `{extra}`: "
            f"run pip install 'medical-imaging-course[{extra}]'\n"
        )
        assert result.stdout == ""

    @pytest.mark.parametrize("arguments", [["progress", "--work", "notebooks"], ["--help"]])
    def test_other_commands_run(self, student, arguments):
        result = student("-m", "course_utils.cli", *arguments)
        assert result.returncode == 0, result.stderr

    @pytest.mark.parametrize(
        ("module", "command", "again"),
        [
            ("rich", ["progress"], "medical-imaging-course"),
            ("numpy", ["grade", "03-convolution"], "medical-imaging-course[teach]"),
        ],
    )
    def test_a_missing_module_that_no_extra_brings_is_named(self, module, command, again):
        code = "import sys; sys.modules[sys.argv[1]] = None; from course_utils import cli\n"
        code += "sys.exit(cli.main(sys.argv[2:]))"
        result = subprocess.run(
            [sys.executable, "-c", code, module, *command],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert result.returncode == 1
        assert result.stderr == (
            f"course {command[0]}: there is no module `{module}`."
            f" Run pip install '{again}' again.\n"
        )

    def test_a_fault_of_the_package_itself_is_not_hidden(self, monkeypatch):
        from course_utils import cli

        def fails(options):
            import course_utils.nothing  # noqa: F401

        monkeypatch.setattr(cli, "_progress", fails)
        with pytest.raises(ModuleNotFoundError, match=r"course_utils\.nothing"):
            cli.main(["progress"])


class TestExtras:
    @pytest.mark.slow
    def test_lab_is_enough_to_hand_in_and_for_the_course_s_nbgrader(self, tmp_path):
        run = _runner(tmp_path, "lab")
        unit = "03-convolution"
        options = ("--student", "ada", "--work", ROOT / "notebooks", "--to", tmp_path)
        result = run("-m", "course_utils.cli", "submit", unit, *options)
        assert result.returncode == 0, result.stderr
        assert len([*tmp_path.glob(f"ada+{unit}+*.zip")]) == 1
        code = """
from pathlib import Path
from traitlets.config import PyFileConfigLoader
import course_utils.gradebook.validation
print(PyFileConfigLoader("nbgrader_config.py", path=".").load_config().CourseDirectory.course_id)
"""
        result = run("-c", code)
        assert result.stdout == "medical-imaging\n", result.stderr
        assert run("-c", "import jupytext, psycopg").returncode == 1

    @pytest.mark.parametrize("extra", ["lab", "teach", "test"])
    def test_it_brings_what_lessons_practise_with(self, extra):
        names = needed(extra)
        assert {"monai", "nilearn", "pydicom", "nbgrader", "jupyterlab"} <= set(names)

    def test_all_is_what_tests_have(self):
        everything = set(needed("test"))
        for extra in EXTRAS:
            assert set(needed(extra)) <= everything
