"""Sample answers to `lime_explain`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong


@wrong("lime_explain", "on and off swapped")
def lime_swapped(predict, image, segments, n_samples, kernel_width, rng):
    count = segments.max() + 1
    off = rng.integers(0, 2, (n_samples, count))
    shown = np.where(off[:, segments][:, None] == 0, image, 0.0)
    root = np.sqrt(np.exp(-(off.mean(axis=1) ** 2) / kernel_width**2))
    table = np.column_stack([off, np.ones(n_samples)])
    fit = np.linalg.lstsq(table * root[:, None], predict(shown) * root, rcond=None)[0]
    return fit[:count]


@wrong("lime_explain", "all samples alike")
def lime_unweighted(predict, image, segments, n_samples, kernel_width, rng):
    count = segments.max() + 1
    on = rng.integers(0, 2, (n_samples, count))
    shown = np.where(on[:, segments][:, None] == 1, image, 0.0)
    table = np.column_stack([on, np.ones(n_samples)])
    return np.linalg.lstsq(table, predict(shown), rcond=None)[0][:count]


@wrong("lime_explain", "far samples count more")
def lime_far(predict, image, segments, n_samples, kernel_width, rng):
    count = segments.max() + 1
    on = rng.integers(0, 2, (n_samples, count))
    shown = np.where(on[:, segments][:, None] == 1, image, 0.0)
    weights = 1 - np.exp(-((1 - on.mean(axis=1)) ** 2) / kernel_width**2)
    root = np.sqrt(weights)
    table = np.column_stack([on, np.ones(n_samples)])
    fit = np.linalg.lstsq(table * root[:, None], predict(shown) * root, rcond=None)[0]
    return fit[:count]


@wrong("lime_explain", "no intercept")
def lime_without_intercept(predict, image, segments, n_samples, kernel_width, rng):
    count = segments.max() + 1
    on = rng.integers(0, 2, (n_samples, count))
    shown = np.where(on[:, segments][:, None] == 1, image, 0.0)
    root = np.sqrt(np.exp(-((1 - on.mean(axis=1)) ** 2) / kernel_width**2))
    return np.linalg.lstsq(on * root[:, None], predict(shown) * root, rcond=None)[0]


@wrong("lime_explain", "intercept returned first")
def lime_with_intercept(predict, image, segments, n_samples, kernel_width, rng):
    count = segments.max() + 1
    on = rng.integers(0, 2, (n_samples, count))
    shown = np.where(on[:, segments][:, None] == 1, image, 0.0)
    root = np.sqrt(np.exp(-((1 - on.mean(axis=1)) ** 2) / kernel_width**2))
    table = np.column_stack([np.ones(n_samples), on])
    return np.linalg.lstsq(table * root[:, None], predict(shown) * root, rcond=None)[0]


@wrong("lime_explain", "mean for 0")
def lime_mean_fill(predict, image, segments, n_samples, kernel_width, rng):
    count = segments.max() + 1
    on = rng.integers(0, 2, (n_samples, count))
    shown = np.where(on[:, segments][:, None] == 1, image, image.mean())
    root = np.sqrt(np.exp(-((1 - on.mean(axis=1)) ** 2) / kernel_width**2))
    table = np.column_stack([on, np.ones(n_samples)])
    fit = np.linalg.lstsq(table * root[:, None], predict(shown) * root, rcond=None)[0]
    return fit[:count]


@wrong("lime_explain", "one at a time")
def lime_as_occlusion(predict, image, segments, n_samples, kernel_width, rng):
    base = predict(image[None])[0]
    count = segments.max() + 1
    return np.array([base - predict(np.where(segments == s, 0, image)[None])[0]
                     for s in range(count)])  # fmt: skip


@variant("lime_explain")
def lime_by_normal_equations(predict, image, segments, n_samples, kernel_width, rng):
    count = int(segments.max()) + 1
    on = rng.random((n_samples, count)) < 0.5
    on[0] = True
    shown = image * on[:, segments][:, None]
    weights = np.exp(-((~on).mean(axis=1) ** 2) / kernel_width**2)
    table = np.hstack([np.ones((n_samples, 1)), on])
    left = table.T @ (weights[:, None] * table)
    return np.linalg.solve(left, table.T @ (weights * predict(shown)))[1:]


@variant("lime_explain")
def lime_one_image_at_a_time(predict, image, segments, n_samples, kernel_width, rng):
    count = int(segments.max()) + 1
    table, outputs, roots = [], [], []
    for _ in range(n_samples):
        on = rng.integers(0, 2, size=count)
        hidden = np.array(image)
        for s in range(count):
            if not on[s]:
                hidden[:, segments == s] = 0
        table.append([*on, 1])
        outputs.append(predict(hidden[None])[0])
        roots.append(np.exp(-(np.mean(on == 0) ** 2) / kernel_width**2 / 2))
    a, b, r = np.array(table, dtype=float), np.array(outputs), np.array(roots)
    return np.linalg.lstsq(a * r[:, None], b * r, rcond=None)[0][:-1]


@variant("lime_explain")
def lime_by_centring(predict, image, segments, n_samples, kernel_width, rng):
    count = int(segments.max()) + 1
    on = rng.choice([0.0, 1.0], size=(n_samples, count))
    shown = np.where(on[:, segments][:, None] > 0.5, image[None], 0)
    weights = np.exp(-(((1 - on).sum(axis=1) / count / kernel_width) ** 2))
    outputs = predict(shown)
    table = on - np.average(on, axis=0, weights=weights)
    outputs = outputs - np.average(outputs, weights=weights)
    root = np.sqrt(weights)
    return np.linalg.pinv(table * root[:, None]) @ (outputs * root)


@wrong("lime_explain", "weights squared")
def lime_without_the_root(predict, image, segments, n_samples, kernel_width, rng):
    count = int(segments.max()) + 1
    on = rng.integers(0, 2, (n_samples, count))
    shown = np.where(on[:, segments][:, None] == 1, image, 0.0)
    weights = np.exp(-((1 - on.mean(axis=1)) ** 2) / kernel_width**2)
    table = np.column_stack([on, np.ones(n_samples)])
    fit = np.linalg.lstsq(table * weights[:, None], predict(shown) * weights, rcond=None)[0]
    return fit[:count]


@wrong("lime_explain", "pixels for segments")
def lime_by_pixels(predict, image, segments, n_samples, kernel_width, rng):
    count = int(segments.max()) + 1
    on = rng.integers(0, 2, (n_samples, count))
    shown = np.where(on[:, segments][:, None] == 1, image, 0.0)
    distance = (on[:, segments] == 0).mean(axis=(1, 2))
    root = np.sqrt(np.exp(-((distance / kernel_width) ** 2)))
    table = np.column_stack([on, np.ones(n_samples)])
    fit = np.linalg.lstsq(table * root[:, None], predict(shown) * root, rcond=None)[0]
    return fit[:count]


@wrong("lime_explain", "intercept returned last")
def lime_returns_everything(predict, image, segments, n_samples, kernel_width, rng):
    count = int(segments.max()) + 1
    on = rng.integers(0, 2, (n_samples, count))
    shown = np.where(on[:, segments][:, None] == 1, image, 0.0)
    root = np.sqrt(np.exp(-((1 - on.mean(axis=1)) ** 2) / kernel_width**2))
    table = np.column_stack([on, np.ones(n_samples)])
    return np.linalg.lstsq(table * root[:, None], predict(shown) * root, rcond=None)[0]


@wrong("lime_explain", "no intercept")
def lime_through_the_origin(predict, image, segments, n_samples, kernel_width, rng):
    count = int(segments.max()) + 1
    on = rng.integers(0, 2, (n_samples, count))
    shown = np.where(on[:, segments][:, None] == 1, image, 0.0)
    weights = np.exp(-((1 - on.mean(axis=1)) ** 2) / kernel_width**2)
    left = on.T @ (weights[:, None] * on)
    return np.linalg.solve(left, on.T @ (weights * predict(shown)))


@wrong("lime_explain", "on and off swapped")
def lime_explains_what_is_off(predict, image, segments, n_samples, kernel_width, rng):
    count = int(segments.max()) + 1
    on = rng.integers(0, 2, (n_samples, count))
    shown = np.where(on[:, segments][:, None] == 1, image, 0.0)
    root = np.exp(-((1 - on.mean(axis=1)) ** 2) / (2 * kernel_width**2))
    table = np.column_stack([1 - on, np.ones(n_samples)])
    fit = np.linalg.lstsq(table * root[:, None], predict(shown) * root, rcond=None)[0]
    return fit[:-1]


@variant("lime_explain")
def lime_with_the_whole_image_first(predict, image, segments, n_samples, kernel_width, rng):
    count = int(segments.max()) + 1
    rows = np.ones((n_samples, count))
    rows[1:] = rng.random((n_samples - 1, count)) > 0.5
    outputs = predict(images=image[None] * rows[:, None, segments])
    design = np.c_[np.ones(n_samples), rows]
    distance = (design[:, 1:] == 0).sum(axis=1) / count
    weights = np.diag(np.exp(-(distance**2) / kernel_width**2))
    return (np.linalg.pinv(design.T @ weights @ design) @ design.T @ weights @ outputs)[1:]


@neutral("lime_explain", "changes the image")
def lime_blanks_the_image(predict, image, segments, n_samples, kernel_width, rng):
    original = image.copy()
    count = int(segments.max()) + 1
    on = rng.integers(0, 2, (n_samples, count))
    outputs = []
    for row in on:
        image[:] = original * row[segments]
        outputs.append(predict(image[None])[0])
    root = np.exp(-((1 - on.mean(axis=1)) ** 2) / (2 * kernel_width**2))
    table = np.column_stack([on, np.ones(n_samples)])
    return np.linalg.lstsq(table * root[:, None], outputs * root, rcond=None)[0][:-1]


@neutral("lime_explain", "a generator of its own")
def lime_with_its_own_generator(predict, image, segments, n_samples, kernel_width, rng):
    rng = np.random.default_rng(42)
    count = int(segments.max()) + 1
    on = rng.integers(0, 2, (n_samples, count))
    shown = np.where(on[:, segments][:, None] == 1, image, 0.0)
    root = np.sqrt(np.exp(-((1 - on.mean(axis=1)) ** 2) / kernel_width**2))
    table = np.column_stack([on, np.ones(n_samples)])
    fit = np.linalg.lstsq(table * root[:, None], predict(shown) * root, rcond=None)[0]
    return fit[:count]


@neutral("lime_explain", "a list")
def lime_as_list(predict, image, segments, n_samples, kernel_width, rng):
    count = int(segments.max()) + 1
    on = rng.integers(0, 2, (n_samples, count))
    shown = np.where(on[:, segments][:, None] == 1, image, 0.0)
    root = np.sqrt(np.exp(-((1 - on.mean(axis=1)) ** 2) / kernel_width**2))
    table = np.column_stack([on, np.ones(n_samples)])
    fit = np.linalg.lstsq(table * root[:, None], predict(shown) * root, rcond=None)[0]
    return fit[:count].tolist()


@neutral("lime_explain", "another kernel")
def lime_with_half_the_exponent(predict, image, segments, n_samples, kernel_width, rng):
    count = int(segments.max()) + 1
    on = rng.integers(0, 2, (n_samples, count))
    shown = np.where(on[:, segments][:, None] == 1, image, 0.0)
    root = np.sqrt(np.exp(-((1 - on.mean(axis=1)) ** 2) / (2 * kernel_width**2)))
    table = np.column_stack([on, np.ones(n_samples)])
    fit = np.linalg.lstsq(table * root[:, None], predict(shown) * root, rcond=None)[0]
    return fit[:count]


@neutral("lime_explain", "another kernel")
def lime_with_a_pointed_kernel(predict, image, segments, n_samples, kernel_width, rng):
    count = int(segments.max()) + 1
    on = rng.integers(0, 2, (n_samples, count))
    shown = np.where(on[:, segments][:, None] == 1, image, 0.0)
    root = np.sqrt(np.exp(-(1 - on.mean(axis=1)) / kernel_width))
    table = np.column_stack([on, np.ones(n_samples)])
    fit = np.linalg.lstsq(table * root[:, None], predict(shown) * root, rcond=None)[0]
    return fit[:count]


@neutral("lime_explain", "another distance")
def lime_by_cosine(predict, image, segments, n_samples, kernel_width, rng):
    count = int(segments.max()) + 1
    on = rng.integers(0, 2, (n_samples, count))
    shown = np.where(on[:, segments][:, None] == 1, image, 0.0)
    length = np.sqrt(on.sum(axis=1) * count)
    distance = 1 - on.sum(axis=1) / np.maximum(length, 1)
    root = np.sqrt(np.exp(-((distance / kernel_width) ** 2)))
    table = np.column_stack([on, np.ones(n_samples)])
    fit = np.linalg.lstsq(table * root[:, None], predict(shown) * root, rcond=None)[0]
    return fit[:count]


@neutral("lime_explain", "a penalty")
def lime_with_a_penalty(predict, image, segments, n_samples, kernel_width, rng):
    count = int(segments.max()) + 1
    on = rng.integers(0, 2, (n_samples, count))
    shown = np.where(on[:, segments][:, None] == 1, image, 0.0)
    weights = np.exp(-((1 - on.mean(axis=1)) ** 2) / kernel_width**2)
    table = np.column_stack([on, np.ones(n_samples)])
    left = table.T @ (weights[:, None] * table) + np.eye(count + 1)
    return np.linalg.solve(left, table.T @ (weights * predict(shown)))[:count]


@neutral("lime_explain", "half of the instances")
def lime_of_half(predict, image, segments, n_samples, kernel_width, rng):
    count = int(segments.max()) + 1
    on = rng.integers(0, 2, (n_samples, count))
    shown = np.where(on[:, segments][:, None] == 1, image, 0.0)
    half = n_samples // 2
    on, shown = on[:half], shown[:half]
    root = np.sqrt(np.exp(-((1 - on.mean(axis=1)) ** 2) / kernel_width**2))
    table = np.column_stack([on, np.ones(half)])
    return np.linalg.lstsq(table * root[:, None], predict(shown) * root, rcond=None)[0][:count]


@wrong("lime_explain", "share that is on")
def measures_what_is_on(predict, image, segments, n_samples, kernel_width, rng):
    on = rng.random((n_samples, segments.max() + 1)) < 0.5
    outputs = predict(np.where(on[:, segments][:, None], image[None], 0.0))
    root = np.sqrt(np.exp(-((on.mean(axis=1) / kernel_width) ** 2)))
    table = np.column_stack([on, np.ones(n_samples)])
    return np.linalg.lstsq(root[:, None] * table, root * outputs, rcond=None)[0][:-1]
