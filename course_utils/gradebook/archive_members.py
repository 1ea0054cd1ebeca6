"""What a zip or tar file says of each of its members, in one form."""

import stat
import struct
import tarfile
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import IO


@dataclass(frozen=True)
class Member:
    """A file or folder in an archive.

    Attributes:
        name: its path, as the archive has it.
        size: bytes, as the archive says.
        packed: bytes that it takes there.
        problem: why it is not taken; empty where nothing is known against it.
        is_folder: whether it is one.
        time: when it was written, in seconds since 1970, as the archive says.
        open: gives its content.
    """

    name: str
    size: int
    packed: int
    problem: str
    is_folder: bool
    time: float | None
    open: Callable[[], IO[bytes] | None]


def zipped(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Member:
    """A member of a zip file."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    problem = ""
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        problem = "it is a link or a device"
    elif info.flag_bits & 0x1:
        problem = "it is encrypted"
    elif info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        problem = "it is compressed in a way that is not read"
    opened, sizes = partial(archive.open, info), (info.file_size, info.compress_size)
    return Member(_name(info), *sizes, problem, info.is_dir(), _zipped_time(info), opened)


def _name(info: zipfile.ZipInfo) -> str:
    """The member's name; many programs write UTF-8 and do not say so."""
    name = info.orig_filename
    if info.flag_bits & 0x800 or name.isascii():
        return name
    try:
        return name.encode("cp437").decode("utf-8")
    except UnicodeError:
        return name


def _zipped_time(info: zipfile.ZipInfo) -> float | None:
    """When a member was written: by UTC where it says that, else by this machine's clock."""
    extra = info.extra
    while len(extra) >= 4:
        kind, size = struct.unpack("<HH", extra[:4])
        if kind == 0x5455 and size >= 5 and len(extra) >= 9 and extra[4] & 1:  # Info-ZIP's time
            return float(struct.unpack("<i", extra[5:9])[0])
        extra = extra[4 + size :]
    if info.date_time <= (1980, 1, 1, 0, 0, 0):
        return None
    try:
        return time.mktime((*info.date_time, 0, 0, -1))
    except (ValueError, OverflowError):
        return None


def tarred(archive: tarfile.TarFile, info: tarfile.TarInfo, packed: int) -> Member:
    """A member of a tar file; they are packed together, so `packed` is what all may have."""
    problem = "" if info.isreg() or info.isdir() else "it is a link or a device"
    if info.issparse():
        problem = "it is a file with holes"
    opened = partial(archive.extractfile, info)
    return Member(info.name, info.size, packed, problem, info.isdir(), float(info.mtime), opened)


def one_by_one(archive: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    """The members of a tar file, none of which is kept in memory."""
    while (info := archive.next()) is not None:
        yield info
        archive.members = []  # type: ignore[attr-defined]  # else it keeps all that it has seen
