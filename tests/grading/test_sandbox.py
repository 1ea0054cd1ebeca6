"""What student code finds in the sandbox, and what it does not."""

import os
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

from course_utils.errors import CourseError
from course_utils.grading import bubblewrap, sandbox
from course_utils.grading.constants import kept
from course_utils.grading.limits import Limits, Lost, Reason
from course_utils.grading.remote import Line
from course_utils.grading.sandbox import Warm

pytestmark = pytest.mark.sandbox

LIMITS = Limits(cell_seconds=20, memory=200 * 2**20)


@pytest.fixture(scope="module", params=["with all rights", "in a user namespace"])
def warm(request):
    """The sandbox as root may build it, and as everybody else must."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "in a user namespace":
            patch.setattr(bubblewrap, "is_root", lambda: False)
        elif not bubblewrap.is_root():
            pytest.skip("only root grades in this way")
        with Warm() as process:
            yield process


@pytest.fixture
def line(warm):
    line = Line(warm.start(LIMITS), LIMITS, lambda name: None)
    line.allow(20)
    yield line
    line.close()


def printed(line, source):
    (output,) = line.run(source)
    assert output["output_type"] == "stream", output
    return output["text"].strip()


def test_there_are_no_other_processes_and_no_variables_of_the_instructor(line, monkeypatch):
    monkeypatch.setenv("SECRET", "1")
    seen = (
        "import os; print([p for p in os.listdir('/proc') if p.isdigit()], 'SECRET' in os.environ)"
    )
    assert printed(line, seen) == "['1'] False"


def test_nothing_of_the_course_but_the_package_is_there(line):
    root = os.path.dirname(os.path.dirname(os.path.dirname(__file__)))
    seen = f"import os; print(os.listdir('/course'), os.path.exists({root!r} + '/solutions'))"
    assert printed(line, seen) == "['course_utils'] False"


def test_a_module_that_is_not_warm_yet_can_be_imported(line):
    assert printed(line, "import course_utils.checks.losses, statistics\nprint('yes')") == "yes"


def test_no_oracle_is_there(line):
    code = (
        "from course_utils.checks import convolution as check\n"
        "import os\n"
        "print(check.conv2d(1), os.listdir(os.path.dirname(check.__file__)))"
    )
    said = "This is checked by the grader, outside the sandbox. ['__init__.py']"
    assert printed(line, code) == said
    (output,) = line.run("check.conv2d.oracle")
    assert output["ename"] == "AttributeError"


def test_what_a_cell_does_to_builtins_ends_with_it(line):
    assert line.run("import builtins\nbuiltins.max = lambda *values: 0") == []
    assert printed(line, "print(max(1, 2))") == "2"


@pytest.mark.parametrize("place", ["/usr/x", "/course/x", "/etc/x", "/dev/x", "/root/x"])
def test_the_system_cannot_be_written_to(line, place):
    (output,) = line.run(f"open({place!r}, 'w')")
    assert output["ename"] in ("OSError", "PermissionError", "FileNotFoundError")


def test_there_is_no_network(line):
    (output,) = line.run("import socket; socket.create_connection(('127.0.0.1', 9), 1)")
    assert output["ename"] in ("OSError", "ConnectionRefusedError")
    (output,) = line.run("socket.create_connection(('192.0.2.1', 80), 1)")
    assert output["ename"] == "OSError"


def test_new_namespaces_and_tracing_are_refused(line):
    calls = (
        "c = __import__('ctypes').CDLL(None); print(c.unshare(0x10000000), c.ptrace(0, 0, 0, 0))"
    )
    assert printed(line, calls) == "-1 -1"


def test_files_do_not_outlive_their_submission(warm):
    for _ in range(2):
        line = Line(warm.start(LIMITS), LIMITS, lambda name: None)
        line.allow(20)
        source = "import os; print('a' in os.listdir('/tmp'), os.listdir('.'))"
        assert printed(line, f"{source}; open('/tmp/a', 'w').close()") == "False []"
        line.close()


def test_each_submission_draws_from_another_seed(warm):
    drawn = set()
    for _ in range(2):
        line = Line(warm.start(LIMITS), LIMITS, lambda name: None)
        line.allow(20)
        drawn.add(printed(line, "import random, numpy, torch\nprint(random.random())"))
        line.close()
    assert len(drawn) == 2


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("import os; os._exit(3)", Reason.DIED),
        ("kept = []\nwhile True: kept.append(b'x' * 10**6)", Reason.MEMORY),
        ("while True: pass", Reason.TIMEOUT),
    ],
)
def test_what_ends_a_process_is_known(warm, source, reason):
    line = Line(warm.start(LIMITS), LIMITS, lambda name: None)
    line.allow(3 if reason is Reason.TIMEOUT else 30)
    with pytest.raises(Lost) as lost:
        line.run(source)
    assert lost.value.reason is reason


def test_a_thread_left_behind_ends_with_its_submission(warm):
    line = Line(warm.start(LIMITS), LIMITS, lambda name: None)
    line.allow(20)
    line.run("import threading, time\nthreading.Thread(target=time.sleep, args=(99,)).start()")
    started = time.monotonic()
    line.close()
    assert time.monotonic() - started < 15


def test_layouts_and_changes_cross(line):
    line.run(
        "def f(x):\n    kind = x.strides, x.flags.writeable, str(x.dtype)\n"
        "    if x.flags.writeable: x[0] = 7\n    return kind"
    )
    f = line.look(["f"])["f"]
    x = np.arange(12.0, dtype=np.float32).reshape(3, 4)[::2, ::-2]
    assert f(x) == (x.strides, True, "float32")
    assert x[0].tolist() == [7, 7]
    x.flags.writeable = False
    assert f(x) == (x.strides, False, "float32")


def test_what_a_check_keeps_for_all_submissions_is_not_changed(warm, monkeypatch):
    from course_utils.checks.convolution import kernels

    constant = np.zeros(3)
    monkeypatch.setattr(kernels, "_CONSTANT", (constant,), raising=False)
    kept.cache_clear()
    line = Line(warm.start(LIMITS), LIMITS, lambda name: None)
    line.allow(20)
    line.run("def f(x, y):\n    x[:] = 9\n    y[:] = 9")
    f, own = line.look(["f"])["f"], np.zeros(3)
    f(constant, own)
    line.close()
    assert (constant.tolist(), own.tolist()) == ([0, 0, 0], [9, 9, 9])


def test_a_result_that_changes_later_changes_here(line):
    line.run("kept = []\ndef f(x):\n    kept.append(x)\n    return kept")
    f = line.look(["f"])["f"]
    first = f(1)
    assert first == [1]
    f(2)
    assert first == [1, 2]


def test_our_functions_are_called_back_with_plain_data(line):
    line.run("def f(g, x):\n    return g(x) + g(2 * x)")
    f = line.look(["f"])["f"]
    asked = []
    assert f(lambda x: asked.append(x) or x + 1, 3) == 11
    assert asked == [3, 6]


def test_an_exception_comes_as_its_builtin_type_with_its_line(line):
    line.run("class Bad(ValueError): ...\n\ndef f():\n    raise Bad('no')")
    f = line.look(["f"])["f"]
    with pytest.raises(ValueError, match="no") as raised:
        f()
    assert type(raised.value).__name__ == "Bad"
    assert raised.value.students_line == "line 4: raise Bad('no')"


def test_objects_and_generators_cross_as_stand_ins(line):
    line.run(
        "class Counter:\n    def __init__(self, n): self.n = n\n    def up(self): self.n += 1\n"
        "def numbers():\n    n = 0\n    while True:\n        yield n\n        n += 1"
    )
    found = line.look(["Counter", "numbers", "nothing"])
    assert set(found) == {"Counter", "numbers"}
    counter = found["Counter"](3)
    counter.up()
    assert (type(counter).__name__, counter.n) == ("Counter", 4)
    numbers = found["numbers"]()
    assert [next(numbers) for _ in range(3)] == [0, 1, 2]


def test_a_network_stays_there_and_answers_questions(line):
    import torch

    from course_utils.checks.core import modules

    line.run(
        "from torch import nn\ndef build():\n    return nn.Linear(2, 1)\n"
        "def freeze(net):\n    net.weight.requires_grad_(False)\n    net.eval()"
    )
    found = line.look(["build", "freeze"])
    network = found["build"]()
    assert modules.parameter_shapes(network) == {"weight": (1, 2), "bias": (1,)}
    assert modules.forward(network, torch.ones(3, 2)).shape == (3, 1)
    ours = torch.nn.Sequential(torch.nn.Linear(2, 1))[0]
    found["freeze"](ours)
    assert (ours.weight.requires_grad, ours.bias.requires_grad, ours.training) == (
        False,
        True,
        False,
    )


def test_the_folder_of_a_killed_grader_goes_with_the_next_start(tmp_path, monkeypatch):
    monkeypatch.setattr(sandbox, "FOLDERS", tmp_path)
    code = f"""
import os, signal
from pathlib import Path
from course_utils.grading import bubblewrap, sandbox
sandbox.FOLDERS = Path({str(tmp_path)!r})
sandbox.Warm()
os.kill(os.getpid(), signal.SIGKILL)
"""
    ended = subprocess.run([sys.executable, "-c", code], check=False)
    (left,) = tmp_path.iterdir()
    (tmp_path / "grading-of-another-kind").mkdir()
    with Warm(), Warm():
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
from course_utils.grading import namespaces as own
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
from course_utils.grading import system_calls
from course_utils.grading.limits import Limits
from course_utils.grading.sandbox import Warm
system_calls.refuse({"setpriority": errno.EPERM})
with Warm() as warm:
    try:
        warm.start(Limits())
    except CourseError as error:
        print(error)
"""
    seen = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    refused = "the kernel refuses the system call setpriority (a lower priority)"
    assert seen.stdout.startswith(
        f"The sandbox does not work here, so nothing was graded: {refused}"
    )


def test_a_warm_process_that_is_ended_is_an_error_of_the_grader():
    with Warm() as warm:
        warm.wait()
        os.kill(warm.pid, signal.SIGKILL)
        with pytest.raises(CourseError, match="nothing was graded"):
            warm.start(LIMITS)
