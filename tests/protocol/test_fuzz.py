"""Codec and channel refuse what is not theirs, and change nothing of what is."""

import pytest
from fuzzing import PROPERTIES, QUICK


@pytest.mark.parametrize("holds", PROPERTIES["protocol"], ids=lambda holds: holds.__name__)
def test_whatever_a_student_s_process_says(holds):
    QUICK(holds)()
