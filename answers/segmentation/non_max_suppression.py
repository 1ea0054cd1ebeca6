"""Sample answers to `non_max_suppression`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong


@wrong("non_max_suppression", "what has gone still counts")
def compares_with_all_better(boxes, scores, threshold):
    def overlap(p, q):
        height, width = min(p[2], q[2]) - max(p[0], q[0]), min(p[3], q[3]) - max(p[1], q[1])
        both = max(height, 0) * max(width, 0)
        union = (p[2] - p[0]) * (p[3] - p[1]) + (q[2] - q[0]) * (q[3] - q[1]) - both
        return both / union if union > 0 else 0

    order = np.argsort(-scores, kind="stable")
    kept = []
    for place, i in enumerate(order):
        if not any(overlap(boxes[i], boxes[j]) > threshold for j in order[:place]):
            kept.append(i)
    return np.array(kept, dtype=int)


@wrong("non_max_suppression", "compared with the best alone")
def compares_with_the_best(boxes, scores, threshold):
    def overlap(p, q):
        height, width = min(p[2], q[2]) - max(p[0], q[0]), min(p[3], q[3]) - max(p[1], q[1])
        both = max(height, 0) * max(width, 0)
        union = (p[2] - p[0]) * (p[3] - p[1]) + (q[2] - q[0]) * (q[3] - q[1]) - both
        return both / union if union > 0 else 0

    kept = []
    for i in np.argsort(-scores, kind="stable"):
        if not any(overlap(boxes[i], boxes[j]) > threshold for j in kept[:1]):
            kept.append(i)
    return np.array(kept, dtype=int)


@wrong("non_max_suppression", "threshold itself goes")
def includes_the_threshold(boxes, scores, threshold):
    def overlap(p, q):
        height, width = min(p[2], q[2]) - max(p[0], q[0]), min(p[3], q[3]) - max(p[1], q[1])
        both = max(height, 0) * max(width, 0)
        union = (p[2] - p[0]) * (p[3] - p[1]) + (q[2] - q[0]) * (q[3] - q[1]) - both
        return both / union if union > 0 else 0

    kept = []
    for i in np.argsort(-scores, kind="stable"):
        if not any(overlap(boxes[i], boxes[j]) >= threshold for j in kept):
            kept.append(i)
    return np.array(kept, dtype=int)


@wrong("non_max_suppression", "worst first")
def begins_with_the_worst(boxes, scores, threshold):
    def overlap(p, q):
        height, width = min(p[2], q[2]) - max(p[0], q[0]), min(p[3], q[3]) - max(p[1], q[1])
        both = max(height, 0) * max(width, 0)
        union = (p[2] - p[0]) * (p[3] - p[1]) + (q[2] - q[0]) * (q[3] - q[1]) - both
        return both / union if union > 0 else 0

    kept = []
    for i in np.argsort(scores, kind="stable"):
        if not any(overlap(boxes[i], boxes[j]) > threshold for j in kept):
            kept.append(i)
    return np.array(kept, dtype=int)


@wrong("non_max_suppression", "in the order of the indices")
def sorts_by_index(boxes, scores, threshold):
    def overlap(p, q):
        height, width = min(p[2], q[2]) - max(p[0], q[0]), min(p[3], q[3]) - max(p[1], q[1])
        both = max(height, 0) * max(width, 0)
        union = (p[2] - p[0]) * (p[3] - p[1]) + (q[2] - q[0]) * (q[3] - q[1]) - both
        return both / union if union > 0 else 0

    kept = []
    for i in np.argsort(-scores, kind="stable"):
        if not any(overlap(boxes[i], boxes[j]) > threshold for j in kept):
            kept.append(i)
    return np.array(sorted(kept), dtype=int)


@wrong("non_max_suppression", "first come, first kept")
def never_sorts(boxes, scores, threshold):
    def overlap(p, q):
        height, width = min(p[2], q[2]) - max(p[0], q[0]), min(p[3], q[3]) - max(p[1], q[1])
        both = max(height, 0) * max(width, 0)
        union = (p[2] - p[0]) * (p[3] - p[1]) + (q[2] - q[0]) * (q[3] - q[1]) - both
        return both / union if union > 0 else 0

    kept = []
    for i in range(len(scores)):
        if not any(overlap(boxes[i], boxes[j]) > threshold for j in kept):
            kept.append(i)
    return np.array(kept, dtype=int)


@wrong("non_max_suppression", "equal scores from the back")
def turns_ties_round(boxes, scores, threshold):
    def overlap(p, q):
        height, width = min(p[2], q[2]) - max(p[0], q[0]), min(p[3], q[3]) - max(p[1], q[1])
        both = max(height, 0) * max(width, 0)
        union = (p[2] - p[0]) * (p[3] - p[1]) + (q[2] - q[0]) * (q[3] - q[1]) - both
        return both / union if union > 0 else 0

    kept = []
    for i in np.argsort(scores, kind="stable")[::-1]:
        if not any(overlap(boxes[i], boxes[j]) > threshold for j in kept):
            kept.append(i)
    return np.array(kept, dtype=int)


@wrong("non_max_suppression", "places among the sorted")
def gives_places(boxes, scores, threshold):
    def overlap(p, q):
        height, width = min(p[2], q[2]) - max(p[0], q[0]), min(p[3], q[3]) - max(p[1], q[1])
        both = max(height, 0) * max(width, 0)
        union = (p[2] - p[0]) * (p[3] - p[1]) + (q[2] - q[0]) * (q[3] - q[1]) - both
        return both / union if union > 0 else 0

    order = np.argsort(-scores, kind="stable")
    boxes = boxes[order]
    kept = []
    for i in range(len(boxes)):
        if not any(overlap(boxes[i], boxes[j]) > threshold for j in kept):
            kept.append(i)
    return np.array(kept, dtype=int)


@wrong("non_max_suppression", "nothing goes")
def keeps_all(boxes, scores, threshold):
    return np.argsort(-scores, kind="stable")


@wrong("non_max_suppression", "the best alone")
def keeps_one(boxes, scores, threshold):
    return np.argsort(-scores, kind="stable")[:1]


@wrong("non_max_suppression", "scores below the threshold go")
def looks_at_scores(boxes, scores, threshold):
    def overlap(p, q):
        height, width = min(p[2], q[2]) - max(p[0], q[0]), min(p[3], q[3]) - max(p[1], q[1])
        both = max(height, 0) * max(width, 0)
        union = (p[2] - p[0]) * (p[3] - p[1]) + (q[2] - q[0]) * (q[3] - q[1]) - both
        return both / union if union > 0 else 0

    kept = []
    for i in np.argsort(-scores, kind="stable"):
        if not any(overlap(boxes[i], boxes[j]) > threshold for j in kept):
            kept.append(i)
    return np.array([i for i in kept if scores[i] > threshold], dtype=int)


@variant("non_max_suppression")
def with_a_table(boxes, scores, threshold):
    first, last = boxes[:, :2], boxes[:, 2:]
    sides = np.minimum(last[:, None], last[None]) - np.maximum(first[:, None], first[None])
    both = sides.clip(0).prod(axis=2)
    areas = (last - first).prod(axis=1)
    union = areas[:, None] + areas[None] - both
    table = np.where(both > 0, both / np.where(union > 0, union, 1), 0)
    gone = np.zeros(len(boxes), dtype=bool)
    kept = []
    for i in np.lexsort((np.arange(len(scores)), -scores)):
        if not gone[i]:
            kept.append(i)
            gone |= table[i] > threshold
    return np.array(kept, dtype=np.int64)


@variant("non_max_suppression")
def by_removing(boxes, scores, threshold):
    def overlap(p, q):
        height, width = min(p[2], q[2]) - max(p[0], q[0]), min(p[3], q[3]) - max(p[1], q[1])
        both = max(height, 0) * max(width, 0)
        union = (p[2] - p[0]) * (p[3] - p[1]) + (q[2] - q[0]) * (q[3] - q[1]) - both
        return both / union if union > 0 else 0

    left = sorted(range(len(scores)), key=lambda i: (-scores[i], i))
    kept = []
    while left:
        best = left.pop(0)
        kept.append(best)
        left = [i for i in left if overlap(boxes[best], boxes[i]) <= threshold]
    return np.array(kept, dtype=int)


@variant("non_max_suppression")
def with_fractions_turned(boxes, scores, threshold):
    areas = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    left = np.argsort(-scores, kind="stable")
    kept = np.zeros(0, dtype=int)
    while len(left):
        best, left = left[0], left[1:]
        kept = np.append(kept, best)
        first = np.maximum(boxes[best, :2], boxes[left, :2])
        last = np.minimum(boxes[best, 2:], boxes[left, 2:])
        both = (last - first).clip(min=0).prod(axis=1)
        union = areas[best] + areas[left] - both
        left = left[(both <= threshold * union) | (both == 0)]
    return kept


@variant("non_max_suppression")
def by_finding_the_maximum(boxes, scores, threshold):
    def overlap(p, q):
        height, width = min(p[2], q[2]) - max(p[0], q[0]), min(p[3], q[3]) - max(p[1], q[1])
        both = max(height, 0) * max(width, 0)
        union = (p[2] - p[0]) * (p[3] - p[1]) + (q[2] - q[0]) * (q[3] - q[1]) - both
        return both / union if union > 0 else 0

    scores = scores.astype(float).copy()
    kept = []
    while len(scores) and scores.max() > -np.inf:
        best = int(scores.argmax())
        kept.append(best)
        for i in range(len(scores)):
            if i == best or overlap(boxes[best], boxes[i]) > threshold:
                scores[i] = -np.inf
    return np.array(kept, dtype=np.int32)


@neutral("non_max_suppression", "a list")
def gives_a_list(boxes, scores, threshold):
    def overlap(p, q):
        height, width = min(p[2], q[2]) - max(p[0], q[0]), min(p[3], q[3]) - max(p[1], q[1])
        both = max(height, 0) * max(width, 0)
        union = (p[2] - p[0]) * (p[3] - p[1]) + (q[2] - q[0]) * (q[3] - q[1]) - both
        return both / union if union > 0 else 0

    kept = []
    for i in np.argsort(-scores, kind="stable"):
        if not any(overlap(boxes[i], boxes[j]) > threshold for j in kept):
            kept.append(i)
    return [int(i) for i in kept]


@neutral("non_max_suppression", "floats")
def gives_floats(boxes, scores, threshold):
    def overlap(p, q):
        height, width = min(p[2], q[2]) - max(p[0], q[0]), min(p[3], q[3]) - max(p[1], q[1])
        both = max(height, 0) * max(width, 0)
        union = (p[2] - p[0]) * (p[3] - p[1]) + (q[2] - q[0]) * (q[3] - q[1]) - both
        return both / union if union > 0 else 0

    kept = []
    for i in np.argsort(-scores, kind="stable"):
        if not any(overlap(boxes[i], boxes[j]) > threshold for j in kept):
            kept.append(i)
    return np.array(kept, dtype=float)


@neutral("non_max_suppression", "truth values for indices")
def gives_truth_values(boxes, scores, threshold):
    def overlap(p, q):
        height, width = min(p[2], q[2]) - max(p[0], q[0]), min(p[3], q[3]) - max(p[1], q[1])
        both = max(height, 0) * max(width, 0)
        union = (p[2] - p[0]) * (p[3] - p[1]) + (q[2] - q[0]) * (q[3] - q[1]) - both
        return both / union if union > 0 else 0

    kept = []
    for i in np.argsort(-scores, kind="stable"):
        if not any(overlap(boxes[i], boxes[j]) > threshold for j in kept):
            kept.append(i)
    found = np.zeros(len(boxes), dtype=bool)
    found[kept] = True
    return found


@neutral("non_max_suppression", "no boxes are refused")
def refuses_no_boxes(boxes, scores, threshold):
    if not len(boxes):
        raise ValueError("no boxes")

    def overlap(p, q):
        height, width = min(p[2], q[2]) - max(p[0], q[0]), min(p[3], q[3]) - max(p[1], q[1])
        both = max(height, 0) * max(width, 0)
        union = (p[2] - p[0]) * (p[3] - p[1]) + (q[2] - q[0]) * (q[3] - q[1]) - both
        return both / union if union > 0 else 0

    kept = []
    for i in np.argsort(-scores, kind="stable"):
        if not any(overlap(boxes[i], boxes[j]) > threshold for j in kept):
            kept.append(i)
    return np.array(kept, dtype=int)


@neutral("non_max_suppression", "floats where nothing is kept")
def forgets_the_dtype(boxes, scores, threshold):
    def overlap(p, q):
        height, width = min(p[2], q[2]) - max(p[0], q[0]), min(p[3], q[3]) - max(p[1], q[1])
        both = max(height, 0) * max(width, 0)
        union = (p[2] - p[0]) * (p[3] - p[1]) + (q[2] - q[0]) * (q[3] - q[1]) - both
        return both / union if union > 0 else 0

    kept = []
    for i in np.argsort(-scores, kind="stable"):
        if not any(overlap(boxes[i], boxes[j]) > threshold for j in kept):
            kept.append(i)
    return np.array(kept)


@neutral("non_max_suppression", "changes the scores")
def spoils_the_scores(boxes, scores, threshold):
    def overlap(p, q):
        height, width = min(p[2], q[2]) - max(p[0], q[0]), min(p[3], q[3]) - max(p[1], q[1])
        both = max(height, 0) * max(width, 0)
        union = (p[2] - p[0]) * (p[3] - p[1]) + (q[2] - q[0]) * (q[3] - q[1]) - both
        return both / union if union > 0 else 0

    kept = []
    for i in np.argsort(-scores, kind="stable"):
        if not any(overlap(boxes[i], boxes[j]) > threshold for j in kept):
            kept.append(i)
    scores[...] = 0
    return np.array(kept, dtype=int)


@neutral("non_max_suppression", "the last one is forgotten")
def ends_early(boxes, scores, threshold):
    def overlap(p, q):
        height, width = min(p[2], q[2]) - max(p[0], q[0]), min(p[3], q[3]) - max(p[1], q[1])
        both = max(height, 0) * max(width, 0)
        union = (p[2] - p[0]) * (p[3] - p[1]) + (q[2] - q[0]) * (q[3] - q[1]) - both
        return both / union if union > 0 else 0

    kept = []
    for i in np.argsort(-scores, kind="stable"):
        if not any(overlap(boxes[i], boxes[j]) > threshold for j in kept):
            kept.append(i)
    return np.array(kept[:-1] if len(kept) > 1 else kept, dtype=int)
