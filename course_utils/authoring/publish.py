"""`course publish`: a repository for students with all they need and none of the answers."""

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from rich.console import Console

from course_utils import class_file
from course_utils.authoring import worked_solutions
from course_utils.authoring.freshness import check
from course_utils.authoring.leaks import find_leaks
from course_utils.authoring.output_folder import additions, digest, names, write_record
from course_utils.authoring.places import Places
from course_utils.authoring.secrets import collect
from course_utils.errors import CourseError
from course_utils.files import write_atomically
from course_utils.repository import Unit, repository, units

CONTENTS = (
    "LICENSE",
    "LICENSE-LESSONS",
    "binder",
    "constraints.txt",
    "course_utils",
    "environment.yml",
    "nbgrader_config.py",
    "pyproject.toml",
)
"""What is taken over as it is; the releases and a README for students join it."""

RECORD = ".course-publication.json"
"""Lists the files of a publication with their digests, so that the next one can replace them."""

WORKFLOW = ".github/workflows/progress.yml"
"""In a student's repository on GitHub: runs the checks on each push and shows points and hints."""

_JUNK = shutil.ignore_patterns("__pycache__", "*.pyc", ".*", "*.tmp")
_README = Path(__file__).parent / "student_readme.md"
_WORKFLOW = Path(__file__).parent / "student_workflow.yml"
_GITIGNORE = """\
# What programs leave behind. Your work (course-work/) is yours to commit.
.ipynb_checkpoints/
__pycache__/
*.egg-info/
.venv/
*.tmp
"""


def publish(
    folder: Path,
    places: Places | None = None,
    solutions: Sequence[str] = (),
    *,
    now: bool = False,
) -> None:
    """Write or update a student repository of all units.

    Args:
        folder: a new or empty folder, a fresh clone (only `.git` in it), or an earlier
            publication. There its `.git` and files that others added are kept.
        places: where students open the lessons. With it each release and the README have links,
            and each release installs the package where it is missing.
        solutions: units whose worked solutions are added; those of an earlier publication stay.
        now: whether they may be shown before the due date.

    Raises:
        CourseError: when a unit of `solutions` can still be handed in, the folder holds something
            else, a published file was changed there, a release is stale, something is missing in
            the repository, or an answer would leak. Then the folder stays as it was.
    """
    root = repository()
    chosen = units(root)
    target = folder.expanduser().resolve()
    if target.is_relative_to(root.resolve()) or root.resolve().is_relative_to(target):
        raise CourseError(f"{folder} lies in the course's repository; name a folder elsewhere.")
    named = units(root, solutions) if solutions else []
    if not now:
        worked_solutions.require_due(root, named)
    added = additions(target, RECORD, "publication")
    shown = target / worked_solutions.FOLDER
    solved = [u for u in chosen if u in named or (shown / u.name / f"{u.name}.ipynb").is_file()]
    console = Console()
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as staging:
        new = Path(staging) / target.name
        with console.status("Checking the releases and copying …"):
            for unit in chosen:
                check(unit)
            _write(root, chosen, new, places, solved)
            worked = {unit: worked_solutions.write(unit, new) for unit in solved}
            for name, text in _unless_added(added):
                write_atomically(new / name, text)
            record = {name: digest(new / name) for name in names(new)}
            for name in added:
                _carry(target, new, name, record)
            write_record(new / RECORD, record)
        with console.status("Proving that no answer leaks …"):
            made = [path.relative_to(new).as_posix() for path in worked.values()]
            leaks = find_leaks(new, collect(chosen), but=made)
            for unit, path in worked.items():
                leaks += worked_solutions.leaks(unit, path, chosen)
        if leaks:
            listed = "\n".join(f"- {leak}" for leak in leaks)
            raise CourseError(f"{folder} was not written; it would show answers:\n{listed}")
        _swap(new, target, Path(staging) / "before")
    console.print(
        f"Published {len(chosen)} {'unit' if len(chosen) == 1 else 'units'} in {folder}:"
        f" {len(record)} files, no answer among them{_but(solved)}.",
        highlight=False,
        soft_wrap=True,
    )


def _but(solved: Iterable[Unit]) -> str:
    names = ", ".join(unit.name for unit in solved)
    return f" but the worked solutions of {names}" if names else ""


def _write(
    root: Path,
    chosen: Iterable[Unit],
    new: Path,
    places: Places | None,
    solved: Sequence[Unit],
) -> None:
    missing = [name for name in CONTENTS if not (root / name).exists()]
    if missing:
        raise CourseError(f"The repository has no {', '.join(missing)}: restore before publishing.")
    new.mkdir()
    for name in CONTENTS:
        if (root / name).is_dir():
            shutil.copytree(root / name, new / name, ignore=_JUNK)
        else:
            shutil.copy(root / name, new / name)
    for unit in chosen:
        release = unit.release.parent
        copy = shutil.copytree(release, new / "notebooks" / unit.name, ignore=_JUNK)
        if places is not None:
            places.add_to(copy / unit.release.name)
    if places is not None:
        lessons = places.readme(unit.name for unit in chosen)
    else:
        lessons = "\n".join(f"- [{u.name}](notebooks/{u.name}/{u.name}.ipynb)" for u in chosen)
    if solved:
        folder = worked_solutions.FOLDER
        listed = (f"- [{u.name}]({folder}/{u.name}/{u.name}.ipynb)" for u in solved)
        lessons += "\n\nWorked solutions:\n\n" + "\n".join(listed)
    dates = class_file.read(root)
    if dates.written:
        write_atomically(new / class_file.FILE, class_file.for_students(dates))
    readme = _README.read_text(encoding="utf-8").replace("{units}", lessons)
    write_atomically(new / "README.md", readme)


def _unless_added(added: Iterable[str]) -> Iterator[tuple[str, str]]:
    """What is written only where nobody has put a file of that name: its name and its text."""
    texts = {".gitignore": _GITIGNORE, WORKFLOW: _WORKFLOW.read_text(encoding="utf-8")}
    return ((name, text) for name, text in texts.items() if name not in added)


def _carry(target: Path, new: Path, name: str, record: dict[str, str]) -> None:
    """Take over a file that somebody added to the earlier publication."""
    if name in record:
        raise CourseError(f"{target / name} would be replaced by a published file; rename it.")
    (new / name).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(target / name, new / name)


def _swap(new: Path, target: Path, before: Path) -> None:
    """Put `new` in the place of `target`, with the history that `target` has."""
    if not target.exists():
        os.rename(new, target)
        return
    history = target / ".git"
    if history.is_dir():
        shutil.copytree(history, new / ".git", symlinks=True)
    elif history.is_file():  # a work tree or submodule: it says where the history lies
        shutil.copy2(history, new / ".git")
    os.rename(target, before)
    try:
        os.rename(new, target)
    except OSError:
        os.rename(before, target)
        raise
