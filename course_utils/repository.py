"""Where things are in the course's repository."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from course_utils.errors import CourseError


@dataclass(frozen=True)
class Unit:
    """One lesson, `NN-topic`: also the nbgrader assignment and the notebook's name."""

    name: str
    root: Path

    @property
    def topic(self) -> str:
        """The bare topic, which names the unit's modules (`convolution`)."""
        return self.name.partition("-")[2].replace("-", "_")

    @property
    def script(self) -> Path:
        """The source in percent format: the only hand-written form."""
        return self.root / "solutions" / self.name / f"{self.name}.py"

    @property
    def source(self) -> Path:
        """The executed source notebook, the instructor's."""
        return self.root / "solutions" / self.name / f"{self.name}.ipynb"

    @property
    def release(self) -> Path:
        """The release notebook, the student's."""
        return self.root / "notebooks" / self.name / f"{self.name}.ipynb"


def is_repository(folder: Path) -> bool:
    """Whether `folder` is the root of the course's repository."""
    return (folder / "nbgrader_config.py").is_file() and (folder / "solutions").is_dir()


def repository() -> Path:
    """The root of the repository: of the working directory, or else of this installation.

    Raises:
        CourseError: when the course is installed without its repository.
    """
    here = Path.cwd()
    installed = Path(__file__).resolve().parents[1]
    for folder in (here, *here.parents, installed):
        if is_repository(folder):
            return folder
    raise CourseError(
        "This command needs the course's repository: clone it and run the command inside it."
    )


def releases() -> list[Path]:
    """The release notebooks of the working directory's course, or else of this installation's.

    Unlike `repository`, this also finds them in a published repository, which has no solutions.

    Raises:
        CourseError: when there are none.
    """
    here = Path.cwd()
    for folder in (here, *here.parents, Path(__file__).resolve().parents[1]):
        found = sorted(folder.glob("notebooks/*/*.ipynb"))
        found = [path for path in found if path.stem == path.parent.name]
        if found and (folder / "course_utils").is_dir():
            return found
    raise CourseError(
        "This command needs the course's repository: clone it and run the command inside it."
    )


def units(root: Path, names: Iterable[str] = ()) -> list[Unit]:
    """The units of a repository in order, or only those in `names` (`03-convolution` or `03`).

    Raises:
        CourseError: for a name that is no unit.
    """
    found = [
        Unit(folder.name, root)
        for folder in sorted((root / "solutions").iterdir())
        if (folder / f"{folder.name}.py").is_file()
    ]
    names = list(names)
    if not names:
        return found
    chosen = []
    for name in names:
        match = [unit for unit in found if name in (unit.name, unit.topic, unit.name[:2])]
        if not match:
            known = ", ".join(unit.name for unit in found)
            raise CourseError(f"There is no unit {name!r}. The units are: {known}.")
        chosen += match
    return chosen
