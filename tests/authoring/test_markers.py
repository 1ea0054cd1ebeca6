"""A lesson whose marks would leak an answer or lose a grade is refused, with file and line."""

import pytest

from course_utils.authoring.markers import lint, problems
from course_utils.errors import CourseError

SOLUTION_CELL = (
    '# %% nbgrader={"grade": false, "grade_id": "double", "locked": false, "schema_version": 3,'
    ' "solution": true, "task": false}'
)


def spoilt(unit, old: str, new: str) -> list[tuple[str, str]]:
    """The problems after a replacement, as (the line's text, the problem)."""
    text = unit.script.read_text()
    assert text.count(old) == 1
    unit.script.write_text(text.replace(old, new))
    lines = unit.script.read_text().splitlines()
    return [(lines[problem.line - 1].strip(), problem.text) for problem in problems(unit)]


def test_a_lesson_with_right_marks_has_no_problem(unit):
    lint(unit)


def test_the_real_lessons_have_no_problem(root):
    from course_utils.repository import units

    for unit in units(root):
        lint(unit)


@pytest.mark.parametrize(
    "mistyped",
    [
        "### BEGIN SOLUTIONS",
        "##BEGIN SOLUTION",
        "### BEGIN SOLUTOIN",
        "### begin solution",
        "# BEGIN SOLUTION",
        "###BEGIN SOLUTION",
        "### BEGIN  SOLUTION",
        "### BEGIN SOLUTION here",
        "x = 1  ### BEGIN SOLUTION",
    ],
)
def test_a_mistyped_marker_is_named_in_its_line(unit, mistyped):
    found = spoilt(unit, "### BEGIN SOLUTION", mistyped)
    assert (
        mistyped.strip(),
        f"{mistyped!r} looks like a marker: write '### BEGIN SOLUTION' on its own line.",
    ) in found


@pytest.mark.parametrize(
    ("old", "new", "line", "problem"),
    [
        ("    ### BEGIN SOLUTION\n", "", "### END SOLUTION", "without '### BEGIN SOLUTION'"),
        ("    ### END SOLUTION\n", "", "### BEGIN SOLUTION", "'### END SOLUTION' is missing"),
        (
            "    for position",
            "    ### BEGIN SOLUTION\n    for position",
            "### BEGIN SOLUTION",
            "inside the region of line",
        ),
        ("### BEGIN HIDDEN TESTS\n", "", "### END HIDDEN TESTS", "without '### BEGIN HIDDEN"),
        (
            'print("before")',
            '### BEGIN SOLUTION\nprint("before")\n### END SOLUTION',
            "### BEGIN SOLUTION",
            "does not belong in a cell of kind ordinary",
        ),
        (
            "    return doubled_values",
            "    return doubled_values\n    ### END SOLUTION\n"
            "    ### BEGIN HIDDEN TESTS\n    1\n    ### END HIDDEN TESTS\n    ### BEGIN SOLUTION",
            "### BEGIN HIDDEN TESTS",
            "does not belong in a cell of kind solution",
        ),
        (
            "# A first sentence.",
            "# ### BEGIN SOLUTION",
            "# ### BEGIN SOLUTION",
            "looks like a marker",
        ),
        ('"grade_id": "double-test"', '"grade_id": "double"', "# %% nbgrader", "taken by the cell"),
        ('"grade_id": "double-test"', '"grade_id": "other-test"', "# %% nbgrader", "no test cell"),
        (
            '"grade_id": "double-test"',
            '"grade_id": "other-test"',
            "# %% nbgrader",
            "no solution cell",
        ),
        ('"points": 3, ', "", "# %% nbgrader", "expected points above 0, got none"),
        ('"points": 3, ', '"points": 0, ', "# %% nbgrader", "expected points above 0"),
        ('"points": 3, ', '"points": "3", ', "# %% nbgrader", "expected points above 0"),
        ('"points": 3, "schema_version": 3', '"points": 3, "schema_version": 2', "# %%", "schema"),
        (
            '"points": 3, "schema_version": 3',
            '"points": 3',
            "# %%",
            "schema_version = 3, got nothing",
        ),
        ('"locked": false', '"locked": true', "# %% nbgrader", "expected locked = False, got True"),
        ('"grade_id": "double", ', "", "# %% nbgrader", "needs a `grade_id`"),
        ('"grade_id": "double",', '"grade_id": "double,', "# %% nbgrader", "cannot be read"),
        ('tags=["demo"]', 'tags=["dmeo"]', "# %% tags", "unknown tag 'dmeo'"),
        ('tags=["demo"]', "tags=demo", "# %% tags", "tags cannot be read"),
    ],
)
def test_each_fault_is_named_in_its_line(unit, old, new, line, problem):
    found = spoilt(unit, old, new)
    assert any(text.startswith(line) and problem in said for text, said in found), found


def test_a_solution_cell_without_any_region_is_refused(unit):
    text = unit.script.read_text()
    for marker in ("    ### BEGIN SOLUTION\n", "    ### END SOLUTION\n"):
        text = text.replace(marker, "")
    unit.script.write_text(text)
    assert ["solution cell without" in problem.text for problem in problems(unit)] == [True]


def test_a_test_before_its_solution_is_refused(unit, lesson):
    start, middle = lesson.index(SOLUTION_CELL), lesson.index('# %% nbgrader={"grade": true')
    end = lesson.index("# %% [markdown]\n# ## What")
    unit.script.write_text(
        lesson[:start] + lesson[middle:end] + lesson[start:middle] + lesson[end:]
    )
    assert any("comes after its test cell" in problem.text for problem in problems(unit))


def test_ordinary_comments_are_no_markers(unit):
    comments = "# The solution begins here.\n# HIDDEN\n# end of the tests\nprint(1)"
    assert spoilt(unit, 'print("before")', comments) == []


def test_all_problems_come_at_once_with_file_and_line(unit):
    text = unit.script.read_text()
    unit.script.write_text(
        text.replace("### BEGIN SOLUTION", "### BEGIN SOLUTIONS").replace('"points": 3, ', "")
    )
    with pytest.raises(CourseError) as refusal:
        lint(unit)
    begin = text.splitlines().index("    ### BEGIN SOLUTION") + 1
    said = str(refusal.value)
    assert f"solutions/99-doubling/99-doubling.py:{begin}: '### BEGIN SOLUTIONS'" in said
    assert "expected points above 0" in said


def test_a_line_that_jupytext_would_write_otherwise_is_refused(unit, lesson):
    unit.script.write_text(lesson.replace("# %% tags=", "# %%  tags="))
    assert [problem.text for problem in problems(unit)] == [
        "jupytext writes this line as '# %% tags=[\"demo\"]': write it so, too."
    ]


def test_a_missing_head_is_named(unit, lesson):
    unit.script.write_text(lesson[lesson.index("# %%") :])
    assert [(each.line, "head" in each.text) for each in problems(unit)] == [(1, True)]


@pytest.mark.parametrize("text", ["", "x = 1\n\n# %%\n1\n", '# %%\nx = """\n# %% no cell\n"""\n'])
def test_cells_that_cannot_be_told_apart_are_refused(unit, lesson, text):
    unit.script.write_text(lesson[: lesson.index("# %%")] + text)
    assert ["cells cannot be told apart" in each.text for each in problems(unit)] == [True]


def test_a_script_in_another_encoding_is_refused(unit, lesson):
    unit.script.write_bytes(lesson.replace("first", "f\u00efrst").encode("latin-1"))
    with pytest.raises(CourseError, match="must be text in UTF-8"):
        lint(unit)
