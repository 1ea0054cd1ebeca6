"""Outputs of cells: cleaned as a student's process tells them, settled where they give points.

The instructor's browser shows them, and nbgrader scores them.
"""

import math
import re
from functools import lru_cache
from typing import Any

from nbconvert.preprocessors.sanitize import SanitizeHTML
from nbformat.notebooknode import NotebookNode, from_dict

from course_utils.judging.cells import is_test

NO_POINTS = "NoPoints"
"""Name of the error that stands in a test cell where no points can be read."""

LOST = "Lost"
"""Name of the error that stands in a cell with which the student's process was lost."""

CUT = "… (more was shown than there is room for)\n"

SLACK = 4096
"""Characters above the room: what the student's side leaves out, it says so in its own words."""

HTML_ROOM = 128 * 1024
"""Characters of HTML in all outputs of a submission: to clean it takes the square of its length."""

LARGEST_HTML = 64 * 1024
"""Of one output; a longer one is left out."""

PER_OUTPUT = 50
"""Characters that an output counts for itself."""

SHOWN = ("text/plain", "text/html", "image/png", "image/jpeg")
"""The kinds of output that are kept."""

_REPORT_TAGS = [
    *("b", "br", "caption", "code", "dd", "details", "div", "dl", "dt", "em", "p", "pre", "span"),
    *("strong", "summary", "table", "tbody", "td", "th", "thead", "tr"),
]
_REPORT_ATTRIBUTES = [
    *("class", "scope", "aria-hidden", "aria-label", "open", "colspan", "rowspan", "tabindex"),
]


def no_points(sentence: str) -> NotebookNode:
    """The output of a test cell that gives no points, with the reason in words."""
    return output("error", ename=NO_POINTS, evalue=sentence, traceback=[sentence])


def output(kind: str, **content: Any) -> NotebookNode:
    """An output of a cell, with all that nbformat wants in it.

    `nbformat.v4.new_output` takes 2 ms each to see whether that is so; here it is so by
    construction, and the notebook as a whole is looked at when it is written.
    """
    return from_dict({"output_type": kind, **content})


def settle(notebook: NotebookNode) -> None:
    """Settle the outputs of every test cell (see `settled`)."""
    for cell in notebook.cells:
        if is_test(cell):
            cell.outputs = settled(cell.outputs, float(cell.metadata.nbgrader["points"]))


def settled(outputs: list[NotebookNode], points: float) -> list[NotebookNode]:
    """The outputs of a test cell as nbgrader must see them to score them rightly.

    Args:
        outputs: what the cell gave.
        points: the cell's maximum.

    Returns:
        The outputs without text on stderr, and with either one result in [0, points] or an error.
    """
    kept = [o for o in outputs if not (o.output_type == "stream" and o.name == "stderr")]
    results = [output for output in kept if output.output_type == "execute_result"]
    others = [output for output in kept if output.output_type != "execute_result"]
    if any(output.output_type == "error" for output in others):
        return others
    if not results:
        return [*others, no_points("The check gave no result, so there are no points.")]
    number = _number(results[-1].data.get("text/plain", ""))
    if number is None or not 0 <= number <= points:
        return [
            *others,
            no_points(f"The result of the check is not a number from 0 to {points:g}."),
        ]
    return [*others, results[-1]]


def earned(outputs: list[NotebookNode]) -> float:
    """The points that the outputs of a test cell give."""
    results = [output for output in outputs if output.output_type == "execute_result"]
    return _number(results[-1].data.get("text/plain")) or 0.0 if results else 0.0


def _number(text: Any) -> float | None:
    try:
        value = float(text)
    except (TypeError, ValueError):
        return None
    return value if math.isfinite(value) else None


def clean_outputs(
    outputs: object, room: int, html_room: int = HTML_ROOM
) -> tuple[list[NotebookNode], int, int]:
    """What a student's process says that a cell showed, as outputs that nbformat accepts.

    The instructor's browser shows them: nothing in them may run, fetch or look like its page.

    Args:
        outputs: what it says.
        room: how many characters there are for all of them; the rest is left out.
        html_room: how many of these may be HTML; where there are more, the text stands for it.

    Returns:
        The outputs, how many characters they have, and how many of them were HTML.
    """
    cleaned, used, html_used = [], 0, 0
    for told in outputs[:1000] if type(outputs) is list else []:
        if type(told) is not dict:
            continue
        size = _size(told)
        if used + size > room + SLACK:
            cleaned.append(output("stream", name="stderr", text=CUT))
            break
        used += size
        html = _html_size(told)
        fits = html <= min(html_room - html_used, LARGEST_HTML)
        html_used += html if fits else 0
        cleaned += _cleaned(told, with_html=fits)
    return cleaned, used, html_used


def _html_size(told: dict) -> int:
    data = told.get("data")
    return len(_text(data.get("text/html"))) if type(data) is dict else 0


def _cleaned(told: dict, *, with_html: bool) -> list[NotebookNode]:
    kind = told.get("output_type")
    if kind == "stream":
        name = "stderr" if told.get("name") == "stderr" else "stdout"
        return [output("stream", name=name, text=_text(told.get("text")))]
    if kind in ("display_data", "execute_result"):
        data = told.get("data")
        shown = data if type(data) is dict else {}
        texts = {key: _text(shown[key]) for key in SHOWN if key in shown}
        if "text/html" in texts and with_html:
            texts["text/html"] = safe_report(texts["text/html"])
        elif texts.pop("text/html", ""):
            texts.setdefault("text/plain", CUT)
        more = {"execution_count": None} if kind == "execute_result" else {}
        return [output(kind, data=texts, metadata={}, **more)]
    if kind == "error":
        lines = told.get("traceback")
        lines = [_text(line)[:4000] for line in lines][:100] if type(lines) is list else []
        name, said = _text(told.get("ename"))[:80], _text(told.get("evalue"))[:2000]
        return [output("error", ename=name, evalue=said, traceback=lines)]
    return []


def _size(told: object) -> int:
    """The characters of an output as it is told, and some for itself."""
    if type(told) is dict:
        return PER_OUTPUT + sum(map(_size, told.values()))
    if type(told) is list:
        return sum(map(_size, told))
    return len(told) if type(told) is str else 0


def _text(value: object) -> str:
    return value if type(value) is str else ""


@lru_cache(maxsize=1000)  # most of a class has the same ones
def safe_report(html: str) -> str:
    """A report's table without anything that runs, fetches or leads elsewhere.

    The student's code could have written any HTML in its place. The page brings the style.
    """
    html = re.sub(r"<(style|script)\b.*?</\1\s*>", "", html, flags=re.DOTALL | re.IGNORECASE)
    sanitizer = SanitizeHTML(tags=_REPORT_TAGS, attributes={"*": _REPORT_ATTRIBUTES}, strip=True)
    return sanitizer.sanitize_html_tags(html)
