"""Widgets of the unit pooling: for each one a model, a view and the widget itself."""

from course_utils.widgets.pooling.backward_widget import pooling_backward
from course_utils.widgets.pooling.forward_widget import pooling
from course_utils.widgets.pooling.gap_widget import gap_head

__all__ = ["gap_head", "pooling", "pooling_backward"]
