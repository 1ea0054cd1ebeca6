"""The perceptron's widgets: their sentences, their pictures, what they refuse."""

import re

import numpy as np
import pytest
from read_widgets import pictures, sentences

from course_utils.widgets import perceptron, style
from course_utils.widgets.perceptron.activations_model import FUNCTIONS, Activation
from course_utils.widgets.perceptron.activations_view import saturated
from course_utils.widgets.perceptron.freedom_view import BLACK, map_colours

NAMES = perceptron.__all__


@pytest.fixture(scope="module")
def made() -> dict:
    return {name: getattr(perceptron, name)() for name in NAMES}


def test_moving_the_bias_trades_missed_cancers_for_alarms(made):
    told = sentences(made["neuron"], 0)
    missed = [int(re.search(r"(\d+) of 212 cancers", text)[1]) for text in told]
    alarmed = [int(re.search(r"(\d+) of 357 healthy", text)[1]) for text in told]
    assert missed == sorted(missed, reverse=True)
    assert alarmed == sorted(alarmed)
    assert missed[0] > 100 > missed[-1]


def test_there_is_a_ring_for_each_missed_cancer(made):
    widget = made["neuron"]
    for text, picture in list(zip(sentences(widget, 1), pictures(widget, 1), strict=True))[::10]:
        rings = re.findall(r'class="course-line-vermillion"[^>]*d="([^"]*)"', picture)
        count = int(re.search(r"(\d+) of 212", text)[1])
        assert sum(path.count("M") for path in rings) == count + 1  # one in the legend


def test_the_sigmoid_saturates_on_both_sides_and_relu_on_one():
    assert len(saturated(Activation("sigmoid"))) == 2
    assert saturated(Activation("ReLU")) == [(-6.0, 0.0)]
    assert saturated(Activation("linear")) == []


def test_activation_sentences_tell_what_ten_layers_leave(made):
    widget = made["activations"]
    told = sentences(widget, "sigmoid")
    assert "the slope 0.25" in told[12]
    assert "9.537e−07: the gradient has vanished" in told[12]
    assert "It is saturated there" in told[0]
    relu = sentences(widget, "ReLU")
    assert "multiply to 1: the gradient gets through" in relu[-1]


def test_the_table_has_a_mark_for_each_function_and_property(made):
    words = re.sub("<[^>]*>", " ", pictures(made["activations"], 0)[0])
    assert words.count("✓") + words.count("✗") == 5 * len(FUNCTIONS) + 2  # two in the caption


def test_learning_ends_with_a_line_for_and_and_or_only(made):
    widget = made["perceptron_learning"]
    assert "2, 3, 3, 2, 2, 3, 2, 1, 0. The line separates" in sentences(widget, "AND")[-1]
    assert "The line separates" in sentences(widget, "OR")[-1]
    xor = sentences(widget, "XOR")
    assert not any("The line separates" in text for text in xor)


def test_networks_of_three_sizes_are_told_with_their_parameters(made):
    widget = made["degrees_of_freedom"]
    for at in range(3):
        last = sentences(widget, at)[-1]
        for hidden, count in ((3, 13), (6, 25), (20, 81)):
            assert f"{hidden} hidden neurons ({count} parameters)" in last


def test_3_neurons_are_too_few_and_20_learn_wrong_labels_by_heart(made):
    for at in range(3):
        last = sentences(made["degrees_of_freedom"], at)[-1]
        few, some, many = (int(share) for share in re.findall(r"get (\d+)\s%", last))
        new_few, new_some, new_many = (
            int(share) for share in re.findall(r"and (\d+)\s% of new", last)
        )
        assert few < some < many
        assert new_few < new_some > new_many


def test_points_stand_out_from_the_map():
    for row in map_colours(np.linspace(0, 1, 19)):
        assert style.contrast("#" + bytes(row.tolist()).hex(), "#" + 2 * BLACK[1:]) >= 4.5


def test_backprop_tells_forward_backward_and_the_smaller_error(made):
    told = sentences(made["backprop"], 0)
    assert "= 2.25" in told[4]
    assert "grows by 3 for each unit" in told[5]
    assert "9 and 0" in told[6]
    assert "3 and 0: one hidden neuron is off" in told[8]
    assert "smaller than 2.25" in told[-1]
    assert "larger than 2.25" in sentences(made["backprop"], 1)[-1]
    assert "both hidden neurons are off" in sentences(made["backprop"], 3)[8]


@pytest.mark.parametrize(
    ("name", "settings", "reason"),
    [
        ("neuron", {"w1": 3.1}, "weight of radius must be a number from -3 to 3; got 3.1"),
        ("activations", {"name": "tanh"}, "function must be one of"),
        ("backprop", {"x1": 1.5}, "first input must be a whole number"),
    ],
)
def test_impossible_settings_are_refused_with_the_reason(name, settings, reason):
    with pytest.raises(ValueError, match=reason):
        getattr(perceptron, name)(**settings)


def test_own_settings_come_first():
    assert perceptron.perceptron_learning("OR", 3).presets[0]["label"] == "OR, 3 epochs"
    assert perceptron.backprop(rate=0.1).presets[0]["label"] == "a step that is too long"
    assert (
        perceptron.neuron("bias", 0.5, 0.5).presets[0]["label"].startswith("move the bias: w = 0.5")
    )
    assert perceptron.activations("swish").presets[0]["label"] == "swish"


@pytest.mark.parametrize("corner", [-1, 1])
def test_extreme_settings_are_drawn(made, corner):
    widget = made["backprop"]
    x = 5 * corner
    widget.asked = {"turn": corner, "values": {"x1": x, "x2": -x, "y": 9 * corner, "rate": 0.5}}
    assert widget.answer["refusal"] == ""
    neuron = made["neuron"]
    values = {"moved": "weight of radius", "w1": 0, "w2": 0, "b": 3 * corner}
    neuron.asked = {"turn": corner, "values": values}
    assert neuron.answer["refusal"] == ""
    assert np.size(neuron.own["frames"][0]) > 0
