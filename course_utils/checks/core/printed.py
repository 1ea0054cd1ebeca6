"""What student code prints and warns of: kept, within bounds."""

import contextlib
import io
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence

TEXTS_AT_MOST = 3
"""How many different texts of a check's calls its report quotes."""

LINES_AT_MOST = 20
"""How many lines of each."""


class Printed(io.TextIOBase):
    """A stream that keeps the beginning of what is written to it."""

    def __init__(self, at_most: int) -> None:
        self.text = ""
        self._at_most = at_most

    def write(self, text: str) -> int:
        """Keep a text, as far as there is room."""
        if len(self.text) < self._at_most:
            self.text += str(text)[: self._at_most - len(self.text)]
        return len(text)

    def writable(self) -> bool:
        """Say that it can be written to, always."""
        return True


@contextlib.contextmanager
def heard(out: Printed) -> Iterator[list[warnings.WarningMessage]]:
    """While entered, what is printed goes to `out`, and every warning into the list given."""
    with (
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(out),
        warnings.catch_warnings(record=True) as caught,
    ):
        warnings.simplefilter("always")
        yield caught


def together(texts: Sequence[str]) -> str:
    """What several calls printed as one text: each different one once, the first few in full."""
    counts = Counter(text.rstrip() for text in texts if text.strip())
    parts = [_quoted(*each) for each in list(counts.items())[:TEXTS_AT_MOST]]
    left = sum(list(counts.values())[TEXTS_AT_MOST:])
    if left:
        parts.append(f"({left} more {'call' if left == 1 else 'calls'} printed something else)")
    return "\n".join(parts)


def _quoted(text: str, times: int) -> str:
    lines = text.splitlines()
    if len(lines) > LINES_AT_MOST:
        lines = [*lines[:LINES_AT_MOST], "…"]
    return "\n".join(lines if times == 1 else [*lines, f"(in {times} calls)"])
