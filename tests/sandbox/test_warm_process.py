"""What student code finds in the sandbox, and what it does not."""

import os
import signal
import subprocess
import sys
import time

import pytest

from course_utils.errors import CourseError
from course_utils.protocol.channel import Channel
from course_utils.protocol.loss import LossReason, Lost
from course_utils.repository import repository, units
from course_utils.sandbox import bubblewrap, warm_process
from course_utils.sandbox.limits import Limits
from course_utils.sandbox.warm_process import Sandbox

pytestmark = pytest.mark.sandbox

LIMITS = Limits(cell_seconds=20, memory=200 * 2**20)


@pytest.fixture
def channel(warm):
    channel = Channel(warm.start(LIMITS), LIMITS.reply, lambda name: None)
    channel.allow(20)
    yield channel
    channel.close()


def printed(channel, source):
    (output,) = channel.run(source)
    assert output["output_type"] == "stream", output
    return output["text"].strip()


def test_there_are_no_other_processes_and_no_variables_of_the_instructor(channel, monkeypatch):
    monkeypatch.setenv("SECRET", "1")
    seen = (
        "import os; print([p for p in os.listdir('/proc') if p.isdigit()], 'SECRET' in os.environ)"
    )
    assert printed(channel, seen) == "['1'] False"


def test_nothing_of_the_course_but_the_package_is_there(channel):
    root = os.path.dirname(os.path.dirname(os.path.dirname(__file__)))
    seen = f"import os; print(os.listdir('/course'), os.path.exists({root!r} + '/solutions'))"
    assert printed(channel, seen) == "['course_utils'] False"


def test_a_module_that_is_not_warm_yet_can_be_imported(channel):
    assert printed(channel, "import course_utils.checks.losses, statistics\nprint('yes')") == "yes"


def test_no_oracle_is_there(channel):
    code = (
        "from course_utils.checks import convolution as check\n"
        "import os\n"
        "print(check.conv2d(1), *os.listdir(os.path.dirname(check.__file__)), sep='|')"
    )
    said, *folder = printed(channel, code).split("|")
    assert said == "This is checked by the grader, outside the sandbox."
    topics = {f"{unit.topic}.py" for unit in units(repository())}
    assert set(folder) == {"__init__.py", "core", *topics}
    (output,) = channel.run("check.conv2d.oracle")
    assert output["ename"] == "AttributeError"


def test_a_cell_that_reads_a_report_goes_on(channel):
    code = (
        "from course_utils.checks import convolution as check\n"
        "report = check.conv2d(1)\n"
        "assert report.passed and report.earned == 6 and report.earned >= 2\n"
        "assert not report.earned < 6\n"
        "print(f'{report.earned:.0f} of {report.points}', float(report) + 1, *report.cases)"
    )
    assert printed(channel, code).startswith("1 of 1.0")


def test_what_a_cell_does_to_builtins_ends_with_it(channel):
    assert channel.run("import builtins\nbuiltins.max = lambda *values: 0") == []
    assert printed(channel, "print(max(1, 2))") == "2"


@pytest.mark.parametrize("place", ["/usr/x", "/course/x", "/etc/x", "/dev/x", "/root/x"])
def test_the_system_cannot_be_written_to(channel, place):
    (output,) = channel.run(f"open({place!r}, 'w')")
    assert output["ename"] in ("OSError", "PermissionError", "FileNotFoundError")


def test_there_is_no_network(channel):
    (output,) = channel.run("import socket; socket.create_connection(('127.0.0.1', 9), 1)")
    assert output["ename"] in ("OSError", "ConnectionRefusedError")
    (output,) = channel.run("socket.create_connection(('192.0.2.1', 80), 1)")
    assert output["ename"] == "OSError"


def test_new_namespaces_and_tracing_are_refused(channel):
    calls = (
        "c = __import__('ctypes').CDLL(None); print(c.unshare(0x10000000), c.ptrace(0, 0, 0, 0))"
    )
    assert printed(channel, calls) == "-1 -1"


def test_files_do_not_outlive_their_submission(warm):
    for _ in range(2):
        channel = Channel(warm.start(LIMITS), LIMITS.reply, lambda name: None)
        channel.allow(20)
        source = "import os; print('a' in os.listdir('/tmp'), os.listdir('.'))"
        assert printed(channel, f"{source}; open('/tmp/a', 'w').close()") == "False []"
        channel.close()


def test_each_submission_draws_from_another_seed(warm):
    drawn = set()
    for _ in range(2):
        channel = Channel(warm.start(LIMITS), LIMITS.reply, lambda name: None)
        channel.allow(20)
        drawn.add(printed(channel, "import random, numpy, torch\nprint(random.random())"))
        channel.close()
    assert len(drawn) == 2


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("import os; os._exit(3)", LossReason.DIED),
        ("kept = []\nwhile True: kept.append(b'x' * 10**6)", LossReason.MEMORY),
        ("while True: pass", LossReason.TIMEOUT),
    ],
)
def test_what_ends_a_process_is_known(warm, source, reason):
    channel = Channel(warm.start(LIMITS), LIMITS.reply, lambda name: None)
    channel.allow(3 if reason is LossReason.TIMEOUT else 30)
    with pytest.raises(Lost) as lost:
        channel.run(source)
    assert lost.value.reason is reason


def test_a_thread_left_behind_ends_with_its_submission(warm):
    channel = Channel(warm.start(LIMITS), LIMITS.reply, lambda name: None)
    channel.allow(20)
    channel.run("import threading, time\nthreading.Thread(target=time.sleep, args=(99,)).start()")
    started = time.monotonic()
    channel.close()
    assert time.monotonic() - started < 15


def test_the_folder_of_a_killed_grader_goes_with_the_next_start(tmp_path, monkeypatch):
    monkeypatch.setattr(warm_process, "FOLDERS", tmp_path)
    code = f"""
import os, signal
from pathlib import Path
from course_utils.sandbox import bubblewrap, warm_process
from course_utils.sandbox import warm_process
warm_process.FOLDERS = Path({str(tmp_path)!r})
warm_process.Sandbox()
os.kill(os.getpid(), signal.SIGKILL)
"""
    ended = subprocess.run([sys.executable, "-c", code], check=False)
    (left,) = tmp_path.iterdir()
    (tmp_path / "grading-of-another-kind").mkdir()
    with Sandbox(), Sandbox():
        ours = {path.name for path in tmp_path.glob(f"grading-{os.getpid()}-*")}
        assert {path.name for path in tmp_path.iterdir()} == {*ours, "grading-of-another-kind"}
    assert ended.returncode == -signal.SIGKILL
    assert len(ours) == 2
    assert left.name not in ours


def test_an_environment_in_a_temporary_folder_stays_in_sight(tmp_path):
    (tmp_path / "environment" / "lib").mkdir(parents=True)
    (tmp_path / "environment" / "lib" / "module.py").touch()
    (tmp_path / "other").mkdir()
    code = f"""
import os
from course_utils.sandbox import namespaces as own
own.call("unshare", own._NEWNS, what="mounts")
own._mount("none", "/", None, own._MS_REC | own._MS_PRIVATE)
place = {str(tmp_path)!r}
with own._kept([place + "/environment", "/usr"], under=(place,)):
    own._mount("tmpfs", place, "tmpfs", 0)
print(os.listdir(place), os.listdir(place + "/environment/lib"))
"""
    walls = [bubblewrap.program().path, "--unshare-user", "--cap-add", "ALL", "--bind", "/", "/"]
    command = [*walls, "--dev", "/dev", "--proc", "/proc", "--", sys.executable, "-c", code]
    seen = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (seen.stdout, seen.stderr) == ("['environment'] ['module.py']\n", "")


def test_a_kernel_that_refuses_a_system_call_is_told_by_its_name():
    """Under a filter like a container's: the grader stops, and nobody gets 0 points for it."""
    code = """
import errno
from course_utils.errors import CourseError
from course_utils.repository import repository, units
from course_utils.sandbox import system_calls
from course_utils.sandbox.limits import Limits
from course_utils.sandbox.warm_process import Sandbox
system_calls.refuse({"setpriority": errno.EPERM})
with Sandbox() as warm:
    try:
        warm.start(Limits())
    except CourseError as error:
        print(error)
"""
    seen = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    refused = "the kernel refuses the system call setpriority (a lower priority)"
    assert seen.stdout.startswith(
        f"Student code runs only in a sandbox, and there is none on this machine: {refused}"
    )


def test_a_warm_process_that_is_ended_is_an_error_of_the_grader():
    with Sandbox() as warm:
        warm.wait()
        os.kill(warm.pid, signal.SIGKILL)
        with pytest.raises(CourseError, match="Nothing is graded without one"):
            warm.start(LIMITS)


def test_so_it_is_for_each_child_that_it_had():
    with Sandbox() as warm:
        children = [warm.start(LIMITS), warm.start(LIMITS)]
        os.kill(warm.pid, signal.SIGKILL)
        for child in children:
            with pytest.raises(CourseError, match="Nothing is graded without one"):
                child.end()
