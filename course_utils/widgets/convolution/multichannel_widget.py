"""The widget `multichannel`: every product of a convolution with three input channels."""

import numpy as np

from course_utils.data.worked_examples import CS231N_IMAGE, CS231N_KERNELS
from course_utils.widgets.convolution.multichannel_model import MultiChannel
from course_utils.widgets.convolution.multichannel_view import frames
from course_utils.widgets.record import widget
from course_utils.widgets.settings import WholeNumber
from course_utils.widgets.stepper import Frame

CS231N = MultiChannel(x=CS231N_IMAGE, w=CS231N_KERNELS, b=np.array([1, 0]), padding=1, stride=2)


def _random(seed: int) -> MultiChannel:
    """The same sizes with other small whole numbers."""
    generator = np.random.default_rng(seed)
    return MultiChannel(
        x=generator.integers(0, 3, CS231N.x.shape),
        w=generator.integers(-1, 2, CS231N.w.shape),
        b=generator.integers(-1, 2, CS231N.b.shape),
        padding=CS231N.padding,
        stride=CS231N.stride,
    )


@widget(
    "Convolution of three channels",
    WholeNumber(
        "seed", "seed of the numbers (0: CS231n's)", 0, 9999,
        "0 for the numbers of CS231n, others for random numbers",
    ),
    presets={"CS231n's numbers": {"seed": 0}, "random numbers, seed 1": {"seed": 1}},
    still=(0, 12, "last"),  # the sums of step 12 are the largest in CS231n's case
    own="random numbers, seed {seed}",
)  # fmt: skip
def multichannel(seed: int) -> list[Frame]:
    """From 27 products to one number.

    The input is 5 × 5 × 3, there are two filters of 3 × 3 × 3; padding 1, stride 2.
    """
    return frames(_random(seed) if seed else CS231N)
