"""Widgets of the unit transfer: for each one a model, a view and the widget itself."""

from course_utils.widgets.transfer.distillation_widget import distillation
from course_utils.widgets.transfer.feature_space_widget import feature_space
from course_utils.widgets.transfer.strategies_widget import strategies

__all__ = ["distillation", "feature_space", "strategies"]
