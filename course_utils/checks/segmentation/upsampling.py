"""Ways up without weights: repeated pixels, and max pooling turned round."""

from collections.abc import Callable, Iterator

import numpy as np
from torch.nn import functional

from course_utils.checks.core import Call, ErrorCase, Exercise, Misconception, ValueCase, call
from course_utils.checks.core.draws import distinct, each
from course_utils.checks.core.rules import NUMPY_INDEXING
from course_utils.checks.core.tensors import doubles, indices
from course_utils.checks.core.transforms import changed, then

# ------------------------------------------------------------------ upsample_nearest


def _nearest(x: np.ndarray, scale: int) -> np.ndarray:
    """PyTorch's interpolation to the nearest pixel, on arrays."""
    return functional.interpolate(doubles(x), scale_factor=scale).numpy().astype(x.dtype)


def _maps(
    rng: np.random.Generator,
    shape: tuple[int, ...],
    scale: int,
    dtype: type = np.float64,
) -> Call:
    values = distinct(rng, *shape, step=1) if dtype is np.int64 else distinct(rng, *shape)
    return call(values.astype(dtype), scale)


def _masks(rng: np.random.Generator) -> Iterator[Call]:
    yield call(rng.permutation(12).reshape(1, 1, 3, 4).astype(np.uint8), 3)
    yield call(rng.permutation(24).reshape(2, 2, 2, 3), 2)
    yield call((2.0 * rng.permutation(24)).reshape(2, 1, 3, 4).astype(np.float32)[..., ::-1], 2)


def _random(rng: np.random.Generator) -> Iterator[Call]:
    for _ in range(8):
        yield _maps(rng, tuple(rng.integers(1, 5, 4).tolist()), int(rng.integers(1, 5)))


def _nails(x: np.ndarray, scale: int) -> np.ndarray:
    """The pixel in the corner of its square, zeros beside it."""
    nail = np.zeros((scale, scale), x.dtype)
    nail[0, 0] = 1
    return np.kron(x, nail)


def _rounded(x: np.ndarray, scale: int) -> np.ndarray:
    """Places rounded, where they must be rounded down."""
    rows, columns = (
        np.rint(np.arange(side * scale) / scale).astype(int).clip(max=side - 1)
        for side in x.shape[2:]
    )
    return x.take(rows, axis=2).take(columns, axis=3)


upsample_nearest = Exercise(
    name="upsample_nearest",
    points=2,
    oracle=_nearest,
    rules=(NUMPY_INDEXING,),
    fresh=True,
    same_dtype=True,
    learned="You can now make a map larger without a single weight.",
    cases=(
        ValueCase(
            "the worked example: 2×2, twice as large", call(np.array([[[[1, 2], [3, 4]]]]), 2)
        ),
        ValueCase(
            "larger, also by 3 and 4",
            each(_maps, call((1, 1, 3, 3), 2), call((1, 1, 3, 3), 3), call((1, 1, 2, 2), 4)),
        ),
        ValueCase("rectangular maps", each(_maps, call((1, 1, 2, 4), 2), call((1, 1, 5, 3), 3))),
        ValueCase(
            "several images and channels",
            each(_maps, call((2, 3, 2, 2), 2), call((3, 2, 2, 3), 3)),
        ),
        ValueCase("a scale of 1", each(_maps, call((1, 2, 3, 2), 1))),
        ValueCase("whole numbers, float32, views: the same dtype", _masks),
        ValueCase("random maps", _random, weight=2),
        ErrorCase(
            "ValueError for a scale below 1",
            (call(np.ones((1, 1, 2, 2)), 0), call(np.ones((1, 1, 2, 3)), -1)),
            because="Nothing would be left of the map.",
        ),
    ),
    misconceptions=(
        Misconception(
            "tiled",
            "Your result shows the whole map several times, side by side. Each pixel is to be "
            "repeated in its place.",
            lambda x, scale: np.tile(x, (scale, scale)),
            look="np.tile and np.repeat are not the same.",
        ),
        Misconception(
            "zeros beside each pixel",
            "Your result has each pixel once and zeros beside it.",
            _nails,
            look="All pixels of the square get the value.",
        ),
        Misconception(
            "rows only",
            "Your result is larger in one direction only: columns are missing.",
            lambda x, scale: _nearest(x, scale)[..., ::scale].copy(),
            look="Repeat along the last axis, too.",
        ),
        Misconception(
            "columns only",
            "Your result is larger in one direction only: rows are missing.",
            lambda x, scale: _nearest(x, scale)[:, :, ::scale].copy(),
            look="Repeat along the last axis but one, too.",
        ),
        Misconception(
            "channels repeated",
            "Your result has more channels. Rows and columns are to be repeated.",
            lambda x, scale: np.moveaxis(_nearest(np.moveaxis(x, 3, 0), scale), 0, 3),
            look="The axes are image, channel, row, column: count from 0.",
        ),
        Misconception(
            "always twice",
            "Your result is twice as large, whatever the scale is.",
            changed(_nearest, scale=2),
            look="Where do you use `scale`?",
        ),
        Misconception(
            "value shared out",
            "Your result divides each pixel among those of its square. Each gets the whole value.",
            then(_nearest, lambda maps, scale: (maps / scale**2).astype(maps.dtype)),
            look="Leave out the division.",
        ),
        Misconception(
            "rounded for rounded down",
            "Your result rounds the place that a pixel comes from. Then the first square is too "
            "small and the last too large.",
            _rounded,
            look="Pixels 0 to scale − 1 come from pixel 0: use //.",
        ),
        Misconception(
            "rows and columns exchanged",
            "Your result is the right one with rows and columns exchanged.",
            then(_nearest, lambda maps: maps.swapaxes(2, 3).copy()),
            look="The axes are image, channel, row, column.",
        ),
    ),
)


# ------------------------------------------------------------------ max_unpool2d

Size = tuple[int, int]


def _unpooled(y: np.ndarray, places: np.ndarray, k: int, size: Size) -> np.ndarray:
    """PyTorch's way back from max pooling, on arrays."""
    planes = functional.max_unpool2d(doubles(y), indices(places), (k, k), output_size=size)
    return planes.numpy().astype(y.dtype)


def _pooled(
    rng: np.random.Generator,
    shape: tuple[int, ...],
    k: int,
    dtype: type = np.float64,
    places: type = np.int64,
) -> Call:
    """What PyTorch's max pooling gives of random maps, no value zero."""
    x = doubles(distinct(rng, *shape) + 0.25)
    y, where = functional.max_pool2d(x, k, k, return_indices=True)
    return call(y.numpy().astype(dtype), where.numpy().astype(places), k, shape[2:])


def _kinds(rng: np.random.Generator) -> Iterator[Call]:
    yield _pooled(rng, (1, 2, 4, 4), 2, np.float32, np.int32)
    y, places, k, size = _pooled(rng, (2, 2, 5, 6), 2).args
    yield call(y[::-1, :, :, ::-1], places[::-1, :, :, ::-1], k, size)


def _negative(rng: np.random.Generator) -> Iterator[Call]:
    for shape, k in (((1, 1, 4, 4), 2), ((1, 2, 3, 6), 3)):
        y, places, k, size = _pooled(rng, shape, k).args
        yield call(-abs(y) * rng.choice([1, 1, -1], y.shape), places, k, size)


def _random_pooled(rng: np.random.Generator) -> Iterator[Call]:
    for _ in range(10):
        k = int(rng.integers(1, 4))
        size = (k + rng.integers(0, 6, 2)).tolist()
        yield _pooled(rng, (*rng.integers(1, 4, 2).tolist(), *size), k)


def _corners(y: np.ndarray, k: int, size: Size) -> np.ndarray:
    """The places of the windows' first pixels."""
    numbers = np.arange(size[0] * size[1]).reshape(size)
    return np.broadcast_to(numbers[::k, ::k][: y.shape[2], : y.shape[3]], y.shape)


def _filled(y: np.ndarray, places: np.ndarray, k: int, size: Size) -> np.ndarray:
    """Every window full of its value."""
    large = functional.interpolate(doubles(y), scale_factor=k)
    down, right = (side - k * count for side, count in zip(size, y.shape[2:], strict=True))
    return functional.pad(large, (0, right, 0, down)).numpy().astype(y.dtype)


def _crossed(places: np.ndarray, size: Size) -> np.ndarray:
    """Row and column exchanged.

    Raises:
        ValueError: where a place then lies outside.
    """
    return np.ravel_multi_index(np.unravel_index(places, size)[::-1], size)


def _of_windows(y: np.ndarray, places: np.ndarray, k: int, size: Size) -> np.ndarray:
    """Places counted in rows that are as long as the windows reach.

    Raises:
        ValueError: where a place then lies outside.
    """
    rows, columns = np.divmod(places, k * y.shape[3])
    return np.ravel_multi_index((rows, columns), size)


def _one_plane(y: np.ndarray, places: np.ndarray, k: int, size: Size) -> np.ndarray:
    """All values in the first plane, the later above the earlier."""
    own = _unpooled(y, places, k, size).reshape(-1, *size)
    there = _unpooled(np.ones_like(y), places, k, size).reshape(-1, *size)
    first = own[0]
    for values, here in zip(own, there, strict=True):
        first = np.where(here > 0, values, first)
    planes = np.zeros((*y.shape[:2], *size), y.dtype)
    planes[0, 0] = first
    return planes


def _first(where: Callable[[np.ndarray], np.ndarray]) -> Callable:
    """The places of one plane for others."""
    return changed(
        _unpooled, places=lambda places: np.broadcast_to(where(places), places.shape).copy()
    )


max_unpool2d = Exercise(
    name="max_unpool2d",
    points=3,
    oracle=_unpooled,
    rules=(NUMPY_INDEXING,),
    fresh=True,
    same_dtype=True,
    learned="You can now put every pooled value back to where it came from.",
    cases=(
        ValueCase(
            "the worked example: 4×4",
            call(
                np.array([[[[7.0, 8.0], [3.0, 4.0]]]]), np.array([[[[5, 7], [8, 15]]]]), 2, (4, 4)
            ),
        ),
        ValueCase(
            "one plane", each(_pooled, call((1, 1, 6, 6), 2), call((1, 1, 6, 6), 3)), steady=0
        ),
        ValueCase(
            "windows that did not fit",
            each(_pooled, call((1, 1, 5, 5), 2), call((1, 1, 8, 7), 3), call((1, 1, 4, 5), 2)),
            steady=0,
        ),
        ValueCase(
            "rectangular planes", each(_pooled, call((1, 1, 4, 6), 2), call((1, 1, 9, 3), 3))
        ),
        ValueCase(
            "several images and channels",
            each(_pooled, call((2, 1, 4, 4), 2), call((1, 3, 4, 4), 2), call((3, 2, 5, 4), 2)),
        ),
        ValueCase("values below zero", _negative, steady=0),
        ValueCase("float32, whole numbers of 32 bits, views", _kinds),
        ValueCase("random maps, also k = 1", _random_pooled, weight=2),
        ErrorCase(
            "ValueError where the windows do not belong to the size",
            (
                call(np.ones((1, 1, 2, 2)), np.array([[[[0, 2], [8, 10]]]]), 2, (6, 4)),
                call(np.ones((1, 1, 2, 2)), np.array([[[[0, 2], [8, 10]]]]), 2, (4, 6)),
                call(np.ones((1, 1, 2, 2)), np.array([[[[0, 3], [18, 21]]]]), 2, (6, 6)),
                call(np.ones((1, 1, 1, 2)), np.array([[[[0, 3]]]]), 3, (4, 5)),
            ),
            because="H // k and W // k windows come from a plane, side by side.",
        ),
    ),
    misconceptions=(
        Misconception(
            "first pixel of the window",
            "Your result puts every value into the first pixel of its window. Max unpooling "
            "remembers where it came from.",
            changed(_unpooled, places=_corners),
            look="Where do you use `places`?",
        ),
        Misconception(
            "window filled",
            "Your result fills every window with its value. Only one pixel had it.",
            _filled,
            look="Where do you use `places`?",
        ),
        Misconception(
            "rows and columns exchanged",
            "Your result counts the places column by column. They are counted row by row.",
            changed(_unpooled, places=_crossed),
            look="Place 1 is the second pixel of the first row.",
        ),
        Misconception(
            "rows as long as the windows reach",
            "Your result counts the places in rows of k·W' pixels. They count the whole plane, "
            "with pixels that no window reads.",
            changed(_unpooled, places=_of_windows),
            look="A row has W pixels.",
        ),
        Misconception(
            "size ignored",
            "Your result ends with the last window. The plane may be larger.",
            then(_unpooled, lambda planes, y, k: _cut(planes, y, k)),
            look="Make zeros of the size that is given.",
        ),
        Misconception(
            "places of the first image",
            "Your result uses the places of the first image for all of them.",
            _first(lambda places: places[:1]),
            look="Every plane of every image has its own places.",
        ),
        Misconception(
            "places of the first channel",
            "Your result uses the places of the first channel for all of them.",
            _first(lambda places: places[:, :1]),
            look="Every plane of every image has its own places.",
        ),
        Misconception(
            "all in the first plane",
            "Your result puts the values of all planes into the first one. The places count anew "
            "in every plane.",
            _one_plane,
            look="`planes.flat[places]` does not know which plane is meant.",
        ),
        Misconception(
            "values below zero lost",
            "Your result is 0 where a value is negative.",
            then(_unpooled, lambda planes: planes.clip(0)),
            look="Put the value there as it is.",
        ),
    ),
)


def _cut(planes: np.ndarray, y: np.ndarray, k: int) -> np.ndarray:
    """The part of the planes that windows read."""
    rows, columns = (k * side for side in y.shape[2:])
    return planes[:, :, :rows, :columns].copy()
