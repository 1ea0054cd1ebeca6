"""The student's folder is a link to the folder of all solutions."""

import shutil

POINTS = {"total": 0, "largest": 0}
REFUSED = "no ordinary file: 01-sums.ipynb, or a folder that it is in, is a link"


def place(path):
    shutil.rmtree(path.parents[1])
    path.parents[1].symlink_to("../solutions", target_is_directory=True)
