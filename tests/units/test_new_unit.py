"""A new unit needs one new file in each of solutions/, checks/, widgets/ and answers/.

Shown in a temporary copy of the repository: no other file is edited, and the unit is built,
released, listed and judged.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from course_utils.repository import repository

# ruff: noqa: E501  (a cell's head is one line)
SCRIPT = '''\
# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Doubling

# %%
from course_utils import widgets
from course_utils.checks import doubling as check

# %% [markdown]
# ## See it

# %% tags=["demo"]
widgets.doubling.pairs()

# %% [markdown]
# ## Write it


# %% nbgrader={"grade": false, "grade_id": "double", "locked": false, "schema_version": 3, "solution": true, "task": false}
def double(x):
    """Return twice x."""
    ### BEGIN SOLUTION
    return x + x
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "double-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.double(double)
### BEGIN HIDDEN TESTS
check.double(double, seed=4711)
### END HIDDEN TESTS
'''

CHECKS = '''\
"""Checks of the unit doubling."""

from course_utils.checks.core import Exercise, Misconception, ValueCase, call

double = Exercise(
    "double",
    2,
    lambda x: 2 * x,
    (ValueCase("numbers", lambda rng: [call(int(n)) for n in rng.integers(3, 99, 5)]),),
    (Misconception("squared", "You square.", lambda x: x**2),),
)
'''

WIDGETS = '''\
"""Widgets of the unit doubling."""

from course_utils.widgets import draw
from course_utils.widgets.stepper import Frame, Stepper


def pairs() -> Stepper:
    """Numbers and their doubles."""

    def film(count: int) -> list[Frame]:
        frames = []
        for n in range(count):
            sentence = f"Twice {n} is {2 * n}."
            body = draw.text(60, 20, sentence)
            frames.append(Frame(draw.picture(120, 30, body, sentence=sentence, step=n), sentence))
        return frames

    return Stepper("Doubles", film, {"three": {"count": 3}})
'''

ANSWERS = """\
from course_utils.authoring.answers import variant, wrong


@wrong("double", "squared")
def squares(x):
    return x * x


@variant("double")
def multiplies(x):
    return 2 * x
"""

FILES = {
    "solutions/98-doubling/98-doubling.py": SCRIPT,
    "course_utils/checks/doubling.py": CHECKS,
    "course_utils/widgets/doubling.py": WIDGETS,
    "answers/doubling/double.py": ANSWERS,
}


pytestmark = pytest.mark.lesson


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    root, copy = repository(), tmp_path_factory.mktemp("copy") / "course"
    shutil.copytree(
        root,
        copy,
        ignore=shutil.ignore_patterns(
            ".git", "__pycache__", "*.egg-info", "course-*", ".*_cache", "gradebook.db*"
        ),
    )
    for name, content in FILES.items():
        path = copy / name
        path.parent.mkdir(parents=True, exist_ok=True)
        assert not path.exists()
        path.write_text(content, encoding="utf-8")
    return copy


def run(copy: Path, *arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_it_is_built_and_proven(copy):
    result = run(copy, "-m", "course_utils.cli", "build", "doubling")
    assert result.returncode == 0, result.stdout + result.stderr
    assert (copy / "notebooks" / "98-doubling" / "98-doubling.ipynb").is_file()


@pytest.mark.slow
def test_its_wrong_answers_and_variants_are_judged(copy):
    result = run(copy, "-m", "course_utils.cli", "doctor", "--tests", "98")
    assert result.returncode == 0, result.stdout + result.stderr
    assert "squared" in result.stdout


@pytest.mark.slow
def test_the_tests_of_all_units_now_include_it(copy):
    result = run(
        copy, "-m", "pytest", "tests/checks/test_answers.py", "--collect-only", "-q", "-n0"
    )
    assert "doubling-double-squares" in result.stdout, result.stdout + result.stderr
