"""The pictures of a transposed convolution: values that add up, and the pattern they leave."""

import numpy as np

from course_utils.widgets import draw, style
from course_utils.widgets.draw import number
from course_utils.widgets.segmentation.transposed_model import Transposed
from course_utils.widgets.stepper import Frame

EDGE, GAP, TOP = 24, 58, 44
WIDEST = 820


def _size_formula(model: Transposed, x: float, y: float) -> str:
    n, k, s = len(model.x), len(model.w), model.stride
    p, more = model.padding, model.output_padding
    return draw.words(
        x, y,
        [
            ("output = (", ""), ("n", "word-blue bold"), (" − 1)·s − 2p + (", ""),
            ("k", "word-orange bold"), (" − 1) + output padding + 1 = (", ""),
            (str(n), "word-blue bold"), (f" − 1)·{s} − 2·{p} + (", ""),
            (str(k), "word-orange bold"), (f" − 1) + {more} + 1 = ", ""),
            (str(model.size), "word-green bold"),
        ],
    )  # fmt: skip


def _nearest(model: Transposed) -> np.ndarray:
    """(side, side) the last input cell that adds to each cell of the full output, −1 for none."""
    cells = np.arange(1, len(model.reached) + 1)[:, None, None]
    return (model.reached * cells).max(axis=0) - 1


def value_frames(model: Transposed) -> list[Frame]:
    """A frame for each input cell: it is multiplied with the kernel and added to the output."""
    n, k, side = len(model.x), len(model.w), model.side
    c = int(np.clip((WIDEST - 2 * (EDGE + GAP)) / (n + k + side), 24, 38))
    x2 = EDGE + n * c + GAP
    x3 = x2 + max(k * c, 130) + GAP
    width = max(x3 + side * c + 8, 660)
    y2 = TOP + k * c + 40
    bottom = max(TOP + side * c + 26, y2 + k * c + 12)
    cut = np.where(model.kept, "", style.ALERT)
    note = "hatched: cut off by the padding" if model.padding else ""
    base = [
        draw.caption(EDGE, TOP - 24, f"input {n} × {n}"),
        draw.grid(draw.texts(model.x), EDGE, TOP, c, goto=np.arange(n * n).reshape(n, n)),
        draw.caption(x2, TOP - 24, f"kernel {k} × {k}"),
        draw.grid(draw.texts(model.w), x2, TOP, c, look=style.KERNEL),
        draw.caption(x2, y2 - 10, "input cell × kernel"),
        draw.caption(x3, TOP - 24, f"output {model.size} × {model.size}"),
        draw.text(x3, TOP + side * c + 18, note, look="quiet", anchor="start"),
        _size_formula(model, EDGE, bottom + 26),
    ]
    goto, touched = _nearest(model), np.zeros((side, side), dtype=bool)
    frames = []
    for step, reached in enumerate(model.reached):
        row, column = divmod(step, n)
        again = int((touched & reached).sum())
        touched = touched | reached
        looks = np.select([reached, touched], [style.KERNEL, style.OUTPUT], style.EMPTY)
        shown = np.where(touched, draw.texts(model.partial[step]), "")
        here = EDGE + column * c, TOP + row * c
        corner = x3 + column * model.stride * c, TOP + row * model.stride * c
        value = number(model.x[row, column])
        body = [
            *base,
            draw.cell(*here, c, value, look=style.KERNEL, word="bold", goto=step),
            draw.highlight(*here, c, c, look=style.KERNEL),
            draw.grid(draw.texts(model.x[row, column] * model.w), x2, y2, c, look=style.EXTRA),
            draw.arrow(
                x2 - GAP + 12, here[1] + c / 2, x2 - 8, y2 + k * c / 2, look=style.EMPTY
            ),
            draw.arrow(
                x2 + k * c + 8, y2 + k * c / 2, x3 - 8, corner[1] + k * c / 2, look=style.EMPTY
            ),
            draw.grid(shown, x3, TOP, c, look=looks, hatching=cut, goto=goto),
            draw.highlight(*corner, k * c, k * c, look=style.KERNEL),
        ]  # fmt: skip
        sentence = (
            f"Input [{row}, {column}] is {value}: {value} times the kernel is added to {k} × {k}"
            f" cells of the output. {_overlap(again)}"
        )
        if step + 1 == len(model.reached):
            sentence += f" The output is {model.size} × {model.size}."
        frames.append(Frame.drawn(width, bottom + 44, body, sentence=sentence, step=step))
    return frames


def _overlap(cells: int) -> str:
    if not cells:
        return "No other input cell has added there before."
    return f"{draw.plural(cells, 'cell')} had something before: there the values add up."


def _counted(
    counts: np.ndarray, x: float, y: float, c: float, goto: np.ndarray, inside: np.ndarray
) -> str:
    """A grid of counts; where they stay uneven, the most are hatched: the pattern shows."""
    uneven = not _even(inside)
    most = (counts > 0) & (counts == inside.max(initial=0)) & uneven
    looks = np.select(
        [counts == 0, most, counts == inside.max(initial=0)],
        [style.EMPTY, style.ALERT, style.OUTPUT],
        style.INPUT,
    )
    hatching = np.where(most, style.ALERT, "")
    return draw.grid(draw.texts(counts), x, y, c, look=looks, hatching=hatching, goto=goto)


def count_frames(model: Transposed) -> list[Frame]:
    """A frame for each input cell: how often each output cell is added to, in two ways to enlarge.

    The padding cuts nothing off here, so that the edges can be seen.
    """
    n, k, s, side = len(model.x), len(model.w), model.stride, model.side
    smooth = model.smooth_counts.shape[-1]
    c = int(np.clip((WIDEST - 2 * EDGE - GAP) / (side + smooth), 20, 34))
    x2 = max(EDGE + side * c + GAP, EDGE + 330)
    width = x2 + max(smooth * c, 330) + 8
    bottom = TOP + max(side, smooth) * c + 24
    goto = _nearest(model)
    cells = np.arange(n * n).reshape(n, n).repeat(s, 0).repeat(s, 1)
    last = len(model.counts) - 1
    ours, theirs = model.inside, model.smooth_inside
    base = [
        draw.caption(EDGE, TOP - 24, "transposed convolution", f"{k} × {k}, stride {s}"),
        draw.caption(x2, TOP - 24, "nearest × " + str(s) + ", then convolution", "3 × 3"),
        draw.text(
            EDGE, bottom, "how many input cells add to it", look="quiet", anchor="start"
        ),
        draw.text(
            x2, bottom, "how many enlarged cells it reads", look="quiet", anchor="start"
        ),
    ]  # fmt: skip
    frames = []
    for step, (counts, smoothed) in enumerate(zip(model.counts, model.smooth_counts, strict=True)):
        body = [
            *base,
            _counted(counts, EDGE, TOP, c, goto, ours),
            _counted(smoothed, x2, TOP, c, cells, theirs),
        ]
        verdicts = (_verdict(ours), _verdict(theirs)) if step == last else ("", "")
        for x, verdict, good in zip((EDGE, x2), verdicts, map(_even, (ours, theirs)), strict=True):
            look = "word-green bold" if good else "word-vermillion bold"
            body.append(draw.text(x, bottom + 22, verdict, look=look, anchor="start"))
        sentence = (
            f"After {step + 1} of {n * n} input cells, an output cell of the transposed"
            f" convolution has been added to up to {draw.plural(int(counts.max()), 'time')}."
        )
        if step == last:
            sentence = (
                f"Away from the edge. Transposed convolution {k} × {k} with stride {s}:"
                f" {verdicts[0]}. Nearest × {s} and convolution 3 × 3: {verdicts[1]}."
            )
        frames.append(Frame.drawn(width, bottom + 34, body, sentence=sentence, step=step))
    return frames


def _even(counts: np.ndarray) -> bool:
    return not counts.size or bool(counts.min() == counts.max())


def _verdict(counts: np.ndarray) -> str:
    if not counts.size:
        return "all cells lie at the edge"
    least, most = int(counts.min()), int(counts.max())
    if least == most:
        return f"even: {draw.plural(most, 'time')} everywhere"
    pattern = "a checkerboard" if least else "gaps"
    return f"uneven: {least} to {draw.plural(most, 'time')}, {pattern}"
