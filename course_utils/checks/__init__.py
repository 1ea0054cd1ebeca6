"""What judges the exercises: a package or module a topic, on the common core in `checks.core`."""

import importlib

from course_utils.checks.core import Exercise
from course_utils.checks.core.notebook import watch_cells

watch_cells()


def exercises(topic: str) -> dict[str, Exercise]:
    """The exercises of a topic by name, in the order in which it declares them.

    Raises:
        ModuleNotFoundError: when there is no `checks/<topic>`.
    """
    module = importlib.import_module(f"{__name__}.{topic}")
    declared = (value for value in vars(module).values() if isinstance(value, Exercise))
    return {exercise.name: exercise for exercise in declared}
