"""What one submission uses is its own loss, as root grades and as an ordinary user does."""

import mmap
import os
import signal
import subprocess
import sys
import tempfile

import pytest

from course_utils.protocol.channel import Channel
from course_utils.protocol.loss import LossReason, Lost
from course_utils.sandbox import bubblewrap, watch
from course_utils.sandbox.limits import MIB, Limits

pytestmark = pytest.mark.sandbox

LIMITS = Limits()
SOMEBODY = 4242
"""The number of an ordinary user."""


@pytest.fixture
def start(warm):
    """Starts submissions side by side."""
    channels = []

    def one(limits: Limits = LIMITS, seconds: float = 60) -> Channel:
        channels.append(Channel(warm.start(limits), limits.reply, lambda name: None))
        channels[-1].allow(seconds)
        return channels[-1]

    yield one
    for channel in channels:
        channel.close()


def printed(channel: Channel, source: str) -> str:
    (output,) = channel.run(source)
    assert output["output_type"] == "stream", output
    return output["text"].strip()


WORK_SECONDS = 1.5
WORK = f"""
import time
end = time.process_time() + {WORK_SECONDS}
while time.process_time() < end:
    pass
print("done")
"""

SPIN = """
import os
pids = []
for _ in range(14):
    pids.append(os.fork())
    if pids[-1] == 0:
        {apart}
        while True:
            pass
"""

USED = """
from pathlib import Path
stats = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in pids]
print(sum(int(stat[11]) + int(stat[12]) for stat in stats) / os.sysconf("SC_CLK_TCK"))
"""


@pytest.mark.parametrize("apart", ["pass", "os.setsid()"])
def test_processes_that_spin_cost_a_neighbour_nothing(start, apart):
    """On a busy machine, too: what they had is compared, not how long it took."""
    greedy = start(seconds=300)
    greedy.run(SPIN.format(apart=apart))
    assert printed(start(), WORK) == "done"
    assert float(printed(greedy, USED)) < 6 * WORK_SECONDS


@pytest.mark.parametrize("has_rival", [True, False])
def test_those_that_wait_for_a_processor_count_beside_a_rival(monkeypatch, has_rival):
    """Fourteen that had two tenths of a second together in five seconds of a busy machine."""
    signals = []
    monkeypatch.setattr(watch, "_signal", lambda ours, number: signals.append(number))
    child = watch.WatchedChild(1, LIMITS, 0, seen_at=0.0)
    for now in (0.0, 5.0):
        table = {
            pid: watch.Process((pid, 0), min(pid - 1, 1), 1, True, now * 0.04 / 14, 1, 0)
            for pid in range(1, 15)
        }
        child.look(table, now, has_rival)
    assert signals == [signal.SIGSTOP] * has_rival
    assert child.is_greedy == has_rival


def test_processor_time_is_counted_for_all_processes_together(start):
    greedy = start(Limits(cpu_seconds=3))
    with pytest.raises(Lost) as lost:
        greedy.run(SPIN.format(apart="pass") + "\nwhile True: pass")
    assert lost.value.reason is LossReason.CPU


SHORT_LIVES = """
import os, signal, time
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for _ in range(8):
    if os.fork() == 0:
        while True:  # each works for a moment and leaves the rest to its child
            end = time.monotonic() + 0.02
            while time.monotonic() < end:
                pass
            if os.fork():
                os._exit(0)
"""


def test_many_short_processes_count_as_one_long_one(start):
    greedy = start(Limits(cpu_seconds=3))
    with pytest.raises(Lost) as lost:
        greedy.run(SHORT_LIVES + "import time\ntime.sleep(50)")
    assert lost.value.reason is LossReason.CPU


THREADS = """
import threading, time
threading.stack_size(64 * 1024)
started = 0
try:
    for _ in range(500):
        threading.Thread(target=time.sleep, args=(50,), daemon=True).start()
        started += 1
except RuntimeError:
    pass
print(started)
"""


def test_threads_are_counted_for_each_submission_alone(start):
    if os.geteuid() == 0 and not bubblewrap.is_root():
        pytest.skip("of whom is root in truth the kernel counts no processes")
    for _ in range(3):
        assert LIMITS.tasks - 10 < int(printed(start(), THREADS)) < LIMITS.tasks
    assert printed(start(), "import subprocess\nprint(subprocess.check_output('ls') == b'')") == (
        "True"
    )


SOCKETS = """
import os, socket, time
kept = []
def fill():
    for _ in range(100):
        one, other = socket.socketpair()
        one.setblocking(False)
        one.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 2**22)
        kept.append((one, other))
        try:
            while True:
                one.send(bytes(100_000))
        except BlockingIOError:
            pass
    time.sleep(50)
for _ in range(10):
    if os.fork() == 0:
        fill()
time.sleep(50)
"""


@pytest.mark.slow
def test_so_they_are_for_an_ordinary_user():
    """In truth, not only within a user namespace, where root stays the kernel's root."""
    if os.geteuid():
        pytest.skip("the test above was run by an ordinary user")
    try:
        subprocess.run([sys.executable, "--version"], user=SOMEBODY, check=True)
    except PermissionError:
        pytest.skip("Python's environment is not open to other users")
    test = "test_threads_are_counted_for_each_submission_alone"
    command = [sys.executable, "-m", "pytest", "-n0", "-p", "no:cacheprovider"]
    ended = subprocess.run(
        [*command, __file__, "-k", test],
        user=SOMEBODY,
        group=SOMEBODY,
        extra_groups=[],
        env=os.environ | {"HOME": tempfile.gettempdir(), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "1 passed" in ended.stdout, ended.stdout + ended.stderr


def test_what_sockets_hold_is_memory(start):
    with pytest.raises(Lost) as lost:
        start(Limits(memory=300 * MIB)).run(SOCKETS)
    assert lost.value.reason is LossReason.MEMORY


def test_who_waits_without_working_has_no_longer(start):
    with pytest.raises(Lost) as lost:
        start(seconds=1).run("import time\ntime.sleep(50)")
    assert lost.value.reason is LossReason.TIMEOUT


def test_a_submission_is_nobody_of_the_graders(start):
    user = printed(start(), "import os\nprint(os.getuid())")
    assert int(user) not in (0, os.getuid())


def test_pages_of_files_that_the_warm_process_has_read_hide_no_memory(tmp_path):
    """It maps its libraries whole, its children what they use of them."""
    file = tmp_path / "library"
    file.write_bytes(bytes(64 * MIB))
    with file.open("rb") as library, mmap.mmap(library.fileno(), 0, prot=mmap.PROT_READ) as pages:
        before = watch._usage([os.getpid()])
        assert not any(pages[:: mmap.PAGESIZE])
        read = watch._usage([os.getpid()])
        held = b"x" * 64 * MIB
        assert read - before < 8 * MIB
        assert watch._usage([os.getpid()]) - read > len(held) // 2
