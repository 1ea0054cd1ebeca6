"""The drawing vocabulary."""

import base64
import io
import re
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from course_utils.widgets import draw, stills, style
from course_utils.widgets.draw import formula, images, marks, regions

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
    "line": draw.line("axis dashed", 0, 10, 40, 10),
    "rect": draw.rect("solid-blue", 0, 0, 20, 10, radius=2, opacity=0.5),
    "circle": draw.circle("line-green", 10, 10, 5, css="stroke-width:1"),
    "polygon": draw.polygon("fill-sky", [(0, 0), (9, 0), (5, 8)]),
    "faded": draw.faded(0.5, draw.path("thin-blue", "M0 0L9 9")),
    "ramp": images.ramp(40, 4, 20, np.zeros((1, 4, 3), np.uint8), "low", "high"),
    "dots": marks.dots(np.array([[4, 5], [1 / 3, 9]]), "blue"),
    "crosses": marks.crosses(np.array([[4, 5], [1 / 3, 9]]), "blue"),
    "rings": marks.rings(np.array([[4, 5], [1 / 3, 9]]), "blue"),
    "rim": marks.rim(1, 2, 30, 30, style.KERNEL),
    "ring": marks.ring(20, 20, 8, style.KERNEL),
    "diamond": marks.diamond("solid-purple", 20, 20, 8),
    "node": marks.node(20, 20, 12, "z", style.OUTPUT),
    "region": regions.outline(np.eye(3, dtype=bool), 0, 0, 40, "vermillion"),
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
    found = Image.open(io.BytesIO(base64.b64decode(data)))
    assert np.array_equal(np.asarray(found.convert("RGB" if pixels.ndim == 3 else "L")), pixels)


def test_a_map_in_few_colours_gets_a_palette_and_is_the_same():
    shares = np.random.default_rng(0).random((28, 28))
    pixels = style.colours(images.stepped(shares), "viridis", 0, 1)
    found = Image.open(io.BytesIO(draw.png(pixels)))
    assert found.mode == "P"
    assert np.array_equal(np.asarray(found.convert("RGB")), pixels)
    picture = draw.picture(28, 28, draw.image(pixels, 0, 0, 28, 28), sentence="s", step=0)
    still = Image.open(io.BytesIO(stills.rasterise(picture))).convert("RGB")
    drawn = {tuple(colour) for colour in np.asarray(still).reshape(-1, 3).tolist()}
    assert drawn == {tuple(colour) for colour in pixels.reshape(-1, 3).tolist()}


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


def test_a_line_is_written_as_short_as_it_can_be():
    ends = {(0, 5, 9, 5): "M0 5H9", (5, 0, 5, 9): "M5 0V9", (0, 0, 9, 5): "M0 0L9 5"}
    for (x1, y1, x2, y2), data in ends.items():
        assert f'd="{data}"' in draw.line("axis", x1, y1, x2, y2)


def test_a_swatch_carries_text_that_can_be_read():
    for gray, ink in ((20, "#ffffff"), (240, "#000000")):
        drawn = draw.swatch(0, 0, 30, 20, "7", np.full(3, gray, np.uint8))
        assert f'style="fill:{ink}"' in drawn
        assert f"fill:#{gray:02x}{gray:02x}{gray:02x}" in drawn


def test_numbers_in_words():
    assert [draw.plural(count, "layer") for count in (1, 2, 1024)] == [
        "1 layer", "2 layers", "1,024 layers",
    ]  # fmt: skip
    assert [draw.digits(value) for value in (1024, 3 * 10**12)] == ["1,024", "3.000 × 10¹²"]
    assert [draw.short(value) for value in (7, 2_500, 138_357_544)] == ["7", "2.5 k", "138 M"]
    assert [draw.times(*pair) for pair in ((84, 10), (3000, 2))] == ["8.4 times", "1,500 times"]
    assert [draw.power_of_ten(exponent) for exponent in (3, -12)] == ["10³", "10⁻¹²"]
