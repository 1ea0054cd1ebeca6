"""The widgets of 06-optimizers: sentences, presets, refusals, size, the same frames again."""

import json
import re

import pytest

from course_utils.widgets import draw, optimizers, style
from course_utils.widgets.optimizers import (
    batch_size_widget,
    landscape_widget,
    learning_rate_widget,
    range_test_widget,
    schedules_widget,
)

WIDGETS = {
    "landscape": landscape_widget,
    "learning_rate": learning_rate_widget,
    "range_test": range_test_widget,
    "batch_size": batch_size_widget,
    "schedules": schedules_widget,
}
FILMS = [
    pytest.param(module, values, id=f"{name}-{label}")
    for name, module in WIDGETS.items()
    for label, values in module.PRESETS.items()
]


def last(module, label):
    return module._film(**module.PRESETS[label])[-1].sentence


# ------------------------------------------------------------------ sentences


def test_the_race_asks_first_and_names_the_winner_last():
    frames = landscape_widget._film(**landscape_widget.PRESETS["ravine"])
    assert frames[0].sentence.startswith("Predict: four optimizers start at (−9, 4)")
    assert not any("wins" in frame.sentence for frame in frames[:-1])
    assert frames[-1].sentence.endswith("Momentum wins.")
    assert last(landscape_widget, "saddle").endswith("Adam wins.")


def test_a_race_that_nobody_wins_says_so():
    frames = landscape_widget._film("bowl", 0, 0, 100)
    assert frames[-1].sentence.endswith("they ended in the same place, or nearly.")


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("too small: 0.05", "= 0.95, so it creeps: the rate is too small."),
        ("large: 1.8, it swings", "= −0.8, so it converges, from side to side."),
        ("too large: 2.1, it diverges", "it diverges: every step leads further away."),
        ("0.7 again, but a steeper valley", "1 − 0.7 · 3 = −1.1, so it diverges"),
    ],
)
def test_the_factor_of_a_step_is_said(label, words):
    assert words in last(learning_rate_widget, label)


def test_the_range_test_is_read_at_the_end():
    label = "all 60 points in every step"
    frames = range_test_widget._film(**range_test_widget.PRESETS[label])
    assert "Nothing falls yet" in frames[3].sentence
    assert "diverged" in frames[-2].sentence
    assert re.search(r"most steeply near the rate 0\.\d+: a good first value", frames[-1].sentence)


def test_the_cost_of_an_epoch_is_told():
    frames = batch_size_widget._film(**batch_size_widget.PRESETS["mini-batches of 8"])
    sentence = next(f.sentence for f in frames if f.sentence.startswith("After reading 64 "))
    updates = re.findall(r"\((\d+) update", sentence)
    assert updates == ["1", "8", "64"]
    assert "The best line has" in frames[-1].sentence


def test_a_schedule_is_compared_with_the_constant_rate():
    assert "cosine: the rate is 0, the mean loss 0.01" in last(schedules_widget, "cosine")
    assert "With the constant rate 0.5 the loss is 0.1" in last(schedules_widget, "cosine")
    assert "With the constant" not in last(schedules_widget, "constant")


# ------------------------------------------------------------------ widgets


def test_the_map_names_the_settings_that_a_click_sets():
    names = {setting.name for setting in landscape_widget.SETTINGS}
    frame = landscape_widget._film(**landscape_widget.PRESETS["bowl"])[5]
    pads = re.findall(r'data-pick="(\w+) (\w+)"', frame.svg)
    assert pads == [("x", "y")]
    assert set(pads[0]) <= names
    assert 'data-pick="x y"' in draw.pad(0, 0, 10, 10, "x", "y")


@pytest.mark.parametrize(("module", "values"), FILMS)
def test_frames_speak_and_come_out_the_same_again(module, values):
    first = module._film(**values)
    for cached in ("_tested", "_descents"):
        if hasattr(module, cached):
            getattr(module, cached).cache_clear()
    again = module._film(**values)
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
def test_the_frames_are_small(name):
    widget = getattr(optimizers, name)()
    payload = json.dumps([widget.lines, widget.films], ensure_ascii=False).encode()
    assert len(payload) < 450_000


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("landscape", {"surface": "moon"}),
        ("landscape", {"x": 11}),
        ("landscape", {"percent": 0}),
        ("learning_rate", {"hundredths": 0}),
        ("learning_rate", {"curvature": 5}),
        ("range_test", {"batch": 61}),
        ("batch_size", {"batch": 0}),
        ("batch_size", {"hundredths": 101}),
        ("schedules", {"schedule": "random"}),
        ("schedules", {"tenths": -1}),
    ],
)
def test_impossible_settings_are_refused(name, wrong):
    with pytest.raises(ValueError, match="must be"):
        getattr(optimizers, name)(**wrong)


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("landscape", {"surface": "ravine", "x": 10, "y": 10, "percent": 400}),
        ("learning_rate", {"hundredths": 300, "curvature": 4}),
        ("range_test", {"batch": 1, "seed": 99}),
        ("batch_size", {"batch": 64, "hundredths": 100, "seed": 99}),
        ("schedules", {"schedule": "cyclic", "tenths": 50, "seed": 99}),
    ],
)
def test_a_reader_gets_frames_of_own_settings(name, own):
    widget = getattr(optimizers, name)()
    widget.asked = {"values": own, "turn": 1}
    assert widget.answer == {"turn": 1, "refusal": ""}
    assert widget.own["values"] == own
    assert "nan" not in json.dumps(widget.own["lines"])
    assert getattr(optimizers, name)(**own).films[0]["values"] == own
