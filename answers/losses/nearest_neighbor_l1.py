"""Sample answers to `nearest_neighbor_l1`."""

import numpy as np

from course_utils.authoring.answers import variant, wrong

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
            distance = np.abs(test.astype(np.int64) - train.astype(np.int64)).sum()
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
