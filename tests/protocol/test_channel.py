"""What crosses between the grader and a student's process, and what stands for what stays there."""

import numpy as np
import pytest

from course_utils.protocol.channel import Channel
from course_utils.protocol.kept_values import kept
from course_utils.sandbox.limits import Limits
from course_utils.sandbox.warm_process import Sandbox

pytestmark = pytest.mark.sandbox

LIMITS = Limits(cell_seconds=20, memory=200 * 2**20)


@pytest.fixture(scope="module")
def warm():
    with Sandbox() as process:
        yield process


@pytest.fixture
def channel(warm):
    channel = Channel(warm.start(LIMITS), LIMITS.reply, lambda name: None)
    channel.allow(20)
    yield channel
    channel.close()


def test_layouts_and_changes_cross(channel):
    channel.run(
        "def f(x):\n    kind = x.strides, x.flags.writeable, str(x.dtype)\n"
        "    if x.flags.writeable: x[0] = 7\n    return kind"
    )
    f = channel.look(["f"])["f"]
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
    channel = Channel(warm.start(LIMITS), LIMITS.reply, lambda name: None)
    channel.allow(20)
    channel.run("def f(x, y):\n    x[:] = 9\n    y[:] = 9")
    f, own = channel.look(["f"])["f"], np.zeros(3)
    f(constant, own)
    channel.close()
    assert (constant.tolist(), own.tolist()) == ([0, 0, 0], [9, 9, 9])


def test_a_result_that_changes_later_changes_here(channel):
    channel.run("kept = []\ndef f(x):\n    kept.append(x)\n    return kept")
    f = channel.look(["f"])["f"]
    first = f(1)
    assert first == [1]
    f(2)
    assert first == [1, 2]


def test_our_functions_are_called_back_with_plain_data(channel):
    channel.run("def f(g, x):\n    return g(x) + g(2 * x)")
    f = channel.look(["f"])["f"]
    asked = []
    assert f(lambda x: asked.append(x) or x + 1, 3) == 11
    assert asked == [3, 6]


def test_an_exception_comes_as_its_builtin_type_with_its_line(channel):
    channel.run("class Bad(ValueError): ...\n\ndef f():\n    raise Bad('no')")
    f = channel.look(["f"])["f"]
    with pytest.raises(ValueError, match="no") as raised:
        f()
    assert type(raised.value).__name__ == "Bad"
    assert raised.value.students_line == "line 4: raise Bad('no')"


def test_objects_and_generators_cross_as_proxies(channel):
    channel.run(
        "class Counter:\n    def __init__(self, n): self.n = n\n    def up(self): self.n += 1\n"
        "def numbers():\n    n = 0\n    while True:\n        yield n\n        n += 1"
    )
    found = channel.look(["Counter", "numbers", "nothing"])
    assert set(found) == {"Counter", "numbers"}
    counter = found["Counter"](3)
    counter.up()
    assert (type(counter).__name__, counter.n) == ("Counter", 4)
    numbers = found["numbers"]()
    assert [next(numbers) for _ in range(3)] == [0, 1, 2]


def test_a_network_stays_there_and_answers_questions(channel):
    import torch

    from course_utils.checks.core import modules

    channel.run(
        "from torch import nn\ndef build():\n    return nn.Linear(2, 1)\n"
        "def freeze(net):\n    net.weight.requires_grad_(False)\n    net.eval()"
    )
    found = channel.look(["build", "freeze"])
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


def test_a_network_whose_layers_are_not_made_yet_costs_nobody_anything(channel):
    from course_utils.checks.core import modules

    channel.run(
        "from torch import nn\n\n"
        "def make(): return nn.Sequential(nn.LazyLinear(3))\n\n"
        "class Odd(nn.Module):\n    def state_dict(self): raise KeyError('none')\n"
    )
    found = channel.look(["make", "Odd"])
    assert modules.kinds(found["make"]()) == {"0": "LazyLinear"}
    assert modules.kinds(found["Odd"]()) == {"": "Odd"}
