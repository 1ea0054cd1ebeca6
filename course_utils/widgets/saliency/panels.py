"""What the widgets of saliency draw alike: films, maps over them, outlines, the maximum."""

import numpy as np

from course_utils.widgets import draw, style

P = draw.P
LEVELS = 24  # colours of a map: as many as the eye tells apart, and small to send
TRUTH = "vermillion"


def film(image: np.ndarray, x: float, y: float, side: float) -> str:
    """A gray image (H, W), uint8."""
    return draw.image(image, x, y, side, side)


def scaled(values: np.ndarray, most: float | None = None) -> np.ndarray:
    """A map from 0 to 1 in few steps: what is below zero is 0, the brightest half percent is 1."""
    positive = np.clip(values, 0, None)
    most = float(np.quantile(positive, 0.995)) if most is None else most
    if most <= 0:
        most = float(positive.max()) or 1.0
    return (np.clip(positive / most, 0, 1) * LEVELS).round() / LEVELS


def heat(values: np.ndarray, x: float, y: float, side: float) -> str:
    """A map of what supports a class: dark is nothing, yellow the most in this map."""
    return draw.image(style.colours(scaled(values), "viridis", 0, 1), x, y, side, side)


def _edges(labels: np.ndarray) -> list[tuple[int, int, int, bool]]:
    """Runs of borders between different labels: (row, column, length, horizontal)."""
    runs = []
    for horizontal, grid in ((True, labels), (False, labels.T)):
        differs = grid[1:] != grid[:-1]
        for row in np.flatnonzero(differs.any(axis=1)):
            ends = np.flatnonzero(np.diff(np.pad(differs[row].astype(int), 1)))
            for start, stop in ends.reshape(-1, 2):
                place = (row, start) if horizontal else (start, row)
                runs.append((int(place[0]), int(place[1]), int(stop - start), horizontal))
    return runs


def border_path(labels: np.ndarray, x: float, y: float, side: float) -> str:
    """The path along all borders between regions of a square image with different labels."""
    zoom = side / len(labels)
    path = ""
    for row, column, length, horizontal in _edges(labels):
        left, top = (column, row + 1) if horizontal else (column + 1, row)
        at = f"M{draw.coordinate(x + left * zoom)} {draw.coordinate(y + top * zoom)}"
        path += at + ("h" if horizontal else "v") + draw.coordinate(length * zoom)
    return path


def outline(mask: np.ndarray, x: float, y: float, side: float, look: str = TRUTH) -> str:
    """The edge of a region (H, W) bool, with a rim of paper so that it stands out anywhere."""
    framed = np.pad(mask, 1)
    zoom = side / len(mask)
    path = border_path(framed, x - zoom, y - zoom, side + 2 * zoom)
    if not path:
        return ""
    rim = f'<path class="{P}-halo" style="fill:none" d="{path}"/>'
    return rim + f'<path class="{P}-line-{look}" style="stroke-width:2" d="{path}"/>'


def borders(labels: np.ndarray, x: float, y: float, side: float, look: str = "sky") -> str:
    """Thin lines between the regions of a segmentation (H, W)."""
    path = border_path(labels, x, y, side)
    return f'<path class="{P}-thin-{look}" d="{path}"/>'


def region(mask: np.ndarray, x: float, y: float, side: float, fill: str) -> str:
    """A region (H, W) bool filled with a colour."""
    zoom = side / len(mask)
    path = ""
    for row in np.flatnonzero(mask.any(axis=1)):
        ends = np.flatnonzero(np.diff(np.pad(mask[row].astype(int), 1))).reshape(-1, 2)
        for start, stop in ends:
            left, top = draw.coordinate(x + start * zoom), draw.coordinate(y + row * zoom)
            width, tall = draw.coordinate((stop - start) * zoom), draw.coordinate(zoom)
            path += f"M{left} {top}h{width}v{tall}h-{width}z"
    # A stroke of its own colour closes the hairlines between rows.
    return f'<path style="fill:{fill};stroke:{fill};stroke-width:.4" d="{path}"/>'


def cross(row: int, column: int, x: float, y: float, zoom: float) -> str:
    """A cross hair on the pixel where a map is largest."""
    at = f"{draw.coordinate(x + (column + 0.5) * zoom)} {draw.coordinate(y + (row + 0.5) * zoom)}"
    path = f"M{at}m-9 0h6m6 0h6M{at}m0 -9v6m0 6v6"
    return (
        f'<path style="fill:none;stroke:#000;stroke-width:4.5" d="{path}"/>'
        f'<path style="fill:none;stroke:#fff;stroke-width:2" d="{path}"/>'
    )


def ramp(
    x: float, y: float, width: float, words: tuple[str, str] = ("nothing", "the most in this map")
) -> str:
    """What the colours of `heat` mean."""
    colours = style.colours(np.linspace(0, 1, 64)[None], "viridis", 0, 1)
    low, high = words
    drawn = draw.image(colours, x, y, width, 10)
    if low:
        drawn += draw.text(x - 8, y + 9, low, look="quiet", size="small", anchor="end")
    return drawn + draw.text(x + width + 8, y + 9, high, look="quiet", size="small", anchor="start")
