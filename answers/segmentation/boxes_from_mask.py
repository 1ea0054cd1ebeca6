"""Sample answers to `boxes_from_mask`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong


@wrong("boxes_from_mask", "four neighbours")
def looks_at_four_neighbours(mask):
    height, width = mask.shape
    seen = np.zeros(mask.shape, dtype=bool)
    boxes = []
    for row, column in np.argwhere(mask):
        if seen[row, column]:
            continue
        seen[row, column] = True
        todo, pixels = [(row, column)], []
        while todo:
            r, c = todo.pop()
            pixels.append((r, c))
            for i in range(max(r - 1, 0), min(r + 2, height)):
                for j in range(max(c - 1, 0), min(c + 2, width)):
                    if mask[i, j] and not seen[i, j] and (i == r or j == c):
                        seen[i, j] = True
                        todo.append((i, j))
        first, last = np.min(pixels, axis=0), np.max(pixels, axis=0)
        boxes.append([*first, *(last + 1)])
    return np.array(boxes, dtype=int).reshape(-1, 4)


@wrong("boxes_from_mask", "four neighbours")
def goes_straight(mask):
    todo = {(int(r), int(c)) for r, c in np.argwhere(mask)}
    boxes = []
    while todo:
        start = min(todo)
        todo.remove(start)
        found, front = {start}, [start]
        while front:
            r, c = front.pop()
            for near in ((r + 1, c), (r - 1, c), (r, c + 1), (r, c - 1)):
                if near in todo:
                    todo.remove(near)
                    found.add(near)
                    front.append(near)
        rows, columns = [r for r, _ in found], [c for _, c in found]
        boxes.append((min(rows), min(columns), max(rows) + 1, max(columns) + 1))
    return np.array(boxes, dtype=int).reshape(-1, 4)


@wrong("boxes_from_mask", "last row and column inside")
def ends_with_the_last_pixel(mask):
    height, width = mask.shape
    seen = np.zeros(mask.shape, dtype=bool)
    boxes = []
    for row, column in np.argwhere(mask):
        if seen[row, column]:
            continue
        seen[row, column] = True
        todo, pixels = [(row, column)], []
        while todo:
            r, c = todo.pop()
            pixels.append((r, c))
            for i in range(max(r - 1, 0), min(r + 2, height)):
                for j in range(max(c - 1, 0), min(c + 2, width)):
                    if mask[i, j] and not seen[i, j]:
                        seen[i, j] = True
                        todo.append((i, j))
        first, last = np.min(pixels, axis=0), np.max(pixels, axis=0)
        boxes.append([*first, *last])
    return np.array(boxes, dtype=int).reshape(-1, 4)


@wrong("boxes_from_mask", "one box for all")
def boxes_everything(mask):
    if not mask.any():
        return np.zeros((0, 4), dtype=int)
    rows, columns = np.nonzero(mask)
    return np.array([[rows.min(), columns.min(), rows.max() + 1, columns.max() + 1]])


@wrong("boxes_from_mask", "columns first")
def puts_columns_first(mask):
    height, width = mask.shape
    seen = np.zeros(mask.shape, dtype=bool)
    boxes = []
    for row, column in np.argwhere(mask):
        if seen[row, column]:
            continue
        seen[row, column] = True
        todo, pixels = [(row, column)], []
        while todo:
            r, c = todo.pop()
            pixels.append((r, c))
            for i in range(max(r - 1, 0), min(r + 2, height)):
                for j in range(max(c - 1, 0), min(c + 2, width)):
                    if mask[i, j] and not seen[i, j]:
                        seen[i, j] = True
                        todo.append((i, j))
        first, last = np.min(pixels, axis=0), np.max(pixels, axis=0)
        boxes.append([first[1], first[0], last[1] + 1, last[0] + 1])
    return np.array(boxes, dtype=int).reshape(-1, 4)


@wrong("boxes_from_mask", "rows, then columns")
def puts_rows_first(mask):
    height, width = mask.shape
    seen = np.zeros(mask.shape, dtype=bool)
    boxes = []
    for row, column in np.argwhere(mask):
        if seen[row, column]:
            continue
        seen[row, column] = True
        todo, pixels = [(row, column)], []
        while todo:
            r, c = todo.pop()
            pixels.append((r, c))
            for i in range(max(r - 1, 0), min(r + 2, height)):
                for j in range(max(c - 1, 0), min(c + 2, width)):
                    if mask[i, j] and not seen[i, j]:
                        seen[i, j] = True
                        todo.append((i, j))
        first, last = np.min(pixels, axis=0), np.max(pixels, axis=0)
        boxes.append([first[0], last[0] + 1, first[1], last[1] + 1])
    return np.array(boxes, dtype=int).reshape(-1, 4)


@wrong("boxes_from_mask", "height and width")
def gives_lengths(mask):
    height, width = mask.shape
    seen = np.zeros(mask.shape, dtype=bool)
    boxes = []
    for row, column in np.argwhere(mask):
        if seen[row, column]:
            continue
        seen[row, column] = True
        todo, pixels = [(row, column)], []
        while todo:
            r, c = todo.pop()
            pixels.append((r, c))
            for i in range(max(r - 1, 0), min(r + 2, height)):
                for j in range(max(c - 1, 0), min(c + 2, width)):
                    if mask[i, j] and not seen[i, j]:
                        seen[i, j] = True
                        todo.append((i, j))
        first, last = np.min(pixels, axis=0), np.max(pixels, axis=0)
        boxes.append([*first, *(last + 1 - first)])
    return np.array(boxes, dtype=int).reshape(-1, 4)


@wrong("boxes_from_mask", "ordered by the corner")
def sorts_the_boxes(mask):
    height, width = mask.shape
    seen = np.zeros(mask.shape, dtype=bool)
    boxes = []
    for row, column in np.argwhere(mask):
        if seen[row, column]:
            continue
        seen[row, column] = True
        todo, pixels = [(row, column)], []
        while todo:
            r, c = todo.pop()
            pixels.append((r, c))
            for i in range(max(r - 1, 0), min(r + 2, height)):
                for j in range(max(c - 1, 0), min(c + 2, width)):
                    if mask[i, j] and not seen[i, j]:
                        seen[i, j] = True
                        todo.append((i, j))
        first, last = np.min(pixels, axis=0), np.max(pixels, axis=0)
        boxes.append([*first, *(last + 1)])
    return np.array(sorted(map(list, boxes)), dtype=int).reshape(-1, 4)


@wrong("boxes_from_mask", "read column by column")
def reads_columns(mask):
    height, width = mask.shape
    seen = np.zeros(mask.shape, dtype=bool)
    boxes = []
    for row, column in np.argwhere(mask.T)[:, ::-1]:
        if seen[row, column]:
            continue
        seen[row, column] = True
        todo, pixels = [(row, column)], []
        while todo:
            r, c = todo.pop()
            pixels.append((r, c))
            for i in range(max(r - 1, 0), min(r + 2, height)):
                for j in range(max(c - 1, 0), min(c + 2, width)):
                    if mask[i, j] and not seen[i, j]:
                        seen[i, j] = True
                        todo.append((i, j))
        first, last = np.min(pixels, axis=0), np.max(pixels, axis=0)
        boxes.append([*first, *(last + 1)])
    return np.array(boxes, dtype=int).reshape(-1, 4)


@wrong("boxes_from_mask", "largest first")
def sorts_by_size(mask):
    height, width = mask.shape
    seen = np.zeros(mask.shape, dtype=bool)
    boxes = []
    for row, column in np.argwhere(mask):
        if seen[row, column]:
            continue
        seen[row, column] = True
        todo, pixels = [(row, column)], []
        while todo:
            r, c = todo.pop()
            pixels.append((r, c))
            for i in range(max(r - 1, 0), min(r + 2, height)):
                for j in range(max(c - 1, 0), min(c + 2, width)):
                    if mask[i, j] and not seen[i, j]:
                        seen[i, j] = True
                        todo.append((i, j))
        first, last = np.min(pixels, axis=0), np.max(pixels, axis=0)
        boxes.append([*first, *(last + 1)])
    boxes = np.array(boxes, dtype=int).reshape(-1, 4)
    areas = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    return boxes[np.argsort(-areas, kind="stable")]


@wrong("boxes_from_mask", "last first")
def turns_the_order(mask):
    height, width = mask.shape
    seen = np.zeros(mask.shape, dtype=bool)
    boxes = []
    for row, column in np.argwhere(mask):
        if seen[row, column]:
            continue
        seen[row, column] = True
        todo, pixels = [(row, column)], []
        while todo:
            r, c = todo.pop()
            pixels.append((r, c))
            for i in range(max(r - 1, 0), min(r + 2, height)):
                for j in range(max(c - 1, 0), min(c + 2, width)):
                    if mask[i, j] and not seen[i, j]:
                        seen[i, j] = True
                        todo.append((i, j))
        first, last = np.min(pixels, axis=0), np.max(pixels, axis=0)
        boxes.append([*first, *(last + 1)])
    return np.array(boxes, dtype=int).reshape(-1, 4)[::-1]


@wrong("boxes_from_mask", "single pixels left out")
def drops_single_pixels(mask):
    height, width = mask.shape
    seen = np.zeros(mask.shape, dtype=bool)
    boxes = []
    for row, column in np.argwhere(mask):
        if seen[row, column]:
            continue
        seen[row, column] = True
        todo, pixels = [(row, column)], []
        while todo:
            r, c = todo.pop()
            pixels.append((r, c))
            for i in range(max(r - 1, 0), min(r + 2, height)):
                for j in range(max(c - 1, 0), min(c + 2, width)):
                    if mask[i, j] and not seen[i, j]:
                        seen[i, j] = True
                        todo.append((i, j))
        first, last = np.min(pixels, axis=0), np.max(pixels, axis=0)
        if len(pixels) == 1:
            continue
        boxes.append([*first, *(last + 1)])
    return np.array(boxes, dtype=int).reshape(-1, 4)


@variant("boxes_from_mask")
def with_a_set(mask):
    todo = {(int(r), int(c)) for r, c in np.argwhere(mask)}
    boxes = []
    for start in sorted(todo):
        if start not in todo:
            continue
        todo.remove(start)
        front, found = [start], [start]
        while front:
            r, c = front.pop()
            for near in [(r + i, c + j) for i in (-1, 0, 1) for j in (-1, 0, 1)]:
                if near in todo:
                    todo.remove(near)
                    front.append(near)
                    found.append(near)
        rows, columns = zip(*found)  # noqa: B905
        boxes.append((min(rows), min(columns), max(rows) + 1, max(columns) + 1))
    return np.array(boxes, dtype=np.int64).reshape(len(boxes), 4)


@variant("boxes_from_mask")
def by_growing(mask):
    left = mask.copy()
    boxes = []
    while left.any():
        seed = np.unravel_index(left.argmax(), left.shape)
        found = np.zeros_like(left)
        found[seed] = True
        size = 0
        while size != found.sum():
            size = found.sum()
            wide = np.pad(found, 1)
            rows = wide[:-2] | wide[1:-1] | wide[2:]
            found = (rows[:, :-2] | rows[:, 1:-1] | rows[:, 2:]) & mask
        left &= ~found
        r, c = np.flatnonzero(found.any(axis=1)), np.flatnonzero(found.any(axis=0))
        boxes.append([r[0], c[0], r[-1] + 1, c[-1] + 1])
    return np.array(boxes, dtype=int) if boxes else np.empty((0, 4), dtype=int)


@variant("boxes_from_mask")
def with_smallest_numbers(mask):
    height, width = mask.shape
    far = height * width
    names = np.where(mask, np.arange(far).reshape(mask.shape), far)
    while True:
        wide = np.pad(names, 1, constant_values=far)
        least = names
        for i in range(3):
            for j in range(3):
                least = np.minimum(least, wide[i : i + height, j : j + width])
        least = np.where(mask, least, far)
        if (least == names).all():
            break
        names = least
    boxes = np.zeros((0, 4), dtype=int)
    for name in np.unique(names[mask]):
        rows, columns = np.where(names == name)
        box = rows.min(), columns.min(), rows.max() + 1, columns.max() + 1
        boxes = np.vstack([boxes, box])
    return boxes


@variant("boxes_from_mask")
def by_joining(mask):
    parent = {}

    def root(pixel):
        while parent[pixel] != pixel:
            parent[pixel] = parent[parent[pixel]]
            pixel = parent[pixel]
        return pixel

    for r, c in np.argwhere(mask).tolist():
        parent[r, c] = (r, c)
        for near in ((r - 1, c - 1), (r - 1, c), (r - 1, c + 1), (r, c - 1)):
            if near in parent:
                one, other = root(near), root((r, c))
                parent[max(one, other)] = min(one, other)
    boxes = {}
    for r, c in parent:
        top, left, bottom, right = boxes.get(root((r, c)), (r, c, r + 1, c + 1))
        boxes[root((r, c))] = min(top, r), min(left, c), max(bottom, r + 1), max(right, c + 1)
    return np.array([boxes[first] for first in sorted(boxes)], dtype=int).reshape(-1, 4)


@neutral("boxes_from_mask", "an empty mask gives the shape (0,)")
def forgets_the_shape(mask):
    height, width = mask.shape
    seen = np.zeros(mask.shape, dtype=bool)
    boxes = []
    for row, column in np.argwhere(mask):
        if seen[row, column]:
            continue
        seen[row, column] = True
        todo, pixels = [(row, column)], []
        while todo:
            r, c = todo.pop()
            pixels.append((r, c))
            for i in range(max(r - 1, 0), min(r + 2, height)):
                for j in range(max(c - 1, 0), min(c + 2, width)):
                    if mask[i, j] and not seen[i, j]:
                        seen[i, j] = True
                        todo.append((i, j))
        first, last = np.min(pixels, axis=0), np.max(pixels, axis=0)
        boxes.append([*first, *(last + 1)])
    return np.array(boxes, dtype=int)


@neutral("boxes_from_mask", "floats")
def gives_floats(mask):
    height, width = mask.shape
    seen = np.zeros(mask.shape, dtype=bool)
    boxes = []
    for row, column in np.argwhere(mask):
        if seen[row, column]:
            continue
        seen[row, column] = True
        todo, pixels = [(row, column)], []
        while todo:
            r, c = todo.pop()
            pixels.append((r, c))
            for i in range(max(r - 1, 0), min(r + 2, height)):
                for j in range(max(c - 1, 0), min(c + 2, width)):
                    if mask[i, j] and not seen[i, j]:
                        seen[i, j] = True
                        todo.append((i, j))
        first, last = np.min(pixels, axis=0), np.max(pixels, axis=0)
        boxes.append([*first, *(last + 1)])
    return np.array(boxes, dtype=float).reshape(-1, 4)


@neutral("boxes_from_mask", "a list")
def gives_a_list(mask):
    height, width = mask.shape
    seen = np.zeros(mask.shape, dtype=bool)
    boxes = []
    for row, column in np.argwhere(mask):
        if seen[row, column]:
            continue
        seen[row, column] = True
        todo, pixels = [(row, column)], []
        while todo:
            r, c = todo.pop()
            pixels.append((r, c))
            for i in range(max(r - 1, 0), min(r + 2, height)):
                for j in range(max(c - 1, 0), min(c + 2, width)):
                    if mask[i, j] and not seen[i, j]:
                        seen[i, j] = True
                        todo.append((i, j))
        first, last = np.min(pixels, axis=0), np.max(pixels, axis=0)
        boxes.append([*first, *(last + 1)])
    return [[int(n) for n in box] for box in boxes]


@neutral("boxes_from_mask", "clears the mask")
def eats_the_mask(mask):
    height, width = mask.shape
    seen = np.zeros(mask.shape, dtype=bool)
    boxes = []
    for row, column in np.argwhere(mask):
        if seen[row, column]:
            continue
        seen[row, column] = True
        todo, pixels = [(row, column)], []
        while todo:
            r, c = todo.pop()
            pixels.append((r, c))
            for i in range(max(r - 1, 0), min(r + 2, height)):
                for j in range(max(c - 1, 0), min(c + 2, width)):
                    if mask[i, j] and not seen[i, j]:
                        seen[i, j] = True
                        todo.append((i, j))
        first, last = np.min(pixels, axis=0), np.max(pixels, axis=0)
        boxes.append([*first, *(last + 1)])
    mask[...] = False
    return np.array(boxes, dtype=int).reshape(-1, 4)


@neutral("boxes_from_mask", "calls itself for every pixel")
def goes_too_deep(mask):
    seen = np.zeros(mask.shape, dtype=bool)

    def follow(r, c, pixels):
        inside = 0 <= r < mask.shape[0] and 0 <= c < mask.shape[1]
        if not inside or seen[r, c] or not mask[r, c]:
            return pixels
        seen[r, c] = True
        pixels.append((r, c))
        for i in (-1, 0, 1):
            for j in (-1, 0, 1):
                follow(r + i, c + j, pixels)
        return pixels

    boxes = []
    for row, column in np.argwhere(mask):
        if not seen[row, column]:
            pixels = np.array(follow(row, column, []))
            boxes.append([*pixels.min(axis=0), *(pixels.max(axis=0) + 1)])
    return np.array(boxes, dtype=int).reshape(-1, 4)


@neutral("boxes_from_mask", "looks only ahead")
def never_looks_back(mask):
    height, width = mask.shape
    seen = np.zeros(mask.shape, dtype=bool)
    boxes = []
    for row, column in np.argwhere(mask):
        if seen[row, column]:
            continue
        seen[row, column] = True
        todo, pixels = [(row, column)], []
        while todo:
            r, c = todo.pop()
            pixels.append((r, c))
            for i in range(r, min(r + 2, height)):
                for j in range(max(c - 1, 0), min(c + 2, width)):
                    if mask[i, j] and not seen[i, j]:
                        seen[i, j] = True
                        todo.append((i, j))
        first, last = np.min(pixels, axis=0), np.max(pixels, axis=0)
        boxes.append([*first, *(last + 1)])
    return np.array(boxes, dtype=int).reshape(-1, 4)


@neutral("boxes_from_mask", "boxes one pixel too large")
def leaves_a_margin(mask):
    height, width = mask.shape
    seen = np.zeros(mask.shape, dtype=bool)
    boxes = []
    for row, column in np.argwhere(mask):
        if seen[row, column]:
            continue
        seen[row, column] = True
        todo, pixels = [(row, column)], []
        while todo:
            r, c = todo.pop()
            pixels.append((r, c))
            for i in range(max(r - 1, 0), min(r + 2, height)):
                for j in range(max(c - 1, 0), min(c + 2, width)):
                    if mask[i, j] and not seen[i, j]:
                        seen[i, j] = True
                        todo.append((i, j))
        first, last = np.min(pixels, axis=0), np.max(pixels, axis=0)
        boxes.append([*np.maximum(first - 1, 0), *(last + 2)])
    return np.array(boxes, dtype=int).reshape(-1, 4)
