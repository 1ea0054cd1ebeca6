"""Where students open a published lesson: links to Colab, Binder and a hub, and the first cell."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell

from course_utils.authoring.notebook import to_json
from course_utils.errors import CourseError
from course_utils.files import write_atomically

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*/(?!\.{1,2}$)[\w.-]+", re.ASCII)
_BRANCH = re.compile(r"(?![-./])(?!.*(\.\.|//|@\{))[\w./-]+(?<![./])", re.ASCII)
_HUB = re.compile(r"https?://[^\s?#<>()|]+")

_PLACES = Path(__file__).parent / "student_places.md"
_INSTALL = """\
try:
    import course_utils
except ModuleNotFoundError:  # on Colab and Kaggle, once a session
    %pip install -q git+{url}@{branch}
    import course_utils

    print("Installed the course's package from {url}")"""


@dataclass(frozen=True)
class Places:
    """The links of a student repository on GitHub.

    Args:
        repository: `OWNER/NAME`.
        branch: the branch that is published.
        hub: the address of a JupyterHub with nbgitpuller; empty when there is none.

    Raises:
        CourseError: for what cannot be a repository, branch or address.
    """

    repository: str
    branch: str = "main"
    hub: str = ""

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.repository) or self.repository.endswith(".git"):
            raise CourseError(
                f"{self.repository!r} is no repository on GitHub; expected OWNER/NAME, such as"
                " university/medical-imaging."
            )
        if not _BRANCH.fullmatch(self.branch):
            raise CourseError(
                f"{self.branch!r} cannot be the name of a branch; expected main, say."
            )
        if self.hub and not _HUB.fullmatch(self.hub):
            raise CourseError(
                f"{self.hub!r} is no hub's address; expected one such as https://hub.example.org."
            )

    @property
    def url(self) -> str:
        """The repository's own page."""
        return f"https://github.com/{self.repository}"

    def links(self, unit: str) -> dict[str, str]:
        """Where one lesson opens, by the words of the link."""
        lesson = f"notebooks/{unit}/{unit}.ipynb"
        path = f"{self.repository}/blob/{quote(self.branch)}/{lesson}"
        links = {
            "Open in Colab": f"https://colab.research.google.com/github/{path}",
            "Binder": self.binder(lesson),
            "download": f"{self.url}/raw/{quote(self.branch)}/{lesson}",
        }
        return links | ({"JupyterHub": self.nbgitpuller(self.hub, lesson)} if self.hub else {})

    def binder(self, path: str) -> str:
        """The link that starts JupyterLab on Binder with a file or folder of the repository."""
        branch = quote(self.branch, safe="")
        query = urlencode({"urlpath": f"lab/tree/{path}"})
        return f"https://mybinder.org/v2/gh/{self.repository}/{branch}?{query}"

    def nbgitpuller(self, hub: str, path: str) -> str:
        """The link that fetches the repository to a hub, or what is new in it, and opens `path`."""
        folder = self.repository.partition("/")[2]
        query = {
            "repo": self.url,
            "branch": self.branch,
            "urlpath": f"lab/tree/{folder}/{path}?autodecode",
        }
        return f"{hub.rstrip('/')}/hub/user-redirect/git-pull?{urlencode(query)}"

    def add_to(self, notebook: Path) -> None:
        """Let a release begin with its links, and its code with the cell that installs the package.

        Both cells are plain: for nbgrader and the grader they are as a student's own.
        """
        lesson = nbformat.read(notebook, as_version=4)
        links = " · ".join(f"[{word}]({url})" for word, url in self.links(notebook.stem).items())
        install = _INSTALL.format(url=self.url, branch=self.branch)
        first = next(
            (i for i, cell in enumerate(lesson.cells) if cell.cell_type == "code"),
            len(lesson.cells),
        )
        lesson.cells.insert(first, new_code_cell(install, id="install-the-course"))
        lesson.cells.insert(0, new_markdown_cell(links, id="open-this-lesson"))
        write_atomically(notebook, to_json(lesson))

    def readme(self, units: Iterable[str]) -> str:
        """The lessons with their links, and what to know of each place, for the README."""
        rows = [["lesson", *self.links("")], ["---"] * (1 + len(self.links("")))]
        for unit in units:
            links = [f"[{word}]({url})" for word, url in self.links(unit).items()]
            rows.append([f"[{unit}](notebooks/{unit}/{unit}.ipynb)", *links])
        table = "".join(f"| {' | '.join(row)} |\n" for row in rows)
        if self.hub:
            hub = f"[all lessons]({self.nbgitpuller(self.hub, 'notebooks')})."
        else:
            hub = f"`{self.nbgitpuller('https://HUB', 'notebooks')}`, with its address for `HUB`."
        archive = f"{self.url}/archive/refs/heads/{quote(self.branch)}.zip"
        places = _PLACES.read_text(encoding="utf-8")
        return table + places.replace("{hub}", hub).replace("{zip}", archive).rstrip()
