"""Shapley values: what each player brings, averaged over all orders of arrival."""

from collections.abc import Callable, Iterator

import numpy as np

from course_utils.checks.core import Call, Exercise, Misconception, PropertyCase, ValueCase, call
from course_utils.checks.core.compare import agree
from course_utils.checks.core.transforms import then
from course_utils.checks.saliency.shared import NOT_CAPTUM

PATIENCE = 40_000
"""Questions to `value` after which an answer is stopped: for nine players 9 · 2⁹ are enough."""


def _game(worths: np.ndarray) -> Callable[[frozenset], float]:
    """The value of a coalition, from a table: bit i of the place says whether player i is in."""
    asked = 0

    def value(coalition: frozenset) -> float:
        nonlocal asked
        asked += 1
        if asked > PATIENCE:
            raise RuntimeError(f"value was asked {asked} times: go through coalitions, not orders")
        if not isinstance(coalition, frozenset):
            raise TypeError(f"value takes a frozenset of players, not a {type(coalition).__name__}")
        return float(worths[sum(1 << int(player) for player in coalition)])

    return value


def _shares(student: Callable, worths: np.ndarray) -> object:
    """What the student's function gives for a game of ours."""
    return student(_game(worths), _players(worths))


def _players(worths: np.ndarray) -> int:
    return len(worths).bit_length() - 1


def _dividends(worths: np.ndarray) -> np.ndarray:
    """What each coalition brings beyond all smaller ones in it (Harsanyi; Möbius transform)."""
    cube = worths.astype(float).reshape([2] * _players(worths))
    for axis in range(cube.ndim):
        low, high = np.split(cube, 2, axis)
        cube = np.concatenate([low, high - low], axis)
    return cube.ravel()


def _members(worths: np.ndarray) -> np.ndarray:
    """(2ⁿ, n): who is in which coalition."""
    return np.arange(len(worths))[:, None] >> np.arange(_players(worths)) & 1


def _shapley(worths: np.ndarray) -> np.ndarray:
    """Each coalition's dividend, shared equally by its members."""
    members = _members(worths)
    return _dividends(worths) / members.sum(1).clip(1) @ members


def _banzhaf(worths: np.ndarray) -> np.ndarray:
    """All coalitions alike."""
    members = _members(worths)
    return _dividends(worths) / 2.0 ** (members.sum(1).clip(1) - 1) @ members


def _alone(worths: np.ndarray) -> np.ndarray:
    return worths[1 << np.arange(_players(worths))] - worths[0]


def _last(worths: np.ndarray) -> np.ndarray:
    return worths[-1] - worths[len(worths) - 1 - (1 << np.arange(_players(worths)))]


def _one_order(worths: np.ndarray) -> np.ndarray:
    return np.diff(worths[(1 << np.arange(_players(worths) + 1)) - 1])


def _as_shares(worths: np.ndarray) -> np.ndarray:
    total = worths[-1] - worths[0]
    if not total:
        raise ValueError("nothing to share")
    return _shapley(worths) / total


def _drawn(rng: np.random.Generator, n: int, empty: float = 0.0) -> Call:
    worths = rng.integers(1, 40, 2**n) / 4
    worths[0] = empty
    return call(worths)


def _games(*players: int) -> Callable[[np.random.Generator], Iterator[Call]]:
    return lambda rng: (_drawn(rng, n) for n in players)


def _not_empty(rng: np.random.Generator) -> Iterator[Call]:
    for n in (1, 2, 4):
        yield _drawn(rng, n, empty=float(rng.integers(1, 20)) / 4)


def _signed(rng: np.random.Generator) -> Iterator[Call]:
    for n in (2, 4):
        yield call(rng.integers(-40, 40, 2**n) / 4)


def _fair(student: Callable, worths: np.ndarray) -> str:
    """All shares together are what the whole team adds; a player who adds nothing gets nothing."""
    grown = np.concatenate([worths, worths])  # one player more, who never changes anything
    shares = np.asarray(student(_game(grown), _players(grown)))
    if shares.shape != (_players(grown),):
        return f"the shape is {shares.shape}, expected {(_players(grown),)}"
    if not agree(np.sum(shares), worths[-1] - worths[0], 1e-5):
        return "the shares do not add up to v(all) − v(nobody)"
    idle = agree(shares[-1], 0.0, 1e-8)
    return "" if idle else "a player who never changes the value has a share"


_TEAM = call(np.array([0.0, 4.0, 6.0, 16.0]))

shapley_values = Exercise(
    name="shapley_values",
    points=4,
    oracle=_shapley,
    observe=_shares,
    rules=(NOT_CAPTUM,),
    tolerance=1e-5,
    learned="You can now share out any result fairly among those who brought it about.",
    cases=(
        ValueCase("the worked example: two players", _TEAM),
        ValueCase("two, three and four players", _games(2, 3, 4), weight=2),
        ValueCase("one player; nobody's value is not 0", _not_empty),
        ValueCase("values of both signs", _signed),
        ValueCase("six and nine players", _games(6, 9)),
        PropertyCase(
            "fairness: nothing is lost, idle players get nothing", _games(3, 5), law=_fair
        ),
    ),
    misconceptions=(
        Misconception(
            "last to come",
            "Your result is what the team loses when a player leaves. That is one order of "
            "arrival only, in which the player comes last.",
            _last,
            look="Go through the smaller coalitions, too.",
        ),
        Misconception(
            "alone",
            "Your result is what each player brings alone. Players who only work together then "
            "get nothing.",
            _alone,
            look="Go through the larger coalitions, too.",
        ),
        Misconception(
            "all coalitions alike",
            "Your result is the mean over all coalitions with the same weight (the Banzhaf value). "
            "Shapley averages over orders of arrival.",
            _banzhaf,
            look="A coalition of s of the other n − 1 players weighs s! (n − 1 − s)! / n!.",
        ),
        Misconception(
            "one order",
            "Your result lets the players arrive in one order only. Who comes late is then lucky "
            "or unlucky.",
            _one_order,
            look="Average over all orders, or go through all coalitions.",
        ),
        Misconception(
            "equal parts",
            "Your result gives all players the same. A share is what a player adds, which may be "
            "more than others add, or less.",
            lambda worths: np.full(_players(worths), (worths[-1] - worths[0]) / _players(worths)),
            look="See what the value changes by when a player joins a coalition.",
        ),
        Misconception(
            "nobody is worth 0",
            "Your result takes the value of the empty coalition as 0. A model says something of an "
            "empty image, too.",
            then(_shapley, lambda shares, worths: shares + worths[0] / _players(worths)),
            look="Ask `value` for the empty coalition, too.",
        ),
        Misconception(
            "n times too large",
            "Your shares are too large by the number of players: they add up to n times "
            "v(all) − v(nobody).",
            then(_shapley, lambda shares, worths: shares * _players(worths)),
            look="Look at the weight of a coalition: it is divided by n!.",
        ),
        Misconception(
            "shares of one",
            "Your result adds up to 1. Shapley values keep the unit of the value: they add up to "
            "v(all) − v(nobody).",
            _as_shares,
            look="Return the shares as they are.",
        ),
    ),
)
