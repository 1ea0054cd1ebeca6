"""A script becomes a notebook, always the same one."""

import re

import nbformat

from course_utils.authoring.notebook import headings, read_script, to_json


def ids(unit) -> list[str]:
    return [cell.id for cell in read_script(unit.script).cells]


def test_the_same_script_gives_the_same_bytes(unit):
    assert to_json(read_script(unit.script)) == to_json(read_script(unit.script))


def test_the_notebook_is_valid_and_names_no_version_of_python(unit):
    notebook = read_script(unit.script)
    nbformat.validate(notebook)
    assert notebook.metadata.kernelspec.name == "python3"
    assert "version" not in notebook.metadata.language_info
    assert set(notebook.metadata) == {"kernelspec", "language_info"}


def test_cells_are_named_after_grade_id_or_section(unit):
    assert ids(unit) == [
        "doubling-1",
        "doubling-2",
        "look-1",
        "look-2",
        "look-3",
        "write-it-1",
        "double",
        "double-test",
        "what-you-can-do-now-1",
    ]


def test_editing_one_section_leaves_the_ids_of_the_others(unit, lesson):
    before = ids(unit)
    unit.script.write_text(
        lesson.replace("# %% [markdown]\n# ## Write", "# %%\n1\n\n# %% [markdown]\n# ## Write")
    )
    after = ids(unit)
    assert [name for name in after if name not in before] == ["look-4"]
    assert [name for name in after if name in before] == before


def test_ids_are_unique_valid_and_short_whatever_the_headings(unit):
    titles = [
        "Check it",
        "Check it",
        "Ärzte & $\\alpha$: " + "long " * 40,
        "日本",
        "double",
        "double",
    ]
    unit.script.write_text(
        "".join(f"# %% [markdown]\n# ## {title}\n\n# %%\n1\n\n" for title in titles),
        encoding="utf-8",
    )
    names = ids(unit)
    assert len(set(names)) == len(names) == 12
    assert all(re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", name) for name in names)


def test_a_comment_in_fenced_code_is_no_heading():
    cell = nbformat.v4.new_markdown_cell("## One\n```\n# two\n```\n### Three ###")
    assert headings(cell) == [(2, "One"), (3, "Three")]
