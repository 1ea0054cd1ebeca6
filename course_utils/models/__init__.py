"""Networks that lessons need and no exercise asks for, and the one loop that trains them."""

from course_utils.models.networks import SmallNet
from course_utils.models.pretrained import as_input, chest_net, imagenet_net, modality_net
from course_utils.models.training import Epoch, fit, predict

__all__ = [
    "Epoch",
    "SmallNet",
    "as_input",
    "chest_net",
    "fit",
    "imagenet_net",
    "modality_net",
    "predict",
]
