"""Checks of unit 01-perceptron; the truth is PyTorch's and its automatic gradients'."""

from course_utils.checks.perceptron.backward import gradient_step, mlp_backward
from course_utils.checks.perceptron.functions import activations
from course_utils.checks.perceptron.learning import train_perceptron
from course_utils.checks.perceptron.networks import count_parameters, mlp_forward, neuron
from course_utils.checks.perceptron.slopes import numerical_gradient

__all__ = [
    "activations",
    "count_parameters",
    "gradient_step",
    "mlp_backward",
    "mlp_forward",
    "neuron",
    "numerical_gradient",
    "train_perceptron",
]
