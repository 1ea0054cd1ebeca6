"""The pictures of an activation: its curve, its slope, where it saturates, its properties."""

import numpy as np

from course_utils.widgets import draw, style
from course_utils.widgets.draw import number
from course_utils.widgets.draw.marks import curve, dots
from course_utils.widgets.draw.plane import Plane
from course_utils.widgets.perceptron.activations_model import (
    FUNCTIONS,
    LAYERS,
    PROPERTIES,
    SATURATED,
    Activation,
)
from course_utils.widgets.stepper import Frame

REACH = 6.0
PLANE = Plane(34, 44, 420, 300, (-REACH, REACH), (-1.5, 3.5))
FINE = np.linspace(-REACH, REACH, 121)
WIDTH, HEIGHT, LEFT = 800, 440, 494
FIRST, COLUMN, ROW = 96, 42, 24


def frames(activation: Activation) -> list[Frame]:
    """One frame for each place z from −6 to 6 in steps of a half."""
    base, made = _base(activation), []
    for step, z in enumerate(np.arange(-REACH, REACH + 0.25, 0.5)):
        value = float(activation.values(np.array([z]))[0])
        slope = float(activation.slopes(np.array([z]))[0])
        sentence = _sentence(activation, float(z), value, slope)
        body = [*base, *_place(activation, float(z), value, slope)]
        svg = draw.picture(WIDTH, HEIGHT, "\n".join(body), sentence=sentence, step=step)
        made.append(Frame(svg, sentence))
    return made


def _clipped(values: np.ndarray) -> np.ndarray:
    low, high = PLANE.up
    return np.where((values < low) | (values > high), np.nan, values)


def saturated(activation: Activation) -> list[tuple[float, float]]:
    """The stretches of the axis where the slope is next to nothing."""
    flat = abs(activation.slopes(FINE)) < SATURATED
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flat, [False]]).astype(int)))
    runs = ((FINE[a], FINE[b - 1]) for a, b in zip(edges[::2], edges[1::2], strict=True))
    return [(float(a), float(b)) for a, b in runs if b - a > 0.3]


def _base(activation: Activation) -> list[str]:
    zero = PLANE.pixels([[-REACH, 0], [REACH, 0]])
    drawn = [
        draw.caption(PLANE.x, 16, activation.name, _about(activation)),
        PLANE.named_axes((-6, -4, -2, 0, 2, 4, 6), (-1, 0, 1, 2, 3), "weighted sum z", ""),
        draw.path("axis", f"M{zero[0, 0]:.0f} {zero[0, 1]:.0f}H{zero[1, 0]:.0f}"),
    ]
    for a, b in saturated(activation):
        (x1, _), (x2, _) = PLANE.pixels([[a, 0], [b, 0]])
        drawn.append(draw.hatch(x1, PLANE.y, x2 - x1, PLANE.height, look=style.EMPTY, gap=14))
        drawn.append(draw.text((x1 + x2) / 2, PLANE.y + 18, "saturated", look="quiet halo"))
    values, slopes = activation.values(FINE), activation.slopes(FINE)
    if activation.name == "ReLU":
        slopes = np.where(FINE == 0, np.nan, slopes)
    y = PLANE.y + PLANE.height + 66
    return [
        *drawn,
        curve(PLANE.pixels(np.stack([FINE, _clipped(values)], 1)), style.OUTPUT),
        curve(PLANE.pixels(np.stack([FINE, _clipped(slopes)], 1)), style.KERNEL, dashed=True),
        curve(np.array([[PLANE.x, y - 4], [PLANE.x + 28, y - 4]]), style.OUTPUT),
        draw.text(PLANE.x + 36, y, "f(z)", anchor="start"),
        curve(np.array([[PLANE.x + 90, y - 4], [PLANE.x + 118, y - 4]]), style.KERNEL,
              dashed=True),
        draw.text(PLANE.x + 126, y, "slope f′(z)", anchor="start"),
        draw.text(PLANE.x + 226, y, "hatched: slope below 0.05", anchor="start", look="quiet"),
        *_table(activation),
    ]  # fmt: skip


def _about(activation: Activation) -> str:
    return "share of one score beside 0 and 1" if activation.name == "softmax" else ""


def _table(activation: Activation) -> list[str]:
    top = 224
    drawn = [draw.caption(LEFT, top - 8, "properties", "✓ yes  ✗ no")]
    for row, name in enumerate(FUNCTIONS):
        y = top + 46 + row * ROW
        here = name == activation.name
        if here:
            drawn.append(draw.bar(LEFT - 6, y - 17, 298, ROW, look=style.OUTPUT))
        drawn.append(draw.text(LEFT, y, name, anchor="start", look="bold" if here else ""))
        for column, has in enumerate(Activation(name).properties().values()):
            x = LEFT + FIRST + column * COLUMN
            look = "word-green bold" if has else "word-vermillion bold"
            drawn.append(draw.text(x, y, "✓" if has else "✗", look=look))
    for column, name in enumerate(PROPERTIES):
        x, y = LEFT + FIRST + column * COLUMN, top + 12 + 12 * (column % 2)
        drawn.append(draw.text(x, y, name, look="quiet", size="small"))
    return drawn


def _place(activation: Activation, z: float, value: float, slope: float) -> list[str]:
    run = 0.9 / np.hypot(1, slope)
    ends = np.clip([z - run, z + run], -REACH, REACH)
    tangent = np.stack([ends, value + slope * (ends - z)], 1)
    point = np.array([[z, value]])
    inside = PLANE.up[0] <= value <= PLANE.up[1]
    product = activation.through_layers(z)
    return [
        curve(PLANE.pixels(np.stack([tangent[:, 0], _clipped(tangent[:, 1])], 1)), style.EXTRA)
        if inside
        else draw.NOTHING,
        dots(PLANE.pixels(point), style.EXTRA, 6) if inside else draw.NOTHING,
        dots(PLANE.pixels([[z, slope]]), style.KERNEL, 5),
        draw.words(LEFT, 40, [("z = ", ""), (number(z), "bold")]),
        draw.words(LEFT, 66, [("f(z) = ", ""), (number(value), "word-green bold")]),
        draw.words(LEFT, 92, [("slope f′(z) = ", ""), (number(slope), "word-orange bold")]),
        draw.words(
            LEFT,
            118,
            [(f"ten such layers: {number(slope)}¹⁰ = ", ""), (number(product), "word-orange bold")],
        ),
        draw.bar(LEFT, 134, 290, 16, look=style.EMPTY),
        draw.bar(LEFT, 134, 290 * min(abs(product), 1.0), 16, look=style.KERNEL)
        if abs(product) > 0.002
        else draw.NOTHING,
        draw.text(LEFT, 168, _verdict(product), anchor="start", look="quiet"),
    ]


def _verdict(product: float) -> str:
    if abs(product) < 0.01:
        return "the gradient has vanished"
    return "the gradient gets through" if abs(product) > 0.5 else "the gradient has faded"


def _sentence(activation: Activation, z: float, value: float, slope: float) -> str:
    product = activation.through_layers(z)
    flat = " It is saturated there." if abs(slope) < SATURATED else ""
    return (
        f"{activation.name} at z = {number(z)} has the value {number(value)} and the slope"
        f" {number(slope)}.{flat} Through {LAYERS} such layers the slopes multiply to"
        f" {number(product)}: {_verdict(product)}."
    )
