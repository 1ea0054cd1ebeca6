"""The pictures of the strategies: curves over all budgets, and every draw of one of them."""

import numpy as np

from course_utils.widgets import draw, style
from course_utils.widgets.draw.panel import Panel
from course_utils.widgets.stepper import Frame
from course_utils.widgets.transfer.strategies_model import Results

WIDTH, TOP, TALL = 836, 46, 250
LOOKS = (style.EMPTY, style.KERNEL, style.INPUT, style.OUTPUT, style.EXTRA, style.ALERT)
DASHED = (False, True, False, True, False, True)


class _Layout:
    """A panel over the budgets, and one with a row for each strategy."""

    def __init__(self, results: Results) -> None:
        low = min(0.5, *(table.min() for table in results.auc.values()))
        self.bottom = float(np.floor(20 * low) / 20)
        ends = np.log10([results.labels[0] * 0.8, results.labels[-1] * 1.25])
        self.curves = Panel(48, TOP, 376, TALL, tuple(ends), (self.bottom, 1.0))
        self.draws = Panel(566, TOP, 236, TALL, (self.bottom, 1.0), (0.0, float(len(results.auc))))
        self.height = TOP + TALL + 78

    def row(self, at: int) -> float:
        """The height of a strategy's row in the right panel."""
        return self.draws.over(self.draws.up[1] - at - 0.5)


def strategy_frames(results: Results) -> list[Frame]:
    """One frame for each label budget."""
    place = _Layout(results)
    base = _base(results, place)
    clicks = place.curves.columns(np.log10(results.labels).tolist())
    made = []
    for budget in range(len(results.labels)):
        sentence = _sentence(results, budget)
        body = [*base, *_budget(results, place, budget), *clicks]
        made.append(Frame.drawn(WIDTH, place.height, body, sentence=sentence, step=budget))
    return made


def _base(results: Results, place: _Layout) -> list[str]:
    floor = TOP + TALL
    ticks = {
        place.curves.at(np.log10(count)): f"{_percent(share)}"
        for count, share in zip(results.labels, results.shares, strict=True)
    }
    values = [v for v in (0.5, 0.6, 0.7, 0.8, 0.9, 1.0) if v >= place.bottom]
    drawn = [
        draw.caption(4, 20, "AUC on new patients", f"mean of {results.draws} draws"),
        draw.axis(48, floor, 424, floor, ticks, "labelled images (logarithmic)"),
        draw.axis(48, floor, 48, TOP, {place.curves.over(v): f"{v:.1f}" for v in values}),
        place.curves.line(0.5),
        draw.text(place.curves.at(np.log10(results.labels[-1])) - 8, place.curves.over(0.5) - 5,
                  "a coin", look="quiet", size="small", anchor="end"),
        draw.axis(566, floor, 802, floor, {place.draws.at(v): f"{v:.1f}" for v in values},
                  "AUC of each draw, mean, 95 % interval"),
    ]  # fmt: skip
    xs = np.log10(results.labels)
    for at, (name, means) in enumerate(results.means.items()):
        drawn.append(place.curves.curve(xs, means, LOOKS[at], dashed=DASHED[at]))
        y = place.row(at)
        drawn.append(draw.text(556, y + 4, name, look=f"word-{LOOKS[at]} bold", anchor="end"))
    return drawn


def _percent(share: float) -> str:
    return f"{draw.number(share)} %"


def _budget(results: Results, place: _Layout, budget: int) -> list[str]:
    count, share = results.labels[budget], results.shares[budget]
    x, floor = place.curves.at(np.log10(count)), TOP + TALL
    drawn = [
        draw.path(f"line-{style.ALERT} dashed", f"M{draw.coordinate(x)} {TOP}V{floor}"),
        draw.caption(470, 20, f"{_percent(share)} of the labels", f"{count:,} images"),
    ]
    best = results.order(budget)[0]
    for at, (name, table) in enumerate(results.auc.items()):
        mean, half = results.means[name][budget], results.halves[name][budget]
        y = place.row(at)
        low, high = (
            place.draws.at(min(max(v, place.bottom), 1)) for v in (mean - half, mean + half)
        )
        drawn.append(draw.bar(low, y - 9, high - low, 18, look=LOOKS[at], hatched=name == best))
        drawn += [_tick(place.draws.at(value), y, LOOKS[at]) for value in table[budget]]
        drawn.append(place.curves.dot(np.log10(count), mean, LOOKS[at]))
        middle = place.draws.at(mean)
        drawn.append(draw.text(middle, y + 25, f"{mean:.3f}", look="bold halo", size="small"))
    drawn.append(
        draw.text(470, floor + 64, f"hatched: the best mean, {best}", look="quiet", anchor="start")
    )
    return drawn


def _tick(x: float, y: float, look: str) -> str:
    """One draw."""
    return draw.circle(f"solid-{look}", x, y, 3.5)


def _sentence(results: Results, budget: int) -> str:
    order = results.order(budget)
    told = ", ".join(
        f"{name} {results.means[name][budget]:.3f} ± {results.halves[name][budget]:.3f}"
        for name in order
    )
    text = (
        f"With {_percent(results.shares[budget])} of the labels ({results.labels[budget]:,} images)"
        f" the mean AUC is: {told}."
    )
    best, worst = order[0], order[-1]
    gain, half = results.gain(best, worst, budget)
    wins = results.wins(best, worst, budget)
    verdict = (
        "their difference is clear of zero"
        if gain > half
        else "with so few draws their difference may be chance"
    )
    return (
        f"{text} The first of them is ahead of the last in {wins} of {results.draws} draws;"
        f" {verdict} ({gain:.3f} ± {half:.3f})."
    )
