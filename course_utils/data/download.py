"""Fetch a published file into the cache, whole and with the right checksum, or not at all."""

import hashlib
import os
import tempfile
import urllib.error
import urllib.request
from functools import partial
from http.client import HTTPException, HTTPResponse
from multiprocessing import TimeoutError as LateError
from multiprocessing.pool import ThreadPool
from pathlib import Path
from urllib.parse import urlsplit

from course_utils.data import progress
from course_utils.errors import CourseError

CONNECT_SECONDS = 5  # until the answer begins: name look-up and all addresses included
STALL_SECONDS = 20  # without a byte
BLOCK = 1 << 16


class UnavailableError(CourseError):
    """The images cannot be had now; the text says why, in words that do not change by chance."""


def cache_folder() -> Path:
    """Where downloaded files are kept, as the operating system wants it."""
    import platformdirs

    return Path(platformdirs.user_cache_dir("medical-imaging-course", appauthor=False)) / "data"


def md5(path: Path) -> str:
    """The MD5 of a file, in hexadecimal."""
    return _digest(path, "md5")


def _digest(path: Path, algorithm: str) -> str:
    """The checksum of a file; which one is the publisher's choice."""
    with path.open("rb") as file:
        make = partial(hashlib.new, algorithm, usedforsecurity=False)
        return hashlib.file_digest(file, make).hexdigest()


def fetch(url: str, target: Path, checksum: str, algorithm: str = "md5") -> None:
    """Download `url` to `target`, with a progress bar; `target` appears only when it is right.

    A download that broke off starts afresh at the next call.

    Args:
        url: where the file is published.
        target: where it goes.
        checksum: what is published of its checksum: all digits, or the first ones.
        algorithm: of the checksum, `md5` or `sha256`.

    Raises:
        UnavailableError: when there is no answer in time, the transfer breaks off, the checksum
            differs, or the cache cannot be written.
    """
    with _open(url) as response:
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            temporary = tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.")
        except OSError as error:
            raise UnavailableError(
                f"The folder {target.parent} should keep {target.name}, but it cannot be written: "
                "make room there, or set COURSE_DATA to a folder that holds the file."
            ) from error
        with temporary as folder:
            path = Path(folder) / target.name
            _copy(response, path)
            digest = _digest(path, algorithm)
            if not digest.startswith(checksum):
                raise UnavailableError(
                    f"{target.name} came with the {algorithm.upper()} {digest}, but {checksum} is "
                    "published: it was altered on its way and is thrown away; try again, or in "
                    "another network."
                )
            os.replace(path, target)


def _copy(response: HTTPResponse, path: Path) -> None:
    """Copy the body to a new file, under a progress bar."""
    from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    try:
        with path.open("wb") as file, progress.bar(*columns, TimeRemainingColumn()) as shown:
            task = shown.add_task(f"Downloading {path.name}", total=response.length)
            while block := response.read(BLOCK):
                file.write(block)
                shown.advance(task, len(block))
        if response.length:
            raise HTTPException(f"{response.length} bytes are missing")
    except (OSError, HTTPException) as error:
        raise UnavailableError(
            f"The download of {path.name} broke off and is thrown away: try again when the network "
            "is better and the disk has room."
        ) from error


def _open(url: str) -> HTTPResponse:
    """The answer to a GET request, within CONNECT_SECONDS.

    A thread asks, because a time limit of a socket holds for each address of a host anew and not
    at all for the look-up of its name.
    """
    host = urlsplit(url).hostname
    asking = ThreadPool(1)
    try:
        answer = asking.apply_async(urllib.request.urlopen, (url,), {"timeout": STALL_SECONDS})
        return answer.get(CONNECT_SECONDS)
    except LateError:
        raise UnavailableError(f"{host} did not answer within {CONNECT_SECONDS} seconds.") from None
    except urllib.error.HTTPError as error:
        raise UnavailableError(f"{host} answered {error.code} instead of the file.") from error
    except (OSError, HTTPException) as error:
        raise UnavailableError(f"{host} cannot be reached from here.") from error
    finally:
        asking.close()
