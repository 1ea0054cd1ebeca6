"""Checks of unit 06-optimizers; the truth is `torch.optim`'s, its schedulers' and SciPy's."""

import torch

from course_utils.checks.optimizers.adagrad import adagrad_step
from course_utils.checks.optimizers.adam import adam_step
from course_utils.checks.optimizers.batches import accumulate_gradients, minibatches
from course_utils.checks.optimizers.descent import gradient_descent, momentum_step, sgd_step
from course_utils.checks.optimizers.finder import suggest_lr
from course_utils.checks.optimizers.schedules import cosine_decay, cyclic_lr, step_decay

__all__ = [
    "accumulate_gradients",
    "adagrad_step",
    "adam_step",
    "cosine_decay",
    "cyclic_lr",
    "gradient_descent",
    "minibatches",
    "momentum_step",
    "sgd_step",
    "step_decay",
    "suggest_lr",
]

# PyTorch loads its compiler together with the first optimizer, which takes more than a second:
# better with the lesson's imports than in the student's first check.
torch.optim.SGD([torch.zeros(1)], lr=1.0)
