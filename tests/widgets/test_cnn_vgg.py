"""VGG's configurations: the paper's table, torchvision's networks, and the sentences."""

import pytest
import torch
from read_widgets import sentences
from torch import nn
from torchvision import models

from course_utils.widgets.cnn import vgg
from course_utils.widgets.cnn.vgg_model import DEPTHS, Configuration
from course_utils.widgets.stepper import unpack

# Parameters in millions as the paper's table 2 states them.
PUBLISHED = {"A": 133, "A-LRN": 133, "B": 133, "C": 134, "D": 138, "E": 144}
FAMILY = {name: Configuration(name, 224, 1000) for name in DEPTHS}

PRESETS = vgg.record.examples()


@pytest.fixture(scope="module")
def widget():
    return vgg()


def test_depths_are_those_of_the_paper():
    assert [each.depth for each in FAMILY.values()] == [11, 11, 13, 16, 16, 19]


def test_parameters_round_to_those_of_the_paper():
    told = {name: round(each.total.parameters / 1e6) for name, each in FAMILY.items()}
    assert told == PUBLISHED


def seen(network: nn.Module, size: int) -> list[tuple[tuple[int, ...], int, int]]:
    """Shape, parameters and multiply-accumulates of each layer with weights, as an image passes."""
    found = []

    def see(layer: nn.Module, _inputs: tuple, output: torch.Tensor) -> None:
        count = sum(parameter.numel() for parameter in layer.parameters())
        found.append((tuple(output.shape[1:]), count, output.numel() * layer.weight[0].numel()))

    for layer in network.modules():
        if isinstance(layer, nn.Conv2d | nn.Linear):
            layer.register_forward_hook(see)
    network(torch.empty(1, 3, size, size, device="meta"))
    return found


@pytest.mark.parametrize("size", [224, 96])
@pytest.mark.parametrize(
    ("name", "builder"),
    [
        ("A", models.vgg11), ("A-LRN", models.vgg11), ("B", models.vgg13), ("D", models.vgg16),
        ("E", models.vgg19),
    ],
)  # fmt: skip
def test_layers_are_those_of_the_published_networks(name, builder, size):
    with torch.device("meta"):
        network = builder(weights=None, init_weights=False).eval()
    ours = [e for e in Configuration(name, size, 1000).entries if e.cost.weights]
    assert [(e.after, e.cost.parameters, e.cost.macs) for e in ours] == seen(network, size)


def test_configuration_c_ends_its_later_stages_with_one_by_one():
    words = [[e.word for e in FAMILY["C"].entries if e.stage == stage] for stage in range(5)]
    assert words == [["3×3"] * 2, ["3×3"] * 2, *[["3×3", "3×3", "1×1"]] * 3]


def test_local_response_normalization_costs_no_parameter_and_stands_behind_the_first_layer():
    assert FAMILY["A-LRN"].total == FAMILY["A"].total
    assert [e.word for e in FAMILY["A-LRN"].entries][:2] == ["3×3", "LRN"]


def test_maps_shrink_while_channels_grow():
    firsts = {e.stage: e.after for e in reversed(FAMILY["D"].entries)}
    assert [firsts[stage] for stage in range(5)] == [
        (64, 224, 224), (128, 112, 112), (256, 56, 56), (512, 28, 28), (512, 14, 14),
    ]  # fmt: skip


def test_a_larger_image_costs_work_but_no_parameter():
    small, large = Configuration("B", 64, 10), Configuration("B", 128, 10)
    assert small.total.parameters == large.total.parameters
    convolutions = [sum(each.of(s).macs for s in range(5)) for each in (small, large)]
    assert convolutions[1] == 4 * convolutions[0]


def test_sentences_say_where_parameters_and_work_sit(widget):
    a, lrn, b, c, d, e = sentences(widget, 0)
    assert (
        "11 weight layers, 132,863,336 parameters. The first dense layer alone holds 77\u00a0%" in a
    )
    assert "no parameter more" in lrn
    assert "13 weight layers" in b
    assert "591,104 parameters more" in c
    assert "138,357,544 parameters" in d
    assert (
        "holds 74 % of them and does 0.7 % of the work; the convolutions hold 11 % and do 99 %"
    ) in d.replace("\u00a0", " ")
    assert "19 weight layers, 143,667,240" in e


def test_new_layers_are_marked_in_the_chosen_column(widget):
    purple = [
        unpack(runs, widget.lines).count("course-fill-purple")
        for runs in widget.presets[0]["frames"]
    ]
    assert purple == [0, 1, 2, 3, 3, 3]


def test_own_settings_come_first_and_impossible_ones_are_refused():
    labels = [preset["label"] for preset in vgg(96, 3).presets]
    assert labels == ["96 × 96, 3 classes", *PRESETS]
    with pytest.raises(ValueError, match="image size must be a whole number from 32 to 512"):
        vgg(16)


@pytest.mark.parametrize("values", [{"size": 32, "classes": 1}, {"size": 512, "classes": 1000}])
def test_the_smallest_and_the_largest_settings_are_drawn(values, widget):
    widget.asked = {"turn": 1, "values": values}
    assert widget.answer["refusal"] == ""
    assert len(widget.own["frames"]) == 6
