"""A threshold: its numbers agree with scikit-learn's, sentences and marks follow it."""

import numpy as np
import pytest
from read_widgets import pictures, sentences
from sklearn import metrics

from course_utils.widgets.cnn import threshold
from course_utils.widgets.cnn.threshold_model import THRESHOLDS, Scored


@pytest.fixture(scope="module")
def screening():
    return Scored(auc=0.9, prevalence=2, patients=100)


def test_every_cut_agrees_with_scikit_learn(screening):
    truth, weights = screening.labels, screening.weights
    for cut in screening.cuts:
        alarms = (screening.scores >= cut.threshold).astype(int)
        assert cut.sensitivity == pytest.approx(metrics.recall_score(truth, alarms))
        assert cut.specificity == pytest.approx(metrics.recall_score(truth, alarms, pos_label=0))
        for answer, value in ((1, cut.ppv), (0, cut.npv)):
            if value is None:
                assert not (alarms == answer).any()
            else:
                worth = metrics.precision_score(
                    truth, alarms, pos_label=answer, sample_weight=weights
                )
                assert value == pytest.approx(worth)


@pytest.mark.parametrize("auc", [0.5, 0.75, 0.9, 0.98])
def test_the_score_has_the_area_that_was_asked_for(auc):
    assert Scored(auc, 10, 50).measured_auc == pytest.approx(auc, abs=0.01)


def test_the_first_threshold_alarms_all_and_the_last_nobody(screening):
    first, *_, last = screening.cuts
    assert (first.sensitivity, first.specificity, first.npv) == (1, 0, None)
    assert first.ppv == pytest.approx(0.02)
    assert first.alarms.all()
    assert (last.sensitivity, last.specificity, last.ppv) == (0, 1, None)
    assert not last.alarms.any()


def test_the_point_lies_on_the_curves(screening):
    false_alarms, found = screening.roc
    precision, recall = screening.precision_recall
    for cut in screening.cuts[:-1]:
        distance = np.hypot(false_alarms - (1 - cut.specificity), found - cut.sensitivity)
        assert distance.min() < 1e-9
        assert np.hypot(recall - cut.sensitivity, precision - cut.ppv).min() < 1e-9


def test_the_day_has_its_share_of_ill_and_begins_with_the_highest_score():
    labels, scores = Scored(0.9, 40, 110).day
    assert labels.sum() == 44
    assert (np.diff(scores) <= 0).all()


def test_a_rarer_disease_makes_alarms_worth_less_and_leaves_the_rest():
    common, rare = (Scored(0.9, prevalence, 100).cuts[12] for prevalence in (40, 2))
    assert common.sensitivity == rare.sensitivity
    assert common.specificity == rare.specificity
    assert common.ppv > 3 * rare.ppv


def test_sentences_state_what_a_threshold_does():
    said = sentences(threshold())
    assert len(said) == len(THRESHOLDS)
    assert said[0].startswith("Threshold 0.00: sensitivity 1.00, specificity 0.00. At a prevalence")
    assert "44 patients of 110 are ill; the doctor looks at 110 alarms, 44 of them ill" in said[0]
    assert said[-1].endswith("0 alarms, 0 of them ill, and 44 ill are missed.")


def test_a_click_on_the_scores_leads_to_the_threshold():
    svg = pictures(threshold())[0]
    for step in range(len(THRESHOLDS)):
        assert svg.count(f'data-goto="{step}"') == 1


def test_a_prevalence_out_of_range_is_refused():
    with pytest.raises(ValueError, match="prevalence in % must be a whole number from 1 to 80"):
        threshold(prevalence=0)
