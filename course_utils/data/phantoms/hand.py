"""Draw X-rays of a hand: bones in soft tissue on a dark film, a lead label, a collimated field."""

from types import SimpleNamespace

import numpy as np

from course_utils.data.phantoms import drawing
from course_utils.data.phantoms.drawing import (
    Array,
    Level,
    Point,
    bump,
    capsule,
    ellipse,
    mix,
    step,
)

# Thumb to little finger: knuckle (y, x), root of the metacarpal (y, x), direction of the finger
# (dx for one dy upwards), its length, and the parts of it that the phalanges take.
FINGERS = (
    ((0.2, -0.36), (0.4, -0.13), -0.75, 0.42, (0.58, 0.42)),
    ((0.0, -0.22), (0.36, -0.09), -0.25, 0.6, (0.5, 0.29, 0.21)),
    ((-0.05, -0.06), (0.36, -0.02), -0.06, 0.68, (0.49, 0.3, 0.21)),
    ((0.0, 0.09), (0.37, 0.05), 0.12, 0.62, (0.49, 0.3, 0.21)),
    ((0.09, 0.22), (0.39, 0.1), 0.32, 0.48, (0.48, 0.29, 0.23)),
)
ANATOMY = {
    "mirror": (-1.0, 1.0),  # a left hand where positive
    "length": (0.85, 1.08),
    "thick": (0.03, 0.04),  # half the width of a finger's bone
    "flesh": (0.05, 0.075),  # soft tissue around it
    "bone": (0.26, 0.46),
}
EXPOSURE = {
    "turn": (-0.16, 0.16),
    "zoom": (0.8, 1.1),
    "dx": (-0.1, 0.1),
    "dy": (0.0, 0.18),
    "spread": (0.3, 1.3),
    "thumb": (0.6, 1.3),
    "soft": (0.28, 0.5),
    "film": (0.02, 0.14),
    "gain": (0.85, 1.1),
    "field": (0.84, 1.9),  # half the side of the exposed field
    "field_turn": (-0.12, 0.12),
    "label_y": (-0.85, 0.7),
    "label_side": (-1.0, 1.0),
    "noise": (0.005, 0.02),
}


def render(
    body: SimpleNamespace, shot: SimpleNamespace, size: int, rng: np.random.Generator
) -> tuple[Array, Array]:
    """Draw hands; arguments and results as `thorax.render`, with this module's ranges."""
    n, edge = len(shot.zoom), 2.4 / size
    y, x = drawing.place(size, shot)
    x = np.where(body.mirror > 0, -x, x)
    fine = drawing.texture(rng, n, size, 12)

    bones = np.full_like(y, -9)
    flesh = np.maximum(
        capsule(y, x, (0.5, 0.0), (1.6, 0.03), 0.2), ellipse(y, x, 0.22, -0.02, 0.36, 0.31)
    )
    for knuckle, root, lean, length, parts in FINGERS:
        bones = np.maximum(bones, _bone(y, x, root, knuckle, body.thick))
        slope = lean * (shot.thumb if lean < -0.5 else shot.spread)
        stretch = body.length * length / np.sqrt(1 + slope * slope)
        dy, dx = -stretch, stretch * slope
        flesh = np.maximum(flesh, capsule(y, x, root, knuckle, body.thick + body.flesh))
        tip = (knuckle[0] + dy, knuckle[1] + dx)
        flesh = np.maximum(flesh, capsule(y, x, knuckle, tip, body.thick + body.flesh * 0.7))
        start = 0.0
        for part in parts:
            a, b = start, start + part
            start = b
            bones = np.maximum(
                bones,
                _bone(
                    y, x,
                    (knuckle[0] + a * dy, knuckle[1] + a * dx),
                    (knuckle[0] + b * dy, knuckle[1] + b * dx),
                    body.thick * (1.1 - 0.45 * a),
                ),
            )  # fmt: skip
    carpus = ellipse(y, x, 0.47, -0.01, 0.11, 0.17) + 0.05 * fine
    bones = np.maximum(bones, carpus)
    bones = np.maximum(bones, _bone(y, x, (0.58, -0.08), (1.6, -0.06), 0.075))
    bones = np.maximum(bones, _bone(y, x, (0.6, 0.1), (1.6, 0.1), 0.05))

    image = np.broadcast_to(shot.film, y.shape).copy()
    depth = 0.6 + 0.4 * step(flesh - 0.05, 0.16)  # thin at the edge, thick in the palm
    image = mix(image, shot.soft * depth + shot.film, step(flesh, edge))
    image += body.bone * step(bones, edge) * (0.85 + 0.3 * bump(bones / 0.03))

    # The label and the edge of the exposed field lie on the film: they do not turn with the hand.
    v, u = drawing.grid(size)
    side = np.where(shot.label_side > 0, 0.8, -0.8).astype(np.float32)
    label = np.minimum(0.13 - np.abs(v - shot.label_y), 0.07 - np.abs(u - side))
    image = mix(image, 0.12 + 0.8 * step(fine - 0.1, 0.3), step(label, edge))
    w, z = v - shot.field_turn * u, u + shot.field_turn * v
    field = shot.field - np.maximum(np.abs(w), np.abs(z))
    image = mix(image, 0.02, step(-field, edge)) + 0.4 * bump(field / 0.03)
    image = image * shot.gain + shot.noise * drawing.grain(rng, n, size)
    return image, np.zeros(image.shape, dtype=bool)


def _bone(y: Array, x: Array, start: Point, end: Point, radius: Level) -> Array:
    """A long bone: its ends are a little apart from the next one's."""
    (ay, ax), (by, bx) = start, end
    dy, dx = by - ay, bx - ax
    gap = (radius + 0.012) / np.sqrt(np.asarray(dy * dy + dx * dx, dtype=np.float32))
    return capsule(y, x, (ay + gap * dy, ax + gap * dx), (by - gap * dy, bx - gap * dx), radius)
