"""The notice that images are phantoms: in the output itself, where nobody can miss it."""

import html
import sys
import textwrap
from dataclasses import dataclass

WIDTH = 78


@dataclass(frozen=True)
class Notice:
    """A headline and sentences; shown as a box in a notebook, as text in a terminal."""

    headline: str
    sentences: tuple[str, ...]

    def __repr__(self) -> str:
        rule = "=" * WIDTH
        paragraphs = [textwrap.fill(sentence, WIDTH) for sentence in self.sentences]
        return "\n".join([rule, self.headline, rule, *paragraphs, rule])

    def _repr_html_(self) -> str:
        paragraphs = "".join(
            f"<p style='margin:0.3em 0'>{html.escape(sentence)}</p>" for sentence in self.sentences
        )
        return (
            "<div role='note' style='border:3px solid #D55E00;padding:0.5em 1em;max-width:50em'>"
            f"<strong style='font-size:1.2em'>{html.escape(self.headline)}</strong>{paragraphs}"
            "</div>"
        )


def show(notice: Notice) -> None:
    """Show it in the running notebook, or else print it."""
    if "IPython" in sys.modules:
        from IPython.display import display

        display(notice)
    else:
        print(notice)
