"""What formgrader's page of a submission needs so that it asks nothing of the network.

nbgrader's page loads MathJax from the internet. Without a network the formulas stay LaTeX, the
keyboard does nothing, and until the request has failed no comment is saved.
"""

from html import escape
from importlib.util import find_spec
from pathlib import Path

from course_utils.markdown import Renderer, rendered


def templates() -> list[str]:
    """The folders of formgrader's templates: ours, with a page without MathJax, and nbgrader's."""
    nbgrader = Path(find_spec("nbgrader").origin).parent
    return [str(Path(__file__).parent), str(nbgrader / "server_extensions/formgrader/templates")]


class _Forgiving(Renderer):
    """A formula that a student mistyped is shown as it was typed."""

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


def markdown(source: str) -> str:
    """nbconvert's filter `markdown2html` for formgrader."""
    return rendered(source, _Forgiving)
