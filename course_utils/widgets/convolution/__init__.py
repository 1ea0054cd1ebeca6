"""Widgets of the unit convolution: for each one a model, a view and the widget itself."""

from course_utils.widgets.convolution.arithmetic_widget import arithmetic

__all__ = ["arithmetic"]
