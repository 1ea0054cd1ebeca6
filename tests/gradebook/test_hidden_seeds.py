"""The seeds of hidden tests: another one for each student, exercise and attempt, and kept."""

import os
import stat

import nbformat
import pytest
from tiny_unit import ROOT, UNIT, cell_named

from course_utils.demo.sample_class import to_bytes
from course_utils.errors import CourseError
from course_utils.gradebook.autograde import template_of
from course_utils.gradebook.hidden_seeds import SECRET, HiddenSeeds, class_secret
from course_utils.gradebook.options import GradingOptions
from course_utils.gradebook.writer import Writer
from course_utils.grading.course_grade import tasks_of
from course_utils.judging.cells import KEY
from course_utils.judging.check_versions import CHECKS, check_versions
from course_utils.judging.tasks import grade_submission

TESTS = {"total-test", "largest-test"}


@pytest.fixture
def draw(classroom):
    base = template_of(classroom.course, UNIT)
    return HiddenSeeds(classroom.course, UNIT, base).draw


def kept(classroom, student: str, what: str = "seeds") -> dict:
    path = classroom.path(classroom.course.autograded_directory, student, UNIT)
    return nbformat.read(path, as_version=4).metadata[KEY][what]


def versions(classroom) -> dict[str, str]:
    return check_versions(template_of(classroom.course, UNIT))


class TestSecret:
    def test_it_is_made_once(self, tmp_path):
        secret = class_secret(tmp_path)
        assert len(secret) == 32
        assert class_secret(tmp_path) == secret
        assert [path.name for path in tmp_path.iterdir()] == [SECRET]

    def test_another_class_has_another_one(self, tmp_path):
        one, other = tmp_path / "one", tmp_path / "other"
        one.mkdir()
        other.mkdir()
        assert class_secret(one) != class_secret(other)

    @pytest.mark.skipif(os.name != "posix", reason="elsewhere files have no such modes")
    def test_only_its_owner_can_read_it(self, tmp_path):
        class_secret(tmp_path)
        path = tmp_path / SECRET
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        path.chmod(0o644)  # as a copy may have it
        class_secret(tmp_path)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600

    @pytest.mark.parametrize("content", [b"", b"short", b"z" * 64, b"\xff" * 64, b"0" * 65])
    def test_a_damaged_one_is_said(self, tmp_path, content):
        (tmp_path / SECRET).write_bytes(content)
        with pytest.raises(CourseError, match=SECRET):
            class_secret(tmp_path)
        assert (tmp_path / SECRET).read_bytes() == content

    def test_a_folder_that_cannot_hold_it_is_said(self, tmp_path):
        with pytest.raises(CourseError, match="can neither be read nor made"):
            class_secret(tmp_path / "missing")

    def test_git_leaves_it_alone(self):
        assert f"/{SECRET}*" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()


class TestDraw:
    def test_each_student_exercise_and_attempt_has_its_own(self, draw, full):
        first = draw("ida", full)
        cell_named(full, "total").source += "\n"
        drawn = [first, draw("jo", full), draw("ida", full)]
        seeds = [seed for each in drawn for seed in each.seeds.values()]
        assert all(set(each.seeds) == TESTS for each in drawn)
        assert len(set(seeds)) == 6
        assert all(type(seed) is int and 0 <= seed < 2**48 for seed in seeds)

    def test_the_same_attempt_has_the_same(self, draw, full):
        assert draw("ida", full) == draw("ida", full)


@pytest.mark.sandbox
class TestKept:
    """Where the secret is lost, what was graded is graded again as it was."""

    def test_by_nbgrader(self, classroom, full):
        classroom.hand_in("ida", UNIT, to_bytes(full))
        assert classroom.grade(UNIT, "ida").total == 6
        first = kept(classroom, "ida")
        assert set(first) == TESTS
        assert kept(classroom, "ida", CHECKS) == versions(classroom)
        assert classroom.grade(UNIT, "ida").total == 6
        assert kept(classroom, "ida") == first
        (classroom.folder / SECRET).unlink()
        assert classroom.grade(UNIT, "ida").total == 6
        assert kept(classroom, "ida") == first
        classroom.hand_in("ida", UNIT, to_bytes(changed(full)))
        classroom.grade(UNIT, "ida")
        assert set(kept(classroom, "ida").values()).isdisjoint(first.values())

    def test_by_course_grade(self, classroom, config, full):
        classroom.hand_in("ida", UNIT, to_bytes(full))

        def task():
            return next(tasks_of(classroom.course, UNIT, ["ida"], GradingOptions()))

        with Writer(classroom.course, config) as writer:
            first = task()
            writer.write(grade_submission(first))
            assert kept(classroom, "ida") == first.draw.seeds
            assert kept(classroom, "ida", CHECKS) == versions(classroom)
            (classroom.folder / SECRET).unlink()
            assert writer.has(task())
            classroom.hand_in("ida", UNIT, to_bytes(changed(full)))
            again = task()
            assert not writer.has(again)
            assert set(again.draw.seeds.values()).isdisjoint(first.draw.seeds.values())

    def test_no_page_tells_them(self, classroom, full):
        cell_named(full, "total").source = "def total(xs):\n    return sum(xs[:-1])"
        classroom.hand_in("ida", UNIT, to_bytes(full))
        classroom.grade(UNIT, "ida")
        page = classroom.give_feedback(UNIT, "ida").read_text(encoding="utf-8")
        assert "Is the last number added?" in page
        for seed in kept(classroom, "ida").values():
            assert str(seed) not in page
        assert (classroom.folder / SECRET).read_text(encoding="ascii").strip() not in page


def changed(notebook):
    cell_named(notebook, "total").source += "\n# another attempt\n"
    return notebook
