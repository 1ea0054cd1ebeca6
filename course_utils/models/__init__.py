"""Networks that lessons need and no exercise asks for, and the one loop that trains them."""

from course_utils.models.networks import SmallNet
from course_utils.models.pretrained import as_input, imagenet_net, modality_net
from course_utils.models.training import Epoch, fit, predict

__all__ = ["Epoch", "SmallNet", "as_input", "fit", "imagenet_net", "modality_net", "predict"]
