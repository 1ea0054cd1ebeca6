"""How a class is graded, as `nbgrader_config.py` says it under `RefereeExecute`."""

from dataclasses import dataclass, fields
from typing import Self

from traitlets.config import Config

from course_utils.sandbox.limits import MIB, Limits


@dataclass(frozen=True)
class GradingOptions:
    """What an instructor can set.

    Attributes:
        timeout: seconds for a cell, and for all of a test cell.
        total_timeout: seconds for a submission, and of processor time for all its processes.
        memory: MiB for a submission.
        unsafe: whether student code runs without a sandbox.
    """

    timeout: float = Limits.cell_seconds
    total_timeout: float = Limits.total_seconds
    memory: int = Limits.memory // MIB
    unsafe: bool = False

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
