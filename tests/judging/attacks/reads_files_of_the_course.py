"""Walks through all folders for notebooks, gradebooks, submissions and the instructor's files."""

CELLS = [
    (
        "total",
        """
import os

WANTED = (".ipynb", "gradebook.db", ".sqlite", "nbgrader_config.py", ".nbgrader.log")
FOLDERS = {"solutions", "submitted", "autograded", "feedback", "exchange"}
FOUND = []
for folder, folders, files in os.walk("/"):
    if "/site-packages" in folder or folder.startswith(("/proc", "/sys")):
        folders.clear()
        continue
    FOUND += [os.path.join(folder, name) for name in files if name.endswith(WANTED)]
    FOUND += [os.path.join(folder, name) for name in folders if name in FOLDERS]
""",
    )
]
ANSWERS = {
    "total": "def total(xs):\n    assert not FOUND, FOUND[:3]\n    return sum(xs)",
}
LIMITS = {"timeout": 20.0}
POINTS = {"total": 2, "largest": 4}
