"""A student's network or function that lives in another process."""

from abc import ABC, abstractmethod
from typing import Any


class Elsewhere(ABC):
    """A network or function in another process."""

    @abstractmethod
    def perform(self, operation: str, *args: Any, **kwargs: Any) -> Any:
        """Ask the question of this name, a key of `modules.OPERATIONS`, there."""
