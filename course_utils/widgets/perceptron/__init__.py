"""Widgets of the unit perceptron: for each one a model, a view and the widget itself."""

from course_utils.widgets.perceptron.activations_widget import activations
from course_utils.widgets.perceptron.backprop_widget import backprop
from course_utils.widgets.perceptron.freedom_widget import degrees_of_freedom
from course_utils.widgets.perceptron.learning_widget import perceptron_learning
from course_utils.widgets.perceptron.neuron_widget import neuron

__all__ = ["activations", "backprop", "degrees_of_freedom", "neuron", "perceptron_learning"]
