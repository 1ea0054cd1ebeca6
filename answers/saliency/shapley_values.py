"""Sample answers to `shapley_values`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong

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


@wrong("shapley_values", "equal parts")
def shapley_equal(value, n_players):
    gain = value(frozenset(range(n_players))) - value(frozenset())
    return np.full(n_players, gain / n_players)


@wrong("shapley_values", "n times too large")
def shapley_not_divided(value, n_players):
    from itertools import combinations
    from math import factorial

    shares = np.zeros(n_players)
    for i in range(n_players):
        others = [p for p in range(n_players) if p != i]
        for size in range(n_players):
            weight = factorial(size) * factorial(n_players - 1 - size) / factorial(n_players - 1)
            for s in combinations(others, size):
                shares[i] += weight * (value(frozenset(s) | {i}) - value(frozenset(s)))
    return shares


@wrong("shapley_values", "n times too large")
def shapley_sums_over_sizes(value, n_players):
    from itertools import combinations

    shares = np.zeros(n_players)
    for i in range(n_players):
        others = [p for p in range(n_players) if p != i]
        for size in range(n_players):
            gains = [
                value(frozenset((*s, i))) - value(frozenset(s)) for s in combinations(others, size)
            ]
            shares[i] += sum(gains) / len(gains)
    return shares


@wrong("shapley_values", "nobody is worth 0")
def shapley_starts_at_zero(value, n_players):
    from itertools import combinations
    from math import factorial

    shares = np.zeros(n_players)
    for size in range(1, n_players + 1):
        weight = factorial(size - 1) * factorial(n_players - size) / factorial(n_players)
        for s in combinations(range(n_players), size):
            for i in s:
                rest = frozenset(s) - {i}
                before = value(rest) if rest else 0
                shares[i] += weight * (value(frozenset(s)) - before)
    return shares


@variant("shapley_values")
def shapley_with_scipy(value, n_players):
    from itertools import chain, combinations

    from scipy.special import factorial

    shares = np.zeros(n_players, dtype=np.float32)
    for i in range(n_players):
        rest = [p for p in range(n_players) if p != i]
        for s in chain.from_iterable(combinations(rest, k) for k in range(n_players)):
            weight = factorial(len(s)) * factorial(n_players - len(s) - 1) / factorial(n_players)
            shares[i] += weight * (value(frozenset(s).union([i])) - value(frozenset(s)))
    return shares


@neutral("shapley_values", "a list")
def shapley_as_list(value, n_players):
    from itertools import combinations
    from math import factorial

    shares = np.zeros(n_players)
    for i in range(n_players):
        others = [p for p in range(n_players) if p != i]
        for size in range(n_players):
            weight = factorial(size) * factorial(n_players - 1 - size) / factorial(n_players)
            for s in combinations(others, size):
                shares[i] += weight * (value(frozenset(s) | {i}) - value(frozenset(s)))
    return shares.tolist()


@neutral("shapley_values", "whole numbers")
def shapley_in_integers(value, n_players):
    from itertools import combinations
    from math import factorial

    shares = [0] * n_players
    for i in range(n_players):
        others = [p for p in range(n_players) if p != i]
        for size in range(n_players):
            weight = factorial(size) * factorial(n_players - 1 - size) / factorial(n_players)
            for s in combinations(others, size):
                shares[i] += weight * (value(frozenset(s) | {i}) - value(frozenset(s)))
    return np.array(shares).astype(int)


@neutral("shapley_values", "a sample of the orders")
def shapley_by_sampling(value, n_players):
    rng = np.random.default_rng(0)
    shares = np.zeros(n_players)
    for _ in range(200):
        team = frozenset()
        for player in rng.permutation(n_players):
            shares[player] += value(team | {int(player)}) - value(team)
            team = team | {int(player)}
    return shares / 200


@neutral("shapley_values", "all orders, too slow for nine")
def shapley_by_all_orders(value, n_players):
    from itertools import permutations

    shares, count = np.zeros(n_players), 0
    for order in permutations(range(n_players)):
        count += 1
        team = frozenset()
        for player in order:
            shares[player] += value(team | {player}) - value(team)
            team = team | {player}
    return shares / count


@neutral("shapley_values", "the full coalition missing")
def shapley_off_by_one(value, n_players):
    from itertools import combinations
    from math import factorial

    shares = np.zeros(n_players)
    for i in range(n_players):
        others = [p for p in range(n_players) if p != i]
        for size in range(n_players - 1):
            weight = factorial(size) * factorial(n_players - 1 - size) / factorial(n_players)
            for s in combinations(others, size):
                shares[i] += weight * (value(frozenset(s) | {i}) - value(frozenset(s)))
    return shares


@neutral("shapley_values", "remembers the values of an earlier game")
def shapley_with_a_memory(value, n_players, known={}):  # noqa: B006
    def asked(team):
        if team not in known:
            known[team] = value(team)
        return known[team]

    from itertools import combinations
    from math import factorial

    shares = np.zeros(n_players)
    for i in range(n_players):
        others = [p for p in range(n_players) if p != i]
        for size in range(n_players):
            weight = factorial(size) * factorial(n_players - 1 - size) / factorial(n_players)
            for s in combinations(others, size):
                shares[i] += weight * (asked(frozenset(s) | {i}) - asked(frozenset(s)))
    return shares
