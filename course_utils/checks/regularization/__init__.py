"""Checks of unit 10-regularization; the truth is PyTorch's, SciPy's, and that of chance."""

from course_utils.checks.regularization.augmentation import augment
from course_utils.checks.regularization.batchnorm import batchnorm_forward
from course_utils.checks.regularization.batchnorm_gradient import batchnorm_backward
from course_utils.checks.regularization.decay import weight_decay
from course_utils.checks.regularization.dropping import dropout
from course_utils.checks.regularization.folds import grouped_folds
from course_utils.checks.regularization.groups import group_norm
from course_utils.checks.regularization.intervals import bootstrap_interval
from course_utils.checks.regularization.mixing import mixup
from course_utils.checks.regularization.polynomials import polynomial_features
from course_utils.checks.regularization.ridge import ridge_fit
from course_utils.checks.regularization.smoothing import smooth_labels
from course_utils.checks.regularization.stopping import EarlyStopping

__all__ = [
    "EarlyStopping",
    "augment",
    "batchnorm_backward",
    "batchnorm_forward",
    "bootstrap_interval",
    "dropout",
    "group_norm",
    "grouped_folds",
    "mixup",
    "polynomial_features",
    "ridge_fit",
    "smooth_labels",
    "weight_decay",
]
