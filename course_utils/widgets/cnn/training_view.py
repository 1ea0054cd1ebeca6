"""The pictures of a training run: curves, and the confusion matrix of the epoch."""

import numpy as np

from course_utils.widgets import draw, style
from course_utils.widgets.cnn.training_model import Run
from course_utils.widgets.draw import number
from course_utils.widgets.draw.marks import diamond
from course_utils.widgets.draw.panel import Panel
from course_utils.widgets.stepper import Frame

C = draw.coordinate
WIDTH, HEIGHT = 880, 470
LEFT, PLOT = 50, 316
MATRIX, TOP, SPAN, TALL = 500, 66, 366, 320


def frames(run: Run) -> list[Frame]:
    """One frame for each epoch."""
    plots = _Plots(run)
    base, clicks = plots.base(), plots.clicks()
    made = []
    for step in range(len(run.epochs)):
        body = [*base, *plots.now(step), *_matrix(run, step), *clicks]
        sentence = _sentence(run, step)
        made.append(Frame.drawn(WIDTH, HEIGHT, body, sentence=sentence, step=step))
    return made


def _ticks(top: float) -> list[float]:
    """0 and a few round numbers up to `top`."""
    unit = 10.0 ** np.floor(np.log10(top / 2))
    step = next(m * unit for m in (1, 2, 5, 10) if top / (m * unit) <= 4)
    return [round(float(v), 10) for v in np.arange(0, top + 1e-9, step)]


class _Plots:
    """Loss above, accuracy below, over the same epochs."""

    def __init__(self, run: Run) -> None:
        self.run = run
        first, last = run.epochs[0], run.epochs[-1]
        across = (float(first), float(last)) if last > first else (first - 1.0, first + 1.0)
        top = max(1e-6, float(max(run.train_loss.max(), run.val_loss.max())) * 1.06)
        self.loss = Panel(LEFT, 44, PLOT, 150, across, (0, top))
        self.accuracy = Panel(LEFT, 274, PLOT, 130, across, (0, 1))
        stride = max(1, -(-len(run.epochs) // 8))
        self.ticks = [float(e) for e in run.epochs[::stride]]
        self.up = _ticks(top)

    def base(self) -> list[str]:
        run, quiet = self.run, style.EMPTY
        x = run.epochs.astype(float)
        chance = run.confusion[0].sum(axis=1).max() / max(run.confusion[0].sum(), 1)
        right = LEFT + PLOT
        return [
            draw.words(LEFT - 30, 26, [
                ("loss  ", "bold"), ("● training  ", "word-blue bold"),
                ("◆ validation", "word-vermillion bold"),
            ]),
            self.loss.axes(self.ticks, self.up, "epoch"),
            draw.words(
                LEFT - 30, 256, [("accuracy  ", "bold"), ("◆ validation", "word-green bold")]
            ),
            self.accuracy.axes(self.ticks, [0, 0.5, 1], "epoch"),
            self.accuracy.line(chance),
            *(
                draw.text(
                    right + 14, self.accuracy.over(chance) + down, words,
                    look="quiet", size="small", anchor="start",
                )
                for down, words in ((-2, "always the"), (12, "largest class"))
            ),
            *(_thin(p, x, y, quiet) for p, y in (
                (self.loss, run.train_loss), (self.loss, run.val_loss),
                (self.accuracy, run.accuracy),
            )),
        ]  # fmt: skip

    def now(self, step: int) -> list[str]:
        """The curves up to this epoch, and a mark at it."""
        run = self.run
        x = run.epochs[: step + 1].astype(float)
        drawn = []
        for panel in (self.loss, self.accuracy):
            at, top, foot = C(panel.at(x[-1])), C(panel.y), C(panel.y + panel.height)
            drawn.append(draw.path("axis", f"M{at} {top}V{foot}"))
        lines = (
            (self.loss, run.train_loss, style.INPUT, False),
            (self.loss, run.val_loss, style.ALERT, True),
            (self.accuracy, run.accuracy, style.OUTPUT, True),
        )
        for panel, values, look, pointed in lines:
            if step:
                drawn.append(panel.curve(x, values[: step + 1], look))
            drawn.append(_mark(panel, x[-1], values[step], look, pointed))
        best = int(run.val_loss[: step + 1].argmin())
        if best < step:
            drawn += self._lowest(best)
        return drawn

    def _lowest(self, best: int) -> list[str]:
        x = self.loss.at(float(self.run.epochs[best]))
        y = self.loss.over(self.run.val_loss[best])
        return [
            draw.circle(f"line-{style.ALERT}", x, y, 6),
            draw.text(
                max(x, LEFT + 26), y - 12, "lowest", look="word-vermillion halo", size="small"
            ),
        ]

    def clicks(self) -> list[str]:
        """Invisible columns over both panels."""
        values = [float(e) for e in self.run.epochs]
        return self.loss.columns(values) + self.accuracy.columns(values)


def _thin(panel: Panel, xs: np.ndarray, ys: np.ndarray, look: str) -> str:
    path = "L".join(f"{C(panel.at(x))} {C(panel.over(y))}" for x, y in zip(xs, ys, strict=True))
    return draw.path(f"thin-{look} dashed", f"M{path}")


def _mark(panel: Panel, x: float, y: float, look: str, pointed: bool) -> str:
    if pointed:
        return diamond(f"solid-{look}", panel.at(x), panel.over(y), 8)
    return panel.dot(x, y, look)


def _short(name: str, room: float) -> str:
    most = max(3, int(room / 7))
    return name if len(name) <= most else name[: most - 1] + "…"


def _matrix(run: Run, step: int) -> list[str]:
    k = len(run.names)
    wide, tall = SPAN / k, min(TALL / k, 110)
    counts, shares = run.confusion[step], run.shares(step)
    accuracy = f"{draw.percent(run.accuracy[step], 1)} right"
    drawn = [
        draw.caption(MATRIX - 90, 26, f"confusion matrix, epoch {run.epochs[step]}", accuracy),
        draw.text(MATRIX - 8, TOP - 10, "truth ↓", look="quiet", size="small", anchor="end"),
        draw.text(MATRIX + SPAN / 2, TOP - 10, "the network says →", look="quiet", size="small"),
    ]
    worst = run.worst_error(step)
    for row in range(k):
        y = TOP + row * tall
        name = _short(run.names[row], 84)
        drawn.append(draw.text(MATRIX - 8, y + tall / 2 + 4, name, size="small", anchor="end"))
        for column in range(k):
            x = MATRIX + column * wide
            right = row == column
            drawn.append(
                _cell(x, y, wide, tall, int(counts[row, column]), float(shares[row, column]), right)
            )
    foot = TOP + k * tall
    for column, name in enumerate(run.names):
        lower = 14 * (column % 2) if k > 5 else 0
        room = wide * (2 if k > 5 else 1)
        x = MATRIX + (column + 0.5) * wide
        drawn.append(draw.text(x, foot + 17 + lower, _short(name, room), size="small"))
    if worst is not None:
        row, column = worst
        x, y = MATRIX + column * wide, TOP + row * tall
        drawn.append(draw.highlight(x + 1, y + 1, wide - 2, tall - 2, look=style.ALERT))
        y = foot + (48 if k > 5 else 36)
        drawn.append(
            draw.text(
                MATRIX + SPAN,
                y,
                "framed: the most frequent error",
                look="word-vermillion",
                size="small",
                anchor="end",
            )
        )
    return drawn


def _cell(
    x: float, y: float, wide: float, tall: float, count: int, share: float, right: bool
) -> str:
    """A count; the stronger its colour, the larger its share of the row."""
    look = style.OUTPUT if right else style.ALERT
    drawn = draw.rect(f"thin-{style.EMPTY}", x + 1, y + 1, wide - 2, tall - 2)
    if count:
        opacity = 0.08 + 0.47 * share
        drawn += draw.rect(f"solid-{look}", x + 1, y + 1, wide - 2, tall - 2, opacity=opacity)
    large = tall >= 38
    look = "bold" if right else "" if count else "quiet"
    middle = x + wide / 2
    drawn += draw.text(middle, y + tall / 2 + (-1 if large else 4), str(count), look=look)
    if large and (count or right):
        drawn += draw.text(middle, y + tall / 2 + 14, draw.percent(share), size="small")
    return drawn


def _sentence(run: Run, step: int) -> str:
    sentence = (
        f"Epoch {run.epochs[step]} of {run.epochs[-1]}: training loss"
        f" {number(round(run.train_loss[step], 3))}, validation loss"
        f" {number(round(run.val_loss[step], 3))}, accuracy {draw.percent(run.accuracy[step], 1)}."
    )
    worst = run.worst_error(step)
    if worst is None:
        return f"{sentence} Every validation image is right."
    row, column = worst
    counts = run.confusion[step]
    sentence += (
        f" Most frequent error: {counts[row, column]} of {counts[row].sum()} images of the class"
        f" “{run.names[row]}” are called “{run.names[column]}”."
    )
    rises = run.val_loss[step] > 1.1 * run.val_loss[run.best]
    falls = run.train_loss[step] < run.train_loss[run.best]
    if step == len(run.epochs) - 1 and rises and falls:
        sentence += (
            f" The validation loss was lowest in epoch {run.epochs[run.best]} and has risen since,"
            " while the training loss fell: the network overfits."
        )
    return sentence
