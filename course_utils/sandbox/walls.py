"""The command that starts a program behind bubblewrap's walls, and what it sees there.

Nothing is there but what is named here: the system's programs, Python's environment and the parts
of this package that a submission needs. Linux only.
"""

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from course_utils.protocol.shown import SHOWN
from course_utils.repository import is_repository
from course_utils.sandbox import bubblewrap
from course_utils.sandbox.limits import HOME, LESSON_VARIABLES

PACKAGE = Path(__file__).resolve().parents[1]
INSIDE = "/course"
"""Where the package lies in the sandbox."""

PARTS = (
    *("bin", "lib", "lib32", "lib64", "libexec", "include", "share", "etc", "ssl", "targets"),
    "pyvenv.cfg",
)
"""What of a Python environment is shown: more may lie beside it, a whole home even."""


def walls() -> list[str]:
    """The words of the command before the program.

    Raises:
        NoSandboxError: when no walls can be built on this machine.
    """
    command = [bubblewrap.program().path, *bubblewrap.spaces(), "--die-with-parent"]
    command += ["--new-session", "--clearenv", "--hostname", "grading"]
    command += ["--dev", "/dev", "--proc", "/proc"]
    for name, value in environment().items():
        command += ["--setenv", name, value]
    for folder in ("/bin", "/lib", "/lib32", "/lib64", "/sbin"):
        if os.path.islink(folder):
            command += ["--symlink", os.readlink(folder), folder]
        elif os.path.isdir(folder):
            command += ["--ro-bind", folder, folder]
    command += ["--tmpfs", "/tmp", "--perms", "0755", "--dir", HOME]  # noqa: S108
    command += ["--perms", "0755", "--dir", "/etc"]
    for folder in ("/usr", "/etc/ld.so.cache", "/etc/fonts", "/etc/localtime", "/etc/alternatives"):
        command += ["--ro-bind-try", folder, folder]
    shown = python_folders()
    for path in shown:
        if not path.is_relative_to("/usr"):
            command += _shown(path)
    for path in _covered(shown):
        command += ["--tmpfs", str(path), "--remount-ro", str(path)]
    files = {Path(INSIDE, PACKAGE.name, place): path for place, path in package_files().items()}
    folders = {folder for place in files for folder in place.parents[:-1]}
    for path in sorted(folders):
        command += ["--perms", "0755", "--dir", str(path)]
    for place, path in files.items():
        command += ["--ro-bind", str(path), str(place)]
    for folder in ("/dev", "/"):  # else files could be left there for the next submission
        command += ["--remount-ro", folder]
    return [*command, "--chdir", HOME, "--"]


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


def _shown(path: Path) -> Iterator[str]:
    """Options that show a file or folder, whoever else may enter the folders above.

    A folder that not everybody may enter is shown entry by entry.
    """
    for parent in reversed(path.parents[:-1]):
        yield from ("--perms", "0755", "--dir", str(parent))
    if path.is_symlink() and path.readlink().name == str(path.readlink()):  # as `lib64` is to `lib`
        yield from ("--symlink", str(path.readlink()), str(path))
        return
    is_open = path.is_file() or path.stat().st_mode & 0o5 == 0o5
    if is_open:
        yield from ("--ro-bind", str(path), str(path))
        return
    yield from ("--perms", "0755", "--dir", str(path))
    for entry in sorted(map(str, path.iterdir())):
        yield from ("--ro-bind-try", entry, entry)
