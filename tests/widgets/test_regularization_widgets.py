"""The widgets of 10-regularization: what their sentences and pictures say."""

import re

import pytest
from read_widgets import frames, last

from course_utils.widgets import regularization
from course_utils.widgets.regularization.budget_model import Measured, tables
from course_utils.widgets.regularization.budget_view import budget_frames


def number(before: str, sentence: str) -> float:
    return float(re.search(rf"{before} (−?\d+\.\d+)", sentence)[1].replace("−", "-"))


# ------------------------------------------------------------------ polynomial


def test_degree_by_degree_training_falls_and_validation_rises_again():
    shown = [
        each.sentence for each in frames(regularization.polynomial, "degree by degree, no penalty")
    ]
    training = [number("training error", each) for each in shown]
    assert training == sorted(training, reverse=True)
    assert number("validation error", shown[-1]) > 10 * number("validation error", shown[4])
    assert "least at degree 5 (here): 0.28." in shown[4]
    assert "(here)" not in shown[3]


def test_a_penalty_makes_a_high_degree_harmless_until_it_is_too_large():
    shown = [each.sentence for each in frames(regularization.polynomial, "degree 11, λ by λ")]
    errors = [number("validation error", each) for each in shown]
    best = errors.index(min(errors))
    assert 0 < best < len(errors) - 1
    assert errors[0] > 10 * errors[best]
    assert "λ = 10⁻⁵" in shown[3]
    assert "λ = 100:" in shown[-1]


def test_more_patients_help_as_a_penalty_does():
    few, many, penalised = (
        number("validation error", last(regularization.polynomial, label))
        for label in (
            "degree by degree, no penalty",
            "degree by degree, 60 patients",
            "degree by degree, a small penalty",
        )
    )
    assert max(many, penalised) < few / 5


# ------------------------------------------------------------------ batch norm


@pytest.mark.parametrize(
    ("label", "between"),
    [
        ("training mode, 2 films", "−1.00 to 1.00"),
        ("evaluation mode, 2 films", "0.48 to 0.48"),
        ("evaluation mode, another hospital", "2.95 to 2.95"),
    ],
)
def test_how_far_the_output_of_our_film_wanders(label, between):
    assert f"so far it got {between}. " in last(regularization.batchnorm, label)


def right(label: str) -> int:
    return int(
        re.search(r"(\d+)\xa0% are on the right side", last(regularization.batchnorm, label))[1]
    )


def test_what_costs_films():
    home = right("training mode, 16 films")
    assert right("training mode, another hospital") == home
    assert right("evaluation mode, another hospital") < 60 < home
    assert right("training mode, 2 films") < home
    assert right("training mode, a ward where nearly all are ill") < 70


def test_a_film_on_the_wrong_side_is_said_to_be():
    shown = frames(regularization.batchnorm, "training mode, 2 films")
    for frame in shown:
        y = number("Our film gets", frame.sentence)
        assert (
            "called an opacity, rightly" if y > 0 else "called normal, wrongly"
        ) in frame.sentence


# ------------------------------------------------------------------ dropout


def test_scaled_draws_meet_the_whole_network_and_unscaled_ones_do_not():
    scaled, bare = (
        last(regularization.dropout, label)
        for label in ("half of the neurons", "half of the neurons, not scaled")
    )
    whole = number("whole network says", scaled)
    assert number("whole network says", bare) == whole
    assert abs(number("so far:", scaled) - whole) < 0.1 * whole
    assert number("so far:", bare) < 0.4 * whole


def test_neurons_that_are_off_are_counted_drawn_and_have_no_lines():
    first, *draws = frames(regularization.dropout, "most of the neurons")
    assert first.sentence.startswith("Evaluation: all 10 neurons work")
    for step, frame in enumerate(draws, start=1):
        off = int(re.match(rf"Draw {step}: (\d+) of 10", frame.sentence)[1])
        assert frame.svg.count(">off<") == off
        assert frame.svg.count("course-thin-gray course-dashed") == off


# ------------------------------------------------------------------ budget


def test_every_budget_names_the_measured_means_in_their_order():
    for label in regularization.budget.record.examples():
        measured = tables()[label]
        for step, frame in enumerate(frames(regularization.budget, label)):
            assert f"{measured.patients[step]:,} patients" in frame.sentence
            told = [float(each) for each in re.findall(r" (0\.\d{3})[,.]", frame.sentence)]
            means = sorted((rows[step][0] for rows in measured.auc.values()), reverse=True)
            assert told == [round(mean, 3) for mean in means]
            for mean in means:
                assert f">{mean:.3f}<" in frame.svg


def test_what_is_behind_none_is_hatched_and_overlapping_intervals_are_said():
    rows = {"none": ((0.7, 0.6, 0.8),), "good": ((0.9, 0.85, 0.95),), "bad": ((0.6, 0.5, 0.7),)}
    (frame,) = budget_frames(Measured("images", "2026-01-01", 3, (50,), rows))
    assert frame.sentence.endswith("The intervals of good and of none do not overlap.")
    assert frame.svg.count("course-thin-vermillion") == 1
    (frame,) = budget_frames(
        Measured("images", "2026-01-01", 3, (50,), rows | {"good": ((0.75, 0.7, 0.8),)})
    )
    assert frame.sentence.endswith("The intervals of good and of none overlap.")
    (frame,) = budget_frames(
        Measured("images", "2026-01-01", 3, (50,), rows | {"good": rows["bad"]})
    )
    assert frame.sentence.endswith("No regulariser is ahead of none at all.")


def test_a_measured_table_is_complete():
    for measured in tables().values():
        assert len(measured.auc) == 9
        for rows in measured.auc.values():
            assert len(rows) == len(measured.patients)
            assert all(0 <= low <= mean <= high <= 1 for mean, low, high in rows)
