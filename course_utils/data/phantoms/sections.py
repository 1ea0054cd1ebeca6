"""Draw sections through the body: CT of abdomen, chest and head, MRI of the breasts.

The gray values are those of MedNIST, whose window leaves air and soft tissue of a CT in mid-gray.
The patient lies on the back (for the breasts: on the front), seen from the feet.
"""

from types import SimpleNamespace

import numpy as np

from course_utils.data.phantoms import drawing
from course_utils.data.phantoms.drawing import Array, Level, bump, capsule, ellipse, mix, step

SCAN = {
    "turn": (-0.05, 0.05),
    "zoom": (0.92, 1.08),
    "dx": (-0.05, 0.05),
    "dy": (-0.08, 0.08),
    "gain": (0.94, 1.06),
    "noise": (0.003, 0.013),
}
HEAD_SCAN = SCAN | {"turn": (-0.16, 0.16), "zoom": (0.95, 1.25)}
ABDOMEN = {
    "level": (0.0, 1.0),  # 0 at the liver, 0.5 at the kidneys, 1 at the pelvis
    "ry": (0.54, 0.74),
    "rx": (0.8, 0.96),
    "fat": (0.08, 0.32),
    "contrast": (0.5, 0.95),  # brightness of vessels and kidneys
    "liver": (0.48, 0.72),
    "organ_y": (-0.18, -0.05),
    "table": (0.7, 0.85),
}
CHEST = {
    "level": (0.0, 1.0),  # 0 at the shoulders, 1 at the liver
    "ry": (0.56, 0.74),
    "rx": (0.82, 0.97),
    "contrast": (0.5, 0.85),
    "speckle": (1.3, 2.6),
    "table": (0.7, 0.85),
}
HEAD = {
    "level": (0.0, 1.0),  # 0 at the base of the skull, 1 at the top
    "ry": (0.6, 0.74),
    "rx": (0.48, 0.58),
    "bone": (0.035, 0.085),
    "brain": (0.3, 0.46),
    "ventricle": (0.02, 0.1),
    "rest": (0.82, 1.3),  # the head rest below
}
BREAST = {
    "height": (0.15, 0.85),
    "apart": (0.34, 0.46),
    "width": (0.26, 0.38),
    "wall": (0.12, 0.32),
    "lean": (-0.12, 0.12),
    "fat": (0.55, 0.85),
    "gland": (-0.3, 0.7),
    "thorax": (0.03, 0.16),
}


def _finish(
    image: Array, shot: SimpleNamespace, size: int, rng: np.random.Generator
) -> tuple[Array, Array]:
    image = image * shot.gain + shot.noise * drawing.grain(rng, len(shot.zoom), size)
    return image, np.zeros(image.shape, dtype=bool)


def _table(image: Array, y: Array, x: Array, height: Array, value: float) -> Array:
    """The couch under the patient: a thin, shallow arc."""
    return mix(image, value, 0.6 * bump((y - height + 0.16 * x * x) / 0.035) * bump(x / 1.1))


def _vertebra(image: Array, y: Array, x: Array, cy: Level, edge: float) -> Array:
    """A vertebra's body, its arch around the dark canal, and its processes."""
    u = np.abs(x)
    bone = np.maximum(
        ellipse(y, x, cy, 0, 0.1, 0.13), capsule(y, u, (cy + 0.1, 0.08), (cy + 0.22, 0.02), 0.025)
    )
    bone = np.maximum(bone, capsule(y, u, (cy + 0.13, 0.1), (cy + 0.12, 0.24), 0.02))
    bone = np.maximum(bone, capsule(y, x, (cy + 0.22, 0), (cy + 0.34, 0), 0.02))
    return mix(image, 0.97, step(bone, edge))


def abdomen(
    body: SimpleNamespace, shot: SimpleNamespace, size: int, rng: np.random.Generator
) -> tuple[Array, Array]:
    """CT of the abdomen at any level; arguments and results as `thorax.render`."""
    n, edge = len(shot.zoom), 2.4 / size
    y, x = drawing.place(size, shot)
    fine, coarse = drawing.texture(rng, n, size, 12), drawing.texture(rng, n, size, 5)
    high, low = step(0.4 - body.level, 0.3), step(body.level - 0.7, 0.2)
    middle = (1 - high) * (1 - low)

    trunk = ellipse(y, x, 0, 0, body.ry, body.rx) / (np.minimum(body.ry, body.rx) / 2)
    image = _table(np.full_like(y, 0.4), y, x, body.table, 0.62)
    image = mix(image, 0.35, step(trunk, 0.15))
    image += 0.05 * bump(trunk / 0.07)
    inside = step(trunk - body.fat, 0.1)
    image = mix(image, 0.47, inside * step(body.fat + 0.2 - trunk, 0.1))
    image = mix(image, 0.39 + 0.09 * fine, step(trunk - body.fat - 0.13, 0.1))

    liver = ellipse(y, x, body.organ_y, -0.3, body.ry * 0.66, body.rx * 0.56) + 0.06 * coarse
    image = mix(image, body.liver, step(liver, edge) * high * inside)
    spleen = ellipse(y, x, 0.06, body.rx * 0.6, body.ry * 0.42, 0.15) + 0.03 * coarse
    image = mix(image, body.liver - 0.02, step(spleen, edge) * high * inside)
    bowel = step(coarse + 0.5 * fine - 0.35, 0.25) * step(0.05 - y, 0.3) * inside * (1 - high)
    image = mix(image, 0.5 + 0.4 * np.maximum(fine, 0), bowel)
    kidney = ellipse(y, np.abs(x), 0.12, body.rx * 0.5, 0.17, 0.12)
    image = mix(image, body.contrast, step(kidney, edge) * middle)
    image = mix(image, 0.5, step(kidney - 0.04, edge) * middle)
    aorta = ellipse(y, x, 0.04, 0.08, 0.07, 0.07)
    image = mix(image, body.contrast, step(aorta, edge) * (1 - low))
    muscle = np.maximum(
        ellipse(y, np.abs(x), 0.24, 0.24, 0.12, 0.1),
        ellipse(y, np.abs(x), body.ry - 0.2, 0.18, 0.11, 0.15),
    )
    image = mix(image, 0.48, step(muscle, edge) * inside)
    image = _vertebra(image, y, x, 0.22, edge)

    hip = step(body.level - 0.86, 0.04)
    wing = capsule(y, np.abs(x), (0.26, 0.2), (-0.04, body.rx * 0.72), 0.045)
    ball = ellipse(y, np.abs(x), 0.06, body.rx * 0.58, 0.16, 0.15) + 0.04 * fine
    image = mix(image, 0.97, step(wing, edge) * low * (1 - hip))
    image = mix(image, 0.95, step(ball, edge) * hip)
    return _finish(image, shot, size, rng)


def chest(
    body: SimpleNamespace, shot: SimpleNamespace, size: int, rng: np.random.Generator
) -> tuple[Array, Array]:
    """CT of the chest in a window so narrow that little but bone and contrast is left."""
    n, edge = len(shot.zoom), 2.4 / size
    y, x = drawing.place(size, shot)
    fine, coarse = drawing.texture(rng, n, size, 14), drawing.texture(rng, n, size, 5)
    grain = drawing.grain(rng, n, size)
    shoulders, low = step(0.2 - body.level, 0.1), step(body.level - 0.7, 0.1)
    wide = body.rx + 0.1 * shoulders

    trunk = ellipse(y, x, 0, 0, body.ry, wide) / (body.ry / 2)
    image = _table(np.full_like(y, 0.5), y, x, body.table, 0.56)
    inside = step(trunk, 0.1)
    image += 0.16 * bump(trunk / 0.06) * step(fine - 0.1, 0.5)
    heart = ellipse(y, x, -0.06, 0.08, 0.24, 0.24) + 0.08 * coarse
    image = mix(image, body.contrast, step(heart, edge) * step(fine + 0.2, 0.5) * (1 - shoulders))
    liver = ellipse(y, x, -0.06, -0.26, body.ry * 0.68, wide * 0.52) + 0.06 * coarse
    image = mix(image, 0.6 + 0.04 * fine, step(liver, edge) * low)
    # Where rays cross much bone, the noise passes the window: black and white grains.
    grains = step(np.abs(grain) - body.speckle, 0.3) * inside * step(coarse + 0.1, 0.5)
    image = mix(image, 0.3 + 0.6 * step(grain + 1.5, 0.1), grains)
    ribs = bump((trunk - 0.2) / 0.1) * step(fine - 0.2, 0.15) * step(y + 0.4, 0.4)
    image = mix(image, 1.0, np.minimum(1.5 * ribs, 1))
    blades = capsule(y, np.abs(x), (0.2, 0.3), (-0.02, wide * 0.82), 0.05) + 0.04 * fine
    image = mix(image, 0.95, step(blades, edge) * shoulders * step(coarse + 0.3, 0.3))
    image = _vertebra(image, y, x, 0.2, edge)
    return _finish(image, shot, size, rng)


def head(
    body: SimpleNamespace, shot: SimpleNamespace, size: int, rng: np.random.Generator
) -> tuple[Array, Array]:
    """CT of the head, from the base of the skull to its top."""
    n, edge = len(shot.zoom), 2.4 / size
    y, x = drawing.place(size, shot)
    fine, coarse = drawing.texture(rng, n, size, 13), drawing.texture(rng, n, size, 6)
    base, top = step(0.33 - body.level, 0.04), step(body.level - 0.82, 0.2)
    shrink = 1 - 0.45 * top

    rest = ellipse(y, x, 0.2, 0, body.rest, 0.85)
    image = np.full_like(y, 0.1) + 0.4 * bump(rest / 0.03) * step(y - 0.1, 0.3)
    scalp = ellipse(y, x, 0, 0, body.ry * shrink, body.rx * shrink) + 0.12 * base * coarse
    skull = scalp - 0.035
    inner = skull - body.bone - 0.12 * top
    image = mix(image, 0.36, step(scalp, edge))
    image = mix(image, 1.0, step(skull, edge))
    sulci = bump((inner - 0.05) / 0.14) * 0.25
    brain = body.brain + 0.05 * coarse + 0.05 * fine - sulci * np.maximum(fine, 0)
    brain += 0.06 * bump(x / 0.03) * (1 - base)
    horns = ellipse(
        y, np.abs(x), -0.08 + 0.4 * np.abs(x), 0.03 + body.ventricle, 0.24, body.ventricle
    )
    horns = np.maximum(horns, ellipse(y, x, 0.1, 0, 0.07, 0.02 + 0.3 * body.ventricle))
    brain = mix(brain, 0.2, step(horns, edge) * (1 - base) * (1 - top))
    image = mix(image, brain, step(inner, edge))

    # The base: bone, air in the sinuses, and soft tissue in a coarse pattern.
    face = base * step(scalp - 0.02, edge)
    parts = drawing.texture(rng, n, size, 17)
    parts = parts + 0.6 * parts[:, :, ::-1]  # left and right are alike
    image = mix(image, 0.4 + 0.12 * fine, face)
    middle = bump(x / 0.6) * bump((y - 0.1) / 0.6)
    bone = step(parts + 0.3 * middle - 0.3, 0.3) * step(0.3 - coarse, 0.8)
    image = mix(image, 1.0, face * bone)
    hollow = step(0.1 - parts, 0.3) * bump(x / 0.3) * bump((y + 0.35) / 0.28)
    image = mix(image, 0.03, face * hollow)
    jaw = bump(ellipse(y, x, -0.1, 0, 0.5, 0.36) / 0.03) * step(0.1 - y, 0.2)
    image = mix(image, 1.0, base * jaw)
    return _finish(image, shot, size, rng)


def breast(
    body: SimpleNamespace, shot: SimpleNamespace, size: int, rng: np.random.Generator
) -> tuple[Array, Array]:
    """MRI of the breasts: fat is bright, glands and the chest are dark, air is black."""
    n, edge = len(shot.zoom), 2.4 / size
    y, x = drawing.place(size, shot)
    u = np.abs(x)
    fine, coarse = drawing.texture(rng, n, size, 13), drawing.texture(rng, n, size, 6)

    # The skin's height over the chest wall: two mounds on a low arch.
    tall = body.height * (1 + body.lean * np.where(x > 0, 1, -1).astype(np.float32))
    across = (u - body.apart) / body.width
    round_top = np.sqrt(np.maximum(1 - across * across, 0))
    mound = 0.72 * round_top + 0.28 * bump(across / 1.6)
    arch = 0.2 + 0.3 * u * u + body.wall * 0.3
    skin = arch - 0.1 - tall * mound
    wall = arch + 0.05
    tissue = step(np.minimum(np.minimum(y - skin, wall - y), 0.95 - u), 1.2 * edge)
    gland = bump((u - body.apart) / body.width) * bump((y - skin - 0.6 * tall) / (0.5 * tall))
    fat = body.fat + 0.08 * coarse
    fat = mix(fat, 0.12, np.maximum(body.gland, 0) * gland * step(fine + 0.1, 0.6))
    image = mix(np.full_like(y, 0.01), fat, tissue)

    # Below: muscles, then the dark chest with the faint heart; the coil's field ends there.
    reach = bump((y - wall) / 0.5) * step(y - wall, edge) * step(0.9 - u, 0.1)
    image = mix(image, 0.1 + body.thorax * (1 + coarse), reach)
    muscle = bump((y - wall - 0.07 - 0.04 * coarse) / 0.05) * bump(x / 0.95)
    image += 0.4 * muscle * step(fine + 0.2, 0.5)
    return _finish(image, shot, size, rng)
