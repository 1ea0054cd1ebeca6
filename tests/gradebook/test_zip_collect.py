"""`nbgrader zip_collect` goes on after what it does not take, and keeps what it replaces."""

import os
from datetime import UTC, datetime

import pytest
from archive_files import zipped
from nbgrader.api import Gradebook
from tiny_unit import UNIT

from course_utils.gradebook.arrival import parsed

EARLY, LATE = "20260102T030405Z", "20260103T030405Z"


@pytest.fixture
def archives(repository):
    folder = repository / "downloaded" / UNIT / "archive"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def pack(archives):
    """An archive as `course submit` makes it, under the name that an LMS gives it."""

    def put(student, content="mine", time=EARLY, name=None, unit=UNIT):
        label = f"{student}+{unit}+{time}"
        archive = archives / f"{name or label}.zip"
        archive.write_bytes(zipped((f"{label}/{unit}.ipynb", content)))
        return archive

    return put


@pytest.fixture
def collect(repository, nbgrader, capsys):
    """Runs the command; gives what it told at its end."""

    def run(*options):
        capsys.readouterr()
        nbgrader("zip_collect", UNIT, "--force", *options, folder=repository)
        return capsys.readouterr().err.partition("Please look at:")[2]

    return run


@pytest.fixture
def collected(repository):
    def found():
        folders = (repository / "submitted").glob(f"*/{UNIT}")
        return {folder.parent.name: (folder / f"{UNIT}.ipynb").read_text() for folder in folders}

    return found


def stamp_of(root, student):
    return parsed((root / "submitted" / student / UNIT / "timestamp.txt").read_text())


def test_honest_archives_are_collected_and_nothing_is_told(repository, pack, collect, collected):
    pack("ida")
    pack("jon", name="jon_4711_assignsubmission_file")
    assert collect() == ""
    assert collected() == {"ida": "mine", "jon": "mine"}
    assert stamp_of(repository, "jon") == parsed(EARLY)
    assert not (repository / "replaced").exists()


def test_archives_of_a_class_in_one_archive(archives, collect, collected):
    inner = {
        student: zipped((f"{student}+{UNIT}+{EARLY}/{UNIT}.ipynb", student))
        for student in ("ida", "jon")
    }
    members = [
        (f"Ida L_1_file_/ida+{UNIT}+{EARLY}.zip", inner["ida"]),
        ("Jon M_2_file_/work.zip", inner["jon"]),
    ]
    (archives / "submissions.zip").write_bytes(zipped(*members))
    assert collect() == ""
    assert collected() == {"ida": "ida", "jon": "jon"}


def test_a_folder_that_a_browser_has_unpacked(archives, collect, collected):
    folder = archives / f"ida+{UNIT}+{EARLY}"
    folder.mkdir()
    (folder / f"{UNIT}.ipynb").write_text("mine")
    assert collect() == ""
    assert collected() == {"ida": "mine"}


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("broken.zip", b"PK\x03\x04 broken", "damaged"),
        ("empty.zip", b"", "damaged"),
        (
            "slip.zip",
            zipped((f"../../../ida+{UNIT}+{LATE}/{UNIT}.ipynb", "x")),
            "out of the folder",
        ),
        ("root.zip", zipped((f"/ida+{UNIT}+{LATE}/{UNIT}.ipynb", "x")), "out of the folder"),
        ("mallory.rar", b"Rar!", "neither a notebook nor"),
        ("raw.ipynb", b"{}", "does not say whose it is"),
        ("other.zip", zipped((f"bo+02-other+{EARLY}/02-other.ipynb", "x")), "expected 01-sums"),
        ("name.zip", zipped((f"bo+{UNIT}+{EARLY}/my work.ipynb", "x")), "expected 01-sums"),
        ("nobody.zip", zipped((f"{UNIT}.ipynb", "x")), "does not say whose it is"),
        ("dots.zip", zipped((f"a/..+{UNIT}+{EARLY}/{UNIT}.ipynb", "x")), "an id has letters"),
        ("space.zip", zipped((f"a/a b+{UNIT}+{EARLY}/{UNIT}.ipynb", "x")), "--student a-b"),
        ("formula.zip", zipped((f"a/=1+{UNIT}+{EARLY}/{UNIT}.ipynb", "x")), "an id has letters"),
        ("colour.zip", zipped((f"a\x1b[31m+{UNIT}+{EARLY}/{UNIT}.ipynb", "x")), "not printable"),
    ],
)
def test_what_is_not_taken_is_told_and_stops_nobody(
    archives, pack, collect, collected, name, content, why
):
    (archives / name).write_bytes(content)
    pack("ida")
    told = collect()
    assert collected() == {"ida": "mine"}
    assert why in told
    assert name.partition(".")[0] in told
    assert told.replace("\n", "").isprintable()


def test_it_is_told_even_where_there_is_nothing_else(archives, collect, collected):
    (archives / "broken.zip").write_bytes(b"PK")
    assert "broken.zip: not taken: it is damaged" in collect()
    assert collected() == {}


@pytest.mark.parametrize("time", ["99999999T999999Z", "20260231T000000Z", "20990101T000000Z"])
def test_an_impossible_time_is_replaced_by_the_archive_s(
    repository, pack, collect, collected, time
):
    archive = pack("ida", time=time)
    os.utime(archive, (1_770_000_000, 1_770_000_000))
    assert "its time is impossible" in collect()
    assert collected() == {"ida": "mine"}
    assert stamp_of(repository, "ida") == datetime(2026, 2, 2, 2, 40)


def test_the_last_of_one_student_s_attempts_counts(pack, collect, collected):
    pack("ida", "second", LATE, name="ida_222_file")
    pack("ida", "first", EARLY, name="ida_111_file")
    assert "the last one counts, ida_222_file" in collect()
    assert collected() == {"ida": "second"}


@pytest.mark.parametrize("time", [EARLY, LATE])
def test_another_one_s_id_in_an_archive_takes_nobody_s_place(pack, collect, collected, time):
    pack("ida", "mine", EARLY, name="ida")
    pack("ida", "not mine", time, name="mallory")
    assert "archives of other names bear this id" in collect()
    assert collected() == {"ida": "mine"}


def test_where_it_cannot_be_told_whose_work_it_is_none_is_taken(pack, collect, collected):
    pack("s17", "a", EARLY, name="lovelaceida_1_2_work")
    pack("s17", "b", LATE, name="malloryx_3_4_work")
    pack("bo")
    told = collect()
    assert "s17: not collected" in told
    assert "lovelaceida_1_2_work" in told
    assert "malloryx_3_4_work" in told
    assert collected() == {"bo": "mine"}


def test_a_label_that_was_changed_inside_is_not_obeyed(archives, collect, collected):
    content = zipped((f"ida+{UNIT}+{LATE}/{UNIT}.ipynb", "x"))
    (archives / f"mallory+{UNIT}+{EARLY}.zip").write_bytes(content)
    assert "another student" in collect()
    assert collected() == {}


def test_what_was_collected_is_kept_when_it_is_replaced(repository, pack, collect, collected):
    pack("ida", "first", EARLY).rename(repository / "first.zip")
    (repository / "first.zip").rename(repository / "downloaded" / UNIT / "archive" / "ida_1.zip")
    collect()
    assert collect() == ""
    assert not (repository / "replaced").exists()
    pack("ida", "second", LATE, name="ida_2")
    assert "is in replaced/ now" in collect()
    assert collected() == {"ida": "second"}
    (kept,) = (repository / "replaced" / "ida" / UNIT).iterdir()
    assert (kept / f"{UNIT}.ipynb").read_text() == "first"


def test_what_is_newer_is_not_replaced_by_what_is_older(
    repository, archives, pack, collect, collected
):
    pack("ida", "second", LATE)
    collect()
    (archives / f"ida+{UNIT}+{LATE}.zip").unlink()
    pack("ida", "first", EARLY)
    assert "kept as it is" in collect()
    assert collected() == {"ida": "second"}


@pytest.mark.skipif(os.name == "nt", reason="needs links")
def test_nothing_is_written_through_a_link(repository, pack, collect, tmp_path):
    (repository / "submitted").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (repository / "submitted" / "ida").symlink_to(tmp_path / "elsewhere")
    pack("ida")
    assert "is a link" in collect()
    assert not list((tmp_path / "elsewhere").iterdir())


def test_times_in_archives_are_named_where_a_penalty_may_depend_on_them(
    repository, pack, collect, nbgrader
):
    nbgrader("generate_assignment", UNIT, folder=repository)
    with Gradebook(f"sqlite:///{repository / 'gradebook.db'}") as gradebook:
        gradebook.find_assignment(UNIT).duedate = datetime.now(UTC).replace(tzinfo=None)
        gradebook.db.commit()
    archive = pack("ida")
    assert "Compare with your LMS" in collect()
    os.utime(archive, (1_767_322_000, 1_767_322_000))  # minutes before it was made: a slow clock
    assert collect() == ""
