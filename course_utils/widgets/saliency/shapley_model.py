"""The numbers of Shapley values: every order in which players join, and what each one brings."""

from dataclasses import dataclass
from functools import cached_property
from itertools import permutations

import numpy as np

LETTERS = "ABC"
COALITIONS = ("", "A", "B", "C", "AB", "AC", "BC", "ABC")
"""All coalitions of three players, by size; the empty text is nobody."""


def coalition(members: int) -> str:
    """The letters of a coalition written as bits: bit 0 is A."""
    return "".join(letter for at, letter in enumerate(LETTERS) if members >> at & 1)


@dataclass(frozen=True)
class Game:
    """What each coalition of three players reaches.

    Attributes:
        worth: one number for each of `COALITIONS`, in that order.
    """

    worth: tuple[float, ...]

    @cached_property
    def _by_bits(self) -> np.ndarray:
        """(8,) the worth of the coalition whose members are the bits of the index."""
        table = dict(zip(COALITIONS, self.worth, strict=True))
        return np.array([table[coalition(members)] for members in range(8)], dtype=float)

    @cached_property
    def orders(self) -> tuple[str, ...]:
        """The six orders in which the players can come."""
        return tuple(map("".join, permutations(LETTERS)))

    @cached_property
    def paths(self) -> np.ndarray:
        """(6, 4) for each order the coalitions from nobody to all, as bits."""
        bits = np.array([[1 << LETTERS.index(letter) for letter in order] for order in self.orders])
        return np.pad(np.bitwise_or.accumulate(bits, axis=1), ((0, 0), (1, 0)))

    @cached_property
    def steps(self) -> np.ndarray:
        """(6, 3) what the coalition gains at each place of each order."""
        return np.diff(self._by_bits[self.paths], axis=1)

    @cached_property
    def contributions(self) -> np.ndarray:
        """(6, 3) what A, B and C bring in each order."""
        places = np.array([[order.index(letter) for letter in LETTERS] for order in self.orders])
        return np.take_along_axis(self.steps, places, axis=1)

    @cached_property
    def running(self) -> np.ndarray:
        """(6, 3) the players' mean contributions over the orders so far."""
        return self.contributions.cumsum(axis=0) / np.arange(1, 7)[:, None]

    @property
    def shares(self) -> np.ndarray:
        """(3,) the Shapley values of A, B and C."""
        return self.running[-1]

    @property
    def gain(self) -> float:
        """What all together reach beyond nobody."""
        return float(self.worth[-1] - self.worth[0])

    def value(self, members: str) -> float:
        """The worth of a coalition given by its letters."""
        return float(self.worth[COALITIONS.index(members)])

    @cached_property
    def dummies(self) -> tuple[str, ...]:
        """Players who never change anything."""
        idle = (self.contributions == 0).all(axis=0)
        return tuple(letter for letter, never in zip(LETTERS, idle, strict=True) if never)

    @cached_property
    def twins(self) -> tuple[tuple[str, str], ...]:
        """Pairs of players who bring the same to every coalition without them."""
        found = []
        for first, second, third in ("ABC", "ACB", "BCA"):
            alone = self.value(first) == self.value(second)
            with_third = [self.value("".join(sorted(each + third))) for each in (first, second)]
            if alone and with_third[0] == with_third[1]:
                found.append((first, second))
        return tuple(found)
