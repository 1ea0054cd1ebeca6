"""Sample answers to `shapley_values`."""

import numpy as np

from course_utils.authoring.answers import variant, wrong

SURVIVORS = {
    (
        "shapley_values: others = [other for other in range(n_players) if other != player] -> "
        "others = [other for other in range(n_players) if other is not player]"
    ): "Python keeps one object for each small number",
    (
        "shapley_values: shares[player] += chance * (value(before | {player}) - value(before)) -> "
        "shares[player] += chance * (value(before ^ {player}) - value(before))"
    ): "the player is not in the coalition before, so joining is the same as changing sides",
}


@wrong("shapley_values", "last to come")
def shapley_leaving(value, n_players):
    team = frozenset(range(n_players))
    return np.array([value(team) - value(team - {i}) for i in range(n_players)])


@wrong("shapley_values", "alone")
def shapley_alone(value, n_players):
    return np.array([value(frozenset([i])) - value(frozenset()) for i in range(n_players)])


@wrong("shapley_values", "all coalitions alike")
def shapley_banzhaf(value, n_players):
    from itertools import combinations

    shares = np.zeros(n_players)
    for i in range(n_players):
        others = [p for p in range(n_players) if p != i]
        gains = [
            value(frozenset(s) | {i}) - value(frozenset(s))
            for size in range(n_players)
            for s in combinations(others, size)
        ]
        shares[i] = np.mean(gains)
    return shares


@wrong("shapley_values", "one order")
def shapley_one_order(value, n_players):
    return np.array(
        [value(frozenset(range(i + 1))) - value(frozenset(range(i))) for i in range(n_players)]
    )


@wrong("shapley_values", "nobody is worth 0")
def shapley_from_zero(value, n_players):
    from itertools import combinations
    from math import comb

    shares = np.zeros(n_players)
    for i in range(n_players):
        others = [p for p in range(n_players) if p != i]
        for size in range(n_players):
            for s in combinations(others, size):
                before = value(frozenset(s)) if s else 0.0
                gain = value(frozenset(s) | {i}) - before
                shares[i] += gain / (n_players * comb(n_players - 1, size))
    return shares


@wrong("shapley_values", "shares of one")
def shapley_normalized(value, n_players):
    from itertools import combinations
    from math import comb

    shares = np.zeros(n_players)
    for i in range(n_players):
        others = [p for p in range(n_players) if p != i]
        for size in range(n_players):
            for s in combinations(others, size):
                gain = value(frozenset(s) | {i}) - value(frozenset(s))
                shares[i] += gain / (n_players * comb(n_players - 1, size))
    return shares / shares.sum()


@variant("shapley_values")
def shapley_by_sizes(value, n_players):
    from itertools import combinations

    shares = np.zeros(n_players)
    for i in range(n_players):
        others = set(range(n_players)) - {i}
        means = []
        for size in range(n_players):
            gains = [
                value(frozenset({i, *s})) - value(frozenset(s)) for s in combinations(others, size)
            ]
            means.append(np.mean(gains))
        shares[i] = np.mean(means)
    return shares


@variant("shapley_values")
def shapley_by_bits(value, n_players):
    table = [
        value(frozenset(p for p in range(n_players) if bits >> p & 1))
        for bits in range(2**n_players)
    ]
    faculty = [1.0]
    for k in range(1, n_players + 1):
        faculty.append(faculty[-1] * k)
    shares = np.zeros(n_players)
    for bits, worth in enumerate(table):
        size = bits.bit_count()
        for p in range(n_players):
            if bits >> p & 1:
                weight = faculty[size - 1] * faculty[n_players - size] / faculty[n_players]
                shares[p] += weight * (worth - table[bits ^ (1 << p)])
    return shares


@variant("shapley_values")
def shapley_by_orders_with_a_memory(value, n_players):
    from functools import cache

    @cache
    def share(player, coalition):
        """The player's mean gain in the game of this coalition alone."""
        gain = (worth(coalition) - worth(coalition - {player})) / len(coalition)
        rest = [share(player, coalition - {other}) for other in coalition if other != player]
        return gain + sum(rest) / len(coalition)

    @cache
    def worth(coalition):
        return value(coalition)

    everybody = frozenset(range(n_players))
    return np.array([share(i, everybody) for i in range(n_players)])
