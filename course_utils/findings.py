"""Sentences that state a result: shown only where the result bears them out."""

import sys
from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """A result in words: a paragraph in a notebook, a line of text elsewhere."""

    holds: bool
    sentence: str

    def __repr__(self) -> str:
        return f"{'Seen' if self.holds else 'Not seen here'}: {self.sentence}"

    def _repr_markdown_(self) -> str:
        return f"**{'Seen' if self.holds else 'Not seen here'}:** {self.sentence}"


def finding(holds: object, sentence: str, otherwise: str) -> None:
    """Show `sentence` if the result that it speaks of holds, and else `otherwise`.

    A lesson runs on phantoms and on real images, and a network that was trained elsewhere may end
    elsewhere: what a text says of an output is said by the output. A built lesson shows every
    `sentence` (a test holds that), and a reader whose images answer otherwise reads `otherwise`.

    Args:
        holds: the condition, of numbers that were measured: a bool, Python's, NumPy's or a tensor.
        sentence: what was seen, with its numbers.
        otherwise: what to make of it where it was not seen.
    """
    found = Finding(bool(holds), sentence if holds else otherwise)
    if "IPython" in sys.modules:
        from IPython.display import display

        display(found)
    else:
        print(found)
