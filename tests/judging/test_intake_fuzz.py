"""Intake reads whatever file there is, or says why not; `benchmarks/fuzz.py` tries for longer."""

import pytest
from fuzzing import PROPERTIES, QUICK


@pytest.mark.parametrize("holds", PROPERTIES["intake"], ids=lambda holds: holds.__name__)
def test_whatever_file_is_handed_in(holds):
    QUICK(holds)()
