"""Widgets of the unit cnn: for each one a model, a view and the widget itself."""

from course_utils.widgets.cnn.blocks_widget import blocks
from course_utils.widgets.cnn.feature_maps_widget import feature_maps
from course_utils.widgets.cnn.gallery_widget import gallery
from course_utils.widgets.cnn.threshold_widget import threshold
from course_utils.widgets.cnn.training_widget import training
from course_utils.widgets.cnn.vgg_widget import vgg

__all__ = ["blocks", "feature_maps", "gallery", "threshold", "training", "vgg"]
