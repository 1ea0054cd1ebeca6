"""`nbgrader collect` takes ordinary files out of the exchange, by the server's time."""

import os
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from nbgrader.api import Gradebook
from tiny_unit import UNIT

from course_utils.gradebook import exchange
from course_utils.gradebook.arrival import Arrival, parsed

pytestmark = [
    pytest.mark.skipif(
        sys.platform == "win32", reason="nbgrader's exchange does not exist on Windows"
    ),
]

SECRET = "0123456789abcdef" * 4


@pytest.fixture
def course(repository, nbgrader):
    """The course folder; `nbgrader` has made the exchange."""
    return repository


@pytest.fixture
def inbound(course, tmp_path):
    folder = tmp_path / "exchange" / "medical-imaging" / "inbound"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def hand_in(inbound):
    """What `nbgrader submit` leaves in the exchange; gives the folder."""

    def put(student, content="{}", ago=timedelta(0), name=None):
        now = datetime.now(UTC) - ago
        stamp = f"{now:%Y-%m-%d %H:%M:%S.%f} UTC"
        folder = inbound / (name or f"{student}+{UNIT}+{stamp}+{len(list(inbound.iterdir()))}")
        folder.mkdir()
        (folder / f"{UNIT}.ipynb").write_text(content)
        (folder / "timestamp.txt").write_text(stamp)
        (folder / "submission_secret.txt").write_text(SECRET)
        for path in (*folder.iterdir(), folder):
            os.utime(path, (now.timestamp(), now.timestamp()))
        return folder

    return put


@pytest.fixture
def collect(course, nbgrader, capsys):
    """Runs the command; gives what it told at its end."""

    def run(*options):
        capsys.readouterr()
        nbgrader("collect", UNIT, *options, folder=course)
        return capsys.readouterr().err.partition("Please look at:")[2]

    return run


def collected(course):
    folders = (course / "submitted").glob(f"*/{UNIT}")
    return {folder.parent.name: (folder / f"{UNIT}.ipynb").read_text() for folder in folders}


def stamp_of(course, student):
    return parsed((course / "submitted" / student / UNIT / "timestamp.txt").read_text())


def test_an_honest_submission_is_collected_as_it_is(course, hand_in, collect):
    folder = hand_in("ida", "mine")
    (folder / "data").mkdir()
    (folder / "data" / "a b.csv").write_text("1,2")
    assert collect() == ""
    assert collected(course) == {"ida": "mine"}
    target = course / "submitted" / "ida" / UNIT
    assert (target / "data" / "a b.csv").read_text() == "1,2"
    assert (target / "submission_secret.txt").read_text() == SECRET
    assert stamp_of(course, "ida") == parsed(folder.name.split("+")[2])


def a_link(path):
    path.unlink()
    path.symlink_to("/etc/hostname")


def a_hard_link(path):
    other = path.parents[1] / "other"
    other.write_text("solution")
    path.unlink()
    os.link(other, path)


def a_pipe(path):
    path.unlink()
    os.mkfifo(path)


def a_folder(path):
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("trick", [a_link, a_hard_link, a_pipe, a_folder])
def test_what_is_no_ordinary_notebook_is_refused_and_told(course, hand_in, collect, trick):
    folder = hand_in("mallory")
    trick(folder / f"{UNIT}.ipynb")
    hand_in("ida", "mine")
    told = collect()
    assert collected(course) == {"ida": "mine"}
    assert folder.name in told
    assert trick.__name__.replace("_", " ") in told


def test_a_folder_that_is_a_link_is_refused(course, inbound, hand_in, collect):
    (inbound / f"mallory+{UNIT}+2026-01-02 03:04:05 UTC+x").symlink_to(hand_in("ida", "mine"))
    assert "mallory" in collect()
    assert collected(course) == {"ida": "mine"}


def test_links_and_pipes_beside_the_notebook_are_left_out(course, hand_in, collect):
    folder = hand_in("ida", "mine")
    (folder / "a.txt").symlink_to("/etc/hostname")
    (folder / "etc").symlink_to("/etc", target_is_directory=True)
    os.mkfifo(folder / "pipe")
    told = collect()
    assert collected(course) == {"ida": "mine"}
    names = {path.name for path in (course / "submitted" / "ida" / UNIT).iterdir()}
    assert names == {f"{UNIT}.ipynb", "timestamp.txt", "submission_secret.txt"}
    assert "a.txt is a link" in told
    assert "pipe is a pipe" in told


def test_the_last_attempt_that_can_be_taken_counts(course, hand_in, collect):
    hand_in("ida", "first", ago=timedelta(hours=2))
    hand_in("ida", "second", ago=timedelta(hours=1))
    a_link(hand_in("ida", "third") / f"{UNIT}.ipynb")
    told = collect()
    assert collected(course) == {"ida": "second"}
    assert "is a link" in told


@pytest.mark.parametrize(
    "name",
    [
        "a b",
        "-rf",
        "..",
        "@SUM(A1)",
        "=1+1",
        "a\x1b[31mb",
        "a\u202eb",
        "'\"><svg onload=run()>",
        "con",
        "x" * 100,
        "[red]ida[",
    ],
)
def test_a_folder_that_bears_no_id_is_told_with_the_command_that_renames_it(
    course, inbound, hand_in, collect, name
):
    folder = hand_in(name)
    hand_in("ida", "mine")
    told = collect()
    assert collected(course) == {"ida": "mine"}
    assert not any(not c.isprintable() for c in told.replace("\n", ""))
    if "+" in name:
        assert "+ is in no id" in told
        return
    (command,) = [line for line in told.splitlines() if line.strip().startswith("mv ")]
    assert os.system(f"bash -c {quoted(command.strip())}") == 0  # noqa: S605
    assert not os.path.lexists(folder)
    collect()
    assert len(collected(course)) == 2


def quoted(text):
    import shlex

    return shlex.quote(text)


@pytest.mark.parametrize("name", [f"ida+{UNIT}", f"ida+{UNIT}+x+y+z", f"a+ida+{UNIT}+x"])
def test_a_name_of_another_form_stops_nobody(course, hand_in, collect, name):
    hand_in("", name=name)
    hand_in("bo", "mine")
    collect()
    assert collected(course) == {"bo": "mine"}


@pytest.mark.parametrize(
    "stamp", ["never", "99999-01-01 00:00:00 UTC", "2026-01-02 03:04:05 ..-dev-zero", ""]
)
def test_where_the_time_is_none_the_server_s_counts_and_it_is_told(course, hand_in, collect, stamp):
    hand_in("", "mine", name=f"ida+{UNIT}+{stamp}+x")
    told = collect()
    assert collected(course) == {"ida": "mine"}
    assert abs(stamp_of(course, "ida") - utcnow()) < timedelta(minutes=5)
    assert "the server's time counts" in told


def utcnow():
    return datetime.now(UTC).replace(tzinfo=None)


def test_a_time_that_is_set_back_is_told_and_does_not_count(course, hand_in, collect):
    folder = hand_in("mallory", "mine")
    early = "2026-01-02 03:04:05.000000 UTC"
    (folder / "timestamp.txt").write_text(early)
    folder.rename(folder.with_name(f"mallory+{UNIT}+{early}+x"))
    told = collect()
    assert abs(stamp_of(course, "mallory") - utcnow()) < timedelta(minutes=5)
    assert "its name says 2026-01-02 03:04:05, timestamp.txt says 2026-01-02 03:04:05" in told


def touched(moved, owner=0):
    """An arrival whose files were changed, or not, hours after they say that they were written."""
    written = datetime(2026, 1, 2, 12)
    return Arrival(written, written + timedelta(hours=5 if moved else 0), owner)


@pytest.mark.parametrize(("others", "counts"), [(0, 17), (3, 12)])
def test_times_of_files_can_be_set_back_unless_a_whole_exchange_was_moved(
    course, hand_in, collect, monkeypatch, others, counts
):
    """Of four submissions one, or all, were changed after the time of writing that they bear."""
    stamp = "2026-01-02 12:00:00.000000 UTC"
    for number in range(4):
        hand_in("", name=f"s{number}+{UNIT}+{stamp}+x")
    found = {f"s{n}+{UNIT}+{stamp}+x": touched(n <= others) for n in range(4)}
    monkeypatch.setattr(exchange, "arrival", lambda folder: found[folder.name])
    told = collect()
    assert stamp_of(course, "s0").hour == counts
    assert stamp_of(course, "s3").hour == 12
    assert ("an exchange is moved" in told) == bool(others)


def test_one_user_s_many_folders_do_not_make_a_moved_exchange(
    course, hand_in, collect, monkeypatch
):
    stamp = "2026-01-02 12:00:00.000000 UTC"
    names = [f"{who}+{UNIT}+{stamp}+x" for who in ("mallory", "m1", "m2", "m3", "ida", "bo", "cy")]
    for name in names:
        hand_in("", name=name)
    found = {name: touched(number < 4, max(number, 3)) for number, name in enumerate(names)}
    monkeypatch.setattr(exchange, "arrival", lambda folder: found[folder.name])
    collect()
    assert (stamp_of(course, "mallory").hour, stamp_of(course, "ida").hour) == (17, 12)


def test_what_is_collected_is_replaced_only_with_update_and_kept(course, hand_in, collect):
    hand_in("ida", "first", ago=timedelta(hours=2))
    collect()
    hand_in("ida", "second")
    collect()
    assert collected(course) == {"ida": "first"}
    collect("--update")
    assert collected(course) == {"ida": "second"}
    (kept,) = (course / "replaced" / "ida" / UNIT).iterdir()
    assert (kept / f"{UNIT}.ipynb").read_text() == "first"


def test_before_the_due_date_goes_by_the_server_s_time(course, hand_in, collect, nbgrader):
    nbgrader("generate_assignment", UNIT, folder=course)
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        gradebook.find_assignment(UNIT).duedate = utcnow() - timedelta(hours=1)
        gradebook.db.commit()
    hand_in("ida", "in time", ago=timedelta(hours=2))
    late = hand_in("ida", "late")
    early = datetime.now(UTC) - timedelta(hours=1, minutes=30)
    late.rename(late.with_name(f"ida+{UNIT}+{early:%Y-%m-%d %H:%M:%S.%f} UTC+x"))
    collect("--before-duedate")
    assert collected(course) == {"ida": "in time"}


def test_another_user_s_folder_under_one_s_id_is_not_taken(course, hand_in, collect, monkeypatch):
    """The system knows whose a folder is."""
    hand_in("ida", "mine", ago=timedelta(hours=1))
    theirs = hand_in("ida", "not mine")
    real = exchange.arrival

    def of_its_owner(folder):
        return replace(real(folder), owner=2 if folder == theirs else 1)

    monkeypatch.setattr(exchange, "arrival", of_its_owner)
    monkeypatch.setattr(exchange, "_user", {1: "ida", 2: "mallory"}.get)
    told = collect()
    assert collected(course) == {"ida": "mine"}
    assert "it is mallory's" in told
    monkeypatch.setattr(exchange, "_user", {1: "u1", 2: "u2"}.get)
    hand_in("bo", "mine")
    told = collect("--update")
    assert "several users have handed in as ida: u1, u2" in told
    assert collected(course) == {"ida": "mine", "bo": "mine"}


def test_a_secret_that_is_none_is_replaced(course, hand_in, collect):
    folder = hand_in("ida")
    (folder / "submission_secret.txt").write_text("../../x")
    collect()
    secret = (course / "submitted" / "ida" / UNIT / "submission_secret.txt").read_text()
    assert len(secret) == 128


def test_too_large_files_and_too_many_are_left_out(course, hand_in, collect, monkeypatch):
    folder = hand_in("ida", "mine")
    with (folder / "large.bin").open("wb") as file:
        file.truncate(200 * 10**6)
    monkeypatch.setattr(exchange, "FILES_AT_MOST", 20)
    (folder / "many").mkdir()
    for number in range(30):
        (folder / "many" / f"{number}.txt").write_text("")
    told = collect()
    assert collected(course) == {"ida": "mine"}
    assert "large.bin is too large" in told
    assert "more than 20 files" in told
