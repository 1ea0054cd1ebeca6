"""Files beside the notebook are links to the solution and pipes: nbgrader would copy them."""

import os

POINTS = {"total": 2, "largest": 4}


def place(path):
    (path.parent / "data").mkdir(exist_ok=True)
    for name in ("answers.txt", "data/answers.txt"):
        (path.parent / name).unlink(missing_ok=True)
        (path.parent / name).symlink_to(path.parents[3] / "solutions" / "01-sums" / "01-sums.ipynb")
    (path.parent / "zero").symlink_to("/dev/zero")
    (path.parent / "root").symlink_to("/", target_is_directory=True)
    os.mkfifo(path.parent / "pipe")
