"""`course doctor --sandbox`: a hostile program finds no way out, and every one without walls."""

import os
import socket
import subprocess
import sys

import pytest
from tiny_unit import ROOT

from course_utils import cli
from course_utils.sandbox import bubblewrap, probes
from course_utils.sandbox import probe_programs as programs
from course_utils.sandbox.plain_processes import PlainProcesses
from course_utils.sandbox.warm_process import Sandbox


@pytest.mark.sandbox
def test_every_wall_holds(capsys):
    assert cli.main(["doctor", "--sandbox"]) == 0
    printed = capsys.readouterr().out
    assert printed.count(" yes ") == len(probes.WALLS)
    assert "bubblewrap 0." in printed


@pytest.mark.sandbox
def test_every_wall_holds_for_an_ordinary_user():
    """Whom this process is within a user namespace, with no rights beyond it."""
    program = bubblewrap.program().path
    user = [program, "--unshare-user", "--uid", "1000", "--gid", "1000", "--dev-bind", "/", "/"]
    command = [*user, "--", sys.executable, "-m", "course_utils.cli", "doctor", "--sandbox"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "run by an ordinary user" in ended.stdout


@pytest.fixture(scope="module")
def no_walls():
    plain = PlainProcesses()
    plain.pid = os.getpid()
    yield plain
    plain.close()


@pytest.fixture(scope="module")
def bait(tmp_path_factory):
    path = tmp_path_factory.mktemp("bait") / "file"
    path.touch()
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield probes.Bait(server.getsockname(), [str(path)], os.environ["PATH"], "PATH")


@pytest.mark.slow
@pytest.mark.parametrize(
    "wall",
    [wall for wall in probes.WALLS if not wall.startswith(("memory", "processes", "disk", "time"))],
)
def test_what_is_open_without_walls_is_found(no_walls, bait, wall):
    said = probes.WALLS[wall](no_walls, bait)
    assert said
    assert "the probe was lost" not in said


def test_without_a_sandbox_its_reason_is_said(monkeypatch, capsys):
    monkeypatch.setattr(bubblewrap, "installed", list)
    assert cli.main(["doctor", "--sandbox"]) == 1
    assert "bubblewrap is not installed" in capsys.readouterr().err


@pytest.mark.sandbox
@pytest.mark.parametrize("wall", ["no network", "nothing is left for the next submission"])
def test_a_probe_that_is_lost_says_nothing_of_its_wall(bait, wall, monkeypatch):
    for name in ("NETWORK", "LEAVING"):
        monkeypatch.setattr(programs, name, "import os; os._exit(1)")
    try_it = probes._leave if "left" in wall else probes._ask(programs.NETWORK)
    with Sandbox() as warm:
        assert "the probe was lost: kernel died" in try_it(warm, bait)
