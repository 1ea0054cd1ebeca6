"""The picture of the rooms in docs/architecture.md is the one of the code."""

import runpy
from types import SimpleNamespace

import pytest

from course_utils.repository import repository

ROOT = repository()
rooms = SimpleNamespace(**runpy.run_path(str(ROOT / "docs" / "rooms.py")))


def test_the_picture_is_the_codes():
    drawn = rooms.draw(rooms.imports(ROOT / "course_utils"))
    assert rooms.PICTURE.read_text(encoding="utf-8") == drawn, "run `python docs/rooms.py`"


def test_a_circle_is_refused():
    with pytest.raises(ValueError, match=r"circle: \['a', 'b'\]"):
        rooms.levels({"a": {"b"}, "b": {"a"}, "c": set()})


def test_an_arrow_that_repeats_a_longer_way_is_left_out():
    graph = {"top": {"middle", "ground"}, "middle": {"ground"}, "ground": set()}
    assert rooms.direct(graph, "top") == {"middle"}
    assert rooms.levels(graph) == {"ground": 0, "middle": 1, "top": 2}
