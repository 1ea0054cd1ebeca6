"""What a page shows: the student's text with the outputs of the executed source."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbconvert.exporters import HTMLExporter
from nbformat.notebooknode import NotebookNode

from course_utils.errors import CourseError
from course_utils.markdown import Renderer, rendered
from course_utils.repository import Unit

_WIDGETS = "application/vnd.jupyter.widget-state+json"
_VIEW = "application/vnd.jupyter.widget-view+json"
_FRONT_END = ("title", "_lines", "_presets", "settings", "shown", "own", "step", "asked", "answer")
_TEMPLATES = Path(__file__).parent / "template"


@dataclass(frozen=True)
class Page:
    """One lesson as it is listed and linked.

    Attributes:
        unit: its name, also that of its file.
        title: of the lesson.
        about: the line below the title: minutes, seconds, memory.
        goals: what the student will be able to do, each as HTML.
        notebook: the cells that are shown.
    """

    unit: str
    title: str
    about: str
    goals: tuple[str, ...]
    notebook: NotebookNode

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{self.unit}.html"


def read(unit: Unit) -> Page:
    """The page of a unit, from its release and its executed source.

    Text and code are the release's, so no answer can be on the page. Outputs are the source's,
    but for the cells of answers and tests: those are the student's to fill.

    Raises:
        CourseError: when the source's cells are not the release's, so one of them is stale.
    """
    release = nbformat.read(unit.release, as_version=4)
    source = nbformat.read(unit.source, as_version=4)
    states = source.metadata.get("widgets", {}).get(_WIDGETS, {}).get("state", {})
    widgets = {
        name: {key: model["state"][key] for key in _FRONT_END}
        for name, model in states.items()
        if "_presets" in model["state"]
    }
    for ours, executed in zip(release.cells, source.cells, strict=True):
        if ours.id != executed.id:
            raise CourseError(
                f"{unit.name}: the release has other cells than the source: run `course build`."
            )
        if ours.cell_type == "code" and "nbgrader" not in ours.metadata:
            ours.outputs = [_output(output, widgets) for output in executed.get("outputs", [])]
    first = release.cells[0].source
    return Page(
        unit=unit.name,
        title=re.findall(r"^# (.+)$", first, re.M)[0],
        about=(re.search(r"^\*\*(Unit .+)\*\*$", first, re.M) or ["", ""])[1],
        goals=tuple(_inline(goal) for goal in re.findall(r"^- (.+(?:\n  .+)*)", first, re.M)),
        notebook=release,
    )


def _output(output: NotebookNode, widgets: dict[str, dict]) -> NotebookNode:
    """An output; a widget's is a place in the page with the state that brings it to life."""
    view = output.get("data", {}).get(_VIEW)
    if view is None:
        return output
    name = view["model_id"]
    place = (
        f'<div data-widget="{name}"></div>'
        f'<script type="application/json" id="state-{name}">{_embedded(widgets[name])}</script>'
    )
    return nbformat.v4.new_output("display_data", {"text/html": place})


def html(page: Page, pages: list[Page], front_end: str, styles: str) -> str:
    """The page as a document that needs no other file.

    Args:
        page: the lesson.
        pages: all lessons in their order, for the links.
        front_end: the JavaScript that brings the widgets to life.
        styles: the CSS.
    """
    at = pages.index(page)
    exporter = HTMLExporter(
        template_name="course",
        extra_template_basedirs=[str(_TEMPLATES)],
        filters={"lesson": lesson},
        exclude_anchor_links=True,
    )
    document, _ = exporter.from_notebook_node(
        page.notebook,
        resources={
            "page": page,
            "before": pages[at - 1] if at else None,
            "after": pages[at + 1] if at + 1 < len(pages) else None,
            "front_end": front_end,
            "styles": styles,
        },
    )
    return document


def _embedded(value: object) -> str:
    """Data as JSON that may stand inside a `script` element."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def lesson(source: str) -> str:
    """Markdown as HTML, its formulas as MathML."""
    return rendered(source, _Renderer)


def _inline(goal: str) -> str:
    """An item of a list in Markdown as HTML, without its paragraph and its last stop."""
    return lesson(goal).strip().removeprefix("<p>").removesuffix("</p>").rstrip(";.")


class _Renderer(Renderer):
    """Wide tables scroll."""

    def table(self, text: str) -> str:
        return f"<div class='wide' tabindex='0'><table>{text}</table></div>"
