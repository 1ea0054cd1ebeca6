"""Widgets of the unit regularization: for each one a model, a view and the widget itself."""

from course_utils.widgets.regularization.batchnorm_widget import batchnorm
from course_utils.widgets.regularization.budget_widget import budget
from course_utils.widgets.regularization.dropout_widget import dropout
from course_utils.widgets.regularization.polynomial_widget import polynomial

__all__ = ["batchnorm", "budget", "dropout", "polynomial"]
