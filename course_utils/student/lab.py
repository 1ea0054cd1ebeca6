"""`course lab`: the student's own copy of the releases, opened in JupyterLab."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from course_utils.errors import CourseError
from course_utils.repository import releases
from course_utils.student.updates import Outdated, bring_over, refresh


def lab(folder: Path, arguments: Sequence[str] = (), update: bool = False) -> int:
    """Bring the student's copies of the releases up to date, then run JupyterLab on them.

    Tracked files of the repository are never edited. JupyterLab's nbgrader (Assignment List,
    Validate) works with the course's `nbgrader_config.py`.

    Args:
        folder: the student's work folder; made where missing.
        arguments: passed on to JupyterLab.
        update: bring answers into new releases without asking (see `prepare`).

    JupyterLab ends with this process, however that ends.

    Returns:
        JupyterLab's exit status.
    """
    prepare(folder, update)
    options = [argument for argument in arguments if argument != "--"]
    course = releases()[0].parents[2]
    known = [str(course), *filter(None, [os.environ.get("JUPYTER_CONFIG_PATH")])]
    sys.stdout.flush()
    process = subprocess.Popen(
        [sys.executable, "-m", "course_utils.student.lab_process", str(os.getpid()), *options],
        cwd=folder,  # the root of JupyterLab, and where nbgrader looks for a student's work
        env=os.environ | {"JUPYTER_CONFIG_PATH": os.pathsep.join(known)},
    )
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue  # JupyterLab has got it, too: it asks, and ends tidily


def prepare(folder: Path, update: bool = False) -> None:
    """Copy new releases, update untouched ones, and say which others have changed.

    A notebook in which the student has written stays as it is, unless the student agrees to have
    the answers brought into the new release: asked on a terminal, or said by `update`.

    Raises:
        CourseError: when `folder` is a file, lies among the releases themselves, or cannot be
            written.
    """
    if folder.exists() and not folder.is_dir():
        raise CourseError(f"{folder} is a file. Name a folder for your work with --folder.")
    found = releases()
    if folder.resolve().is_relative_to(found[0].parents[1].resolve()):
        raise CourseError(
            f"{folder} holds the releases themselves. Name another folder with --folder."
        )
    try:
        state = refresh(folder, found)
        for notebook in state.copied:
            print(f"New in {folder}: {notebook.stem}")
        for notebook in state.updated:
            print(f"{notebook.stem} has a new version. You had not written in yours: updated.")
        for old in state.outdated:
            _offer(old, update)
    except OSError as error:
        raise CourseError(f"{folder} cannot be written: {error.strerror}.") from error


def _offer(old: Outdated, update: bool) -> None:
    """Say that a notebook is old, and bring its answers over where that is wanted."""
    unit = old.notebook.stem
    if old.is_known:
        print(f"{unit} has a new version, and you have written in yours.")
    else:
        print(f"Your {unit} differs from the present version in more than your answers.")
    if old.problem:
        print(f"  It stays as it is: {old.problem}")
    elif update or _agreed("  Bring your answers into the new one, and keep the old file?"):
        try:
            brought = bring_over(old)
        except CourseError as error:
            print(f"  It stays as it is: {error}")
            return
        print(
            f"  In the new one: {brought.answers} of your answers, {brought.cells} further cells."
            f" The old file is {brought.kept.name}. Run the checks again, then save."
        )
        if brought.left:
            print(f"  Only in the old file: {brought.left} cells that you changed or added.")
    else:
        print("  It stays as it is. `course lab --update` brings your answers into the new one.")


def _agreed(question: str) -> bool:
    """Whether a person at the terminal says yes; without one nobody does."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    try:
        return input(f"{question} [y/N] ").strip().lower() in ("y", "yes")
    except EOFError:
        return False
