"""Marks on a picture: dots, crosses, rings, curves, and what stands out on any image."""

import numpy as np

from course_utils.widgets import draw

_C = draw.coordinate


def area(pixels: np.ndarray, look: str) -> str:
    """A filled polygon without an edge."""
    if not len(pixels):
        return draw.NOTHING
    return draw.polygon(f"fill-{look}", pixels, css="stroke:none")


def curve(pixels: np.ndarray, look: str, *, dashed: bool = False) -> str:
    """A line through points; one that is not finite makes a gap."""
    path, pen = "", "M"
    for x, y in pixels:
        if not np.isfinite([x, y]).all():
            pen = "M"
            continue
        path += f"{pen}{_C(x)} {_C(y)}"
        pen = "L"
    return draw.path(f"line-{look}" + " dashed" * dashed, path)


def dots(pixels: np.ndarray, look: str, radius: float = 2.5, *, css: str = "") -> str:
    """Small discs, all in one path."""
    r = _C(radius)
    path = "".join(
        f"M{_C(round(x - radius, 1))} {_C(round(y, 1))}a{r} {r} 0 1 0 {_C(2 * radius)} 0"
        f"a{r} {r} 0 1 0 -{_C(2 * radius)} 0"
        for x, y in pixels
    )
    return draw.path(f"solid-{look}", path, css=css)


def crosses(
    pixels: np.ndarray, look: str, radius: float = 3, *, css: str = "stroke-width:1.6"
) -> str:
    """Diagonal crosses, all in one path."""
    d = _C(2 * radius)
    path = "".join(
        f"M{_C(round(x - radius, 1))} {_C(round(y - radius, 1))}l{d} {d}m0 -{d}l-{d} {d}"
        for x, y in pixels
    )
    return draw.path(f"line-{look}", path, css=css)


def rings(pixels: np.ndarray, look: str, radius: float = 6) -> str:
    """Circles around places, all in one path."""
    r, d = _C(radius), _C(2 * radius)
    path = "".join(
        f"M{_C(round(x - radius, 1))} {_C(round(y, 1))}a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0 -{d} 0"
        for x, y in pixels
    )
    return draw.path(f"line-{look}", path, css="stroke-width:2")


def node(x: float, y: float, radius: float, content: str, look: str, word: str = "bold") -> str:
    """A circle with a short text in it."""
    return draw.circle(f"fill-{look}", x, y, radius) + draw.text(x, y + 5, content, look=word)


def between(
    x1: float, y1: float, x2: float, y2: float, radius: float
) -> tuple[float, float, float, float]:
    """The ends of an arrow between two circles of that radius."""
    start, end = np.array([x1, y1]), np.array([x2, y2])
    along = (end - start) / np.hypot(*(end - start))
    (a, b), (c, d) = start + radius * along, end - radius * along
    return float(a), float(b), float(c), float(d)


def rim(x: float, y: float, width: float, height: float, look: str, css: str = "") -> str:
    """A thick frame with a rim of paper, which stands out on any image."""
    css = css or "fill:none;stroke-width:5.5px"
    paper = draw.rect("halo", x, y, width, height, radius=3, css=css)
    return paper + draw.highlight(x, y, width, height, look=look)


def ring(x: float, y: float, radius: float, look: str) -> str:
    """A circle around a place, with a rim of paper."""
    paper = draw.circle("halo", x, y, radius, css="fill:none;stroke-width:5px")
    return paper + draw.circle(f"line-{look}", x, y, radius)


def diamond(looks: str, x: float, y: float, radius: float) -> str:
    """A square on its corner."""
    r = _C(radius)
    return draw.path(looks, f"M{_C(x)} {_C(y - radius)}l{r} {r}l-{r} {r}l-{r} -{r}z")


def cross_hair(x: float, y: float) -> str:
    """Marks a place on any image, and leaves the place itself free."""
    at = f"{_C(x)} {_C(y)}"
    path = f"M{at}m-9 0h6m6 0h6M{at}m0 -9v6m0 6v6"
    return (
        f'<path style="fill:none;stroke:#000;stroke-width:4.5" d="{path}"/>'
        f'<path style="fill:none;stroke:#fff;stroke-width:2" d="{path}"/>'
    )
