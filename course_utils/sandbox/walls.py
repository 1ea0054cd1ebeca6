"""What a program behind the walls sees, whoever builds them.

Nothing is there but what is named here: the system's programs, Python's environment and the parts
of this package that a submission needs. Linux only.
"""

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from course_utils.protocol.shown import SHOWN
from course_utils.repository import is_repository
from course_utils.sandbox.limits import HOME, LESSON_VARIABLES

PACKAGE = Path(__file__).resolve().parents[1]
INSIDE = "/course"
"""Where the package lies in the sandbox."""

PARTS = (
    *("bin", "lib", "lib32", "lib64", "libexec", "include", "share", "etc", "ssl", "targets"),
    "pyvenv.cfg",
)
"""What of a Python environment is shown: more may lie beside it, a whole home even."""


@dataclass(frozen=True)
class Place:
    """A path of the sandbox, and what is there.

    Attributes:
        path: where, absolute.
        kind: a `folder` that all may enter; a `link`; something `shown` of this machine, read-only;
            a folder that is `hidden`, empty whatever lies in it; `memory`, empty and writable.
        source: the link's target, or the file or folder that is shown.
    """

    path: str
    kind: Literal["folder", "link", "shown", "hidden", "memory"]
    source: str = ""


def places() -> Iterator[Place]:
    """All that there is in the sandbox beside `/dev` and `/proc`; what comes later lies on top."""
    for folder in ("/bin", "/lib", "/lib32", "/lib64", "/sbin"):
        if os.path.islink(folder):
            yield Place(folder, "link", os.readlink(folder))
        elif os.path.isdir(folder):
            yield Place(folder, "shown", folder)
    yield Place("/tmp", "memory")  # noqa: S108
    yield Place(HOME, "folder")
    yield Place("/etc", "folder")
    for part in ("/usr", "/etc/ld.so.cache", "/etc/fonts", "/etc/localtime", "/etc/alternatives"):
        if os.path.exists(part):
            yield Place(part, "shown", part)
    shown = python_folders()
    for path in shown:
        if not path.is_relative_to("/usr"):
            yield from _shown(path)
    for program in _links(Path(sys.executable)):
        if program.is_symlink() and not _is_in(program, [*shown, Path("/usr"), Path("/bin")]):
            yield from _link(program)
    for path in _covered(shown):
        yield Place(str(path), "hidden")
    files = {Path(INSIDE, PACKAGE.name, place): path for place, path in package_files().items()}
    for above in sorted({folder for place in files for folder in place.parents[:-1]}):
        yield Place(str(above), "folder")
    for place, path in files.items():
        yield Place(str(place), "shown", str(path))


def package_files() -> dict[str, Path]:
    """What stands for this package in the sandbox: by its place there, a file or folder here.

    Beside what is shown (`protocol.shown`) that is the stand-in for the checks of each topic.
    """
    modules = [path for name in SHOWN for path in _with_packages_above(name)]
    shown = {path.relative_to(PACKAGE).as_posix(): path for path in modules}
    checks = PACKAGE / "checks"
    topics = {path.stem for path in checks.iterdir() if not path.name.startswith("_")}
    stand_in = PACKAGE / "sandbox" / "checks_stand_in.py"
    return shown | {f"checks/{topic}.py": stand_in for topic in sorted(topics - {"core"})}


def _with_packages_above(name: str) -> Iterator[Path]:
    """The files of a module, and the `__init__.py` of each package around it."""
    *above, _ = name.split(".")
    for depth in range(len(above) + 1):
        yield PACKAGE.joinpath(*above[:depth], "__init__.py")
    path = PACKAGE.joinpath(*name.split("."))
    yield path if path.is_dir() else path.with_suffix(".py")


def environment() -> dict[str, str]:
    """All environment variables that student code sees."""
    return LESSON_VARIABLES | {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), "/usr/bin", "/bin"]),
        "PYTHONPATH": INSIDE,
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONNOUSERSITE": "1",
        "PYTHONHASHSEED": "0",
        "LANG": "C.UTF-8",
        "HOME": HOME,
        "IPYTHONDIR": "/tmp/ipython",  # noqa: S108
        "MPLCONFIGDIR": "/tmp/matplotlib",  # noqa: S108
    }


def python_folders() -> list[Path]:
    """Folders to be shown: parts of Python's own ones, and others with installed packages.

    Packages may lie elsewhere than in `sys.prefix`: a user's own ones, those of a `.pth` file, of
    an environment that another one is laid upon. What Python imports from without anything being
    *installed* there stays out of sight: a working directory, a course's repository, notes beside
    it.
    """
    parts = [home / part for home in _homes() for part in PARTS if (home / part).exists()]
    return _outermost([*parts, *_package_folders()])


def kept_folders() -> list[Path]:
    """What of that must stay in sight where a temporary folder or a home covers it."""
    return _outermost([*_homes(), *_package_folders()])


def package_paths() -> list[str]:
    """What of Python's search path leads into the folders that are shown, in its order."""
    shown = python_folders()
    return [entry for entry in dict.fromkeys(sys.path) if _is_in(Path(entry), shown)]


def _homes() -> set[Path]:
    programs = (program.parent.parent for program in _links(Path(sys.executable)))
    return {Path(sys.prefix), Path(sys.base_prefix), *programs} - {Path("/")}


def _package_folders() -> Iterable[Path]:
    return filter(_holds_packages, map(Path, sys.path))


def _links(program: Path) -> Iterator[Path]:
    """A program and what it links to, one after the other."""
    yield program
    while program.is_symlink():
        program = Path(os.path.normpath(program.parent / program.readlink()))
        yield program


def _holds_packages(folder: Path) -> bool:
    if not folder.is_absolute() or not os.access(folder, os.R_OK | os.X_OK):
        return False
    if any(map(is_repository, (folder, *folder.parents))):
        return False
    return next(folder.glob("*.dist-info"), None) is not None


def _outermost(folders: Iterable[Path]) -> list[Path]:
    found: list[Path] = []
    for folder in sorted(set(folders), key=lambda folder: (len(folder.parts), folder)):
        if not _is_in(folder, found):
            found.append(folder)
    return found


def _is_in(path: Path, folders: Iterable[Path]) -> bool:
    return any(path.is_relative_to(folder) for folder in folders)


def _covered(shown: list[Path]) -> list[Path]:
    """What must not be seen and lies in what is shown.

    That is the course, this package with its oracles, however often it is installed, and the
    folder through which submissions come in.
    """
    here = Path.cwd()
    system = (Path("/usr"), Path("/usr/local"))
    courses = filter(is_repository, (PACKAGE.parent, here, *here.parents))
    copies = [Path(entry, PACKAGE.name) for entry in (*sys.path, str(PACKAGE.parent)) if entry]
    for home in {*_homes(), *system}:  # those that this Python does not look into lie there, too
        copies += home.glob(f"lib*/python*/*-packages/{PACKAGE.name}")
    exchanges = [home / "share" / "nbgrader" for home in (*_homes(), *system)]
    exchanges += [Path(os.environ.get("COURSE_EXCHANGE") or "/usr/local/share/nbgrader")]
    hidden = [folder for folder in (*courses, *copies, *exchanges) if folder.is_dir()]
    return _outermost(folder for folder in hidden if _is_in(folder, [*shown, *system]))


def _shown(path: Path) -> Iterator[Place]:
    """A file or folder, whoever else may enter the folders above.

    A folder that not everybody may enter is shown entry by entry.
    """
    if path.is_symlink() and path.readlink().name == str(path.readlink()):  # as `lib64` is to `lib`
        yield from _link(path)
        return
    yield from _folders_above(path)
    is_open = path.is_file() or path.stat().st_mode & 0o5 == 0o5
    if is_open:
        yield Place(str(path), "shown", str(path))
        return
    yield Place(str(path), "folder")
    for entry in sorted(path.iterdir()):
        if os.path.exists(entry):
            yield Place(str(entry), "shown", str(entry))


def _link(path: Path) -> Iterator[Place]:
    yield from _folders_above(path)
    yield Place(str(path), "link", str(path.readlink()))


def _folders_above(path: Path) -> Iterator[Place]:
    for parent in reversed(path.parents[:-1]):
        yield Place(str(parent), "folder")
