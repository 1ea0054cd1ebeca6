"""What the pictures of 00 say."""

from course_utils.widgets.start.broadcasting_model import Pair
from course_utils.widgets.start.broadcasting_view import frames as pairs
from course_utils.widgets.start.secant_model import Secant
from course_utils.widgets.start.secant_view import frames as slopes


def test_shapes_that_do_not_fit_have_one_frame_that_says_why():
    (only,) = pairs(Pair((3, 4), (3,)))
    assert "from the right, 4 meets 3, and neither is 1" in only.sentence


def test_a_frame_for_each_number_of_the_result():
    first, *others = pairs(Pair((3, 1), (4,)))
    assert "the result has the shape (3, 4)" in first.sentence
    assert len(others) == 12
    assert "Row 2, column 3 of the result: 13 − 4 = 9." in others[-1].sentence
    assert "Each number of the first array is read 4 times" in others[-1].sentence


def test_the_most_exact_step_is_told():
    shown = slopes(Secant("sin x", 1.0, central=True), Secant("sin x", 1.0, central=False))
    assert "the most exact of these steps" in shown[7].sentence
    assert "the most exact step is 10⁻⁵" in shown[0].sentence
