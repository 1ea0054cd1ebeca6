"""Sample answers to `nearest_neighbor_l1`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong

COLUMNS = "NumPy takes any negative number for “as many as are left”"
SURVIVORS = {
    (
        "nearest_neighbor_l1: known = train_x.reshape(len(train_x), -1).astype(float) -> "
        "known = train_x.reshape(len(train_x), - 2).astype(float)"
    ): COLUMNS,
    (
        "nearest_neighbor_l1: known = train_x.reshape(len(train_x), -1).astype(float) -> "
        "known = train_x.reshape(len(train_x), ~1).astype(float)"
    ): COLUMNS,
}


@wrong("nearest_neighbor_l1", "wrap-around")
def compares_bytes(train_x, train_y, test_x):
    if train_x.shape[1:] != test_x.shape[1:] or train_y.shape != train_x.shape[:1]:
        raise ValueError("shapes")
    axes = tuple(range(1, train_x.ndim))
    return np.array([train_y[np.abs(train_x - image).sum(axis=axes).argmin()] for image in test_x])


@wrong("nearest_neighbor_l1", "number for label")
def returns_places(train_x, train_y, test_x):
    if train_x.shape[1:] != test_x.shape[1:] or train_y.shape != train_x.shape[:1]:
        raise ValueError("shapes")
    train, axes = train_x.astype(float), tuple(range(1, train_x.ndim))
    return np.array([np.abs(train - image).sum(axis=axes).argmin() for image in test_x])


@wrong("nearest_neighbor_l1", "farthest")
def takes_the_farthest(train_x, train_y, test_x):
    if train_x.shape[1:] != test_x.shape[1:] or train_y.shape != train_x.shape[:1]:
        raise ValueError("shapes")
    train, axes = train_x.astype(float), tuple(range(1, train_x.ndim))
    return np.array([train_y[np.abs(train - image).sum(axis=axes).argmax()] for image in test_x])


@wrong("nearest_neighbor_l1", "Euclidean distance")
def nearest_by_l2(train_x, train_y, test_x):
    if train_x.shape[1:] != test_x.shape[1:] or train_y.shape != train_x.shape[:1]:
        raise ValueError("shapes")
    train, axes = train_x.astype(float), tuple(range(1, train_x.ndim))
    return np.array([train_y[((train - image) ** 2).sum(axis=axes).argmin()] for image in test_x])


@wrong("nearest_neighbor_l1", "signs kept")
def nearest_by_signed(train_x, train_y, test_x):
    if train_x.shape[1:] != test_x.shape[1:] or train_y.shape != train_x.shape[:1]:
        raise ValueError("shapes")
    train, axes = train_x.astype(float), tuple(range(1, train_x.ndim))
    return np.array([train_y[(train - image).sum(axis=axes).argmin()] for image in test_x])


@wrong("nearest_neighbor_l1", "mean of the class")
def nearest_mean(train_x, train_y, test_x):
    if train_x.shape[1:] != test_x.shape[1:] or train_y.shape != train_x.shape[:1]:
        raise ValueError("shapes")
    train = train_x.reshape(len(train_x), -1).astype(float)
    test = test_x.reshape(len(test_x), -1).astype(float)
    classes = np.unique(train_y)
    means = np.array([train[train_y == c].mean(axis=0) for c in classes])
    return classes[((test[:, None] - means) ** 2).sum(axis=2).argmin(axis=1)]


@wrong("nearest_neighbor_l1", "the most frequent label")
def always_the_same(train_x, train_y, test_x):
    labels, counts = np.unique(train_y, return_counts=True)
    return np.full(len(test_x), labels[counts.argmax()])


@variant("nearest_neighbor_l1")
def all_at_once(train_x, train_y, test_x):
    if train_x.shape[1:] != test_x.shape[1:]:
        raise ValueError("images of different shapes")
    if train_y.shape != (len(train_x),):
        raise ValueError("one label for each training image")
    train = train_x.reshape(len(train_x), -1).astype(float)
    test = test_x.reshape(len(test_x), -1).astype(float)
    distances = np.abs(test[:, None] - train[None]).sum(axis=2)
    return train_y[distances.argmin(axis=1)]


@variant("nearest_neighbor_l1")
def with_two_plain_loops(train_x, train_y, test_x):
    if train_x.shape[1:] != test_x.shape[1:]:
        raise ValueError("images of different shapes")
    if train_y.shape != (len(train_x),):
        raise ValueError("one label for each training image")
    labels = []
    for test in test_x:
        best, nearest = np.inf, None
        for train, label in zip(train_x, train_y, strict=True):
            distance = sum(
                abs(float(p) - float(q)) for p, q in zip(test.flat, train.flat, strict=True)
            )
            if distance < best:
                best, nearest = distance, label
        labels.append(nearest)
    return np.array(labels)


@variant("nearest_neighbor_l1")
def sorts_distances(train_x, train_y, test_x):
    if train_x.shape[1:] != test_x.shape[1:]:
        raise ValueError("images of different shapes")
    if train_y.shape != (len(train_x),):
        raise ValueError("one label for each training image")
    train = train_x.astype(np.float32)
    found = np.empty(len(test_x), dtype=train_y.dtype)
    for i, image in enumerate(test_x.astype(np.float32)):
        distances = [np.linalg.norm((image - other).ravel(), 1) for other in train]
        found[i] = train_y[np.argsort(distances)[0]]
    return found


@wrong("nearest_neighbor_l1", "wrap-around")
def subtracts_in_the_other_order(train_x, train_y, test_x):
    if train_x.shape[1:] != test_x.shape[1:] or train_y.shape != train_x.shape[:1]:
        raise ValueError("shapes")
    labels = []
    for image in test_x:
        distances = [np.sum(np.abs(image - other)) for other in train_x]
        labels.append(train_y[np.argmin(distances)])
    return np.array(labels)


@wrong("nearest_neighbor_l1", "absolute value of the sum")
def nearest_by_brightness(train_x, train_y, test_x):
    if train_x.shape[1:] != test_x.shape[1:] or train_y.shape != train_x.shape[:1]:
        raise ValueError("shapes")
    train = train_x.reshape(len(train_x), -1).sum(axis=1, dtype=float)
    test = test_x.reshape(len(test_x), -1).sum(axis=1, dtype=float)
    return train_y[np.abs(test[:, None] - train).argmin(axis=1)]


@wrong("nearest_neighbor_l1", "largest difference")
def nearest_by_the_worst_pixel(train_x, train_y, test_x):
    if train_x.shape[1:] != test_x.shape[1:] or train_y.shape != train_x.shape[:1]:
        raise ValueError("shapes")
    train, axes = train_x.astype(float), tuple(range(1, train_x.ndim))
    return np.array([train_y[np.abs(train - image).max(axis=axes).argmin()] for image in test_x])


@variant("nearest_neighbor_l1")
def collects_in_a_float_array(train_x, train_y, test_x):
    if train_x.shape[1:] != test_x.shape[1:]:
        raise ValueError("images of different shapes")
    if train_y.shape != train_x.shape[:1]:
        raise ValueError("one label for each training image")
    labels = np.zeros(len(test_x))
    for i in range(len(test_x)):
        distances = np.zeros(len(train_x))
        for j in range(len(train_x)):
            distances[j] = np.sum(np.abs(test_x[i].astype(float) - train_x[j].astype(float)))
        labels[i] = train_y[np.argmin(distances)]
    return labels


@variant("nearest_neighbor_l1")
def with_min_and_key(train_x, train_y, test_x):
    if train_x.shape[1:] != test_x.shape[1:]:
        raise ValueError("images of different shapes")
    if train_y.shape != (len(train_x),):
        raise ValueError("one label for each training image")

    def nearest(image):
        return min(
            range(len(train_x)), key=lambda i: np.abs(image - train_x[i].astype(float)).sum()
        )

    return np.array([train_y[nearest(image)] for image in test_x])


@neutral("nearest_neighbor_l1", "without refusals")
def refuses_nothing(train_x, train_y, test_x):
    train, axes = train_x.astype(float), tuple(range(1, train_x.ndim))
    return np.array([train_y[np.abs(train - image).sum(axis=axes).argmin()] for image in test_x])


@neutral("nearest_neighbor_l1", "a list")
def answers_with_a_list(train_x, train_y, test_x):
    if train_x.shape[1:] != test_x.shape[1:] or train_y.shape != train_x.shape[:1]:
        raise ValueError("shapes")
    train, axes = train_x.astype(float), tuple(range(1, train_x.ndim))
    return [train_y[np.abs(train - image).sum(axis=axes).argmin()] for image in test_x]


@neutral("nearest_neighbor_l1", "changes its input")
def sorts_the_library(train_x, train_y, test_x):
    if train_x.shape[1:] != test_x.shape[1:] or train_y.shape != train_x.shape[:1]:
        raise ValueError("shapes")
    train, axes = train_x.astype(float), tuple(range(1, train_x.ndim))
    places = [np.abs(train - image).sum(axis=axes).argmin() for image in test_x]
    labels = train_y[places]
    train_y.sort()
    return labels


@neutral("nearest_neighbor_l1", "a column")
def answers_with_a_column(train_x, train_y, test_x):
    if train_x.shape[1:] != test_x.shape[1:] or train_y.shape != train_x.shape[:1]:
        raise ValueError("shapes")
    train, axes = train_x.astype(float), tuple(range(1, train_x.ndim))
    places = [np.abs(train - image).sum(axis=axes).argmin() for image in test_x]
    return train_y[places][:, None]


@neutral("nearest_neighbor_l1", "gray values cut to whole numbers")
def compares_integers(train_x, train_y, test_x):
    if train_x.shape[1:] != test_x.shape[1:] or train_y.shape != train_x.shape[:1]:
        raise ValueError("shapes")
    train, axes = train_x.astype(np.int64), tuple(range(1, train_x.ndim))
    return np.array(
        [train_y[np.abs(train - image.astype(int)).sum(axis=axes).argmin()] for image in test_x]
    )


@neutral("nearest_neighbor_l1", "a slip: the first pixel only")
def compares_the_first_pixel(train_x, train_y, test_x):
    if train_x.shape[1:] != test_x.shape[1:] or train_y.shape != train_x.shape[:1]:
        raise ValueError("shapes")
    train = train_x.reshape(len(train_x), -1)[:, 0].astype(float)
    test = test_x.reshape(len(test_x), -1)[:, 0]
    return np.array([train_y[np.abs(train - pixel).argmin()] for pixel in test])


@neutral("nearest_neighbor_l1", "a slip: the library's last image is left out")
def leaves_out_the_last(train_x, train_y, test_x):
    if train_x.shape[1:] != test_x.shape[1:] or train_y.shape != train_x.shape[:1]:
        raise ValueError("shapes")
    labels = []
    for image in test_x:
        best, nearest = np.inf, train_y[0]
        for i in range(len(train_x) - 1):
            distance = np.abs(train_x[i].astype(float) - image).sum()
            if distance < best:
                best, nearest = distance, train_y[i]
        labels.append(nearest)
    return np.array(labels)


@wrong("nearest_neighbor_l1", "second nearest")
def skips_the_nearest(train_x, train_y, test_x):
    if train_x.shape[1:] != test_x.shape[1:] or train_y.shape != train_x.shape[:1]:
        raise ValueError("shapes")
    train = train_x.reshape(len(train_x), -1).astype(float)
    test = test_x.reshape(len(test_x), -1)
    order = np.abs(test[:, None] - train).sum(axis=2).argsort(axis=1)
    return train_y[order[:, min(1, len(train) - 1)]]


@wrong("nearest_neighbor_l1", "three neighbours")
def lets_three_vote(train_x, train_y, test_x):
    if train_x.shape[1:] != test_x.shape[1:] or train_y.shape != train_x.shape[:1]:
        raise ValueError("shapes")
    train = train_x.reshape(len(train_x), -1).astype(float)
    test = test_x.reshape(len(test_x), -1)
    order = np.abs(test[:, None] - train).sum(axis=2).argsort(axis=1)[:, :3]
    return np.array([np.bincount(train_y[places]).argmax() for places in order])
