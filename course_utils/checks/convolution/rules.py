"""What the answers of this unit may not use."""

from course_utils.checks.core import Forbid

NUMPY_ONLY = Forbid(
    ("torch", "scipy", "numpy.pad", "numpy.convolve", "numpy.correlate"),
    "write it with NumPy's indexing and arithmetic.",
)
ARITHMETIC_ONLY = Forbid(("torch", "scipy"), "it needs arithmetic only.")
