"""`course doctor`: what is installed, what is missing, what to do; and the tests of the tests."""

import importlib.metadata
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from packaging.requirements import Requirement
from rich.console import Console
from rich.progress import track
from rich.table import Table
from rich.text import Text

from course_utils.repository import repository, units

if TYPE_CHECKING:
    from course_utils.authoring.matrix import Row

NO_SANDBOX = (
    "Only who grades students needs it: on Linux pip install -c constraints.txt -e '.[teach]', and "
    "a kernel that lets this user make namespaces (docs/instructors.md); elsewhere a Linux machine "
    "or WSL 2."
)


DISTRIBUTION = "medical-imaging-course"


@dataclass(frozen=True)
class Finding:
    """One thing looked at: what was found, and what to do where that is not enough."""

    what: str
    found: str
    remedy: str = ""
    needed: bool = True

    @property
    def state(self) -> str:
        """`ok`, `missing`, or `optional` where the course works without it."""
        if not self.remedy:
            return "ok"
        return "missing" if self.needed else "optional"


def installation() -> int:
    """Print a table of findings.

    Returns:
        0 when everything needed is there, else 1.
    """
    table = Table("what", title="course doctor")
    for column in ("found", "state", "what to do"):
        table.add_column(column, overflow="fold")
    findings = list(track(examine(), "Looking", transient=True))
    for finding in findings:
        told = (finding.what, finding.found, finding.state, finding.remedy)
        table.add_row(*map(Text, told))
    Console().print(table)
    return int(any(finding.state == "missing" for finding in findings))


def sandbox(builder: str) -> int:
    """Print which walls of the sandbox hold against a small hostile program.

    Args:
        builder: who builds them, one of `limits.BUILDERS`.

    Returns:
        0 when all hold, else 1.

    Raises:
        CourseError: when there is no sandbox here, with the reason.
    """
    from course_utils.sandbox.probes import probe
    from course_utils.sandbox.rights import is_root
    from course_utils.sandbox.warm_process import program

    found = program(builder)
    table = Table("wall", "holds", "what got through", title="course doctor --sandbox")
    findings = list(track(probe(builder), "Trying the walls", transient=True, total=None))
    for finding in findings:
        table.add_row(finding.wall, "NO" if finding.open else "yes", Text(finding.open))
    console = Console()
    console.print(table)
    user = "root" if is_root() else "an ordinary user"
    console.print(f"{found.version} ({found.path}), run by {user}", soft_wrap=True, markup=False)
    return int(any(finding.open for finding in findings))


def tests(names: Iterable[str]) -> int:
    """Print the kill matrix of the units: each sample answer, its points, and the hints it got.

    At the end: how many right answers were accepted, how many wrong and neutral ones rejected, and
    how many were told a misconception that is not theirs.

    Returns:
        0 when every answer got what it must, else 1.
    """
    from course_utils.authoring.matrix import kill_matrix

    rows: list[Row] = []
    console = Console()
    for unit in units(repository(), names):
        table = Table("exercise", "answer", "must get", "points", "got", "", title=unit.name)
        for row in track(kill_matrix(unit), unit.name, transient=True):
            rows.append(row)
            got = ", ".join(row.hints) or "no hint"
            mark = "ok" if row.good else "WRONG"
            told = (row.answer.exercise, row.answer.name, row.wanted, f"{row.points:g}", got, mark)
            table.add_row(*told)
        console.print(table)
    console.print(_summary(rows))
    return 0 if all(row.good for row in rows) else 1


def _summary(rows: "Sequence[Row]") -> Table:
    table = Table("sample answers", "number", "accepted", "told another idea", title="all units")
    for kind in ("right", "wrong", "neutral"):
        found = [row for row in rows if row.answer.kind == kind]
        accepted = sum(row.points == row.full for row in found)
        misled = sum(row.misled for row in found)
        share = f"{accepted} ({accepted / max(len(found), 1):.1%})"
        table.add_row(kind, str(len(found)), share, str(misled))
    return table


def examine() -> Iterable[Finding]:
    """Look at Python, the packages, PyTorch, the browser, the sandbox and the data, in turn."""
    version = platform.python_version()
    old = sys.version_info < (3, 11)
    yield Finding("Python", version, "Install Python 3.11 or newer." if old else "")
    yield from map(_package, _required(""))
    for extra in importlib.metadata.metadata(DISTRIBUTION).get_all("Provides-Extra", ()):
        yield _extra(extra)
    yield _torch()
    yield _program("chromium", "Browser tests are skipped; install Debian's package chromium.")
    yield _sandbox()
    yield _data()


def _package(name: str) -> Finding:
    try:
        return Finding(name, importlib.metadata.version(name))
    except importlib.metadata.PackageNotFoundError:
        return Finding(name, "nothing", "Run: pip install -c constraints.txt -e .")


def _extra(name: str) -> Finding:
    lacking = [package for package in _required(name) if _package(package).remedy]
    if not lacking:
        return Finding(f"extra {name}", "all there")
    remedy = f"For this role run: pip install -c constraints.txt -e '.[{name}]'"
    return Finding(f"extra {name}", f"lacks {', '.join(lacking)}", remedy, needed=False)


def _required(extra: str) -> Iterable[str]:
    """The packages that an extra brings, with those of the extras within it; "" is the base."""
    for line in importlib.metadata.requires(DISTRIBUTION) or ():
        requirement = Requirement(line)
        marker = requirement.marker
        in_base = marker is None or marker.evaluate({"extra": ""})
        in_extra = not in_base and marker is not None and marker.evaluate({"extra": extra})
        if not (in_extra if extra else in_base):
            continue
        if requirement.name == DISTRIBUTION:
            for part in requirement.extras:
                yield from _required(part)
        else:
            yield requirement.name


def _torch() -> Finding:
    """PyTorch and torchvision must come from the same build, or torchvision does not import."""
    command = [sys.executable, "-c", "import torch, torchvision"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode == 0:
        return Finding("PyTorch imports", "yes")
    last = result.stderr.strip().splitlines()[-1] if result.stderr.strip() else "no message"
    if "torchvision::nms" in result.stderr:
        remedy = "torch and torchvision are of different builds. Reinstall both together: "
        remedy += "pip install --force-reinstall -c constraints.txt torch torchvision"
    else:
        remedy = "Reinstall both: pip install -c constraints.txt torch torchvision"
    return Finding("PyTorch imports", last, remedy)


def _program(name: str, remedy: str) -> Finding:
    path = shutil.which(name)
    return Finding(name, "yes" if path else "nothing", "" if path else remedy, needed=False)


def _sandbox() -> Finding:
    """Whether student code can be shut in here: a process is, for a trial."""
    from course_utils.sandbox import bubblewrap
    from course_utils.sandbox.warm_process import try_out

    try:
        program = bubblewrap.program()
        try_out()
    except bubblewrap.NoSandboxError as error:
        return Finding("sandbox", error.why, NO_SANDBOX, needed=False)
    return Finding("sandbox", f"stands ({program.version}, {program.path})")


def _data() -> Finding:
    from course_utils import data

    shape = data.phantoms.chest(n=1, size=28, seed=0).images.shape
    return Finding("phantoms", f"drawn, {shape[1]} × {shape[2]}")
