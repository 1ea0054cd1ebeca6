"""Fetch a published file into the cache, whole and with the right checksum, or not at all."""

import hashlib
import http.client
import os
import tempfile
import threading
import urllib.error
import urllib.request
from pathlib import Path
from queue import Empty, SimpleQueue
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
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: _digest("md5")).hexdigest()


def _digest(algorithm: str):
    return hashlib.new(algorithm, usedforsecurity=False)  # what the publishers give


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
    response = _open(url)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        response.close()
        raise UnavailableError(
            f"The folder {target.parent} should keep {target.name}, but it cannot be written: "
            "make room there, or set COURSE_DATA to a folder that holds the file."
        ) from error
    try:
        with response, os.fdopen(descriptor, "wb") as file:
            digest = _copy(response, file, target.name, _digest(algorithm))
        if not digest.startswith(checksum):
            kind = algorithm.upper()
            raise UnavailableError(
                f"{target.name} came with the {kind} {digest}, but {checksum} is published: it was "
                "altered on its way and is thrown away; try again, or in another network."
            )
        os.replace(temporary, target)
    finally:
        Path(temporary).unlink(missing_ok=True)


def _copy(response: http.client.HTTPResponse, file, name: str, digest) -> str:
    """Copy the body to the file; returns the checksum of what came."""
    from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn

    expected = response.length
    received = 0
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    with progress.bar(*columns, TimeRemainingColumn()) as shown:
        task = shown.add_task(f"Downloading {name}", total=expected)
        try:
            while block := response.read(BLOCK):
                file.write(block)
                digest.update(block)
                received += len(block)
                shown.update(task, completed=received)
        except (OSError, http.client.HTTPException) as error:
            raise _broke_off(name) from error
    if expected is not None and received < expected:
        raise _broke_off(name)
    return digest.hexdigest()


def _broke_off(name: str) -> UnavailableError:
    return UnavailableError(
        f"The download of {name} broke off and is thrown away: try again when the network is "
        "better and the disk has room."
    )


def _open(url: str) -> http.client.HTTPResponse:
    """The answer to a GET request, within CONNECT_SECONDS.

    A thread asks, because a time limit of a socket holds for each address of a host anew and not
    at all for the look-up of its name.
    """
    host = urlsplit(url).hostname
    answers: SimpleQueue = SimpleQueue()
    given_up = threading.Event()

    def ask() -> None:
        try:
            answer = urllib.request.urlopen(url, timeout=STALL_SECONDS)  # noqa: S310 (catalogue's)
        except (OSError, http.client.HTTPException) as error:
            answer = error
        answers.put(answer)
        if given_up.is_set() and not isinstance(answer, Exception):
            answer.close()

    threading.Thread(target=ask, daemon=True).start()
    try:
        answer = answers.get(timeout=CONNECT_SECONDS)
    except Empty:
        given_up.set()
        raise UnavailableError(f"{host} did not answer within {CONNECT_SECONDS} seconds.") from None
    if isinstance(answer, urllib.error.HTTPError):
        raise UnavailableError(f"{host} answered {answer.code} instead of the file.") from answer
    if isinstance(answer, Exception):
        raise UnavailableError(f"{host} cannot be reached from here.") from answer
    return answer
