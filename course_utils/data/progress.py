"""Progress bars on the terminal or in the notebook; nothing where nobody watches."""

from collections.abc import Iterable, Iterator


def bar(*columns):
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
