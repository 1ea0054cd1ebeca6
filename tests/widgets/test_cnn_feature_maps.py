"""Feature maps: hooks, receptive fields of any network, the lesion's way, and the widget."""

import html
import re

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional
from torchvision import models

from course_utils.models import SmallNet
from course_utils.widgets.cnn import feature_maps
from course_utils.widgets.cnn.feature_maps_model import Followed, fields, spot, watched
from course_utils.widgets.cnn.feature_maps_widget import healthy
from course_utils.widgets.receptive_field import Layer, Stack
from course_utils.widgets.stepper import unpack


class Functional(nn.Module):
    """As students write it: activations and pooling are functions, one module is used twice."""

    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Conv2d(3, 4, 5)
        self.second = nn.Conv2d(4, 4, 3, padding=1)
        self.pool = nn.MaxPool2d(2)
        self.head = nn.Linear(4 * 7 * 7, 2)

    def forward(self, x):
        x = self.pool(functional.relu(self.first(x)))
        x = self.pool(functional.relu(self.second(x)))
        return self.head(x.flatten(1))


class Skipping(nn.Module):
    """A skip connection around two convolutions."""

    def __init__(self) -> None:
        super().__init__()
        self.stem, self.a, self.b = (nn.Conv2d(c, 2, 3, padding=1) for c in (1, 2, 2))

    def forward(self, x):
        x = self.stem(x)
        return (x + self.b(self.a(x).relu())).mean(dim=(2, 3))


@pytest.fixture(scope="module")
def widget():
    return feature_maps()


@pytest.fixture(scope="module")
def own():
    torch.manual_seed(0)
    return feature_maps(Functional())


def pictures(widget, at: int) -> list[str]:
    return [unpack(runs, widget.lines) for runs in widget.presets[at]["frames"]]


def sentences(widget, at: int) -> list[str]:
    found = (re.search('aria-label="([^"]*)"', svg)[1] for svg in pictures(widget, at))
    return [html.unescape(each) for each in found]


# ------------------------------------------------------------------ hooks


def test_activations_stand_for_their_convolution_and_the_logits_come_last():
    network = SmallNet(2, widths=(4, 6)).eval()
    x = torch.rand(3, 1, 16, 16)
    outputs = watched(network, x)
    assert list(outputs) == [
        "layer1.conv", "layer1.pool", "layer2.conv", "layer2.pool", "fc reads", "logits",
    ]  # fmt: skip
    with torch.no_grad():
        torch.testing.assert_close(outputs["layer2.pool"], network.features(x))
        torch.testing.assert_close(outputs["logits"], network(x))
    assert outputs["layer1.conv"].min() == 0


def test_a_module_that_is_used_twice_has_two_stages():
    names = list(watched(Functional(), torch.rand(2, 3, 32, 32)))
    assert names == ["first", "pool", "second", "pool (2)", "head reads", "logits"]


def test_relu_in_place_does_not_change_what_was_seen():
    network = nn.Sequential(
        nn.Conv2d(1, 2, 3), nn.AvgPool2d(2), nn.Conv2d(2, 2, 1), nn.ReLU(inplace=True)
    )
    x = torch.rand(1, 1, 8, 8)
    with torch.no_grad():
        torch.testing.assert_close(watched(network, x)["1"], network[:2](x))


def test_the_readers_network_stays_as_it_is():
    network = SmallNet(2, widths=(4,)).train()
    before = {name: value.clone() for name, value in network.state_dict().items()}
    feature_maps(network, healthy(28))
    assert all(module.training for module in network.modules())
    assert not any(module._forward_hooks for module in network.modules())
    for name, value in network.state_dict().items():
        assert torch.equal(value, before[name])


# ------------------------------------------------------------------ receptive fields


def test_fields_of_a_chain_are_those_of_the_recurrence():
    chain = nn.Sequential(
        nn.Conv2d(1, 3, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(3, 2, 3, stride=2, dilation=2)
    )
    down, across = fields(chain, (1, 30, 26))["3"]
    stack = Stack((Layer(5, 1, 1), Layer(2, 2, 1), Layer(3, 2, 2)))
    for seen in (down, across):
        # Dilation leaves gaps that pooling and the first kernel fill.
        first = [int(np.flatnonzero(column)[0]) for column in seen.T]
        last = [int(np.flatnonzero(column)[-1]) for column in seen.T]
        assert first == [at * stack.jump(3) for at in range(len(first))]
        assert [b - a + 1 for a, b in zip(first, last, strict=True)] == [stack.size(3)] * len(first)


def test_a_skip_connection_and_padding_are_seen():
    down, _ = fields(Skipping(), (1, 12, 12))["b"]
    assert down.sum(axis=0).tolist() == [4, 5, 6, *[7] * 6, 6, 5, 4]


def test_global_context_sees_everything():
    class Weighing(nn.Module):
        def __init__(self):
            super().__init__()
            self.a, self.b = nn.Conv2d(1, 2, 3), nn.Conv2d(2, 2, 1)

        def forward(self, x):
            x = self.a(x)
            return self.b(x * x.mean(dim=(2, 3), keepdim=True).sigmoid()).mean(dim=(2, 3))

    found = fields(Weighing(), (1, 10, 10))
    assert found["a"][0].sum(axis=0).max() == 3
    assert found["b"][0].all()


# ------------------------------------------------------------------ the lesion


def test_change_is_the_difference_of_two_passes():
    network = SmallNet(2, widths=(4, 6), seed=3).eval()
    image = healthy(28)
    lesion = 0.3 * spot((28, 28), 12, 8, 3)
    followed = Followed(network, image, lesion, 3, 0.02)
    with torch.no_grad():
        clean, ill = (
            network.features(torch.from_numpy(x).float()[None])[0] for x in (image, image + lesion)
        )
    stage = next(s for s in followed.stages if s.name == "layer2.pool")
    np.testing.assert_allclose(stage.change, (ill - clean).numpy(), atol=1e-5)


def test_in_the_image_the_peak_is_contrast_over_noise():
    lesion = 0.2 * spot((28, 28), 12, 8, 3)
    stage = Followed(SmallNet(2, widths=(4,)), healthy(28), lesion, 3, 0.02).stages[0]
    assert stage.peak == pytest.approx(10, rel=0.6)  # the deviation is that of 24 draws
    assert stage.peak > 5
    assert 2.5 < stage.floor < 4.5


def test_a_network_that_averages_at_once_loses_the_lesion_there():
    network = nn.Sequential(nn.Conv2d(1, 1, 1), nn.AvgPool2d(28), nn.Flatten(), nn.Linear(1, 2))
    lesion = 0.05 * spot((28, 28), 12, 8, 1)
    followed = Followed(network, healthy(28), lesion, 1, 0.02)
    assert followed.last is not None
    assert not followed.stages[-1].visible


def test_a_lesion_has_its_width():
    assert (spot((20, 20), 9, 9, 3)[9] > 0.5).sum() == 3
    assert (spot((20, 20), 9, 9, 9)[9] > 0.5).sum() == 9


def test_three_pixels_die_on_the_way_and_nine_reach_the_answer(widget):
    small, large = sentences(widget, 0), sentences(widget, 1)
    assert "It is there to be seen" in small[0]
    assert "the lesion is still there" in small[1]
    assert any("Here the lesion dies" in sentence for sentence in small)
    assert "The lesion was lost in" in small[-1] or "Here the lesion dies" in small[-1]
    assert "it reaches the answer" in large[-1]


# ------------------------------------------------------------------ pictures


def test_a_click_on_a_neuron_frames_what_it_sees(own):
    labels = [preset["label"] for preset in own.presets]
    at = labels.index("neurons of pool (2) and their patches")
    told = sentences(own, at)
    assert len(told) == 49
    # Two 5×5 and 3×3 convolutions and two poolings by 2: a field of 12 that moves by 4.
    middle = told[3 * 7 + 3]
    assert middle.startswith("Neuron [3, 3] of pool (2), map")
    assert "rows 10 to 21 and columns 10 to 21: 12 × 12 pixels" in middle
    svg = pictures(own, at)[0]
    assert sorted(int(goto) for goto in re.findall(r'data-goto="(\d+)"', svg)) == list(range(49))


def test_neurons_far_from_the_lesion_cannot_see_it(own):
    labels = [preset["label"] for preset in own.presets]
    told = sentences(own, labels.index("neurons of first and their patches"))
    assert "The lesion is outside" in told[-1]
    assert any("The lesion is in the patch" in sentence for sentence in told)


def test_filters_show_their_best_patches(widget):
    labels = [preset["label"] for preset in widget.presets]
    told = sentences(widget, labels.index("filters of layer1.conv"))
    assert len(told) == 8
    assert "through 3 × 3 weights" in told[0]
    assert "sees 3 × 3 pixels" in told[0]


def test_settings_bring_other_films(own):
    values = {"view": "filters", "layer": "second", "width": 5, "contrast": "strong"}
    own.asked = {"turn": 1, "values": values}
    assert own.answer["refusal"] == ""
    assert len(own.own["frames"]) == 4
    second = own.own["frames"], own.own["lines"]
    own.asked = {"turn": 2, "values": {**values, "layer": "pool (2)"}}
    assert (own.own["frames"], own.own["lines"]) == second  # pooling has no filters of its own
    own.asked = {"turn": 3, "values": {**values, "width": 0}}
    assert "lesion width in pixels must be a whole number from 1 to 15" in own.answer["refusal"]


def test_the_border_cuts_patches_off(widget):
    labels = [preset["label"] for preset in widget.presets]
    told = sentences(widget, labels.index("neurons of layer3.pool and their patches"))
    assert "cut off by the border" in told[0]
    assert "cut off" not in told[3 * 8 + 3]


# ------------------------------------------------------------------ what is given


@pytest.mark.parametrize(
    "image",
    [
        np.random.default_rng(0).random((3, 32, 32)),
        torch.rand(3, 32, 32, generator=torch.Generator().manual_seed(1)),
    ],
)
def test_arrays_and_tensors_are_taken(image):
    assert feature_maps(Functional(), image).presets


def test_a_gray_image_may_have_no_channel_axis():
    assert feature_maps(SmallNet(2, widths=(4, 4)), healthy(28)[0]).presets


def test_a_published_network_can_be_looked_into():
    network = models.squeezenet1_1(weights=None, num_classes=2)
    widget = feature_maps(network, np.tile(healthy(64), (3, 1, 1)))
    assert len(widget.presets) == 8
    # The image, 12 stages of maps out of more, what comes before the logits, and these.
    assert 14 <= len(widget.presets[0]["frames"]) <= 15


@pytest.mark.parametrize(
    ("network", "image", "reason"),
    [
        (nn.Sequential(nn.Flatten(), nn.Linear(4096, 2)), None, "no convolution"),
        (Functional(), np.zeros((1, 32, 32)), "does not take an image of 1 × 32 × 32"),
        (Functional(), np.zeros((3, 200, 200)), "from 8 to 128 pixels"),
        (Functional(), np.full((3, 32, 32), np.nan), "finite"),
        (Functional(), np.zeros(32), r"must be \(H, W\) or \(C, H, W\)"),
    ],
)
def test_what_cannot_be_shown_is_refused_with_the_reason(network, image, reason):
    with pytest.raises(ValueError, match=reason):
        feature_maps(network, image)
