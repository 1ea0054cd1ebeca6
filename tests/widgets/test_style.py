"""The palette is readable in both themes, and the style sheet is made from it alone."""

import re

import numpy as np
import pytest

from course_utils.widgets import style

THEMES = {"light": style.LIGHT, "dark": style.DARK}
SHADES = [(theme, hue) for theme in THEMES for hue in THEMES[theme].hues]


@pytest.mark.parametrize("theme", THEMES)
def test_text_stands_out_from_paper(theme):
    colours = THEMES[theme]
    assert style.contrast(colours.ink, colours.paper) >= 4.5
    assert style.contrast(colours.quiet, colours.paper) >= 4.5
    assert style.contrast(colours.rule, colours.paper) >= 3


@pytest.mark.parametrize(("theme", "hue"), SHADES)
def test_each_hue_carries_marks_areas_and_words(theme, hue):
    colours = THEMES[theme]
    mark, tint, word = colours.hues[hue]
    assert style.contrast(mark, colours.paper) >= 3
    assert style.contrast(mark, tint) >= 3
    assert style.contrast(word, colours.paper) >= 4.5
    assert style.contrast(colours.ink, tint) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_quiet_text_is_readable_on_controls(theme):
    colours = THEMES[theme]
    assert style.contrast(colours.quiet, colours.hues["gray"].tint) >= 4.5


def test_both_themes_have_the_same_variables():
    assert style.variables(style.LIGHT).keys() == style.variables(style.DARK).keys()


def test_contrast_is_that_of_wcag():
    assert style.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert style.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("name", style.MAPS)
def test_text_is_readable_on_every_colour_of_a_map(name):
    for red, green, blue in style.colours(np.linspace(-1, 1, 101), name, -1, 1):
        colour = f"#{red:02x}{green:02x}{blue:02x}"
        assert style.contrast(style.readable_on(colour), colour) >= 4.5


@pytest.mark.parametrize("name", ["gray", "viridis", "cividis"])
def test_sequential_maps_grow_brighter(name):
    rows = style.colours(np.linspace(0, 1, 50), name, 0, 1)
    brightness = [style.luminance("#" + bytes(row).hex()) for row in rows]
    assert np.all(np.diff(brightness) > 0)


@pytest.mark.parametrize("name", ["viridis", "cividis"])
def test_sequential_maps_are_close_to_those_of_matplotlib(name):
    import matplotlib

    values = np.linspace(0, 1, 200)
    published = matplotlib.colormaps[name](values)[:, :3] * 255
    assert np.abs(style.colours(values, name, 0, 1) - published).max() < 12


def test_the_signed_map_is_neutral_at_zero_and_has_a_side_for_each_sign():
    negative, zero, positive = style.colours(np.array([-2.0, 0.0, 2.0]), "signed", -2, 2).tolist()
    assert max(zero) == min(zero)
    assert negative[2] > negative[0]
    assert positive[0] > positive[2]


def test_values_beyond_the_limits_take_the_end_colours():
    assert np.array_equal(
        style.colours(np.array([-9, 9]), "gray", 0, 1), [[0, 0, 0], [255, 255, 255]]
    )


@pytest.mark.parametrize(
    ("name", "low", "high", "reason"),
    [
        ("jet", 0, 1, "viridis"),
        ("gray", 1, 1, "below high"),
        ("signed", -1, 2, "zero is neutral"),
    ],
)
def test_impossible_maps_are_refused_with_the_reason(name, low, high, reason):
    with pytest.raises(ValueError, match=reason):
        style.colours(np.zeros(3), name, low, high)


def test_every_class_and_variable_has_the_prefix():
    sheet = style.theme_css() + style.picture_css()
    selectors = re.sub(r"\{[^{}]*\}", "", sheet)
    assert all(name.startswith("course") for name in re.findall(r"\.([a-z][\w-]*)", selectors))
    assert all(name.startswith("course-") for name in re.findall(r"--([\w-]+)", sheet))


def test_every_variable_in_use_is_defined():
    used = set(re.findall(r"var\((--[\w-]+)\)", style.picture_css()))
    assert used <= style.variables(style.LIGHT).keys()
