"""Every attack ends with no point that was not earned, and harms nobody else.

The submissions are in `attacks/`, one file each; `attacks/README.md` says what such a file holds.
"""

import importlib.util
import json
import math
import re
import subprocess
import sys
from functools import cache
from html import unescape
from pathlib import Path
from types import ModuleType

import nbformat
import pytest
import run_in_ipython
from tiny_unit import UNIT, code

from course_utils.checks.core import Forbid
from course_utils.checks.core import exercise as core_exercise
from course_utils.demo.sample_class import filled, solutions, to_bytes
from course_utils.gradebook.classroom import Classroom
from course_utils.judging import grader
from course_utils.judging.cells import is_demo

pytestmark = pytest.mark.sandbox

FILES = sorted((Path(__file__).parent / "attacks").glob("*.py"))
FIRST_OF_EACH_KIND = {path.stem.partition("_")[0]: path for path in reversed(FILES)}.values()
LIMITS = {"timeout": 3.0, "total_timeout": 60.0, "memory": 256}
FULL = {"total": 2, "largest": 4}


@pytest.fixture(scope="module")
def course(tmp_path_factory, released):
    """A course folder for all attacks."""
    import shutil

    return shutil.copytree(released.folder, tmp_path_factory.mktemp("attacks") / "course")


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"attack_{path.stem}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def submission(attack: ModuleType, source, release) -> bytes:
    notebook = filled(release, solutions(source) | getattr(attack, "ANSWERS", {}))
    insert(notebook, getattr(attack, "CELLS", []))
    content = to_bytes(notebook)
    if not hasattr(attack, "spoil"):
        return content
    spoilt = attack.spoil(json.loads(content))
    return spoilt if isinstance(spoilt, bytes) else json.dumps(spoilt).encode()


def hand_in(attack: ModuleType, classroom: Classroom, student: str, content: bytes) -> None:
    """Put the file in place, and what the attack puts beside it or instead of it."""
    path = classroom.hand_in(student, UNIT, content)
    if hasattr(attack, "place"):
        attack.place(path)


def insert(notebook, cells: list[tuple[str, str]]) -> None:
    """Put further code cells before those with the given `grade_id`s, or at the end."""
    for place, text in cells:
        names = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in notebook.cells]
        notebook.cells.insert(names.index(place) if place else len(names), code(text))


def is_under_the_general_rule(path: Path) -> bool:
    """The general rule refuses many attacks: without it, it is the walls behind it that hold."""
    return path.stem.startswith(("rule_", "honest_")) and not hasattr(load(path), "NO_RULES")


@pytest.fixture(scope="module")
def judges_by():
    """Whether the process that judges knows the general rule: it is forked, and keeps it."""
    grader.close()
    yield {}
    grader.close()


@pytest.fixture(autouse=True)
def general_rule(request, monkeypatch, judges_by):
    """Whether there is one depends on the file."""
    is_ruled = is_under_the_general_rule(request.node.callspec.params["path"])
    if not is_ruled:
        monkeypatch.setattr(core_exercise, "OWN_WORK", Forbid((), ""))
    if judges_by.get("the rule", is_ruled) != is_ruled:
        grader.close()
    judges_by["the rule"] = is_ruled


def parameters(paths: list[Path]) -> list:
    """Of each kind the first file, the others with the slow tests."""
    return [
        pytest.param(
            path, id=path.stem, marks=[] if path in FIRST_OF_EACH_KIND else pytest.mark.slow
        )
        for path in paths
    ]


@pytest.mark.parametrize("path", parameters(sorted(FILES, key=is_under_the_general_rule)))
def test_an_attack_earns_nothing_and_harms_nobody(path, course, config, source, released):
    attack = load(path)
    assert attack.__doc__, "say what the submission tries"
    limited = config.copy()
    limited.RefereeExecute = config.RefereeExecute.copy()
    limited.RefereeExecute.update(LIMITS | getattr(attack, "LIMITS", {}))
    classroom = Classroom(course, limited)
    student = path.stem.replace("_", "-")
    hand_in(attack, classroom, student, submission(attack, source, released.release))

    grade = classroom.grade(UNIT, student)

    assert points(grade) == attack.POINTS, [result.problem for result in grade.results]
    page = unescape(classroom.give_feedback(UNIT, student).read_text(encoding="utf-8"))
    for exercise, reason in getattr(attack, "REASON", {}).items():
        section = page.partition(f'<section id="{exercise}"')[2].partition("</section>")[0]
        assert re.search(reason, section), section
    graded = classroom.path(classroom.course.autograded_directory, student, UNIT)
    assert graded.stat().st_size < getattr(attack, "SIZE", math.inf)
    if hasattr(attack, "REFUSED"):
        assert re.search(attack.REFUSED, grade.not_graded)
        assert re.search(attack.REFUSED, page)
    else:
        assert not grade.not_graded
    assert "return sum(xs)" not in page or "place" not in vars(attack), "the solution is shown"

    # Every file is the neighbour of the one before it, and has right answers of its own.
    if not hasattr(attack, "NEIGHBOUR") and FILES.index(path) % 10:
        return
    honest = filled(released.release, solutions(source))
    insert(honest, getattr(attack, "NEIGHBOUR", []))
    classroom.hand_in("honest-neighbour", UNIT, to_bytes(honest))
    assert points(classroom.grade(UNIT, "honest-neighbour")) == FULL


FORMS = [path for path in FILES if path.stem.startswith(("rule_", "honest_form_"))]


@pytest.fixture(scope="module")
def in_notebooks(source, released):
    """Gives the points that answers have in a student's notebook, by the file's name."""

    @cache
    def run(paths: tuple[Path, ...]) -> dict[Path, dict[str, float]]:
        notebooks = [
            nbformat.reads(submission(load(path), source, released.release).decode(), 4).cells
            for path in paths
        ]
        cells = [
            [c.source for c in each if c.cell_type == "code" and not is_demo(c)]
            for each in notebooks
        ]
        program = [sys.executable, Path(run_in_ipython.__file__)]
        ran = subprocess.run(program, input=json.dumps(cells), capture_output=True, text=True)
        assert ran.returncode == 0, ran.stderr
        return dict(zip(paths, json.loads(ran.stdout), strict=True))

    return run


@pytest.mark.slow
@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_in_the_notebook_it_has_the_same_points(path, in_notebooks):
    together = tuple(other for other in FORMS if other.stem[0] == path.stem[0])  # in one process
    assert in_notebooks(together)[path] == load(path).POINTS


def points(grade) -> dict[str, float]:
    return {name.removesuffix("-test"): number for name, number in grade.points.items()}
