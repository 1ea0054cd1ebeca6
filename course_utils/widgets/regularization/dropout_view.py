"""The pictures of dropout: the network with neurons switched off, and what the crowd says."""

from itertools import pairwise

import numpy as np

from course_utils.widgets import draw, style
from course_utils.widgets.draw.marks import between, dots, node
from course_utils.widgets.draw.panel import Panel
from course_utils.widgets.regularization.dropout_model import DRAWS, INPUT, LAYERS, Crowd, Thin
from course_utils.widgets.stepper import Frame

WIDTH, HEIGHT = 820, 400
COLUMNS = (40, 156, 272, 388)
TOP, BOTTOM, RADIUS = 60, 330, 18
THIN, MEAN, WHOLE = style.INPUT, style.KERNEL, style.OUTPUT


def dropout_frames(crowd: Crowd) -> list[Frame]:
    """The whole network first, then a frame for each draw."""
    outputs = np.array([each.output for each in crowd.thin])
    low, high = min(outputs.min(), crowd.whole.output), max(outputs.max(), crowd.whole.output)
    room = 0.08 * (high - low) + 0.1
    panel = Panel(496, 60, 300, 200, (0, DRAWS), (low - room, high + room))
    base = _base(crowd, panel)
    frames = []
    for step, shown in enumerate([crowd.whole, *crowd.thin]):
        so_far = outputs[:step]
        body = [*base, *_network(shown), *_course(panel, so_far), *_told(crowd, so_far, step)]
        body += panel.columns(range(DRAWS + 1))
        sentence = _sentence(crowd, shown, so_far, step)
        frames.append(Frame.drawn(WIDTH, HEIGHT, body, sentence=sentence, step=step))
    return frames


def _places(count: int) -> np.ndarray:
    middle, gap = (TOP + BOTTOM) / 2, 48
    return middle + gap * (np.arange(count) - (count - 1) / 2)


def _network(shown: Thin) -> list[str]:
    """Neurons with what they hand on; those that are off are dashed and have no lines."""
    inputs, output = np.array(INPUT), np.array([shown.output])
    values = [inputs, *shown.values, output]
    on = [np.ones(len(INPUT)), *shown.factors, np.ones(1)]
    drawn = []
    for (x1, x2), layer in zip(pairwise(COLUMNS), range(len(LAYERS) - 1), strict=True):
        path = ""
        for a, y1 in enumerate(_places(LAYERS[layer])):
            for b, y2 in enumerate(_places(LAYERS[layer + 1])):
                if on[layer][a] and on[layer + 1][b]:
                    ends = between(x1, y1, x2, y2, RADIUS)
                    c, d, e, f = (draw.coordinate(round(end, 1)) for end in ends)
                    path += f"M{c} {d}L{e} {f}"
        drawn.append(draw.path(f"thin-{style.EMPTY}", path) if path else draw.NOTHING)
    looks = (style.INPUT, style.KERNEL, style.KERNEL, style.OUTPUT)
    for x, layer, look in zip(COLUMNS, range(len(LAYERS)), looks, strict=True):
        for at, y in enumerate(_places(LAYERS[layer])):
            if on[layer][at]:
                drawn.append(node(x, y, RADIUS, _short(values[layer][at]), look, "small"))
            else:
                drawn.append(draw.circle(f"thin-{style.EMPTY} dashed", x, y, RADIUS))
                drawn.append(draw.text(x, y + 5, "off", look="quiet", size="small"))
    return drawn


def _short(value: float) -> str:
    text = f"{value:.1f}"
    return ("0.0" if text == "-0.0" else text).replace("-", "−")


def _base(crowd: Crowd, panel: Panel) -> list[str]:
    scaled = "kept ones ÷ (1 − p)" if crowd.inverted else "kept ones not scaled"
    whole = panel.over(crowd.whole.output)
    low, high = panel.up
    return [
        draw.caption(8, 20, "the network", f"p = {crowd.share:g}, {scaled}"),
        draw.caption(460, 20, "its output", "draw after draw"),
        panel.axes((0, 6, 12, 18, 24), _ticks(low, high), "draw"),
        draw.line(f"line-{WHOLE} dashed", panel.x, whole, panel.x + panel.width, whole),
        draw.words(
            460, HEIGHT - 76,
            [("● thin", f"word-{THIN} bold"), ("  ", ""),
             ("— mean so far", f"word-{MEAN} bold"), ("  ", ""),
             ("dashed: the whole", f"word-{WHOLE} bold")],
        ),
        draw.text(
            8, HEIGHT - 14,
            f"{crowd.neurons} neurons, each on or off:"
            f" {draw.digits(2**crowd.neurons)} thin networks",
            look="quiet", anchor="start",
        ),
    ]  # fmt: skip


def _ticks(low: float, high: float) -> list[float]:
    """Some round numbers between two."""
    step = next(each for each in (0.5, 1, 2, 5, 10, 20, 50) if (high - low) / each < 6)
    return [step * k for k in range(int(np.ceil(low / step)), int(high // step) + 1)]


def _course(panel: Panel, outputs: np.ndarray) -> list[str]:
    if not len(outputs):
        return [draw.NOTHING, draw.NOTHING]
    steps = np.arange(1, len(outputs) + 1)
    means = outputs.cumsum() / steps
    pixels = np.array(
        [[panel.at(s), panel.over(v)] for s, v in zip(steps.tolist(), outputs, strict=True)]
    )
    return [dots(pixels, THIN, 3.5), panel.curve(steps, means, MEAN)]


def _told(crowd: Crowd, outputs: np.ndarray, step: int) -> list[str]:
    now = f"{outputs[-1]:.2f}" if step else "–"
    mean = f"{outputs.mean():.2f}" if step else "–"
    return [
        draw.words(
            460, HEIGHT - 46,
            [("this one: ", ""), (now.replace("-", "−"), f"word-{THIN} bold"),
             (" · mean so far: ", ""), (mean.replace("-", "−"), f"word-{MEAN} bold")],
        ),
        draw.words(
            460, HEIGHT - 20,
            [("the whole network (evaluation): ", ""),
             (f"{crowd.whole.output:.2f}".replace("-", "−"), f"word-{WHOLE} bold")],
        ),
    ]  # fmt: skip


def _sentence(crowd: Crowd, shown: Thin, outputs: np.ndarray, step: int) -> str:
    whole = f"{crowd.whole.output:.2f}".replace("-", "−")
    if not step:
        return f"Evaluation: all {crowd.neurons} neurons work, and the output is {whole}."
    said, mean = (f"{value:.2f}".replace("-", "−") for value in (shown.output, outputs.mean()))
    return (
        f"Draw {step}: {shown.off} of {crowd.neurons} neurons are off, and the output is {said}."
        f" Mean of the draws so far: {mean}; the whole network says {whole}."
    )
