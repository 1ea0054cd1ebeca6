"""The pictures of pooling backwards: forward goes up on the left, derivatives fall on the right.

A derivative is a coin. When a frame is new on the page, its coins fall (CSS animation, not for
readers who asked for less motion); without animation the frame shows them where they landed.
"""

from collections.abc import Iterator

import numpy as np

from course_utils.widgets import draw, style
from course_utils.widgets.draw import coordinate
from course_utils.widgets.pooling.backward_counter import COIN, COUNTER, Counter
from course_utils.widgets.pooling.backward_model import OVERLAPS, PoolingBackward
from course_utils.widgets.pooling.backward_words import (
    amount,
    arrival,
    backward_words,
    ending,
    forward_words,
)
from course_utils.widgets.stepper import Frame
from course_utils.widgets.windows import first_window

GRADIENT = style.EXTRA
TOP, GAP, LEFT, BETWEEN, ASIDE = 44, 66, 30, 92, 44
PANEL = 236  # width of the words on the right

MOTION = (
    "<style>"
    ".course-coin{animation:course-fall .8s cubic-bezier(.45,.05,.9,.55) backwards}"
    ".course-before{animation:course-vanish .8s backwards}"
    ".course-after{animation:course-appear .8s backwards}"
    "@keyframes course-fall{0%{transform:translate(var(--x),var(--y));opacity:1}"
    "12%{transform:translate(var(--x),var(--y));opacity:1}88%{transform:none;opacity:1}"
    "100%{transform:none;opacity:0}}"
    "@keyframes course-vanish{0%,87%{opacity:1}100%{opacity:0}}"
    "@keyframes course-appear{0%,87%{opacity:0}100%{opacity:1}}"
    "@media (prefers-reduced-motion:reduce){"
    ".course-coin,.course-before,.course-after{animation:none}}"
    "</style>"
)


class _Layout:
    """Where the four grids stand."""

    def __init__(self, n: int, m: int) -> None:
        self.n, self.m = n, m
        self.cell = c = int(min(390 / (n + m), 208 / n, 42))
        self.x1 = LEFT
        self.x2 = LEFT + n * c + BETWEEN
        self.shift = (n - m) * c / 2  # the small grids stand above the middle of the large ones
        self.low = TOP + m * c + GAP
        self.x3 = self.x2 + n * c + ASIDE
        self.width = max(self.x3 + PANEL, 620)
        self.foot = self.low + n * c
        self.counter = self.foot + 84
        self.height = self.counter + COUNTER + 16

    def up(self, at: int, x: float) -> tuple[float, float]:
        """The corner of a cell of a small grid."""
        row, column = divmod(int(at), self.m)
        return x + self.shift + column * self.cell, TOP + row * self.cell

    def down(self, at: int, x: float) -> tuple[float, float]:
        """The corner of a cell of a large grid."""
        row, column = divmod(int(at), self.n)
        return x + column * self.cell, self.low + row * self.cell

    def middle(self, corner: tuple[float, float]) -> tuple[float, float]:
        return corner[0] + self.cell / 2, corner[1] + self.cell / 2


class _Stage:
    """All frames of a model."""

    def __init__(self, model: PoolingBackward) -> None:
        self.model = model
        self.place = _Layout(len(model.x), model.size)
        self.count = len(model.windows)
        self.forward_goto = first_window(len(model.x), model.windows).ravel()
        last = np.where(model.drops != 0, np.arange(self.count)[:, None], -1).max(axis=0)
        self.backward_goto = np.where(last < 0, -1, self.count + 1 + last)
        self.coins = model.kind == "max" and self.place.cell >= 24

    # ------------------------------------------------------------------ the left half: forward

    def forward(self, step: int, current: int | None, rising: bool = False) -> Iterator[str]:
        """Activations below, pooled values above; `step` windows are done."""
        model, place, c = self.model, self.place, self.place.cell
        yield from self._forward_base()
        for at in range(step):
            corner = place.up(at, place.x1)
            yield draw.cell(*corner, c, amount(model.output.flat[at]), look=style.OUTPUT, goto=at)
        if current is not None:
            window = model.windows[current]
            for at, gives in zip(window, self.model.gives[current], strict=True):
                look = style.KERNEL if model.kind == "max" else style.OUTPUT
                yield draw.cell(
                    *place.down(at, place.x1), c, amount(model.x.flat[at]),
                    look=style.OUTPUT if gives else look, word="bold" if gives else "",
                    goto=int(self.forward_goto[at]),
                )  # fmt: skip
            yield self._frame(current, place.x1, style.KERNEL)
            yield draw.highlight(*place.up(current, place.x1), c, c, look=style.OUTPUT)
            if rising:
                yield from self._rising(current)
        if model.kind == "max":
            yield from self._switches(step)

    def _rising(self, current: int) -> Iterator[str]:
        """From the cells that decide up to the pooled value."""
        place = self.place
        end = place.middle(place.up(current, place.x1))
        cells = self.model.windows[current][self.model.gives[current]]
        if self.model.kind == "mean":  # one arrow from the upper edge stands for all
            cells = cells[self.model.k // 2 :][:1]
        for at in cells:
            yield self._arrow(place.middle(place.down(at, place.x1)), end, style.OUTPUT)

    def _arrow(self, start: tuple, end: tuple, look: str, dashed: bool = False) -> str:
        """An arrow between the middles of two cells that leaves their numbers readable."""
        away = 0.36 * self.place.cell / float(np.hypot(end[0] - start[0], end[1] - start[1]))
        shift = [(b - a) * away for a, b in zip(start, end, strict=True)]
        return draw.arrow(
            start[0] + shift[0], start[1] + shift[1], end[0] - shift[0], end[1] - shift[1],
            look=look, dashed=dashed,
        )  # fmt: skip

    def _forward_base(self) -> Iterator[str]:
        model, place, c = self.model, self.place, self.place.cell
        n, m = place.n, place.m
        yield draw.words(
            place.x1, TOP - 26, [("forward: ", "word-green bold"), ("pooled upwards", "")]
        )
        yield draw.grid(
            np.full((m, m), ""), place.x1 + place.shift, TOP, c, look=style.EMPTY,
            goto=np.arange(m * m).reshape(m, m),
        )  # fmt: skip
        yield draw.grid(
            np.vectorize(amount, otypes=[object])(model.x), place.x1, place.low, c,
            look=style.INPUT, hatching=np.where(model.unread, style.ALERT, ""),
            goto=self.forward_goto.reshape(n, n),
        )  # fmt: skip
        yield draw.words(place.x1, place.foot + 20, [(f"activations {n} × {n}", "bold")])
        what = f"{model.kind} of {model.k} × {model.k}, stride {model.s}"
        if model.unread.any():
            what += " · hatched: in no window"
        yield draw.text(place.x1, place.foot + 37, what, look="quiet", size="small", anchor="start")

    def _switches(self, step: int) -> Iterator[str]:
        """A dot for each window that a cell has won."""
        wins: dict[int, int] = {}
        for window, gives in zip(self.model.windows[:step], self.model.gives[:step], strict=True):
            for at in window[gives]:
                wins[int(at)] = wins.get(int(at), 0) + 1
        for at, won in sorted(wins.items()):
            x, y = self.place.down(at, self.place.x1)
            dots = "".join(
                f'<circle class="{draw.P}-solid-{style.OUTPUT}" r="2.4"'
                f' cx="{coordinate(x + 5 + 6 * dot)}" cy="{coordinate(y + 5)}"/>'
                for dot in range(min(won, (self.place.cell - 6) // 6))
            )
            yield dots

    def _frame(self, window: int, x: float, look: str, dashed: bool = False) -> str:
        side = self.model.k * self.place.cell
        corner = self.place.down(self.model.windows[window, 0], x)
        return draw.highlight(*corner, side, side, look=look, dashed=dashed)

    # ------------------------------------------------------------------ the right half: backward

    def backward(self, done: int, current: int | None, known: bool) -> Iterator[str]:
        """Derivatives above, the gradient below; `done` windows have handed theirs down."""
        model, place, c = self.model, self.place, self.place.cell
        n, m = place.n, place.m
        yield draw.words(
            place.x2, TOP - 26, [("backward: ", "word-purple bold"), ("derivatives fall", "")]
        )
        yield draw.words(place.x2, place.foot + 20, [("gradient of the activations", "bold")])
        what = "a coin: a derivative"
        if model.kind == "mean":
            what = f"each cell gets 1/{model.k**2} of a coin"
        yield draw.text(place.x2, place.foot + 37, what, look="quiet", size="small", anchor="start")
        waiting = range(done, m * m) if known else range(0)
        for at in range(m * m):
            word = amount(model.dout.flat[at]) if known and at < done else ""
            yield draw.cell(
                *place.up(at, place.x2), c, word, look=GRADIENT if at in waiting else style.EMPTY,
                word="quiet", goto=self.count + 1 + at,
            )  # fmt: skip
        before = model.partial[done - (current is not None)]
        after = model.partial[done]
        for at in range(n * n):
            yield from self._landing(at, before[at], after[at], done, current)
        if current is not None:
            yield from self._way(current)
        for at in waiting:
            middle = place.middle(place.up(at, place.x2))
            yield self._coin(*middle, amount(model.dout.flat[at]), goto=self.count + 1 + at)
        if current is not None:
            yield from self._falling(current)

    def _landing(
        self, at: int, before: float, after: float, done: int, current: int | None
    ) -> Iterator[str]:
        """A cell of the gradient; where a coin is falling, as before it and as after it."""
        place, goto = self.place, int(self.backward_goto[at])
        corner = place.down(at, place.x2)
        hit = current is not None and self.model.drops[current, at] != 0
        over = done == self.count and current is None
        hatching = style.ALERT if self.model.unread.flat[at] else ""
        empty = draw.cell(
            *corner, place.cell, "0" if over else "",
            look=style.EMPTY, word="quiet", hatching=hatching, goto=goto if goto >= 0 else None,
        )  # fmt: skip
        if hit and before:
            yield f'<g class="{draw.P}-before" opacity="0">{self._pile(at, before, done - 1)}</g>'
        elif hit:
            yield f'<g class="{draw.P}-before" opacity="0">{empty}</g>'
        if hit:
            yield f'<g class="{draw.P}-after">{self._pile(at, after, done)}</g>'
        else:
            yield self._pile(at, after, done) if after else empty

    def _pile(self, at: int, value: float, done: int) -> str:
        """A cell with what has landed in it."""
        place, c = self.place, self.place.cell
        corner = place.down(at, place.x2)
        goto = int(self.backward_goto[at])
        if not self.coins:
            return draw.cell(*corner, c, amount(value), look=COIN, word="bold", goto=goto)
        parts = self.model.drops[:done, at]
        parts = parts[parts != 0]
        if self.model.overlaps != OVERLAPS[0]:
            parts = parts[-1:]
        formula = "+".join(amount(part) for part in parts) if len(parts) > 1 else ""
        room = c >= 36 and len(formula) * 6.6 <= c - 2
        x, y = place.middle(corner)
        y -= 6 if formula and room else 0
        pile = "".join(
            self._coin(x, y + 3 * deep, "") for deep in reversed(range(1, min(len(parts), 4)))
        )
        drawn = draw.cell(*corner, c, "", look=GRADIENT) + pile + self._coin(x, y, amount(value))
        if formula and room:
            drawn += draw.text(x, y + c / 2 + 2, formula, look="halo", size="small")
        return draw.link(goto, drawn)

    def _coin(self, x: float, y: float, word: str, goto: int | None = None) -> str:
        radius = 0.31 * self.place.cell
        drawn = draw.circle(f"fill-{COIN}", x, y, radius)
        if word:
            size = "label" if len(word) * 7.5 < 2 * radius else "small"
            baseline = y + 0.36 * style.SIZES[size]
            drawn += draw.text(x, baseline, word, look="bold", size=size)
        return draw.link(goto, drawn)

    def _way(self, current: int) -> Iterator[str]:
        """The window that hands its derivative down, and to whom."""
        model, place = self.model, self.place
        yield self._frame(current, place.x2, style.KERNEL, dashed=True)
        yield draw.highlight(*place.up(current, place.x2), place.cell, place.cell, look=GRADIENT)
        if model.kind == "max":
            start = place.middle(place.up(current, place.x2))
            cells = np.flatnonzero(model.drops[current])
            if len(cells) == 1:  # several arrows would hide the numbers
                end = place.middle(place.down(cells[0], place.x2))
                yield self._arrow(start, end, GRADIENT, dashed=True)

    def _falling(self, current: int) -> Iterator[str]:
        """The coins themselves, while the picture is new."""
        model, place = self.model, self.place
        start = place.middle(place.up(current, place.x2))
        for at in np.flatnonzero(model.drops[current]).tolist():
            x, y = place.middle(place.down(at, place.x2))
            word = amount(model.drops[current, at]) if model.kind == "max" else ""
            dx, dy = (coordinate(a - b) for a, b in zip(start, (x, y), strict=True))
            yield (
                f'<g class="{draw.P}-coin" opacity="0" style="--x:{dx}px;--y:{dy}px">'
                f"{self._coin(x, y, word)}</g>"
            )

    def panel(self, lines: list[tuple[str, str]]) -> Iterator[str]:
        """What happens in this frame, in a few words on the right."""
        y = TOP + 12
        for content, look in lines:
            if content:
                yield draw.text(self.place.x3, y, content, look=look, anchor="start")
            y += 22 if content else 8

    def frame(self, step: int, parts: list[Iterator[str]], sentence: str) -> Frame:
        lines = [MOTION, *(line for part in parts for line in part)]
        body = "\n".join(lines)
        place = self.place
        return Frame(
            draw.picture(place.width, place.height, body, sentence=sentence, step=step), sentence
        )


def backward_frames(model: PoolingBackward) -> list[Frame]:
    """A frame for each window upwards, one for the derivatives that arrive, and down again."""
    stage, frames = _Stage(model), []
    place = stage.place
    width = place.x2 + place.n * place.cell - place.x1
    counter = Counter(model, place.x1, place.counter, width, place.x3)
    for window in range(stage.count):
        lines, sentence = forward_words(model, window)
        frames.append(
            stage.frame(
                window,
                [stage.forward(window + 1, window, True), stage.backward(0, None, False),
                 counter.draw(0, False), stage.panel(lines)],
                sentence,
            )
        )  # fmt: skip
    lines, sentence = arrival(model)
    frames.append(
        stage.frame(
            stage.count,
            [stage.forward(stage.count, None), stage.backward(0, None, True), counter.draw(0, True),
             stage.panel(lines)],
            sentence,
        )
    )  # fmt: skip
    for window in range(stage.count):
        lines, sentence = backward_words(model, window)
        frames.append(
            stage.frame(
                stage.count + 1 + window,
                [stage.forward(stage.count, window), stage.backward(window + 1, window, True),
                 counter.draw(window + 1, True, True), stage.panel(lines)],
                sentence,
            )
        )  # fmt: skip
    lines, sentence = ending(model)
    frames.append(
        stage.frame(
            2 * stage.count + 1,
            [stage.forward(stage.count, None), stage.backward(stage.count, None, True),
             counter.draw(stage.count, True), stage.panel(lines)],
            sentence,
        )
    )  # fmt: skip
    return frames
