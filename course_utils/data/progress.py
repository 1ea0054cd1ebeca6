"""Progress bars on the terminal or in the notebook; nothing where nobody watches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, ProgressColumn


def bar(*columns: ProgressColumn) -> Progress:
    """A rich progress bar that leaves no trace when it is done."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console()
    watched = console.is_terminal or console.is_jupyter
    return Progress(*columns, console=console, transient=True, disable=not watched)


def track(items: Iterable, title: str) -> Iterator:
    """Go through the items under a progress bar."""
    with bar() as shown:
        yield from shown.track(items, description=title)
