"""What `course lab` says and asks before it opens JupyterLab."""

import io

import pytest
from small_lessons import cell, exercise, lesson, lines, load, markdown, sources, write

from course_utils import cli
from course_utils.errors import CourseError
from course_utils.student import lab

UNIT = "01-sums"
ANSWER = "def total(x):\n    return sum(x)"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def notebook(tmp_path, monkeypatch):
    """A student's notebook with an answer, whose release has changed since."""
    (tmp_path / "course_utils").mkdir()
    monkeypatch.chdir(tmp_path)
    old = lesson(markdown("title", "# Sums"), *exercise("total"))
    release = write(tmp_path / "notebooks" / UNIT / f"{UNIT}.ipynb", old)
    lab.prepare(tmp_path / "work")
    notebook = tmp_path / "work" / UNIT / f"{UNIT}.ipynb"
    mine = load(notebook)
    cell(mine, "total")["source"] = lines(ANSWER)
    write(notebook, mine)
    write(release, lesson(markdown("title", "# Sums and more"), *exercise("total")))
    return notebook


def is_new(notebook) -> bool:
    texts = sources(load(notebook))
    assert texts[1] == ANSWER
    return texts[0] == "# Sums and more"


def test_without_a_terminal_it_only_says_so(notebook, capsys):
    lab.prepare(notebook.parents[1])
    said = capsys.readouterr().out
    assert f"{UNIT} has a new version, and you have written in yours." in said
    assert "`course lab --update`" in said
    assert not is_new(notebook)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [("y\n", True), ("YES\n", True), ("\n", False), ("n\n", False), ("", False)],
)
def test_on_a_terminal_it_asks(notebook, monkeypatch, typed, wanted):
    shown = Terminal()
    monkeypatch.setattr("sys.stdin", Terminal(typed))
    monkeypatch.setattr("sys.stdout", shown)
    lab.prepare(notebook.parents[1])
    assert "[y/N]" in shown.getvalue()
    assert is_new(notebook) == wanted


def test_with_update_it_does_not_ask(notebook, monkeypatch, capsys):
    monkeypatch.setattr("builtins.input", lambda question: pytest.fail(question))
    lab.prepare(notebook.parents[1], update=True)
    said = capsys.readouterr().out
    assert is_new(notebook)
    (kept,) = set(notebook.parent.iterdir()) - {notebook}
    assert "1 of your answers" in said
    assert kept.name in said
    assert not is_new(kept)


def test_cells_that_stay_behind_are_counted(notebook, capsys):
    mine = load(notebook)
    cell(mine, "title")["source"] = ["# My sums"]
    write(notebook, mine)
    lab.prepare(notebook.parents[1], update=True)
    assert "Only in the old file: 1 cells" in capsys.readouterr().out


@pytest.mark.parametrize("update", [False, True])
def test_a_notebook_that_cannot_be_read_is_named_with_the_reason(notebook, capsys, update):
    notebook.write_text("{", encoding="utf-8")
    lab.prepare(notebook.parents[1], update)
    assert "It stays as it is: " in (said := capsys.readouterr().out)
    assert "damaged in line 1" in said
    assert notebook.read_text(encoding="utf-8") == "{"


def test_a_write_protected_notebook_stays_and_is_named(notebook, capsys):
    notebook.chmod(0o444)
    lab.prepare(notebook.parents[1], update=True)
    assert "is write-protected" in capsys.readouterr().out
    assert not is_new(notebook)


def test_a_folder_that_cannot_be_written_is_named(tmp_path, monkeypatch):
    def refuse(*args):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(lab, "refresh", refuse)
    with pytest.raises(CourseError, match="work cannot be written: Permission denied"):
        lab.prepare(tmp_path / "work")


def test_the_command_hands_over_its_options(monkeypatch, tmp_path):
    seen = []
    monkeypatch.setattr(lab, "lab", lambda *args: seen.append(args) or 0)
    arguments = ["lab", "--update", "--folder", str(tmp_path), "--", "--no-browser"]
    assert cli.main(arguments) == 0
    assert seen == [(tmp_path, ["--", "--no-browser"], True)]
