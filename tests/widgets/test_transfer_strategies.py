"""Strategies and label budgets: intervals are SciPy's, sentences tell who wins."""

import json

import numpy as np
import pytest
from scipy import stats

from course_utils import widgets
from course_utils.widgets.stepper import unpack
from course_utils.widgets.transfer.strategies_model import Results
from course_utils.widgets.transfer.strategies_view import strategy_frames

AUC = {
    "scratch": [[0.52, 0.60, 0.55], [0.93, 0.95, 0.94]],
    "head only": [[0.63, 0.62, 0.64], [0.79, 0.78, 0.80]],
}
RESULTS = Results.of(AUC, (10, 1000), 1000)


@pytest.mark.parametrize("name", AUC)
@pytest.mark.parametrize("budget", [0, 1])
def test_intervals_are_students_t(name, budget):
    draws = AUC[name][budget]
    mean, half = RESULTS.means[name][budget], RESULTS.halves[name][budget]
    expected = stats.t.interval(0.95, 2, np.mean(draws), stats.sem(draws))
    np.testing.assert_allclose((mean - half, mean + half), expected)


def test_the_gain_is_of_pairs():
    gain, half = RESULTS.gain("head only", "scratch", 0)
    test = stats.ttest_rel(AUC["head only"][0], AUC["scratch"][0])
    low, high = test.confidence_interval(0.95)
    np.testing.assert_allclose((gain - half, gain + half), (low, high))
    assert RESULTS.wins("head only", "scratch", 0) == 3


def test_the_sentences_state_budget_order_and_doubt():
    few, many = (frame.sentence for frame in strategy_frames(RESULTS))
    assert few.startswith("With 1 % of the labels (10 images) the mean AUC is: head only 0.630")
    assert "The first of them is ahead of the last in 3 of 3 draws; with so few draws" in few
    assert many.startswith("With 100 % of the labels (1,000 images) the mean AUC is: scratch 0.940")
    assert "is ahead of the last in 3 of 3 draws; their difference is clear of zero" in many


def test_every_budget_is_a_frame_and_a_place_to_press():
    stepper = widgets.transfer.strategies(AUC, (10, 1000), 1000)
    frames = stepper.presets[0]["frames"]
    assert len(frames) == 2
    for step, runs in enumerate(frames):
        svg = unpack(runs, stepper.lines)
        assert f'data-step="{step}"' in svg
        assert 'data-goto="0"' in svg
        assert 'data-goto="1"' in svg
    again = widgets.transfer.strategies(AUC, (10, 1000), 1000)
    assert (stepper.lines, stepper.presets) == (again.lines, again.presets)
    assert len(json.dumps([stepper.lines, stepper.presets])) < 100_000


@pytest.mark.parametrize(
    ("auc", "reason"),
    [
        ({"a": [[0.5, 0.6]]}, r"2 budgets, at least 2 draws"),
        ({"a": [[0.5], [0.6]]}, r"at least 2 draws"),
        ({"a": [[0.5, 0.6]] * 2, "b": [[0.5, 0.6, 0.7]] * 2}, r"alike"),
        ({}, r"1 to 6 strategies; got 0"),
    ],
)
def test_tables_that_do_not_fit_are_refused(auc, reason):
    with pytest.raises(ValueError, match=reason):
        widgets.transfer.strategies(auc, (10, 1000), 1000)
