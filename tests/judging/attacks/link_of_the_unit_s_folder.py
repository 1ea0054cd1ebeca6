"""The folder of the unit is a link to the instructor's folder of that name."""

import shutil

POINTS = {"total": 0, "largest": 0}
REFUSED = "no ordinary file: 01-sums.ipynb, or a folder that it is in, is a link"


def place(path):
    shutil.rmtree(path.parent)
    path.parent.symlink_to("../../solutions/01-sums", target_is_directory=True)
