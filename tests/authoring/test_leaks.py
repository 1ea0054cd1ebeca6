"""No answer leaks: whatever its form, it is found; and what is no answer raises no alarm."""

import html
import json
import zipfile

import nbformat
import pytest

from course_utils.authoring.leaks import find_leaks
from course_utils.authoring.secrets import collect
from course_utils.repository import units

VERBATIM = """
def anything(values):
    doubled_values = []
    for position, single in enumerate(values):
        if position >= 0:
            doubled_values.append(single * 2 + 0 * position)
    return doubled_values
"""
RENAMED = """
def anything(numbers: list[int]) -> list[int]:
    '''With a docstring, other names, annotations and comments.'''
    out: list = []
    # every number
    for i, number in enumerate(numbers):
        if i >= 0:
            out.append(number * 2 + 0 * i)
    return out
"""
ANOTHER_WAY = """
def anything(values):
    result = []
    for value in values:
        result.append(2 * value)
    return result


def generic(x, w, names):
    if x.ndim != 4:
        raise ValueError(f"expected four axes, got {x.ndim}")
    found = {}
    for position, name in enumerate(names):
        if name in found:
            found[name].append(position)
    rows, columns = x.shape[2:]
    return [found[name] for name in sorted(found)], rows, columns
"""


@pytest.fixture
def secrets(unit):
    return collect([unit])


def leaks_in(folder, name, text, secrets) -> str:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return "\n".join(str(leak) for leak in find_leaks(folder, secrets))


def test_a_copy_of_a_solution_in_a_package_is_found(tmp_path, secrets):
    said = leaks_in(tmp_path / "package", "copy.py", VERBATIM, secrets)
    assert "copy.py: line" in said
    assert "the solution of double" in said


def test_a_renamed_copy_is_found(tmp_path, secrets):
    assert "the solution of double" in leaks_in(tmp_path / "p", "copy.py", RENAMED, secrets)


def test_a_copy_hidden_deep_in_a_class_is_found(tmp_path, secrets):
    body = "\n".join(f"        {line}" for line in VERBATIM.splitlines())
    code = f"class A:\n    if True:\n{body}\n"
    assert "the solution of double" in leaks_in(tmp_path / "p", "copy.py", code, secrets)


def test_generic_code_and_another_way_raise_no_alarm(tmp_path, secrets):
    assert leaks_in(tmp_path / "p", "other.py", ANOTHER_WAY, secrets) == ""


def test_what_the_lesson_shows_is_no_secret(tmp_path, unit, lesson):
    shown = lesson.replace("# A first sentence.", "# `doubled_values = []` is a good start.")
    unit.script.write_text(shown)
    page = "<p>doubled_values = []</p>"
    assert leaks_in(tmp_path / "p", "page.html", page, collect([unit])) == ""


def test_the_real_package_holds_no_answer(root):
    assert find_leaks(root / "course_utils", collect(units(root))) == []


def test_a_release_is_clean_and_a_source_is_not(drafted):
    secrets = collect([drafted])
    assert find_leaks(drafted.release.parent, secrets) == []
    said = "\n".join(str(leak) for leak in find_leaks(drafted.source, secrets))
    assert "a marker is left in the cell 'double'" in said
    assert "a line of the hidden test of double-test" in said
    assert "a line of the solution of double" in said


@pytest.mark.parametrize("text", ["check.double(double, seed=90817)", "seed  =\n 90817"])
def test_a_hidden_test_is_found_in_a_page(tmp_path, secrets, text):
    assert "hidden test" in leaks_in(tmp_path / "p", "page.html", f"<pre>{text}</pre>", secrets)


def test_a_traceback_that_quotes_a_hidden_test_is_found_through_colours(tmp_path, secrets):
    traceback = "\x1b[32m----> 3 \x1b[39mcheck.double\x1b[34m(\x1b[39mdouble, seed=\x1b[35m90817)"
    cell = nbformat.v4.new_code_cell(
        "check.double(double)",
        outputs=[nbformat.v4.new_output("error", ename="E", evalue="", traceback=[traceback])],
    )
    notebook = nbformat.writes(nbformat.v4.new_notebook(cells=[cell]))
    said = leaks_in(tmp_path / "p", "graded.ipynb", notebook, secrets)
    assert "a line of the hidden test of double-test" in said
    as_page = "<pre>" + html.escape(traceback.replace("\x1b[39m", "")) + "</pre>"
    assert "hidden test" in leaks_in(tmp_path / "q", "page.html", as_page, secrets)


def test_highlighted_lines_of_a_solution_are_found_in_a_page(tmp_path, secrets):
    page = (
        "<span class='n'>doubled_values</span><span class='o'>.</span>append("
        "<b>single</b> * 2 + 0 *&nbsp;position)"
    )
    assert "the solution of double" in leaks_in(tmp_path / "p", "page.html", page, secrets)


def test_what_students_wrote_themselves_is_no_leak_but_a_hidden_test_is(tmp_path, secrets):
    page = f"<pre>{VERBATIM}</pre>"
    own = secrets.without(VERBATIM)
    assert leaks_in(tmp_path / "p", "page.html", page, own) == ""
    page += "check.double(double, seed=90817)"
    assert "hidden test" in leaks_in(tmp_path / "p", "page.html", page, own)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (
            lambda nb: nb.cells[3].update(
                outputs=[nbformat.v4.new_output("stream", name="stdout", text="4")]
            ),
            "an output in the cell 'look-2'",
        ),
        (lambda nb: nb.cells[3].update(execution_count=2), "a trace of execution"),
        (lambda nb: nb.cells[3].metadata.update(execution={}), "a trace of execution"),
        (lambda nb: nb.metadata.update(widgets={}), "a widget state"),
        (lambda nb: nb.metadata.language_info.update(version="3.11"), "the version of the kernel"),
        (
            lambda nb: nb.cells[6].update(attachments={"a.png": {"image/png": "iVBO"}}),
            "an attachment in the cell 'double'",
        ),
    ],
)
def test_what_the_run_of_the_source_leaves_is_found(drafted, spoil, said):
    notebook = nbformat.read(drafted.release, 4)
    spoil(notebook)
    nbformat.write(notebook, drafted.release)
    found = find_leaks(drafted.release.parent, collect([drafted]))
    assert any(said in leak.what for leak in found), found


def test_outputs_and_widgets_of_the_source_are_found_in_a_page(tmp_path, drafted):
    notebook = json.loads(drafted.source.read_text())
    model = "0123456789abcdef0123456789abcdef"
    view = {"application/vnd.jupyter.widget-state+json": {"state": {model: {}}}}
    notebook["metadata"]["widgets"] = view
    printed = "the doubled values of one and of two are two and four"
    output = {"output_type": "stream", "name": "stdout", "text": [printed]}
    notebook["cells"][6]["outputs"] = [output]
    drafted.source.write_text(json.dumps(notebook))
    secrets = collect([drafted])
    assert "the widget state" in leaks_in(tmp_path / "p", "a.html", f"<p>{model}</p>", secrets)
    assert "an output of double" in leaks_in(tmp_path / "p", "a.html", printed, secrets)


def test_a_wheel_is_searched(tmp_path, secrets):
    wheel = tmp_path / "course-1-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("course_utils/fine.py", ANOTHER_WAY)
        archive.writestr("course_utils/copy.py", RENAMED)
        archive.writestr("solutions/99-doubling/99-doubling.py", "")
    said = [str(leak) for leak in find_leaks(wheel, secrets)]
    assert any(leak.startswith("course_utils/copy.py: line") for leak in said)
    assert any("a file from `solutions`" in leak for leak in said)
    assert not any("fine.py" in leak for leak in said)


def test_an_answer_in_a_comment_or_readme_is_found(tmp_path, secrets):
    line = "doubled_values.append(single * 2 + 0 * position)"
    assert "the solution of double" in leaks_in(tmp_path / "p", "a.py", f"# {line}\n", secrets)
    assert "the solution of double" in leaks_in(tmp_path / "q", "README.md", f"`{line}`", secrets)


def test_a_broken_notebook_proves_nothing(tmp_path, secrets):
    assert "nothing is proven" in leaks_in(tmp_path / "p", "a.ipynb", '{"cells": [', secrets)
