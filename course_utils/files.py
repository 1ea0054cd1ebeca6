"""How files are written."""

import errno
import os
import tempfile
from pathlib import Path

NO_ROOM = (
    "there is no room on the disk. What was written before is whole: make room, then run the same "
    "command again."
)
_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}


def is_full(error: BaseException | None) -> bool:
    """Whether an error, or one that led to it, says that there is no room on a disk."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in _FULL:
            return True
        if "disk is full" in str(error):  # SQLite
            return True
        error = error.__cause__ or error.__context__
    return False


def write_atomically(path: Path, content: str | bytes) -> None:
    """Write a file under a temporary name, then rename: no reader ever sees half a file.

    Text is written as UTF-8 with LF line ends on every platform.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    data = content.encode("utf-8") if isinstance(content, str) else content
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
