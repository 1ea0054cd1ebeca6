"""The folder of the unit is a link to that of another student who has all points."""

import shutil

POINTS = {"total": 0, "largest": 0}
REFUSED = "no ordinary file: 01-sums.ipynb, or a folder that it is in, is a link"


def place(path):
    neighbour = path.parents[2] / "rich-neighbour" / path.parent.name
    if not neighbour.exists():
        shutil.copytree(path.parent, neighbour)
    shutil.rmtree(path.parent)
    path.parent.symlink_to(neighbour, target_is_directory=True)
