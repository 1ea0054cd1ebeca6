"""Widgets of the unit optimizers: for each one a model, a view and the widget itself."""

from course_utils.widgets.optimizers.batch_size_widget import batch_size
from course_utils.widgets.optimizers.landscape_widget import landscape
from course_utils.widgets.optimizers.learning_rate_widget import learning_rate
from course_utils.widgets.optimizers.range_test_widget import range_test
from course_utils.widgets.optimizers.schedules_widget import schedules

__all__ = ["batch_size", "landscape", "learning_rate", "range_test", "schedules"]
