"""When a submission came: by the server's clock where there is one, else by the student's word.

`timestamp.txt` lies in a folder that a student wrote. So it is read with bounds, and in one form
only; what does not fit is no time.
"""

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from course_utils.judging.doors import NotAFileError, open_file

STAMP = "timestamp.txt"
"""nbgrader's name of the file with the time."""

LONGEST = 200
"""Bytes of that file."""

ENTRIES_AT_MOST = 1000
"""Files and folders of a submission whose times are looked at."""

TOLERANCE = timedelta(minutes=1)
"""What handing in may take, from the time that a student's process notes to the server's."""

FAST_CLOCK = timedelta(hours=1)
"""How far ahead a student's clock may be; beyond that the time of the file itself counts."""

YEARS = range(2000, 2100)

LATEST = datetime(2100, 1, 1, tzinfo=UTC).timestamp()

_FORM = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)[T ](\d\d):?(\d\d)(?::?(\d\d)(?:\.(\d{1,6}))?)?"
    r" ?(Z|UTC|GMT|[+-]\d\d:?\d\d|[A-Za-z]+(?:/[A-Za-z_]+){0,2})?",
    re.ASCII,
)


def parsed(text: str) -> datetime | None:
    """The time in a text such as `2026-01-02 03:04:05 UTC`, in UTC as nbgrader has it.

    Returns:
        A datetime without time zone; None where the text is no possible time, or its zone is none
        of this machine's.
    """
    found = _FORM.fullmatch(text.strip())
    if found is None or int(found[1]) not in YEARS:
        return None
    year, month, day, hour, minute, second = (int(n or 0) for n in found.groups()[:6])
    fraction = int((found[7] or "0").ljust(6, "0"))
    zone = _zone(found[8] or "UTC")
    if zone is None:
        return None
    try:
        local = datetime(year, month, day, hour, minute, second, fraction, tzinfo=zone)
        return local.astimezone(UTC).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return None


def _zone(name: str) -> tzinfo | None:
    if name in ("Z", "UTC", "GMT"):
        return UTC
    if name[0] in "+-":
        hours, minutes = int(name[1:3]), int(name[-2:])
        if hours > 23 or minutes > 59:
            return None
        offset = timedelta(hours=hours, minutes=minutes)
        return timezone(-offset if name[0] == "-" else offset)
    try:
        return ZoneInfo(name)  # refuses paths; looks in the folders of time zones only
    except (LookupError, ValueError, OSError):
        return None


@dataclass(frozen=True)
class Stamp:
    """What a submission's `timestamp.txt` says; `problem` tells why it says nothing."""

    time: datetime | None = None
    problem: str = ""


def stamp(folder: Path, folders: int = 2) -> Stamp:
    """The time in the `timestamp.txt` of a submission.

    Whatever that file is, reading it ends soon and raises nothing.

    Args:
        folder: of the submission, such as `submitted/STUDENT/UNIT`.
        folders: how many folders above the file may be somebody else's doing.
    """
    try:
        with open_file(folder / STAMP, folders) as file:
            content = file.read(LONGEST + 1)
    except FileNotFoundError:
        return Stamp()
    except NotAFileError as error:
        return Stamp(problem=f"{STAMP} is {error.kind}")
    except OSError as error:
        return Stamp(problem=f"{STAMP} cannot be read ({error.strerror})")
    text = content.decode("utf-8-sig", "replace")
    if len(content) > LONGEST or (time := parsed(text)) is None:
        return Stamp(problem=f"{STAMP} holds no time such as 2026-01-02 03:04:05 UTC")
    return Stamp(time)


@dataclass(frozen=True)
class Arrival:
    """What the server knows of a folder that a student wrote, in UTC.

    Attributes:
        written: when its youngest file was written. Its owner can set that back.
        changed: when a file in it was changed last. Nobody but the system can set that; renaming
            the folder does not count.
        owner: number of the user whose folder it is.
    """

    written: datetime
    changed: datetime
    owner: int

    @property
    def touched(self) -> bool:
        """Whether something was changed well after it says that it was written."""
        return self.changed - self.written > TOLERANCE


def arrival(folder: Path) -> Arrival:
    """When a folder came to this machine.

    Raises:
        OSError: when it cannot be read.
    """
    found = list(_statuses(folder))
    written = max(min(status.st_mtime, status.st_ctime) for status in found)
    files = [status.st_ctime for status in found if not stat.S_ISDIR(status.st_mode)]
    return Arrival(utc(written), utc(max(files, default=written)), found[0].st_uid)


def _statuses(folder: Path) -> Iterator[os.stat_result]:
    todo, count = [folder], 0
    yield folder.lstat()
    while todo and count < ENTRIES_AT_MOST:
        with os.scandir(todo.pop()) as entries:
            for entry in entries:
                count += 1
                status = entry.stat(follow_symlinks=False)
                yield status
                if stat.S_ISDIR(status.st_mode):
                    todo.append(Path(entry.path))
                if count >= ENTRIES_AT_MOST:
                    break


def utc(seconds: float) -> datetime:
    """The time of a file, which anybody may have set to the end of all times, in UTC."""
    return datetime.fromtimestamp(min(max(seconds, 0), LATEST), UTC).replace(tzinfo=None)
