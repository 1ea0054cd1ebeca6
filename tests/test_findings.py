"""A result is stated only where it was measured, and a built lesson states all of them."""

import nbformat
import numpy as np
import pytest
import torch

from course_utils.findings import Finding, finding
from course_utils.repository import repository, units


@pytest.mark.parametrize("yes", [True, np.bool_(True), np.array(3) > 2, torch.tensor(3) > 2])
def test_a_sentence_is_shown_where_it_holds(yes, monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", shown.append)
    finding(yes, "It rises.", otherwise="It falls.")
    finding(not yes, "It rises.", otherwise="It falls.")
    assert shown == [Finding(True, "It rises."), Finding(False, "It falls.")]
    assert [repr(found) for found in shown] == ["Seen: It rises.", "Not seen here: It falls."]
    assert shown[1]._repr_markdown_() == "**Not seen here:** It falls."


def test_several_numbers_are_not_one_answer():
    with pytest.raises(ValueError, match="ambiguous"):
        finding(np.array([1, 2]) > 0, "All rise.", otherwise="Not all rise.")


@pytest.mark.parametrize("unit", units(repository()), ids=lambda unit: unit.name)
def test_every_sentence_of_a_built_lesson_holds(unit):
    notebook = nbformat.read(unit.source, as_version=4)
    texts = [
        output.get("data", {}).get("text/plain", "")
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
    ]
    assert not [text for text in texts if text.startswith("Not seen here:")]
