"""Pooling forwards: its numbers are PyTorch's, its pictures tell them."""

import re

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from course_utils import widgets
from course_utils.widgets.pooling.examples import GRID, SIGNED
from course_utils.widgets.pooling.forward_model import Pooling
from course_utils.widgets.pooling.forward_view import order_frames, pooling_frames

SHAPES = [(n, k, s) for n in (1, 4, 5, 8) for k in (1, 2, 3, 4) for s in (1, 2, 3) if k <= n]


@pytest.mark.parametrize(("n", "k", "s"), SHAPES)
def test_the_windows_hold_what_pytorch_pools(n, k, s):
    x = np.random.default_rng(n).normal(size=(n, n))
    theirs = torch.from_numpy(x)[None, None]
    largest, mean = Pooling(x, k, s), Pooling(x, k, s, "mean")
    values = x.ravel()[largest.windows]
    np.testing.assert_allclose(largest.output.ravel(), values.max(axis=1))
    np.testing.assert_allclose(mean.output.ravel(), values.mean(axis=1))
    np.testing.assert_allclose(largest.relu_first, F.max_pool2d(theirs.relu(), k, s)[0, 0])
    np.testing.assert_allclose(mean.relu_last, F.avg_pool2d(theirs, k, s).relu()[0, 0])


def test_the_worked_grid_is_pooled_as_worked():
    grid = GRID[:4, :4]
    assert Pooling(grid, 2, 2).output.tolist() == [[7, 8], [3, 4]]
    assert Pooling(grid, 2, 1).output[0].tolist() == [7, 7, 8]
    assert Pooling(grid, 2, 2, "mean").output.tolist() == [[3.5, 5.5], [1.75, 2.0]]


def test_cells_in_no_window_are_hatched_and_counted():
    frames = pooling_frames(Pooling(GRID[:5, :5], 2, 2))
    assert "9 hatched cells are in no window" in frames[-1].sentence
    assert "hatched" not in pooling_frames(Pooling(GRID[:4, :4], 2, 2))[0].sentence


def test_the_sentence_states_place_and_value():
    frames = pooling_frames(Pooling(GRID[:4, :4], 2, 2))
    assert frames[1].sentence == (
        "Output [0, 1] of 2 × 2 is 8: the largest value of the window that starts at row 0,"
        " column 2."
    )


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("max", "gives 3; max pooling (3), then ReLU gives 3. That is the same."),
        ("mean", "gives 1.125; mean pooling (0.625), then ReLU gives 0.625. That is not the same."),
    ],
)
def test_the_order_of_pooling_and_activation_is_compared(kind, words):
    (frame,) = order_frames(Pooling(SIGNED[:2, :2], 2, 2, kind))
    assert words in frame.sentence


def test_every_result_can_be_reached_by_a_click():
    for frames in (
        pooling_frames(Pooling(GRID[:5, :5], 2, 1)),
        order_frames(Pooling(SIGNED[:5, :5], 2, 1, "mean")),
    ):
        assert len(frames) == 16
        for frame in frames:
            assert {int(at) for at in re.findall('data-goto="(\\d+)"', frame.svg)} == {*range(16)}


def test_own_settings_come_first():
    stepper = widgets.pooling.pooling(n=6, k=3, s=3)
    assert stepper.presets[0]["label"] == "n = 6, k = 3, s = 3, max"
    assert len(stepper.presets) == len(widgets.pooling.pooling.record.presets) + 1


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"n": 1}, "No window fits: it has 2 cells along a side, the input has 1"),
        ({"k": 0}, "window k must be a whole number from 1 to 4; got 0"),
        ({"kind": "median"}, "pooling must be one of max, mean"),
        ({"activation": "ELU"}, "activation must be one of"),
    ],
)
def test_impossible_settings_are_refused_with_the_reason(settings, reason):
    with pytest.raises(ValueError, match=reason):
        widgets.pooling.pooling(**settings)


def test_the_largest_settings_stay_below_the_limit():
    stepper = widgets.pooling.pooling()
    values = {
        each.name: each.maximum
        for each in widgets.pooling.pooling.record.settings
        if each.kind == "number"
    }
    values |= {"k": 1, "s": 1, "kind": "mean", "example": "signed"}
    for turn, activation in enumerate(("none", "ReLU, both orders")):
        stepper.asked = {"turn": turn, "values": values | {"activation": activation}}
        assert stepper.answer["refusal"] == ""
