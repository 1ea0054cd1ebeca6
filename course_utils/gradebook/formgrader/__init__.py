"""What formgrader's page of a submission needs so that it asks nothing of the network.

nbgrader's page loads MathJax from the internet. Without a network the formulas stay LaTeX, the
keyboard does nothing, and until the request has failed no comment is saved.
"""

from html import escape
from pathlib import Path

import nbgrader
from nbconvert.preprocessors import Preprocessor
from nbconvert.preprocessors.sanitize import SanitizeHTML
from nbformat.notebooknode import NotebookNode

from course_utils.markdown import Renderer, rendered

_TEXT = [
    *("a", "b", "blockquote", "br", "code", "del", "details", "div", "em", "h1", "h2", "h3", "h4"),
    *("h5", "h6", "hr", "i", "li", "ol", "p", "pre", "span", "strong", "sub", "summary", "sup"),
    *("table", "tbody", "td", "th", "thead", "tr", "ul"),
]
_FORMULA = [
    *("math", "mfrac", "mi", "mn", "mo", "mover", "mpadded", "mroot", "mrow", "mspace", "msqrt"),
    *("mstyle", "msub", "msubsup", "msup", "mtable", "mtd", "mtext", "mtr", "munder"),
    "munderover",
]
_NAMES = (
    *("student", "first_name", "last_name", "notebook_path", "assignment_id", "notebook_id"),
    "submission_id",
)
_ATTRIBUTES = {
    "a": ["href"],
    "*": [
        *("accent", "accentunder", "columnalign", "display", "displaystyle", "fence", "form"),
        *("height", "linethickness", "mathvariant", "maxsize", "minsize", "scriptlevel"),
        *("separator", "stretchy", "width", "xmlns"),
    ],
}


def templates() -> list[str]:
    """The folders of formgrader's templates: ours, with a page without MathJax, and nbgrader's."""
    theirs = Path(nbgrader.__file__).parent / "server_extensions" / "formgrader" / "templates"
    return [str(Path(__file__).parent), str(theirs)]


class EscapeNames(Preprocessor):
    """Escapes the names on the page: nbgrader's template puts them into it as they are."""

    enabled = True

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        for key in _NAMES:
            if isinstance(resources.get(key), str):
                resources[key] = escape(resources[key])
        return nb, resources


class _Forgiving(Renderer):
    """Shows what a student mistyped as it was typed, and no pictures: they may be anywhere."""

    def inline_math(self, body: str) -> str:
        try:
            return super().inline_math(body)
        except Exception:  # latex2mathml's errors have no common class
            return f"<code>{escape(body)}</code>"

    def block_math(self, body: str) -> str:
        try:
            return super().block_math(body)
        except Exception:
            return f"<pre>{escape(body)}</pre>"

    def image(self, text: str, url: str, title: str | None = None) -> str:
        return f"<em>picture: {escape(text)}</em>"


def markdown(source: str) -> str:
    """nbconvert's filter `markdown2html` for formgrader.

    An answer may be Markdown, and the page can change grades: nothing that the student wrote may
    run there, or fetch anything.
    """
    cleaner = SanitizeHTML(tags=_TEXT + _FORMULA, attributes=_ATTRIBUTES, strip=True)
    return cleaner.sanitize_html_tags(rendered(source, _Forgiving))
