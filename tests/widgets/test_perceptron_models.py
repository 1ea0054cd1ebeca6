"""The numbers behind the perceptron's widgets: PyTorch's, scikit-learn's, or known by hand."""

import numpy as np
import pytest
import torch
from sklearn.linear_model import Perceptron

from course_utils.widgets.draw.plane import Plane
from course_utils.widgets.perceptron.activations_model import FUNCTIONS, Activation
from course_utils.widgets.perceptron.backprop_model import Pass
from course_utils.widgets.perceptron.learning_model import CORNERS, PROBLEMS, Training
from course_utils.widgets.perceptron.neuron_model import Decision, patients
from course_utils.widgets.small_networks import (
    HIDDEN,
    NEW_POINTS,
    POINTS,
    SHAPES,
    SNAPSHOTS,
    Cohort,
    Network,
    Study,
)

PLANE = Plane(10, 20, 200, 100, (-2, 2), (0, 1))


class TestPlane:
    def test_the_origin_of_the_pixels_is_above(self):
        assert PLANE.pixels([-2, 1]).tolist() == [10, 20]
        assert PLANE.pixels([2, 0]).tolist() == [210, 120]

    def test_a_line_meets_the_frame_in_two_points_of_itself(self):
        w, b = np.array([1.0, 2.0]), -0.5
        ends = PLANE.border(w, b)
        assert ends.shape == (2, 2)
        np.testing.assert_allclose(ends @ w + b, 0, atol=1e-12)

    @pytest.mark.parametrize(("w", "b"), [((0.0, 0.0), 1.0), ((1.0, 0.0), -9.0), ((0.0, 0.0), 0.0)])
    def test_a_line_outside_the_frame_has_no_ends(self, w, b):
        assert PLANE.border(np.array(w), b).shape == (0, 2)

    def test_the_side_is_where_the_sum_is_positive(self):
        w, b = np.array([1.0, 0.0]), 0.0
        assert sorted(set(PLANE.side(w, b)[:, 0])) == [0, 2]
        assert len(PLANE.side(w, -3.0)) == 0
        assert len(PLANE.side(w, 3.0)) == 4


class TestNeuron:
    def test_1_is_malignant(self):
        assert patients().malignant.sum() == 212
        ill, well = (patients().measured[patients().malignant == flag, 0] for flag in (True, False))
        assert ill.mean() > well.mean()

    def test_the_counts_are_those_of_the_sums(self):
        table = patients()
        standard = (table.measured - table.centre) / table.spread
        decision = Decision(table, (1.5, 0.5), -0.3)
        sums = 1.5 * standard[:, 0] + 0.5 * standard[:, 1] - 0.3
        np.testing.assert_allclose(decision.sums, sums, atol=1e-12)
        assert decision.missed.sum() == (table.malignant & (sums <= 0)).sum()
        assert decision.false_alarms.sum() == (~table.malignant & (sums > 0)).sum()
        assert decision.sensitivity == pytest.approx((sums[table.malignant] > 0).mean())
        assert decision.specificity == pytest.approx((sums[~table.malignant] <= 0).mean())

    def test_the_line_in_units_is_the_same_line(self):
        decision = Decision(patients(), (2.0, -1.0), 0.7)
        w, b = decision.in_units
        np.testing.assert_allclose(patients().measured @ w + b, decision.sums, atol=1e-9)


class TestActivations:
    @pytest.mark.parametrize(
        ("name", "module"),
        [
            ("linear", torch.nn.Identity()),
            ("sigmoid", torch.nn.Sigmoid()),
            ("ReLU", torch.nn.ReLU()),
            ("ELU", torch.nn.ELU()),
            ("softplus", torch.nn.Softplus()),
            ("swish", torch.nn.SiLU()),
        ],
    )
    def test_values_are_those_of_pytorchs_layers(self, name, module):
        z = np.linspace(-6, 6, 49)
        expected = module(torch.from_numpy(z)).numpy()
        np.testing.assert_allclose(Activation(name).values(z), expected, atol=1e-12)

    def test_softmax_is_the_share_beside_two_scores(self):
        expected = np.exp(2.0) / (np.exp(2.0) + np.exp(0.0) + np.exp(1.0))
        assert Activation("softmax").values(np.array([2.0]))[0] == pytest.approx(expected)

    @pytest.mark.parametrize("name", FUNCTIONS)
    def test_slopes_are_those_of_the_curve(self, name):
        z = np.linspace(-5.9, 5.9, 60)
        activation = Activation(name)
        measured = (activation.values(z + 1e-6) - activation.values(z - 1e-6)) / 2e-6
        np.testing.assert_allclose(activation.slopes(z), measured, atol=1e-8)

    def test_the_properties_are_those_of_the_lesson(self):
        failed = {
            name: {each for each, has in Activation(name).properties().items() if not has}
            for name in FUNCTIONS
        }
        assert failed == {
            "linear": {"non-linear", "bounded"},
            "sigmoid": set(),
            "ReLU": {"differentiable", "bounded"},
            "ELU": {"bounded"},
            "softplus": {"bounded"},
            "swish": {"monotonic", "bounded"},
            "softmax": set(),
        }

    def test_ten_sigmoids_at_their_steepest_leave_less_than_a_millionth(self):
        assert Activation("sigmoid").through_layers(0.0) == pytest.approx(0.25**10)
        assert Activation("ReLU").through_layers(2.0) == 1


class TestLearning:
    @pytest.mark.parametrize("problem", PROBLEMS)
    def test_it_is_scikit_learns_perceptron(self, problem):
        training = Training(problem, 7)
        theirs = Perceptron(shuffle=False, max_iter=7, tol=None, eta0=1.0)
        theirs.fit(CORNERS, training.labels)
        last = training.visits()[-1].after
        assert last.tolist() == [theirs.intercept_[0], *theirs.coef_[0]]

    def test_and_and_or_converge_and_xor_never_does(self):
        assert Training("AND", 9).mistakes() == [2, 3, 3, 2, 2, 3, 2, 1, 0]
        assert Training("OR", 6).mistakes() == [3, 1, 2, 2, 1, 0]
        assert min(Training("XOR", 20).mistakes()) > 0

    def test_a_mistake_is_a_margin_of_at_most_0(self):
        for visit in Training("XOR", 3).visits():
            assert visit.mistake == (visit.margin <= 0)


class TestFreedom:
    def test_the_parameters_are_13_25_and_81(self):
        cohort = Cohort("ring", 1)
        assert [Study(cohort, hidden).parameters for hidden in HIDDEN] == [13, 25, 81]

    @pytest.mark.parametrize("shape", SHAPES)
    def test_points_are_the_same_each_time_and_others_for_another_seed(self, shape):
        first, again, other = Cohort(shape, 3), Cohort(shape, 3), Cohort(shape, 4)
        assert (first.learned[0] == again.learned[0]).all()
        assert (first.learned[1] == again.learned[1]).all()
        assert (first.learned[0] != other.learned[0]).any()
        assert first.learned[0].shape == (POINTS, 2)
        assert first.new[0].shape == (NEW_POINTS, 2)
        assert 0.2 < first.new[1].mean() < 0.8

    def test_slopes_are_those_of_pytorch(self):
        study = Study(Cohort("two moons", 2), 6)
        points, ill = study.cohort.learned
        network = study.network().double()
        loss = torch.nn.functional.binary_cross_entropy_with_logits(
            network(torch.tensor(points)).squeeze(1), torch.tensor(ill, dtype=torch.float64)
        )
        theirs = torch.autograd.grad(loss, list(network.parameters()))
        for ours, their in zip(Network.of(network).slopes(points, ill), theirs, strict=True):
            np.testing.assert_allclose(ours, their.squeeze(), rtol=1e-10)

    def test_training_helps_and_is_repeatable(self):
        study = Study(Cohort("XOR", 1), 6)
        first, again = study.snapshots(), study.snapshots()
        assert len(first) == len(SNAPSHOTS)
        assert (first[-1].regions == again[-1].regions).all()
        assert first[-1].learned > first[0].learned
        assert first[-1].new > 0.8


class TestBackprop:
    def test_the_worked_example(self):
        made = Pass(np.array([1.0, 1.0]), 2.0)
        assert made.values["sums"].tolist() == [3, -1]
        assert made.values["hidden"].tolist() == [3, 0]
        assert float(made.values["output"]) == 3.5
        assert float(made.values["error"]) == 2.25
        assert float(made.gradients["output"]) == 3
        assert made.gradients["W2"].tolist() == [9, 0]
        assert made.gradients["hidden"].tolist() == [3, -9]
        assert made.gradients["sums"].tolist() == [3, 0]
        assert made.gradients["W1"].tolist() == [[3, 0], [3, 0]]

    def test_the_gradients_foretell_the_error_after_a_tiny_step(self):
        made = Pass(np.array([-1.0, 2.0]), 1.0)
        rate = 1e-6
        names = ("W1", "b1", "W2", "b2")
        fall = rate * sum(float((made.gradients[name] ** 2).sum()) for name in names)
        got = made.values["error"] - made.after(rate).values["error"]
        assert float(got) == pytest.approx(fall, rel=1e-3)

    def test_a_gentle_step_helps_and_a_long_one_does_not(self):
        made = Pass(np.array([1.0, 1.0]), 2.0)
        assert made.after(0.01).values["error"] < 2.25 < made.after(0.1).values["error"]
