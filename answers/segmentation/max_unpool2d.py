"""Sample answers to `max_unpool2d`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong


@wrong("max_unpool2d", "first pixel of the window")
def puts_into_the_corner(y, places, k, size):
    height, width = size
    if y.shape[2:] != (height // k, width // k):
        raise ValueError("wrong size")
    out = np.zeros((*y.shape[:2], height, width), y.dtype)
    for i in range(y.shape[2]):
        for j in range(y.shape[3]):
            out[:, :, i * k, j * k] = y[:, :, i, j]
    return out


@wrong("max_unpool2d", "window filled")
def fills_the_window(y, places, k, size):
    height, width = size
    if y.shape[2:] != (height // k, width // k):
        raise ValueError("wrong size")
    out = np.zeros((*y.shape[:2], height, width), y.dtype)
    large = y.repeat(k, axis=2).repeat(k, axis=3)
    out[:, :, : large.shape[2], : large.shape[3]] = large
    return out


@wrong("max_unpool2d", "rows and columns exchanged")
def counts_by_columns(y, places, k, size):
    height, width = size
    if y.shape[2:] != (height // k, width // k):
        raise ValueError("wrong size")
    out = np.zeros((*y.shape[:2], height, width), y.dtype)
    for n, c, i, j in np.ndindex(y.shape):
        row, column = divmod(int(places[n, c, i, j]), width)
        out[n, c, column, row] = y[n, c, i, j]
    return out


@wrong("max_unpool2d", "rows as long as the windows reach")
def counts_rows_of_windows(y, places, k, size):
    height, width = size
    if y.shape[2:] != (height // k, width // k):
        raise ValueError("wrong size")
    out = np.zeros((*y.shape[:2], height, width), y.dtype)
    for n, c, i, j in np.ndindex(y.shape):
        row, column = divmod(int(places[n, c, i, j]), k * y.shape[3])
        out[n, c, row, column] = y[n, c, i, j]
    return out


@wrong("max_unpool2d", "size ignored")
def ends_with_the_windows(y, places, k, size):
    height, width = size
    n, c, rows, columns = y.shape
    if (rows, columns) != (height // k, width // k):
        raise ValueError("wrong size")
    out = np.zeros((n, c, k * rows, k * columns), y.dtype)
    for at in np.ndindex(y.shape):
        row, column = divmod(int(places[at]), width)
        out[at[0], at[1], row, column] = y[at]
    return out


@wrong("max_unpool2d", "places of the first image")
def looks_at_the_first_image(y, places, k, size):
    height, width = size
    if y.shape[2:] != (height // k, width // k):
        raise ValueError("wrong size")
    out = np.zeros((*y.shape[:2], height * width), y.dtype)
    for n, c, i, j in np.ndindex(y.shape):
        out[n, c, places[0, c, i, j]] = y[n, c, i, j]
    return out.reshape(*y.shape[:2], height, width)


@wrong("max_unpool2d", "places of the first channel")
def looks_at_the_first_channel(y, places, k, size):
    height, width = size
    if y.shape[2:] != (height // k, width // k):
        raise ValueError("wrong size")
    out = np.zeros((*y.shape[:2], height * width), y.dtype)
    for n, c, i, j in np.ndindex(y.shape):
        out[n, c, places[n, 0, i, j]] = y[n, c, i, j]
    return out.reshape(*y.shape[:2], height, width)


@wrong("max_unpool2d", "all in the first plane")
def puts_flat(y, places, k, size):
    height, width = size
    if y.shape[2:] != (height // k, width // k):
        raise ValueError("wrong size")
    out = np.zeros((*y.shape[:2], height, width), y.dtype)
    np.put(out, places.ravel(), y.ravel())
    return out


@wrong("max_unpool2d", "values below zero lost")
def takes_the_larger_one(y, places, k, size):
    height, width = size
    if y.shape[2:] != (height // k, width // k):
        raise ValueError("wrong size")
    out = np.zeros((*y.shape[:2], height * width), y.dtype)
    for n, c, i, j in np.ndindex(y.shape):
        place = places[n, c, i, j]
        out[n, c, place] = max(out[n, c, place], y[n, c, i, j])
    return out.reshape(*y.shape[:2], height, width)


@wrong("max_unpool2d", "first pixel of the window")
def spreads_with_a_stride(y, places, k, size):
    height, width = size
    if y.shape[2:] != (height // k, width // k):
        raise ValueError("wrong size")
    out = np.zeros((*y.shape[:2], height, width), y.dtype)
    out[:, :, : y.shape[2] * k : k, : y.shape[3] * k : k] = y
    return out


@variant("max_unpool2d")
def with_loops(y, places, k, size):
    height, width = size
    n_images, channels, rows, columns = y.shape
    if rows != height // k or columns != width // k:
        raise ValueError("the windows do not belong to this size")
    out = np.zeros((n_images, channels, height, width), y.dtype)
    for n in range(n_images):
        for c in range(channels):
            for i in range(rows):
                for j in range(columns):
                    place = int(places[n, c, i, j])
                    out[n, c, place // width, place % width] = y[n, c, i, j]
    return out


@variant("max_unpool2d")
def with_advanced_indices(y, places, k, size):
    if tuple(side // k for side in size) != y.shape[2:]:
        raise ValueError("the windows do not belong to this size")
    out = np.zeros(y.shape[:2] + tuple(size), dtype=y.dtype)
    rows, columns = np.divmod(places, size[1])
    images = np.arange(len(y))[:, None, None, None]
    channels = np.arange(y.shape[1])[:, None, None]
    out[images, channels, rows, columns] = y
    return out


@variant("max_unpool2d")
def plane_by_plane(y, places, k, size):
    if y.shape[2] != size[0] // k or y.shape[3] != size[1] // k:
        raise ValueError("the windows do not belong to this size")
    planes = []
    for values, where in zip(y.reshape(-1, *y.shape[2:]), places.reshape(-1, *y.shape[2:])):  # noqa: B905
        plane = np.zeros(size, y.dtype)
        plane.flat[where.ravel()] = values.ravel()
        planes.append(plane)
    return np.array(planes).reshape(*y.shape[:2], *size)


@variant("max_unpool2d")
def with_offsets(y, places, k, size):
    n, c, rows, columns = y.shape
    height, width = size
    if (height // k, width // k) != (rows, columns):
        raise ValueError("the windows do not belong to this size")
    flat = np.zeros(n * c * height * width, y.dtype)
    start = height * width * np.arange(n * c).reshape(n, c, 1, 1)
    flat[start + places] = y
    return flat.reshape(n, c, height, width)


@neutral("max_unpool2d", "no refusal")
def never_refuses(y, places, k, size):
    out = np.zeros((*y.shape[:2], size[0] * size[1]), y.dtype)
    for n, c, i, j in np.ndindex(y.shape):
        out[n, c, places[n, c, i, j]] = y[n, c, i, j]
    return out.reshape(*y.shape[:2], *size)


@neutral("max_unpool2d", "always float64")
def widens(y, places, k, size):
    if y.shape[2:] != (size[0] // k, size[1] // k):
        raise ValueError("wrong size")
    out = np.zeros((*y.shape[:2], size[0] * size[1]))
    for n, c, i, j in np.ndindex(y.shape):
        out[n, c, places[n, c, i, j]] = y[n, c, i, j]
    return out.reshape(*y.shape[:2], *size)


@neutral("max_unpool2d", "changes the places that it is given")
def spoils_the_places(y, places, k, size):
    if y.shape[2:] != (size[0] // k, size[1] // k):
        raise ValueError("wrong size")
    out = np.zeros(y.size // (y.shape[2] * y.shape[3]) * size[0] * size[1], y.dtype)
    places += (
        size[0]
        * size[1]
        * np.arange(len(y) * y.shape[1], dtype=places.dtype).reshape(len(y), y.shape[1], 1, 1)
    )
    out[places] = y
    places += 1
    return out.reshape(*y.shape[:2], *size)


@neutral("max_unpool2d", "a list")
def gives_a_list(y, places, k, size):
    if y.shape[2:] != (size[0] // k, size[1] // k):
        raise ValueError("wrong size")
    out = np.zeros((*y.shape[:2], size[0] * size[1]), y.dtype)
    for n, c, i, j in np.ndindex(y.shape):
        out[n, c, places[n, c, i, j]] = y[n, c, i, j]
    return out.reshape(*y.shape[:2], *size).tolist()


@neutral("max_unpool2d", "only sizes that k divides are taken")
def refuses_too_much(y, places, k, size):
    if (k * y.shape[2], k * y.shape[3]) != tuple(size):
        raise ValueError("wrong size")
    out = np.zeros((*y.shape[:2], size[0] * size[1]), y.dtype)
    for n, c, i, j in np.ndindex(y.shape):
        out[n, c, places[n, c, i, j]] = y[n, c, i, j]
    return out.reshape(*y.shape[:2], *size)


@neutral("max_unpool2d", "places one too far")
def counts_from_one(y, places, k, size):
    if y.shape[2:] != (size[0] // k, size[1] // k):
        raise ValueError("wrong size")
    out = np.zeros((*y.shape[:2], size[0] * size[1]), y.dtype)
    for n, c, i, j in np.ndindex(y.shape):
        out[n, c, places[n, c, i, j] - 1] = y[n, c, i, j]
    return out.reshape(*y.shape[:2], *size)
