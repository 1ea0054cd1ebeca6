"""Answers made to deceive a comparison, for every exercise: they earn nothing with it.

Each is made of a right answer, so that nothing but the deceit is wrong with it.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
import torch

from course_utils.authoring import answers
from course_utils.checks import exercises
from course_utils.checks.core import Forbid, PropertyCase
from course_utils.checks.core import exercise as core_exercise
from course_utils.checks.core.values import is_tensor
from course_utils.repository import repository, units

UNITS = units(repository())
EXERCISES = [
    pytest.param(unit, name, id=f"{unit.topic}-{name}")
    for unit in UNITS
    for name in exercises(unit.topic)
]
LAWS = [
    pytest.param(unit, name, id=f"{unit.topic}-{name}")
    for unit in UNITS
    for name, exercise in exercises(unit.topic).items()
    if any(isinstance(case, PropertyCase) for case in exercise.cases)
]
GIVING = [each for each in LAWS if each.values[1] != "freeze"]
"""`freeze` changes what it gets and returns nothing."""
load = cache(answers.load)


@pytest.fixture(autouse=True)
def no_rule_at_the_door(monkeypatch):
    """Rules on an answer's text would refuse these answers before they are compared."""
    monkeypatch.setattr(core_exercise, "OWN_WORK", Forbid((), ""))


def right(unit, name: str) -> tuple[Callable, ...]:
    return next(a for a in load(unit).variants if a.exercise == name).functions


def judged(exercise, functions, *cases):
    """The report, of all cases or of these alone."""
    return replace(exercise, rules=(), cases=cases or exercise.cases)(*functions, seed=5)


class Deceit:
    """A right answer, and what it does with its results and arguments."""

    def __init__(self, function: Callable) -> None:
        self._function = function
        self.done = 0

    def __call__(self, *args, **kwargs):
        try:
            return self.changed(self._function(*args, **kwargs))
        finally:
            self.spoil((*args, *kwargs.values()))

    def changed(self, value):
        if type(value) in (list, tuple):
            return type(value)(map(self.changed, value))
        if type(value) is dict:
            return {key: self.changed(item) for key, item in value.items()}
        if isinstance(value, torch.nn.Module):
            value.register_forward_hook(lambda network, inputs, output: self.changed(output))
            return value
        if hasattr(value, "__next__"):
            return map(self.changed, value)
        return self.number(value)

    def number(self, value):
        """An array, tensor or number of the result."""
        return value

    def spoil(self, arguments) -> None: ...


class Honest(Deceit):
    """Nothing is wrong with it: the others' points are lost to what they do."""


class NaN(Deceit):
    filling = float("nan")

    def number(self, value):
        if is_tensor(value) and value.dtype is not torch.bool:
            self.done += value.numel() > 0
            wide = torch.promote_types(value.dtype, torch.float16)
            return self.filled(value.detach().to(wide, copy=True))
        if isinstance(value, np.ndarray) and value.dtype.kind in "iuf":
            self.done += value.size > 0
            return self.filled(value.astype(np.promote_types(value.dtype, np.float16)))
        if isinstance(value, int | float | np.number) and not isinstance(value, bool):
            self.done += 1
            return self.filling
        return value

    def filled(self, value):
        value[...] = self.filling
        return value


class Infinity(NaN):
    filling = float("inf")


class OneNaN(NaN):
    """All right but the last number."""

    def filled(self, value):
        if value.shape and all(value.shape):
            value[(-1,) * value.ndim] = self.filling
        return value if value.shape else super().filled(value)


class LyingArray(np.ndarray):
    """Agrees with everything, whatever it is asked."""

    def __array_function__(self, function, types, args, kwargs):
        return True

    def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
        return np.bool_(True)

    def sum(self, *args, **kwargs):
        return self


class LyingTensor(torch.Tensor):
    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None):
        return True


class Subclass(Deceit):
    def number(self, value):
        if is_tensor(value):
            self.done += 1
            return value.detach().as_subclass(LyingTensor)
        if type(value) is np.ndarray:
            self.done += 1
            return value.view(LyingArray)
        return value


class Overwrites(Deceit):
    """Right, and then the arguments are no longer what they were."""

    def spoil(self, arguments) -> None:
        for value in arguments:
            if isinstance(value, list | tuple | dict):
                self.spoil(value.values() if isinstance(value, dict) else value)
            elif isinstance(value, torch.nn.Module):
                self.spoil(value.state_dict().values())
            elif isinstance(value, np.ndarray) and value.flags.writeable and value.size:
                self.done += 1
                value[...] = value + 1
            elif isinstance(value, torch.Tensor) and value.numel():
                self.done += 1
                value.detach().add_(1)


class SameBuffer(Deceit):
    """Every result lies in the same memory."""

    def __init__(self, function: Callable) -> None:
        super().__init__(function)
        self._memory = np.zeros(2**23, np.uint8)
        self._used = 0

    def __call__(self, *args, **kwargs):
        self._used = 0
        return super().__call__(*args, **kwargs)

    def number(self, value):
        array = value.detach().numpy() if is_tensor(value) else np.asarray(value)
        if array.dtype.kind not in "iuf" or not array.size:
            return value
        self.done += 1
        place = self._memory[self._used : self._used + array.nbytes].view(array.dtype)
        self._used += -(-array.nbytes // 8) * 8
        place = place.reshape(array.shape)
        place[...] = array
        return torch.from_numpy(place) if is_tensor(value) else place


class ChangesLater(SameBuffer):
    """What it has given is something else once it is called again."""

    def __call__(self, *args, **kwargs):
        self._memory[:] = 85
        self._memory = np.zeros(2**16, np.uint8)
        return super().__call__(*args, **kwargs)


def functions(deceit: type[Deceit], unit, name: str) -> tuple[Deceit, ...]:
    return tuple(map(deceit, right(unit, name)))


def laws(exercise) -> Iterator[int]:
    return (i for i, case in enumerate(exercise.cases) if isinstance(case, PropertyCase))


@pytest.mark.parametrize(("unit", "name"), EXERCISES)
def test_what_the_others_are_made_of_has_full_marks(unit, name):
    report = judged(exercises(unit.topic)[name], functions(Honest, unit, name))
    assert report.passed, [case for case in report.cases if not case.passed]


@pytest.mark.parametrize(
    "deceit", [NaN, *(pytest.param(each, marks=pytest.mark.slow) for each in (Infinity, OneNaN))]
)
@pytest.mark.parametrize(("unit", "name"), EXERCISES)
def test_numbers_that_are_none_earn_nothing(unit, name, deceit):
    exercise = exercises(unit.topic)[name]
    for case in exercise.cases:
        made = functions(deceit, unit, name)
        report = judged(exercise, made, case)
        assert not any(answer.done for answer in made) or not report.earned, case.name


@pytest.mark.slow
@pytest.mark.parametrize(("unit", "name"), EXERCISES)
def test_arrays_and_tensors_of_another_type_earn_nothing(unit, name):
    exercise = exercises(unit.topic)[name]
    for case in exercise.cases:
        made = functions(Subclass, unit, name)
        report = judged(exercise, made, case)
        assert not any(answer.done for answer in made) or not report.earned, case.name


@pytest.mark.parametrize("deceit", [Infinity, OneNaN, Subclass, Overwrites])
@pytest.mark.parametrize(("unit", "name"), LAWS)
def test_no_law_holds_of_what_is_none_of_ours(unit, name, deceit):
    exercise = exercises(unit.topic)[name]
    for place in laws(exercise):
        made = functions(deceit, unit, name)
        report = judged(exercise, made, exercise.cases[place])
        assert not any(answer.done for answer in made) or not report.earned, report.cases


@pytest.mark.parametrize("deceit", [SameBuffer, ChangesLater])
@pytest.mark.parametrize(("unit", "name"), GIVING)
def test_no_law_holds_where_a_later_call_changes_a_result(unit, name, deceit):
    exercise = exercises(unit.topic)[name]
    made = functions(deceit, unit, name)
    report = judged(exercise, made)
    assert all(answer.done for answer in made)
    assert not [report.cases[place].name for place in laws(exercise) if report.cases[place].passed]
