"""Add small round nodules to chest phantoms: findings of a few pixels, with their masks."""

from dataclasses import replace

import numpy as np
from scipy import ndimage

from course_utils.data.phantoms import drawing
from course_utils.data.phantoms.cohort import Phantoms, chest

RADII = (0.03, 0.095)  # of a nodule, in sides of the image
CHANCE = (1.0, 0.5, 0.25)  # that a film has a first, second, third nodule
BRIGHT = (45.0, 80.0)  # how much a nodule adds to the lung around it, in gray values


def nodules(n: int = 200, size: int = 64, seed: int = 0) -> Phantoms:
    """Chest X-ray phantoms of healthy lungs with one to three small round nodules in each.

    Args:
        n: number of images.
        size: side in pixels, 28 or 64.
        seed: the same seed gives the same bytes.

    Raises:
        TypeError: when n, size or seed is not a whole number.
        ValueError: for a value outside its range.
    """
    films = chest(n, size, seed, prevalence=0)
    rng = drawing.generator(seed, 4)
    gray = films.images.astype(np.float64)
    smooth = ndimage.uniform_filter(gray, (0, size // 7, size // 7))
    drawn = [_with_nodules(*pair, rng) for pair in zip(gray, smooth, strict=True)]
    images, masks = (np.stack(each) for each in zip(*drawn, strict=True))
    labels, names = np.ones_like(films.labels), ("normal", "nodule")
    return replace(films, images=images, masks=masks, labels=labels, class_names=names)


def _with_nodules(
    image: np.ndarray, smooth: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """A film with nodules in dark places near its middle, and the mask of all of them."""
    size = len(image)
    rows, columns = np.mgrid[:size, :size]
    middle = (abs(rows / size - 0.45) < 0.25) & (abs(columns / size - 0.5) < 0.36)
    lungs = np.argwhere(middle & (smooth < np.median(smooth[middle])))
    bright, mask = image.copy(), np.zeros((size, size), dtype=bool)
    for chance in CHANCE:
        place, shift, radius, gain, number = rng.random(5)
        row, column = lungs[int(place * len(lungs))] + shift - 0.5
        radius = size * (RADII[0] + radius * (RADII[1] - RADII[0]))
        gain = BRIGHT[0] + gain * (BRIGHT[1] - BRIGHT[0])
        if number < chance:
            distance = np.sqrt((rows - row) ** 2 + (columns - column) ** 2)
            bright += gain * np.clip(radius + 0.5 - distance, 0, 1)
            mask |= distance <= max(radius, 0.75)
    return drawing.to_bytes((bright / 255).astype(np.float32)), mask
