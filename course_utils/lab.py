"""`course lab`: the student's own copy of the releases, opened in JupyterLab."""

import os
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
    repository are never edited. JupyterLab's nbgrader (Assignment List, Validate) works with the
    course's `nbgrader_config.py`.

    Args:
        folder: the student's work folder; made where missing.
        arguments: passed on to JupyterLab.

    Returns:
        JupyterLab's exit status.
    """
    for notebook in copy_releases(folder):
        print(f"New in {folder}: {notebook.parent.name}")
    options = [argument for argument in arguments if argument != "--"]
    course = releases()[0].parents[2]
    known = [str(course), *filter(None, [os.environ.get("JUPYTER_CONFIG_PATH")])]
    process = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", *options],
        cwd=folder,  # the root of JupyterLab, and where nbgrader looks for a student's work
        env=os.environ | {"JUPYTER_CONFIG_PATH": os.pathsep.join(known)},
    )
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue  # JupyterLab has got it, too: it asks, and ends tidily


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
