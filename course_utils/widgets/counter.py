"""One line that says how far a long cell is."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")


def counted(items: Iterable[Item], title: str) -> Iterator[Item]:
    """Go through the items; a line below the cell counts them: `training: 3 of 16`.

    The line replaces itself, and what stays of it is the last count, so that a stored notebook is
    the same every time.

    Args:
        items: what takes long, item by item.
        title: what is done with them.
    """
    from IPython.display import display

    known = list(items)

    def line(done: int) -> dict[str, str]:
        return {"text/plain": f"{title}: {done} of {len(known)}"}

    screen = display(line(0), raw=True, display_id=True)
    for done, item in enumerate(known, start=1):
        yield item
        if screen is not None:  # there is none outside of a notebook
            screen.update(line(done), raw=True)
