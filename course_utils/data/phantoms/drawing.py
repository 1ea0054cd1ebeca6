"""Drawing on many images at once, with the same bytes on every platform.

Only additions, multiplications, divisions, square roots and comparisons are used: IEEE 754 fixes
their results. `exp`, `sin`, `**` and matrix products differ between processors and libraries, so
bumps are polynomials, rotations are rational, and random numbers are uniform ones.

Images are float32 arrays (n, size, size); parameters have shape (n, 1, 1) and broadcast. The
coordinates run from -1 to 1, x to the right and y downwards.
"""

from collections.abc import Mapping
from types import SimpleNamespace

import numpy as np

Array = np.ndarray
Level = float | Array
Point = tuple[Level, Level]


def generator(seed: int, *stream: int) -> np.random.Generator:
    """An independent random generator for each seed and stream; its bit stream never changes."""
    return np.random.Generator(np.random.PCG64([seed, *stream]))


def draw(
    rng: np.random.Generator, n: int, ranges: Mapping[str, tuple[float, ...]]
) -> SimpleNamespace:
    """Draw `n` values uniformly from each named range (low, high); arrays (n, 1, 1), float32.

    A range (low, high, k) gives the knots of a `surface`: arrays (n, k, k).
    """
    values = {}
    for name, (low, high, *knots) in ranges.items():
        side = int(*knots) if knots else 1
        values[name] = (low + (high - low) * rng.random((n, side, side))).astype(np.float32)
    return SimpleNamespace(**values)


def take(parameters: SimpleNamespace, index: Array | slice) -> SimpleNamespace:
    """The same parameters for the chosen rows."""
    return SimpleNamespace(**{name: value[index] for name, value in vars(parameters).items()})


def grid(size: int) -> tuple[Array, Array]:
    """Pixel centres: y of shape (1, size, 1) and x of shape (1, 1, size)."""
    centres = (2 * np.arange(size, dtype=np.float32) + 1) / size - 1
    return centres[None, :, None], centres[None, None, :]


def place(size: int, pose: SimpleNamespace) -> tuple[Array, Array]:
    """The body's coordinates (y, x) of each pixel under `pose`, each (n, size, size).

    A pose has `turn` (tangent of half the angle), `zoom`, `dy` and `dx`.
    """
    y, x = grid(size)
    y, x = (y - pose.dy) / pose.zoom, (x - pose.dx) / pose.zoom
    t2 = pose.turn * pose.turn
    cosine, sine = (1 - t2) / (1 + t2), 2 * pose.turn / (1 + t2)
    return cosine * y - sine * x, sine * y + cosine * x


def step(distance: Array, width: float | Array) -> Array:
    """A soft edge: 0 for `distance` below -width/2, 1 above width/2, smooth between."""
    t = np.clip(distance / width + 0.5, 0, 1)
    return t * t * (3 - 2 * t)


def bump(u: Array) -> Array:
    """A smooth hill of height 1 at u = 0 that reaches 0 at |u| = 1."""
    v = np.maximum(1 - u * u, 0)
    return v * v


def wave(u: Array) -> Array:
    """Distance from u to the nearest whole number, signed: what repeats once per unit of u."""
    return u - np.floor(u + 0.5)


def ellipse(y: Array, x: Array, cy: Level, cx: Level, ry: Level, rx: Level) -> Array:
    """About the distance to the edge of an ellipse, positive inside."""
    a, b = (y - cy) / ry, (x - cx) / rx
    return (1 - a * a - b * b) * np.asarray(np.minimum(ry, rx) / 2, dtype=np.float32)


def capsule(y: Array, x: Array, start: Point, end: Point, radius: Level) -> Array:
    """Distance to the edge of a thick line from `start` to `end`, each (y, x); positive inside."""
    (ay, ax), (by, bx) = start, end
    ly, lx = by - ay, bx - ax
    dy, dx = y - ay, x - ax
    inverse = 1 / (ly * ly + lx * lx)
    along = np.clip(dy * (ly * inverse) + dx * (lx * inverse), 0, 1)
    dy, dx = dy - along * ly, dx - along * lx
    return radius - np.sqrt(dy * dy + dx * dx)


def mix(image: Array, value: float | Array, weight: Array) -> Array:
    """Paint `value` over the image where `weight` is 1, and partly where it is below."""
    return image + weight * (value - image)


def surface(knots: Array, size: int) -> Array:
    """Smooth hills and valleys through knots (n, k, k): quadratic B-splines, k - 2 cells a side."""
    cells = knots.shape[1] - 2
    position = (np.arange(size, dtype=np.float32) + 0.5) * np.float32(cells / size)
    first = position.astype(np.int64)
    f = position - first.astype(np.float32)
    weights = ((1 - f) * (1 - f) / 2, 0.5 + f * (1 - f), f * f / 2)
    rows = np.asarray(sum(knots[:, first + k, :] * weights[k][None, :, None] for k in range(3)))
    return np.asarray(sum(rows[:, :, first + k] * weights[k][None, None, :] for k in range(3)))


def texture(rng: np.random.Generator, n: int, size: int, cells: int) -> Array:
    """Random surfaces between -1 and 1, with about `cells` hills and valleys on a side."""
    knots = (2 * rng.random((n, cells + 2, cells + 2), dtype=np.float32) - 1) * np.float32(1.6)
    return np.clip(surface(knots, size), -1, 1)


def grain(rng: np.random.Generator, n: int, size: int) -> Array:
    """Independent noise for each pixel: mean 0, standard deviation 1, within ±3 (bell-shaped)."""
    planes = np.frombuffer(rng.bytes(3 * n * size * size), np.uint8).reshape(3, n, size, size)
    total = planes[0].astype(np.float32) + planes[1] + planes[2]
    return (total - np.float32(382.5)) / np.float32(128)


def to_bytes(image: Array) -> Array:
    """Round a float image (0 black, 1 white) to uint8."""
    return (np.clip(image, 0, 1) * 255 + 0.5).astype(np.uint8)
