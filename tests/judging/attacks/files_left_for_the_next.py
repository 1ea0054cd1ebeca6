"""Leaves files that Python, IPython and matplotlib read when they start, and caches of code."""

CELLS = [
    (
        "total",
        """
import glob, os, site, sys

TRAP = "import os\\nos._exit(3)\\n"
PLACES = [*sys.path, site.getusersitepackages(), "/tmp", "/dev/shm", os.path.expanduser("~")]
FILES = ("sitecustomize.py", "usercustomize.py", "torch.py", "random.py", "trap.pth", ".marker")
PLACES += ["/tmp/ipython/profile_default/startup", os.path.expanduser("~/.ipython/startup")]
PLACES += ["/tmp/matplotlib", os.path.expanduser("~/.cache/torch/hub"), "/tmp/matplotlib/stylelib"]
PLACES += glob.glob("/course/**/__pycache__", recursive=True)
for place in PLACES:
    for name in FILES:
        try:
            os.makedirs(place, exist_ok=True)
            with open(os.path.join(place, name), "w") as file:
                file.write(TRAP)
        except OSError:
            pass
WROTE = os.path.exists(os.path.expanduser("~/.marker"))
""",
    )
]
ANSWERS = {"total": "def total(xs):\n    assert WROTE\n    return sum(xs)"}
NEIGHBOUR = [
    (
        "total",
        """
import glob, os, sys

HOME = os.path.expanduser("~")
PLACES = [*sys.path, "/tmp", "/tmp/*", "/tmp/*/*", "/tmp/*/*/*", "/dev/shm", HOME, "/course/**"]
found = [path for place in PLACES for path in glob.glob(place + "/.marker")]
if found:
    os._exit(1)
import random
""",
    )
]
LIMITS = {"timeout": 10.0}
POINTS = {"total": 2, "largest": 4}
