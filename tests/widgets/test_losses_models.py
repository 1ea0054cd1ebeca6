"""The numbers of the widgets of 02-losses: PyTorch's, SciPy's and closed forms."""

import numpy as np
import pytest
import torch
from scipy.special import expit, log_softmax
from torch.nn import functional

from course_utils.widgets.draw.panel import Panel
from course_utils.widgets.losses.binary_model import Binary
from course_utils.widgets.losses.l1_images_model import Distance
from course_utils.widgets.losses.l1_images_widget import TEST, TRAIN
from course_utils.widgets.losses.nearest_neighbor_model import KNOWN, LIBRARY, NEW, TESTS, Search
from course_utils.widgets.losses.regression_model import SLOPES, Regression
from course_utils.widgets.losses.regression_widget import AGES, SCORES
from course_utils.widgets.losses.softmax_model import Scores

# ------------------------------------------------------------------ regression


def test_the_best_slope_is_that_of_least_squares():
    model = Regression(SCORES, AGES)
    least = SCORES @ AGES / (SCORES @ SCORES)
    assert abs(SLOPES[model.best[0]] - least) <= 0.05


def test_losses_of_a_perfect_line_are_zero():
    model = Regression(SCORES, SCORES * 1.5)
    assert model.squared(1.5) == 0
    assert model.absolute(1.5) == 0


def test_one_wrong_label_moves_the_squared_error_and_not_the_absolute_one():
    wrong = Regression(SCORES, np.where(AGES == 8, 18.0, AGES))
    right = Regression(SCORES, AGES)
    assert SLOPES[wrong.best[0]] > SLOPES[right.best[0]] + 0.1
    assert wrong.best[1] == right.best[1]


def test_the_squares_add_up_to_the_loss():
    model = Regression(SCORES, AGES)
    assert np.mean(model.errors(1.2) ** 2) == pytest.approx(model.squared(1.2))


# ------------------------------------------------------------------ binary


@pytest.mark.parametrize("ill", [True, False])
def test_the_gradient_by_the_logit_is_probability_minus_truth(ill):
    model = Binary(ill, "logit", 1)
    np.testing.assert_allclose(model.steps[1], expit(model.places) - ill, atol=1e-12)


@pytest.mark.parametrize("ill", [True, False])
def test_loss_and_gradient_by_the_probability_have_their_closed_form(ill):
    model = Binary(ill, "probability", 1)
    given = model.places if ill else 1 - model.places
    np.testing.assert_allclose(model.steps[0], -np.log(given), atol=1e-12)
    np.testing.assert_allclose(model.steps[1], (-1 if ill else 1) / given, atol=1e-9)


def test_the_weight_counts_for_the_ill_only():
    for axis in ("logit", "probability"):
        once, weighted = Binary(True, axis, 1), Binary(True, axis, 5)
        np.testing.assert_allclose(weighted.steps, 5 * np.array(once.steps))
        healthy = Binary(False, axis, 5)
        np.testing.assert_allclose(healthy.steps, Binary(False, axis, 1).steps)


# ------------------------------------------------------------------ softmax


@pytest.mark.parametrize(
    ("logits", "loss"), [((5.0, 1.0, -2.0), "0.0190"), ((1.0, 5.0, -2.0), "4.0190")]
)
def test_the_worked_examples_cost_what_the_lesson_says(logits, loss):
    assert f"{Scores(logits, 0).loss:.4f}" == loss


def test_an_untrained_network_costs_the_logarithm_of_the_number_of_classes():
    assert Scores((0.0, 0.0, 0.0), 1).loss == pytest.approx(np.log(3))


@pytest.mark.parametrize("label", [0, 1, 2])
def test_stages_agree_with_scipy(label):
    model = Scores((0.5, -1.5, 2.0), label)
    truth = log_softmax(model.logits)
    np.testing.assert_allclose(np.log(model.probabilities), truth)
    np.testing.assert_allclose(model.powers / model.powers.sum(), model.probabilities)
    assert model.loss == pytest.approx(-truth[label])
    onehot = functional.one_hot(torch.tensor(label), 3).numpy()
    np.testing.assert_allclose(model.gradient, np.exp(truth) - onehot, atol=1e-12)


def test_extreme_logits_stay_finite_and_their_gradient_saturates():
    model = Scores((0.0, 1000.0, -1000.0), 0)
    assert model.loss == 1000
    np.testing.assert_allclose(model.gradient, [-1, 1, 0])


# ------------------------------------------------------------------ l1_images


def test_the_worked_example_is_456_and_1128_in_8_bits():
    assert Distance(TEST, TRAIN, wraps=False).running[-1] == 456
    assert Distance(TEST, TRAIN, wraps=True).running[-1] == 1128


def test_wrapping_adds_256_where_the_difference_is_negative():
    wrapped = Distance(TEST, TRAIN, wraps=True)
    expected = np.where(wrapped.signed < 0, wrapped.signed + 256, wrapped.signed)
    np.testing.assert_array_equal(wrapped.differences, expected)


# ------------------------------------------------------------------ nearest_neighbor


def test_unchanged_films_of_the_library_find_themselves():
    search = Search(KNOWN, 0, 0)
    np.testing.assert_array_equal(search.order[:, 0], np.arange(TESTS))
    assert (search.distances[np.arange(TESTS), np.arange(TESTS)] == 0).all()


def test_moved_films_often_do_not():
    found = Search(KNOWN, 3, 0).order[:, 0] == np.arange(TESTS)
    assert found.sum() <= TESTS / 2


def test_distances_are_sums_of_absolute_differences():
    search = Search(NEW, 0, 10)
    gap = np.abs(search.tests[2].astype(int) - search.library.images[7]).sum()
    assert search.distances[2, 7] == gap
    assert search.distances.shape == (TESTS, LIBRARY)


def test_new_patients_are_not_in_the_library():
    search = Search(NEW, 0, 0)
    assert not set(search._chosen.patients) & set(search.library.patients)


# ------------------------------------------------------------------ panel


def test_a_panel_places_its_edges_at_its_limits():
    panel = Panel(10, 20, 100, 50, (-1, 1), (0, 5))
    assert (panel.at(-1), panel.at(1)) == (10, 110)
    assert (panel.over(5), panel.over(0)) == (20, 70)


def test_a_curve_leaves_out_what_lies_outside():
    panel = Panel(0, 0, 100, 100, (0, 3), (0, 1))
    path = panel.curve(np.arange(4.0), np.array([0, 5, 0, 1.0]), "blue")
    assert path.count("M") == 2
    assert path.count("L") == 1
