"""The numbers behind the widgets of 10-regularization, against PyTorch."""

import numpy as np
import pytest
import torch

from course_utils.widgets.regularization import batchnorm_model as norm
from course_utils.widgets.regularization import dropout_model as drop
from course_utils.widgets.regularization import polynomial_model as poly

# ------------------------------------------------------------------ polynomial


@pytest.mark.parametrize("degree", [1, 4, 9])
@pytest.mark.parametrize("penalty", [1e-4, 0.1, 10.0])
def test_a_penalised_fit_is_that_of_least_squares_with_rows_for_the_penalty(degree, penalty):
    patients = poly.Patients(20, 3)
    x, y = patients.fitted
    powers = np.stack([x**k for k in range(degree + 1)], axis=1)
    pull = penalty**0.5 * np.eye(degree + 1)
    pull[0] = 0  # the constant is free
    rows, aims = np.concatenate([powers, pull]), np.concatenate([y, np.zeros(degree + 1)])
    expected = torch.linalg.lstsq(torch.from_numpy(rows), torch.from_numpy(aims)).solution.numpy()
    fit = poly.Fit(patients, degree, penalty)
    np.testing.assert_allclose(fit.weights, expected, rtol=1e-8, atol=1e-10)
    assert fit.size == pytest.approx(np.sum(expected[1:] ** 2))
    others, truth = patients.others
    wrong = np.polyval(expected[::-1], others) - truth
    assert fit.validation_error == pytest.approx(np.sqrt(np.mean(wrong**2)))


def test_without_a_penalty_the_gradient_is_zero_and_enough_weights_meet_every_patient():
    patients = poly.Patients(12, 1)
    x, y = map(torch.from_numpy, patients.fitted)
    weights = torch.tensor(poly.Fit(patients, 5, 0.0).weights, requires_grad=True)
    values = sum(weight * x**k for k, weight in enumerate(weights))
    (values - y).square().sum().backward()
    np.testing.assert_allclose(weights.grad, 0, atol=1e-9)
    assert poly.Fit(patients, 11, 0.0).training_error < 1e-6


@pytest.mark.parametrize("seed", range(5))
def test_the_training_error_falls_with_the_degree_and_rises_with_the_penalty(seed):
    patients = poly.Patients(15, seed)
    by_degree = [fit.training_error for fit in poly.over_degrees(patients, 0.0)]
    by_penalty = [fit.training_error for fit in poly.over_penalties(patients, 9)]
    assert np.all(np.diff(by_degree) < 1e-9)
    assert np.all(np.diff(by_penalty) > -1e-9)
    sizes = [fit.size for fit in poly.over_penalties(patients, 9)]
    assert np.all(np.diff(sizes) < 0)


def test_every_part_of_the_time_has_a_patient_and_nobody_is_in_both_groups():
    patients = poly.Patients(16, 7)
    times, _ = patients.fitted
    assert np.all(np.diff(times) > 0)
    assert np.histogram(times, 16, (-1, 1))[0].tolist() == [1] * 16
    assert not np.intersect1d(times, patients.others[0]).size


# ------------------------------------------------------------------ batch norm


@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("size", [2, 3, 16])
def test_a_batch_is_normalised_as_its_mean_and_deviation_say(training, size):
    clinic = norm.Clinic(0.5, 2.0)
    for batch in norm.batches(training, size, 0.4, clinic, seed=4):
        assert len(batch.x) == size
        expected = (batch.x - batch.mean) / np.sqrt(batch.deviation**2 + norm.EPS)
        np.testing.assert_allclose(batch.y, expected, atol=1e-12)
        assert batch.x[0] == clinic.taken(np.array(norm.OURS))
        assert batch.opacity[0]


def test_two_films_become_one_and_minus_one():
    for batch in norm.batches(True, 2, 0.5, norm.HOME, seed=0):
        gap = abs(batch.x[0] - batch.x[1])
        np.testing.assert_allclose(np.abs(batch.y), 1, atol=4 * norm.EPS / gap**2)


def test_the_running_statistics_are_near_those_of_the_films():
    mean, variance = norm.running_statistics()
    low, high = norm.MEANS
    assert mean == pytest.approx((low + high) / 2, abs=0.2)
    assert variance == pytest.approx(((high - low) / 2) ** 2 + norm.SPREAD**2, abs=0.2)


def test_only_evaluation_mode_ignores_the_company_and_only_training_mode_the_clinic():
    bright = norm.Clinic(1.0, 3.0)
    alone = {batch.y[0] for batch in norm.batches(False, 8, 0.5, norm.HOME, seed=1)}
    assert len(alone) == 1
    for here, there in zip(
        norm.batches(True, 8, 0.5, norm.HOME, 1), norm.batches(True, 8, 0.5, bright, 1), strict=True
    ):
        np.testing.assert_allclose(here.y, there.y, atol=1e-12)
        assert here.y[0] not in alone
    moved = (
        norm.batches(False, 8, 0.5, bright, 1)[0].y - norm.batches(False, 8, 0.5, norm.HOME, 1)[0].y
    )
    np.testing.assert_allclose(moved, 3 / np.sqrt(norm.running_statistics()[1] + norm.EPS))


def test_right_counts_both_kinds():
    batch = norm.Batch(
        np.array([1.0, -1.0, 2.0]), np.array([True, False, False]), False, (0.0, 1.0)
    )
    assert batch.right == 2


# ------------------------------------------------------------------ dropout


@pytest.mark.parametrize("inverted", [True, False])
@pytest.mark.parametrize("p", [0, 20, 50, 90])
def test_a_thin_network_is_the_whole_one_with_neurons_multiplied(p, inverted):
    crowd = drop.Crowd(p, inverted, seed=3)
    kept = 100 / (100 - p) if inverted else 1.0
    weights = [layer.weight.detach().numpy() for layer in crowd.layers]
    biases = [layer.bias.detach().numpy() for layer in crowd.layers]
    for thin in crowd.thin:
        x = np.array(drop.INPUT)
        for layer, factors in enumerate(thin.factors):
            np.testing.assert_allclose(factors[factors != 0], kept)
            x = np.maximum(weights[layer] @ x + biases[layer], 0) * factors
            np.testing.assert_allclose(thin.values[layer], x)
        np.testing.assert_allclose(thin.output, weights[-1] @ x + biases[-1])
        assert thin.off == sum((each == 0).sum() for each in thin.factors)


def test_without_dropout_all_are_the_whole_one_and_every_neuron_is_switched_off_some_time():
    whole = drop.Crowd(0, True, seed=5)
    assert {thin.output for thin in whole.thin} == {whole.whole.output}
    shown = drop.Crowd(50, True, seed=5).thin
    off = np.mean([np.concatenate(thin.factors) == 0 for thin in shown], axis=0)
    assert np.all((off > 0) & (off < 1))
    assert off.mean() == pytest.approx(0.5, abs=0.1)


def test_drawing_leaves_pytorchs_generator_alone():
    before = torch.random.get_rng_state()
    _ = drop.Crowd(50, True, seed=1).thin, norm.batches(True, 4, 0.5, norm.HOME, 0)
    assert torch.equal(before, torch.random.get_rng_state())
