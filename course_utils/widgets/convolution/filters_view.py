"""The pictures of a filter: the image, the filtered image, and one window in numbers."""

from collections.abc import Mapping

import numpy as np

from course_utils.widgets import draw, style
from course_utils.widgets.convolution.filters_model import Filtered
from course_utils.widgets.draw import number
from course_utils.widgets.draw.marks import rim
from course_utils.widgets.stepper import Frame

ZOOM = 5  # pixels of the picture for one of the image
EDGE, GAP, TOP, CELL, RESULT, SPACE = 8, 92, 26, 48, 60, 42
# The sign between two grids of numbers.
TIMES, EQUALS, GIVES = "×", "=", "→"


def _exact(value: float) -> str:
    """A number as `number` writes it, but whole numbers with all their digits."""
    return f"{value:.0f}".replace("-", "−") if value == round(value) else number(value)


class _Display:
    """How outputs are shown: as gray values, or as signed numbers around a neutral zero."""

    def __init__(self, model: Filtered) -> None:
        if model.keeps_brightness:
            self.map, self.low, self.high = "gray", 0.0, 255.0
            self.legend = ("0 or less: black", "gray value", "255 or more: white")
        else:
            self.map, self.low, self.high = "signed", -model.limit, model.limit
            limit = _exact(model.limit)
            self.legend = (f"−{limit} or less", "0", f"{limit} or more")

    def colours(self, values: np.ndarray) -> np.ndarray:
        """uint8, the shape of `values` and three channels."""
        return style.colours(values, self.map, self.low, self.high)

    def ramp(self) -> np.ndarray:
        """(1, 128, 3) all colours from the lowest to the highest value."""
        return self.colours(np.linspace(self.low, self.high, 128)[None])


class _Layout:
    """Where the parts stand: two images above, one window in numbers below."""

    def __init__(self, model: Filtered) -> None:
        self.k = len(model.weights)
        self.side = len(model.image) * ZOOM
        self.right = EDGE + self.side + GAP
        self.width = self.right + self.side + EDGE
        # The output is smaller than the image by this on each side.
        self.inset = self.k // 2 * ZOOM
        self.legend = TOP + self.side + 10
        self.numbers = self.legend + 76
        self.grid = self.k * CELL
        self.height = self.numbers + self.grid + 8
        self.window, self.kernel, self.products, self.output = (
            EDGE + at * (self.grid + SPACE) for at in range(4)
        )

    def corner(self, left: float, row: float, column: float) -> tuple[float, float]:
        """Where a pixel of an image with that left edge begins."""
        return left + column * ZOOM, TOP + row * ZOOM


def frames(model: Filtered, places: Mapping[str, tuple[int, int]]) -> list[Frame]:
    """One frame for each place.

    Args:
        model: the image and the kernel.
        places: a name, and row and column of the pixel in the middle of the window.
    """
    place, shown = _Layout(model), _Display(model)
    outputs = {name: (r - place.k // 2, c - place.k // 2) for name, (r, c) in places.items()}
    base = _base(model, place, shown)
    targets = _targets(place, np.array(list(outputs.values())), model.output.shape)
    made = []
    for step, (name, output) in enumerate(outputs.items()):
        sentence = _sentence(model, name, output)
        body = [
            *base,
            *_calculation(model, place, shown, output),
            *(_dot(place, *at) for at in places.values() if at != places[name]),
            *_here(place, name, output),
            *targets,
        ]
        drawn = Frame.drawn(place.width, place.height, body, sentence=sentence, step=step)
        made.append(drawn)
    return made


def _base(model: Filtered, place: _Layout, shown: _Display) -> list[str]:
    """What all places share: both images with their legends, the kernel, captions, signs."""
    (n, m), (height, width) = model.image.shape, model.output.shape
    middle = TOP + place.side / 2
    above = place.numbers - 10
    divided = f"÷ {model.divisor}" if model.divisor > 1 else ""
    gray = np.linspace(0, 255, 128).astype(np.uint8)[None]
    signs = ((place.kernel, TIMES), (place.products, EQUALS), (place.output, GIVES))
    return [
        draw.caption(EDGE, TOP - 10, f"image {n} × {m}", "a phantom, no patient"),
        draw.image(model.image, EDGE, TOP, place.side, place.side),
        *_legend(EDGE, place, gray, ("0: black", "gray value", "255: white")),
        draw.arrow(EDGE + place.side + 12, middle, place.right - 12, middle, look=style.EMPTY),
        draw.caption(place.right, TOP - 10, f"output {height} × {width}", "no padding"),
        draw.cell(place.right, TOP, place.side, look=style.EMPTY),
        draw.image(
            shown.colours(model.output),
            place.right + place.inset, TOP + place.inset, width * ZOOM, height * ZOOM,
        ),
        *_legend(place.right, place, shown.ramp(), shown.legend),
        draw.caption(place.window, above, "window"),
        draw.caption(place.kernel, above, "kernel", divided),
        draw.grid(draw.texts(model.weights), place.kernel, place.numbers, CELL, look=style.KERNEL),
        draw.caption(place.products, above, "products"),
        *(
            draw.text(x - SPACE / 2, place.numbers + place.grid / 2 + 5, sign, size="title")
            for x, sign in signs
        ),
    ]  # fmt: skip


def _legend(
    left: float, place: _Layout, ramp: np.ndarray, words: tuple[str, str, str]
) -> list[str]:
    """What the colours of the image above mean."""
    low, middle, high = words
    y, centre, right = place.legend + 24, left + place.side / 2, left + place.side
    return [
        draw.image(ramp, left, place.legend, place.side, 8),
        draw.text(left, y, low, look="quiet", size="small", anchor="start"),
        draw.text(centre, y, middle, look="quiet", size="small"),
        draw.text(right, y, high, look="quiet", size="small", anchor="end"),
    ]


def _calculation(
    model: Filtered, place: _Layout, shown: _Display, output: tuple[int, int]
) -> list[str]:
    """The window's pixels, the products, and the output in numbers."""
    pixels = model.pixels(*output)
    colours = style.colours(pixels, "gray", 0, 255)
    middle = place.numbers + (place.grid - CELL) / 2
    value, total = _exact(model.output[output]), _exact(model.sums[output])
    products = draw.texts(model.products(*output))
    aside = f"= sum ÷ {model.divisor}" if model.divisor > 1 else ""
    return [
        *(
            _pixel(
                place.window + column * CELL,
                place.numbers + row * CELL,
                number(pixels[row, column]),
                colours[row, column],
            )
            for row, column in np.ndindex(pixels.shape)
        ),
        draw.highlight(place.window, place.numbers, place.grid, place.grid, look=style.KERNEL),
        draw.grid(products, place.products, place.numbers, CELL, look=style.EXTRA),
        draw.words(place.output, middle - 14, [("sum = ", ""), (total, "word-purple bold")]),
        _pixel(place.output, middle, value, shown.colours(model.output[output]), RESULT),
        draw.highlight(place.output, middle, RESULT, CELL, look=style.OUTPUT),
        draw.text(place.output + RESULT + 8, middle + CELL / 2 + 5, aside, anchor="start"),
        draw.caption(place.output, middle + CELL + 22, f"output [{output[0]}, {output[1]}]"),
    ]


def _pixel(x: float, y: float, content: str, colour: np.ndarray, width: int = CELL) -> str:
    """A cell in a pixel's own colour, which is the same in both themes, as is its text."""
    size = "small" if len(content) * 8.5 > width else "label"
    drop = 0.36 * style.SIZES[size]
    return draw.swatch(x, y, width, CELL, content, colour, looks=f"bold {size}", drop=drop)


def _dot(place: _Layout, row: int, column: int) -> str:
    """Marks a place that another frame shows."""
    x, y = place.corner(EDGE, row + 0.5, column + 0.5)
    return draw.circle("solid-orange halo", x, y, 3)


def _frame(x: float, y: float, side: float, look: str) -> str:
    """A thick frame around a square; its rim of paper makes it stand out on any image."""
    x, y, side = x - 3.5, y - 3.5, side + 7
    return rim(x, y, side, side, look, css="fill:none;stroke-width:6px")


def _here(place: _Layout, name: str, output: tuple[int, int]) -> list[str]:
    """Frames around the window and around its output pixel; the name of the place."""
    x, y = place.corner(EDGE, *output)
    side = place.k * ZOOM
    left = x > EDGE + place.side / 2
    label = draw.text(
        x - 10 if left else x + side + 10,
        y + side / 2 + 5,
        name,
        look="bold halo",
        anchor="end" if left else "start",
    )
    middle = place.k // 2
    there = place.corner(place.right, output[0] + middle, output[1] + middle)
    return [
        _frame(x, y, side, style.KERNEL),
        label,
        _frame(*there, ZOOM, style.OUTPUT),
    ]


def _targets(place: _Layout, outputs: np.ndarray, shape: tuple[int, int]) -> list[str]:
    """Invisible areas over both images: a click goes to the nearest place."""
    pixels = np.moveaxis(np.indices(shape), 0, -1)
    nearest = np.linalg.norm(pixels[:, :, None] - outputs, axis=-1).argmin(axis=-1)
    drawn = []
    for goto in range(len(outputs)):
        for left in (EDGE, place.right):
            path = ""
            for row in np.flatnonzero((nearest == goto).any(axis=1)).tolist():
                columns = np.flatnonzero(nearest[row] == goto)  # convex, so without gaps
                x, y = place.corner(left + place.inset, row, int(columns[0]))
                width = len(columns) * ZOOM
                path += f"M{x} {y + place.inset}h{width}v{ZOOM}h-{width}z"
            drawn.append(f'<path data-goto="{goto}" fill="transparent" d="{path}"/>')
    return drawn


def _sentence(model: Filtered, name: str, output: tuple[int, int]) -> str:
    value, total = model.output[output], _exact(model.sums[output])
    divided = f" ({total}) divided by {model.divisor}" if model.divisor > 1 else ""
    start = (
        f"{name.capitalize()}: output [{output[0]}, {output[1]}] is {_exact(value)},"
        f" the sum of the {model.weights.size} products{divided}."
    )
    if not model.keeps_brightness:
        share = 100 * model.rank(*output)
        return f"{start} {share:.0f} % of all outputs are nearer to zero."
    middle = int(model.pixels(*output)[model.middle])
    change = "as bright as"
    if value != middle:
        change = "brighter than" if value > middle else "darker than"
    return f"{start} It is {change} the pixel in the middle of the window, {middle}."
