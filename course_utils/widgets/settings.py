"""What a reader may change of a widget: whole numbers, decimal numbers, and choices.

A setting has a `name` (the keyword), a `label` (what the reader sees), and may say in `about`
what it means, for the docstring. `type` is that of its values, `domain` names all of them in
words, and `check` gives a value in its own type; its `ValueError` says what was expected and what
came.
"""

from dataclasses import asdict, dataclass, field
from numbers import Real
from typing import Any, ClassVar


@dataclass(frozen=True)
class WholeNumber:
    """A whole number from `minimum` to `maximum`."""

    name: str
    label: str
    minimum: int
    maximum: int
    about: str = ""
    kind: str = field(default="number", init=False)
    type: ClassVar = int

    @property
    def domain(self) -> str:
        return f"{self.minimum} to {self.maximum}".replace("-", "−")

    def check(self, value: Any) -> int:
        if not _within(value, self.minimum, self.maximum) or value % 1:
            raise ValueError(
                f"{self.label} must be a whole number from {self.minimum} to {self.maximum};"
                f" got {_came(value)}."
            )
        return int(value)


@dataclass(frozen=True)
class Decimal:
    """A number from `minimum` to `maximum`, rounded to a multiple of `step`."""

    name: str
    label: str
    minimum: float
    maximum: float
    step: float
    about: str = ""
    kind: str = field(default="number", init=False)
    type: ClassVar = float

    @property
    def domain(self) -> str:
        return f"{self.minimum:g} to {self.maximum:g}".replace("-", "−")

    def check(self, value: Any) -> float:
        if not _within(value, self.minimum, self.maximum):
            raise ValueError(
                f"{self.label} must be a number from {self.minimum:g} to {self.maximum:g};"
                f" got {_came(value)}."
            )
        # The second rounding makes 3 × 0.1 the same number as 0.3.
        return round(round(value / self.step) * self.step, 10)


@dataclass(frozen=True)
class Choice:
    """One of a few texts."""

    name: str
    label: str
    options: tuple[str, ...]
    about: str = ""
    kind: str = field(default="choice", init=False)
    type: ClassVar = str

    @property
    def domain(self) -> str:
        *others, last = (f"`{option}`" for option in self.options)
        return f"{', '.join(others)} or {last}" if others else last

    def check(self, value: Any) -> str:
        if value not in self.options:
            raise ValueError(
                f"{self.label} must be one of {', '.join(self.options)}; got {value!r}."
            )
        return value


Setting = WholeNumber | Decimal | Choice


def sent(setting: Setting) -> dict[str, Any]:
    """What the browser needs of a setting to make its field."""
    return {key: value for key, value in asdict(setting).items() if key != "about"}


def _within(value: Any, minimum: float, maximum: float) -> bool:
    number = isinstance(value, Real) and not isinstance(value, bool)
    return number and bool(minimum <= value <= maximum)


def _came(value: Any) -> str:
    return "nothing" if value is None else repr(value)
