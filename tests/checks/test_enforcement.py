"""What is forbidden refuses to work in a student's call, and nowhere else."""

import sys
import types

import numpy as np
import pytest
import scipy.special
import torch

from course_utils.checks.core import enforcement
from course_utils.checks.core.enforcement import Breach, Enforcement

NAMES = ("torch", "scipy", "numpy.pad")


def call(function, *args, names=NAMES):
    with Enforcement(names, [globals()]) as calls:
        return calls.call(function, *args)


@pytest.mark.parametrize(
    ("function", "name"),
    [
        (lambda: getattr(torch, "ones")(2), "torch"),  # noqa: B009
        (lambda: __import__("scipy.ndimage").ndimage, "scipy"),
        (lambda: sys.modules["scipy.special"].expit(0.0), "scipy"),
        (lambda tools=(torch.ones,): tools[0](2), "torch"),
        (lambda tools=[np.pad]: tools[0](np.ones(2), 1), "numpy.pad"),
    ],
    ids=["module", "import", "loaded module", "function that is held", "function of NumPy"],
)
def test_a_use_is_a_breach(function, name):
    with pytest.raises(Breach, match=name):
        call(function)


def test_one_that_is_swallowed_is_still_a_breach():
    def tries():
        try:
            return torch.ones(2)
        except Exception:
            return np.ones(2)

    with pytest.raises(Breach, match="torch"):
        call(tries)


def test_what_is_allowed_works():
    assert call(lambda: np.pad(np.ones(2), 1).sum(), names=("torch",)) == 2
    assert call(lambda: scipy.special.expit(0.0), names=("torch",)) == 0.5


def test_a_library_goes_on_using_what_it_needs():
    from matplotlib.figure import Figure

    def draws():
        axes = Figure().subplots()
        axes.plot([1, 2])
        return len(axes.lines)

    assert call(draws) == 1


def test_our_own_functions_that_a_student_calls_go_on_as_well():
    from course_utils.checks.core.tensors import doubles

    assert call(lambda: type(doubles(np.ones(2))).__name__) == "Tensor"


def test_everything_is_as_before_afterwards():
    before = vars(np.pad.__wrapped__).copy(), np.pad.__wrapped__.__code__, list(sys.meta_path)
    with pytest.raises(Breach):
        call(lambda: torch.ones(2))
    assert type(torch) is type(scipy.special) is types.ModuleType
    after = vars(np.pad.__wrapped__), np.pad.__wrapped__.__code__, list(sys.meta_path)
    assert after == before
    assert enforcement._active == []
    assert torch.ones(2).sum() == 2


def test_outside_of_the_calls_everything_works():
    with Enforcement(NAMES, [globals()]):
        assert torch.ones(2).sum() == 2
        assert np.pad(np.ones(2), 1).sum() == 2


def test_one_inside_another_ends_alone():
    def inner():
        return call(lambda: 1, names=("scipy",))

    with pytest.raises(Breach, match="torch"):
        call(lambda: (inner(), torch.ones(2)))
