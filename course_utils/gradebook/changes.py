"""Whose points change when a class is graded again, by how much, and by which check."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from course_utils.student_ids import printable


@dataclass(frozen=True)
class Points:
    """What a student has for a unit.

    Attributes:
        total: after a late penalty.
        tests: by test, before it.
    """

    total: float
    tests: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Change:
    """Another grade than before.

    Attributes:
        student: whose.
        before: what counted.
        after: what counts now.
        checks: the tests whose check is another one than that which gave the points before.
    """

    student: str
    before: Points
    after: Points
    checks: frozenset[str] = frozenset()

    def __str__(self) -> str:
        """`ida: 6 → 4 points (largest 4 → 2, another check)`, in printable characters."""
        parts = ", ".join(self._parts())
        total = f"{self.before.total:g} → {self.after.total:g} points"
        return f"{printable(self.student)}: {total}" + (f" ({parts})" if parts else "")

    def _parts(self) -> Iterator[str]:
        for test in sorted(self.before.tests.keys() | self.after.tests.keys()):
            before, after = self.before.tests.get(test, 0.0), self.after.tests.get(test, 0.0)
            if before != after:
                why = ", another check" if test in self.checks else ""
                yield f"{test.removesuffix('-test')} {before:g} → {after:g}{why}"


def changes(
    before: Mapping[str, Points],
    after: Mapping[str, Points],
    checks: Mapping[str, frozenset[str]],
) -> list[Change]:
    """Whose points are others than before, of those who had some, by student.

    Args:
        before: what each student had.
        after: what each has now.
        checks: the tests whose check has changed for a student.
    """
    return [
        Change(student, before[student], after[student], checks.get(student, frozenset()))
        for student in sorted(before.keys() & after.keys())
        if before[student] != after[student]
    ]
