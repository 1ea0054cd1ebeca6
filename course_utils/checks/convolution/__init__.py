"""Checks of unit 03-convolution; the truth is PyTorch's, NumPy's and SciPy's."""

from course_utils.checks.convolution.layers import conv2d
from course_utils.checks.convolution.sizes import conv_output_size

__all__ = ["conv2d", "conv_output_size"]
