"""The folder of the unit is a link to where the graded notebook will be."""

import shutil

POINTS = {"total": 0, "largest": 0}
REFUSED = "no ordinary file: 01-sums.ipynb, or a folder that it is in, is a link"


def place(path):
    graded = path.parents[2] / ".." / "autograded" / path.parents[1].name / path.parent.name
    shutil.rmtree(graded, ignore_errors=True)
    shutil.copytree(path.parents[3] / "solutions" / "01-sums", graded)
    shutil.rmtree(path.parent)
    path.parent.symlink_to(graded, target_is_directory=True)
