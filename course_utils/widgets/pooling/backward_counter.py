"""The mass counter: derivatives are handed down, never made or lost."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from course_utils.widgets import draw, style
from course_utils.widgets.draw import coordinate
from course_utils.widgets.pooling.backward_model import PoolingBackward
from course_utils.widgets.pooling.backward_words import amount

COIN, ABOVE = "yellow", style.EXTRA
COUNTER = 24  # height


@dataclass(frozen=True, eq=False)
class Counter:
    """The counter of a model at (x, y), its sum in words to the right of `aside`."""

    model: PoolingBackward
    x: float
    y: float
    width: float
    aside: float

    def draw(self, done: int, known: bool, falling: bool = False) -> Iterator[str]:
        """What is still above and what has landed: together always as much as came in.

        While a coin is falling the counter stands as before it, and the coin is told apart.
        """
        model, x, y, width = self.model, self.x, self.y, self.width
        most = float(np.max(model.landed + model.above).clip(self.model.total))
        yield draw.caption(x, y - 12, "mass counter", f"{amount(self.model.total)} came in")
        end = coordinate(x + self.model.total * width / most)
        left, right = coordinate(x), coordinate(x + width)
        top, floor, foot = (coordinate(y + down) for down in (-4, COUNTER + 4, COUNTER + 10))
        yield draw.path("axis", f"M{left} {floor}H{right}M{end} {top}V{foot}")
        if not known:
            return
        unit = width / most
        if falling:
            yield f'<g class="{draw.P}-before" opacity="0">'
            yield from self._count(done - 1, unit, float(model.dout.flat[done - 1]))
            yield "</g>"
        yield f'<g class="{draw.P}-after">' if falling else "<g>"
        yield from self._count(done, unit, 0)
        yield "</g>"

    def _count(self, done: int, unit: float, falling: float) -> Iterator[str]:
        """The counter after some windows: coins, the sum, and the verdict."""
        model, x, y = self.model, self.aside, self.y
        landed, above = model.landed[done], model.above[done]
        whole = np.allclose(model.drops, model.drops.round()) and unit >= 13
        yield "".join((self._purse if whole else self._bar)(landed, above, unit))
        parts = [("landed ", ""), (amount(landed), "word-yellow bold")]
        if falling:
            parts += [(" + falling ", ""), (amount(falling), "bold")]
        parts += [(" + above ", ""), (amount(above - falling), "word-purple bold")]
        yield draw.words(x, y - 4, parts)
        surplus = landed + above - self.model.total
        verdict, look = "nothing lost", "word-green bold"
        if surplus < -1e-9:
            verdict, look = f"{amount(-surplus)} lost", "word-vermillion bold"
        elif surplus > 1e-9:
            verdict, look = f"{amount(surplus)} too much", "word-vermillion bold"
        yield draw.words(
            x, y + 20, [(f"= {amount(landed + above)}  ", "bold"), (verdict, look)], size="title"
        )

    def _purse(self, landed: float, above: float, unit: float) -> Iterator[str]:
        """The counter in coins: landed gold, above dashed; a cross on lost and surplus ones."""
        radius = min(0.42 * unit, COUNTER / 2)
        middle = self.y + COUNTER / 2
        for at in range(round(max(landed + above, self.model.total))):
            x = self.x + (at + 0.5) * unit
            if at < landed:
                yield draw.circle(f"fill-{COIN}", x, middle, radius)
            elif at < landed + above:
                yield draw.circle(f"fill-{ABOVE} dashed", x, middle, radius)
            if at >= min(self.model.total, landed + above):
                arm, back = coordinate(0.55 * radius), coordinate(1.1 * radius)
                place = f"M{coordinate(x)} {coordinate(middle)}"
                cross = f"m-{arm} -{arm}l{back} {back}m-{back} 0l{back} -{back}"
                yield draw.path(f"line-{style.ALERT}", place + cross)

    def _bar(self, landed: float, above: float, unit: float) -> Iterator[str]:
        """The counter for parts of coins."""
        x, y = self.x, self.y
        if landed > 1e-9:
            yield draw.bar(x, y, landed * unit, COUNTER, look=COIN)
        if above > 1e-9:
            yield draw.bar(x + landed * unit, y, above * unit, COUNTER, look=ABOVE, hatched=True)
        there = landed + above
        start, length = min(there, self.model.total) * unit, abs(there - self.model.total) * unit
        if length > 1e-6:
            yield draw.highlight(x + start, y, length, COUNTER, look=style.ALERT, dashed=True)
