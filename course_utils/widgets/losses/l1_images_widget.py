"""The widget `l1_images`: the L1 distance between two images, pixel by pixel."""

import numpy as np

from course_utils.widgets.losses.l1_images_model import Distance
from course_utils.widgets.losses.l1_images_view import frames
from course_utils.widgets.record import widget
from course_utils.widgets.settings import Choice, WholeNumber
from course_utils.widgets.stepper import Frame

EXACT, WRAPPED = "whole numbers", "uint8 (wraps around)"
TEST = np.array(
    [[56, 32, 10, 18], [90, 23, 128, 133], [24, 26, 178, 200], [2, 0, 255, 220]], dtype=np.uint8
)
TRAIN = np.array(
    [[10, 20, 24, 17], [8, 10, 89, 100], [12, 16, 178, 170], [4, 32, 233, 112]], dtype=np.uint8
)


@widget(
    "L1 distance of two images",
    Choice("arithmetic", "computed in", (EXACT, WRAPPED)),
    WholeNumber(
        "seed", "seed of the pixels (0: the worked example)", 0, 9999,
        "of random pixels; 0 for the worked example, whose distance is 456",
    ),
    presets={
        "the worked example": {"arithmetic": EXACT, "seed": 0},
        "the same in uint8": {"arithmetic": WRAPPED},
        "random pixels, seed 1": {"seed": 1},
    },
    still=(6, "last", ("the same in uint8", "last")),
    own="random pixels, seed {seed}, {arithmetic}",
)  # fmt: skip
def l1_images(arithmetic: str, seed: int) -> list[Frame]:
    """The sum of absolute differences of two 4 × 4 images, and what 8-bit numbers make of it."""
    test, train = TEST, TRAIN
    if seed:
        generator = np.random.default_rng(seed)
        test, train = generator.integers(0, 256, (2, *TEST.shape)).astype(np.uint8)
    return frames(Distance(test, train, arithmetic == WRAPPED))
