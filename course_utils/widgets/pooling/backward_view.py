"""The pictures of pooling backwards: forward goes up on the left, derivatives fall on the right.

A derivative is a coin. When a frame is new on the page, its coins fall (CSS animation, not for
readers who asked for less motion); without animation the frame shows them where they landed.
"""

from collections.abc import Iterator

import numpy as np

from course_utils.widgets import draw, style
from course_utils.widgets.draw import coordinate
from course_utils.widgets.pooling.backward_model import OVERLAPS, TIES, PoolingBackward
from course_utils.widgets.pooling.windows import first_window
from course_utils.widgets.stepper import Frame

COIN, GRADIENT = "yellow", style.EXTRA
TOP, GAP, LEFT, BETWEEN, ASIDE = 44, 66, 30, 92, 44
PANEL = 236  # width of the words on the right
COUNTER = 24  # height of the mass counter

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


def amount(value: float) -> str:
    """A number of the picture: whole, or with at most two decimals."""
    return f"{value:.2f}".rstrip("0").rstrip(".").replace("-", "−")


def _sum(values: np.ndarray) -> str:
    return " + ".join(amount(value) for value in values)


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


class _Film:
    """All frames of a model."""

    def __init__(self, model: PoolingBackward) -> None:
        self.model = model
        self.place = _Layout(len(model.x), model.size)
        self.count = len(model.windows)
        self.total = float(model.dout.sum())
        self.gives = model.shares > 0  # of each window, the cells that get something
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
            yield draw.cell(*corner, c, amount(model.pooled.flat[at]), look=style.OUTPUT, goto=at)
        if current is not None:
            window = model.windows[current]
            for at, gives in zip(window, self.gives[current], strict=True):
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
        cells = self.model.windows[current][self.gives[current]]
        if self.model.kind == "mean":  # the middle stands for all
            cells = cells[len(cells) // 2 :][:1]
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
        for window, gives in zip(self.model.windows[:step], self.gives[:step], strict=True):
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
        yield draw.text(
            place.x2, place.foot + 37, "a coin: a derivative", look="quiet", size="small",
            anchor="start",
        )  # fmt: skip
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
        hatching = style.ALERT if self.model.unread.flat[at] else ""
        empty = draw.cell(
            *corner, place.cell, "0" if done == self.count and not after else "",
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
        return f'<g data-goto="{goto}">{drawn}</g>'

    def _coin(self, x: float, y: float, word: str, goto: int | None = None) -> str:
        radius = 0.31 * self.place.cell
        drawn = (
            f'<circle class="{draw.P}-fill-{COIN}" cx="{coordinate(x)}" cy="{coordinate(y)}"'
            f' r="{coordinate(radius)}"/>'
        )
        if word:
            size = "label" if len(word) * 7.5 < 2 * radius else "small"
            baseline = y + 0.36 * style.SIZES[size]
            drawn += draw.text(x, baseline, word, look="bold", size=size)
        return drawn if goto is None else f'<g data-goto="{goto}">{drawn}</g>'

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
        for at in np.flatnonzero(model.drops[current]):
            x, y = place.middle(place.down(at, place.x2))
            word = amount(model.drops[current, at]) if model.kind == "max" else ""
            dx, dy = (coordinate(a - b) for a, b in zip(start, (x, y), strict=True))
            yield (
                f'<g class="{draw.P}-coin" opacity="0" style="--x:{dx}px;--y:{dy}px">'
                f"{self._coin(x, y, word)}</g>"
            )

    # ------------------------------------------------------------------ words and the counter

    def counter(self, done: int, known: bool) -> Iterator[str]:
        """What is still above and what has landed: together always as much as came in."""
        model, place = self.model, self.place
        x, y, width = place.x1, place.counter, place.x2 + place.n * place.cell - place.x1
        landed, above = model.landed[done], model.above[done]
        most = float(np.max(model.landed + model.above).clip(self.total))
        surplus, missing = landed + above - self.total, self.total - landed - above
        yield draw.caption(x, y - 12, "mass counter", f"{amount(self.total)} came in")
        end = coordinate(x + self.total * width / most)
        yield (
            f'<path class="{draw.P}-axis" d="M{coordinate(x)} {coordinate(y + COUNTER + 4)}'
            f'H{coordinate(x + width)}M{end} {coordinate(y - 4)}V{coordinate(y + COUNTER + 10)}"/>'
        )
        if not known:
            return
        whole = np.allclose(model.drops, model.drops.round()) and width / most >= 13
        yield from (self._purse if whole else self._bar)(landed, above, width / most)
        yield draw.words(
            place.x3, y - 4,
            [("landed ", ""), (amount(landed), "word-yellow bold"), (" + above ", ""),
             (amount(above), "word-purple bold")],
        )  # fmt: skip
        verdict, look = "nothing lost", "word-green bold"
        if missing > 1e-9:
            verdict, look = f"{amount(missing)} lost", "word-vermillion bold"
        elif surplus > 1e-9:
            verdict, look = f"{amount(surplus)} too much", "word-vermillion bold"
        yield draw.words(
            place.x3, y + 20, [(f"= {amount(landed + above)}  ", "bold"), (verdict, look)],
            size="title",
        )  # fmt: skip

    def _purse(self, landed: float, above: float, unit: float) -> Iterator[str]:
        """The counter in coins: landed gold, above dashed; a cross on lost and surplus ones."""
        radius = min(0.42 * unit, COUNTER / 2)
        middle = self.place.counter + COUNTER / 2
        for at in range(round(max(landed + above, self.total))):
            x = self.place.x1 + (at + 0.5) * unit
            circle = f'cx="{coordinate(x)}" cy="{coordinate(middle)}" r="{coordinate(radius)}"/>'
            if at < landed:
                yield f'<circle class="{draw.P}-fill-{COIN}" {circle}'
            elif at < landed + above:
                yield f'<circle class="{draw.P}-fill-{GRADIENT} {draw.P}-dashed" {circle}'
            if at >= min(self.total, landed + above):
                arm, back = coordinate(0.55 * radius), coordinate(1.1 * radius)
                yield (
                    f'<path class="{draw.P}-line-{style.ALERT}" d="M{coordinate(x)}'
                    f" {coordinate(middle)}m-{arm} -{arm}l{back} {back}m-{back} 0l{back} -{back}"
                    '"/>'
                )

    def _bar(self, landed: float, above: float, unit: float) -> Iterator[str]:
        """The counter for parts of coins."""
        x, y = self.place.x1, self.place.counter
        if landed > 1e-9:
            yield draw.bar(x, y, landed * unit, COUNTER, look=COIN)
        if above > 1e-9:
            yield draw.bar(x + landed * unit, y, above * unit, COUNTER, look=GRADIENT, hatched=True)
        there = landed + above
        start, length = min(there, self.total) * unit, abs(there - self.total) * unit
        if length > 1e-6:
            yield draw.highlight(x + start, y, length, COUNTER, look=style.ALERT, dashed=True)

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


def _at(model: PoolingBackward, cell: int) -> str:
    row, column = divmod(int(cell), len(model.x))
    return f"row {row}, column {column}"


def _forward_words(film: _Film, window: int) -> tuple[list[tuple[str, str]], str]:
    model = film.model
    row, column = divmod(window, model.size)
    result = amount(model.pooled.flat[window])
    cells = model.windows[window][film.gives[window]]
    lines = [("forward", "word-green bold"), (f"window [{row}, {column}]", "bold"), ("", "")]
    if model.kind == "mean":
        lines += [(f"mean of {model.k**2} values: {result}", ""), ("", "")]
        lines += [("Every cell has the same", "quiet"), ("part in it.", "quiet")]
        return lines, (
            f"Forward, window [{row}, {column}]: the mean of its {model.k**2} activations is"
            f" {result}."
        )
    lines += [(f"largest value: {result}", "")]
    if len(cells) > 1 or model.ties != TIES[0]:
        tied = int((model.values[window] == model.values[window].max()).sum())
        lines += [(f"in {tied} cell{'s' * (tied > 1)}", "word-vermillion bold" if tied > 1 else "")]
    else:
        lines += [(f"switch: {_at(model, cells[0])}", "")]
    lines += [
        ("", ""),
        ("A dot marks the switch:", "quiet"),
        ("where the largest value was.", "quiet"),
    ]
    where = " and ".join(_at(model, cell) for cell in cells)
    return lines, (
        f"Forward, window [{row}, {column}]: the largest of its {model.k**2} activations is"
        f" {result}, at {where}; the switch remembers it."
    )


def _backward_words(film: _Film, window: int) -> tuple[list[tuple[str, str]], str]:
    model = film.model
    row, column = divmod(window, model.size)
    came = amount(model.dout.flat[window])
    before, after = model.partial[window], model.partial[window + 1]
    cells = np.flatnonzero(model.drops[window])
    landed, above = model.landed[window + 1], model.above[window + 1]
    lines = [("backward", "word-purple bold"), (f"window [{row}, {column}]", "bold"), ("", "")]
    lines += [(f"derivative: {came}", "")]
    share = amount(model.drops[window, cells[0]])
    tally = (
        f"Landed {amount(landed)}, still above {amount(above)}: together {amount(landed + above)}."
    )
    if model.kind == "mean":
        lines += [(f"shared by {model.k**2} cells: {share} each", ""), ("", "")]
        lines += [("In overlaps the shares", "quiet"), ("add up.", "quiet")]
        what = f"shares its derivative {came} among {len(cells)} cells, {share} each"
    elif len(cells) > 1:
        lines += [(f"{len(cells)} tied cells: {share} each", "bold")]
        what = f"hands {share} to each of its {len(cells)} tied cells; its derivative is {came}"
    else:
        cell = cells[0]
        what = f"hands its derivative {came} to {_at(model, cell)}"
        lines += [(f"falls to {_at(model, cell)}", "")]
        if before[cell] and model.overlaps == OVERLAPS[0]:
            result = f"{amount(before[cell])} + {came} = {amount(after[cell])}"
            lines += [("", ""), (f"there: {result}", "word-purple bold")]
            what += f", where it adds up: {result}"
        elif before[cell]:
            lines += [
                ("", ""),
                (f"overwrites the {amount(before[cell])} there", "word-vermillion bold"),
            ]
            what += f" and overwrites the {amount(before[cell])} there"
    if abs(landed + above - film.total) > 1e-9:
        tally = f"{tally[:-1]} instead of {amount(film.total)}."
    return lines, f"Backward, window [{row}, {column}] {what}. {tally}"


def _ending(film: _Film) -> tuple[list[tuple[str, str]], str]:
    model = film.model
    landed, total = amount(model.landed[-1]), amount(film.total)
    zero = int((model.gradient == 0).sum())
    nothing = f"{zero} of {model.x.size} cells get nothing"
    lines = [("done", "bold"), ("", ""), (f"{total} came in", ""), (f"{landed} landed", "bold")]
    lines += [(nothing, ""), ("", "")]
    if abs(model.landed[-1] - film.total) > 1e-9:
        more = model.landed[-1] > film.total
        rule = "tied cells must share" if more else "overlaps must add up"
        lines += [
            ("So this is wrong:", "word-vermillion bold"),
            (rule + ".", "word-vermillion bold"),
        ]
        return lines, f"{total} came in, but {landed} landed: this is wrong, {rule}. {nothing}."
    lines += [("Derivatives are handed", "quiet"), ("down, never made or lost.", "quiet")]
    return lines, f"All derivatives have landed: {total} came in, {landed} landed. {nothing}."


def backward_frames(model: PoolingBackward) -> list[Frame]:
    """A frame for each window upwards, one for the derivatives that arrive, and down again."""
    film, frames = _Film(model), []
    for window in range(film.count):
        lines, sentence = _forward_words(film, window)
        frames.append(
            film.frame(
                window,
                [film.forward(window + 1, window, True), film.backward(0, None, False),
                 film.counter(0, False), film.panel(lines)],
                sentence,
            )
        )  # fmt: skip
    total = amount(film.total)
    lines = [("backward", "word-purple bold"), ("derivatives arrive", "bold"), ("", "")]
    lines += [(f"{_part(model.dout)}", "") for _ in range(1) if model.size <= 3]
    lines += [(f"together {total}", "bold"), ("", ""), ("Each waits above its own", "quiet")]
    lines += [("window. Who gets it?", "quiet")]
    frames.append(
        film.frame(
            film.count,
            [film.forward(film.count, None), film.backward(0, None, True), film.counter(0, True),
             film.panel(lines)],
            f"The layer above hands down {film.count} derivatives, together {total}."
            " None has landed yet.",
        )
    )  # fmt: skip
    for window in range(film.count):
        lines, sentence = _backward_words(film, window)
        frames.append(
            film.frame(
                film.count + 1 + window,
                [film.forward(film.count, window), film.backward(window + 1, window, True),
                 film.counter(window + 1, True), film.panel(lines)],
                sentence,
            )
        )  # fmt: skip
    lines, sentence = _ending(film)
    frames.append(
        film.frame(
            2 * film.count + 1,
            [film.forward(film.count, None), film.backward(film.count, None, True),
             film.counter(film.count, True), film.panel(lines)],
            sentence,
        )
    )  # fmt: skip
    return frames


def _part(dout: np.ndarray) -> str:
    return _sum(dout.ravel()).replace(" ", "")
