"""Widgets of the unit saliency: for each one a model, a view and the widget itself."""

from course_utils.widgets.saliency.lime_widget import lime
from course_utils.widgets.saliency.methods_widget import methods
from course_utils.widgets.saliency.randomize_widget import randomize
from course_utils.widgets.saliency.shapley_widget import shapley
from course_utils.widgets.saliency.shortcut_widget import shortcut

__all__ = ["lime", "methods", "randomize", "shapley", "shortcut"]
