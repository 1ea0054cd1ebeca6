"""A line counts what is done, and replaces itself."""

import pytest

from course_utils.widgets.counter import counted


@pytest.fixture
def lines(monkeypatch):
    """Every state of the line, as a notebook would show it."""
    shown = []

    class Screen:
        def update(self, data, raw):
            assert raw
            shown.append(data["text/plain"])

    def display(data, raw, display_id):
        assert raw
        assert display_id
        shown.append(data["text/plain"])
        return Screen()

    monkeypatch.setattr("IPython.display.display", display)
    return shown


def test_the_line_counts_what_is_done(lines):
    assert list(counted("ab", "training")) == ["a", "b"]
    assert lines == ["training: 0 of 2", "training: 1 of 2", "training: 2 of 2"]


def test_an_item_counts_when_it_is_done_and_not_before(lines):
    going = counted(iter([10, 20]), "looking")
    assert next(going) == 10
    assert lines == ["looking: 0 of 2"]
    assert next(going) == 20
    assert lines[-1] == "looking: 1 of 2"


def test_outside_of_a_notebook_the_items_come_without_a_line(monkeypatch):
    monkeypatch.setattr("IPython.display.display", lambda *args, **options: None)
    assert list(counted(range(3), "training")) == [0, 1, 2]
