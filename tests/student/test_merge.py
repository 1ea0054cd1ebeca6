"""A student's answers in another release of the lesson: nothing is lost, nothing is made up."""

from copy import deepcopy

import nbformat
import pytest
from nbgrader.utils import compute_checksum
from small_lessons import cell, code, exercise, lesson, lines, markdown, sources, write

from course_utils.errors import CourseError
from course_utils.repository import releases
from course_utils.student import merge
from course_utils.student.merge import Merge, digest, digests

OLD = lesson(
    markdown("title", "# Sums"),
    code("imports", "import numpy"),
    *exercise("total"),
    markdown("break", "Rest a little."),
    *exercise("largest"),
)
NEW = lesson(
    markdown("title", "# Sums, and more"),
    code("imports-2", "import numpy"),
    markdown("new", "A new paragraph."),
    *exercise("total", "def {0}(x, start=0):\n    raise NotImplementedError()"),
    *exercise("mean"),
    *exercise("largest", points=5),
)
ANSWER = "def total(x):\n    return sum(x)"


def student(**answers: str) -> dict:
    """A copy of the old release with these texts in cells, by their ids."""
    notebook = deepcopy(OLD)
    for name, source in answers.items():
        cell(notebook, name)["source"] = lines(source)
    return notebook


def merged(notebook: dict, release: dict = NEW, began: dict | None = None) -> tuple[Merge, dict]:
    found = Merge(release, digests(OLD) if began is None else began)
    found.take(notebook["cells"])
    return found, found.notebook()


def counts(found: Merge) -> tuple[int, int, int]:
    return found.answers, found.cells, found.left


def test_an_answer_comes_into_the_exercise_of_its_name():
    found, new = merged(student(total=ANSWER))
    assert counts(found) == (1, 0, 0)
    expected = deepcopy(NEW)
    cell(expected, "total")["source"] = lines(ANSWER)
    assert new == expected


def test_what_was_not_written_in_gives_the_new_release():
    found, new = merged(student())
    assert counts(found) == (0, 0, 0)
    assert new == NEW


def test_outputs_and_changed_tests_stay_behind():
    notebook = student(total=ANSWER, **{"total-test": "2.0"})
    cell(notebook, "total")["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "a"}]
    _, new = merged(notebook)
    assert sources(new)[4] == "check(total)"
    assert all(not each.get("outputs") for each in new["cells"])


def test_the_students_own_cells_stand_after_the_same_neighbour():
    notebook = student(total=ANSWER)
    notebook["cells"].insert(0, markdown("a1", "My notes."))
    notebook["cells"].insert(3, code("a2", "def helper(): ..."))  # after the imports
    notebook["cells"].insert(4, code("a3", "  \n"))
    notebook["cells"].append(code("a4", "total([1])"))
    found, new = merged(notebook)
    assert counts(found) == (1, 3, 0)
    texts = sources(new)
    assert texts[0] == "My notes."
    assert texts[2:4] == ["import numpy", "def helper(): ..."]
    assert texts[-2:] == ["check(largest)", "total([1])"]
    nbformat.validate(nbformat.from_dict(new))


def test_of_a_split_answer_both_parts_stay_in_order():
    notebook = student(total="def total(x):\n    return helper(x)")
    first = code("b1", "def helper(x):\n    return sum(x)", grade_id="total", solution=True)
    notebook["cells"].insert(2, first)
    found, new = merged(notebook)
    assert counts(found) == (1, 1, 0)
    place = sources(new).index("def helper(x):\n    return sum(x)")
    assert sources(new)[place + 1] == "def total(x):\n    return helper(x)"
    assert new["cells"][place]["metadata"] == {}


def test_an_answer_that_lost_its_name_stays_as_a_cell_of_the_students():
    notebook = student()
    notebook["cells"][2] = code("c1", ANSWER)
    found, new = merged(notebook)
    assert counts(found) == (0, 1, 0)
    assert ANSWER in sources(new)
    assert "start=0" in sources(new)[sources(new).index(ANSWER) + 2]


def test_an_answer_to_an_exercise_that_is_gone_stays_as_a_cell_of_the_students():
    release = lesson(*NEW["cells"][:3])
    found, new = merged(student(total=ANSWER), release)
    assert counts(found) == (0, 1, 0)
    assert sources(new) == [*sources(release)[:2], ANSWER, *sources(release)[2:]]


def test_a_changed_cell_of_the_lesson_is_taken_where_the_release_has_the_same_one():
    helper = "import numpy\ndef helper(): ..."
    found, new = merged(student(imports=helper, title="# My sums"))
    assert counts(found) == (0, 1, 1)  # the title has changed in the release, too
    assert "".join(cell(new, "imports-2")["source"]) == helper
    assert "".join(cell(new, "title")["source"]) == "# Sums, and more"


def test_what_was_brought_over_once_is_the_same_when_it_is_brought_over_again():
    notebook = student(total=ANSWER, imports="import numpy as np")
    notebook["cells"].append(code("d1", "total([1])"))
    _, once = merged(notebook)
    _, twice = merged(once)
    assert twice == once


def test_cells_without_ids_are_the_students_own_where_they_are_not_the_lessons():
    notebook = student(total=ANSWER)
    notebook["cells"].append(code("e1", "total([1])"))
    for each in notebook["cells"]:
        del each["id"]
    found, new = merged(notebook)
    assert counts(found) == (1, 1, 0)
    nbformat.validate(nbformat.from_dict(new))


def test_an_id_that_the_new_release_uses_is_not_given_twice():
    notebook = student()
    notebook["cells"].append(code("new", "mine"))
    _, new = merged(notebook)
    assert sources(new) == [*sources(NEW), "mine"]
    assert len({each["id"] for each in new["cells"]}) == len(new["cells"])


class TestUnknownOrigin:
    def unknown(self, notebook: dict) -> tuple[Merge, dict]:
        for each in notebook["cells"]:
            if each["metadata"].get("nbgrader", {}).get("solution"):
                each["metadata"]["nbgrader"].setdefault("checksum", "that of a release")
        found = Merge(NEW, None)
        found.take(notebook["cells"])
        return found, found.notebook()

    def test_answers_come_over_and_other_cells_are_counted(self):
        notebook = student(total=ANSWER)
        stub = cell(notebook, "largest")
        plain = nbformat.from_dict({**stub, "source": "".join(stub["source"])})
        stub["metadata"]["nbgrader"]["checksum"] = compute_checksum(plain)
        notebook["cells"].append(code("f1", "mine"))
        found, new = self.unknown(notebook)
        assert counts(found) == (1, 0, 3)  # mine, the old title, the old break
        assert "".join(cell(new, "total")["source"]) == ANSWER
        assert cell(new, "largest") == cell(NEW, "largest")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "damaged in line 1"),
        (b'{"cells": [\n', "damaged in line 2"),
        (b"\xff\xfe", "form of a notebook"),
        (b"[]", "form of a notebook"),
        (b'{"cells": 3}', "form of a notebook"),
        (b'{"cells": [{"cell_type": "code"}]}', "form of a notebook"),
        (b'{"cells": [{"cell_type": "code", "source": [1]}]}', "form of a notebook"),
        (b'{"cells": [{"cell_type": "code", "source": "", "metadata": 1}]}', "form of a notebook"),
        (b'{"cells": [{"cell_type": "code", "source": "", "id": []}]}', "id is no text"),
        (b"[" * 100_000, "form of a notebook"),
    ],
)
def test_what_is_no_notebook_is_refused_with_the_reason(tmp_path, content, why):
    path = tmp_path / "a.ipynb"
    path.write_bytes(content)
    with pytest.raises(CourseError, match=f"a.ipynb cannot be read: .*{why}"):
        merge.read(path)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(CourseError, match="cannot be read: No such file"):
        merge.read(tmp_path / "a.ipynb")


def test_a_digest_does_not_hear_of_running_and_saving():
    one = code("a", "x = 1\ny = 2")
    other = {**one, "id": "b", "source": "x = 1\ny = 2", "execution_count": 3}
    other["metadata"] = {"execution": {}, "tags": ["a"]}
    assert digest(one) == digest(other)
    assert digest(one) != digest({**one, "cell_type": "raw"})
    assert digest(exercise("a", points=1)[1]) != digest(exercise("a", points=2)[1])


@pytest.mark.parametrize("release", releases(), ids=lambda path: path.stem)
def test_a_release_is_written_as_nbformat_writes_it(release, tmp_path):
    assert merge.text(merge.read(release)) == release.read_bytes()
    assert write(tmp_path / "a.ipynb", merge.read(release)).read_bytes() == release.read_bytes()
