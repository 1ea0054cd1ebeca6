"""Calls pip as a program, above the imports."""

CELLS = [
    (
        "total",
        """import subprocess, sys
for name in ("numpy", "scipy"):
    subprocess.run([sys.executable, "-m", "pip", "install", name])
import math""",
    )
]
ANSWERS = {"total": "def total(xs):\n    return int(math.fsum(xs))"}
LIMITS = {"timeout": 20.0}
POINTS = {"total": 2, "largest": 4}
