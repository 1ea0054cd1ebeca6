"""The seeds that an attempt's hidden tests are drawn with, as they travel with its notebook."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from nbformat.notebooknode import NotebookNode

from course_utils.judging.cells import KEY


@dataclass(frozen=True)
class Draw:
    """What was drawn for an attempt of a student at a unit.

    Attributes:
        attempt: a digest of what counts of the submission.
        seeds: of each test, by the name of its cell; a test without one uses that of its text.
    """

    attempt: str = ""
    seeds: Mapping[str, int] = field(default_factory=dict)

    def write(self, notebook: NotebookNode) -> None:
        """Keep it with a notebook that is graded."""
        notebook.metadata[KEY] = {**notebook.metadata.get(KEY, {}), **asdict(self)}


def seed_of(notebook: NotebookNode, test: str | None) -> int | None:
    """The seed that was drawn for a test of a notebook; None where none was."""
    return notebook.metadata.get(KEY, {}).get("seeds", {}).get(test)
