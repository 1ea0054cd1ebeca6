"""What the checks of this unit share."""

from course_utils.checks.core import Forbid

NO_TORCH = Forbid(("torch",), "write it with NumPy or plain Python.")
