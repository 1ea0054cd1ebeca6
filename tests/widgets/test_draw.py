"""The drawing vocabulary."""

import base64
import io
import re
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from course_utils.widgets import draw, formula, style

PARTS = {
    "text": draw.text(1, 2, "a < b & c", look="quiet", size="small", anchor="end"),
    "words": draw.words(1, 2, [("n", "word-blue bold"), (" + 1", "")]),
    "cell": draw.cell(0, 0, 38, "−12", hatching=style.ALERT, goto=3),
    "grid": draw.grid([["1", ""], ["3", "4"]], 0, 0, 30, look=style.OUTPUT),
    "indices": draw.indices(-1, 3, 20, 20, 30),
    "highlight": draw.highlight(0, 0, 30, 30, look=style.KERNEL, dashed=True),
    "hatch": draw.hatch(0, 0, 30, 20, look=style.ALERT),
    "arrow": draw.arrow(0, 0, 30, 40, look=style.EMPTY, dashed=True),
    "bar": draw.bar(0, 10, 20, -5, look=style.EXTRA, hatched=True),
    "axis": draw.axis(0, 50, 90, 50, {0: "0", 90: "1"}, "time in s"),
    "image": draw.image(np.arange(12, dtype=np.uint8).reshape(3, 4), 0, 0, 40, 30),
    "caption": draw.caption(0, 0, "input", "padding 1"),
    "formula": formula.formula(0, 0, [[("x = ", "")], ([("a", "bold")], [("b", "")])]),
}


@pytest.fixture(params=PARTS)
def part(request) -> str:
    return PARTS[request.param]


def test_each_part_is_well_formed_and_renders_as_a_picture(part):
    root = ElementTree.fromstring(draw.picture(100, 100, part, sentence="s", step=0))  # noqa: S314
    assert len(root)


def test_each_class_is_in_the_style_sheet(part):
    defined = set(re.findall(r"^\.([\w-]+)\{", style.picture_css(), flags=re.MULTILINE))
    used = {name for names in re.findall(r'class="([^"]*)"', part) for name in names.split()}
    assert used <= defined


def test_no_part_names_a_colour(part):
    assert not re.search(r"#[0-9a-f]{3,6}\b|rgb", re.sub('base64,[^"]*', "", part))


def test_lengths_have_at_most_two_decimals(part):
    assert not re.search(r"\d\.\d{3,}", part)


@pytest.mark.parametrize(
    ("value", "written"),
    [(1, "1"), (0.5, "0.5"), (1 / 3, "0.33"), (-0.001, "0"), (-2.5, "-2.5"), (120.0, "120")],
)
def test_a_coordinate_is_short(value, written):
    assert draw.coordinate(value) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [(3, "3"), (-2, "−2"), (1 / 3, "0.3333"), (-0.0, "0"), (np.float32(12.34567), "12.35")],
)
def test_a_number_has_four_digits_and_a_true_minus(value, written):
    assert draw.number(value) == written


@pytest.mark.parametrize("shape", [(5, 7), (5, 7, 3)])
def test_an_image_is_embedded_without_loss(shape):
    pixels = np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8)
    data = re.search('base64,([^"]*)', draw.image(pixels, 0, 0, 7, 5))[1]
    assert np.array_equal(np.asarray(Image.open(io.BytesIO(base64.b64decode(data)))), pixels)


def test_an_image_that_is_no_bytes_is_refused():
    with pytest.raises(ValueError, match="uint8"):
        draw.image(np.zeros((3, 3)), 0, 0, 3, 3)


def test_an_arrow_without_length_is_refused():
    with pytest.raises(ValueError, match="two different ends"):
        draw.arrow(1, 1, 1, 1, look=style.EMPTY)


def test_a_picture_says_its_result_and_its_step():
    root = ElementTree.fromstring(draw.picture(10, 20, "", sentence='3 < 4 & "so"', step=7))  # noqa: S314
    assert root.get("role") == "img"
    assert root.get("aria-label") == '3 < 4 & "so"'
    assert root.get("data-step") == "7"


def test_only_cells_with_a_frame_can_be_clicked():
    drawn = draw.grid([["1", "2"]], 0, 0, 30, goto=np.array([[-1, 5]]))
    assert re.findall('data-goto="([^"]*)"', drawn) == ["5"]


def test_a_share_is_written_in_percent():
    assert draw.percent(0.5) == "50\u00a0%"
    assert draw.percent(0.9959, 1) == "99.6\u00a0%"
