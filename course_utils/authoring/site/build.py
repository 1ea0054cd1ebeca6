"""Writes the site: a contents page and a page for each lesson, proven to hold no answer."""

import tempfile
from pathlib import Path

import jinja2
from pygments.formatters import HtmlFormatter
from rich.console import Console

from course_utils.authoring.freshness import check
from course_utils.authoring.leaks import find_leaks
from course_utils.authoring.output_folder import additions, digest, names, write_record
from course_utils.authoring.secrets import collect
from course_utils.authoring.site import pages
from course_utils.errors import CourseError
from course_utils.files import write_atomically
from course_utils.repository import repository, units
from course_utils.widgets.stepper import Stepper

RECORD = ".course-site.json"
"""Lists the pages of a site with their digests, so that the next one can replace them."""

_HERE = Path(__file__).parent


def site(folder: Path) -> None:
    """Write the whole course as static pages: `index.html` and `UNIT.html` for each lesson.

    Every page is one file with all that it needs: any static host can serve it, and it opens from
    a disk. Steppers are alive; their settings, which need a kernel, say so.

    Args:
        folder: a new or empty folder, a fresh clone (only `.git` in it), or an earlier site. Its
            pages are replaced, files that others added stay.

    Raises:
        CourseError: when the folder holds something else, a page was changed there, a unit is
            stale or an answer would leak. Then nothing is written.
    """
    added = additions(folder, RECORD, "site")
    chosen = units(repository())
    for unit in chosen:
        check(unit)
    lessons = [pages.read(unit) for unit in chosen]
    front_end, styles = _front_end(), _styles()
    documents = {page.file: pages.html(page, lessons, front_end, styles) for page in lessons}
    contents = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    template = contents.from_string((_HERE / "contents.html.j2").read_text("utf-8"))
    documents["index.html"] = template.render(pages=lessons, styles=styles)
    taken = [name for name in added if name in documents]
    if taken:
        raise CourseError(f"{folder / taken[0]} would be replaced by a page; rename it.")
    with tempfile.TemporaryDirectory() as proof:
        for name, document in documents.items():
            write_atomically(Path(proof) / name, document)
        leaks = find_leaks(Path(proof), collect(chosen))
    if leaks:
        listed = "\n".join(f"- {leak}" for leak in leaks)
        raise CourseError(f"{folder} was not written; it would show answers:\n{listed}")
    for name, document in documents.items():
        write_atomically(folder / name, document)
    for name in {*names(folder)} - {*added, *documents}:  # a page of a unit that is gone
        (folder / name).unlink()
    write_record(folder / RECORD, {name: digest(folder / name) for name in documents})
    size = sum(len(document.encode()) for document in documents.values())
    Console().print(
        f"Wrote {len(documents)} pages to {folder} ({size / 1e6:.1f} MB), no answer on them."
        f" Open {folder / 'index.html'}.",
        highlight=False,
        soft_wrap=True,
    )


def _front_end() -> str:
    """The Stepper's own front end with a model that lives in the page."""
    package = Path(_HERE).parents[1] / "widgets"
    return "\n".join(
        [(package / "stepper.js").read_text("utf-8"), (_HERE / "site.js").read_text("utf-8")]
    )


def _styles() -> str:
    light = HtmlFormatter(style="xcode", nobackground=True).get_style_defs(".highlight")
    dark = HtmlFormatter(style="github-dark", nobackground=True).get_style_defs(".highlight")
    return "\n".join(
        [
            str(Stepper._css),
            f"@media (prefers-color-scheme: light) {{ {light} }}",
            f"@media (prefers-color-scheme: dark) {{ {dark} }}",
            (_HERE / "site.css").read_text("utf-8"),
        ]
    )
