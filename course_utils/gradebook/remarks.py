"""What a command tells the instructor at its end: what was not taken, why, and what to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from course_utils.gradebook.arrival import stamp
from course_utils.student_ids import printable, renaming, suggested, unfit


@dataclass(frozen=True)
class Remark:
    """A sentence about one submission.

    Attributes:
        about: the folder, archive or student.
        said: what there is to be said of it.
        command: what puts it right, where a command does.
    """

    about: str
    said: str
    command: str = ""

    def __str__(self) -> str:
        """In printable characters, whatever names there are in it; the command on a line."""
        command = f"\n    {self.command}" if self.command else ""
        return f"{printable(self.about)}: {printable(self.said)}{command}"


def told(remarks: Iterable[Remark]) -> list[str]:
    """The lines that end a command; none when there is nothing to be said."""
    lines = [f"  {remark}" for remark in dict.fromkeys(remarks)]
    return ["Please look at:", *lines] if lines else []


def unfit_folders(folders: Iterable[Path], root: Path) -> dict[Path, Remark]:
    """The folders whose name cannot be a student's id, and what there is to be said of them.

    Args:
        folders: as `submitted/STUDENT`, all of them.
        root: the course folder, in which commands run.
    """
    folders = list(folders)
    found = {}
    taken = {folder.name for folder in folders}
    for folder in folders:
        if why := unfit(folder.name):
            new = folder.with_name(suggested(folder.name, taken))
            taken.add(new.name)
            command = renaming(folder.relative_to(root), new.relative_to(root))
            about = str(folder.relative_to(root))
            found[folder] = Remark(about, f"not graded, since {why}.", command)
    return found


def remarks_on_time(folder: Path) -> list[Remark]:
    """What there is to be said of the time stamp in `submitted/STUDENT/UNIT`."""
    problem = stamp(folder).problem
    return [Remark(folder.parent.name, f"{problem}; it is not used.")] if problem else []
