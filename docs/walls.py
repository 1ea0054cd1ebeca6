"""Writes the table of `instructors.md` that says which walls hold where, as they were tried here.

Run `python docs/walls.py` as root on a Linux machine with the container engines that are to be
tried; what is not there is marked as not tried. A test compares the rows with the probes.
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from course_utils.files import write_atomically
from course_utils.sandbox import bubblewrap, probes
from course_utils.sandbox.bubblewrap import NoSandboxError
from course_utils.sandbox.plain_processes import PlainProcesses
from course_utils.sandbox.probes import Finding

GUIDE = Path(__file__).with_name("instructors.md")
BEGIN, END = "<!-- walls: python docs/walls.py -->", "<!-- end of walls -->"
HOLDS, OPEN, UNTRIED = "holds", "**open**", "not tried"

BUILT = {
    "bubblewrap, as root": "bubblewrap",
    "Podman, as root": "podman",
    "Docker, as root": "docker",
}


def columns() -> Iterator[tuple[str, dict[str, str]]]:
    """For each way to run student code, what became of each wall."""
    for title, builder in BUILT.items():
        yield title, told(builder)
        if builder == "bubblewrap":
            yield "bubblewrap, as an ordinary user", told_to_an_ordinary_user()
    yield "`unsafe`", without_walls()


def told(builder: str) -> dict[str, str]:
    """What the probes say of walls that this builder has built."""
    try:
        return words(probes.probe(builder))
    except NoSandboxError:
        return {}


def words(findings: Iterator[Finding]) -> dict[str, str]:
    return {finding.wall: OPEN if finding.open else HOLDS for finding in findings}


def told_to_an_ordinary_user() -> dict[str, str]:
    """The same for a user without rights, as whom this script is run again in a user namespace."""
    user = [bubblewrap.program().path, "--unshare-user", "--uid", "1000", "--gid", "1000"]
    command = [*user, "--dev-bind", "/", "/", "--", sys.executable, __file__, "bubblewrap"]
    return json.loads(subprocess.check_output(command))


def without_walls() -> dict[str, str]:
    """The same for plain processes; their limits are watched, so those are not tried with them."""
    plain = PlainProcesses()
    plain.pid = os.getpid()
    found = {}
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        tempfile.NamedTemporaryFile(prefix="course-") as secret,
    ):
        bait = probes.Bait(server.getsockname(), [secret.name], os.environ["PATH"], "PATH")
        for wall, try_it in probes.WALLS.items():
            found[wall] = OPEN if try_it(plain, bait) else HOLDS
    plain.close()
    return found


def table() -> str:
    """The table in Markdown."""
    tried = dict(columns())
    lines = [["wall", *tried], ["---"] * (len(tried) + 1)]
    for wall in probes.WALLS:
        lines.append([wall, *(found.get(wall, UNTRIED) for found in tried.values())])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    if sys.argv[1:]:
        print(json.dumps(told(sys.argv[1])))
        sys.exit()
    before, _, rest = GUIDE.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    write_atomically(GUIDE, f"{before}{BEGIN}\n\n{table()}\n\n{END}{after}")
