"""What the pictures of pooling backwards say: a few lines on the right, and the sentence below."""

import numpy as np

from course_utils.widgets.pooling.backward_model import OVERLAPS, TIES, PoolingBackward

Words = tuple[list[tuple[str, str]], str]
"""Lines with their looks (an empty one is a gap), and the sentence that states the result."""


def amount(value: float) -> str:
    """A number of the picture: whole, or with at most two decimals."""
    return f"{value:.2f}".rstrip("0").rstrip(".").replace("-", "−")


def _at(model: PoolingBackward, cell: int) -> str:
    row, column = divmod(int(cell), len(model.x))
    return f"row {row}, column {column}"


def forward_words(model: PoolingBackward, window: int) -> Words:
    """A window on the way up: which cell decides."""
    row, column = divmod(window, model.size)
    result = amount(model.output.flat[window])
    cells = model.windows[window][model.gives[window]]
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


def arrival(model: PoolingBackward) -> Words:
    """The derivatives that wait above their windows."""
    total = amount(model.total)
    lines = [("backward", "word-purple bold"), ("derivatives arrive", "bold"), ("", "")]
    if model.size <= 3:
        lines += [("+".join(amount(value) for value in model.dout.ravel()), "")]
    lines += [(f"together {total}", "bold"), ("", ""), ("Each waits above its own", "quiet")]
    lines += [("window. Who gets it?", "quiet")]
    return lines, (
        f"The layer above hands down {model.dout.size} derivatives, together {total}."
        " None has landed yet."
    )


def backward_words(model: PoolingBackward, window: int) -> Words:
    """A window on the way down: who gets its derivative, and the tally."""
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
    if abs(landed + above - model.total) > 1e-9:
        tally = f"{tally[:-1]} instead of {amount(model.total)}."
    return lines, f"Backward, window [{row}, {column}] {what}. {tally}"


def ending(model: PoolingBackward) -> Words:
    """The balance after all windows."""
    landed, total = amount(model.landed[-1]), amount(model.total)
    zero = int((model.gradient == 0).sum())
    nothing = f"{zero} of {model.x.size} cells get nothing"
    lines = [("done", "bold"), ("", ""), (f"{total} came in", ""), (f"{landed} landed", "bold")]
    lines += [(nothing, ""), ("", "")]
    if abs(model.landed[-1] - model.total) > 1e-9:
        more = model.landed[-1] > model.total
        rule = "tied cells must share" if more else "overlaps must add up"
        lines += [
            ("So this is wrong:", "word-vermillion bold"),
            (rule + ".", "word-vermillion bold"),
        ]
        return lines, f"{total} came in, but {landed} landed: this is wrong, {rule}. {nothing}."
    lines += [("Derivatives are handed", "quiet"), ("down, never made or lost.", "quiet")]
    return lines, f"All derivatives have landed: {total} came in, {landed} landed. {nothing}."
