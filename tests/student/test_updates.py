"""A work folder when the releases change: what is copied, updated, asked about, kept."""

import json
import stat
from copy import deepcopy
from types import SimpleNamespace

import pytest
from small_lessons import cell, code, exercise, lesson, lines, load, markdown, sources, write

from course_utils.errors import CourseError
from course_utils.student import updates
from course_utils.student.progress import show
from course_utils.student.updates import RECORD, bring_over, refresh

UNIT = "01-sums"
OLD = lesson(markdown("title", "# Sums"), *exercise("total"))
NEW = lesson(markdown("title", "# Sums"), markdown("new", "A new one."), *exercise("total"))
ANSWER = "def total(x):\n    return sum(x)"


@pytest.fixture
def course(tmp_path):
    """A work folder made from the old release, and ways to change what is in it."""
    release = write(tmp_path / "notebooks" / UNIT / f"{UNIT}.ipynb", OLD)
    folder = tmp_path / "work"
    assert refresh(folder, [release]).copied == (folder / UNIT / f"{UNIT}.ipynb",)
    notebook = folder / UNIT / f"{UNIT}.ipynb"

    def answer() -> bytes:
        mine = load(notebook)
        cell(mine, "total")["source"] = lines(ANSWER)
        return write(notebook, mine).read_bytes()

    return SimpleNamespace(
        release=release,
        folder=folder,
        notebook=notebook,
        answer=answer,
        change=lambda: write(release, NEW),
        refresh=lambda: refresh(folder, [release]),
        files=lambda: sorted(path.name for path in notebook.parent.iterdir()),
    )


def nothing(found: updates.Refreshed) -> bool:
    return not (found.copied or found.updated or found.outdated)


def test_nothing_happens_while_the_release_stays(course):
    course.answer()
    before = course.notebook.read_bytes()
    assert nothing(course.refresh())
    assert course.notebook.read_bytes() == before


def test_an_untouched_notebook_is_updated(course):
    course.change()
    assert course.refresh().updated == (course.notebook,)
    assert course.notebook.read_bytes() == course.release.read_bytes()
    assert nothing(course.refresh())


def test_one_that_was_only_run_and_saved_is_untouched(course):
    ran = load(course.notebook)
    ran["metadata"]["language_info"] = {"version": "3.11.7"}
    cell(ran, "total-test")["execution_count"] = 3
    cell(ran, "total-test")["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "0"}]
    write(course.notebook, ran)
    course.change()
    assert course.refresh().updated == (course.notebook,)


def test_one_with_an_answer_stays_and_is_named_every_time(course):
    before = course.answer()
    course.change()
    for _ in range(2):
        found = course.refresh()
        (old,) = found.outdated
        assert (old.notebook, old.is_known, old.problem) == (course.notebook, True, "")
        assert not found.updated
    assert course.notebook.read_bytes() == before
    assert course.files() == [f"{UNIT}.ipynb"]


def test_answers_come_into_the_new_release_and_the_old_file_is_kept(course):
    before = course.answer()
    course.change()
    (old,) = course.refresh().outdated
    brought = bring_over(old)
    assert (brought.answers, brought.cells, brought.left) == (1, 0, 0)
    assert brought.kept.read_bytes() == before
    assert brought.kept.parent == course.notebook.parent
    assert sources(load(course.notebook)) == ["# Sums", "A new one.", ANSWER, "check(total)"]
    assert nothing(course.refresh())


def test_the_kept_file_is_no_lesson_of_its_own(course):
    course.answer()
    course.change()
    bring_over(course.refresh().outdated[0])
    assert len(course.files()) == 2
    assert [lesson.unit for lesson in show(course.folder).lessons] == [UNIT]


def test_a_second_update_on_one_day_keeps_both_files(course):
    first = course.answer()
    course.change()
    kept = [bring_over(course.refresh().outdated[0]).kept]
    second = course.notebook.read_bytes()
    write(course.release, OLD)
    kept.append(bring_over(course.refresh().outdated[0]).kept)
    assert [path.read_bytes() for path in kept] == [first, second]
    assert len(course.files()) == 3


@pytest.mark.parametrize("writes", [1, 2])
def test_what_was_interrupted_loses_nothing_and_can_be_repeated(course, monkeypatch, writes):
    before = course.answer()
    course.change()
    (old,) = course.refresh().outdated
    left = [None] * writes

    def interrupted(path, content):
        if not left:
            raise KeyboardInterrupt
        left.pop()
        real(path, content)

    real = updates.write_atomically
    with monkeypatch.context() as patch:
        patch.setattr(updates, "write_atomically", interrupted)
        with pytest.raises(KeyboardInterrupt):
            bring_over(old)
    (again,) = course.refresh().outdated
    bring_over(again)
    assert sources(load(course.notebook)) == ["# Sums", "A new one.", ANSWER, "check(total)"]
    assert before in [path.read_bytes() for path in course.notebook.parent.iterdir()]
    assert nothing(course.refresh())


def test_a_broken_notebook_stays_and_the_reason_is_given(course):
    content = course.answer()[:-20]
    course.notebook.write_bytes(content)
    course.change()
    (old,) = course.refresh().outdated
    assert "cut off or damaged in line" in old.problem
    with pytest.raises(CourseError, match="cannot be read"):
        bring_over(old)
    assert course.notebook.read_bytes() == content
    assert course.files() == [f"{UNIT}.ipynb"]


def test_a_write_protected_notebook_stays_whether_touched_or_not(course):
    course.notebook.chmod(stat.S_IRUSR)
    course.change()
    (old,) = course.refresh().outdated
    assert "is write-protected" in old.problem
    assert course.notebook.read_bytes() == updates.text(OLD)


def test_answers_in_a_write_protected_notebook_stay(course):
    before = course.answer()
    course.notebook.chmod(stat.S_IRUSR)
    course.change()
    (old,) = course.refresh().outdated
    with pytest.raises(CourseError, match="is write-protected"):
        bring_over(old)
    assert course.notebook.read_bytes() == before
    assert course.files() == [f"{UNIT}.ipynb"]


def test_a_deleted_notebook_is_copied_again(course):
    course.answer()
    course.notebook.unlink()
    course.change()
    assert course.refresh().copied == (course.notebook,)


def test_other_units_go_on_when_one_cannot_be_read(course, tmp_path):
    course.notebook.write_bytes(b"{")
    course.change()
    other = write(tmp_path / "notebooks" / "02-more" / "02-more.ipynb", OLD)
    found = refresh(course.folder, [course.release, other])
    assert [path.stem for path in found.copied] == ["02-more"]
    assert len(found.outdated) == 1


class TestFolderWithoutARecord:
    """As made before there was one, or by hand."""

    @pytest.fixture(autouse=True)
    def _no_record(self, course):
        (course.folder / RECORD).unlink()

    def test_the_present_release_is_recognised(self, course):
        assert nothing(course.refresh())
        course.change()
        assert course.refresh().updated == (course.notebook,)

    def test_so_it_is_with_answers_and_further_cells_in_it(self, course):
        course.answer()
        mine = load(course.notebook)
        mine["cells"].append(code("a1", "total([1])"))
        before = write(course.notebook, mine).read_bytes()
        assert nothing(course.refresh())
        assert course.notebook.read_bytes() == before
        course.change()
        assert course.refresh().outdated[0].is_known

    def test_another_one_counts_as_touched(self, course):
        before = course.notebook.read_bytes()
        course.change()
        (old,) = course.refresh().outdated
        assert not old.is_known
        assert course.notebook.read_bytes() == before

    def test_its_answers_come_over_all_the_same(self, course):
        course.answer()
        mine = load(course.notebook)
        cell(mine, "total")["metadata"]["nbgrader"]["checksum"] = "that of the release"
        write(course.notebook, mine)
        course.change()
        assert bring_over(course.refresh().outdated[0]).answers == 1
        assert sources(load(course.notebook)) == ["# Sums", "A new one.", ANSWER, "check(total)"]
        assert nothing(course.refresh())


@pytest.mark.parametrize("record", ["", "{", "[]", '{"01-sums": 3}', '{"01-sums": [1]}'])
def test_a_record_that_cannot_be_read_is_as_none(course, record):
    course.answer()
    (course.folder / RECORD).write_text(record, encoding="utf-8")
    course.change()
    (old,) = course.refresh().outdated
    assert not old.is_known


def test_the_record_has_no_text_of_the_lesson(course):
    record = json.loads((course.folder / RECORD).read_text("utf-8"))
    assert list(record[UNIT]) == ["title", "total", "total-test"]
    assert all(len(value) == 16 for value in record[UNIT].values())


def test_an_exercise_that_is_new_or_gone_is_an_update_like_any_other(course):
    course.answer()
    changed = deepcopy(NEW)
    changed["cells"] = [*changed["cells"][:2], *exercise("mean")]
    write(course.release, changed)
    bring_over(course.refresh().outdated[0])
    texts = sources(load(course.notebook))
    assert ANSWER in texts
    assert "def mean(x):\n    raise NotImplementedError()" in texts
