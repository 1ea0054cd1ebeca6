"""Augmentation, judged by how pictures came out of it, over many draws."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from course_utils.checks.core import Call, Exercise, Forbid, Misconception, ValueCase, call
from course_utils.checks.core.calls import Unusable
from course_utils.checks.regularization.pictures import Motion, mask, motion, picture
from course_utils.checks.regularization.shared import in_a_word

Facts = dict[str, bool | str]

DRAWS = 70
"""So many that both ends of a range are met: 0.8 to the power 70 is below 2e-7."""

ALIKE = 0.72
"""Intersection over union of the mask with the discs of its image; a right one has 0.8 or more."""

_DOWN, _RIGHT, _TURN = "shift up and down", "shift left and right", "rotation"
_CONTRAST, _BRIGHTNESS = "contrast", "what is added to a pixel of 0.5"
_SHAPES, _MIRRORED, _MASK = "the shapes are still there", "mirrored", "the mask"
_BOUNDS, _SAME, _ANEW = "values from 0 to 1", "the same rng gives the same", "every call draws anew"
_MIDDLE = "the middle is one number from 0.4 to 0.6"
_FULL, _FAR, _NONE, _HALF = "in its range", "too far", "none", "a part of its range only"
_ALONG, _STAYS, _ELSEWHERE = "moves along", "stays where it was", "is not where its image is"
_NOT_ASKED = "cannot be said"

_LEVELS = {"gray": (0.3, 0.7), "black and white": (0.0, 1.0), "flat": (0.5, 0.5)}


def _facts(
    student: Callable, name: str, shape: tuple[int, int], seed: int, kind: type = np.float64
) -> Facts:
    """What is true of many draws."""
    image: np.ndarray = picture(shape, *_LEVELS[name]).astype(kind)
    where = mask(shape)
    rng = np.random.default_rng(seed)
    drawn = [_augmented(student, image, where, rng) for _ in range(DRAWS)]
    again = _augmented(student, image, where, np.random.default_rng(seed))
    images, masks = [each for each, _ in drawn], [each for _, each in drawn]
    facts: Facts = {
        _SAME: all(np.array_equal(*pair) for pair in zip(drawn[0], again, strict=True)),
        _ANEW: not all(np.array_equal(images[0], each) for each in images[1:]),
        _BOUNDS: all(each.min() >= 0 and each.max() <= 1 for each in images),
    }
    if name == "flat":
        middles = [each[8:-8, 8:-8] for each in images]
        return facts | {
            _MIDDLE: all(
                np.ptp(each) < 1e-3 and abs(each.mean() - 0.5) < 0.1125 for each in middles
            )
        }
    found = [motion(each) for each in images]
    motions = [each for each in found if each]
    if len(motions) < len(found):
        return facts | {_SHAPES: False} | dict.fromkeys(_MOVED, _NOT_ASKED)
    return (
        facts
        | {_SHAPES: True}
        | _moved(motions)
        | _grays(name, motions)
        | {_MASK: _follows(where, masks, motions)}
    )


_MOVED = (_DOWN, _RIGHT, _TURN, _MIRRORED, _CONTRAST, _BRIGHTNESS, _MASK)


def _augmented(
    student: Callable, image: np.ndarray, where: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    given = image.copy(), where.copy()
    found = student(*given, rng)
    if not (np.array_equal(given[0], image) and np.array_equal(given[1], where)):
        raise Unusable("the function changes its input: work on a copy")
    if type(found) not in (tuple, list) or len(found) != 2:
        raise Unusable(f"expected the tuple (image, mask), got {in_a_word(found)}")
    for name, each, kinds in zip(("image", "mask"), found, ("f", "b"), strict=True):
        if (
            type(each) is not np.ndarray
            or each.shape != image.shape
            or each.dtype.kind not in kinds
        ):
            wanted = "a float array" if kinds == "f" else "a boolean array"
            raise Unusable(f"the {name} must be {wanted} {image.shape}, got {in_a_word(each)}")
    return found[0].astype(np.float64), found[1].copy()


def _moved(motions: Sequence[Motion]) -> Facts:
    return {
        _DOWN: _range([each.shift[0] for each in motions], 2, slack=0.55),
        _RIGHT: _range([each.shift[1] for each in motions], 2, slack=0.55),
        _TURN: _range([each.angle for each in motions], 10, slack=1.0),
        _MIRRORED: any(each.mirrored for each in motions),
    }


def _grays(name: str, motions: Sequence[Motion]) -> Facts:
    """Contrast and brightness, by what became of the two gray values."""
    if name != "gray":  # what was cut off at 0 and 1 does not tell
        return dict.fromkeys((_CONTRAST, _BRIGHTNESS), _NOT_ASKED)
    low, high = _LEVELS[name]
    contrasts = [(each.high - each.low) / (high - low) - 1 for each in motions]
    added = [(each.high + each.low) / 2 - 0.5 for each in motions]
    return {
        _CONTRAST: _range(contrasts, 0.1, slack=0.02),
        _BRIGHTNESS: _range(added, 0.1, slack=0.0125),
    }


def _range(numbers: Sequence[float], most: float, slack: float) -> str:
    """How numbers lie in the range from −`most` to `most`."""
    lowest, highest = min(numbers), max(numbers)
    if max(-lowest, highest) > most + slack:
        return _FAR
    if max(-lowest, highest) < most / 10:
        return _NONE
    return _FULL if min(-lowest, highest) > 0.55 * most else _HALF


def _follows(where: np.ndarray, masks: Sequence[np.ndarray], motions: Sequence[Motion]) -> str:
    """Whether masks are where their images' discs are."""
    shares = []
    for each, moved in zip(masks, motions, strict=True):
        discs = mask(where.shape, moved.places)
        shares.append((each & discs).sum() / (each | discs).sum())
    if min(shares) >= ALIKE:
        return _ALONG
    return _STAYS if all(np.array_equal(each, where) for each in masks) else _ELSEWHERE


def _truth(name: str, shape: tuple[int, int], seed: int, kind: type = np.float64) -> Facts:
    facts: Facts = {_SAME: True, _ANEW: True, _BOUNDS: True}
    if name == "flat":
        return facts | {_MIDDLE: True}
    grays = _FULL if name == "gray" else _NOT_ASKED
    return facts | {
        _SHAPES: True,
        **dict.fromkeys((_DOWN, _RIGHT, _TURN), _FULL),
        **dict.fromkeys((_CONTRAST, _BRIGHTNESS), grays),
        _MIRRORED: False,
        _MASK: _ALONG,
    }


def _but(facts: Facts, only: tuple[str, ...] = ("gray", "black and white")) -> Callable[..., Facts]:
    """The truth with other facts, for some of the pictures."""

    def computes(name: str, shape: tuple[int, int], seed: int, kind: type = np.float64) -> Facts:
        truth = _truth(name, shape, seed)
        return truth | facts if name in only else truth

    return computes


def _pictures(*settings: tuple) -> Callable[[np.random.Generator], Iterator[Call]]:
    return lambda rng: (
        call(name, shape, int(rng.integers(2**31)), *kind) for name, shape, *kind in settings
    )


augment = Exercise(
    name="augment",
    points=5,
    oracle=_truth,
    observe=_facts,
    rules=(Forbid(("torch", "torchvision"), "write it with NumPy and scipy.ndimage."),),
    learned="You can now make new films of a patient, and leave out those of another one.",
    cases=(
        ValueCase("the worked example: 0.5 everywhere", call("flat", (64, 64), 0)),
        ValueCase("three discs", _pictures(("gray", (64, 64)))),
        ValueCase("black and white", _pictures(("black and white", (66, 64)))),
        ValueCase(
            "a high image, and a wide one in float32",
            _pictures(("gray", (72, 64)), ("gray", (64, 75), np.float32)),
        ),
    ),
    misconceptions=(
        Misconception(
            "mirrored",
            "Some of your images are mirrored: the heart is on the wrong side, as in no film of "
            "this patient.",
            _but({_MIRRORED: True}),
            look="Leave out the flip.",
        ),
        Misconception(
            "the mask stays",
            "Your mask stays where it was, though its image moves.",
            _but({_MASK: _STAYS}),
            look="Move both by the same numbers.",
        ),
        Misconception(
            "the mask moves in its own way",
            "Your mask is not where its image is: it is moved in another way.",
            _but({_MASK: _ELSEWHERE}),
            look="Draw shift and angle once, and use them for both, in the same order.",
        ),
        Misconception(
            "turned too far",
            "Your images are turned by more than 10 degrees.",
            _but({_TURN: _FAR}),
            look="Is the angle in degrees, as the function wants it?",
        ),
        Misconception(
            "not turned",
            "Your images are never turned.",
            _but({_TURN: _NONE}),
            look="Is the angle in degrees, as the function wants it?",
        ),
        Misconception(
            "turned one way",
            "Your angles do not come from the whole range of −10 to 10 degrees.",
            _but({_TURN: _HALF}),
            look="Look at both ends of what you draw the angle from.",
        ),
        Misconception(
            "shifted too far",
            "Your images are shifted by more than 2 pixels.",
            _but({_DOWN: _FAR, _RIGHT: _FAR}),
            look="Is your shift in pixels? Is the rotation about the centre?",
        ),
        Misconception(
            "not shifted",
            "Your images are never shifted.",
            _but({_DOWN: _NONE, _RIGHT: _NONE}),
            look="Where do you use the shift?",
        ),
        Misconception(
            "shifted one way",
            "Your shifts do not come from the whole range of −2 to 2 pixels.",
            _but({_DOWN: _HALF, _RIGHT: _HALF}),
            look="Look at both ends of what you draw the shift from.",
        ),
        Misconception(
            "contrast stays",
            "Your contrast is always the same.",
            _but({_CONTRAST: _NONE}, only=("gray",)),
            look="Multiply each pixel's distance from 0.5.",
        ),
        Misconception(
            "brightness stays",
            "Your brightness is always the same.",
            _but({_BRIGHTNESS: _NONE, _ANEW: True}, only=("gray",)),
            look="Add one number to every pixel.",
        ),
        Misconception(
            "gray changes too much",
            "A pixel of 0.5 changes by more than 0.1. Contrast leaves it alone, brightness adds "
            "0.1 at most.",
            _but({_BRIGHTNESS: _FAR}, only=("gray",)),
            look="Is it the distance from 0.5 that you multiply?",
        ),
        Misconception(
            "beyond 0 and 1",
            "Some of your values are below 0 or above 1.",
            _but({_BOUNDS: False}, only=("black and white",)),
            look="Cut them off at the end.",
        ),
        Misconception(
            "another source of chance",
            "The same rng gave another result: a training could not be repeated.",
            _but({_SAME: False}, only=tuple(_LEVELS)),
            look="Use rng for all that is random.",
        ),
    ),
)
