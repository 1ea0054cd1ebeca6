"""A grader that is killed and started again ends with what it would have had undisturbed.

The long run is `benchmarks/grading_soak.py`.
"""

import pytest
from small_class import hand_in, release
from tiny_unit import UNIT

pytestmark = pytest.mark.sandbox


@pytest.mark.slow
def test_a_class_graded_by_a_killed_grader_has_the_same_gradebook(repository):
    from grading_soak import soak

    release(repository)
    hand_in(repository, 4)
    # With this seed the kills follow soon after the first result, and after two more.
    found = soak(repository, UNIT, kills=2, workers=1, seed=2)
    assert found.kills == 2
    assert found.differences == []
    assert found.left_over == 0
