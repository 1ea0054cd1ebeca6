"""Sample answers to `pointing_game`."""

import numpy as np

from course_utils.authoring.answers import variant, wrong

SURVIVORS = {
    (
        "pointing_game: if saliency.max() == saliency.min(): -> "
        "if saliency.max() <= saliency.min():"
    ): "a maximum is never below the minimum",
}


@wrong("pointing_game", "constant map hits")
def pointing_lets_constants_win(saliency, mask):
    if np.isnan(saliency).any():
        raise ValueError("NaN")
    return bool(mask[np.unravel_index(saliency.argmax(), saliency.shape)])


@wrong("pointing_game", "largest magnitude")
def pointing_absolute(saliency, mask):
    if np.isnan(saliency).any():
        raise ValueError("NaN")
    if saliency.min() == saliency.max():
        return False
    return bool(mask.flat[np.abs(saliency).argmax()])


@wrong("pointing_game", "smallest value")
def pointing_smallest(saliency, mask):
    if np.isnan(saliency).any():
        raise ValueError("NaN")
    if saliency.min() == saliency.max():
        return False
    return bool(mask.flat[saliency.argmin()])


@wrong("pointing_game", "means compared")
def pointing_means(saliency, mask):
    if np.isnan(saliency).any():
        raise ValueError("NaN")
    if mask.all():
        return False
    return bool(saliency[mask].mean() > saliency[~mask].mean())


@wrong("pointing_game", "hit and miss swapped")
def pointing_swapped(saliency, mask):
    if np.isnan(saliency).any():
        raise ValueError("NaN")
    if saliency.min() == saliency.max():
        return True
    return not mask.flat[saliency.argmax()]


@wrong("pointing_game", "rows and columns swapped")
def pointing_transposed(saliency, mask):
    if np.isnan(saliency).any():
        raise ValueError("NaN")
    if saliency.min() == saliency.max():
        return False
    return bool(mask.ravel(order="F")[saliency.argmax()])


@variant("pointing_game")
def pointing_by_place(saliency, mask):
    if not np.isfinite(saliency).all():
        raise ValueError("the map holds NaN")
    if np.ptp(saliency) == 0:
        return False
    row, column = np.unravel_index(np.argmax(saliency), saliency.shape)
    return bool(mask[row, column])


@variant("pointing_game")
def pointing_by_all_maxima(saliency, mask):
    if np.isnan(saliency).any():
        raise ValueError("NaN has no place in a map")
    top = saliency == saliency.max()
    return bool((top & mask).any()) and not top.all()


@variant("pointing_game")
def pointing_by_loop(saliency, mask):
    best, hit, values = None, False, set()
    for row, inside in zip(saliency.tolist(), mask.tolist()):  # noqa: B905
        for value, in_mask in zip(row, inside):  # noqa: B905
            if value != value:
                raise ValueError("NaN")
            values.add(value)
            if best is None or value > best:
                best, hit = value, in_mask
    return hit and len(values) > 1
