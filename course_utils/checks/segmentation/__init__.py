"""Checks of unit 09-segmentation; the truth is PyTorch's, SciPy's and torchvision's."""

from course_utils.checks.segmentation.boxes import box_iou
from course_utils.checks.segmentation.distance import hausdorff_distance
from course_utils.checks.segmentation.findings import boxes_from_mask
from course_utils.checks.segmentation.multitask import multitask_loss
from course_utils.checks.segmentation.network import EncoderDecoder
from course_utils.checks.segmentation.overlap import dice, iou
from course_utils.checks.segmentation.pixels import pixel_cross_entropy
from course_utils.checks.segmentation.sizes import transposed_output_size
from course_utils.checks.segmentation.soft_dice import soft_dice_loss
from course_utils.checks.segmentation.suppression import non_max_suppression
from course_utils.checks.segmentation.transposed import conv_transpose2d
from course_utils.checks.segmentation.upsampling import max_unpool2d, upsample_nearest

__all__ = [
    "EncoderDecoder",
    "box_iou",
    "boxes_from_mask",
    "conv_transpose2d",
    "dice",
    "hausdorff_distance",
    "iou",
    "max_unpool2d",
    "multitask_loss",
    "non_max_suppression",
    "pixel_cross_entropy",
    "soft_dice_loss",
    "transposed_output_size",
    "upsample_nearest",
]
