"""Walls that a container engine builds, Podman or Docker: for machines where bubblewrap may not.

The container holds the warm process, without a network; it sees the same places as behind
bubblewrap, shown from this machine. Its image is empty but for folders and links, and is made here.
The processes of submissions build the walls between each other as ever (`namespaces`), so the warm
process needs the rights for that: it never runs student code.
"""

import hashlib
import io
import shutil
import subprocess
import tarfile
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path, PurePosixPath

from course_utils.sandbox.bubblewrap import NoSandboxError, Program, last_line
from course_utils.sandbox.limits import HOME
from course_utils.sandbox.walls import Place

ENGINES = {
    "podman": ("--security-opt", "unmask=ALL"),
    "docker": ("--security-opt", "systempaths=unconfined"),
}
"""What each is told so that the warm process may mount a `/proc` for a submission."""

IMAGE = "course-sandbox"

SECONDS = 60
"""How long an engine may take for an answer."""


@cache
def trial(name: str) -> Program:
    """Ask an engine for its version, and whether it can be reached."""
    path = shutil.which(name)
    if path is None:
        return Program(name, "", f"{name} is not installed")
    try:
        version = _run([path, "--version"]).decode("utf-8", "replace").strip()
        _run([path, "info"])
    except NoSandboxError as error:
        return Program(path, "", error.why)
    return Program(path, version, "")


def program(name: str) -> Program:
    """The engine of this name.

    Raises:
        NoSandboxError: when it is not there, or does not answer.
    """
    found = trial(name)
    if found.why_not:
        raise NoSandboxError(found.why_not)
    return found


def command(
    name: str,
    container: str,
    places: Sequence[Place],
    variables: Mapping[str, str],
    folder: Path,
    address: str,
) -> list[str]:
    """The words before a program that is to run in a container, with nothing in sight but this.

    Args:
        name: of the engine.
        container: how the container is to be called.
        places: what is in sight.
        variables: the environment.
        folder: one of this machine with the socket through which the program is spoken to.
        address: where the program finds that folder.

    Raises:
        NoSandboxError: when the engine does not answer, or makes no image.
    """
    path = program(name).path
    empty = folder / "empty"
    empty.mkdir(exist_ok=True)
    words = [path, "run", "--rm", "--name", container, "--pull", "never"]
    words += ["--sig-proxy=false", "--log-driver", "none"]
    words += ["--network", "none", "--hostname", "grading", "--read-only", "--cap-add", "ALL"]
    for option in ("seccomp=unconfined", "apparmor=unconfined", "label=disable"):
        words += ["--security-opt", option]
    words += [*ENGINES[name], "--workdir", HOME, "--volume", f"{folder}:{address}:ro"]
    for place in places:
        if place.kind in ("shown", "hidden"):
            source = place.source or str(empty)
            words += ["--volume", f"{Path(source).resolve()}:{place.path}:ro"]
        elif place.kind == "memory":
            words += ["--tmpfs", f"{place.path}:mode=1777"]
    clean = [f"{key}={value}" for key, value in variables.items()]  # engines add some of theirs
    return [*words, image(path, places), "/usr/bin/env", "-i", *clean]


def kill(name: str, container: str) -> None:
    """End all that is in a container, as far as it is still there."""
    words = [program(name).path, "kill", container]
    subprocess.run(words, capture_output=True, timeout=SECONDS, check=False)


def image(path: str, places: Iterable[Place]) -> str:
    """The name of an image that holds the folders and links of these places; made where missing.

    Raises:
        NoSandboxError: when the engine does not make it.
    """
    archive = skeleton(places)
    name = f"{IMAGE}:{hashlib.sha256(archive).hexdigest()[:12]}"
    try:
        _run([path, "image", "inspect", name])
    except NoSandboxError:
        _run([path, "import", "-", name], archive)
    return name


def skeleton(places: Iterable[Place]) -> bytes:
    """An archive with an empty folder or file for each place, and the links."""
    made: dict[PurePosixPath, tarfile.TarInfo] = {}
    for place in places:
        where = PurePosixPath(place.path)
        above = list(reversed(where.parents[:-1]))
        if any(parent in made and made[parent].issym() for parent in above):
            continue  # it is in what the link leads to
        is_file = place.kind == "shown" and Path(place.source).is_file()
        kind = tarfile.REGTYPE if is_file else tarfile.DIRTYPE
        if place.kind == "link":
            kind = tarfile.SYMTYPE
        for path, its in (*((parent, tarfile.DIRTYPE) for parent in above), (where, kind)):
            entry = tarfile.TarInfo(str(path).lstrip("/"))
            entry.type, entry.mode = its, 0o755
            made.setdefault(path, entry)
        made[where].linkname = place.source if place.kind == "link" else ""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for entry in made.values():
            archive.addfile(entry)
    return buffer.getvalue()


def _run(words: list[str], given: bytes = b"") -> bytes:
    """What an engine prints.

    Raises:
        NoSandboxError: when it fails, with its last line.
    """
    try:
        ended = subprocess.run(
            words, input=given, capture_output=True, timeout=SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NoSandboxError(f"{words[0]} does not answer: {error}") from error
    if ended.returncode:
        said = last_line(ended.stderr.decode("utf-8", "replace"))
        raise NoSandboxError(f"{' '.join(words[:2])} says “{said or ended.returncode}”")
    return ended.stdout
