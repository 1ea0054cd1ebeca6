"""Checks of unit 03-convolution; the truth is PyTorch's, NumPy's and SciPy's."""

from course_utils.checks.convolution.costs import conv_cost
from course_utils.checks.convolution.kernels import classical_kernels, dilate_kernel
from course_utils.checks.convolution.layers import conv2d
from course_utils.checks.convolution.padding import pad2d
from course_utils.checks.convolution.sizes import conv_output_size, padding_for, receptive_field

__all__ = [
    "classical_kernels",
    "conv2d",
    "conv_cost",
    "conv_output_size",
    "dilate_kernel",
    "pad2d",
    "padding_for",
    "receptive_field",
]
