"""Sample answers to `suggest_lr`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong

NEAR = "a shift by a rate or two is right: everything within a factor of 10 is"
CUT = "the rates behind the last window are cut away two lines below"
EVEN = "the rates of a range test grow by the same factor, so all steps are equally wide"
EDGE = "no curve lies so exactly on the edge of 1 %, nor do neighbours differ by that much"
WINDOWS = "windows = np.lib.stride_tricks.sliding_window_view(losses[:end], 9)"
CENTERS = "smooth, centers = windows.mean(axis=1), lrs[4 : end - 4]"
FLAT = "if smooth[0] - smooth[lowest] < 0.01 * smooth[0]:"
FALLS = "falls = -np.diff(smooth[: lowest + 1]) / np.diff(np.log10(centers[: lowest + 1]))"
SURVIVORS = {
    f"suggest_lr: {WINDOWS} -> {WINDOWS.replace('9', '10')}": NEAR,
    f"suggest_lr: {CENTERS} -> {CENTERS.replace('[4', '[ 3')}": NEAR,
    f"suggest_lr: {CENTERS} -> {CENTERS.replace('- 4', '- 3')}": CUT,
    **{
        f"suggest_lr: {CENTERS} -> {CENTERS.replace('- 4', f'{sign} 4')}": CUT
        for sign in ("+", "|", "^", "<<", "*", "**")
    },
    f"suggest_lr: {FLAT} -> {FLAT.replace('smooth[0] -', 'smooth[ 1] -')}": EDGE,
    f"suggest_lr: {FLAT} -> {FLAT.replace('* smooth[0]', '* smooth[ 1]')}": EDGE,
    f"suggest_lr: {FLAT} -> {FLAT.replace('] - ', '] % ')}": EDGE,
    f"suggest_lr: {FLAT} -> {FLAT.replace('<', '<=')}": EDGE,
    **{
        f"suggest_lr: {FALLS} -> {FALLS.replace(') / ', f') {sign} ')}": EVEN
        for sign in ("+", "*", "-")
    },
}


@wrong("suggest_lr", "the smallest loss")
def takes_the_minimum(lrs, losses):
    bad = ~np.isfinite(losses)
    end = int(bad.argmax()) if bad.any() else len(losses)
    lrs, losses = lrs[:end], losses[:end]
    smooth = np.convolve(np.pad(losses, 4, mode="edge"), np.ones(9) / 9, mode="valid")
    if smooth.min() > 0.99 * smooth[0]:
        raise ValueError("the loss never falls")
    return lrs[smooth.argmin()]


@wrong("suggest_lr", "the smallest loss")
def takes_the_raw_minimum(lrs, losses):
    bad = ~np.isfinite(losses)
    end = int(bad.argmax()) if bad.any() else len(losses)
    lrs, losses = lrs[:end], losses[:end]
    best = losses.argmin()
    if losses[best] > 0.99 * losses[0]:
        raise ValueError("the loss never falls")
    return float(lrs[best])


@neutral("suggest_lr", "the end of the fall")
def takes_the_end_of_the_fall(lrs, losses):
    bad = ~np.isfinite(losses)
    end = int(bad.argmax()) if bad.any() else len(losses)
    smooth = np.convolve(np.pad(losses[:end], 4, mode="edge"), np.ones(9) / 9, mode="valid")
    fall = smooth[0] - smooth.min()
    if fall < 0.01 * smooth[0]:
        raise ValueError("the loss never falls")
    return lrs[np.argmax(smooth < smooth.min() + 0.08 * fall)]


@wrong("suggest_lr", "misled by the tail")
def looks_everywhere(lrs, losses):
    bad = ~np.isfinite(losses)
    end = int(bad.argmax()) if bad.any() else len(losses)
    lrs, losses = lrs[:end], losses[:end]
    smooth = np.convolve(np.pad(losses, 4, mode="edge"), np.ones(9) / 9, mode="valid")
    if smooth.min() > 0.99 * smooth[0]:
        raise ValueError("the loss never falls")
    return lrs[np.gradient(smooth, np.log10(lrs)).argmin()]


@wrong("suggest_lr", "past inf or nan")
def leaves_them_out(lrs, losses):
    keep = np.isfinite(losses)
    lrs, losses = lrs[keep], losses[keep]
    smooth = np.convolve(np.pad(losses, 4, mode="edge"), np.ones(9) / 9, mode="valid")
    if smooth.min() > 0.99 * smooth[0]:
        raise ValueError("the loss never falls")
    stop = smooth.argmin() + 1
    return lrs[np.gradient(smooth, np.log10(lrs))[:stop].argmin()]


@wrong("suggest_lr", "past inf or nan")
def fills_the_holes(lrs, losses):
    losses = np.nan_to_num(losses, nan=9.0, posinf=9.0)
    smooth = np.convolve(np.pad(losses, 4, mode="edge"), np.ones(9) / 9, mode="valid")
    if smooth.min() > 0.99 * smooth[0]:
        raise ValueError("the loss never falls")
    stop = smooth.argmin() + 1
    return lrs[np.gradient(smooth, np.log10(lrs))[:stop].argmin()]


@wrong("suggest_lr", "before the fall")
def takes_plain_slopes(lrs, losses):
    bad = ~np.isfinite(losses)
    end = int(bad.argmax()) if bad.any() else len(losses)
    lrs, losses = lrs[:end], losses[:end]
    smooth = np.convolve(np.pad(losses, 4, mode="edge"), np.ones(9) / 9, mode="valid")
    if smooth.min() > 0.99 * smooth[0]:
        raise ValueError("the loss never falls")
    stop = smooth.argmin() + 1
    return lrs[np.gradient(smooth, lrs)[:stop].argmin()]


@wrong("suggest_lr", "before the fall")
def takes_the_first_rate(lrs, losses):
    bad = ~np.isfinite(losses)
    end = int(bad.argmax()) if bad.any() else len(losses)
    lrs, losses = lrs[:end], losses[:end]
    smooth = np.convolve(np.pad(losses, 4, mode="edge"), np.ones(9) / 9, mode="valid")
    if smooth.min() > 0.99 * smooth[0]:
        raise ValueError("the loss never falls")
    return lrs[0]


@wrong("suggest_lr", "not smoothed")
def trusts_every_point(lrs, losses):
    bad = ~np.isfinite(losses)
    end = int(bad.argmax()) if bad.any() else len(losses)
    lrs, losses = lrs[:end], losses[:end]
    if losses.min() > 0.99 * losses[0]:
        raise ValueError("the loss never falls")
    stop = losses.argmin()
    return lrs[np.diff(losses)[:stop].argmin()]


@wrong("suggest_lr", "not a rate")
def returns_the_position(lrs, losses):
    bad = ~np.isfinite(losses)
    end = int(bad.argmax()) if bad.any() else len(losses)
    lrs, losses = lrs[:end], losses[:end]
    smooth = np.convolve(np.pad(losses, 4, mode="edge"), np.ones(9) / 9, mode="valid")
    if smooth.min() > 0.99 * smooth[0]:
        raise ValueError("the loss never falls")
    stop = smooth.argmin() + 1
    return int(np.gradient(smooth, np.log10(lrs))[:stop].argmin())


@wrong("suggest_lr", "not a rate")
def returns_the_logarithm(lrs, losses):
    bad = ~np.isfinite(losses)
    end = int(bad.argmax()) if bad.any() else len(losses)
    lrs, losses = lrs[:end], losses[:end]
    smooth = np.convolve(np.pad(losses, 4, mode="edge"), np.ones(9) / 9, mode="valid")
    if smooth.min() > 0.99 * smooth[0]:
        raise ValueError("the loss never falls")
    stop = smooth.argmin() + 1
    places = np.log10(lrs)
    return places[np.gradient(smooth, places)[:stop].argmin()]


@neutral("suggest_lr", "without refusals")
def always_answers(lrs, losses):
    bad = ~np.isfinite(losses)
    end = int(bad.argmax()) if bad.any() else len(losses)
    lrs, losses = lrs[:end], losses[:end]
    smooth = np.convolve(np.pad(losses, 4, mode="edge"), np.ones(9) / 9, mode="valid")
    slopes = np.diff(np.round(smooth, 6)) / np.diff(np.log10(lrs))
    stop = max(int(smooth.argmin()), 1)
    return lrs[slopes[:stop].argmin()]


@neutral("suggest_lr", "refuses too early")
def wants_a_tenth(lrs, losses):
    bad = ~np.isfinite(losses)
    end = int(bad.argmax()) if bad.any() else len(losses)
    lrs, losses = lrs[:end], losses[:end]
    smooth = np.convolve(np.pad(losses, 4, mode="edge"), np.ones(9) / 9, mode="valid")
    if smooth.min() > 0.9 * smooth[0]:
        raise ValueError("the loss never falls")
    stop = smooth.argmin() + 1
    return lrs[np.gradient(smooth, np.log10(lrs))[:stop].argmin()]


@neutral("suggest_lr", "an array for the number")
def an_array_with_one_rate(lrs, losses):
    bad = ~np.isfinite(losses)
    end = int(bad.argmax()) if bad.any() else len(losses)
    lrs, losses = lrs[:end], losses[:end]
    smooth = np.convolve(np.pad(losses, 4, mode="edge"), np.ones(9) / 9, mode="valid")
    if smooth.min() > 0.99 * smooth[0]:
        raise ValueError("the loss never falls")
    stop = smooth.argmin() + 1
    return lrs[[np.gradient(smooth, np.log10(lrs))[:stop].argmin()]]


@neutral("suggest_lr", "losses changed")
def repairs_the_losses(lrs, losses):
    bad = ~np.isfinite(losses)
    if bad.any():
        losses[bad.argmax() :] = np.nanmax(losses[: bad.argmax()])
    smooth = np.convolve(np.pad(losses, 4, mode="edge"), np.ones(9) / 9, mode="valid")
    if smooth.min() > 0.99 * smooth[0]:
        raise ValueError("the loss never falls")
    stop = smooth.argmin() + 1
    return lrs[np.gradient(smooth, np.log10(lrs))[:stop].argmin()]


@neutral("suggest_lr", "another error")
def stops_with_a_runtime_error(lrs, losses):
    bad = ~np.isfinite(losses)
    end = int(bad.argmax()) if bad.any() else len(losses)
    lrs, losses = lrs[:end], losses[:end]
    smooth = np.convolve(np.pad(losses, 4, mode="edge"), np.ones(9) / 9, mode="valid")
    if smooth.min() > 0.99 * smooth[0]:
        raise RuntimeError("the loss never falls")
    stop = smooth.argmin() + 1
    return lrs[np.gradient(smooth, np.log10(lrs))[:stop].argmin()]


@neutral("suggest_lr", "nan for a refusal")
def answers_nan(lrs, losses):
    bad = ~np.isfinite(losses)
    end = int(bad.argmax()) if bad.any() else len(losses)
    lrs, losses = lrs[:end], losses[:end]
    smooth = np.convolve(np.pad(losses, 4, mode="edge"), np.ones(9) / 9, mode="valid")
    if smooth.min() > 0.99 * smooth[0]:
        return float("nan")
    stop = smooth.argmin() + 1
    return lrs[np.gradient(smooth, np.log10(lrs))[:stop].argmin()]


@variant("suggest_lr")
def with_a_running_average(lrs, losses):
    smooth, average = [], losses[0]
    for loss in losses:
        if not np.isfinite(loss) or loss > 10 * losses[0]:
            break
        average = 0.8 * average + 0.2 * loss
        smooth.append(average)
    lowest = int(np.argmin(smooth))
    if smooth[lowest] > 0.99 * losses[0] or lowest < 2:
        raise ValueError("the loss never falls")
    places = np.log10(lrs[: lowest + 1])
    return lrs[np.gradient(smooth[: lowest + 1], places).argmin()]


@variant("suggest_lr")
def with_the_median(lrs, losses):
    kept = []
    for loss in losses:
        if not np.isfinite(loss):
            break
        kept.append(float(loss))
    smooth = np.array([np.median(kept[max(0, i - 3) : i + 4]) for i in range(len(kept))])
    smooth = np.array([np.mean(smooth[max(0, i - 3) : i + 4]) for i in range(len(kept))])
    lowest = int(np.argmin(smooth))
    if smooth[lowest] > 0.99 * smooth[0]:
        raise ValueError("the loss never falls")
    falls = (smooth[1 : lowest + 1] - smooth[:lowest]) / np.diff(np.log10(lrs[: lowest + 1]))
    return float(lrs[falls.argmin()])


@variant("suggest_lr")
def over_a_wide_step(lrs, losses):
    finite = np.isfinite(losses)
    end = len(losses) if finite.all() else int(np.argmin(finite))
    smooth = np.convolve(np.pad(losses[:end], 4, mode="edge"), np.ones(9) / 9, mode="valid")
    lowest = int(np.argmin(smooth))
    best, place = 0.0, None
    for i in range(lowest - 7):
        fall = (smooth[i] - smooth[i + 8]) / np.log10(lrs[i + 8] / lrs[i])
        if fall > best:
            best, place = fall, i + 4
    if place is None or smooth[0] - smooth[lowest] < 0.01 * smooth[0]:
        raise ValueError("the loss never falls")
    return lrs[place]


@variant("suggest_lr")
def with_a_fitted_line(lrs, losses):
    bad = np.flatnonzero(~np.isfinite(losses))
    end = bad[0] if len(bad) else len(losses)
    x, y = np.log10(lrs[:end]).astype(float), losses[:end].astype(float)
    smooth = np.array([y[max(0, i - 4) : i + 5].mean() for i in range(end)])
    lowest = smooth.argmin()
    if smooth[lowest] > 0.99 * smooth[0]:
        raise ValueError("there is no place where the loss falls")
    slopes = [np.polyfit(x[i - 4 : i + 5], y[i - 4 : i + 5], 1)[0] for i in range(4, lowest - 3)]
    return 10 ** x[4 + int(np.argmin(slopes))]
