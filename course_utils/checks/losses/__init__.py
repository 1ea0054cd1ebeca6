"""Checks of unit 02-losses; the truth is PyTorch's, SciPy's and scikit-learn's."""

from course_utils.checks.losses.binary import binary_cross_entropy
from course_utils.checks.losses.binary_logits import bce_with_logits
from course_utils.checks.losses.choice import choose_loss
from course_utils.checks.losses.classes import log_softmax, nll_loss
from course_utils.checks.losses.distances import l1_distance, mse
from course_utils.checks.losses.entropy import (
    cross_entropy,
    cross_entropy_gradient,
    cross_entropy_onehot,
)
from course_utils.checks.losses.margins import multilabel_margin_loss
from course_utils.checks.losses.neighbors import nearest_neighbor_l1

__all__ = [
    "bce_with_logits",
    "binary_cross_entropy",
    "choose_loss",
    "cross_entropy",
    "cross_entropy_gradient",
    "cross_entropy_onehot",
    "l1_distance",
    "log_softmax",
    "mse",
    "multilabel_margin_loss",
    "nearest_neighbor_l1",
    "nll_loss",
]
