"""Numbers as readers see them."""

from functools import lru_cache
from typing import SupportsFloat

import numpy as np

_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


@lru_cache(maxsize=4096)
def coordinate(value: float) -> str:
    """A length with at most two decimals and no trailing zeros."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def number(value: SupportsFloat) -> str:
    """A number as readers see it: four significant digits, a true minus sign."""
    text = f"{float(value):.4g}"
    return ("0" if text == "-0" else text).replace("-", "−")


def percent(share: float, decimals: int = 0) -> str:
    """A share as readers see it, in percent; the space before the sign does not break."""
    return f"{100 * share:.{decimals}f}\u00a0%"


def texts(values: np.ndarray) -> np.ndarray:
    """Numbers as readers see them (`number`), in an array of the same shape."""
    return np.vectorize(number, otypes=[object])(values)


def power_of_ten(exponent: int) -> str:
    """`10³`."""
    return "10" + str(exponent).translate(_SUPERSCRIPTS)


def digits(value: int) -> str:
    """A whole number with commas between the thousands; from 10¹² on rounded."""
    if value < 10**12:
        return f"{value:,}"
    mantissa, exponent = f"{value:.3e}".split("e+")
    return f"{mantissa} × {power_of_ten(int(exponent))}"


def short(value: int) -> str:
    """A whole number in thousands, millions or thousand millions: `25.6 M`."""
    for unit, name in ((10**9, "G"), (10**6, "M"), (10**3, "k")):
        if value >= unit:
            return f"{value / unit:.3g} {name}"
    return str(value)


def plural(count: int, noun: str) -> str:
    """`1 weight`, `1,024 weights`."""
    return f"{digits(count)} {noun}{'s' * (count != 1)}"


def times(more: float, less: float) -> str:
    """A ratio in words, such as `8.4 times`."""
    ratio = more / less
    return f"{ratio:,.0f} times" if ratio >= 20 else f"{ratio:.3g} times"
