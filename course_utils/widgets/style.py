"""The look of the course in one place: colours, type sizes and the CSS made from them.

Hues are Okabe and Ito's, which people with any colour vision tell apart, shaded until they
stand out on the background of each theme. A hue has three shades: `mark` for lines and solid
shapes (contrast with the background and with its tint at least 3:1), `tint` for areas that
carry text, and `word` for text (at least 4.5:1). Pictures never name a colour: they use classes
such as `course-fill-blue`, so that one picture serves both themes.
"""

import re
from typing import NamedTuple

import numpy as np

PREFIX = "course"


class Shades(NamedTuple):
    """One hue in one theme."""

    mark: str
    tint: str
    word: str


class Theme(NamedTuple):
    """The colours of one theme; `hues` maps a hue's name to its shades."""

    paper: str
    ink: str
    quiet: str
    rule: str
    hues: dict[str, Shades]


LIGHT = Theme(
    paper="#ffffff",
    ink="#1b1f24",
    quiet="#59626c",
    rule="#868e98",
    hues={
        "blue": Shades("#0072b2", "#cfe5f2", "#00659e"),
        "orange": Shades("#ad7700", "#fdebc4", "#8a5e00"),
        "green": Shades("#008a65", "#c4ebde", "#00724f"),
        "vermillion": Shades("#c95500", "#fadccb", "#b04a00"),
        "purple": Shades("#ad5f8b", "#f4deea", "#984c77"),
        "sky": Shades("#3c84ae", "#dcf0fb", "#2a6f97"),
        "yellow": Shades("#8f8824", "#fbf8d0", "#6e6812"),
        "gray": Shades("#7d858e", "#edeff1", "#59626c"),
    },
)
DARK = Theme(
    paper="#111111",
    ink="#ececec",
    quiet="#a9b1ba",
    rule="#757d87",
    hues={
        "blue": Shades("#3f9bd6", "#0d3a57", "#6db8e8"),
        "orange": Shades("#e69f00", "#5a420c", "#f0b534"),
        "green": Shades("#1fb38a", "#0d4536", "#3fcda4"),
        "vermillion": Shades("#ec7424", "#5c2f10", "#f79253"),
        "purple": Shades("#d58bb3", "#533747", "#e2a5c6"),
        "sky": Shades("#7cc6ef", "#2b4d61", "#8fd0f4"),
        "yellow": Shades("#f0e442", "#55511d", "#f0e442"),
        "gray": Shades("#868e97", "#282b2f", "#a9b1ba"),
    },
)

# Roles, so that a colour means the same thing in every unit.
INPUT, KERNEL, OUTPUT, ALERT, EXTRA, EMPTY = (
    "blue",
    "orange",
    "green",
    "vermillion",
    "purple",
    "gray",
)

SIZES = {"title": 15, "label": 13, "small": 11}
# The families that stand first exist on the three desktop systems; stills use the last but one,
# which matplotlib brings along, so that they look the same everywhere.
FONTS = '"Helvetica Neue", Arial, "Liberation Sans", "DejaVu Sans", sans-serif'

# Anchors of the maps, evenly spaced; colours between them are mixed linearly in sRGB.
MAPS = {
    "gray": ("#000000", "#ffffff"),
    "viridis": (
        *("#440154", "#48186a", "#472d7b", "#424086", "#3b528b", "#33638d"),
        *("#2c728e", "#26828e", "#21918c", "#1fa088", "#28ae80", "#3fbc73"),
        *("#5ec962", "#84d44b", "#addc30", "#d8e219", "#fde725"),
    ),
    "cividis": (
        *("#00224e", "#002e6a", "#1a386f", "#32436d", "#434e6c", "#535a6d"),
        *("#61656f", "#6f7073", "#7d7c78", "#8c8878", "#9b9476", "#aba072"),
        *("#bcae6c", "#cdbb63", "#dec958", "#f0d846", "#fee838"),
    ),
    "signed": ("#00507d", "#0072b2", "#6fb3da", "#f7f7f7", "#f2a36c", "#d55e00", "#8f3f00"),
}


def _channels(colour: str) -> np.ndarray:
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)], dtype=float)


def colours(values: np.ndarray, name: str, low: float, high: float) -> np.ndarray:
    """Map numbers to colours.

    Args:
        values: any shape; clipped to [low, high].
        name: `gray`, `viridis`, `cividis`, or `signed`, whose middle colour means zero.
        low: the value of the first colour; for `signed` it must be −high.
        high: the value of the last colour, above `low`.

    Returns:
        uint8 of shape `values.shape + (3,)`.

    Raises:
        ValueError: for an unknown map or limits that are empty or, for `signed`, not centred.
    """
    if name not in MAPS:
        raise ValueError(f"the map must be one of {', '.join(MAPS)}; got {name!r}")
    if not low < high:
        raise ValueError(f"low must be below high; got {low} and {high}")
    if name == "signed" and low != -high:
        raise ValueError(
            f"a signed map needs low = −high, so that zero is neutral; got {low}, {high}"
        )
    anchors = np.stack([_channels(colour) for colour in MAPS[name]])
    place = (np.clip(np.asarray(values, dtype=float), low, high) - low) / (high - low)
    place = place * (len(anchors) - 1)
    at = np.arange(len(anchors))
    return np.stack(
        [np.interp(place, at, anchors[:, c]).round().astype(np.uint8) for c in range(3)], axis=-1
    )


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, in [0, 1] (WCAG 2.2)."""
    c = _channels(colour) / 255
    linear = np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
    return float(linear @ (0.2126, 0.7152, 0.0722))


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours, in [1, 21] (WCAG 2.2)."""
    dark, bright = sorted((luminance(first), luminance(second)))
    return (bright + 0.05) / (dark + 0.05)


def readable_on(colour: str) -> str:
    """Black or white, whichever reads better on `colour`: always at least 4.5:1."""
    return max(("#000000", "#ffffff"), key=lambda ink: contrast(ink, colour))


def variables(theme: Theme) -> dict[str, str]:
    """The CSS variables of a theme: `--course-ink`, `--course-blue-tint` and so on."""
    plain = {"paper": theme.paper, "ink": theme.ink, "quiet": theme.quiet, "rule": theme.rule}
    for hue, shades in theme.hues.items():
        plain |= {f"{hue}-{shade}": value for shade, value in shades._asdict().items()}
    return {f"--{PREFIX}-{name}": value for name, value in plain.items()}


def _block(theme: Theme) -> str:
    return "".join(f"{name}:{value};" for name, value in variables(theme).items())


def theme_css() -> str:
    """CSS that gives every element of class `course` the variables of the theme in use.

    JupyterLab says its theme on `body`; elsewhere the reader's system decides; paper is light.
    """
    return "\n".join(
        [
            f".{PREFIX}{{{_block(LIGHT)}}}",
            f"@media (prefers-color-scheme:dark)"
            f"{{body:not([data-jp-theme-light]) .{PREFIX}{{{_block(DARK)}}}}}",
            f'body[data-jp-theme-light="false"] .{PREFIX}{{{_block(DARK)}}}',
            f"@media print{{body .{PREFIX}.{PREFIX}.{PREFIX}{{{_block(LIGHT)}}}}}",
        ]
    )


def picture_css() -> str:
    """CSS of everything that `draw` makes, in terms of the variables: one rule a line.

    Single classes only, later ones win: renderers of stills are slow with longer selectors.
    """
    rules = [
        f".{PREFIX}-text{{font-family:{FONTS};font-size:{SIZES['label']}px;text-anchor:middle;"
        f"font-variant-numeric:tabular-nums;fill:var(--{PREFIX}-ink);white-space:pre}}",
        f".{PREFIX}-title{{font-size:{SIZES['title']}px}}",
        f".{PREFIX}-small{{font-size:{SIZES['small']}px}}",
        f".{PREFIX}-start{{text-anchor:start}}",
        f".{PREFIX}-end{{text-anchor:end}}",
        f".{PREFIX}-bold{{font-weight:700}}",
        f".{PREFIX}-quiet{{fill:var(--{PREFIX}-quiet)}}",
        # A rim of paper around text that stands on lines.
        f".{PREFIX}-halo{{paint-order:stroke;stroke:var(--{PREFIX}-paper);stroke-width:6px;"
        f"stroke-linejoin:round}}",
        f".{PREFIX}-axis{{fill:none;stroke:var(--{PREFIX}-rule);stroke-width:1.2}}",
    ]
    for hue in LIGHT.hues:
        mark, tint, word = (f"var(--{PREFIX}-{hue}-{shade})" for shade in Shades._fields)
        rules += [
            f".{PREFIX}-fill-{hue}{{fill:{tint};stroke:{mark};stroke-width:1}}",
            f".{PREFIX}-solid-{hue}{{fill:{mark}}}",
            f".{PREFIX}-line-{hue}{{fill:none;stroke:{mark};stroke-width:2.5}}",
            f".{PREFIX}-thin-{hue}{{fill:none;stroke:{mark};stroke-width:1}}",
            f".{PREFIX}-word-{hue}{{fill:{word}}}",
        ]
    # After the hues, which it changes.
    rules.append(f".{PREFIX}-dashed{{stroke-dasharray:5 3}}")
    return "\n".join(rules)


def still_css(svg: str) -> str:
    """The rules of `picture_css` that a picture uses, in the light theme and without variables."""
    light = variables(LIGHT)
    used = set(re.findall(rf"{PREFIX}-[\w-]+", svg))
    rules = [rule for rule in picture_css().split("\n") if rule[1 : rule.index("{")] in used]
    return re.sub(r"var\((--[\w-]+)\)", lambda match: light[match[1]], "\n".join(rules))
