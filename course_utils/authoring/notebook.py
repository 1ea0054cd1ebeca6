"""From the percent script to a notebook: the same script gives the same notebook, ids included."""

import re
import unicodedata
from collections import Counter
from pathlib import Path

import jupytext
import nbformat
from nbformat.notebooknode import NotebookNode

from course_utils.errors import CourseError

KERNELSPEC = {"display_name": "Python 3", "language": "python", "name": "python3"}
LANGUAGE_INFO = {
    "codemirror_mode": {"name": "ipython", "version": 3},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
    "pygments_lexer": "ipython3",
}
"""As a kernel reports it, without the version of Python."""

# What solutions/jupytext.toml says, so that a script comes back from JupyterLab as it went.
_FORMAT = {
    "extension": ".py",
    "format_name": "percent",
    "notebook_metadata_filter": "course,kernelspec,-all",
}

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_FENCE = re.compile(r"\s*(```|~~~)")


def read_script(path: Path) -> NotebookNode:
    """Read a lesson in percent format.

    Args:
        path: a `.py` file.

    Returns:
        The notebook (nbformat 4.5), not executed. The id of a graded cell is its `grade_id`; any
        other cell is named after its section's heading and its place in that section, so editing
        one section leaves the ids of the others alone.

    Raises:
        CourseError: when the file is not UTF-8.
    """
    notebook = jupytext.reads(read_text(path), fmt=_FORMAT)
    notebook.metadata.pop("jupytext", None)
    notebook.metadata.kernelspec = NotebookNode(KERNELSPEC)
    notebook.metadata.language_info = nbformat.from_dict(LANGUAGE_INFO)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    _name_cells(notebook)
    return notebook


def read_text(path: Path) -> str:
    """The text of a lesson's file.

    Raises:
        CourseError: when it is not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise CourseError(
            f"{path} must be text in UTF-8, but its byte {error.start} is not: save it as UTF-8."
        ) from error


def to_script(notebook: NotebookNode) -> str:
    """The percent script that jupytext writes for a notebook."""
    return jupytext.writes(notebook, fmt=dict(_FORMAT))


def to_json(notebook: NotebookNode) -> str:
    """The text of an `.ipynb` file; the same notebook gives the same bytes."""
    return nbformat.writes(notebook) + "\n"


def headings(cell: NotebookNode) -> list[tuple[int, str]]:
    """Level and text of the headings in a Markdown cell, outside of fenced code."""
    found, fenced = [], False
    if cell.cell_type == "markdown":
        for line in cell.source.splitlines():
            if _FENCE.match(line):
                fenced = not fenced
            match = None if fenced else _HEADING.match(line)
            if match:
                found.append((len(match[1]), match[2]))
    return found


def grade_id(cell: NotebookNode) -> str:
    """The name that nbgrader has for a cell; empty where it has none."""
    return cell.metadata.get("nbgrader", {}).get("grade_id", "")


def tags(cell: NotebookNode) -> list[str]:
    """The tags of a cell."""
    return cell.metadata.get("tags", [])


def _name_cells(notebook: NotebookNode) -> None:
    taken: Counter[str] = Counter()
    sections: Counter[str] = Counter()
    section, place = "opening", 0
    for cell in notebook.cells:
        titles = headings(cell)
        if titles:
            section, place = _slug(titles[0][1]), 0
            sections[section] += 1
            if sections[section] > 1:
                section = f"{section}-{sections[section]}"
        if grade_id(cell):
            name = _slug(grade_id(cell), keep="_")
        else:
            place += 1
            name = f"{section}-{place}"
        taken[name] += 1
        cell.id = name if taken[name] == 1 else f"{name}--{taken[name]}"


def _slug(text: str, keep: str = "") -> str:
    """Lower-case letters, digits and hyphens; at most 48, so that a number still fits behind."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(rf"[^a-z0-9{keep}]+", "-", plain).strip("-")[:48].strip("-") or "cell"
