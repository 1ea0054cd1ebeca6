"""What the statements of 02-losses promise, beyond the sample answers."""

import numpy as np
import pytest

from course_utils.checks import losses


@pytest.mark.parametrize(
    "name",
    [
        *("mse", "binary_cross_entropy", "bce_with_logits"),
        *("cross_entropy", "nll_loss", "multilabel_margin_loss"),
    ],
)
def test_a_constant_answer_earns_nothing(name):
    assert losses.choose_loss(lambda task: name).earned == 0


def test_the_worked_example_names_the_wrap_around_by_its_fingerprint():
    report = losses.l1_distance(lambda a, b: np.abs(a - b).sum())
    first = report.cases[0]
    assert first.misconception == "wrap-around"
    assert "1128 instead of 456" in first.hint
    assert "1128" in first.got


@pytest.mark.parametrize("eps", [1e-7, 1e-10, 1e-15])
def test_any_tiny_distance_from_zero_and_one_is_accepted(eps):
    def clips(p, y):
        if p.shape != y.shape:
            raise ValueError("the shapes differ")
        p = np.clip(p.astype(float), eps, 1 - eps)
        return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))

    assert losses.binary_cross_entropy(clips).passed
