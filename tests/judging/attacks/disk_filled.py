"""Fills every folder in which it can write, with large files first and then with many."""

CELLS = [
    (
        "total",
        """
import os

for folder in ("/tmp", "/dev/shm", os.path.expanduser("~"), "/var/tmp", "/course", "/dev"):
    for number in range(6000):
        try:
            with open(f"{folder}/{number}", "wb", 0) as file:
                for _ in range(100 if number < 5 else 0):
                    file.write(bytes(1_000_000))
        except OSError:
            if number >= 5:
                break
""",
    )
]
NEIGHBOUR = [("total", "import os\nif os.listdir('/tmp') not in ([], ['matplotlib']): os._exit(1)")]
LIMITS = {"timeout": 30.0}
POINTS = {"total": 2, "largest": 4}
