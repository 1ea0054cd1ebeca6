"""What a student wrote, told apart from libraries and from this package: code, frames and lines."""

import dis
import inspect
import re
import sysconfig
import traceback
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import CodeType, FrameType, FunctionType, ModuleType
from typing import Any

STUB = "This exercise has no answer yet."
"""What the release's stub raises with a `NotImplementedError`; `nbgrader_config.py` has it, too."""

COURSE, PYTHON = __name__.partition(".")[0], "python"
"""The `origin` of this package's files, and of Python's own."""

_COURSE_FOLDER = str(Path(__file__).parents[2])
_PYTHON_FOLDERS = (sysconfig.get_path("stdlib"), "<frozen ")
_INSTALLED = re.compile(r"(?:site|dist)-packages[\\/](\w+)")


@cache
def origin(filename: str) -> str:
    """Whose code a file is: the name of a package, `PYTHON`, or nothing where it is a student's."""
    if filename.startswith(_COURSE_FOLDER):
        return COURSE
    installed = _INSTALLED.search(filename)
    if installed:
        return installed[1]
    return PYTHON if filename.startswith(_PYTHON_FOLDERS) else ""


def is_library(filename: str) -> bool:
    """Whether a file is Python's, of an installed package or of this one."""
    return bool(origin(filename))


def own_line(error: BaseException) -> str:
    """The line of the student's own function where an error arose, `line 3: return x / 0`.

    Under the trusted grader the error arose in another process, which says the line: there it is
    the error's attribute `students_line`.
    """
    frames = traceback.extract_tb(error.__traceback__)[1:]  # the first frame is ours
    own = [frame for frame in frames if not is_library(frame.filename)]
    return f"line {own[-1].lineno}: {own[-1].line}" if own and own[-1].line else ""


def own_frames(frame: FrameType | None, until: CodeType) -> list[FrameType]:
    """The frames of a student's code, the innermost last, up to the call made by `until`."""
    found: list[FrameType] = []
    while frame is not None and frame.f_code is not until:
        if not is_library(frame.f_code.co_filename):
            found.insert(0, frame)
        frame = frame.f_back
    return found


def raised_by(error: BaseException) -> str:
    """The name of the function in which an error arose, a method's with its class's; or nothing."""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    own = [frame.f_code for frame in frames if not is_library(frame.f_code.co_filename)]
    return own[-1].co_qualname.rpartition("<locals>.")[2] if own else ""


def code_of(answer: Callable) -> Iterator[CodeType]:
    """The code of a function, or of the methods of a class, with that of functions inside it."""
    answer = inspect.unwrap(answer)
    if isinstance(answer, type):
        members = (getattr(member, "__func__", member) for member in vars(answer).values())
        functions = [each for each in members if isinstance(each, FunctionType)]
    else:
        functions = [answer] if isinstance(answer, FunctionType) else []
    todo = [each.__code__ for each in functions]
    while todo:
        code = todo.pop()
        if not is_library(code.co_filename):
            yield code
            todo += [each for each in code.co_consts if isinstance(each, CodeType)]


def is_stub(error: BaseException | None) -> bool:
    """Whether an error is the one that an exercise raises which nobody has written yet."""
    return isinstance(error, NotImplementedError) and str(error) == STUB


def variables_read(answer: Callable) -> list[str]:
    """The variables outside of it that an answer reads: no functions, modules and CONSTANTS."""
    names = {
        instruction.argval
        for code in code_of(answer)
        for instruction in dis.get_instructions(code)
        if instruction.opname == "LOAD_GLOBAL"
    }
    outside = _globals(answer)
    return sorted(name for name in names & set(outside) if _is_variable(name, outside[name]))


def _globals(answer: Callable) -> dict[str, Any]:
    answer = inspect.unwrap(answer)
    if isinstance(answer, type):
        module = inspect.getmodule(answer)
        return dict(vars(module)) if module else {}
    return getattr(answer, "__globals__", {})


def _is_variable(name: str, value: Any) -> bool:
    private_or_constant = name.startswith("_") or name.isupper()
    return not (private_or_constant or callable(value) or isinstance(value, ModuleType))
