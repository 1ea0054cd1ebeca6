"""Every unit: its notebooks are fresh, and it has what its topic needs.

Executing the sources and comparing their outputs is nbval's part (see `conftest.py`).
"""

import importlib
import json

import pytest

from course_utils.authoring.freshness import stale
from course_utils.authoring.leaks import find_leaks
from course_utils.authoring.proofs import full_marks
from course_utils.authoring.secrets import collect
from course_utils.repository import repository, units

ROOT = repository()
UNITS = units(ROOT)
each_unit = pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)


def test_there_are_units():
    assert UNITS


@each_unit
def test_the_committed_notebooks_are_what_the_script_says(unit):
    assert stale(unit) == []


@each_unit
def test_the_stored_outputs_give_full_marks(unit):
    import nbformat

    assert full_marks(nbformat.read(unit.source, as_version=4)) == []


@each_unit
def test_the_release_leaks_nothing(unit):
    assert list(find_leaks(unit.release.parent, collect(UNITS))) == []


@each_unit
def test_the_release_has_no_outputs_and_nothing_of_the_instructors_run(unit):
    release = json.loads(unit.release.read_text(encoding="utf-8"))
    assert all(not cell.get("outputs") for cell in release["cells"])
    assert all(cell.get("execution_count") is None for cell in release["cells"])
    assert "widgets" not in release["metadata"]
    assert "version" not in release["metadata"]["language_info"]
    assert all("execution" not in cell["metadata"] for cell in release["cells"])


@each_unit
def test_the_topic_has_its_checks_and_widgets(unit):
    for room in ("checks", "widgets"):
        assert importlib.import_module(f"course_utils.{room}.{unit.topic}")


@each_unit
def test_notebooks_use_utf8_and_unix_line_ends(unit):
    for path in (unit.script, unit.source, unit.release):
        data = path.read_bytes()
        assert b"\r" not in data
        data.decode("utf-8")
