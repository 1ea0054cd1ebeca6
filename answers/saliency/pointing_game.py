"""Sample answers to `pointing_game`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong

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


@wrong("pointing_game", "constant map hits")
def pointing_by_where(saliency, mask):
    if np.isnan(saliency).any():
        raise ValueError("the map holds NaN")
    row, column = np.argwhere(saliency == saliency.max())[0]
    return bool(mask[row, column])


@wrong("pointing_game", "largest magnitude")
def pointing_by_strength(saliency, mask):
    strength = np.abs(saliency)
    if np.isnan(strength).any():
        raise ValueError("NaN")
    if np.ptp(saliency) == 0:
        return False
    return bool(mask[np.unravel_index(np.argmax(strength), strength.shape)])


@wrong("pointing_game", "rows and columns swapped")
def pointing_counts_down_the_columns(saliency, mask):
    if np.isnan(saliency).any():
        raise ValueError("NaN")
    if np.ptp(saliency) == 0:
        return False
    return bool(mask.T.ravel()[np.argmax(saliency)])


@wrong("pointing_game", "hit and miss swapped")
def pointing_outside(saliency, mask):
    if np.isnan(saliency).any():
        raise ValueError("NaN")
    outside = ~mask
    return bool(saliency.max() == saliency.min() or outside.flat[saliency.argmax()])


@variant("pointing_game")
def pointing_by_two_maxima(saliency, mask):
    if np.isnan(saliency.sum()):
        raise ValueError("NaN")
    if (saliency == saliency.flat[0]).all() or not mask.any():
        return False
    return bool(saliency[mask].max() == saliency.max())


@neutral("pointing_game", "without refusals")
def pointing_with_nan(saliency, mask):
    if saliency.max() == saliency.min():
        return False
    return bool(mask.flat[np.nanargmax(saliency)])


@neutral("pointing_game", "constant by the standard deviation")
def pointing_by_deviation(saliency, mask):
    if np.isnan(saliency).any():
        raise ValueError("NaN")
    if saliency.std() == 0:
        return False
    return bool(mask.flat[saliency.argmax()])


@neutral("pointing_game", "nearly constant is constant")
def pointing_by_closeness(saliency, mask):
    if np.isnan(saliency).any():
        raise ValueError("NaN")
    if np.allclose(saliency, saliency.flat[0]):
        return False
    return bool(mask.flat[saliency.argmax()])


@neutral("pointing_game", "0 or 1")
def pointing_as_number(saliency, mask):
    if np.isnan(saliency).any():
        raise ValueError("NaN")
    if saliency.max() == saliency.min():
        return 0
    return int(mask.flat[saliency.argmax()])


@neutral("pointing_game", "changes the map")
def pointing_in_place(saliency, mask):
    if np.isnan(saliency).any():
        raise ValueError("NaN")
    if saliency.max() == saliency.min():
        return False
    saliency -= saliency.min()
    saliency /= saliency.max()
    return bool(mask[saliency == 1].any())


@neutral("pointing_game", "always a hit")
def pointing_always(saliency, mask):
    if np.isnan(saliency).any():
        raise ValueError("NaN")
    return True
