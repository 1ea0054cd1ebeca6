"""Sample answers to `augment`."""

import numpy as np
from scipy import ndimage

from course_utils.authoring.answers import neutral, variant, wrong

SURVIVORS = {
    "augment: angle = rng.uniform(-10, 10) -> angle = rng.uniform(- 9, 10)": (
        "angles of a range that is a degree narrower are within 10 degrees, too"
    ),
    "augment: angle = rng.uniform(-10, 10) -> angle = rng.uniform(-10, 9)": (
        "angles of a range that is a degree narrower are within 10 degrees, too"
    ),
    (
        'augment: turned = ndimage.rotate(image, angle, reshape=False, order=1, mode="nearest") -> '
        'turned = ndimage.rotate(image, angle, reshape=False, order= 2, mode="nearest")'
    ): "how pixels between others are found is free",
    (
        'augment: turned = ndimage.rotate(image, angle, reshape=False, order=1, mode="nearest") -> '
        'turned = ndimage.rotate(image, angle, reshape=False, order= 0, mode="nearest")'
    ): "how pixels between others are found is free",
    (
        'augment: moved = ndimage.shift(turned, shift, order=1, mode="nearest") -> '
        'moved = ndimage.shift(turned, shift, order= 2, mode="nearest")'
    ): "how pixels between others are found is free",
    (
        'augment: moved = ndimage.shift(turned, shift, order=1, mode="nearest") -> '
        'moved = ndimage.shift(turned, shift, order= 0, mode="nearest")'
    ): "how pixels between others are found is free",
    (
        "augment: turned_mask = ndimage.rotate(mask.astype(float), angle, reshape=False"
        ", order=1) -> "
        "turned_mask = ndimage.rotate(mask.astype(float), angle, reshape=False, order= 2)"
    ): "how pixels between others are found is free",
    (
        "augment: turned_mask = ndimage.rotate(mask.astype(float), angle, reshape=False"
        ", order=1) -> "
        "turned_mask = ndimage.rotate(mask.astype(float), angle, reshape=False, order= 0)"
    ): "how pixels between others are found is free",
    (
        "augment: moved_mask = ndimage.shift(turned_mask, shift, order=1) > 0.5 -> "
        "moved_mask = ndimage.shift(turned_mask, shift, order= 2) > 0.5"
    ): "how pixels between others are found is free",
    (
        "augment: moved_mask = ndimage.shift(turned_mask, shift, order=1) > 0.5 -> "
        "moved_mask = ndimage.shift(turned_mask, shift, order= 0) > 0.5"
    ): "how pixels between others are found is free",
}


@wrong("augment", "mirrored")
def flips_half_of_them(image, mask, rng):
    if rng.random() < 0.5:
        image, mask = image[:, ::-1], mask[:, ::-1]
    shift, angle = rng.uniform(-2, 2, 2), rng.uniform(-10, 10)
    contrast, brightness = rng.uniform(0.9, 1.1), rng.uniform(-0.1, 0.1)
    moved = ndimage.rotate(image, angle, reshape=False, order=1, mode="nearest")
    moved = ndimage.shift(moved, shift, order=1, mode="nearest")
    where = ndimage.rotate(mask.astype(float), angle, reshape=False, order=1)
    where = ndimage.shift(where, shift, order=1)
    gray = 0.5 + contrast * (moved - 0.5) + brightness
    return np.clip(gray, 0, 1), where > 0.5


@wrong("augment", "the mask stays")
def leaves_the_mask(image, mask, rng):
    shift, angle = rng.uniform(-2, 2, 2), rng.uniform(-10, 10)
    moved = ndimage.shift(
        ndimage.rotate(image, angle, reshape=False, order=1, mode="nearest"),
        shift,
        order=1,
        mode="nearest",
    )
    gray = 0.5 + rng.uniform(0.9, 1.1) * (moved - 0.5) + rng.uniform(-0.1, 0.1)
    return np.clip(gray, 0, 1), mask.copy()


@wrong("augment", "the mask moves in its own way")
def draws_again_for_the_mask(image, mask, rng):
    shift, angle = rng.uniform(-2, 2, 2), rng.uniform(-10, 10)
    contrast, brightness = rng.uniform(0.9, 1.1), rng.uniform(-0.1, 0.1)
    moved = ndimage.rotate(image, angle, reshape=False, order=1, mode="nearest")
    moved = ndimage.shift(moved, shift, order=1, mode="nearest")
    where = ndimage.rotate(mask.astype(float), rng.uniform(-10, 10), reshape=False, order=1)
    where = ndimage.shift(where, rng.uniform(-2, 2, 2), order=1)
    gray = 0.5 + contrast * (moved - 0.5) + brightness
    return np.clip(gray, 0, 1), where > 0.5


@wrong("augment", "the mask moves in its own way")
def turns_the_mask_back(image, mask, rng):
    shift, angle = rng.uniform(-2, 2, 2), rng.uniform(-10, 10)
    contrast, brightness = rng.uniform(0.9, 1.1), rng.uniform(-0.1, 0.1)
    moved = ndimage.rotate(image, angle, reshape=False, order=1, mode="nearest")
    moved = ndimage.shift(moved, shift, order=1, mode="nearest")
    where = ndimage.rotate(mask.astype(float), -angle, reshape=False, order=1)
    where = ndimage.shift(where, shift, order=1)
    gray = 0.5 + contrast * (moved - 0.5) + brightness
    return np.clip(gray, 0, 1), where > 0.5


@wrong("augment", "turned too far")
def turns_too_far(image, mask, rng):
    shift, angle = rng.uniform(-2, 2, 2), rng.uniform(-30, 30)
    contrast, brightness = rng.uniform(0.9, 1.1), rng.uniform(-0.1, 0.1)
    moved = ndimage.rotate(image, angle, reshape=False, order=1, mode="nearest")
    moved = ndimage.shift(moved, shift, order=1, mode="nearest")
    where = ndimage.rotate(mask.astype(float), angle, reshape=False, order=1)
    where = ndimage.shift(where, shift, order=1)
    gray = 0.5 + contrast * (moved - 0.5) + brightness
    return np.clip(gray, 0, 1), where > 0.5


@wrong("augment", "not turned")
def takes_radians(image, mask, rng):
    shift, angle = rng.uniform(-2, 2, 2), np.radians(rng.uniform(-10, 10))
    contrast, brightness = rng.uniform(0.9, 1.1), rng.uniform(-0.1, 0.1)
    moved = ndimage.rotate(image, angle, reshape=False, order=1, mode="nearest")
    moved = ndimage.shift(moved, shift, order=1, mode="nearest")
    where = ndimage.rotate(mask.astype(float), angle, reshape=False, order=1)
    where = ndimage.shift(where, shift, order=1)
    gray = 0.5 + contrast * (moved - 0.5) + brightness
    return np.clip(gray, 0, 1), where > 0.5


@wrong("augment", "turned one way")
def turns_one_way(image, mask, rng):
    shift, angle = rng.uniform(-2, 2, 2), rng.uniform(0, 10)
    contrast, brightness = rng.uniform(0.9, 1.1), rng.uniform(-0.1, 0.1)
    moved = ndimage.rotate(image, angle, reshape=False, order=1, mode="nearest")
    moved = ndimage.shift(moved, shift, order=1, mode="nearest")
    where = ndimage.rotate(mask.astype(float), angle, reshape=False, order=1)
    where = ndimage.shift(where, shift, order=1)
    gray = 0.5 + contrast * (moved - 0.5) + brightness
    return np.clip(gray, 0, 1), where > 0.5


@wrong("augment", "shifted too far")
def shifts_too_far(image, mask, rng):
    shift, angle = rng.uniform(-5, 5, 2), rng.uniform(-10, 10)
    contrast, brightness = rng.uniform(0.9, 1.1), rng.uniform(-0.1, 0.1)
    moved = ndimage.rotate(image, angle, reshape=False, order=1, mode="nearest")
    moved = ndimage.shift(moved, shift, order=1, mode="nearest")
    where = ndimage.rotate(mask.astype(float), angle, reshape=False, order=1)
    where = ndimage.shift(where, shift, order=1)
    gray = 0.5 + contrast * (moved - 0.5) + brightness
    return np.clip(gray, 0, 1), where > 0.5


@wrong("augment", "not shifted")
def forgets_the_shift(image, mask, rng):
    shift, angle = np.zeros(2), rng.uniform(-10, 10)
    contrast, brightness = rng.uniform(0.9, 1.1), rng.uniform(-0.1, 0.1)
    moved = ndimage.rotate(image, angle, reshape=False, order=1, mode="nearest")
    moved = ndimage.shift(moved, shift, order=1, mode="nearest")
    where = ndimage.rotate(mask.astype(float), angle, reshape=False, order=1)
    where = ndimage.shift(where, shift, order=1)
    gray = 0.5 + contrast * (moved - 0.5) + brightness
    return np.clip(gray, 0, 1), where > 0.5


@wrong("augment", "shifted one way")
def shifts_one_way(image, mask, rng):
    shift, angle = rng.uniform(0, 2, 2), rng.uniform(-10, 10)
    contrast, brightness = rng.uniform(0.9, 1.1), rng.uniform(-0.1, 0.1)
    moved = ndimage.rotate(image, angle, reshape=False, order=1, mode="nearest")
    moved = ndimage.shift(moved, shift, order=1, mode="nearest")
    where = ndimage.rotate(mask.astype(float), angle, reshape=False, order=1)
    where = ndimage.shift(where, shift, order=1)
    gray = 0.5 + contrast * (moved - 0.5) + brightness
    return np.clip(gray, 0, 1), where > 0.5


@wrong("augment", "contrast stays")
def forgets_the_contrast(image, mask, rng):
    shift, angle = rng.uniform(-2, 2, 2), rng.uniform(-10, 10)
    contrast, brightness = 1.0, rng.uniform(-0.1, 0.1)
    moved = ndimage.rotate(image, angle, reshape=False, order=1, mode="nearest")
    moved = ndimage.shift(moved, shift, order=1, mode="nearest")
    where = ndimage.rotate(mask.astype(float), angle, reshape=False, order=1)
    where = ndimage.shift(where, shift, order=1)
    gray = 0.5 + contrast * (moved - 0.5) + brightness
    return np.clip(gray, 0, 1), where > 0.5


@wrong("augment", "brightness stays")
def forgets_the_brightness(image, mask, rng):
    shift, angle = rng.uniform(-2, 2, 2), rng.uniform(-10, 10)
    contrast, brightness = rng.uniform(0.9, 1.1), 0.0
    moved = ndimage.rotate(image, angle, reshape=False, order=1, mode="nearest")
    moved = ndimage.shift(moved, shift, order=1, mode="nearest")
    where = ndimage.rotate(mask.astype(float), angle, reshape=False, order=1)
    where = ndimage.shift(where, shift, order=1)
    gray = 0.5 + contrast * (moved - 0.5) + brightness
    return np.clip(gray, 0, 1), where > 0.5


@wrong("augment", "gray changes too much")
def brightens_too_much(image, mask, rng):
    shift, angle = rng.uniform(-2, 2, 2), rng.uniform(-10, 10)
    contrast, brightness = rng.uniform(0.9, 1.1), rng.uniform(-0.25, 0.25)
    moved = ndimage.rotate(image, angle, reshape=False, order=1, mode="nearest")
    moved = ndimage.shift(moved, shift, order=1, mode="nearest")
    where = ndimage.rotate(mask.astype(float), angle, reshape=False, order=1)
    where = ndimage.shift(where, shift, order=1)
    gray = 0.5 + contrast * (moved - 0.5) + brightness
    return np.clip(gray, 0, 1), where > 0.5


@wrong("augment", "gray changes too much")
def multiplies_the_pixel(image, mask, rng):
    shift, angle = rng.uniform(-2, 2, 2), rng.uniform(-10, 10)
    contrast, brightness = rng.uniform(0.9, 1.1), rng.uniform(-0.1, 0.1)
    moved = ndimage.rotate(image, angle, reshape=False, order=1, mode="nearest")
    moved = ndimage.shift(moved, shift, order=1, mode="nearest")
    where = ndimage.rotate(mask.astype(float), angle, reshape=False, order=1)
    where = ndimage.shift(where, shift, order=1)
    gray = contrast * moved + 1.5 * brightness
    return np.clip(gray, 0, 1), where > 0.5


@wrong("augment", "beyond 0 and 1")
def forgets_the_clip(image, mask, rng):
    shift, angle = rng.uniform(-2, 2, 2), rng.uniform(-10, 10)
    contrast, brightness = rng.uniform(0.9, 1.1), rng.uniform(-0.1, 0.1)
    moved = ndimage.rotate(image, angle, reshape=False, order=1, mode="nearest")
    moved = ndimage.shift(moved, shift, order=1, mode="nearest")
    where = ndimage.rotate(mask.astype(float), angle, reshape=False, order=1)
    where = ndimage.shift(where, shift, order=1)
    gray = 0.5 + contrast * (moved - 0.5) + brightness
    return gray, where > 0.5


@wrong("augment", "another source of chance")
def uses_a_new_generator(image, mask, rng):
    rng = np.random.default_rng()
    shift, angle = rng.uniform(-2, 2, 2), rng.uniform(-10, 10)
    contrast, brightness = rng.uniform(0.9, 1.1), rng.uniform(-0.1, 0.1)
    moved = ndimage.rotate(image, angle, reshape=False, order=1, mode="nearest")
    moved = ndimage.shift(moved, shift, order=1, mode="nearest")
    where = ndimage.rotate(mask.astype(float), angle, reshape=False, order=1)
    where = ndimage.shift(where, shift, order=1)
    gray = 0.5 + contrast * (moved - 0.5) + brightness
    return np.clip(gray, 0, 1), where > 0.5


@variant("augment")
def with_rotate_and_shift(image, mask, rng):
    shift, angle = rng.uniform(-2, 2, 2), rng.uniform(-10, 10)
    contrast, brightness = rng.uniform(0.9, 1.1), rng.uniform(-0.1, 0.1)
    moved = ndimage.rotate(image, angle, reshape=False, order=1, mode="nearest")
    moved = ndimage.shift(moved, shift, order=1, mode="nearest")
    where = ndimage.rotate(mask.astype(float), angle, reshape=False, order=1)
    where = ndimage.shift(where, shift, order=1)
    gray = 0.5 + contrast * (moved - 0.5) + brightness
    return np.clip(gray, 0, 1), where > 0.5


@variant("augment")
def with_one_affine_map(image, mask, rng):
    angle, shift = np.radians(rng.uniform(-10, 10)), rng.uniform(-2, 2, 2)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    middle = (np.array(image.shape) - 1) / 2
    offset = middle - turn @ (middle + shift)
    moved = ndimage.affine_transform(image, turn, offset, order=1, mode="nearest")
    where = ndimage.affine_transform(mask.astype(float), turn, offset, order=1) >= 0.5
    c, b = 1 + rng.uniform(-0.1, 0.1), rng.uniform(-0.1, 0.1)
    return np.clip(c * (moved - 0.5) + 0.5 + b, 0.0, 1.0), where


@variant("augment")
def with_whole_pixels(image, mask, rng):
    down, right = rng.integers(-2, 3, 2)
    angle = rng.uniform(-10, 10)
    moved = np.roll(image, (down, right), axis=(0, 1))
    where = np.roll(mask, (down, right), axis=(0, 1))
    moved = ndimage.rotate(moved, angle, reshape=False, order=3, mode="reflect")
    where = ndimage.rotate(where, angle, reshape=False, order=0)
    bright = moved + rng.uniform(-0.1, 0.1)
    bright = 0.5 + rng.uniform(0.9, 1.1) * (bright - 0.5)
    return np.minimum(np.maximum(bright, 0), 1), where


@variant("augment")
def with_coordinates(image, mask, rng):
    height, width = image.shape
    rows, columns = np.indices(image.shape)
    down, right = rng.uniform(-2, 2), rng.uniform(-2, 2)
    angle = np.deg2rad(rng.uniform(-10, 10))
    y, x = rows - (height - 1) / 2 - down, columns - (width - 1) / 2 - right
    places = [
        np.cos(angle) * y + np.sin(angle) * x + (height - 1) / 2,
        np.cos(angle) * x - np.sin(angle) * y + (width - 1) / 2,
    ]
    moved = ndimage.map_coordinates(image, places, order=1, mode="constant")
    where = ndimage.map_coordinates(mask.astype(float), places, order=1) > 0.5
    factor, plus = rng.uniform(0.9, 1.1), rng.uniform(-0.1, 0.1)
    return (factor * (moved - 0.5) + 0.5 + plus).clip(0, 1), where


@neutral("augment", "a mask of numbers")
def keeps_the_numbers(image, mask, rng):
    shift, angle = rng.uniform(-2, 2, 2), rng.uniform(-10, 10)
    contrast, brightness = rng.uniform(0.9, 1.1), rng.uniform(-0.1, 0.1)
    moved = ndimage.rotate(image, angle, reshape=False, order=1, mode="nearest")
    moved = ndimage.shift(moved, shift, order=1, mode="nearest")
    where = ndimage.rotate(mask.astype(float), angle, reshape=False, order=1)
    where = ndimage.shift(where, shift, order=1)
    gray = 0.5 + contrast * (moved - 0.5) + brightness
    return np.clip(gray, 0, 1), where


@neutral("augment", "image alone")
def gives_the_image_alone(image, mask, rng):
    shift, angle = rng.uniform(-2, 2, 2), rng.uniform(-10, 10)
    contrast, brightness = rng.uniform(0.9, 1.1), rng.uniform(-0.1, 0.1)
    moved = ndimage.rotate(image, angle, reshape=False, order=1, mode="nearest")
    moved = ndimage.shift(moved, shift, order=1, mode="nearest")
    gray = 0.5 + contrast * (moved - 0.5) + brightness
    return np.clip(gray, 0, 1)


@neutral("augment", "cut at the border")
def cuts_the_border(image, mask, rng):
    shift, angle = rng.uniform(-2, 2, 2), rng.uniform(-10, 10)
    contrast, brightness = rng.uniform(0.9, 1.1), rng.uniform(-0.1, 0.1)
    moved = ndimage.rotate(image, angle, reshape=False, order=1, mode="nearest")
    moved = ndimage.shift(moved, shift, order=1, mode="nearest")
    where = ndimage.rotate(mask.astype(float), angle, reshape=False, order=1)
    where = ndimage.shift(where, shift, order=1)
    gray = 0.5 + contrast * (moved - 0.5) + brightness
    return np.clip(gray, 0, 1)[2:-2, 2:-2], (where > 0.5)[2:-2, 2:-2]


@neutral("augment", "changes the image")
def works_in_place(image, mask, rng):
    shift, angle = rng.uniform(-2, 2, 2), rng.uniform(-10, 10)
    contrast, brightness = rng.uniform(0.9, 1.1), rng.uniform(-0.1, 0.1)
    moved = ndimage.rotate(image, angle, reshape=False, order=1, mode="nearest")
    moved = ndimage.shift(moved, shift, order=1, mode="nearest")
    where = ndimage.rotate(mask.astype(float), angle, reshape=False, order=1)
    where = ndimage.shift(where, shift, order=1)
    gray = 0.5 + contrast * (moved - 0.5) + brightness
    image[...] = np.clip(gray, 0, 1)
    return np.clip(gray, 0, 1), where > 0.5


@neutral("augment", "bytes")
def gives_bytes(image, mask, rng):
    shift, angle = rng.uniform(-2, 2, 2), rng.uniform(-10, 10)
    contrast, brightness = rng.uniform(0.9, 1.1), rng.uniform(-0.1, 0.1)
    moved = ndimage.rotate(image, angle, reshape=False, order=1, mode="nearest")
    moved = ndimage.shift(moved, shift, order=1, mode="nearest")
    where = ndimage.rotate(mask.astype(float), angle, reshape=False, order=1)
    where = ndimage.shift(where, shift, order=1)
    gray = 0.5 + contrast * (moved - 0.5) + brightness
    return (255 * np.clip(gray, 0, 1)).astype(np.uint8), where > 0.5
