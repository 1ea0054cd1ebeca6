"""The widgets of 02-losses: sentences, presets, refusals, size, the same frames again."""

import re

import pytest
from read_widgets import frames, last

from course_utils.widgets import losses
from course_utils.widgets.losses import (
    l1_images_widget,
    nearest_neighbor_widget,
)

# ------------------------------------------------------------------ sentences


def test_the_last_pixel_says_456_or_that_1128_is_wrong():
    assert last(losses.l1_images, "the worked example").endswith("This is the L1 distance: 456.")
    wrapped = last(losses.l1_images, "the same in uint8")
    assert wrapped.endswith("so far is 1128. The L1 distance is 456: the result is wrong.")


def test_a_pixel_that_wraps_around_is_explained():
    shown = frames(losses.l1_images, "the same in uint8")
    assert "10 and 24 differ by 14, but uint8 cannot hold −14 and says 242" in shown[2].sentence


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("right: (5, 1, −2), truth 0", "confidently right: loss 0.0190"),
        ("wrong: (1, 5, −2), truth 0", "confidently wrong: loss 4.0190"),
        ("untrained: (0, 0, 0)", "unsure: loss 1.0986"),
        ("extreme and wrong: (0, 800, −800)", "confidently wrong: loss 800, gradient −1"),
    ],
)
def test_the_softmax_ends_with_loss_and_gradient(label, words):
    assert words in last(losses.softmax, label)


def test_the_best_slopes_are_named():
    shown = losses.regression.record.frames(third=18)
    best = [frame.sentence for frame in shown if "No slope shown" in frame.sentence]
    assert [re.search(r"Slope ([\d.]+)", sentence)[1] for sentence in best] == ["1.4", "1.6"]
    assert "smaller mean absolute" in best[0]
    assert "smaller mean squared" in best[1]


def test_a_sure_error_is_called_so():
    shown = losses.binary.record.frames("ill", "logit", 1)
    assert shown[0].sentence.startswith("Logit −8, p = 0.0003354, and the patient is ill: loss 8")
    assert "confidently wrong" in shown[0].sentence
    assert "confidently right" in shown[-1].sentence
    assert "undecided" in shown[16].sentence


def test_the_weight_is_named_for_the_ill_only():
    assert "ill (weight 19)" in losses.binary.record.frames("ill", "logit", 19)[0].sentence
    assert "weight" not in losses.binary.record.frames("healthy", "logit", 19)[0].sentence


def test_a_film_of_the_library_has_its_rank_named():
    sentence = last(losses.nearest_neighbor, "films of the library, moved by 3 pixels")
    assert "The same film, unchanged, is in the library: number" in sentence
    assert "The same film" not in last(losses.nearest_neighbor, "new patients")


# ------------------------------------------------------------------ widgets


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("regression", {"third": 0}),
        ("binary", {"truth": "healthy", "axis": "probability", "weight": 7}),
        ("softmax", {"z0": -999, "z1": 999, "z2": 999, "label": 1}),
        ("l1_images", {"arithmetic": l1_images_widget.WRAPPED, "seed": 77}),
        ("nearest_neighbor", {"films": nearest_neighbor_widget.NEW, "shift": 6, "brighter": 80}),
    ],
)
def test_a_reader_gets_frames_of_own_settings(name, own):
    widget = getattr(losses, name)()
    widget.asked = {"values": own, "turn": 1}
    assert widget.answer == {"turn": 1, "refusal": ""}
    assert widget.own["values"] == own
    assert getattr(losses, name)(**own).presets[0]["values"] == own
