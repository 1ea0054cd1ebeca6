"""Runs a notebook in a fresh kernel so that two runs give the same bytes."""

import hashlib
import json
import tempfile
from collections.abc import Callable
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbconvert.filters import strip_ansi
from nbformat.notebooknode import NotebookNode

from course_utils.authoring.environment import environment
from course_utils.authoring.notebook import KERNELSPEC, LANGUAGE_INFO
from course_utils.errors import CourseError

CELL_SECONDS = 300
_WIDGETS = "application/vnd.jupyter.widget-state+json"


def execute(
    notebook: NotebookNode,
    root: Path,
    *,
    errors_allowed: bool = False,
    skip: str = "",
    on_cell: Callable[[], None] = lambda: None,
) -> NotebookNode:
    """Run a notebook from top to bottom.

    Args:
        notebook: what to run; it stays as it is.
        root: the repository whose `course_utils` the kernel imports.
        errors_allowed: go on after a cell that raises.
        skip: do not run code cells with this tag.
        on_cell: called after each code cell.

    Returns:
        A copy with outputs, free of what differs from one run to the next.

    Raises:
        CourseError: with the cell and the error, when a cell raises and that is not allowed, or
            when the kernel dies or a cell takes more than 300 s.
    """
    copy = nbformat.from_dict(json.loads(json.dumps(notebook)))
    with tempfile.TemporaryDirectory(prefix="course-") as folder:
        work = Path(folder) / "work"
        work.mkdir()
        client = NotebookClient(
            copy,
            timeout=CELL_SECONDS,
            kernel_name=KERNELSPEC["name"],
            extra_arguments=["--log-level=ERROR"],
            resources={"metadata": {"path": str(work)}},
            allow_errors=errors_allowed,
            record_timing=False,
            coalesce_streams=True,
            skip_cells_with_tag=skip,
            on_cell_executed=lambda **_: on_cell(),
        )
        try:
            client.execute(env=environment(root) | {"IPYTHONDIR": str(Path(folder) / "ipython")})
        except CellExecutionError as error:
            raise CourseError(f"A cell raised an error.\n{strip_ansi(str(error))}") from error
        except RuntimeError as error:  # nbclient's dead kernel and time-out are among these
            raise CourseError(f"The notebook could not be run to its end: {error}") from error
    return _steady(copy)


def _steady(notebook: NotebookNode) -> NotebookNode:
    """Replace what a run draws at random: the widgets' model ids, everywhere they are used."""
    notebook.metadata.language_info = nbformat.from_dict(LANGUAGE_INFO)
    state = notebook.metadata.get("widgets", {}).get(_WIDGETS, {}).get("state", {})
    text = json.dumps(notebook)
    for number, model in enumerate(state):  # in the order in which the lesson made them
        text = text.replace(model, hashlib.sha256(f"widget {number}".encode()).hexdigest()[:32])
    return nbformat.from_dict(json.loads(text))
