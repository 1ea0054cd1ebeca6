"""Unpacks archives that students made: notebooks only, within bounds, and nowhere but where told.

An archive may be damaged, unpack to a thousand times its size, hold itself, or name files outside
the folder. What is wrong with a member costs that member, what is wrong with an archive costs that
archive, and each is said.
"""

import gzip
import os
import struct
import tarfile
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, BinaryIO, cast

from course_utils.gradebook.archive_members import Member, one_by_one, tarred, zipped
from course_utils.judging import intake
from course_utils.judging.doors import NotAFileError, open_file
from course_utils.student_ids import printable

NOTEBOOK = ".ipynb"
SUFFIXES = (".zip", ".tar", ".tar.gz", ".tgz")
"""The archives that are read."""

OTHER_ARCHIVES = (".7z", ".rar", ".bz2", ".xz", ".gz", ".zst", ".tbz", ".txz")
OTHER_KIND = f"only {', '.join(SUFFIXES)} are read"
"""Why one of these is not taken."""

OF_THE_SYSTEM = ("__MACOSX", ".ipynb_checkpoints", ".git", ".Trash")
"""Folders that hold no notebook of the student's own."""

TOLD_AT_MOST = 20
"""What is not taken of one archive is told so many times."""

_BLOCK = 64 * 1024
_READ_AT_ONCE = 4 * 2**20
"""Bytes: a zip's directory is read in one piece."""

_DAMAGED = (
    *(zipfile.BadZipFile, tarfile.TarError, zlib.error, struct.error, EOFError, LookupError),
    *(gzip.BadGzipFile, ValueError, NotImplementedError, RuntimeError, OverflowError, MemoryError),
)


class RefusedError(Exception):
    """Raised for an archive, or a member, that is not taken; the text says why."""


@dataclass(frozen=True)
class Bounds:
    """What an archive, with all archives in it, may have.

    Attributes:
        archive: bytes of an archive.
        member: bytes of a notebook.
        total: bytes of all that is unpacked.
        inner_total: the same of one archive in another, so that one student's cannot take the
            room of a class.
        ratio: how many times its own size a member may unpack to, beyond `small` bytes.
        small: see there.
        members: files and folders.
        inner_members: the same of one archive in another.
        depth: archives in each other; 1 allows none in it.
        folders: folders in each other, in one archive.
    """

    archive: int = 2**30
    member: int = intake.LARGEST
    total: int = 4 * 2**30
    inner_total: int = 2**28
    ratio: int = 200
    small: int = 2**20
    members: int = 20_000
    inner_members: int = 2000
    depth: int = 3
    folders: int = 10


@dataclass
class Unpacked:
    """What came of an archive.

    Attributes:
        notebooks: the files that were written.
        refused: what was not taken, and why.
        others: the files that are no notebooks, `TOLD_AT_MOST` of each archive.
    """

    notebooks: list[Path] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


class _Careful:
    """A file whose readers cannot ask for more than there is room for.

    A header may claim any size, and Python's readers of archives believe it.
    """

    def __init__(self, file: IO[bytes] | gzip.GzipFile, furthest: int) -> None:
        self._file, self._furthest = file, furthest

    def read(self, size: int = -1) -> bytes:
        if size > _READ_AT_ONCE:
            raise RefusedError("a part of it claims to be larger than it may")
        content = self._file.read(size if size >= 0 else _READ_AT_ONCE + 1)
        if len(content) > _READ_AT_ONCE:
            raise RefusedError("a part of it is larger than it may be")
        self._allow(self._file.tell())
        return content

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        if whence == os.SEEK_SET:
            self._allow(offset)
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def seekable(self) -> bool:
        return True

    def _allow(self, place: int) -> None:
        if place > self._furthest:
            raise RefusedError("it unpacks to more than there is room for")


def is_archive(name: str) -> bool:
    """Whether a file of this name is an archive that is read."""
    return name.lower().endswith(SUFFIXES)


def unpack(
    archive: Path,
    folder: Path,
    bounds: Bounds | None = None,
    believed: Callable[[str], bool] = lambda name: False,
) -> Unpacked:
    """Write the notebooks of an archive, and of archives in it, into a folder.

    Each keeps its path in the archive; an archive in the archive becomes a folder of its name. All
    get the archive's own time, since times in an archive are its maker's word. Nothing that is
    there already is written over.

    Args:
        archive: a zip or tar file that somebody else has made.
        folder: where to; it is made where it is missing.
        bounds: of all that is in the archive.
        believed: whether the times in an archive are to be believed; asked with its path in the
            archive, `""` for the archive itself. Then what is in it gets the time that it says.

    Returns:
        The notebooks, and what was not taken, the archive itself under the name `""`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    found = Unpacked()
    run = _Archive(bounds or Bounds(), found, believed)
    try:
        with open_file(archive) as file:
            came = os.fstat(file.fileno()).st_mtime
            run.unpack(file, archive.name, folder, came)
    except NotAFileError as error:
        run.refuse("", f"it is {error.kind}")
    except OSError as error:
        run.refuse("", f"it cannot be read ({error.strerror or error})")
    return found


class _Archive:
    """An archive, with what is left of its bounds; one in another spends from both."""

    def __init__(
        self,
        bounds: Bounds,
        found: Unpacked,
        believed: Callable[[str], bool],
        inside: str = "",
        outer: "_Archive | None" = None,
    ) -> None:
        self._bounds, self._found, self._believed = bounds, found, believed
        self._inside, self._outer = inside, outer
        self._depth: int = outer._depth + 1 if outer else 1
        self._bytes = bounds.inner_total if outer else bounds.total
        self._members = bounds.inner_members if outer else bounds.members
        self._refused = self._others = 0

    def unpack(self, file: BinaryIO, name: str, folder: Path, came: float) -> None:
        """Take the members one after the other; what ends that is noted."""
        self._came = came
        self._is_believed = self._believed(self._inside)
        try:
            if os.fstat(file.fileno()).st_size > self._bounds.archive:
                raise RefusedError(f"it is larger than {self._bounds.archive // 2**20} MiB")
            if self._depth > self._bounds.depth:
                raise RefusedError(f"more than {self._bounds.depth} archives are in each other")
            with self._opened(file, name) as members:
                for member in members:
                    self._spend(members=1)
                    self._take(member, folder)
        except RefusedError as error:
            self.refuse("", str(error))
        except _DAMAGED as error:
            self.refuse("", f"it is damaged ({_said(error)})")

    def refuse(self, name: str, why: str) -> None:
        """Note what is not taken; a long list tells no more than its beginning."""
        self._refused += 1
        where = "/".join(filter(None, (self._inside, name)))
        if self._refused <= TOLD_AT_MOST:
            self._found.refused.append((where, why))
        elif self._refused == TOLD_AT_MOST + 1:
            self._found.refused.append((self._inside, "and more of that kind"))

    def _pass(self, name: str) -> None:
        self._others += 1
        if self._others <= TOLD_AT_MOST:
            self._found.others.append("/".join(filter(None, (self._inside, name))))

    def _spend(self, size: int = 0, members: int = 0) -> None:
        self._bytes -= size
        self._members -= members
        if self._outer:
            self._outer._spend(size, members)
        if self._bytes < 0:
            raise RefusedError("all files together unpack to more than there is room for")
        if self._members < 0:
            raise RefusedError("it has too many files")

    @contextmanager
    def _opened(self, file: BinaryIO, name: str) -> Iterator[Iterator[Member]]:
        """The members of an archive, whichever kind its name says."""
        if name.lower().endswith(".zip"):
            whole = _Careful(file, self._bounds.archive)
            with zipfile.ZipFile(whole) as packed:
                yield (zipped(packed, info) for info in packed.infolist())
        elif name.lower().endswith((".tgz", ".gz")):
            size = os.fstat(file.fileno()).st_size
            most = max(self._bounds.small, self._bounds.ratio * size)
            with gzip.GzipFile(fileobj=file) as plain:
                yield self._tarred(_Careful(plain, min(self._bytes, most)))
        else:
            yield self._tarred(_Careful(file, self._bytes))

    def _tarred(self, file: "_Careful") -> Iterator[Member]:
        with tarfile.open(fileobj=cast(IO[bytes], file), mode="r:") as tar:
            for info in one_by_one(tar):
                yield tarred(tar, info, self._bounds.total)

    def _take(self, member: Member, folder: Path) -> None:
        try:
            parts = _parts(member.name, self._bounds.folders)
            wanted = member.name.lower().endswith((NOTEBOOK, *SUFFIXES, *OTHER_ARCHIVES))
            if member.problem:
                raise RefusedError(member.problem)
            if member.is_folder or _is_of_the_system(parts):
                return
            if not wanted:
                self._pass(member.name)
                return
            if member.name.lower().endswith(NOTEBOOK):
                self._write(member, folder.joinpath(*parts))
            elif is_archive(member.name):
                self._unpack_inner(member, folder.joinpath(*parts))
            else:
                raise RefusedError(OTHER_KIND)
        except RefusedError as error:
            self.refuse(member.name, str(error))
        except _DAMAGED as error:
            self.refuse(member.name, f"it is damaged ({_said(error)})")
        except FileExistsError:
            self.refuse(member.name, "there is another file of that name")
        except OSError as error:
            self.refuse(member.name, f"it cannot be written ({error.strerror})")

    def _write(self, member: Member, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as target:
            try:
                self._copy(member, target, self._bounds.member)
            except BaseException:
                target.close()
                path.unlink()
                raise
        os.utime(path, (self._time(member), self._time(member)))
        self._found.notebooks.append(path)

    def _time(self, member: Member) -> float:
        said = member.time if self._is_believed else None
        return self._came if said is None or not 0 <= said <= time.time() else said

    def _unpack_inner(self, member: Member, path: Path) -> None:
        inside = "/".join(filter(None, (self._inside, member.name)))
        with tempfile.TemporaryFile() as file:
            self._copy(member, file, self._bounds.archive)
            file.seek(0)
            inner = _Archive(self._bounds, self._found, self._believed, inside, self)
            inner.unpack(file, member.name, path.with_name(stem(path.name)), self._time(member))

    def _copy(self, member: Member, target: IO[bytes], at_most: int) -> None:
        if member.size > at_most:
            raise RefusedError(f"it is larger than {at_most // 2**20} MiB")
        bounds = self._bounds
        most = max(bounds.small, bounds.ratio * member.packed)
        if member.size > most:
            raise RefusedError(f"it unpacks to more than {bounds.ratio} times its size")
        written = 0
        source = member.open()
        if source is None:
            raise RefusedError("it is no ordinary file")
        with source:
            while block := source.read(_BLOCK):
                written += len(block)
                if written > min(at_most, most):
                    raise RefusedError("it unpacks to more than it says")
                self._spend(len(block))
                target.write(block)


def stem(name: str) -> str:
    """An archive's name without its suffix."""
    lower = name.lower()
    suffix = next((s for s in sorted(SUFFIXES, key=len, reverse=True) if lower.endswith(s)), "")
    return name[: len(name) - len(suffix)] or "archive"


def _parts(name: str, folders: int) -> list[str]:
    """The folders and the name of a member, as they may be below a folder.

    Raises:
        RefusedError: when it would not be there, or is no fit name.
    """
    if "\0" in name or not name.isprintable():
        raise RefusedError("its name has characters that are not printable")
    path = name.replace("\\", "/")
    parts = [part for part in path.split("/") if part not in ("", ".")]
    if path.startswith("/") or any(part.strip(" .") == "" for part in parts) or not parts:
        raise RefusedError("its name leads out of the folder")
    if any(":" in part for part in parts):
        raise RefusedError("its name has a colon, as a drive's letter does")
    if len(parts) > folders:
        raise RefusedError(f"more than {folders} folders are in each other")
    return parts


def _is_of_the_system(parts: list[str]) -> bool:
    """Whether a file is none of the student's: macOS and Jupyter put copies beside."""
    return any(part.startswith("._") or part in OF_THE_SYSTEM for part in parts)


def _said(error: BaseException) -> str:
    return printable(str(error).partition("\n")[0])[:120] or type(error).__name__
