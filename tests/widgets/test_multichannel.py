"""The widget `multichannel`: CS231n's numbers, PyTorch's results, every product in the picture."""

import re

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from course_utils.widgets.convolution.multichannel_model import MultiChannel
from course_utils.widgets.convolution.multichannel_view import frames
from course_utils.widgets.convolution.multichannel_widget import CS231N, multichannel
from course_utils.widgets.stepper import unpack

STORY = 12  # the frame of o1[1, 0]


@pytest.fixture(scope="module")
def film():
    return frames(CS231N)


def texts(svg: str) -> list[str]:
    return [re.sub(r"<[^>]*>", "", text) for text in re.findall(r"<text.*?</text>", svg)]


def test_the_output_is_that_of_the_lecture():
    assert CS231N.output.tolist() == [
        [[4, -1, -1], [0, 1, -2], [-1, 0, -1]],
        [[2, -1, 2], [14, 3, 10], [8, 1, 3]],
    ]


@pytest.mark.parametrize(
    ("channels", "n", "filters", "k", "padding", "stride"),
    [(3, 5, 2, 3, 1, 2), (1, 4, 3, 2, 0, 1), (4, 6, 1, 1, 2, 3), (2, 7, 2, 5, 2, 1)],
)
def test_the_model_agrees_with_pytorch(channels, n, filters, k, padding, stride):
    generator = np.random.default_rng(0)
    x = generator.standard_normal((channels, n, n))
    w, b = generator.standard_normal((filters, channels, k, k)), generator.standard_normal(filters)
    model = MultiChannel(x, w, b, padding, stride)
    truth = F.conv2d(*map(torch.from_numpy, (x[None], w, b)), stride=stride, padding=padding)
    np.testing.assert_allclose(model.output, truth[0].numpy(), atol=1e-12)


def test_products_sums_and_bias_lead_to_the_output():
    assert CS231N.products.shape == (2, 9, 3, 3, 3)
    assert (CS231N.products.sum(axis=(3, 4)) == CS231N.sums).all()
    assert (CS231N.sums[1, 3] == [4, 8, 2]).all()
    assert CS231N.sums[1, 3].sum() + CS231N.b[1] == 14


def test_there_is_a_frame_for_each_cell_of_each_map_filter_by_filter(film):
    names = [re.match(r"Output (o\d\[\d, \d\])", frame.sentence)[1] for frame in film]
    assert names == [f"o{f}[{r}, {c}]" for f in range(2) for r in range(3) for c in range(3)]


def test_the_sentence_tells_the_story_of_the_14(film):
    assert film[STORY].sentence == (
        "Output o1[1, 0] is 14 = 4 + 8 + 2 + 0: one sum of 9 products for each of the 3 channels,"
        " then the bias."
    )


def test_negative_sums_stand_in_brackets(film):
    assert CS231N.sums[0, 5].tolist() == [0, 0, -3]
    assert "−2 = 0 + 0 + (−3) + 1" in film[5].sentence


def test_every_product_stands_in_the_picture(film):
    for step, frame in enumerate(film):
        drawn = re.findall(r'course-fill-purple".*?<text[^>]*>(.*?)</text>', frame.svg)
        f, position = divmod(step, 9)
        values = [int(text.replace("−", "-")) for text in drawn]
        assert values == CS231N.products[f, position].ravel().tolist()


def test_the_sums_the_bias_and_the_result_stand_below(film):
    assert [text for text in texts(film[STORY].svg) if "sum" in text or "bias" in text] == [
        *("sum 4", "sum 8", "sum 2"),
        "bias 0 = 14",
    ]


def test_the_maps_fill_up_cell_by_cell(film):
    for step, frame in enumerate(film):
        assert len(re.findall(r'course-fill-green"', frame.svg)) == step + 1


def test_a_click_on_any_cell_of_either_map_leads_to_its_frame(film):
    reachable = {int(goto) for goto in re.findall(r'data-goto="(\d+)"', film[0].svg)}
    assert reachable == set(range(18))


def test_a_click_on_an_input_cell_stays_with_the_filter(film):
    first = film[STORY].svg.split("W0[0]")[0]
    gotos = {int(goto) for goto in re.findall(r'data-goto="(\d+)"', first)}
    assert gotos == set(range(9, 18))


def test_the_first_preset_is_the_lecture_and_the_still_shows_the_14():
    widget = multichannel()
    assert widget.presets[0]["label"] == "CS231n's numbers"
    assert [len(preset["frames"]) for preset in widget.presets] == [18] * 2
    assert "Output o1[1, 0] is 14" in widget.sentences


def test_a_seed_gives_other_numbers_and_the_same_ones_again():
    first, again, other = (multichannel(seed=seed) for seed in (7, 7, 8))
    assert first.presets[0]["label"] == "random numbers, seed 7"
    assert first.lines == again.lines
    assert first.presets == again.presets
    assert first.lines != other.lines


def test_a_reader_can_ask_for_a_seed():
    widget = multichannel()
    widget.asked = {"values": {"seed": 5}, "turn": 1}
    assert widget.answer == {"turn": 1, "refusal": ""}
    assert widget.own["values"] == {"seed": 5}
    picture = unpack(widget.own["frames"][0], widget.own["lines"])
    assert picture == unpack(multichannel(5).presets[0]["frames"][0], multichannel(5).lines)
