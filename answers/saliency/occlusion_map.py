"""Sample answers to `occlusion_map`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong

ONE_THING = "there is one thing only: the first is the last"
SURVIVORS = {
    "occlusion_map: base = predict(x[None])[0, target] -> base = predict(x[None])[ -1, target]": (
        ONE_THING
    ),
    (
        "occlusion_map: for mask, (row, column) in zip(covered, corners, strict=True): -> "
        "for mask, (row, column) in zip(covered, corners, strict=False):"
    ): "both are equally long",
}


@wrong("occlusion_map", "sign turned")
def occlusion_turned(predict, x, target, window, stride, fill=0.0):
    base = predict(x[None])[0, target]
    total, count = np.zeros(x.shape[1:]), np.zeros(x.shape[1:])
    for row in range(0, x.shape[1] - window + 1, stride):
        for column in range(0, x.shape[2] - window + 1, stride):
            place = np.s_[row : row + window, column : column + window]
            hidden = x.copy()
            hidden[:, *place] = fill
            total[place] += predict(hidden[None])[0, target] - base
            count[place] += 1
    return total / np.maximum(count, 1)


@wrong("occlusion_map", "sum for average")
def occlusion_summed(predict, x, target, window, stride, fill=0.0):
    base = predict(x[None])[0, target]
    total = np.zeros(x.shape[1:])
    for row in range(0, x.shape[1] - window + 1, stride):
        for column in range(0, x.shape[2] - window + 1, stride):
            hidden = x.copy()
            hidden[:, row : row + window, column : column + window] = fill
            drop = base - predict(hidden[None])[0, target]
            total[row : row + window, column : column + window] += drop
    return total


@wrong("occlusion_map", "overlap overwritten")
def occlusion_overwrites(predict, x, target, window, stride, fill=0.0):
    base = predict(x[None])[0, target]
    out = np.zeros(x.shape[1:])
    for row in range(0, x.shape[1] - window + 1, stride):
        for column in range(0, x.shape[2] - window + 1, stride):
            hidden = x.copy()
            hidden[:, row : row + window, column : column + window] = fill
            drop = base - predict(hidden[None])[0, target]
            out[row : row + window, column : column + window] = drop
    return out


@wrong("occlusion_map", "largest drop")
def occlusion_takes_the_worst(predict, x, target, window, stride, fill=0.0):
    base = predict(x[None])[0, target]
    out = np.full(x.shape[1:], -np.inf)
    for row in range(0, x.shape[1] - window + 1, stride):
        for column in range(0, x.shape[2] - window + 1, stride):
            place = np.s_[row : row + window, column : column + window]
            hidden = x.copy()
            hidden[:, *place] = fill
            out[place] = np.maximum(out[place], base - predict(hidden[None])[0, target])
    return np.where(np.isfinite(out), out, 0.0)


@wrong("occlusion_map", "fill ignored")
def occlusion_always_zero(predict, x, target, window, stride, fill=0.0):
    base = predict(x[None])[0, target]
    total, count = np.zeros(x.shape[1:]), np.zeros(x.shape[1:])
    for row in range(0, x.shape[1] - window + 1, stride):
        for column in range(0, x.shape[2] - window + 1, stride):
            place = np.s_[row : row + window, column : column + window]
            hidden = x.copy()
            hidden[:, *place] = 0
            total[place] += base - predict(hidden[None])[0, target]
            count[place] += 1
    return total / np.maximum(count, 1)


@wrong("occlusion_map", "another class")
def occlusion_of_the_winner(predict, x, target, window, stride, fill=0.0):
    scores = predict(x[None])[0]
    winner = scores.argmax()
    total, count = np.zeros(x.shape[1:]), np.zeros(x.shape[1:])
    for row in range(0, x.shape[1] - window + 1, stride):
        for column in range(0, x.shape[2] - window + 1, stride):
            place = np.s_[row : row + window, column : column + window]
            hidden = x.copy()
            hidden[:, *place] = fill
            total[place] += scores[winner] - predict(hidden[None])[0, winner]
            count[place] += 1
    return total / np.maximum(count, 1)


@wrong("occlusion_map", "stride ignored")
def occlusion_every_pixel(predict, x, target, window, stride, fill=0.0):
    base = predict(x[None])[0, target]
    total, count = np.zeros(x.shape[1:]), np.zeros(x.shape[1:])
    for row in range(x.shape[1] - window + 1):
        for column in range(x.shape[2] - window + 1):
            place = np.s_[row : row + window, column : column + window]
            hidden = x.copy()
            hidden[:, *place] = fill
            total[place] += base - predict(hidden[None])[0, target]
            count[place] += 1
    return total / count


@wrong("occlusion_map", "first channel only")
def occlusion_hides_one_channel(predict, x, target, window, stride, fill=0.0):
    base = predict(x[None])[0, target]
    total, count = np.zeros(x.shape[1:]), np.zeros(x.shape[1:])
    for row in range(0, x.shape[1] - window + 1, stride):
        for column in range(0, x.shape[2] - window + 1, stride):
            place = np.s_[row : row + window, column : column + window]
            hidden = x.copy()
            hidden[0][place] = fill
            total[place] += base - predict(hidden[None])[0, target]
            count[place] += 1
    return total / np.maximum(count, 1)


@wrong("occlusion_map", "a map of windows")
def occlusion_on_the_grid(predict, x, target, window, stride, fill=0.0):
    base = predict(x[None])[0, target]
    rows = range(0, x.shape[1] - window + 1, stride)
    columns = range(0, x.shape[2] - window + 1, stride)
    out = np.zeros((len(rows), len(columns)))
    for i, row in enumerate(rows):
        for j, column in enumerate(columns):
            hidden = x.copy()
            hidden[:, row : row + window, column : column + window] = fill
            out[i, j] = base - predict(hidden[None])[0, target]
    return out


@variant("occlusion_map")
def occlusion_in_one_batch(predict, x, target, window, stride, fill=0.0):
    rows = np.arange(0, x.shape[1] - window + 1, stride)
    columns = np.arange(0, x.shape[2] - window + 1, stride)
    places = [(row, column) for row in rows for column in columns]
    batch = np.repeat(x[None], len(places) + 1, axis=0)
    covered = np.zeros((len(places), *x.shape[1:]), dtype=bool)
    for k, (row, column) in enumerate(places):
        covered[k, row : row + window, column : column + window] = True
        batch[k + 1][:, covered[k]] = fill
    scores = predict(batch)[:, target]
    drops = scores[0] - scores[1:]
    return np.tensordot(drops, covered, axes=1) / np.maximum(covered.sum(axis=0), 1)


@variant("occlusion_map")
def occlusion_pixel_by_pixel(predict, x, target, window, stride, fill=0.0):
    base = predict(x[None])[0, target]
    drops = {}
    for row in range(0, x.shape[1] - window + 1, stride):
        for column in range(0, x.shape[2] - window + 1, stride):
            hidden = np.array(x)
            hidden[:, row : row + window, column : column + window] = fill
            drops[row, column] = float(base - predict(hidden[None])[0, target])
    out = np.zeros(x.shape[1:])
    for i in range(x.shape[1]):
        for j in range(x.shape[2]):
            over = [
                drop
                for (row, column), drop in drops.items()
                if row <= i < row + window and column <= j < column + window
            ]
            if over:
                out[i, j] = sum(over) / len(over)
    return out


@variant("occlusion_map")
def occlusion_with_masks(predict, x, target, window, stride, fill=0.0):
    height, width = x.shape[1:]
    total, count = np.zeros((height, width)), np.zeros((height, width))
    base = predict(x[np.newaxis])[0][target]
    for top in range(0, height, stride):
        for left in range(0, width, stride):
            if top + window > height or left + window > width:
                continue
            mask = np.zeros((height, width))
            mask[top : top + window, left : left + window] = 1
            hidden = np.where(mask == 1, fill, x)
            total += mask * (base - predict(hidden[np.newaxis])[0][target])
            count += mask
    return np.divide(total, count, out=np.zeros_like(total), where=count > 0)


@wrong("occlusion_map", "scores for drops")
def occlusion_of_scores(predict, x, target, window, stride, fill=0.0):
    total, count = np.zeros(x.shape[1:]), np.zeros(x.shape[1:])
    for row in range(0, x.shape[1] - window + 1, stride):
        for column in range(0, x.shape[2] - window + 1, stride):
            place = np.s_[row : row + window, column : column + window]
            hidden = x.copy()
            hidden[:, *place] = fill
            total[place] += predict(hidden[None])[0, target]
            count[place] += 1
    return total / np.maximum(count, 1)


@wrong("occlusion_map", "window for stride")
def occlusion_side_by_side(predict, x, target, window, stride, fill=0.0):
    base = predict(x[None])[0, target]
    out = np.zeros(x.shape[1:])
    for row in range(0, x.shape[1] - window + 1, window):
        for column in range(0, x.shape[2] - window + 1, window):
            hidden = x.copy()
            hidden[:, row : row + window, column : column + window] = fill
            drop = base - predict(hidden[None])[0, target]
            out[row : row + window, column : column + window] = drop
    return out


@wrong("occlusion_map", "last window missing")
def occlusion_ends_early(predict, x, target, window, stride, fill=0.0):
    base = predict(x[None])[0, target]
    total, count = np.zeros(x.shape[1:]), np.zeros(x.shape[1:])
    for row in range(0, x.shape[1] - window, stride):
        for column in range(0, x.shape[2] - window, stride):
            hidden = x.copy()
            hidden[:, row : row + window, column : column + window] = fill
            drop = base - predict(hidden[None])[0, target]
            total[row : row + window, column : column + window] += drop
            count[row : row + window, column : column + window] += 1
    return total / np.maximum(count, 1)


@wrong("occlusion_map", "windows over the edge")
def occlusion_leaves_the_image(predict, x, target, window, stride, fill=0.0):
    base = predict(x[None])[0, target]
    total, count = np.zeros(x.shape[1:]), np.zeros(x.shape[1:])
    for row in range(0, x.shape[1], stride):
        for column in range(0, x.shape[2], stride):
            hidden = x.copy()
            hidden[:, row : row + window, column : column + window] = fill
            drop = base - predict(hidden[None])[0, target]
            total[row : row + window, column : column + window] += drop
            count[row : row + window, column : column + window] += 1
    return total / np.maximum(count, 1)


@variant("occlusion_map")
def occlusion_in_float32(predict, x, target, window, stride, fill=0.0):
    drops = np.zeros(x.shape[1:], dtype=np.float32)
    count = np.zeros(x.shape[1:], dtype=np.int32)
    base = predict(images=x[None, ...])[0, target]
    for i in range((x.shape[1] - window) // stride + 1):
        for j in range((x.shape[2] - window) // stride + 1):
            rows = slice(i * stride, i * stride + window)
            columns = slice(j * stride, j * stride + window)
            hidden = np.copy(x)
            hidden[:, rows, columns] = fill
            drops[rows, columns] += base - predict(images=hidden[None, ...])[0, target]
            count[rows, columns] += 1
    drops[count > 0] /= count[count > 0]
    return drops


@neutral("occlusion_map", "changes x")
def occlusion_covers_x_itself(predict, x, target, window, stride, fill=0.0):
    base = predict(x[None])[0, target]
    original = x.copy()
    total, count = np.zeros(x.shape[1:]), np.zeros(x.shape[1:])
    for row in range(0, x.shape[1] - window + 1, stride):
        for column in range(0, x.shape[2] - window + 1, stride):
            place = np.s_[row : row + window, column : column + window]
            x[:] = original
            x[:, *place] = fill
            total[place] += base - predict(x[None])[0, target]
            count[place] += 1
    return total / np.maximum(count, 1)


@neutral("occlusion_map", "NaN where no window is")
def occlusion_divides_by_nothing(predict, x, target, window, stride, fill=0.0):
    base = predict(x[None])[0, target]
    total, count = np.zeros(x.shape[1:]), np.zeros(x.shape[1:])
    for row in range(0, x.shape[1] - window + 1, stride):
        for column in range(0, x.shape[2] - window + 1, stride):
            place = np.s_[row : row + window, column : column + window]
            hidden = x.copy()
            hidden[:, *place] = fill
            total[place] += base - predict(hidden[None])[0, target]
            count[place] += 1
    return total / count


@neutral("occlusion_map", "a list")
def occlusion_as_list(predict, x, target, window, stride, fill=0.0):
    base = predict(x[None])[0, target]
    total, count = np.zeros(x.shape[1:]), np.zeros(x.shape[1:])
    for row in range(0, x.shape[1] - window + 1, stride):
        for column in range(0, x.shape[2] - window + 1, stride):
            place = np.s_[row : row + window, column : column + window]
            hidden = x.copy()
            hidden[:, *place] = fill
            total[place] += base - predict(hidden[None])[0, target]
            count[place] += 1
    return (total / np.maximum(count, 1)).tolist()


@wrong("occlusion_map", "never uncovered")
def occlusion_never_uncovers(predict, x, target, window, stride, fill=0.0):
    base = predict(x[None])[0, target]
    hidden = x.copy()
    total, count = np.zeros(x.shape[1:]), np.zeros(x.shape[1:])
    for row in range(0, x.shape[1] - window + 1, stride):
        for column in range(0, x.shape[2] - window + 1, stride):
            place = np.s_[row : row + window, column : column + window]
            hidden[:, *place] = fill
            total[place] += base - predict(hidden[None])[0, target]
            count[place] += 1
    return total / np.maximum(count, 1)


@neutral("occlusion_map", "square images only")
def occlusion_of_squares(predict, x, target, window, stride, fill=0.0):
    base = predict(x[None])[0, target]
    total, count = np.zeros(x.shape[1:]), np.zeros(x.shape[1:])
    for row in range(0, x.shape[1] - window + 1, stride):
        for column in range(0, x.shape[1] - window + 1, stride):
            place = np.s_[row : row + window, column : column + window]
            hidden = x.copy()
            hidden[:, *place] = fill
            total[place] += base - predict(hidden[None])[0, target]
            count[place] += 1
    return total / np.maximum(count, 1)


@neutral("occlusion_map", "the default fill is 1")
def occlusion_fills_with_1(predict, x, target, window, stride, fill=1.0):
    base = predict(x[None])[0, target]
    total, count = np.zeros(x.shape[1:]), np.zeros(x.shape[1:])
    for row in range(0, x.shape[1] - window + 1, stride):
        for column in range(0, x.shape[2] - window + 1, stride):
            place = np.s_[row : row + window, column : column + window]
            hidden = x.copy()
            hidden[:, *place] = fill
            total[place] += base - predict(hidden[None])[0, target]
            count[place] += 1
    return total / np.maximum(count, 1)
