"""Sample answers to `hausdorff_distance`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong


@wrong("hausdorff_distance", "from the first to the second only")
def looks_from_the_first(a, b, spacing):
    if not a.any() or not b.any():
        raise ValueError("an empty mask")
    points = []
    for mask in (a, b):
        padded = np.pad(mask, 1)
        inside = padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:]
        points.append(np.argwhere(mask & ~inside) * np.array(spacing))
    steps = points[0][:, None] - points[1]
    distances = np.sqrt((steps**2).sum(axis=-1))
    return float(distances.min(axis=1).max())


@wrong("hausdorff_distance", "from the second to the first only")
def looks_from_the_second(a, b, spacing):
    if not a.any() or not b.any():
        raise ValueError("an empty mask")
    points = []
    for mask in (a, b):
        padded = np.pad(mask, 1)
        inside = padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:]
        points.append(np.argwhere(mask & ~inside) * np.array(spacing))
    steps = points[0][:, None] - points[1]
    distances = np.sqrt((steps**2).sum(axis=-1))
    return float(distances.min(axis=0).max())


@wrong("hausdorff_distance", "the smaller of both directions")
def takes_the_smaller(a, b, spacing):
    if not a.any() or not b.any():
        raise ValueError("an empty mask")
    points = []
    for mask in (a, b):
        padded = np.pad(mask, 1)
        inside = padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:]
        points.append(np.argwhere(mask & ~inside) * np.array(spacing))
    steps = points[0][:, None] - points[1]
    distances = np.sqrt((steps**2).sum(axis=-1))
    return float(min(distances.min(axis=1).max(), distances.min(axis=0).max()))


@wrong("hausdorff_distance", "mean of both directions")
def averages_the_directions(a, b, spacing):
    if not a.any() or not b.any():
        raise ValueError("an empty mask")
    points = []
    for mask in (a, b):
        padded = np.pad(mask, 1)
        inside = padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:]
        points.append(np.argwhere(mask & ~inside) * np.array(spacing))
    steps = points[0][:, None] - points[1]
    distances = np.sqrt((steps**2).sum(axis=-1))
    return float((distances.min(axis=1).max() + distances.min(axis=0).max()) / 2)


@wrong("hausdorff_distance", "mean distance")
def averages_the_distances(a, b, spacing):
    if not a.any() or not b.any():
        raise ValueError("an empty mask")
    points = []
    for mask in (a, b):
        padded = np.pad(mask, 1)
        inside = padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:]
        points.append(np.argwhere(mask & ~inside) * np.array(spacing))
    steps = points[0][:, None] - points[1]
    distances = np.sqrt((steps**2).sum(axis=-1))
    return float(max(distances.min(axis=1).mean(), distances.min(axis=0).mean()))


@wrong("hausdorff_distance", "smallest distance")
def takes_the_nearest(a, b, spacing):
    if not a.any() or not b.any():
        raise ValueError("an empty mask")
    points = []
    for mask in (a, b):
        padded = np.pad(mask, 1)
        inside = padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:]
        points.append(np.argwhere(mask & ~inside) * np.array(spacing))
    steps = points[0][:, None] - points[1]
    distances = np.sqrt((steps**2).sum(axis=-1))
    return float(distances.min())


@wrong("hausdorff_distance", "the two farthest pixels")
def takes_the_farthest(a, b, spacing):
    if not a.any() or not b.any():
        raise ValueError("an empty mask")
    points = []
    for mask in (a, b):
        padded = np.pad(mask, 1)
        inside = padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:]
        points.append(np.argwhere(mask & ~inside) * np.array(spacing))
    steps = points[0][:, None] - points[1]
    distances = np.sqrt((steps**2).sum(axis=-1))
    return float(distances.max())


@wrong("hausdorff_distance", "spacing ignored")
def counts_pixels(a, b, spacing):
    if not a.any() or not b.any():
        raise ValueError("an empty mask")
    points = []
    for mask in (a, b):
        padded = np.pad(mask, 1)
        inside = padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:]
        points.append(np.argwhere(mask & ~inside) * 1.0)
    steps = points[0][:, None] - points[1]
    distances = np.sqrt((steps**2).sum(axis=-1))
    return float(max(distances.min(axis=1).max(), distances.min(axis=0).max()))


@wrong("hausdorff_distance", "spacing exchanged")
def exchanges_the_spacing(a, b, spacing):
    if not a.any() or not b.any():
        raise ValueError("an empty mask")
    points = []
    for mask in (a, b):
        padded = np.pad(mask, 1)
        inside = padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:]
        points.append(np.argwhere(mask & ~inside) * np.array(spacing[::-1]))
    steps = points[0][:, None] - points[1]
    distances = np.sqrt((steps**2).sum(axis=-1))
    return float(max(distances.min(axis=1).max(), distances.min(axis=0).max()))


@wrong("hausdorff_distance", "all pixels of the masks")
def takes_whole_masks(a, b, spacing):
    if not a.any() or not b.any():
        raise ValueError("an empty mask")
    points = [np.argwhere(mask) * spacing for mask in (a, b)]
    steps = points[0][:, None] - points[1]
    distances = np.sqrt((steps**2).sum(axis=-1))
    return float(max(distances.min(axis=1).max(), distances.min(axis=0).max()))


@wrong("hausdorff_distance", "boundary by eight neighbours")
def looks_at_eight_neighbours(a, b, spacing):
    if not a.any() or not b.any():
        raise ValueError("an empty mask")
    points = []
    for mask in (a, b):
        padded = np.pad(mask, 1)
        inside = padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:]
        inside = inside & padded[:-2, :-2] & padded[:-2, 2:] & padded[2:, :-2] & padded[2:, 2:]
        points.append(np.argwhere(mask & ~inside) * np.array(spacing))
    steps = points[0][:, None] - points[1]
    distances = np.sqrt((steps**2).sum(axis=-1))
    return float(max(distances.min(axis=1).max(), distances.min(axis=0).max()))


@wrong("hausdorff_distance", "edge of the image no boundary")
def goes_on_outside(a, b, spacing):
    if not a.any() or not b.any():
        raise ValueError("an empty mask")
    points = []
    for mask in (a, b):
        padded = np.pad(mask, 1, constant_values=True)
        inside = padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:]
        points.append(np.argwhere(mask & ~inside) * np.array(spacing))
    steps = points[0][:, None] - points[1]
    distances = np.sqrt((steps**2).sum(axis=-1))
    return float(max(distances.min(axis=1).max(), distances.min(axis=0).max()))


@wrong("hausdorff_distance", "distance not rooted")
def forgets_the_root(a, b, spacing):
    if not a.any() or not b.any():
        raise ValueError("an empty mask")
    points = []
    for mask in (a, b):
        padded = np.pad(mask, 1)
        inside = padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:]
        points.append(np.argwhere(mask & ~inside) * np.array(spacing))
    distances = ((points[0][:, None] - points[1]) ** 2).sum(axis=-1)
    return float(max(distances.min(axis=1).max(), distances.min(axis=0).max()))


@wrong("hausdorff_distance", "city-block distance")
def adds_up_the_steps(a, b, spacing):
    if not a.any() or not b.any():
        raise ValueError("an empty mask")
    points = []
    for mask in (a, b):
        padded = np.pad(mask, 1)
        inside = padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:]
        points.append(np.argwhere(mask & ~inside) * np.array(spacing))
    distances = np.abs(points[0][:, None] - points[1]).sum(axis=-1)
    return float(max(distances.min(axis=1).max(), distances.min(axis=0).max()))


@wrong("hausdorff_distance", "the larger one of both steps")
def takes_the_larger_step(a, b, spacing):
    if not a.any() or not b.any():
        raise ValueError("an empty mask")
    points = []
    for mask in (a, b):
        padded = np.pad(mask, 1)
        inside = padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:]
        points.append(np.argwhere(mask & ~inside) * np.array(spacing))
    distances = np.abs(points[0][:, None] - points[1]).max(axis=-1)
    return float(max(distances.min(axis=1).max(), distances.min(axis=0).max()))


@wrong("hausdorff_distance", "distance of the centres")
def compares_centres(a, b, spacing):
    if not a.any() or not b.any():
        raise ValueError("an empty mask")
    first, second = (np.argwhere(mask).mean(axis=0) * spacing for mask in (a, b))
    return float(np.sqrt(((first - second) ** 2).sum()))


@variant("hausdorff_distance")
def with_loops(a, b, spacing):
    if not a.any() or not b.any():
        raise ValueError("an empty mask")
    dy, dx = spacing
    height, width = a.shape

    def edge(mask):
        found = []
        for r in range(height):
            for c in range(width):
                if not mask[r, c]:
                    continue
                around = ((r - 1, c), (r + 1, c), (r, c - 1), (r, c + 1))
                if any(
                    not (0 <= i < height and 0 <= j < width) or not mask[i, j] for i, j in around
                ):
                    found.append((r * dy, c * dx))
        return found

    def directed(points, others):
        return max(min((y - v) ** 2 + (x - u) ** 2 for v, u in others) for y, x in points)

    first, second = edge(a), edge(b)
    return max(directed(first, second), directed(second, first)) ** 0.5


@variant("hausdorff_distance")
def with_rolled_masks(a, b, spacing):
    if not a.any() or not b.any():
        raise ValueError("an empty mask")

    def edge(mask):
        wide = np.pad(mask, 1)
        neighbours = [np.roll(wide, step, axis) for axis in (0, 1) for step in (1, -1)]
        inner = np.logical_and.reduce(neighbours)
        rows, columns = np.nonzero((wide & ~inner)[1:-1, 1:-1])
        return rows * spacing[0], columns * spacing[1]

    (ya, xa), (yb, xb) = edge(a), edge(b)
    distances = np.hypot(np.subtract.outer(ya, yb), np.subtract.outer(xa, xb))
    return float(max(np.amax(np.amin(distances, 0)), np.amax(np.amin(distances, 1))))


@variant("hausdorff_distance")
def with_complex_numbers(a, b, spacing):
    if not a.any() or not b.any():
        raise ValueError("an empty mask")

    def edge(mask):
        p = np.zeros((mask.shape[0] + 2, mask.shape[1] + 2), int)
        p[1:-1, 1:-1] = mask
        count = p[:-2, 1:-1] + p[2:, 1:-1] + p[1:-1, :-2] + p[1:-1, 2:]
        rows, columns = np.where(mask & (count < 4))
        return rows * spacing[0] + 1j * columns * spacing[1]

    distances = abs(edge(a)[:, None] - edge(b)[None, :])
    return max(distances.min(0).max(), distances.min(1).max())


@variant("hausdorff_distance")
def point_by_point(a, b, spacing):
    if not a.any() or not b.any():
        raise ValueError("an empty mask")
    edges = []
    for mask in (a, b):
        inner = np.zeros_like(mask)
        inner[1:-1, 1:-1] = (
            mask[:-2, 1:-1] & mask[2:, 1:-1] & mask[1:-1, :-2] & mask[1:-1, 2:] & mask[1:-1, 1:-1]
        )
        edges.append(np.argwhere(mask & ~inner).astype(float) * np.asarray(spacing, float))
    worst = 0.0
    for points, others in (edges, edges[::-1]):
        for point in points:
            worst = max(worst, np.linalg.norm(others - point, axis=1).min())
    return worst


@neutral("hausdorff_distance", "no refusal")
def gives_nan_for_nothing(a, b, spacing):
    if not a.any() or not b.any():
        return float("nan")
    points = []
    for mask in (a, b):
        padded = np.pad(mask, 1)
        inside = padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:]
        points.append(np.argwhere(mask & ~inside) * np.array(spacing))
    steps = points[0][:, None] - points[1]
    distances = np.sqrt((steps**2).sum(axis=-1))
    return float(max(distances.min(axis=1).max(), distances.min(axis=0).max()))


@neutral("hausdorff_distance", "an array of one number")
def gives_an_array(a, b, spacing):
    if not a.any() or not b.any():
        raise ValueError("an empty mask")
    points = []
    for mask in (a, b):
        padded = np.pad(mask, 1)
        inside = padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:]
        points.append(np.argwhere(mask & ~inside) * np.array(spacing))
    steps = points[0][:, None] - points[1]
    distances = np.sqrt((steps**2).sum(axis=-1))
    return np.array([max(distances.min(axis=1).max(), distances.min(axis=0).max())])


@neutral("hausdorff_distance", "changes a mask")
def spoils_a_mask(a, b, spacing):
    if not a.any() or not b.any():
        raise ValueError("an empty mask")
    points = []
    for mask in (a, b):
        padded = np.pad(mask, 1)
        inside = padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:]
        points.append(np.argwhere(mask & ~inside) * np.array(spacing))
    steps = points[0][:, None] - points[1]
    distances = np.sqrt((steps**2).sum(axis=-1))
    a[...] = False
    return float(max(distances.min(axis=1).max(), distances.min(axis=0).max()))


@neutral("hausdorff_distance", "whole millimetres")
def rounds(a, b, spacing):
    if not a.any() or not b.any():
        raise ValueError("an empty mask")
    points = []
    for mask in (a, b):
        padded = np.pad(mask, 1)
        inside = padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:]
        points.append(np.argwhere(mask & ~inside) * np.array(spacing))
    steps = points[0][:, None] - points[1]
    distances = np.sqrt((steps**2).sum(axis=-1))
    return round(float(max(distances.min(axis=1).max(), distances.min(axis=0).max())))


@neutral("hausdorff_distance", "both directions in a tuple")
def gives_both(a, b, spacing):
    if not a.any() or not b.any():
        raise ValueError("an empty mask")
    points = []
    for mask in (a, b):
        padded = np.pad(mask, 1)
        inside = padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:]
        points.append(np.argwhere(mask & ~inside) * np.array(spacing))
    steps = points[0][:, None] - points[1]
    distances = np.sqrt((steps**2).sum(axis=-1))
    return float(distances.min(axis=1).max()), float(distances.min(axis=0).max())


@neutral("hausdorff_distance", "both steps with the spacing of rows")
def uses_one_spacing(a, b, spacing):
    if not a.any() or not b.any():
        raise ValueError("an empty mask")
    points = []
    for mask in (a, b):
        padded = np.pad(mask, 1)
        inside = padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:]
        points.append(np.argwhere(mask & ~inside) * spacing[0])
    steps = points[0][:, None] - points[1]
    distances = np.sqrt((steps**2).sum(axis=-1))
    return float(max(distances.min(axis=1).max(), distances.min(axis=0).max()))
