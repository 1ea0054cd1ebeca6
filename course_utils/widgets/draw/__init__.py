"""The drawing vocabulary that all widgets share: functions that return SVG.

Elements, grids, charts, images and numbers are here; `draw.marks`, `draw.panel`, `draw.plane`,
`draw.tracks` and `draw.formula` are imported by the pictures that need them.
Lengths are in pixels at natural size, x to the right and y down.
A `look` is the name of a hue in `style`; `looks` are classes without their prefix.
"""

from course_utils.widgets.draw.charts import arrow, axis, bar, hatch, highlight
from course_utils.widgets.draw.elements import (
    NOTHING,
    P,
    button,
    caption,
    circle,
    clipped,
    faded,
    line,
    link,
    pad,
    path,
    picture,
    polygon,
    rect,
    text,
    words,
)
from course_utils.widgets.draw.grids import cell, grid, indices, swatch
from course_utils.widgets.draw.images import image, png
from course_utils.widgets.draw.numbers import (
    coordinate,
    digits,
    number,
    percent,
    plural,
    power_of_ten,
    short,
    texts,
    times,
)

__all__ = [
    "NOTHING",
    "P",
    "arrow",
    "axis",
    "bar",
    "button",
    "caption",
    "cell",
    "circle",
    "clipped",
    "coordinate",
    "digits",
    "faded",
    "grid",
    "hatch",
    "highlight",
    "image",
    "indices",
    "line",
    "link",
    "number",
    "pad",
    "path",
    "percent",
    "picture",
    "plural",
    "png",
    "polygon",
    "power_of_ten",
    "rect",
    "short",
    "swatch",
    "text",
    "texts",
    "times",
    "words",
]
