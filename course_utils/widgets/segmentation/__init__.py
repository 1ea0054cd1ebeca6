"""Widgets of the unit segmentation: for each one a model, a view and the widget itself."""

from course_utils.widgets.segmentation.encoder_decoder_widget import encoder_decoder
from course_utils.widgets.segmentation.multitask_widget import multitask
from course_utils.widgets.segmentation.overlap_widget import overlap
from course_utils.widgets.segmentation.transposed_widget import transposed

__all__ = ["encoder_decoder", "multitask", "overlap", "transposed"]
