"""Receptive fields: numbers against PyTorch's autograd, sentences, and the widget's promises."""

import re

import numpy as np
import pytest
import torch
from read_widgets import sentences

from course_utils.widgets.convolution import receptive_field
from course_utils.widgets.convolution.receptive_field_view import line_frames
from course_utils.widgets.receptive_field import (
    NETWORKS,
    Layer,
    Stack,
    effective,
)

PRESETS = receptive_field.record.examples()

PLAIN = "1, 1, 1, 1"
STACKS = [
    ((3, 1, 1),) * 2,
    ((3, 1, 1),) * 3,
    ((3, 2, 1),) * 3,
    ((3, 1, 1), (3, 1, 2), (3, 1, 4)),
    ((3, 1, 2),) * 2,
    ((2, 3, 1),) * 2,
    ((4, 2, 3), (1, 3, 1), (5, 1, 2)),
]


def stack(*layers: tuple[int, int, int]) -> Stack:
    return Stack(tuple(Layer(*layer) for layer in layers))


def input_gradient(layers, cell: int, axes: int = 1, n: int = 90) -> np.ndarray:
    """Of one output of real layers with positive weights, on an input that is large enough."""
    kind = torch.nn.Conv1d if axes == 1 else torch.nn.Conv2d
    x = torch.zeros(1, 1, *[n] * axes, dtype=torch.float64, requires_grad=True)
    y = x
    for k, s, d in layers:
        layer = kind(1, 1, k, stride=s, dilation=d, bias=False, dtype=torch.float64)
        torch.nn.init.ones_(layer.weight)
        y = layer(y)
    y[(0, 0, *[cell] * axes)].backward()
    return x.grad[0, 0].numpy()


@pytest.fixture(scope="module")
def widget():
    return receptive_field()


@pytest.mark.parametrize("layers", STACKS)
def test_the_field_is_where_the_gradient_of_an_output_is_not_zero(layers):
    made = stack(*layers)
    touched = np.flatnonzero(input_gradient(layers, cell=1))
    assert made.size(made.depth) == touched[-1] - touched[0] + 1
    expected = np.flatnonzero(made.paths(made.depth)) + touched[0]
    np.testing.assert_array_equal(touched, expected)


@pytest.mark.parametrize("layers", STACKS)
def test_the_jump_is_the_way_from_one_field_to_the_next(layers):
    made = stack(*layers)
    first, second = (np.flatnonzero(input_gradient(layers, cell))[0] for cell in (1, 2))
    assert made.jump(made.depth) == second - first


@pytest.mark.parametrize("layers", STACKS)
def test_paths_are_the_gradient_where_every_weight_is_one(layers):
    made = stack(*layers)
    gradient = input_gradient(layers, cell=0)
    np.testing.assert_array_equal(made.paths(made.depth), gradient[: made.size(made.depth)])


def test_paths_in_the_plane_are_the_gradient_of_two_dimensional_layers():
    layers = ((3, 2, 1), (2, 1, 2))
    made = stack(*layers)
    size = made.size(2)
    gradient = input_gradient(layers, cell=0, axes=2, n=12)
    np.testing.assert_array_equal(made.paths(2, axes=2), gradient[:size, :size])


@pytest.mark.parametrize(
    ("layers", "size", "jump"),
    [
        ((), 1, 1),
        (((3, 1, 1),) * 2, 5, 1),
        (((3, 1, 1),) * 3, 7, 1),
        (((3, 2, 1),) * 3, 15, 8),
        (((3, 1, 1), (3, 1, 2), (3, 1, 4)), 15, 1),
    ],
)
def test_worked_fields(layers, size, jump):
    made = stack(*layers)
    assert (made.size(made.depth), made.jump(made.depth)) == (size, jump)


@pytest.mark.parametrize("axes", [1, 2])
@pytest.mark.parametrize("layers", STACKS[:6])
def test_measured_gradients_stay_inside_the_theoretical_field(layers, axes):
    made = stack(*layers)
    reach = made.paths(made.depth, axes=axes) > 0
    mean = made.mean_gradient(axes)
    assert mean.shape == reach.shape
    assert (mean[~reach] == 0).all()
    assert (mean[reach] > 0).all()


@pytest.mark.parametrize("axes", [1, 2])
def test_the_mean_gradient_is_symmetric_and_a_bell_on_deep_stacks(axes):
    mean = stack(*((5, 1, 1),) * 4).mean_gradient(axes)
    np.testing.assert_allclose(mean, np.flip(mean))
    line = mean if axes == 1 else mean[8]
    assert 6 <= line.argmax() <= 10
    assert line[0] < line[2] < line[4] < line[8]
    assert effective(mean).mean() < 0.6


def test_a_gradient_is_one_network_and_the_mean_is_over_all_of_them():
    made = stack((3, 1, 1), (3, 1, 1))
    assert made._line.shape == (NETWORKS[1], 5)
    np.testing.assert_array_equal(made.one_gradient(1), made._line[0])
    folded = (made._line.mean(axis=0) + made._line.mean(axis=0)[::-1]) / 2
    np.testing.assert_allclose(made.mean_gradient(1), folded)


def test_sentences_state_the_result_of_every_layer(widget):
    told = sentences(widget, 0)
    assert len(told) == 6
    assert "size 1 (jump 1)" in told[0]
    for step, size in ((1, 3), (2, 5), (3, 7)):
        assert f"spans {size} input cells" in told[step]
        assert "(jump 1)" in told[step]
    assert "one random network" in told[4]
    assert f"Averaged over {NETWORKS[1]} random networks" in told[5]
    assert "smaller than the theoretical one" in told[5]


def test_sentences_of_stride_dilation_and_gaps(widget):
    by_label = {preset["label"]: sentences(widget, at) for at, preset in enumerate(widget.presets)}
    stride = by_label["three layers, stride 2: a field of 15, jump 8"][3]
    assert "spans 15 input cells" in stride
    assert "(jump 8)" in stride
    assert "spans 15 input cells" in by_label["dilations 1, 2, 4: a field of 15, jump 1"][3]
    assert "4 hatched cells have no path" in by_label["dilation 2 twice: gridding"][2]
    assert "1 hatched cell has no path" in by_label["stride larger than the kernel: gaps"][2]
    plane = by_label["2-D: dilation 2 twice: gridding"][2]
    assert "spans 9 × 9 input cells" in plane
    assert "56 hatched cells have no path" in plane


def test_a_picture_connects_every_cell_with_what_its_kernel_reads():
    svg = line_frames(stack((3, 1, 1), (3, 1, 1)))[2].svg
    paths = re.findall(r'class="course-thin-orange" d="([^"]*)"', svg)
    assert [path.count("M") for path in paths] == [9, 3]


def test_every_layer_can_be_reached_by_a_click():
    for frame in line_frames(stack((3, 1, 1), (3, 1, 1))):
        assert re.findall(r'data-goto="(\d)"', frame.svg) == ["0", "1", "2"]


def test_own_settings_come_first_and_presets_follow():
    labels = [preset["label"] for preset in receptive_field(1, 5).presets]
    assert labels == [f"layers: 1, k = 5, s = 1, d = {PLAIN}, 1-D", *PRESETS]
    assert receptive_field(2).presets[0]["label"] == list(PRESETS)[1]


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ((0,), "layers must be a whole number from 1 to 4"),
        ((2, 8), "kernel k must be a whole number from 1 to 7"),
        ((2, 3, 5), "stride s must be a whole number from 1 to 4"),
        ((2, 3, 1, "3, 3, 3, 3"), "dilations d must be one of"),
        ((2, 3, 1, PLAIN, "3-D"), "view must be one of 1-D, 2-D"),
        ((4, 7, 4), "the picture has room for 63"),
    ],
)
def test_impossible_settings_are_refused_with_the_reason(values, reason):
    with pytest.raises(ValueError, match=reason):
        receptive_field(*values)


@pytest.mark.parametrize("view", ["1-D", "2-D"])
@pytest.mark.parametrize("values", [(1, 1, 1), (1, 1, 4), (4, 3, 2), (4, 7, 1), (2, 7, 4)])
def test_the_smallest_and_the_largest_settings_are_drawn(values, view, widget):
    widget.asked = {
        "turn": 1,
        "values": dict(zip(("layers", "k", "s"), values, strict=True))
        | {"dilations": PLAIN, "view": view},
    }
    assert widget.answer["refusal"] == ""
    assert widget.own["frames"]
