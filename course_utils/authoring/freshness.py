"""Whether the committed notebooks are what the scripts say; executes nothing."""

import tempfile
from itertools import zip_longest
from pathlib import Path

import nbformat
from nbformat.notebooknode import NotebookNode

from course_utils.authoring.markers import lint
from course_utils.authoring.notebook import read_script
from course_utils.authoring.release import make_release
from course_utils.errors import CourseError
from course_utils.repository import Unit

_PARTS = ("id", "cell_type", "source", "metadata")
_METADATA = ("kernelspec", "language_info", "course")


def stale(unit: Unit) -> list[str]:
    """What is not fresh in a unit: the source against the script, the release against the source.

    Returns:
        Sentences that say what differs and where; none when `course build` would change nothing
        but outputs.

    Raises:
        CourseError: when the script's marks are wrong, or nbgrader refuses the source.
    """
    lint(unit)
    advice = f"run `course build {unit.name}`"
    missing = [path for path in (unit.source, unit.release) if not path.is_file()]
    if missing:
        return [f"{_name(unit, path)} is missing: {advice}." for path in missing]
    found = [
        f"{_name(unit, unit.source)}: {difference}; {advice}."
        for difference in _differences(nbformat.read(unit.source, 4), read_script(unit.script))
    ]
    if found:
        return found
    with tempfile.TemporaryDirectory(prefix="course-") as folder:
        made = make_release(unit, unit.source.read_text(encoding="utf-8"), Path(folder))
        return [
            f"{_name(unit, unit.release.parent)}/{name} is not what nbgrader makes of the source;"
            f" {advice}."
            for name in _differing_files(made, unit.release.parent)
        ]


def check(unit: Unit) -> None:
    """Refuse a unit whose committed notebooks are stale.

    Raises:
        CourseError: with everything that differs.
    """
    found = stale(unit)
    if found:
        raise CourseError("\n".join(found))


def _differences(committed: NotebookNode, scripted: NotebookNode) -> list[str]:
    found: list[str] = []
    for number, (old, new) in enumerate(zip_longest(committed.cells, scripted.cells), start=1):
        if old is None or new is None:
            counts = f"{len(committed.cells)} cells, its script has {len(scripted.cells)}"
            return [*found, f"it has {counts}"]
        changed = [part for part in _PARTS if old.get(part) != new.get(part)]
        if changed:
            found.append(f"cell {number} ({new.id}) differs in its {', '.join(changed)}")
    for key in _METADATA:
        if committed.metadata.get(key) != scripted.metadata.get(key):
            found.append(f"its metadata differ in {key}")
    return found


def _differing_files(made: Path, committed: Path) -> list[str]:
    def contents(folder: Path) -> dict[str, bytes]:
        files = {path.relative_to(folder): path for path in folder.rglob("*") if path.is_file()}
        return {
            name.as_posix(): path.read_bytes()
            for name, path in files.items()
            if not any(part.startswith(".") for part in name.parts)  # .ipynb_checkpoints
        }

    new, old = contents(made), contents(committed)
    names = sorted(new.keys() | old.keys())
    return [name for name in names if new.get(name) != old.get(name)]


def _name(unit: Unit, path: Path) -> str:
    return path.relative_to(unit.root).as_posix()
