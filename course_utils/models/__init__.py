"""Networks that lessons need and no exercise asks for, and the one loop that trains them."""

from course_utils.models.networks import SmallNet
from course_utils.models.pretrained import chest_net, imagenet_net, modality_net, standardized
from course_utils.models.segmenter import Segmenter, segmenter
from course_utils.models.trained import as_input, classifier
from course_utils.models.training import Epoch, fit, predict

__all__ = [
    "Epoch",
    "Segmenter",
    "SmallNet",
    "as_input",
    "chest_net",
    "classifier",
    "fit",
    "imagenet_net",
    "modality_net",
    "predict",
    "segmenter",
    "standardized",
]
