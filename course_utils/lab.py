"""`course lab`: the student's own copy of the releases, opened in JupyterLab."""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from course_utils.errors import CourseError
from course_utils.repository import releases


def lab(folder: Path, arguments: Sequence[str] = ()) -> int:
    """Copy the releases that the folder does not have yet, then run JupyterLab on it.

    A notebook that is there stays as it is: it holds the student's work. Tracked files of the
    repository are never edited.

    Args:
        folder: the student's work folder; made where missing.
        arguments: passed on to JupyterLab.

    Returns:
        JupyterLab's exit status.
    """
    for notebook in copy_releases(folder):
        print(f"New in {folder}: {notebook.parent.name}")
    options = [argument for argument in arguments if argument != "--"]
    command = [sys.executable, "-m", "jupyterlab", "--ServerApp.root_dir", str(folder.resolve())]
    return subprocess.run([*command, *options], check=False).returncode


def copy_releases(folder: Path) -> list[Path]:
    """Copy every release that `folder` has not got yet; return the copies.

    Raises:
        CourseError: when `folder` is a file, or lies among the releases themselves.
    """
    if folder.exists() and not folder.is_dir():
        raise CourseError(f"{folder} is a file. Name a folder for your work with --folder.")
    copied = []
    for release in releases():
        if folder.resolve().is_relative_to(release.parents[1].resolve()):
            raise CourseError(
                f"{folder} holds the releases themselves. Name another folder with --folder."
            )
        target = folder / release.parent.name / release.name
        if target.exists():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.with_suffix(".tmp")
        shutil.copyfile(release, temporary)
        temporary.replace(target)
        copied.append(target)
    return copied
