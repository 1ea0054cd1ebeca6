"""What layers cost: numbers against PyTorch's layers, sentences, and the widget's promises."""

import re

import numpy as np
import pytest
import torch
from read_widgets import sentences
from torch.utils.flop_counter import FlopCounterMode

from course_utils.widgets.convolution import cost
from course_utils.widgets.convolution.cost_model import Cost, Layers
from course_utils.widgets.convolution.cost_view import cost_frames
from course_utils.widgets.stepper import unpack

PRESETS = cost.record.examples()

SHAPES = [(4, 6, 3, 5, 2), (1, 3, 5, 7, 1), (6, 6, 1, 4, 3), (3, 9, 2, 6, 3)]


def measured(layers: torch.nn.Module, c_in: int, size: int) -> tuple[int, int]:
    """Parameters and multiply-accumulates of layers that really run."""
    with FlopCounterMode(display=False) as counter, torch.no_grad():
        layers(torch.zeros(1, c_in, size, size))
    count = sum(parameter.numel() for parameter in layers.parameters())
    return count, counter.get_total_flops() // 2


@pytest.fixture(scope="module")
def widget():
    return cost()


@pytest.mark.filterwarnings("ignore:Using padding='same'")
@pytest.mark.parametrize("shape", SHAPES)
def test_every_kind_costs_what_pytorch_counts(shape):
    c_in, c_out, k, size, groups = shape
    model = Layers(*shape)

    def convolution(*channels: int, k: int = k, groups: int = 1) -> torch.nn.Module:
        return torch.nn.Conv2d(*channels, k, padding="same", groups=groups)

    kinds = {
        "filter": convolution(c_in, 1),
        "convolution": convolution(c_in, c_out),
        "grouped": convolution(c_in, c_out, groups=groups),
        "depthwise": convolution(c_in, c_in, groups=c_in),
        "separable": torch.nn.Sequential(
            convolution(c_in, c_in, groups=c_in), convolution(c_in, c_out, k=1)
        ),
        "dense": torch.nn.Sequential(
            torch.nn.Flatten(), torch.nn.Linear(c_in * size * size, c_out * size * size)
        ),
    }
    for name, layers in kinds.items():
        told = getattr(model, name)
        assert (told.parameters, told.macs) == measured(layers, c_in, size), name


def test_the_worked_example():
    model = Layers(16, 128, 3, 32, 4)
    assert model.convolution.parameters == 18_560
    assert model.convolution.macs == 18_874_368
    assert model.dense.weights == 2_147_483_648
    assert model.filter == Cost(weights=144, biases=1, macs=147_456)


def test_depthwise_and_pointwise_add_up():
    model = Layers(16, 128, 3, 32, 4)
    assert model.separable.parameters == model.depthwise.parameters + model.pointwise.parameters
    assert model.separable.macs == model.depthwise.macs + model.pointwise.macs


def test_sentences_state_the_worked_numbers(widget):
    one, convolution, dense, grouped, depthwise, separable = sentences(widget, 0)
    assert "cube of 3 × 3 × 16" in one
    assert "144 weights and 1 bias" in one
    assert "128 filters give 128 feature maps: 18,560 parameters" in convolution
    assert "18,874,368 multiply-accumulates" in convolution
    assert "2,147,483,648 weights, 116,508 times those of the convolution" in dense
    assert "reads 4 of the 16 input channels" in grouped
    assert "4 times fewer" in grouped
    assert "160 parameters" in depthwise
    assert "only 16 feature maps" in depthwise
    assert "2,336 parameters and 2,244,608 multiply-accumulates, 8.41 times fewer" in separable


def test_the_still_tells_the_worked_numbers(widget):
    for number in ("18,560", "18,874,368", "2,147,483,648", "2,244,608"):
        assert number in widget.sentences


def test_a_filter_of_a_gray_image_is_a_kernel_and_of_a_colour_image_a_cube(widget):
    gray, colour = sentences(widget, 1)[0], sentences(widget, 2)[0]
    assert "a single 3 × 3 kernel: 9 weights and 1 bias" in gray
    assert "a cube of 3 × 3 × 3" in colour
    assert "27 weights and 1 bias" in colour


def test_without_groups_there_is_no_grouped_frame(widget):
    assert len(widget.presets[0]["frames"]) == 6
    assert len(widget.presets[1]["frames"]) == 5


def lines_between_channels(shape: tuple, step: int) -> list[int]:
    svg = cost_frames(Layers(*shape))[step].svg.split("kernels</tspan>")[0]
    paths = re.findall(r'class="course-thin-orange" d="([^"]*)"', svg)
    return [path.count("M") for path in paths]


def test_lines_join_who_reads_whom():
    shape = (4, 8, 3, 16, 2)
    assert lines_between_channels(shape, 0) == [4]
    assert lines_between_channels(shape, 1) == [32]
    assert lines_between_channels(shape, 3) == [16]
    assert lines_between_channels(shape, 4) == [4]
    assert lines_between_channels(shape, 5) == [4, 32]


def test_many_groups_are_drawn_with_more_than_one_channel_each():
    assert lines_between_channels((512, 512, 3, 7, 32), 3) == [16]


def test_bars_grow_with_the_logarithm(widget):
    svg = unpack(widget.presets[0]["frames"][-1], widget.lines)
    assert svg.count("log axis") == 2
    bars = re.findall(r'<rect class="course-fill-\w+" x="(?:144|474)" \S+ width="([\d.]+)"', svg)
    lengths = np.array(bars, dtype=float)
    values = [145, 18_560, 2_147_614_720, 4_736, 160, 2_336]
    values += [147_456, 18_874_368, 2_147_483_648, 4_718_592, 147_456, 2_244_608]
    ratio = lengths / np.log10(values)
    np.testing.assert_allclose(ratio, ratio[0], rtol=1e-2)
    assert all(f">{value:,}<" in svg for value in values)


def test_numbers_too_long_for_the_picture_are_rounded():
    frames = cost_frames(Layers(1024, 1024, 11, 256, 1))
    assert "4.504 × 10¹⁵ weights" in frames[2].sentence
    assert "126,878,720 parameters" in frames[1].sentence


def test_own_settings_come_first_and_presets_follow():
    labels = [preset["label"] for preset in cost(3, 8, 5, 28, 1).presets]
    assert labels == ["28 × 28, 3 → 8 channels, k = 5", *PRESETS]
    assert cost(512, 512, 3, 7, 32).presets[0]["label"] == list(PRESETS)[3]


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ((6, 8, 3, 4, 4), "4 groups do not divide 6 input channels.*groups can be 1, 2"),
        ((8, 6, 3, 4, 4), "4 groups do not divide 6 output channels"),
        ((5, 7, 3, 4, 2), "2 groups do not divide 5 input and 7 output channels"),
        ((0,), "channels in must be a whole number from 1 to 1024"),
        ((4, 4, 12), "kernel k must be a whole number from 1 to 11"),
        ((4, 4, 3, 257), "image size must be a whole number from 1 to 256"),
    ],
)
def test_impossible_settings_are_refused_with_the_reason(values, reason):
    with pytest.raises(ValueError, match=reason):
        cost(*values)


@pytest.mark.parametrize(
    "values", [(1, 1, 1, 1, 1), (1024, 1024, 11, 256, 1024), (1024, 1, 11, 256, 1)]
)
def test_the_smallest_and_the_largest_settings_are_drawn(values, widget):
    names = ("c_in", "c_out", "k", "size", "groups")
    widget.asked = {"turn": 1, "values": dict(zip(names, values, strict=True))}
    assert widget.answer["refusal"] == ""
    assert widget.own["frames"]
