"""What a command tells the instructor at its end: what was not taken, why, and what to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from course_utils.gradebook.arrival import stamp
from course_utils.gradebook.submitted import submitted_notebook
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


def alike(folders: Iterable[Path], root: Path) -> list[Remark]:
    """What there is to be said of ids that differ in upper and lower case only.

    Args:
        folders: as `submitted/STUDENT`, all of them.
        root: the course folder.
    """
    known: dict[str, Path] = {}
    found = []
    for folder in sorted(folders):
        first = known.setdefault(folder.name.casefold(), folder)
        if first != folder:
            said = f"graded as somebody else than {first.name}. Is it the same student?"
            found.append(Remark(str(folder.relative_to(root)), said))
    return found


def remarks_on(folder: Path) -> list[Remark]:
    """What there is to be said of the time stamp and the notebook in `submitted/STUDENT/UNIT`."""
    found = []
    if problem := stamp(folder).problem:
        found.append(Remark(folder.parent.name, f"{problem}; it is not used."))
    notebook = submitted_notebook(folder, folder.name)
    if notebook.stem != folder.name:
        said = f"there is no {folder.name}.ipynb; {notebook.name} was graded in its place."
        found.append(Remark(folder.parent.name, said))
    return found
