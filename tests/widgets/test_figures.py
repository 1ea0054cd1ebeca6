"""Figures carry their result in words and come out the same every time."""

import numpy as np
import pytest

from course_utils.widgets import figures

IMAGES = [np.arange(12).reshape(3, 4), np.eye(3)]


def test_a_picture_has_a_png_and_its_words_in_every_form():
    picture = figures.images(IMAGES, ["a ramp", "a line"], alt='A "ramp" & a line.')
    data, metadata = picture._repr_mimebundle_()
    assert picture.png.startswith(b"\x89PNG")
    assert data["text/plain"] == 'A "ramp" & a line.'
    assert 'alt="A &quot;ramp&quot; &amp; a line."' in data["text/html"]
    assert metadata["image/png"]["alt"] == 'A "ramp" & a line.'


def test_the_same_images_give_the_same_bytes():
    first, second = (figures.images(IMAGES, ["a", "b"], alt="Two.") for _ in range(2))
    assert first.png == second.png


def test_the_figure_is_closed():
    from matplotlib import pyplot as plt

    figures.show(plt.figure(), alt="Nothing.")
    assert plt.get_fignums() == []


@pytest.mark.parametrize(
    ("images", "titles", "alt", "said"),
    [
        (IMAGES, ["one"], "Two.", "a title for each image"),
        ([], [], "None.", "a title for each image"),
        ([np.zeros((2, 2, 3))], ["colour"], "Colour.", r"must be \(H, W\)"),
        (IMAGES, ["a", "b"], "  ", "alt must state"),
    ],
)
def test_bad_input_is_refused_with_the_reason(images, titles, alt, said):
    with pytest.raises(ValueError, match=said):
        figures.images(images, titles, alt)


ONE = np.ones((1, 2))


def test_sums_show_their_signs_and_numbers_and_have_words():
    picture = figures.sums(
        [[("left", ONE), ("right", 2 * ONE), ("sum", 3 * ONE)]], "One and two: 3."
    )
    assert picture.png.startswith(b"\x89PNG")
    assert repr(picture) == "One and two: 3."


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([[("left", ONE), ("right", ONE), ("sum", 3 * ONE)]], r"not the sum of the others: \[\[2"),
        ([[("left", ONE)]], "2 at least"),
        ([[("left", ONE), ("sum", ONE)], [("a", ONE), ("b", ONE), ("c", ONE)]], "same length"),
    ],
)
def test_sums_that_do_not_add_up_are_refused(rows, said):
    with pytest.raises(ValueError, match=said):
        figures.sums(rows, "alt")
