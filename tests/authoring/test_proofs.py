"""Each proof holds for a good notebook and names the violation of a bad one."""

from types import SimpleNamespace

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from course_utils.authoring import proofs
from course_utils.authoring.coverage import all_rows
from course_utils.errors import CourseError
from course_utils.repository import Unit

PNG = {"image/png": "iVBORw0KGgo="}
VIEW = {"application/vnd.jupyter.widget-view+json": {"model_id": "a"}}


def given(text: str | None, points: float = 2) -> object:
    """A notebook with one test cell that gave `text` (None: no result)."""
    marks = {"grade": True, "grade_id": "f-test", "locked": True, "points": points}
    marks |= {"schema_version": 3, "solution": False, "task": False}
    data = {"text/plain": text}
    outputs = [] if text is None else [new_output("execute_result", data)]
    cell = new_code_cell("check.f(f)", metadata={"nbgrader": marks}, outputs=outputs)
    return new_notebook(cells=[cell])


def shown(data: dict, **metadata) -> object:
    output = new_output("display_data", data, metadata=metadata)
    return new_notebook(cells=[new_code_cell("1", outputs=[output])])


def pages(*sources: str, tags: tuple[str, ...] = ()) -> object:
    return new_notebook(
        cells=[new_markdown_cell(source, metadata={"tags": list(tags)}) for source in sources]
    )


def test_the_source_must_give_full_marks():
    assert proofs.full_marks(given("2.0")) == []
    for text in ("1.5", "0.0", "3.0"):
        assert len(proofs.full_marks(given(text))) == 1


def test_the_release_must_give_no_marks():
    assert proofs.no_marks(given("0.0")) == []
    # without a result, or with an unreadable one, nbgrader gives full marks
    for text in ("0.1", "2.0", None, "nan", "a"):
        assert len(proofs.no_marks(given(text))) == 1


def test_points_and_exercises_must_agree_with_the_checks():
    two = {"f": SimpleNamespace(points=2)}
    assert proofs.same_points(given("2.0"), two) == []
    assert "gives 3 points" in proofs.same_points(given("2.0", points=3), two)[0]
    assert proofs.same_points(given("2.0"), {}) == ["f has no check."]
    more = two | {"g": SimpleNamespace(points=1)}
    assert proofs.same_points(given("2.0"), more) == ["g has no exercise in the notebook."]


@pytest.mark.parametrize("stub", ["def f(x):\n", "def f(x):\n    return 0"])
def test_a_stub_must_be_valid_and_must_raise(stub):
    marks = {"grade_id": "f", "solution": True}
    cell = new_code_cell(stub, metadata={"nbgrader": marks})
    assert proofs.stubs(new_notebook(cells=[cell]))


def test_all_rows_of_a_unit_are_demanded(tmp_path):
    unit = Unit("03-convolution", tmp_path)
    assert all_rows(unit) == [f"3.{row}" for row in range(1, 11)]
    full = pages("a", tags=[f"covers-{row}" for row in all_rows(unit)])
    assert proofs.rows(unit, full) == []
    assert "covers-3.1 " in proofs.rows(unit, pages("a"))[0]
    assert len(proofs.rows(unit, pages("a"))) == 10


def test_a_partial_unit_needs_the_rows_of_its_mark(tmp_path):
    unit = Unit("03-convolution", tmp_path)
    partial = pages("a", tags=["covers-3.2"])
    partial.metadata["course"] = {"partial": "3.2 3.10"}
    assert [row[:28] for row in proofs.rows(unit, partial)] == ["no cell has the tag covers-3"]
    partial.cells[0].metadata["tags"] += ["covers-3.10", "covers-4.1"]
    assert proofs.rows(unit, partial) == ["the tag covers-4.1 names a row that this unit lacks."]


@pytest.mark.parametrize("mark", [3.2, "3.11", "4.1", ["3.2"]])
def test_a_mark_that_names_no_row_is_refused(tmp_path, mark):
    notebook = pages("a")
    notebook.metadata["course"] = {"partial": mark}
    with pytest.raises(CourseError, match="expected `partial` to name"):
        proofs.rows(Unit("03-convolution", tmp_path), notebook)


def test_headings_must_form_an_outline():
    assert proofs.outline(pages("# T", "## A\n\n### B", "## C")) == []
    assert "first heading" in proofs.outline(pages("## A"))[0]
    assert "first heading" in proofs.outline(pages("text"))[0]
    assert "second title" in proofs.outline(pages("# T", "# U"))[0]
    assert "level 4 below a heading of level 2" in proofs.outline(pages("# T", "## A", "#### B"))[0]


@pytest.mark.parametrize(
    "notebook",
    [
        pages("![two lungs](a.png)"),
        pages('<img src="a.png" alt="two lungs">'),
        shown(PNG, **{"image/png": {"alt": "two lungs"}}),
        shown(PNG | {"text/html": '<img alt="two lungs" src="data:image/png;base64,iVBO">'}),
        shown(PNG | VIEW | {"text/plain": "Convolution: output 3 is 7."}),
        shown({"text/html": '<svg role="img" aria-label="two lungs"></svg>'}),
        shown({"text/html": '<svg aria-hidden="true"></svg>'}),
    ],
)
def test_pictures_with_words_pass(notebook):
    assert proofs.alternatives(notebook) == []


@pytest.mark.parametrize(
    "notebook",
    [
        pages("![](a.png)"),
        pages("![ ](a.png)"),
        pages('<img src="a.png">'),
        pages('<img src="a.png" alt="">'),
        shown(PNG | {"text/plain": "<Figure size 640x480 with 1 Axes>"}),
        shown(PNG | {"text/plain": "words that no reader of the picture gets"}),
        shown(VIEW | {"text/plain": "IntSlider(value=0)"}),
        shown(VIEW),
        shown({"text/html": '<svg role="img"></svg>'}),
    ],
)
def test_pictures_without_words_are_named(notebook):
    assert len(proofs.alternatives(notebook)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "<object at 0x7f1c2a3b4c50>",
        "/home/ann/course/a.py:3: UserWarning",
        "saved to /tmp/a.png",
        "in C:\\Users\\ann",
        "read ~/course/a.npz",
        "started 12:03:59",
        "on 2024-05-01 12:03",
        "took 1.53 s",
        "12.4 ms per step",
        "Wall time: 3",
        "100%|██| 5/5 [00:01<00:00, 3.1it/s]",
    ],
)
def test_what_differs_on_the_next_run_is_named(text):
    stream = new_output("stream", name="stdout", text=text)
    assert proofs.steadiness(new_notebook(cells=[new_code_cell("1", outputs=[stream])]))
    assert proofs.steadiness(
        shown({"text/html": f"<b>{text}</b>".replace("<object", "&lt;object")})
    )


@pytest.mark.parametrize(
    "text",
    [
        "7 / 2 = 3.5, 5 → 3 → 2",
        "</div> a/b and/or 3×3/s",
        "60 min, 2.2 min, 8 h",
        "ratio 3:4, 0x10, 28×28",
        "stride s = 2, k = 3.5",
        "https://arxiv.org/home/x",
    ],
)
def test_ordinary_results_pass(text):
    assert proofs.steadiness(shown({"text/plain": text, "text/html": text})) == []


def test_an_address_in_a_widget_is_named():
    notebook = new_notebook(metadata={"widgets": {"state": {"a": "<Frame at 0x7f1c2a3b4c50>"}}})
    assert proofs.steadiness(notebook) == ["an address in a widget's state: 0x7f1c2a3b4c50"]


def test_a_notebook_above_5_mb_is_named():
    assert proofs.size(pages("a"), "source") == []
    assert "6.0 MB" in proofs.size(pages("a" * 6_000_000), "source")[0]
