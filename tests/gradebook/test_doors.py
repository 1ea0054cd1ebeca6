"""Formgrader and nbgrader's commands behind the doors of this course."""

import os
import shutil
from datetime import datetime

import pytest
from nbconvert.exporters import HTMLExporter
from tiny_unit import UNIT
from traitlets.config import Config

from course_utils.demo.sample_class import to_bytes
from course_utils.gradebook.doors import OrdinaryFiles

EVIL = "'\"><svg onload=run()>"


def test_names_on_formgrader_s_page_of_a_submission_are_text(config, classroom, full):
    """As `FormgradeExtension` makes the exporter, for a name that came in by another way."""
    path = classroom.hand_in("ida", UNIT, to_bytes(full))
    ours = config.copy()
    ours.merge(Config(HTMLExporter={"template_name": "formgrade"}))
    names = ("student", "first_name", "last_name", "notebook_path", "assignment_id", "notebook_id")
    resources = dict.fromkeys(names, EVIL) | {"index": 0, "total": 1, "base_url": ""}
    page, _ = HTMLExporter(config=ours).from_filename(str(path), resources=resources)
    assert "&lt;svg onload" in page
    assert "<svg onload" not in page


@pytest.mark.skipif(os.name == "nt", reason="needs pipes")
@pytest.mark.parametrize(
    "make",
    [
        lambda path: path.write_text("1" * 5_000_000),
        lambda path: path.write_text("2026-01-02 03:04:05 /dev/zero"),
        lambda path: path.symlink_to("/dev/zero"),
        os.mkfifo,
    ],
)
def test_formgrader_s_list_of_submissions_survives_any_time_stamp(classroom, full, make):
    path = classroom.hand_in("ida", UNIT, to_bytes(full))
    make(path.parent / "timestamp.txt")
    (entry,) = classroom.api.get_submissions(UNIT)
    assert (entry["student"], entry["timestamp"]) == ("ida", None)
    (path.parent / "timestamp.txt").unlink()
    (path.parent / "timestamp.txt").write_text("2026-01-02 03:04:05 UTC")
    (entry,) = classroom.api.get_submissions(UNIT)
    assert entry["timestamp"] == datetime(2026, 1, 2, 3, 4, 5).isoformat()


def test_a_student_s_own_name_for_a_folder_of_the_course_is_told_by_formgrader(classroom, full):
    classroom.hand_in("a b", UNIT, to_bytes(full))
    done = classroom.api.autograde(UNIT, "a b")
    assert not done["success"]
    assert "mv 'submitted/a b' submitted/a-b" in done["error"]


@pytest.mark.skipif(os.name == "nt", reason="needs links and pipes")
def test_what_lies_beside_is_copied_where_it_is_an_ordinary_file(classroom, full, tmp_path):
    beside = classroom.hand_in("ida", UNIT, to_bytes(full)).parent
    (beside / "data").mkdir()
    (beside / "data" / "x.csv").write_text("1")
    (beside / "solution.txt").symlink_to(classroom.folder / "solutions" / UNIT / f"{UNIT}.ipynb")
    (beside / "zero").symlink_to("/dev/zero")
    (beside / "submission_secret.txt").write_bytes(b"\xff\xfe")
    (beside / "timestamp.txt").write_text("2026-01-02 03:04:05 UTC")
    os.mkfifo(beside / "pipe")
    converter = OrdinaryFiles(coursedir=classroom.course)
    converter._format_source = lambda *_, **__: str(beside)
    converter._format_dest = lambda *_, **__: str(tmp_path / "graded")
    converter.init_assignment(UNIT, "ida")
    copied = [path for path in (tmp_path / "graded").rglob("*") if path.is_file()]
    assert {path.relative_to(tmp_path / "graded").as_posix() for path in copied} == {
        *("data/x.csv", "submission_secret.txt", "timestamp.txt"),
    }
    assert (tmp_path / "graded" / "submission_secret.txt").read_text().isalnum()

    shutil.move(beside, tmp_path / "real")
    beside.symlink_to(tmp_path / "real", target_is_directory=True)
    shutil.rmtree(tmp_path / "graded")
    converter.init_assignment(UNIT, "ida")
    assert not (tmp_path / "graded").exists()
