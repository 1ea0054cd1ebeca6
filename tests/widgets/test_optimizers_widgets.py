"""The widgets of 06-optimizers: sentences, presets, refusals, size, the same frames again."""

import json
import re

import pytest
from read_widgets import frames, last

from course_utils.widgets import draw, optimizers

# ------------------------------------------------------------------ sentences


def test_the_race_asks_first_and_names_the_winner_last():
    shown = frames(optimizers.landscape, "ravine")
    assert shown[0].sentence.startswith("Predict: four optimizers start at (−9, 4)")
    assert not any("wins" in frame.sentence for frame in shown[:-1])
    assert shown[-1].sentence.endswith("Momentum wins.")
    assert last(optimizers.landscape, "saddle").endswith("Adam wins.")


def test_a_race_that_nobody_wins_says_so():
    shown = optimizers.landscape.record.frames("bowl", 0, 0, 100)
    assert shown[-1].sentence.endswith("they ended in the same place, or nearly.")


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
    assert words in last(optimizers.learning_rate, label)


def test_the_range_test_is_read_at_the_end():
    label = "all 60 points in every step"
    shown = frames(optimizers.range_test, label)
    assert "Nothing falls yet" in shown[3].sentence
    assert "diverged" in shown[-2].sentence
    assert re.search(r"most steeply near the rate 0\.\d+: a good first value", shown[-1].sentence)


def test_the_cost_of_an_epoch_is_told():
    shown = frames(optimizers.batch_size, "mini-batches of 8")
    sentence = next(f.sentence for f in shown if f.sentence.startswith("After reading 64 "))
    updates = re.findall(r"\((\d+) update", sentence)
    assert updates == ["1", "8", "64"]
    assert "The best line has" in shown[-1].sentence


def test_a_schedule_is_compared_with_the_constant_rate():
    assert "cosine: the rate is 0, the mean loss 0.01" in last(optimizers.schedules, "cosine")
    assert "With the constant rate 0.5 the loss is 0.1" in last(optimizers.schedules, "cosine")
    assert "With the constant" not in last(optimizers.schedules, "constant")


# ------------------------------------------------------------------ widgets


def test_the_map_names_the_settings_that_a_click_sets():
    frame = frames(optimizers.landscape, "bowl")[5]
    pads = re.findall(r'data-pick="(\w+) (\w+)"', frame.svg)
    assert pads == [("x", "y")]
    assert 'data-pick="x y"' in draw.pad(0, 0, 10, 10, "x", "y")


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("landscape", {"surface": "ravine", "x": 10, "y": 10, "percent": 400}),
        ("learning_rate", {"rate": 3, "curvature": 4}),
        ("range_test", {"batch": 1, "seed": 99}),
        ("batch_size", {"batch": 64, "rate": 1, "seed": 99}),
        ("schedules", {"schedule": "cyclic", "noise": 5, "seed": 99}),
    ],
)
def test_a_reader_gets_frames_of_own_settings(name, own):
    widget = getattr(optimizers, name)()
    widget.asked = {"values": own, "turn": 1}
    assert widget.answer == {"turn": 1, "refusal": ""}
    assert widget.own["values"] == own
    assert "nan" not in json.dumps(widget.own["lines"])
    assert getattr(optimizers, name)(**own).presets[0]["values"] == own
