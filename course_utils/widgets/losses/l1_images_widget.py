"""The widget `l1_images`: the L1 distance between two images, pixel by pixel."""

import numpy as np

from course_utils.widgets.losses.l1_images_model import Distance
from course_utils.widgets.losses.l1_images_view import frames
from course_utils.widgets.stepper import Choice, Frame, Stepper, WholeNumber, given_first

EXACT, WRAPPED = "whole numbers", "uint8 (wraps around)"
SETTINGS = (
    Choice("arithmetic", "computed in", (EXACT, WRAPPED)),
    WholeNumber("seed", "seed of the pixels (0: the worked example)", 0, 9999),
)
PRESETS = {
    "the worked example": {"arithmetic": EXACT, "seed": 0},
    "the same in uint8": {"arithmetic": WRAPPED, "seed": 0},
    "random pixels, seed 1": {"arithmetic": EXACT, "seed": 1},
}
TEST = np.array(
    [[56, 32, 10, 18], [90, 23, 128, 133], [24, 26, 178, 200], [2, 0, 255, 220]], dtype=np.uint8
)
TRAIN = np.array(
    [[10, 20, 24, 17], [8, 10, 89, 100], [12, 16, 178, 170], [4, 32, 233, 112]], dtype=np.uint8
)


def _film(arithmetic: str, seed: int) -> list[Frame]:
    test, train = TEST, TRAIN
    if seed:
        generator = np.random.default_rng(seed)
        test, train = generator.integers(0, 256, (2, *TEST.shape)).astype(np.uint8)
    return frames(Distance(test, train, arithmetic == WRAPPED))


def l1_images(arithmetic: str = EXACT, seed: int = 0) -> Stepper:
    """The sum of absolute differences of two 4 × 4 images, and what 8-bit numbers make of it.

    Args:
        arithmetic: `whole numbers` or `uint8 (wraps around)`.
        seed: 0 for the worked example, whose distance is 456; 1 to 9999 for random pixels.

    Returns:
        A Stepper over the pixels that shows this case first.

    Raises:
        ValueError: for settings out of range.
    """
    given = {"arithmetic": arithmetic, "seed": seed}
    examples = given_first(given, f"random pixels, seed {seed}, {arithmetic}", PRESETS, SETTINGS)
    wrapped = list(examples).index("the same in uint8")
    return Stepper(
        "L1 distance of two images", _film, examples, SETTINGS, ((0, 0.4), (0, 1), (wrapped, 1))
    )
