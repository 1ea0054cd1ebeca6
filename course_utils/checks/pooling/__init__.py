"""Checks of unit 04-pooling; the truth is PyTorch's."""

from course_utils.checks.pooling.backward import avg_pool2d_backward, max_pool2d_backward
from course_utils.checks.pooling.convolution import conv2d_backward
from course_utils.checks.pooling.forward import avg_pool2d, max_pool2d
from course_utils.checks.pooling.head import classify_from_features, global_average_pool

__all__ = [
    "avg_pool2d",
    "avg_pool2d_backward",
    "classify_from_features",
    "conv2d_backward",
    "global_average_pool",
    "max_pool2d",
    "max_pool2d_backward",
]
