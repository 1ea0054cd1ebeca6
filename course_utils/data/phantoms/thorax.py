"""Draw chest X-rays, frontal view: bright is dense, the patient's right is on the left."""

from types import SimpleNamespace

import numpy as np

from course_utils.data.phantoms import drawing
from course_utils.data.phantoms.drawing import Array, bump, capsule, mix, step, wave

# The patient's: the same in all images of one person.
BODY = {
    "top": (-0.92, -0.74),  # apex of the lungs
    "base": (0.4, 0.64),  # dome of the right diaphragm
    "width": (0.76, 0.92),  # half the inner width of the chest
    "wall": (0.08, 0.3),  # thickness of the chest wall
    "mediastinum": (0.12, 0.21),  # half its width
    "aorta": (0.02, 0.08),
    "heart": (0.14, 0.36),  # how far the heart reaches to the patient's left
    "heart_y": (0.2, 0.38),
    "dome": (0.5, 1.0),  # curvature of the diaphragm
    "spacing": (0.15, 0.21),  # from rib to rib
    "slope": (-0.05, 0.22),
    "bone": (0.02, 0.09),  # brightness of the ribs
    "clavicle": (0.04, 0.12),
    "clavicle_y": (0.08, 0.24),  # below the apex
    "hilum": (0.06, 0.16),
    "hilum_y": (-0.16, 0.0),
    "shoulder": (-1.15, -0.82),
    "breast": (-0.1, 0.14),  # soft tissue over the lower lungs, where positive
    # Brightness: the body's thickness, and the hospital that a patient goes to.
    "air": (0.24, 0.42),  # of the lungs
    "soft": (0.64, 0.74),  # of soft tissue
    "contrast": (0.64, 0.94),
    "haze": (0.0, 0.14),
    "curve": (-0.4, 0.5),
    "scatter": (0.0, 0.14),
    "fine": (-1.6, 1.6, 13),  # knots of the vessels' pattern
    "coarse": (-1.6, 1.6, 7),  # knots of the uneven soft tissue
}
# The exposure's: another one in each image.
EXPOSURE = {
    "turn": (-0.05, 0.05),
    "zoom": (0.9, 1.14),
    "dx": (-0.1, 0.1),
    "dy": (-0.1, 0.1),
    "breath": (-0.08, 0.06),  # how far the diaphragm moved
    "gain": (0.95, 1.05),
    "offset": (-0.02, 0.02),
    "tilt_x": (-0.07, 0.07),  # uneven exposure
    "tilt_y": (-0.08, 0.08),
    "vessels": (0.05, 0.12),
    "noise": (0.005, 0.022),
    "gas": (-0.2, 0.15),  # bubble in the stomach, where positive
    "severity": (0.6, 1.1),  # of the opacities, in those who are ill
}
# An opacity's; the patient's too.
LESION = {
    "side": (-1.0, 1.0),
    "height": (0.2, 0.84),  # between the apex 0 and the diaphragm 1
    "lateral": (0.2, 0.8),  # between the mediastinum 0 and the chest wall 1
    "radius": (0.2, 0.42),
    "aspect": (0.7, 1.4),
    "strength": (0.6, 1.0),
    "present": (0.0, 1.0),
}
CHANCE = (1.0, 0.4, 0.2)  # that an ill patient has the first, second, third opacity
ANATOMY = BODY | {f"{name}_{k}": LESION[name] for k in range(len(CHANCE)) for name in LESION}

# Adults, as in MedNIST: the whole chest, exposed harder, mostly healthy.
ADULT_ANATOMY = ANATOMY | {
    "wall": (0.14, 0.4),
    "bone": (0.05, 0.14),
    "slope": (0.1, 0.45),
    "shoulder": (-1.0, -0.72),
    "base": (0.5, 0.74),
    "air": (0.1, 0.3),
    "soft": (0.6, 0.72),
    "contrast": (0.95, 1.3),
    "haze": (-0.1, 0.05),
}
ADULT_EXPOSURE = EXPOSURE | {
    "zoom": (0.88, 1.1),
    "dy": (-0.06, 0.14),
    "vessels": (0.08, 0.18),
    "noise": (0.005, 0.015),
    "severity": (-2.0, 1.0),
}


def _cavity(t: Array, body: SimpleNamespace) -> Array:
    """Half the inner width of the chest at height t, from the apex (0) to the base (1)."""
    t = np.clip(t, 0, 1)
    return body.width * (0.75 * np.sqrt(t * (2 - t)) + 0.25 * t)


def _inner(y: Array, left: Array, body: SimpleNamespace) -> Array:
    """Where the lung begins, beside the mediastinum and the heart, at height y."""
    heart = bump((y - body.heart_y) / 0.52) * body.heart
    arch = bump((y + 0.38) / 0.16) * body.aorta
    atrium = bump((y - body.heart_y) / 0.4) * 0.07
    return body.mediastinum + atrium + left * (heart + arch - atrium)


def render(
    body: SimpleNamespace, shot: SimpleNamespace, size: int, rng: np.random.Generator
) -> tuple[Array, Array]:
    """Draw chest X-rays, with opacities where `shot.severity` is above 0 (1 is common).

    Args:
        body: the values of `ANATOMY` for each image's patient.
        shot: the values of `EXPOSURE` for each image.
        size: side of the images in pixels.
        rng: for textures and noise.

    Returns:
        Images (n, size, size), float32, 0 to 1, and masks of the opacities (n, size, size), bool.
    """
    n, pixel = len(shot.zoom), 2 / size
    y, x = drawing.place(size, shot)
    left, u = (x > 0).astype(np.float32), np.abs(x)
    fine, coarse = drawing.surface(body.fine, size), drawing.surface(body.coarse, size)

    base = body.base + shot.breath + 0.07 * left
    off_centre = u - 0.42
    dome = base + body.dome * off_centre * np.maximum(off_centre, -0.5 * off_centre)
    cavity = _cavity((y - body.top) / (base - body.top), body)
    inner = _inner(y, left, body)
    edge = max(0.06, 1.2 * pixel)
    lung = step(np.minimum(cavity - u, dome - y), edge) * step(u - inner, 2 * edge)

    # Soft tissue, brightest over the spine and below the diaphragm; air around the body.
    image = body.soft + 0.1 * bump(x / 0.34) + 0.1 * step(y - dome, 0.3) + 0.03 * coarse
    image += 0.05 * bump(x / 0.11) * (bump(2 * wave(y / 0.17)) - 0.5)
    bubble = bump((x - 0.36) / 0.2) * bump((y - dome - 0.14) / 0.14)
    image -= 1.5 * np.maximum(shot.gas, 0) * bubble

    # The lungs: air, vessels that fan out from the hilum, and the opacities.
    hilum = bump((u - inner) / 0.4) * bump((y - body.hilum_y) / 0.42)
    breast = np.maximum(body.breast, 0) * bump((u - 0.5) / 0.4) * bump((y - 0.4) / 0.5)
    air = body.air + 0.1 * step(y - 0.2, 1.4) + breast
    air += hilum * (body.hilum + shot.vessels * 1.6 * fine) + shot.vessels * 0.5 * fine
    filled, mask = _opacities(body, shot, y, x, coarse, lung)
    image = mix(image, mix(air, body.soft + 0.02, filled * (0.85 + 0.15 * fine)), lung)

    # Bones: the ribs' rear and front arcs, the clavicles.
    rear = bump(2.6 * wave((y + body.slope * u - 0.35 * u * u) / body.spacing))
    front = bump(2.6 * wave((y - 0.75 * u) / (1.25 * body.spacing) + 0.3))
    chest = step(np.minimum(cavity - u + 0.06, dome + 0.2 - y), 0.15)
    image += body.bone * chest * (rear + 0.45 * front * step(u - 0.3, 0.2))
    root = body.top + body.clavicle_y
    collar = capsule(y, u, (root + 0.05, 0.1), (root - 0.06, body.width + 0.05), 0.04)
    image += body.clavicle * step(collar, edge)

    beside = np.maximum(u - 0.3, 0)
    shoulder = np.maximum(y - body.shoulder - 0.35 * beside, 0.3 - u)
    side = body.width + body.wall - u
    image = mix(image, 0.04, step(-np.minimum(shoulder, side), 0.1 + pixel))

    image += body.scatter * bump(y / 1.5) * bump(x / 1.5) + shot.tilt_x * x + shot.tilt_y * y
    image = image * body.contrast * shot.gain + body.haze + shot.offset
    image += body.curve * image * (1 - image) * 0.5
    image += shot.noise * drawing.grain(rng, n, size)
    return image, mask


def _opacities(
    body: SimpleNamespace, shot: SimpleNamespace, y: Array, x: Array, coarse: Array, lung: Array
) -> tuple[Array, Array]:
    """How far each pixel of the lung is filled (0 to 1), and the mask of what is filled."""
    filled = np.zeros_like(y)
    for k, chance in enumerate(CHANCE):
        present = (getattr(body, f"present_{k}") < chance) & (shot.severity > 0)
        rows = np.flatnonzero(present)
        lesion = SimpleNamespace(**{name: getattr(body, f"{name}_{k}")[rows] for name in LESION})
        person, exposure = drawing.take(body, rows), drawing.take(shot, rows)
        side = np.where(lesion.side > 0, 1, -1).astype(np.float32)
        cy = person.top + lesion.height * (person.base + exposure.breath - person.top)
        inner = _inner(cy, (side + 1) / 2, person)
        cx = inner + lesion.lateral * (_cavity(lesion.height, person) - inner)
        a = (y[rows] - cy) / (lesion.radius * lesion.aspect)
        b = (x[rows] - side * cx) / (lesion.radius / lesion.aspect)
        shape = step(1 - a * a - b * b + 0.75 * coarse[rows], 1.2)
        filled[rows] = np.maximum(filled[rows], shape * lesion.strength * exposure.severity)
    inside = filled * lung
    peak = inside.max(axis=(1, 2), keepdims=True)
    return filled, (inside > 0) & (inside >= 0.4 * peak)
