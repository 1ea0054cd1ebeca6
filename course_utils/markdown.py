"""Markdown as HTML; its formulas as MathML, which browsers show without a script."""

from latex2mathml.converter import convert as mathml
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath


class Renderer(IPythonRenderer):
    """nbconvert's renderer with MathML in the place of LaTeX."""

    def inline_math(self, body: str) -> str:
        return mathml(body)

    def block_math(self, body: str) -> str:
        return f"<div class='formula' tabindex='0'>{mathml(body, display='block')}</div>"

    def latex_environment(self, name: str, body: str) -> str:
        return self.block_math(f"\\begin{{{name}}}{body}\\end{{{name}}}")


def rendered(source: str, renderer: type[Renderer] = Renderer) -> str:
    """A cell's Markdown as HTML.

    Raises:
        Exception: latex2mathml's own, where a formula cannot be read.
    """
    return MarkdownWithMath(renderer=renderer(escape=False, exclude_anchor_links=True)).render(
        source
    )
