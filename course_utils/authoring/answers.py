"""Sample answers to the exercises: wrong ones as students write them, and right ones.

They live in the repository, in `answers/TOPIC/EXERCISE.py`, one function or class each under a
decorator that says what it is:

    @wrong("conv2d", "kernel flipped")
    def flips_the_kernel(x, w, b, stride=1, padding=0): ...

    @variant("conv2d")
    def with_einsum(x, w, b, stride=1, padding=0): ...

    @neutral("conv2d", "a slip")
    def forgets_the_last_filter(x, w, b, stride=1, padding=0): ...

A *neutral* answer is wrong without an idea behind it (right values with a changed input, without
the refusals, in another dtype, as a list, a slip of one line): it loses points, and the check may
see no misconception in it.

An answer to an exercise of several functions is a *bundle*: a function without arguments that
defines them all, by their own names, and returns them in the exercise's order.

The tests of the tests, the kill matrix and the sample class all read them from there.
"""

import ast
import inspect
import sys
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import module_from_spec
from pathlib import Path
from types import ModuleType

from course_utils.errors import CourseError
from course_utils.repository import Unit


@dataclass(frozen=True)
class Answer:
    """A sample answer: wrong by a misconception, wrong by another fault, or right.

    Attributes:
        exercise: what it answers.
        function: the answer, or the bundle that makes its functions.
        misconception: the name of the hint that it must get.
        fault: what is wrong with a neutral answer, which must get no such hint.
        bundle: whether `function` makes the exercise's functions.
    """

    exercise: str
    function: Callable
    misconception: str = ""
    fault: str = ""
    bundle: bool = False

    @property
    def name(self) -> str:
        """What the answer is called in its file."""
        return self.function.__name__

    @property
    def kind(self) -> str:
        """`wrong`, `neutral` or `right`."""
        return "wrong" if self.misconception else "neutral" if self.fault else "right"

    @property
    def functions(self) -> tuple[Callable, ...]:
        """What the check is called with."""
        return self.function() if self.bundle else (self.function,)

    @property
    def source(self) -> str:
        """Its code under the names that the exercise asks for, ready for a solution cell."""
        text = textwrap.dedent(inspect.getsource(self.function))
        [node], lines = ast.parse(text).body, text.splitlines()
        if self.bundle and isinstance(
            node, ast.FunctionDef
        ):  # all but the `return` that hands its functions over
            inside = lines[node.body[0].lineno - 1 : node.body[-1].lineno - 1]
            return textwrap.dedent("\n".join(inside)).strip() + "\n"
        undecorated = "\n".join(lines[node.lineno - 1 :])
        return undecorated.replace(self.name, self.exercise, 1) + "\n"


@dataclass(frozen=True)
class Answers:
    """All sample answers of a unit, and why its surviving mutants are right answers."""

    wrong: tuple[Answer, ...]
    neutral: tuple[Answer, ...]
    variants: tuple[Answer, ...]
    survivors: dict[str, str]

    @property
    def all(self) -> tuple[Answer, ...]:
        """Every answer, whatever its kind."""
        return self.wrong + self.neutral + self.variants


_MARK = "sample_answer"


def wrong(exercise: str, misconception: str, *, bundle: bool = False) -> Callable:
    """Declare the function below as a wrong answer that must get the hint of a misconception."""
    return _declare(exercise, bundle, misconception=misconception)


def neutral(exercise: str, fault: str, *, bundle: bool = False) -> Callable:
    """Declare the function below as a wrong answer behind which there is no misconception."""
    return _declare(exercise, bundle, fault=fault)


def variant(exercise: str, *, bundle: bool = False) -> Callable:
    """Declare the function below as a right answer, written another way than the solution."""
    return _declare(exercise, bundle)


def _declare(exercise: str, bundle: bool, **of: str) -> Callable:
    def keep(function: Callable) -> Callable:
        answer = Answer(exercise, function, bundle=bundle, **of)
        setattr(function, _MARK, answer)
        return function

    return keep


def load(unit: Unit) -> Answers:
    """The sample answers of a unit: file by file, in the order of each file.

    Raises:
        CourseError: when the unit has none.
    """
    folder = unit.root / "answers" / unit.topic
    modules = [_module(path) for path in sorted(folder.glob("*.py"))]
    if not modules:
        raise CourseError(f"{unit.name} has no sample answers: expected files in {folder}.")
    found = [
        getattr(value, _MARK)
        for module in modules
        for value in vars(module).values()
        if hasattr(value, _MARK)
    ]
    survivors = [getattr(module, "SURVIVORS", {}) for module in modules]
    return Answers(
        wrong=tuple(answer for answer in found if answer.misconception),
        neutral=tuple(answer for answer in found if answer.fault),
        variants=tuple(answer for answer in found if not (answer.misconception or answer.fault)),
        survivors={change: why for each in survivors for change, why in each.items()},
    )


def _module(path: Path) -> ModuleType:
    name = f"answers.{path.parent.name}.{path.stem}"
    loader = SourceFileLoader(name, str(path))
    module = module_from_spec(ModuleSpec(name, loader, origin=str(path)))
    module.__file__ = str(path)
    sys.modules[name] = module  # inspect.getsource looks a class up there
    loader.exec_module(module)
    return module
