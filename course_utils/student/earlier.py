"""An answer from another unit, used again as a tool."""

import ast
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from course_utils.errors import CourseError
from course_utils.judging.cell_names import bound, loaded, needed, parsed

_STUB = "raise NotImplementedError('This exercise has no answer yet.')"
_DEFINING = ast.FunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom


def answer(unit: str, name: str) -> Callable[..., Any]:
    """The function that you wrote in another unit, from its saved notebook.

    The notebook is not run: of its cells only the function is, with the imports, functions and
    classes that it uses.

    Args:
        unit: such as `01-perceptron`. Its notebook is looked for in the folder of units that this
            notebook's folder lies in (the variable `COURSE_NOTEBOOKS` names another one), and
            beside this notebook.
        name: the function's.

    Raises:
        CourseError: when there is no such notebook, when it cannot be read, and when it does not
            define the function or has no answer in it yet.
    """
    path = _notebook(unit)
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CourseError(f"{path} cannot be read as a notebook: {error}") from error
    trees = filter(None, map(parsed, sources))
    statements: list[ast.stmt] = [
        node for tree in trees for node in tree.body if isinstance(node, _DEFINING)
    ]
    pieces = [(bound(statement), loaded(statement)) for statement in statements]
    chosen = [statements[index] for index in needed(pieces, [name])]
    own = [node for node in chosen if name in bound(node)]
    if not own or _STUB in ast.unparse(own[-1]):
        raise CourseError(
            f"{path} has no answer to the exercise {name} yet. Write it there, save that notebook,"
            " and run this cell again."
        )
    scope: dict[str, Any] = {"__name__": unit}
    exec(compile(ast.Module(chosen, []), str(path), "exec"), scope)  # noqa: S102 (the reader's own)
    return scope[name]


def _notebook(unit: str) -> Path:
    folder = Path(os.environ.get("COURSE_NOTEBOOKS") or Path.cwd().parent)
    places = folder / unit / f"{unit}.ipynb", Path.cwd() / f"{unit}.ipynb"
    for path in places:
        if path.is_file():
            return path
    raise CourseError(
        f"expected the notebook of unit {unit} at {places[0]} or {places[1]}; it is at neither. "
        "Open that unit with `course lab` and answer its exercise first. Where this notebook "
        "stands alone, as in Colab, put your notebook of that unit beside it."
    )
