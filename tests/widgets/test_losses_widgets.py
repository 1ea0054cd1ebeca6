"""The widgets of 02-losses: sentences, presets, refusals, size, the same frames again."""

import json
import re

import pytest

from course_utils.widgets import losses, style
from course_utils.widgets.losses import (
    binary_widget,
    l1_images_widget,
    nearest_neighbor_widget,
    regression_widget,
    softmax_widget,
)
from course_utils.widgets.stepper import unpack

WIDGETS = {
    "regression": regression_widget,
    "binary": binary_widget,
    "softmax": softmax_widget,
    "l1_images": l1_images_widget,
    "nearest_neighbor": nearest_neighbor_widget,
}
FILMS = [
    pytest.param(module, values, id=f"{name}-{label}")
    for name, module in WIDGETS.items()
    for label, values in module.PRESETS.items()
]


def last(module, label):
    return module._film(**module.PRESETS[label])[-1].sentence


# ------------------------------------------------------------------ sentences


def test_the_last_pixel_says_456_or_that_1128_is_wrong():
    assert last(l1_images_widget, "the worked example").endswith("This is the L1 distance: 456.")
    wrapped = last(l1_images_widget, "the same in uint8")
    assert wrapped.endswith("so far is 1128. The L1 distance is 456: the result is wrong.")


def test_a_pixel_that_wraps_around_is_explained():
    frames = l1_images_widget._film(**l1_images_widget.PRESETS["the same in uint8"])
    assert "10 and 24 differ by 14, but uint8 cannot hold −14 and says 242" in frames[2].sentence


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
    assert words in last(softmax_widget, label)


def test_the_best_slopes_are_named():
    frames = regression_widget._film(third=18)
    best = [frame.sentence for frame in frames if "No slope shown" in frame.sentence]
    assert [re.search(r"Slope ([\d.]+)", sentence)[1] for sentence in best] == ["1.4", "1.6"]
    assert "smaller mean absolute" in best[0]
    assert "smaller mean squared" in best[1]


def test_a_sure_error_is_called_so():
    frames = binary_widget._film("ill", "logit", 1)
    assert frames[0].sentence.startswith("Logit −8, p = 0.0003354, and the patient is ill: loss 8")
    assert "confidently wrong" in frames[0].sentence
    assert "confidently right" in frames[-1].sentence
    assert "undecided" in frames[16].sentence


def test_the_weight_is_named_for_the_ill_only():
    assert "ill (weight 19)" in binary_widget._film("ill", "logit", 19)[0].sentence
    assert "weight" not in binary_widget._film("healthy", "logit", 19)[0].sentence


def test_a_film_of_the_library_has_its_rank_named():
    sentence = last(nearest_neighbor_widget, "films of the library, moved by 3 pixels")
    assert "The same film, unchanged, is in the library: number" in sentence
    assert "The same film" not in last(nearest_neighbor_widget, "new patients")


# ------------------------------------------------------------------ widgets


@pytest.mark.parametrize(("module", "values"), FILMS)
def test_frames_speak_and_come_out_the_same_again(module, values):
    first, again = module._film(**values), module._film(**values)
    assert [frame.svg for frame in first] == [frame.svg for frame in again]
    assert all(frame.sentence.endswith(".") for frame in first)


@pytest.mark.parametrize(("module", "values"), FILMS)
def test_pictures_use_known_classes_and_no_lost_numbers(module, values):
    known = set(re.findall(rf"\.({style.PREFIX}-[\w-]+)", style.picture_css()))
    for frame in module._film(**values):
        used = set(re.findall(rf"{style.PREFIX}-[\w-]+", frame.svg)) - {f"{style.PREFIX}-svg"}
        assert used <= known
        assert not re.search(r"\bnan\b|\binf\b", frame.svg)


@pytest.mark.parametrize("name", WIDGETS)
def test_every_click_leads_to_a_frame(name):
    widget = getattr(losses, name)()
    for film in widget.films:
        for runs in film["frames"]:
            gotos = re.findall(r'data-goto="(\d+)"', unpack(runs, widget.lines))
            assert all(int(goto) < len(film["frames"]) for goto in gotos)


@pytest.mark.parametrize("name", WIDGETS)
def test_the_frames_are_small(name):
    widget = getattr(losses, name)()
    payload = json.dumps([widget.lines, widget.films], ensure_ascii=False).encode()
    assert len(payload) < 400_000


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("regression", {"third": 19}),
        ("binary", {"truth": "dead"}),
        ("binary", {"axis": "odds"}),
        ("binary", {"weight": 0}),
        ("softmax", {"z0": 1000}),
        ("softmax", {"label": 3}),
        ("l1_images", {"arithmetic": "int4"}),
        ("l1_images", {"seed": -1}),
        ("nearest_neighbor", {"films": "old"}),
        ("nearest_neighbor", {"shift": 7}),
    ],
)
def test_impossible_settings_are_refused(name, wrong):
    with pytest.raises(ValueError, match="must be"):
        getattr(losses, name)(**wrong)


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
    assert getattr(losses, name)(**own).films[0]["values"] == own
