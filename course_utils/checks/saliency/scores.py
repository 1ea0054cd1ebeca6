"""What is measured on maps: pointing game and similarity."""

from collections.abc import Callable, Iterator

import numpy as np
from scipy import stats

from course_utils.checks.core import (
    Call,
    ErrorCase,
    Exercise,
    Misconception,
    OneOf,
    ValueCase,
    call,
)
from course_utils.checks.core.draws import each
from course_utils.checks.core.rules import Forbid
from course_utils.checks.core.transforms import then

# ------------------------------------------------------------------ pointing_game


def _played(student: Callable, maps: np.ndarray, masks: np.ndarray) -> list[bool]:
    """Several rounds: many right answers by accident are improbable."""
    return [student(saliency, mask) for saliency, mask in zip(maps, masks, strict=True)]


def _rounds(judge: Callable[[np.ndarray, np.ndarray], bool]) -> Callable[..., list[bool]]:
    return lambda maps, masks: [bool(judge(m, k)) for m, k in zip(maps, masks, strict=True)]


def _hit(saliency: np.ndarray, mask: np.ndarray) -> bool:
    """Whether the best value inside the mask beats all values outside it."""
    inside = np.where(mask, saliency, -np.inf).max()
    outside = np.where(mask, -np.inf, saliency).max(initial=-np.inf)
    return bool(inside > outside and np.ptp(saliency) > 0)


def _first_place(values: np.ndarray, mask: np.ndarray) -> bool:
    return mask.ravel()[values.ravel().argmax()]


def _turned(saliency: np.ndarray, mask: np.ndarray) -> bool:
    return _first_place(saliency.T.copy(), np.resize(mask, saliency.T.shape))


def _distinct(rng: np.random.Generator, *shape: int) -> np.ndarray:
    count = int(np.prod(shape))
    return (rng.permutation(count) - count // 2).reshape(shape) / 4


def _played_draws(rng: np.random.Generator, size: tuple[int, int], rounds: int = 12) -> Call:
    """Masks of about a third of the image, around the maximum in every second round."""
    maps = np.stack([_distinct(rng, *size) for _ in range(rounds)])
    masks = rng.random((rounds, *size)) < 0.35
    for index, saliency in enumerate(maps):
        masks[index].flat[saliency.argmax()] = index % 2 == 0
    return call(maps, masks)


def _positive(rng: np.random.Generator) -> Iterator[Call]:
    maps, masks = _played_draws(rng, (4, 6)).args
    yield call(maps + 100, masks)
    yield call(maps - 100, masks)
    yield call(maps * 1e-12, masks)


def _constant(rng: np.random.Generator) -> Iterator[Call]:
    masks = rng.random((6, 3, 4)) < 0.5
    masks[0], masks[:, 0, 0] = True, np.arange(6) % 2 == 0
    yield call(np.zeros((6, 3, 4)), masks)
    yield call(np.full((6, 3, 4), 2.5, np.float32), masks)
    rounded = np.stack([np.full((3, 5), value) for value in (0.1, 0.3, 0.7, 1 / 3)])
    yield call(rounded, np.ones(rounded.shape, dtype=bool))  # their standard deviation is not 0


def _tied(rng: np.random.Generator) -> Iterator[Call]:
    """The maximum is shared: all of its places lie in the mask, or none does."""
    maps, masks = _played_draws(rng, (4, 5)).args
    top = maps.max() + 1
    maps[0::2] = np.where(masks[0::2], top, maps[0::2])
    maps[1::2] = np.where(masks[1::2], maps[1::2], top)
    yield call(maps, masks)


def _unplayable() -> Iterator[Call]:
    for place in ((0, 0), (1, 2)):
        saliency = np.arange(6.0).reshape(2, 3)
        saliency[place] = np.nan
        yield call(saliency, np.ones((2, 3), dtype=bool))
    yield call(np.full((2, 2), np.nan), np.eye(2, dtype=bool))


_ROUND = np.array([[[-4.0, 5.0, -4.0], [3.0, -6.0, 4.0]]])
_UPPER = np.array([[[True, True, True], [False, False, False]]])

pointing_game = Exercise(
    name="pointing_game",
    points=2,
    oracle=_rounds(_hit),
    observe=_played,
    learned="You can now count how often a kind of map points into the lesion.",
    cases=(
        ValueCase("the worked example: 2×3", call(_ROUND, _UPPER)),
        ValueCase(
            "one clear maximum",
            each(_played_draws, call((2, 2)), call((5, 7)), call((28, 28), 6)),
            weight=2,
        ),
        ValueCase("only positive, only negative, tiny values", _positive),
        ValueCase("a constant map is a miss", _constant),
        ValueCase("a shared maximum, all of it inside or outside", _tied),
        ErrorCase(
            "NaN is refused",
            tuple(_unplayable()),
            because="NaN is neither larger nor smaller than any number: such a map has no maximum.",
        ),
    ),
    misconceptions=(
        Misconception(
            "constant map hits",
            "Your answer lets a constant map win where the corner of the image lies in the mask. A "
            "map that says the same everywhere points nowhere.",
            _rounds(_first_place),
            look="Deal with a map whose largest and smallest value are equal.",
        ),
        Misconception(
            "largest magnitude",
            "Your answer looks for the largest absolute value. The maximum is the largest value; "
            "a strong negative value speaks against the class.",
            _rounds(lambda m, k: np.ptp(m) > 0 and _first_place(np.abs(m), k)),
            look="Take the map as it is, with its signs.",
        ),
        Misconception(
            "smallest value",
            "Your answer looks for the smallest value.",
            _rounds(lambda m, k: np.ptp(m) > 0 and _first_place(-m, k)),
            look="The map points where it is largest.",
        ),
        Misconception(
            "means compared",
            "Your answer is that of comparing means inside and outside the mask. The pointing game "
            "asks for a single place.",
            _rounds(lambda m, k: not k.all() and m[k].sum() * (~k).sum() > m[~k].sum() * k.sum()),
            look="Find the place of the maximum, and look into the mask there.",
        ),
        Misconception(
            "hit and miss swapped",
            "Your answer is True for a miss and False for a hit.",
            lambda maps, masks: [not hit for hit in _rounds(_hit)(maps, masks)],
            look="True means that the maximum lies in the mask.",
        ),
        Misconception(
            "rows and columns swapped",
            "Your answer swaps rows and columns when it goes from the maximum's number to its "
            "place.",
            _rounds(lambda m, k: np.ptp(m) > 0 and _first_place(m, k.T.reshape(k.shape))),
            look="`argmax` counts along the rows.",
        ),
    ),
)


# ------------------------------------------------------------------ map_similarity


def _ranked(a: np.ndarray, b: np.ndarray) -> float:
    """SciPy's Spearman correlation; 0 where a map has no order."""
    if min(map(np.ptp, (a, b))) == 0:
        return 0.0
    return float(stats.spearmanr(np.ravel(a), np.ravel(b)).statistic)


def _linear(a: np.ndarray, b: np.ndarray) -> float:
    if min(map(np.ptp, (a, b))) == 0:
        raise ValueError("a constant map has no correlation")
    return float(stats.pearsonr(np.ravel(a), np.ravel(b)).statistic)


def _of_ranks(rank: Callable[[np.ndarray], np.ndarray]) -> Callable[..., float]:
    """Their correlation; of maps that are not constant."""

    def computes(a: np.ndarray, b: np.ndarray) -> float:
        _linear(a, b)
        return _linear(rank(np.ravel(a)), rank(np.ravel(b)))

    return computes


def _sorted_alone(ranks: Callable[[np.ndarray], np.ndarray]) -> Callable[..., OneOf]:
    """Ranks from the order of the values: equal ones as they stand, or as NumPy's sort has them."""

    def computes(a: np.ndarray, b: np.ndarray) -> OneOf:
        stable = _of_ranks(lambda v: ranks(v.argsort(kind="stable")))
        quick = _of_ranks(lambda v: ranks(v.argsort(kind="quicksort")))
        return OneOf((stable(a, b), quick(a, b)))

    return computes


def _by_squares(a: np.ndarray, b: np.ndarray) -> float:
    """The formula with squared differences of ranks, which is true without ties."""
    _linear(a, b)
    apart = stats.rankdata(a) - stats.rankdata(b)
    return float(1 - 6 * apart @ apart / (apart.size**3 - apart.size))


def _undefined(a: np.ndarray, b: np.ndarray) -> float:
    """Not a number where a map is constant."""
    return _ranked(a, b) if min(map(np.ptp, (a, b))) else np.nan


def _pairs(rng: np.random.Generator) -> Iterator[Call]:
    yield call(_distinct(rng, 2, 3), _distinct(rng, 2, 3))
    a = _distinct(rng, 6, 5)
    yield call(a, a + 4 * _distinct(rng, 6, 5))
    yield call(a, -a + _distinct(rng, 6, 5))


def _bent(rng: np.random.Generator) -> Iterator[Call]:
    """The same order on another scale."""
    a = _distinct(rng, 4, 7)
    yield call(a, np.exp(a / 4))
    yield call(a * 1e-12, _distinct(rng, 4, 7))
    yield call(a, -(a**3) + 5)


def _with_ties(rng: np.random.Generator) -> Iterator[Call]:
    a, b = _distinct(rng, 5, 6).clip(0), _distinct(rng, 5, 6).clip(-0.5)
    yield call(a, b)
    yield call(rng.integers(0, 3, (4, 4)).astype(float), _distinct(rng, 4, 4))


def _flat(rng: np.random.Generator) -> Iterator[Call]:
    yield call(np.zeros((3, 4)), _distinct(rng, 3, 4))
    yield call(_distinct(rng, 3, 4), np.full((3, 4), 0.25))
    yield call(np.ones((2, 2)), np.ones((2, 2)))
    yield call(np.full((3, 5), 0.1), _distinct(rng, 3, 5))  # its standard deviation is not 0


def _similar_edges(rng: np.random.Generator) -> Iterator[Call]:
    yield call(_distinct(rng, 3, 3).astype(np.float32), _distinct(rng, 3, 3).astype(np.float32))
    yield call(_distinct(rng, 6, 4)[::2], _distinct(rng, 4, 3).T)
    yield call(_distinct(rng, 28, 28), _distinct(rng, 28, 28))


_A, _B = np.array([[4.0, 3.0], [1.0, 2.0]]), np.array([[0.0, 1.0], [5.0, 0.0]])

map_similarity = Exercise(
    name="map_similarity",
    points=2,
    oracle=_ranked,
    tolerance=1e-6,
    rules=(Forbid(("scipy", "sklearn", "pandas"), "they have it ready; write it with NumPy."),),
    learned="You can now say how alike two maps are, whatever their units.",
    cases=(
        ValueCase("the worked example: 2×2", call(_A, _B)),
        ValueCase("unrelated, alike and opposite maps", _pairs, weight=2),
        ValueCase("only the order counts", _bent),
        ValueCase("ties share their mean rank, as the zeros after a ReLU", _with_ties, weight=2),
        ValueCase("a constant map: 0", _flat),
        ValueCase("edge cases: float32, views, 28×28", _similar_edges),
    ),
    misconceptions=(
        Misconception(
            "values for ranks",
            "Your result is the correlation of the values (Pearson). One bright pixel decides it.",
            _linear,
            look="Correlate the ranks of the values.",
        ),
        Misconception(
            "argsort for ranks",
            "Your ranks are the result of one argsort. That says which pixel comes first, which "
            "second, not which rank a pixel has.",
            _sorted_alone(lambda order: order),
            look="The order has to be turned back: from places to ranks.",
        ),
        Misconception(
            "ties in reading order",
            "Your result ranks equal values one after the other, as they come, so two maps full of "
            "zeros look alike.",
            _sorted_alone(np.argsort),
            look="Equal values share the mean of their ranks.",
        ),
        Misconception(
            "ties with the smallest rank",
            "Your result gives equal values the smallest of their ranks. They share the mean.",
            _of_ranks(lambda v: stats.rankdata(v, "min")),
            look="Of the equal values, count half.",
        ),
        Misconception(
            "ties with the largest rank",
            "Your result gives equal values the largest of their ranks. They share the mean.",
            _of_ranks(lambda v: stats.rankdata(v, "max")),
            look="Of the equal values, count half.",
        ),
        Misconception(
            "distinct values numbered",
            "Your result numbers the distinct values. Then a value that many pixels share takes as "
            "little room as one that stands alone.",
            _of_ranks(lambda v: stats.rankdata(v, "dense")),
            look="Rank all values; equal ones share the mean of their ranks.",
        ),
        Misconception(
            "the formula without ties",
            "Your result is 1 − 6 Σd² / (n³ − n). This formula holds only where no two values are "
            "equal.",
            _by_squares,
            look="Take the correlation (Pearson) of the ranks themselves.",
        ),
        Misconception(
            "a constant map",
            "Your result is NaN where a map is constant: its ranks do not vary, and the "
            "correlation divides by their spread.",
            _undefined,
            look="Return 0.0 there, before you correlate.",
        ),
        Misconception(
            "sign lost",
            "Your result is never negative. Opposite maps have the similarity −1.",
            then(_ranked, abs),
            look="Return the correlation as it is.",
        ),
        Misconception(
            "squared",
            "Your result is the square of the correlation.",
            lambda a, b: _ranked(a, b) ** 2,
            look="Return the correlation as it is.",
        ),
    ),
)
