"""Checks of unit 08-saliency; the truth is PyTorch's derivatives, SciPy's, or a closed form."""

from course_utils.checks.saliency.activations import class_activation_map, grad_cam
from course_utils.checks.saliency.coalitions import shapley_values
from course_utils.checks.saliency.gradients import relu_backward, vanilla_gradient
from course_utils.checks.saliency.marker import marker_effect
from course_utils.checks.saliency.noise import smoothgrad
from course_utils.checks.saliency.occlusion import occlusion_map
from course_utils.checks.saliency.scores import map_similarity, pointing_game
from course_utils.checks.saliency.surrogate import lime_explain

__all__ = [
    "class_activation_map",
    "grad_cam",
    "lime_explain",
    "map_similarity",
    "marker_effect",
    "occlusion_map",
    "pointing_game",
    "relu_backward",
    "shapley_values",
    "smoothgrad",
    "vanilla_gradient",
]
