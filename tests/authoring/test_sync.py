"""A source notebook edited in JupyterLab comes back to its script with that edit and no other."""

import os

import nbformat
from jupytext.cli import jupytext

from course_utils.authoring.notebook import read_script, to_json


def sync(unit, newer) -> None:
    """Run `jupytext --sync`, which takes over the newer one of notebook and script."""
    now = unit.script.stat().st_mtime
    os.utime(newer, (now + 10, now + 10))
    jupytext(["--quiet", "--sync", str(unit.source)])


def test_an_edit_and_a_new_cell_are_all_that_changes(drafted, lesson):
    notebook = nbformat.read(drafted.source, 4)
    notebook.cells[4].source = 'print("before")\nprint("in between")\nprint("after")'
    notebook.cells.insert(5, nbformat.v4.new_markdown_cell("A new *cell*."))
    # what JupyterLab and a run leave behind
    notebook.metadata.language_info["version"] = "3.11.2"
    notebook.metadata["widgets"] = {"application/vnd.jupyter.widget-state+json": {"state": {}}}
    notebook.cells[4].metadata.update(scrolled=True, collapsed=False, trusted=True, execution={})
    notebook.cells[4].execution_count = 5
    notebook.cells[4].outputs = [nbformat.v4.new_output("stream", name="stdout", text="before")]
    nbformat.write(notebook, drafted.source)

    sync(drafted, newer=drafted.source)
    before = 'print("before")\nprint("after")\n'
    after = (
        'print("before")\nprint("in between")\nprint("after")\n\n# %% [markdown]\n# A new *cell*.\n'
    )
    assert drafted.script.read_text(encoding="utf-8") == lesson.replace(before, after)


def test_saving_without_an_edit_changes_nothing(drafted, lesson):
    sync(drafted, newer=drafted.source)
    assert drafted.script.read_text(encoding="utf-8") == lesson


def test_a_partial_mark_survives(unit, lesson):
    marked = lesson.replace("# jupyter:\n", "# jupyter:\n#   course:\n#     partial: 3.2 3.4\n")
    unit.script.write_text(marked)
    unit.source.write_text(to_json(read_script(unit.script)))
    sync(unit, newer=unit.source)
    assert unit.script.read_text(encoding="utf-8") == marked


def test_the_releases_are_not_paired(drafted):
    jupytext(["--quiet", "--sync", str(drafted.release)])
    assert [path.name for path in drafted.release.parent.iterdir()] == [drafted.release.name]
