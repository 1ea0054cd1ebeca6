"""The numbers of the widgets of 06-optimizers: closed forms, NumPy and SciPy."""

import numpy as np
import pytest

from course_utils.widgets.draw import tracks
from course_utils.widgets.draw.panel import Panel
from course_utils.widgets.optimizers import schedules_model
from course_utils.widgets.optimizers.batch_size_model import EPOCHS, PATIENTS, Lesson
from course_utils.widgets.optimizers.landscape_model import STEPS, SURFACES, WALKERS, Race
from course_utils.widgets.optimizers.landscape_widget import landscape
from course_utils.widgets.optimizers.learning_rate_model import Descent
from course_utils.widgets.optimizers.range_test_model import RATES, RangeTest
from course_utils.widgets.optimizers.schedules_model import HIGH, LOW, Descents

# ------------------------------------------------------------------ landscape


def track(name, surface="bowl", x=-8, y=6, percent=100):
    race = Race(surface, x, y, percent)
    return race.tracks[[walker.name for walker in WALKERS].index(name)]


def test_sgd_in_the_bowl_has_its_closed_form():
    shrink = (1 - 0.9 * 0.1) ** np.arange(STEPS + 1)
    np.testing.assert_allclose(track("SGD").places, np.outer(shrink, [-8, 6]))


def test_momentum_follows_its_two_equations():
    rolled = track("momentum", "ravine", -9, 4)
    gradients = rolled.places * [0.025, 1.0]
    velocity = 0.9 * rolled.first[:-1] + gradients[:-1]
    np.testing.assert_allclose(rolled.first[1:], velocity)
    np.testing.assert_allclose(np.diff(rolled.places, axis=0), -0.15 * velocity, atol=1e-12)


def test_adagrad_divides_by_the_root_of_all_squares():
    adapted = track("Adagrad", "ravine", -9, 4)
    gradients = (adapted.places * [0.025, 1.0])[:-1]
    sums = np.cumsum(gradients**2, axis=0)
    np.testing.assert_allclose(adapted.second[1:], sums)
    np.testing.assert_allclose(adapted.rates[1:], 0.7 / np.sqrt(sums))
    np.testing.assert_allclose(np.diff(adapted.places, axis=0), -0.7 * gradients / np.sqrt(sums))


def test_the_first_step_of_adam_is_as_long_as_its_rate():
    for surface in SURFACES:
        first = np.diff(track("Adam", surface, 5, -6).places, axis=0)[0]
        np.testing.assert_allclose(np.abs(first), 0.5, rtol=1e-5)


def test_adams_rates_and_first_moments_give_its_steps():
    adam = track("Adam", "many minima", 8, -8)
    corrected = adam.first[1:] / (1 - 0.9 ** np.arange(1, STEPS + 1))[:, None]
    steps = np.diff(adam.places, axis=0)
    np.testing.assert_allclose(steps, -adam.rates[1:] * corrected, rtol=1e-5)


def test_losses_are_the_heights_of_the_places():
    race = Race("ravine", -9, 4)
    x, y = race.tracks[0].places.T
    np.testing.assert_allclose(race.tracks[0].losses, 0.0125 * x**2 + 0.5 * y**2)
    assert race.heights(21)[14, 1] == pytest.approx(race.tracks[0].losses[0])


def test_every_surface_has_the_winner_of_the_lesson():
    races = [Race(**values) for values in landscape.record.examples().values()]
    winners = {race.surface: WALKERS[race.winner].name for race in races}
    assert winners == {
        "bowl": "SGD",
        "ravine": "momentum",
        "saddle": "Adam",
        "many minima": "momentum",
    }


def test_a_gentler_saddle_start_lets_sgd_away():
    assert track("SGD", "saddle", -8, 0).losses[-1] > 0.5
    assert track("SGD", "saddle", -8, 1).losses[-1] < 0.01


def test_who_diverges_does_not_win():
    race = Race("ravine", -9, 4, 400)
    assert not np.nan_to_num(race.tracks[0].losses[-1], nan=np.inf) < 1e3
    assert race.winner != 0


# ------------------------------------------------------------------ learning_rate, range_test


@pytest.mark.parametrize(
    ("rate", "verdict"),
    [
        (0.05, "creeps: the rate is too small"),
        (0.7, "converges"),
        (1.0, "arrives in one step"),
        (1.8, "converges, from side to side"),
        (2.0, "swings for ever and never arrives"),
        (2.1, "diverges: every step leads further away"),
    ],
)
def test_each_step_multiplies_the_distance(rate, verdict):
    descent = Descent(rate, 1)
    expected = -4 * (1 - rate) ** np.arange(21.0)
    np.testing.assert_allclose(descent.path, expected, atol=1e-9)
    assert descent.verdict == verdict


def test_a_steeper_valley_has_a_smaller_limit():
    assert abs(Descent(0.7, 2).factor) < 1 < abs(Descent(0.7, 3).factor)


@pytest.mark.parametrize("batch", [20, 60])
def test_a_range_test_falls_before_it_is_smallest_and_then_diverges(batch):
    test = RangeTest(batch, 3)
    assert test.steepest < test.lowest < test.usable
    assert test.smooth[test.lowest] < 0.8 * test.smooth[0]
    assert np.nanmax(test.losses) > 4 * test.losses[0]
    assert 0.01 < RATES[test.steepest] < 1


# ------------------------------------------------------------------ batch_size


def test_all_three_read_every_patient_once_an_epoch():
    for walk in Lesson(24, 0.15, 1).walks:
        assert walk.seen[-1] == EPOCHS * PATIENTS
        assert set(np.arange(EPOCHS + 1) * PATIENTS) <= set(walk.seen.tolist())


def test_the_full_batch_is_gradient_descent_on_the_mean():
    lesson = Lesson(8, 0.15, 1)
    inputs, targets = (array.numpy() for array in lesson.data)
    line, expected = np.array([-1.5, 3.0]), [np.array([-1.5, 3.0])]
    for _ in range(EPOCHS):
        line = line - 0.15 * np.mean((inputs @ line - targets)[:, None] * inputs, axis=0)
        expected.append(line)
    np.testing.assert_allclose(lesson.walks[0].places, expected)


def test_the_best_line_is_that_of_least_squares():
    lesson = Lesson(8, 0.15, 1)
    inputs, targets = (array.numpy() for array in lesson.data)
    np.testing.assert_allclose(lesson.best, np.linalg.lstsq(inputs, targets, rcond=None)[0])
    lowest = ((inputs @ lesson.best - targets) ** 2).mean() / 2
    np.testing.assert_allclose(lesson.heights(*lesson.best[:, None]), lowest)


def test_noise_is_what_random_batches_show():
    lesson, rng = Lesson(8, 0.15, 1), np.random.default_rng(0)
    inputs, targets = (array.numpy() for array in lesson.data)
    each = (inputs @ lesson.best - targets)[:, None] * inputs
    means = [each[rng.choice(PATIENTS, 8, replace=False)].mean(axis=0) for _ in range(20_000)]
    seen = np.sqrt(np.square(means).sum(axis=1).mean())
    assert lesson.walks[1].noise == pytest.approx(seen, rel=0.02)
    assert lesson.walks[0].noise == 0


def test_online_is_first_and_noisy_at_the_end():
    full, mini, online = Lesson(8, 0.15, 1).walks
    early = [walk.losses[np.searchsorted(walk.seen, 16, "right") - 1] for walk in (mini, online)]
    assert early[1] < early[0]
    assert online.losses[-64:].std() > 5 * mini.losses[-8:].std()
    assert mini.losses[-1] < online.losses[-64:].mean() < full.losses[-1]


# ------------------------------------------------------------------ schedules


def test_the_rates_have_their_closed_forms():
    rates, steps = Descents(1, 0).rates, np.arange(101)
    np.testing.assert_allclose(rates["constant"], HIGH)
    np.testing.assert_allclose(rates["step decay"], HIGH * 0.3 ** np.floor(steps / 25))
    np.testing.assert_allclose(rates["cosine"], HIGH * np.cos(np.pi * steps / 200) ** 2, atol=1e-9)
    triangle = np.interp(steps % 40, [0, 20, 40], [LOW, HIGH, LOW])
    np.testing.assert_allclose(rates["cyclic"], triangle)


def test_with_a_constant_rate_the_loss_settles_where_theory_says():
    tail = Descents(1, 0).losses["constant"][40:].mean()
    assert tail == pytest.approx(HIGH / (2 - HIGH) / 2, rel=0.05)


def test_falling_rates_end_lower_and_cyclic_ones_follow_their_rate():
    losses = Descents(1, 0).losses
    assert max(losses["cosine"][-1], losses["step decay"][-1]) < losses["constant"][-1] / 5
    assert losses["cyclic"][44] < losses["cyclic"][64] / 3
    assert len(losses["cyclic"]) == schedules_model.STEPS + 1


def test_without_noise_only_the_speed_differs():
    losses = Descents(0, 0).losses
    assert losses["constant"][-1] < losses["cosine"][-1] < losses["step decay"][-1]


# ------------------------------------------------------------------ tracks


def test_pieces_end_at_the_edge_and_leave_out_what_is_lost():
    path = np.array([[1.0, 1], [5, 5], [50, 5], [5, 5], [np.nan, 1], [2, 2], [3, 2]])
    assert tracks.pieces(path, (0, 0, 10, 10)) == [
        "M1 1L5 5", "M5 5L11 5", "M11 5L5 5", "", "", "M2 2L3 2",
    ]  # fmt: skip


def test_pieces_of_a_track_that_never_comes_in_are_empty():
    path = np.array([[20.0, 0], [20, 9], [0, 40], [0, np.inf]])
    assert tracks.pieces(path, (0, 0, 10, 10)) == ["", "", ""]


@pytest.mark.parametrize(("height", "shape"), [(1, "<circle"), (3, "<path"), (-1, "<path")])
def test_a_mark_beyond_the_panel_is_an_arrowhead(height, shape):
    panel = Panel(0, 0, 100, 100, (0, 2), (0, 2))
    assert panel.dot(1, height, "blue").startswith(shape)


def test_places_are_those_of_logarithms():
    panel = Panel(0, 0, 100, 100, (0, 10), (-2, 2))
    np.testing.assert_allclose(tracks.places(panel, [0, 5], [1, 10]), [[0, 50], [50, 25]])


@pytest.mark.parametrize(
    ("exponent", "text"), [(-2, "0.01"), (0, "1"), (3, "1000"), (-4, "10⁻⁴"), (12, "10¹²")]
)
def test_powers_of_ten_are_readable(exponent, text):
    assert tracks.power(exponent) == text
