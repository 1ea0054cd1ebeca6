"""The settings under which the builder's kernels run, and the tests."""

import os
from pathlib import Path


def environment(root: Path) -> dict[str, str]:
    """What the kernel sees: phantoms, one thread, a fixed hash seed, this repository's package.

    An answer of an earlier unit comes from this repository's solutions.
    """
    settings = {
        "COURSE_DATA_SOURCE": "phantoms",
        "COURSE_NOTEBOOKS": str(root / "solutions"),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "PYTHONHASHSEED": "0",
        "PYTHONPATH": str(root),
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }
    threads = ("MKL", "OMP", "OPENBLAS", "NUMEXPR", "VECLIB_MAXIMUM")
    settings |= {f"{library}_NUM_THREADS": "1" for library in threads}
    kept = {key: value for key, value in os.environ.items() if key != "COURSE_DATA"}
    return kept | settings
