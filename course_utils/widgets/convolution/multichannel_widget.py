"""The widget `multichannel`: every product of a convolution with three input channels."""

import numpy as np

from course_utils.widgets.convolution.multichannel_model import MultiChannel
from course_utils.widgets.convolution.multichannel_view import frames
from course_utils.widgets.stepper import Frame, Stepper, WholeNumber, given_first

SETTINGS = (WholeNumber("seed", "seed of the numbers (0: CS231n's)", 0, 9999),)
PRESETS = {
    "CS231n's numbers": {"seed": 0},
    "random numbers, seed 1": {"seed": 1},
}

# The example of Stanford's course CS231n, "Convolution demo".
CS231N = MultiChannel(
    x=np.array(
        [
            [[1, 1, 2, 1, 2], [0, 2, 0, 0, 0], [1, 1, 1, 2, 2], [1, 2, 0, 0, 1], [0, 1, 0, 1, 1]],
            [[1, 1, 1, 2, 1], [2, 2, 1, 1, 2], [2, 2, 2, 2, 2], [2, 0, 1, 0, 2], [1, 1, 1, 1, 1]],
            [[0, 1, 0, 0, 2], [1, 2, 0, 1, 2], [0, 2, 0, 0, 1], [2, 1, 2, 1, 1], [0, 2, 1, 0, 1]],
        ]
    ),
    w=np.array(
        [
            [
                [[1, -1, 1], [0, 0, 1], [-1, 0, 0]],
                [[0, 0, -1], [0, 0, -1], [1, 0, 1]],
                [[1, -1, 1], [-1, -1, -1], [-1, 0, 1]],
            ],
            [
                [[0, 1, 1], [1, 0, -1], [-1, 1, 1]],
                [[1, 0, 1], [0, 1, 1], [-1, 1, -1]],
                [[0, 1, 0], [-1, -1, 1], [1, 0, -1]],
            ],
        ]
    ),
    b=np.array([1, 0]),
    padding=1,
    stride=2,
)


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


def _film(seed: int) -> list[Frame]:
    return frames(_random(seed) if seed else CS231N)


def multichannel(seed: int = 0) -> Stepper:
    """From 27 products to one number: 5 × 5 × 3 input, two 3 × 3 × 3 filters, padding 1, stride 2.

    Args:
        seed: 0 for the numbers of CS231n; 1 to 9999 for random numbers.

    Returns:
        A Stepper that shows this case first.

    Raises:
        ValueError: for a seed out of range.
    """
    examples = given_first({"seed": seed}, f"random numbers, seed {seed}", PRESETS, SETTINGS)
    # The still shows the first cell, the one whose sums are largest in CS231n's case, and the last.
    still = ((0, 0), (0, 12 / 17), (0, 1))
    return Stepper("Convolution of three channels", _film, examples, SETTINGS, still)
