"""Proves that no answer leaks: into releases, feedback pages, the wheel, a published folder."""

import ast
import html
import json
import re
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from IPython.core.inputtransformer2 import TransformerManager

from course_utils.authoring.secrets import Secrets, compacted
from course_utils.authoring.trees import Fragments

_MARKER = re.compile(r"(BEGIN|END) (SOLUTION|HIDDEN TESTS)\b")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m|\\u001b\[[0-9;]*m")
_TAG = re.compile(r"<[^<>]*>")
_BINARY = {".png", ".jpg", ".jpeg", ".gif", ".ico", ".npz", ".woff", ".woff2", ".ttf", ".pdf"}
_ROOMS_OF_ANSWERS = {"answers", "solutions", "tests"}


@dataclass(frozen=True)
class Leak:
    """What was found, and where."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def find_leaks(
    target: Path, secrets: Secrets, *, executed: bool = False, but: Collection[str] = ()
) -> list[Leak]:
    """Search what students get for the answers.

    Python files are searched for the solutions' syntax trees, also under other names; every text
    for lines of solutions and hidden tests, through HTML tags, colours and line breaks; notebooks
    also for outputs, widget states and attachments of answers.

    Args:
        target: a folder (its `.git` is left out), a wheel or other zip, or one file.
        secrets: what must not be found.
        executed: whether notebooks may hold what a run has left in them.
        but: files of a folder that are left out, by their paths in it.

    Returns:
        The leaks; empty when there are none.
    """
    found = []
    for name, data in _files(target):
        if name in but:
            continue
        found += _leaks_of_name(name)
        if PurePosixPath(name).suffix not in _BINARY:
            found += [
                Leak(name, what)
                for what in _leaks(name, data.decode("utf-8", "replace"), secrets, executed)
            ]
    return list(dict.fromkeys(found))


def _files(target: Path) -> Iterator[tuple[str, bytes]]:
    if target.is_dir():
        for path in sorted(target.rglob("*")):
            name = path.relative_to(target).as_posix()
            if path.is_file() and not {".git", "__pycache__"} & set(PurePosixPath(name).parts):
                yield name, path.read_bytes()
    elif target.suffix in (".whl", ".zip"):
        with zipfile.ZipFile(target) as archive:
            for name in sorted(archive.namelist()):
                if not name.endswith("/"):
                    yield name, archive.read(name)
    else:
        yield target.name, target.read_bytes()


def _leaks_of_name(name: str) -> list[Leak]:
    rooms = _ROOMS_OF_ANSWERS & set(PurePosixPath(name).parts[:-1])
    return [Leak(name, f"a file from `{room}`, which is not for students") for room in rooms]


def _leaks(name: str, text: str, secrets: Secrets, executed: bool) -> Iterator[str]:
    suffix = PurePosixPath(name).suffix
    if suffix == ".py":
        yield from _trees(text, secrets)
        yield from _lines(text, secrets, only_telling=True)
    elif suffix == ".ipynb":
        try:
            notebook = json.loads(text)
        except json.JSONDecodeError:
            yield "no notebook, so nothing is proven about it"
            return
        if not executed:
            yield from _structure(notebook)
        for cell in notebook["cells"]:
            source = "".join(cell["source"])
            if cell["cell_type"] == "code":
                yield from _trees(TransformerManager().transform_cell(source), secrets)
            if _MARKER.search(source):
                yield f"a marker is left in the cell {cell.get('id', '')!r}"
        yield from _lines("\n".join(_strings(notebook)), secrets)
    elif suffix in (".html", ".htm"):
        yield from _lines(html.unescape(_TAG.sub("", text)), secrets)
    else:
        yield from _lines(text, secrets)


def _structure(notebook: dict) -> Iterator[str]:
    """What a notebook that starts unexecuted must not hold."""
    if "widgets" in notebook["metadata"]:
        yield "a widget state in the notebook's metadata"
    if "version" in notebook["metadata"].get("language_info", {}):
        yield "the version of the kernel that ran the source"
    for cell in notebook["cells"]:
        where = f"in the cell {cell.get('id', '')!r}"
        if cell.get("outputs"):
            yield f"an output {where}"
        if cell.get("execution_count") is not None or "execution" in cell["metadata"]:
            yield f"a trace of execution {where}"
        if cell.get("attachments") and "nbgrader" in cell["metadata"]:
            yield f"an attachment {where}"


def _strings(value: object) -> Iterator[str]:
    """Every string in a notebook; a list of lines is one text."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list) and all(isinstance(part, str) for part in value):
        yield "".join(value)
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)


def _lines(text: str, secrets: Secrets, only_telling: bool = False) -> Iterator[str]:
    plain = _COLOUR.sub("", text)
    compact = compacted(plain)
    for line in secrets.lines:
        if line.text in compact and (line.telling or not only_telling):
            yield f"a line of {line.what}: {line.text[:80]}"
    for number, what in secrets.numbers.items():
        if number in plain and re.search(rf"(?<![\w.]){number}(?![\w.])", plain):
            yield f"the number {number} of {what}"


def _trees(code: str, secrets: Secrets) -> Iterator[str]:
    try:
        tree = ast.parse(code)
    except SyntaxError:  # the search for lines still covers it
        return
    searched = Fragments.of([tree])
    for what, kept in secrets.trees.items():
        for ours, theirs in kept.shared(searched):
            yield f"line {theirs.line} is the code of line {ours.line} of {what}"
