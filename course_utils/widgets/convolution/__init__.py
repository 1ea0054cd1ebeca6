"""Widgets of the unit convolution: for each one a model, a view and the widget itself."""

from course_utils.widgets.convolution.arithmetic_widget import arithmetic
from course_utils.widgets.convolution.cost_widget import cost
from course_utils.widgets.convolution.filters_widget import filters
from course_utils.widgets.convolution.multichannel_widget import multichannel
from course_utils.widgets.convolution.receptive_field_widget import receptive_field

__all__ = ["arithmetic", "cost", "filters", "multichannel", "receptive_field"]
