"""The pictures of Shapley values: the coalitions as a lattice, the orders as a table, the sum."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from course_utils.widgets import draw, style
from course_utils.widgets.draw import number
from course_utils.widgets.saliency.shapley_model import COALITIONS, LETTERS, Game, coalition
from course_utils.widgets.stepper import Frame

WIDTH = 852
HUES = {"A": "blue", "B": "orange", "C": "purple"}

# The lattice: one column for each number of players.
BOX, TALL, PITCH, FIRST = 84, 46, 124, 4
TOP, DROP = 60, 84
# The table of the orders.
TABLE, ORDER, COLUMN, ROW, HEAD = 508, 84, 86, 30, 58
MEANS = HEAD + 6 * ROW + 8
# The bars that add up.
SUM, BAR, LEAP, ZERO = 380, 22, 30, 150
END = WIDTH - 150
HEIGHT = SUM + 4 * LEAP + 22


@dataclass(frozen=True)
class Cast:
    """Who plays: three names, what the worth of a coalition is, and its unit."""

    names: tuple[str, str, str]
    worth: str
    unit: str = " %"

    def name(self, letter: str) -> str:
        """The name behind a letter."""
        return self.names[LETTERS.index(letter)]


def signed(value: float) -> str:
    """A number with its sign; at most one decimal."""
    text = number(round(value, 1) + 0.0)
    return text if text.startswith("−") or text == "0" else f"+{text}"


def frames(game: Game, cast: Cast) -> list[Frame]:
    """All coalitions, then three steps for each of the six orders, then the result."""
    base = [*_lattice(game), *_table(game, cast), *_names(game, cast)]
    made = []
    for step in range(20):
        sentence = _sentence(game, cast, step)
        body = [*base, *_path(game, step), *_entries(game, step), *_bars(game, cast, step)]
        made.append(Frame.drawn(WIDTH, HEIGHT, body, sentence=sentence, step=step))
    return made


def _place(members: str) -> tuple[float, float]:
    """The upper left corner of a coalition's box."""
    same = [each for each in COALITIONS if len(each) == len(members)]
    row = 1 if len(same) == 1 else same.index(members)
    return FIRST + len(members) * PITCH, TOP + row * DROP


def _edge(before: str, after: str) -> tuple[float, float, float, float]:
    (x1, y1), (x2, y2) = _place(before), _place(after)
    return x1 + BOX, y1 + TALL / 2, x2, y2 + TALL / 2


def _members(members: str) -> list[tuple[str, str]]:
    """The letters in their players' colours."""
    if not members:
        return [("nobody", "quiet")]
    return [(letter, f"word-{HUES[letter]} bold") for letter in members]


def _box(game: Game, members: str) -> str:
    x, y = _place(members)
    return (
        draw.bar(x, y, BOX, TALL, look=style.EMPTY)
        + draw.words(x + BOX / 2, y + 19, _members(members), anchor="middle")
        + draw.text(x + BOX / 2, y + 38, number(game.value(members)), look="bold")
    )


def _lattice(game: Game) -> Iterator[str]:
    yield draw.caption(FIRST, 18, "every coalition and its worth")
    yield draw.text(
        FIRST, 38, "each line: one player joins", look="quiet", size="small", anchor="start"
    )
    for before in COALITIONS:
        for joins in LETTERS:
            after = "".join(sorted(before + joins))
            if joins not in before:
                x1, y1, x2, y2 = map(draw.coordinate, _edge(before, after))
                yield draw.path("axis", f"M{x1} {y1}L{x2} {y2}")
    for members in COALITIONS:
        yield _box(game, members)


def _names(game: Game, cast: Cast) -> Iterator[str]:
    spans = []
    for letter in LETTERS:
        spans += [(f"{letter} ", f"word-{HUES[letter]} bold"), (f"{cast.name(letter)}     ", "")]
    yield draw.words(FIRST, TOP + 3 * DROP - 8, spans)
    yield draw.text(
        FIRST, TOP + 3 * DROP + 12, f"worth: {cast.worth}", look="quiet", size="small",
        anchor="start",
    )  # fmt: skip


def _table(game: Game, cast: Cast) -> Iterator[str]:
    yield draw.caption(TABLE, 18, "what each one brings", "order by order")
    yield draw.text(TABLE, HEAD - 10, "order", look="quiet", size="small", anchor="start")
    for column, letter in enumerate(LETTERS):
        x = TABLE + ORDER + column * COLUMN
        yield draw.text(x + COLUMN / 2 - 3, HEAD - 9, letter, look=f"word-{HUES[letter]} bold")
    for row, order in enumerate(game.orders):
        y = HEAD + row * ROW
        spans = []
        for at, letter in enumerate(order):
            spans += [(" → ", "quiet")] if at else []
            spans += [(letter, f"word-{HUES[letter]} bold")]
        yield draw.button(TABLE, y, ORDER, ROW - 4, 3 * row + 3, draw.words(TABLE, y + 18, spans))
    yield draw.text(TABLE, MEANS + 19, "mean", look="bold", anchor="start")


def _path(game: Game, step: int) -> Iterator[str]:
    """The order that is being walked, in the colours of those who join."""
    if not 1 <= step <= 18:
        return
    row, at = divmod(step - 1, 3)
    masks = [coalition(int(members)) for members in game.paths[row]]
    for place in range(at + 1):
        joins = game.orders[row][place]
        x1, y1, x2, y2 = _edge(masks[place], masks[place + 1])
        yield draw.arrow(x1 + 1, y1, x2 - 2, y2, look=HUES[joins])
    for members in masks[: at + 2]:
        x, y = _place(members)
        last = members == masks[at + 1]
        look = HUES[game.orders[row][at]] if last else style.EMPTY
        yield draw.highlight(x, y, BOX, TALL, look=look)
    x1, y1, x2, y2 = _edge(masks[at], masks[at + 1])
    joins = game.orders[row][at]
    word = signed(game.steps[row, at])
    yield draw.text(
        (x1 + x2) / 2, (y1 + y2) / 2 - 9, word, look=f"word-{HUES[joins]} bold halo", size="title"
    )


def _known(game: Game, step: int, row: int, letter: str) -> bool:
    return step >= 3 * row + game.orders[row].index(letter) + 1


def _entries(game: Game, step: int) -> Iterator[str]:
    for row in range(6):
        y = HEAD + row * ROW
        for column, letter in enumerate(LETTERS):
            x = TABLE + ORDER + column * COLUMN
            known = _known(game, step, row, letter)
            look = HUES[letter] if known else style.EMPTY
            drawn = draw.bar(x, y, COLUMN - 6, ROW - 4, look=look)
            if known:
                word = signed(game.contributions[row, column])
                drawn += draw.text(x + COLUMN / 2 - 3, y + 18, word)
            yield draw.link(3 * row + game.orders[row].index(letter) + 1, drawn)
        if 1 <= step <= 18 and row == (step - 1) // 3:
            column = LETTERS.index(game.orders[row][(step - 1) % 3])
            x = TABLE + ORDER + column * COLUMN
            look = HUES[LETTERS[column]]
            yield draw.highlight(x - 1, y - 1, COLUMN - 4, ROW - 2, look=look)
    for column, letter in enumerate(LETTERS):
        x = TABLE + ORDER + column * COLUMN
        yield draw.bar(x, MEANS, COLUMN - 6, ROW, look=style.EMPTY if step < 3 else HUES[letter])
        if step >= 3:
            word = signed(_means(game, step)[column])
            yield draw.text(x + COLUMN / 2 - 3, MEANS + 20, word, look="bold")


def _means(game: Game, step: int) -> Sequence[float]:
    """The mean over the orders that are complete."""
    return game.running[min(step // 3, 6) - 1]


def _bars(game: Game, cast: Cast, step: int) -> Iterator[str]:
    """The mean contributions one after the other: together they are what all have gained."""
    yield draw.caption(FIRST, SUM - 14, "do they add up?", "each bar begins where the last ended")
    means = _means(game, step) if step >= 3 else (0.0, 0.0, 0.0)
    ends = [0.0]
    for share in means:
        ends.append(ends[-1] + share)
    reach = max(1.0, *(abs(each - game.worth[0]) for each in game.worth))
    lowest = min(0.0, game.gain, game.running.cumsum(axis=1).min())
    highest = max(0.0, game.gain, game.running.cumsum(axis=1).max(), 0.25 * reach)
    scale = (END - ZERO - 40) / (highest - lowest)
    zero = ZERO + 40 - lowest * scale
    foot = SUM + 4 * LEAP
    yield draw.path("axis", f"M{draw.coordinate(zero)} {SUM - 4}V{foot}")
    for row, letter in enumerate(LETTERS):
        y = SUM + row * LEAP
        spans = [(f"{letter} ", f"word-{HUES[letter]} bold"), (cast.name(letter), "")]
        yield draw.words(FIRST, y + 16, spans)
        if step < 3:
            continue
        start, share = zero + ends[row] * scale, means[row]
        if abs(share) * scale < 0.5:
            at = draw.coordinate(start)
            yield draw.path(f"line-{HUES[letter]}", f"M{at} {y}v{BAR}")
        else:
            yield draw.bar(start, y, share * scale, BAR, look=HUES[letter], hatched=share < 0)
        right = max(start, start + share * scale)
        yield draw.text(right + 8, y + 16, signed(share), look="bold", anchor="start")
        end = draw.coordinate(zero + ends[row + 1] * scale)
        yield draw.path("axis dashed", f"M{end} {y + BAR}v{LEAP - BAR}")
    y = SUM + 3 * LEAP
    yield draw.text(FIRST, y + 16, "all − nobody", anchor="start")
    yield draw.bar(zero, y, game.gain * scale, BAR, look=style.OUTPUT, hatched=game.gain < 0)
    right = max(zero, zero + game.gain * scale)
    words = [(signed(game.gain), "bold")]
    if step >= 3:
        words.append(("  ✓ the same", "word-green bold"))
    yield draw.words(right + 8, y + 16, words)


def _sentence(game: Game, cast: Cast, step: int) -> str:
    unit = cast.unit
    if step == 0:
        return (
            f"Three players: {cast.names[0]}, {cast.names[1]} and {cast.names[2]}. Together they"
            f" reach {number(game.worth[-1])}{unit}, nobody reaches {number(game.worth[0])}{unit}."
            " Who has earned how much of it? That depends on who comes first: try all six orders."
        )
    if step == 19:
        return _result(game, cast)
    row, at = divmod(step - 1, 3)
    order = game.orders[row]
    joins = order[at]
    before, after = (coalition(int(each)) for each in game.paths[row, at : at + 2])
    there = f"joins {' and '.join(before)}" if before else "comes first"
    text = (
        f"Order {row + 1} of 6, {' → '.join(order)}: {joins} ({cast.name(joins)}) {there}. From"
        f" {number(game.value(before))} to {number(game.value(after))}{unit}: {joins} brings"
        f" {signed(game.steps[row, at])}."
    )
    if at == 2:
        means = ", ".join(
            f"{letter} {signed(mean)}"
            for letter, mean in zip(LETTERS, game.running[row], strict=True)
        )
        count = "this order" if row == 0 else f"{row + 1} orders"
        text += f" Mean of {count}: {means}."
    return text


def _result(game: Game, cast: Cast) -> str:
    shares = ", ".join(
        f"{cast.name(letter)} {signed(share)}"
        for letter, share in zip(LETTERS, game.shares, strict=True)
    )
    text = (
        f"The Shapley values are the means over all six orders: {shares}. They add up to what all"
        f" gained, {signed(game.gain)} (efficiency)."
    )
    for letter in game.dummies:
        text += f" {letter} never changed anything and gets 0 (dummy player)."
    for first, second in game.twins:
        if not {first, second} & set(game.dummies):
            text += f" {first} and {second} bring the same everywhere and get the same (symmetry)."
    return text
