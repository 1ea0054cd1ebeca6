"""Regions of an image: their edges, and what lies inside."""

import numpy as np

from course_utils.widgets import draw


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


def outline(mask: np.ndarray, x: float, y: float, side: float, look: str) -> str:
    """The edge of a region (H, W) bool, with a rim of paper so that it stands out anywhere."""
    framed = np.pad(mask, 1)
    zoom = side / len(mask)
    path = border_path(framed, x - zoom, y - zoom, side + 2 * zoom)
    if not path:
        return ""
    rim = draw.path("halo", path, css="fill:none")
    return rim + draw.path(f"line-{look}", path, css="stroke-width:2")


def borders(labels: np.ndarray, x: float, y: float, side: float, look: str = "sky") -> str:
    """Thin lines between the regions of a segmentation (H, W)."""
    path = border_path(labels, x, y, side)
    return draw.path(f"thin-{look}", path)


def _rows(mask: np.ndarray, x: float, y: float, side: float) -> str:
    """The path of a region: a rectangle for each run of pixels in a row."""
    zoom = side / len(mask)
    path = ""
    for row in np.flatnonzero(mask.any(axis=1)):
        ends = np.flatnonzero(np.diff(np.pad(mask[row].astype(int), 1))).reshape(-1, 2)
        for start, stop in ends:
            left, top = draw.coordinate(x + start * zoom), draw.coordinate(y + row * zoom)
            width, tall = draw.coordinate((stop - start) * zoom), draw.coordinate(zoom)
            path += f"M{left} {top}h{width}v{tall}h-{width}z"
    return path


def region(mask: np.ndarray, x: float, y: float, side: float, fill: str) -> str:
    """A region (H, W) bool filled with a colour."""
    path = _rows(mask, x, y, side)
    # A stroke of its own colour closes the hairlines between rows.
    return f'<path style="fill:{fill};stroke:{fill};stroke-width:.4" d="{path}"/>'


def tinted(mask: np.ndarray, x: float, y: float, side: float, look: str) -> str:
    """A region (H, W) bool in the tint of a hue, which follows the theme."""
    path = _rows(mask, x, y, side)
    return draw.path(f"fill-{look}", path, css="stroke:none") if path else draw.NOTHING
