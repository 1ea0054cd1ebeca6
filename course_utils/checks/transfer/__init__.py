"""Checks of unit 07-transfer; networks are described by plain data and built on the spot."""

from course_utils.checks.transfer.distillation import distillation_loss
from course_utils.checks.transfer.features import extract_features
from course_utils.checks.transfer.freezing import freeze
from course_utils.checks.transfer.freezing_norms import freeze_batchnorm
from course_utils.checks.transfer.head import replace_head, rgb_to_gray_weights
from course_utils.checks.transfer.rates import layer_learning_rates
from course_utils.checks.transfer.rotation import rotation_batch

__all__ = [
    "distillation_loss",
    "extract_features",
    "freeze",
    "freeze_batchnorm",
    "layer_learning_rates",
    "replace_head",
    "rgb_to_gray_weights",
    "rotation_batch",
]
