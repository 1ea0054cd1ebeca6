"""Stands for a topic's checks in the sandbox, which holds no oracle: they are elsewhere."""


class Enough(float):
    """A number that is as large as a cell wants it to be: nothing there hangs on its value."""

    def __eq__(self, other: object) -> bool:
        return True

    def __lt__(self, other: object) -> bool:
        return False

    __ge__ = __gt__ = __le__ = __eq__
    __hash__ = float.__hash__


class NoReport:
    """What a cell of the student's own gets from a check: it says who checks.

    A cell may go on with it as with the report of a right answer.
    """

    passed = is_written = True
    earned = points = Enough(1)
    problem = printed = learned = ""
    cases = notes = misconceptions = ()

    def __repr__(self) -> str:
        return "This is checked by the grader, outside the sandbox."

    def __float__(self) -> float:
        return 1.0

    def html(self) -> str:
        """The same sentence."""
        return repr(self)

    def record(self) -> dict[str, object]:
        """Nothing."""
        return {}


def __getattr__(name: str) -> object:
    """What a lesson calls `check.NAME`."""
    if name.startswith("_"):
        raise AttributeError(name)
    return lambda *answers, **options: NoReport()
