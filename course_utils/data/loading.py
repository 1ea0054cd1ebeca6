"""Load a data set: real images when they can be had, phantoms with a notice when not."""

import contextlib
import os
from pathlib import Path

from course_utils import repository
from course_utils.data import catalogue, download, notice
from course_utils.data.archives import WrongContentError
from course_utils.data.catalogue import Entry
from course_utils.data.dataset import Dataset
from course_utils.data.download import UnavailableError
from course_utils.errors import CourseError

SOURCES = ("auto", "phantoms", "real")


def load(name: str, size: int | None = None) -> Dataset:
    """Load a data set in its train, val and test splits.

    Real images come from the folder that the environment variable COURSE_DATA names, or the cache,
    or a download; where none has them, phantoms stand in and a notice says so. COURSE_DATA_SOURCE
    fixes the choice: `phantoms`, `real` (an error when they cannot be had) or `auto`, the default.

    Args:
        name: "pneumoniamnist", "mednist", or another gray set of MedMNIST with one label an image
            ("octmnist", …; these have no phantoms).
        size: side in pixels, 28 or 64; the published size (MedMNIST 28, MedNIST 64) if not given.

    Raises:
        ValueError: for an unknown name or size.
        CourseError: when a given file is not what it should be, or real images are asked for and
            cannot be had, or no phantoms exist for the set, or COURSE_DATA_SOURCE is unknown.
    """
    entry = catalogue.entry(name, size)
    source = os.environ.get("COURSE_DATA_SOURCE") or "auto"
    if source not in SOURCES:
        raise CourseError(
            f"COURSE_DATA_SOURCE should be one of {', '.join(SOURCES)}, but it is {source!r}."
        )
    if source == "phantoms":
        return _phantoms(entry, "COURSE_DATA_SOURCE=phantoms asks for them.")
    try:
        return _real(entry)
    except UnavailableError as error:
        if source == "real" or entry.stand_in is None:
            raise UnavailableError(
                f"The real images of {name} cannot be had. {error} {_remedy(entry)}"
            ) from None  # the text says it all, and the chain of causes is long
        return _phantoms(entry, f"The real images cannot be had. {error}")


def _phantoms(entry: Entry, reason: str) -> Dataset:
    if entry.stand_in is None:
        raise CourseError(
            f"No phantoms stand in for {entry.name}: set COURSE_DATA_SOURCE to auto or real."
        )
    splits = entry.stand_in()
    total = sum(len(split) for split in splits.values())
    notice.show(
        notice.Notice(
            "PHANTOMS: these images do not come from patients",
            (
                f"A program of this course drew the {total} images that stand in for "
                f"{entry.name}. What you measure on them says nothing about real patients.",
                f"Why: {reason}",
                _remedy(entry),
            ),
        )
    )
    return Dataset(
        name=entry.name,
        **splits,
        class_names=entry.class_names,
        source="phantoms",
        licence="MIT, as the code that draws them",
        citation="phantoms drawn by this course",
    )


def _remedy(entry: Entry) -> str:
    """What the user can do to get the real images."""
    file = Path(entry.layouts[0]).name
    return (
        "For real images, set COURSE_DATA_SOURCE to auto or real and connect to the internet, or "
        f"put {file} in a folder and set COURSE_DATA to that folder; then run this again."
    )


def _real(entry: Entry) -> Dataset:
    given = _given(entry)
    if given is None:
        path, source = _cached(entry), "real, verified"
        splits = entry.read(path)
    else:
        try:
            splits = entry.read(given)
        except WrongContentError as error:
            raise CourseError(
                f"{error} Replace the file, or unset COURSE_DATA, and run this again."
            ) from error
        same = download.md5(given) == entry.md5
        source = "real, verified" if same else "real, unverified"
    return Dataset(
        name=entry.name,
        **splits,
        class_names=entry.class_names,
        source=source,
        licence=entry.licence,
        citation=entry.citation,
    )


def _given(entry: Entry) -> Path | None:
    """The file in the folder COURSE_DATA, if there is one.

    A relative folder is looked up from the working directory, then from the course's repository:
    notebooks run in folders of their own.

    Raises:
        CourseError: when COURSE_DATA names no folder.
    """
    value = os.environ.get("COURSE_DATA")
    if not value:
        return None
    folders = [Path(value).expanduser()]
    if not folders[0].is_absolute():
        with contextlib.suppress(CourseError):  # installed without the repository
            folders.append(repository.repository() / value)
    folder = next((folder for folder in folders if folder.is_dir()), None)
    if folder is None:
        raise CourseError(
            f"COURSE_DATA should name a folder, but {value} is none: create it, or unset "
            "COURSE_DATA."
        )
    return next((p for layout in entry.layouts if (p := folder / layout).is_file()), None)


def _cached(entry: Entry) -> Path:
    """The published file in the cache, fetched first if it is not there or no longer right."""
    path = download.cache_folder() / Path(entry.layouts[0]).name
    if path.is_file() and download.md5(path) != entry.md5:
        path.unlink()
    if not path.is_file():
        download.fetch(entry.url, path, entry.md5)
    return path
