"""What must hold for a built unit; every function gives the violations in words, or none."""

import ast
import html
import json
import math
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path

from nbformat.notebooknode import NotebookNode
from nbgrader.utils import determine_grade, is_grade

from course_utils.authoring.coverage import covered_rows, demanded_rows
from course_utils.authoring.notebook import grade_id, headings, to_json
from course_utils.checks.core import Exercise
from course_utils.repository import Unit

LARGEST = 5_000_000
"""Bytes of a notebook."""

_VIEW = "application/vnd.jupyter.widget-view+json"
_MARKDOWN_IMAGE = re.compile(r"!\[(.*?)\]\(")
_IMAGE = re.compile(r"<img\b[^>]*>")
_ALT = re.compile(r"""\balt\s*=\s*(?:"[^"]*[^"\s]|'[^']*[^'\s])""")
_DRAWING = re.compile(r"<svg\b[^>]*>")
_NAMED = re.compile(
    r"""\baria-label(?:ledby)?\s*=\s*(?:"[^"]*[^"\s]|'[^']*[^'\s])|aria-hidden\s*=\s*["']true"""
)
_ANONYMOUS = re.compile(r"<[^>]*>|\w+\(.*\)", re.S)  # <Figure size …>, Stepper(…)
_PAYLOAD = re.compile(r"data:[\w/+.-]+;base64,[\w/+=\s]+")

_ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{6,}\b")
_PATH = re.compile(
    r"(?<![\w.:/<-])(?:/(?:bin|etc|home|mnt|opt|private|root|srv|tmp|usr|var|Users)/|~/|[A-Z]:\\\w)"
    r"[^\s'\"<>]*"
)
_TIME = re.compile(
    r"\b\d{1,2}:\d{2}:\d{2}\b|\b\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}"  # clock, date and time
    r"|\b\d+\.\d+ ?(?:s|sec|seconds|ms|µs|μs|ns)\b|\d+it/s\b|\b(?:CPU|Wall) times?\b"
)


def full_marks(source: NotebookNode) -> list[str]:
    """On the executed source every test cell gives nbgrader its full points."""
    return [
        f"{name} gives {earned:g} of {points:g} points on the source; expected all."
        for name, earned, points in _scores(source)
        if earned != points
    ]


def no_marks(executed_release: NotebookNode) -> list[str]:
    """On the executed release, which has no answer yet, every test cell gives 0."""
    return [
        f"{name} gives {earned:g} points on the release without an answer; expected 0."
        for name, earned, _ in _scores(executed_release)
        if earned != 0
    ]


def stubs(release: NotebookNode) -> list[str]:
    """The release's answer cells are valid Python that says that the answer is missing."""
    found = []
    for cell in release.cells:
        if not cell.metadata.get("nbgrader", {}).get("solution"):
            continue
        try:
            ast.parse(cell.source)
        except SyntaxError as error:
            found.append(f"{grade_id(cell)} is no valid Python in the release: {error.msg}.")
        if "raise NotImplementedError" not in cell.source:
            found.append(f"{grade_id(cell)} does not raise NotImplementedError in the release.")
    return found


def same_points(source: NotebookNode, exercises: Mapping[str, Exercise]) -> list[str]:
    """The notebook has exactly the exercises that its check module declares, with their points."""
    given = {
        grade_id(cell).removesuffix("-test"): float(cell.metadata.nbgrader.points)
        for cell in source.cells
        if is_grade(cell)
    }
    declared = {name: float(exercise.points) for name, exercise in exercises.items()}
    found = [f"{name} has no exercise in the notebook." for name in declared.keys() - given.keys()]
    found += [f"{name} has no check." for name in given.keys() - declared.keys()]
    found += [
        f"{name} gives {given[name]:g} points in the notebook and {declared[name]:g} in its check."
        for name in given.keys() & declared.keys()
        if given[name] != declared[name]
    ]
    return sorted(found)


def rows(unit: Unit, source: NotebookNode) -> list[str]:
    """Every demanded row of the unit has a cell with its tag, and no tag names another row."""
    demanded, covered = demanded_rows(unit, source), covered_rows(source)
    missing = [row for row in demanded if row not in covered]
    advice = "a unit that is still short says so in its head: see authoring/coverage.py"
    found = [f"no cell has the tag covers-{row} ({advice})." for row in missing]
    if demanded:
        strange = sorted(set(covered) - set(demanded))
        found += [f"the tag covers-{row} names a row that this unit lacks." for row in strange]
    return found


def outline(source: NotebookNode) -> list[str]:
    """One title, first; no heading skips a level."""
    titles = [heading for cell in source.cells for heading in headings(cell)]
    found = []
    if not titles or titles[0][0] != 1:
        found.append("the first heading must be the title, of level 1.")
    for (above, _), (level, text) in pairwise(titles):
        if level == 1:
            found.append(f"“{text}” is a second title of level 1.")
        if level > above + 1:
            found.append(f"“{text}” has level {level} below a heading of level {above}.")
    return found


def alternatives(source: NotebookNode) -> list[str]:
    """Every picture and widget has words: in Markdown, in HTML, or beside the image."""
    found = []
    for cell in source.cells:
        if cell.cell_type == "markdown":
            missing = any(not alt.strip() for alt in _MARKDOWN_IMAGE.findall(cell.source))
            missing |= _lacks_words(cell.source)
        else:
            missing = any(_is_wordless(output) for output in cell.get("outputs", []))
        if missing:
            found.append(f"a picture in the cell {cell.id!r} has no alt text.")
    return found


def steadiness(source: NotebookNode) -> list[str]:
    """No output holds a path, a time or an address: they differ on the next run."""
    machine = {sys.prefix, tempfile.gettempdir(), str(Path.home())}
    local = re.compile("|".join(re.escape(path) for path in machine if len(path) > 1))
    found = []
    for cell in source.cells:
        text = "\n".join(_texts(cell.get("outputs", [])))
        for what, pattern in (("path", _PATH), ("path", local), ("time", _TIME)):
            found += _quoted(pattern, text, f"a {what} in an output of the cell {cell.id!r}")
        found += _quoted(_ADDRESS, text, f"an address in an output of the cell {cell.id!r}")
    state = json.dumps(source.metadata.get("widgets", {}))
    found += _quoted(_ADDRESS, state, "an address in a widget's state")
    found += _quoted(local, state, "a path in a widget's state")
    return list(dict.fromkeys(found))


def size(notebook: NotebookNode, name: str) -> list[str]:
    """A notebook has at most 5 MB."""
    taken = len(to_json(notebook).encode())
    return [f"the {name} has {taken / 1e6:.1f} MB; expected at most 5."] if taken > LARGEST else []


def _scores(notebook: NotebookNode) -> Iterator[tuple[str, float, float]]:
    """Name, earned and possible points of each test cell, as nbgrader itself scores it."""
    for cell in notebook.cells:
        if is_grade(cell):
            try:
                earned, points = determine_grade(cell)
            except ValueError:  # more than the maximum: nbgrader stops there
                earned, points = math.inf, float(cell.metadata.nbgrader.points)
            yield grade_id(cell), earned, points


def _is_wordless(output: NotebookNode) -> bool:
    data, metadata = output.get("data", {}), output.get("metadata", {})
    page = data.get("text/html", "")
    if page:
        return _lacks_words(page)
    images = [kind for kind in data if kind.startswith("image/")]
    alone = [
        kind for kind in images if not (metadata.get(kind, {}).get("alt") or metadata.get("alt"))
    ]
    plain = data.get("text/plain", "").strip()
    nameless = not plain or bool(_ANONYMOUS.fullmatch(plain))
    return nameless if _VIEW in data else bool(alone)


def _lacks_words(page: str) -> bool:
    images, drawings = _IMAGE.findall(page), _DRAWING.findall(page)
    return any(not _ALT.search(tag) for tag in images) or any(
        not _NAMED.search(tag) for tag in drawings
    )


def _texts(outputs: list[NotebookNode]) -> Iterator[str]:
    """What a reader sees of outputs, without the bytes of pictures."""
    for output in outputs:
        yield output.get("text", "")
        yield "\n".join([output.get("evalue", ""), *output.get("traceback", [])])
        for kind, value in output.get("data", {}).items():
            if kind == "text/html":
                yield html.unescape(_PAYLOAD.sub("", value))
            elif kind.startswith("text/") or kind == "image/svg+xml":
                yield value


def _quoted(pattern: re.Pattern, text: str, what: str) -> list[str]:
    return [f"{what}: {match}" for match in sorted({m[0] for m in pattern.finditer(text)})[:3]]
