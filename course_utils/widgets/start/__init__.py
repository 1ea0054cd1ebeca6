"""Widgets of the unit start: for each one a model, a view and the widget itself."""

from course_utils.widgets.start.broadcasting_widget import broadcasting
from course_utils.widgets.start.secant_widget import secant

__all__ = ["broadcasting", "secant"]
