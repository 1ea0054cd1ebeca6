"""A tiny unit, `99-doubling`, in a repository of its own."""

import shutil
from pathlib import Path
from textwrap import dedent

import pytest

from course_utils.authoring.notebook import read_script, to_json
from course_utils.authoring.release import make_release
from course_utils.files import write_atomically
from course_utils.repository import Unit

ROOT = Path(__file__).resolve().parents[2]
NAME = "99-doubling"

# ruff: noqa: E501  (a cell's head is one line)
LESSON = dedent('''\
    # ---
    # jupyter:
    #   kernelspec:
    #     display_name: Python 3
    #     language: python
    #     name: python3
    # ---

    # %% [markdown]
    # # Doubling
    #
    # A first sentence.

    # %%
    import ipywidgets

    from course_utils.checks import doubling as check

    # %% [markdown]
    # ## Look

    # %% tags=["demo"]
    class Slider(ipywidgets.IntSlider):
        def _repr_mimebundle_(self, **kwargs):
            data = super()._repr_mimebundle_(**kwargs)
            return {**data, "text/plain": "A slider at 3."}


    Slider(3)

    # %%
    print("before")
    print("after")

    # %% [markdown]
    # ## Write it
    #
    # Write `double(values)`.


    # %% nbgrader={"grade": false, "grade_id": "double", "locked": false, "schema_version": 3, "solution": true, "task": false}
    def double(values):
        """Return a list with every value doubled, in the same order."""
        ### BEGIN SOLUTION
        doubled_values = []
        for position, single in enumerate(values):
            if position >= 0:
                doubled_values.append(single * 2 + 0 * position)
        return doubled_values
        ### END SOLUTION


    # %% nbgrader={"grade": true, "grade_id": "double-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
    check.double(double)
    ### BEGIN HIDDEN TESTS
    check.double(double, seed=90817)
    ### END HIDDEN TESTS

    # %% [markdown]
    # ## What you can do now
    ''')


@pytest.fixture
def unit(tmp_path) -> Unit:
    """The tiny unit's script in a repository with nothing but nbgrader's configuration."""
    return make_unit(tmp_path / "repository")


@pytest.fixture
def drafted(tmp_path, draft) -> Unit:
    """The tiny unit with a source and a release that were never executed: quick, and fresh."""
    shutil.copytree(draft.root, tmp_path / "repository")
    return Unit(NAME, tmp_path / "repository")


@pytest.fixture(scope="session")
def draft(tmp_path_factory) -> Unit:
    unit = make_unit(tmp_path_factory.mktemp("draft"))
    source = to_json(read_script(unit.script))
    write_atomically(unit.source, source)
    unit.release.parents[1].mkdir()
    make_release(unit, source, unit.release.parents[1])
    return unit


@pytest.fixture(scope="session")
def make():
    """Makes a repository with the tiny unit in a folder."""
    return make_unit


@pytest.fixture(scope="session")
def lesson() -> str:
    return LESSON


@pytest.fixture(scope="session")
def root() -> Path:
    """The real repository."""
    return ROOT


def make_unit(folder: Path) -> Unit:
    unit = Unit(NAME, folder)
    write_atomically(unit.script, LESSON)
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    shutil.copy(ROOT / "solutions" / "jupytext.toml", folder / "solutions")
    return unit
