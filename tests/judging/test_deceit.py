"""Answers that deceive laws and observers, from the sandbox: what decides is on this side.

`tests/checks/test_hostile_answers.py` has the same for every exercise, in one process.
"""

import re
from dataclasses import replace

import pytest

from course_utils.authoring.answers import load
from course_utils.checks import exercises
from course_utils.judging.cell_names import Definitions
from course_utils.protocol.channel import Channel
from course_utils.repository import repository, units
from course_utils.sandbox.limits import Limits
from course_utils.sandbox.warm_process import Sandbox

pytestmark = pytest.mark.sandbox

LIMITS = Limits()

LYING = """
class Lying:
    def __init__(self, value):
        self.value, self.shape, self.dtype = value, value.shape, value.dtype
    def sum(self, axis=None):
        return self.value.sum(axis=axis)
    def __getitem__(self, place):
        return self.value[place]
    def __array__(self, dtype=None, copy=None):
        return self.value

def NAME(*args):
    return Lying(right(*args))
"""
OVERWRITING = """
def NAME(*args):
    result = right(*args)
    for value in args:
        if isinstance(value, np.ndarray):
            value[...] = 0
    return result
"""
ZEROS = """
def NAME(*args):
    result = 0 * right(*args)
    for value in args:
        if isinstance(value, np.ndarray):
            value[...] = 0
    return result
"""
BUFFER = """
memory = np.zeros(10**5)

def NAME(*args):
    result = right(*args)
    place = memory[: result.size].reshape(result.shape)
    place[...] = result
    return place
"""
LATER = """
given = []

def NAME(*args):
    for old in given:
        old[...] = 7
    given.append(right(*args))
    return given[-1]
"""
NAN = """
def NAME(*args):
    return right(*args) + np.nan
"""
LAWS = ("max_pool2d", "max_pool2d_backward", "global_average_pool")

EVALUATE = """
def evaluate(model, loader, criterion):
    flags = [(module, module.training) for module in model.modules()]
    model.eval()
    total = hits = n = 0
    for x, y in loader:
        scores = model(x)
        total += criterion(scores, y).item() * len(y)
        hits += (scores.argmax(1) == y).sum().item()
        n += len(y)
    for module, flag in flags:
        module.training = flag
    UNDO
    return total / n, hits / n
"""
UNDOING = {
    "buffers": "[b.zero_() for name, b in model.named_buffers() if name.startswith('0.')]",
    "a false report": "getattr(model[0], '_report', print)(False)",
    "an attribute": "model[0].recorded = torch.zeros(())",
    "another probe": "model[0].register_buffer('recorded', torch.zeros(()))",
}
CHANGING = {
    "weights": "model[2].weight.data.add_(1)",
    "biases": "model[2].bias.data.zero_()",
    "running variance of the batch norm": "model[1][0].running_var.add_(1)",
}
LATE = {
    "a key that is asked for its dtype": (
        *("convolution", "classical_kernels", "not allowed|must be a dict"),
        """
class Key(np.str_):
    @property
    def dtype(self):
        import_of = __import__("sci" + "py.ndimage")
        self.kernel[...] = import_of.ndimage.correlate(self.right, np.ones((1, 1)))
        return np.str_.dtype.__get__(self)

def classical_kernels():
    found = {}
    for name, kernel in right().items():
        key = Key(name)
        key.right, key.kernel = kernel, 0.0 * kernel
        found[key] = key.kernel
    return found
""",
    ),
    "a network that is asked for its name": (
        *("cnn", "vgg_features", "not allowed"),
        """
class Late(torch.nn.Sequential):
    @property
    def __name__(self):
        if not len(self):
            __import__("torch" + "vision.models").models
            self.extend(self.__dict__["make"]())
        return "Late"

def vgg_features(*args, **kwargs):
    late = Late()
    late.__dict__["make"] = lambda: right(*args, **kwargs)
    return late
""",
    ),
}


@pytest.fixture(scope="module")
def warm():
    with Sandbox() as process:
        yield process


@pytest.fixture
def ask(warm):
    """Runs cells in a process of the student; gives what a name stands for."""
    channels = []

    def run(name, *cells):
        definitions = Definitions()
        channel = Channel(warm.start(LIMITS), LIMITS.reply, definitions.definition)
        channels.append(channel)
        channel.allow(60)
        for cell in cells:
            definitions.add(cell)
            assert channel.run(cell) == []
        return channel.look([name])[name]

    yield run
    for channel in channels:
        channel.close()


def unit_of(topic):
    return next(unit for unit in units(repository()) if unit.topic == topic)


def right(name: str, topic: str = "pooling") -> str:
    return next(a for a in load(unit_of(topic)).variants if a.exercise == name).source


@pytest.mark.parametrize("deceit", [LYING, OVERWRITING, ZEROS, NAN])
@pytest.mark.parametrize("name", LAWS)
def test_a_law_alone_gives_nothing(name, deceit, ask):
    exercise = exercises("pooling")[name]
    cells = ["import numpy as np", right(name), f"right = {name}", deceit.replace("NAME", name)]
    for case in (case for case in exercise.cases if case.conditional):
        report = replace(exercise, cases=(case,))(ask(name, *cells), seed=5)
        assert not report.problem
        assert not report.earned, case.name


@pytest.mark.parametrize("deceit", [BUFFER, LATER])
@pytest.mark.parametrize("name", LAWS)
def test_results_that_change_later_obey_no_law(name, deceit, ask):
    exercise = exercises("pooling")[name]
    cells = ["import numpy as np", right(name), f"right = {name}", deceit.replace("NAME", name)]
    report = exercise(ask(name, *cells), seed=5)
    pairs = zip(exercise.cases, report.cases, strict=True)
    assert not [case.name for case, result in pairs if case.conditional and result.passed]


def test_an_evaluation_with_gradients_is_found_without_any_deceit(ask):
    honest = EVALUATE.replace("model.eval()", "model.eval(); torch.set_grad_enabled(False)")
    honest = honest.replace("UNDO", "torch.set_grad_enabled(True)")
    evaluate = exercises("cnn")["evaluate"]
    assert evaluate(ask("evaluate", "import torch", honest), seed=5).passed
    careless = EVALUATE.replace("UNDO", "pass")
    assert evaluate(ask("evaluate", "import torch", careless), seed=5).earned == 0


@pytest.mark.parametrize("undo", UNDOING.values(), ids=UNDOING)
def test_an_evaluation_cannot_undo_what_was_reported(undo, ask):
    evaluate = exercises("cnn")["evaluate"]
    found = evaluate(ask("evaluate", "import torch", EVALUATE.replace("UNDO", undo)), seed=5)
    assert found.earned == 0
    assert not found.problem


@pytest.mark.parametrize("change", CHANGING.values(), ids=CHANGING)
def test_an_evaluation_must_leave_all_numbers_of_the_network(change, ask):
    source = EVALUATE.replace("model.eval()", "model.eval(); torch.set_grad_enabled(False)")
    source = source.replace("UNDO", f"{change}; torch.set_grad_enabled(True)")
    assert exercises("cnn")["evaluate"](ask("evaluate", "import torch", source), seed=5).earned == 0


@pytest.mark.parametrize(("topic", "name", "said", "late"), LATE.values(), ids=LATE)
def test_what_computes_when_it_is_looked_at_keeps_the_rules(topic, name, said, late, ask):
    cells = ["import numpy as np, torch", "from torch import nn", right(name, topic)]
    report = exercises(topic)[name](ask(name, *cells, f"right = {name}", late), seed=5)
    assert report.earned == 0
    assert re.search(said, report.problem or report.cases[0].hint)
