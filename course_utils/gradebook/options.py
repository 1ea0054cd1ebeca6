"""How a class is graded, as `nbgrader_config.py` says it under `RefereeExecute`."""

from dataclasses import dataclass, fields
from typing import Self

from traitlets.config import Config

from course_utils.errors import CourseError
from course_utils.sandbox.limits import BUILDERS, MIB, UNSAFE, Limits


@dataclass(frozen=True)
class GradingOptions:
    """What an instructor can set.

    Attributes:
        timeout: seconds for a cell, and for all of a test cell.
        total_timeout: seconds for a submission, and of processor time for all its processes.
        memory: MiB for a submission.
        sandbox: who builds its walls, one of `limits.BUILDERS`, or `UNSAFE` for none.
        unsafe: short for the last.
    """

    timeout: float = Limits.cell_seconds
    total_timeout: float = Limits.total_seconds
    memory: int = Limits.memory // MIB
    sandbox: str = BUILDERS[0]
    unsafe: bool = False

    def __post_init__(self) -> None:
        if self.unsafe:
            object.__setattr__(self, "sandbox", UNSAFE)
        if self.sandbox not in (*BUILDERS, UNSAFE):
            choice = ", ".join((*BUILDERS, UNSAFE))
            raise CourseError(
                f"{self.sandbox!r} is no sandbox: expected one of {choice} "
                "(RefereeExecute.sandbox in nbgrader_config.py)."
            )

    @classmethod
    def configured(cls, config: Config) -> Self:
        """What a configuration says, the rest by default."""
        said = config.RefereeExecute
        return cls(**{field.name: said[field.name] for field in fields(cls) if field.name in said})

    @property
    def limits(self) -> Limits:
        """The bounds of a submission."""
        return Limits(
            cell_seconds=self.timeout,
            total_seconds=self.total_timeout,
            cpu_seconds=self.total_timeout,
            memory=self.memory * MIB,
        )
