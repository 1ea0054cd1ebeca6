"""Committed notebooks that are not what the script says are noticed, without running anything."""

import pytest

from course_utils.authoring.freshness import check, stale
from course_utils.errors import CourseError


def test_a_built_unit_is_fresh(drafted):
    assert stale(drafted) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("A first sentence", "Another sentence", "cell 1 (doubling-1) differs in its source"),
        ('tags=["demo"]', 'tags=["demo", "covers-3.2"]', "(look-2) differs in its metadata"),
        ("# ## Look", "# ## Watch", "differs in its id"),
        ('# %%\nprint("before")', '# %%\n1\n\n# %%\nprint("before")', "9 cells, its script has 10"),
        ("# jupyter:\n", "# jupyter:\n#   course:\n#     partial: 3.2 3.4\n", "differ in course"),
    ],
)
def test_an_edited_script_makes_the_source_stale(drafted, lesson, old, new, said):
    drafted.script.write_text(lesson.replace(old, new))
    found = stale(drafted)
    assert any(said in sentence for sentence in found), found
    assert all("run `course build 99-doubling`" in sentence for sentence in found)


def test_an_edited_release_is_stale(drafted):
    text = drafted.release.read_text(encoding="utf-8")
    drafted.release.write_text(text.replace("A first", "One"), encoding="utf-8")
    assert "99-doubling.ipynb is not what nbgrader makes of the source" in stale(drafted)[0]


def test_a_file_more_in_the_release_is_stale_but_a_checkpoint_is_not(drafted):
    checkpoint = drafted.release.parent / ".ipynb_checkpoints" / "a.ipynb"
    checkpoint.parent.mkdir()
    checkpoint.write_text("{}")
    assert stale(drafted) == []
    (drafted.release.parent / "more.txt").write_text("more")
    assert "more.txt" in stale(drafted)[0]


def test_a_missing_notebook_is_named(drafted):
    drafted.release.unlink()
    with pytest.raises(CourseError, match=r"notebooks/99-doubling/99-doubling.ipynb is missing"):
        check(drafted)
