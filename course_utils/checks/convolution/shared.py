"""What the checks of this unit share."""

from course_utils.checks.core.rules import NUMPY_INDEXING

NO_SHORTCUTS = NUMPY_INDEXING.also("numpy.pad", "numpy.convolve", "numpy.correlate")
