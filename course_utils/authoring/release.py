"""Makes the release of a unit: nbgrader's own conversion with the repository's configuration."""

import shutil
import tempfile
from pathlib import Path

from nbgrader.api import Base
from sqlalchemy import create_engine

from course_utils.gradebook.classroom import Classroom, load_config
from course_utils.repository import Unit

_NOT_RELEASED = shutil.ignore_patterns("*.ipynb", ".*", "__pycache__")


def make_release(unit: Unit, source: str, folder: Path) -> Path:
    """Convert a source notebook as `nbgrader generate_assignment` would, into another folder.

    nbgrader gets a course of its own in a temporary folder, with a gradebook that lives as long:
    the instructor's gradebook and the committed releases stay untouched.

    Args:
        unit: names the assignment; files beside its notebook are released with it.
        source: the text of the source notebook.
        folder: where to put the release.

    Returns:
        The folder of the release, `folder/NN-topic`.

    Raises:
        CourseError: with nbgrader's own words when it refuses the source.
    """
    with tempfile.TemporaryDirectory(prefix="course-") as temporary:
        classroom = Classroom(Path(temporary), load_config(unit.root))
        place = classroom.path(classroom.course.source_directory, ".", unit.name)
        shutil.copytree(unit.script.parent, place.parent, ignore=_NOT_RELEASED)
        place.write_text(source, encoding="utf-8", newline="\n")
        _make_gradebook(classroom.course.db_url)
        classroom.release(unit.name)
        made = classroom.path(classroom.course.release_directory, ".", unit.name).parent
        for notebook in made.rglob("*.ipynb"):  # nbgrader writes the platform's line ends
            text = notebook.read_text(encoding="utf-8")
            notebook.write_text(text, encoding="utf-8", newline="\n")
        return Path(shutil.move(made, folder / unit.name))


def _make_gradebook(url: str) -> None:
    """Make the tables of a gradebook that is thrown away.

    nbgrader would do so, too, and then ask a process of its own for the version of the tables:
    seconds for each release, and an error where that program is not on the path.
    """
    engine = create_engine(url)
    Base.metadata.create_all(bind=engine)
    engine.dispose()
