"""What the notebook around a check tells: cells that failed, and which cell defines a name."""

import dis
import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from course_utils.checks.core.rules import Written
from course_utils.checks.core.students_code import variables_read

_DEFINED = re.compile(r"^(?:async[ \t]+def|def|class)[ \t]+(\w+)|^(\w+)[ \t]*=(?!=)", re.MULTILINE)

_TOPIC = re.compile(r"course_utils\.checks\.\w+")

_unreadable: dict[str, tuple[str, Any]] = {}
"""For each name that a cell with a syntax error would have defined: the kind of error, and what
the name stood for then."""


def watch_cells() -> None:
    """From now on remember which cells of this notebook Python could not read.

    Where there is no IPython, or one that tells nothing of its cells, this does nothing.
    """
    ipython = sys.modules.get("IPython")
    shell = getattr(ipython, "get_ipython", lambda: None)()
    events = getattr(shell, "events", None)
    if events is None:
        return
    registered = getattr(events, "callbacks", {}).get("post_run_cell")
    if registered is not None and _after_cell not in registered:
        events.register("post_run_cell", _after_cell)


def _after_cell(result: Any) -> None:
    """Called by IPython after each cell, with its `ExecutionResult`."""
    error = getattr(result, "error_before_exec", None)
    source = getattr(getattr(result, "info", None), "raw_cell", None)
    if not isinstance(error, SyntaxError) or not isinstance(source, str):
        return
    names = sys.modules["IPython"].get_ipython().user_ns
    for match in _DEFINED.finditer(source):
        name = match[1] or match[2]
        if name in names:
            _unreadable[name] = type(error).__name__, names[name]


def not_redefined(answer: Any) -> str:
    """That the cell of an answer had a syntax error since the answer was defined; or nothing."""
    for name, (kind, before) in _unreadable.items():
        if before is answer:
            return (
                f"The last run of the cell that defines {name} ended with a {kind}: "
                "the check sees it as it was before."
            )
    return ""


def reads_variables(name: str, answer: Callable) -> str:
    """That an answer reads variables of the notebook, perhaps by mistake; or nothing."""
    if isinstance(answer, Written):
        return ""
    read = " and ".join(f"`{each}`" for each in variables_read(answer))
    return f"{name} reads {read} from the notebook, not from its arguments." if read else ""


def advice_on_name(error: BaseException) -> str:
    """What to do about a name that does not exist, to be added to the error; else nothing."""
    found = re.match(r"name '(\w+)' is not defined", str(error))
    if type(error).__name__ != "NameError" or not found:
        return ""
    name, is_exercise = found[1], found[1] in _exercises()
    if hasattr(error, "students_line"):  # under the trusted grader
        if is_exercise:
            return f": the cell that defines {name} did not run through"
        return ": correct the name, or define it in this cell; demonstrations do not run in grading"
    if is_exercise or name in _defined_by_cells():
        return f": run the cell that defines {name}"
    return ": run the cell that defines it, or correct the name"


def _exercises() -> set[str]:
    """The functions that the exercises of all loaded topics ask for."""
    from course_utils.checks.core.exercise import Exercise  # it needs this module

    topics = [module for name, module in sys.modules.items() if _TOPIC.fullmatch(name)]
    found = [v for topic in topics for v in vars(topic).values() if isinstance(v, Exercise)]
    return {name for exercise in found for name in exercise.functions or (exercise.name,)}


def _defined_by_cells() -> set[str]:
    """The names that the cells of this lesson define, as far as its notebook is found and read.

    As everywhere in the course it is called like the folder in which it lies and runs.
    """
    path = Path.cwd() / f"{Path.cwd().name}.ipynb"
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    except (OSError, ValueError, KeyError, TypeError):
        return set()
    return {name for source in sources for name in _stored(source)}


def _stored(source: str) -> Iterator[str]:
    """The names that a cell gives a value; none where Python cannot read it."""
    try:
        code = compile(source, "cell", "exec")
    except (SyntaxError, ValueError):
        return
    for instruction in dis.get_instructions(code):
        if instruction.opname == "STORE_NAME":
            yield instruction.argval
