"""Widgets of the unit losses: for each one a model, a view and the widget itself."""

from course_utils.widgets.losses.binary_widget import binary
from course_utils.widgets.losses.l1_images_widget import l1_images
from course_utils.widgets.losses.nearest_neighbor_widget import nearest_neighbor
from course_utils.widgets.losses.regression_widget import regression
from course_utils.widgets.losses.softmax_widget import softmax

__all__ = ["binary", "l1_images", "nearest_neighbor", "regression", "softmax"]
