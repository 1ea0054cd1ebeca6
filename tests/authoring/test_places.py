"""Links to where students work, and the cell that installs the package there."""

import subprocess
import sys
from urllib.parse import parse_qs, urlparse

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from course_utils.authoring.places import Places
from course_utils.errors import CourseError

PLACES = Places("uni/imaging", "spring/2026")
LESSON = "notebooks/03-convolution/03-convolution.ipynb"


@pytest.mark.parametrize(
    "name", ["", "imaging", "uni/", "/imaging", "https://github.com/uni/imaging", "uni/a/b"]
)
def test_what_is_no_repository_is_refused(name):
    with pytest.raises(CourseError, match="expected OWNER/NAME"):
        Places(name)


@pytest.mark.parametrize("name", ["-uni/imaging", "uni/..", "uni/imaging.git", "uni/a b", "ü/a"])
def test_names_that_github_does_not_have_are_refused(name):
    with pytest.raises(CourseError, match="is no repository on GitHub"):
        Places(name)


@pytest.mark.parametrize("branch", ["", "a b", "-x", "a..b", "/a", "a/", "a;b", "$(a)", "a@{b"])
def test_what_is_no_branch_is_refused(branch):
    with pytest.raises(CourseError, match="name of a branch"):
        Places("uni/imaging", branch)


@pytest.mark.parametrize("hub", ["hub.uni.org", "ftp://hub.uni.org", "https://a b", "https://a?b"])
def test_what_is_no_address_of_a_hub_is_refused(hub):
    with pytest.raises(CourseError, match="no hub's address"):
        Places("uni/imaging", hub=hub)


def test_links_lead_to_the_lesson_on_the_branch():
    links = PLACES.links("03-convolution")
    assert links["Open in Colab"] == (
        f"https://colab.research.google.com/github/uni/imaging/blob/spring/2026/{LESSON}"
    )
    assert links["download"] == f"https://github.com/uni/imaging/raw/spring/2026/{LESSON}"
    binder = urlparse(links["Binder"])
    assert binder.path == "/v2/gh/uni/imaging/spring%2F2026"  # one part, or Binder looks elsewhere
    assert parse_qs(binder.query) == {"urlpath": [f"lab/tree/{LESSON}"]}
    assert list(links) == ["Open in Colab", "Binder", "download"]


def test_a_hub_fetches_the_repository_and_opens_the_lesson():
    links = Places("uni/imaging", hub="https://hub.uni.org/").links("03-convolution")
    link = urlparse(links["JupyterHub"])
    assert (link.netloc, link.path) == ("hub.uni.org", "/hub/user-redirect/git-pull")
    assert parse_qs(link.query) == {
        "repo": ["https://github.com/uni/imaging"],
        "branch": ["main"],
        "urlpath": [f"lab/tree/imaging/{LESSON}?autodecode"],
    }


def test_the_readme_has_every_link_of_every_lesson():
    text = PLACES.readme(["01-perceptron", "02-losses"])
    for unit in ("01-perceptron", "02-losses"):
        (row,) = (line for line in text.splitlines() if line.startswith(f"| [{unit}]"))
        for link in PLACES.links(unit).values():
            assert f"({link})" in row
    assert "/archive/refs/heads/spring/2026.zip" in text
    assert "https://HUB/hub/user-redirect/git-pull?" in text
    assert "{" not in text


def test_with_a_hub_the_readme_has_no_gap_to_fill_in():
    text = Places("uni/imaging", hub="https://hub.uni.org").readme(["01-perceptron"])
    assert text.count("https://hub.uni.org/hub/user-redirect/git-pull?") == 2
    assert "HUB" not in text


@pytest.fixture
def opened(tmp_path):
    """A small notebook that has got its links and its first cell."""
    lesson = new_notebook(
        cells=[new_markdown_cell("# Title"), new_code_cell("import numpy"), new_code_cell("1")]
    )
    path = tmp_path / "03-convolution.ipynb"
    nbformat.write(lesson, path)
    PLACES.add_to(path)
    return nbformat.read(path, as_version=4)


def test_a_release_begins_with_links_and_its_code_with_the_installation(opened):
    nbformat.validate(opened)
    links, title, install, *others = opened.cells
    for link in PLACES.links("03-convolution").values():
        assert f"({link})" in links.source
    assert title.source == "# Title"
    assert "git+https://github.com/uni/imaging@spring/2026" in install.source
    assert [cell.source for cell in others] == ["import numpy", "1"]


PRELUDE = """
import sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "course_utils":
            raise ModuleNotFoundError(f"No module named {name!r}")

def pip(line):
    print("pip", line)
    if WORKS:
        sys.meta_path.remove(missing)

missing = Missing()
get_ipython().register_magic_function(pip, "line", "pip")
"""
BLOCK = "sys.meta_path.insert(0, missing)\n"
PIP = "pip install -q git+https://github.com/uni/imaging@spring/2026\n"


@pytest.mark.parametrize(
    ("before", "said"),
    [
        ("WORKS = True\n", ""),
        (
            f"WORKS = True\n{BLOCK}",
            PIP + "Installed the course's package from https://github.com/uni/imaging\n",
        ),
    ],
    ids=["there", "missing"],
)
def test_the_first_cell_installs_what_is_missing_once(opened, tmp_path, before, said):
    cell = opened.cells[2].source
    assert ran(
        tmp_path, PRELUDE + before + f"{cell}\n{cell}\nprint(course_utils.__name__)"
    ).stdout == (said + "course_utils\n")


def test_where_pip_fails_the_first_cell_says_so(opened, tmp_path):
    result = ran(tmp_path, f"{PRELUDE}WORKS = False\n{BLOCK}{opened.cells[2].source}\n")
    assert result.stdout.startswith(PIP)
    assert "No module named 'course_utils'" in result.stdout + result.stderr
    assert not any(line.startswith("Installed") for line in result.stdout.splitlines())


def ran(folder, code: str) -> subprocess.CompletedProcess:
    """Run code with magics in an IPython of its own."""
    script = folder / "cells.ipy"
    script.write_text(code, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", "IPython", "--colors=NoColor", f"--ipython-dir={folder}", script],
        capture_output=True,
        text=True,
        check=False,
    )
