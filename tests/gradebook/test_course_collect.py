"""`course collect` takes what LMS, GitHub Classroom and exchanges leave, and loses nobody."""

import errno
import json
import os
import shlex
import shutil
import subprocess
import sys
import time
import zipfile
from datetime import datetime, timedelta

import pytest
from archive_files import zipped
from nbgrader.api import Gradebook
from tiny_unit import ROOT, UNIT, cell_named

from course_utils import cli
from course_utils.demo.sample_class import to_bytes
from course_utils.gradebook.arrival import parsed

ROSTER = """\
id,name,lms_id,email,github
ida,Ida Lovelace,1815,ida@example.org,ida-l
jon,"Müller, Jon",1816,jon@example.org,
ana,Ana Weiß,1817,ana@example.org,anaw
ali,Ali Omar,1818,,
omar,Omar Ali,1819,,
"""
EARLY, LATE = "20260102T030405Z", "20260103T030405Z"


@pytest.fixture
def course(tmp_path, released, monkeypatch):
    """A course folder with a release and a roster; the working directory."""
    root = shutil.copytree(released.folder, tmp_path / "course")
    shutil.copy(ROOT / "nbgrader_config.py", root)
    (root / "roster.csv").write_text(ROSTER, encoding="utf-8")
    monkeypatch.chdir(root)
    monkeypatch.setenv("COLUMNS", "250")
    return root


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "down"
    place.mkdir()
    return place


@pytest.fixture
def answered(full):
    """Gives the bytes of an answered notebook, each another one."""

    def of(text="right"):
        full.cells[0].source = text
        cell_named(full, "total").source = f"def total(xs):\n    return sum(xs)  # {text}"
        return to_bytes(full)

    return of


@pytest.fixture
def untouched(released):
    return to_bytes(released.release)


@pytest.fixture
def collect(course, capsys):
    """Runs the command; gives its status and what it printed."""

    def run(*folders, options=()):
        capsys.readouterr()
        status = cli.main(["collect", UNIT, *map(str, folders), *options])
        found = capsys.readouterr()
        assert (found.out + found.err).replace("\n", "").isprintable()
        return status, found.out + found.err

    return run


@pytest.fixture
def collected(course):
    """What is in `submitted/`: by id the text that `answered` was given."""

    def found():
        places = (course / "submitted").glob(f"*/{UNIT}/{UNIT}.ipynb")
        texts = {path.parts[-3]: path.read_text("utf-8") for path in places}
        return {student: _first(text) for student, text in texts.items()}

    return found


def _first(text):
    try:
        return "".join(json.loads(text)["cells"][0]["source"])
    except (ValueError, RecursionError):
        return "unreadable"


def stamp_of(course, student):
    return parsed((course / "submitted" / student / UNIT / "timestamp.txt").read_text())


def due(course, when):
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        gradebook.find_assignment(UNIT).duedate = when
        gradebook.db.commit()


def packed(student, content, when=EARLY):
    """The archive that `course submit` makes."""
    return zipped((f"{student}+{UNIT}+{when}/{UNIT}.ipynb", content))


def member(name, when=(2026, 1, 5, 12, 0, 0)):
    return zipfile.ZipInfo(name, when)


def test_a_class_s_archive_of_canvas(course, folder, collect, collected, answered, untouched):
    """As Canvas makes it: flat, with archives, raw notebooks, other files and a broken one."""
    members = (
        (member(f"lovelaceida_1815_91_ida+{UNIT}+{EARLY}.zip"), packed("ida", answered("ida"))),
        (member(f"mullerjon_LATE_1816_92_{UNIT}-1.ipynb"), answered("jon")),
        (member("weissana_1817_93_homework.zip"), b"PK\x03\x04 broken"),
        (member("omarali_1819_94_essay.pdf"), b"%PDF"),
        (member("nobodyelse_7777_95_work.ipynb"), answered("x")),
    )
    (folder / "submissions.zip").write_bytes(zipped(*members))
    status, told = collect(folder)
    assert status == 1
    assert collected() == {"ida": "ida", "jon": "jon"}
    assert stamp_of(course, "ida") == parsed(EARLY)
    assert "ana: not taken: " in told
    assert "it is damaged" in told
    assert "omarali_1819_94_essay.pdf: no notebook" in told
    assert "nobody in the roster is nobodyelse with the number 7777" in told
    assert "Of 5 in the roster: 2 in now, 0 in before, 1 missing, 2 not taken." in told


def test_a_class_s_archive_of_moodle_zipped_again(course, folder, collect, collected, answered):
    """Folders of students; the whole was unpacked and packed again, a raw notebook, too."""
    raw = zipped((f"{UNIT}.ipynb", answered("jon")))
    inner = zipped(
        (member(f"Ida Lovelace_4711_assignsubmission_file_/{UNIT}.ipynb"), answered("ida")),
        (member(f"Jon Müller_4712_assignsubmission_file_/{UNIT}.ipynb.zip"), raw),
        (
            member("Group 2-Ana Weiß_4713_assignsubmission_file/x.zip"),
            packed("ana", answered("ana")),
        ),
    )
    (folder / "again.zip").write_bytes(zipped((member("Moodle download.zip"), inner)))
    status, told = collect(folder)
    assert collected() == {"ida": "ida", "jon": "jon", "ana": "ana"}
    assert status == 0, told
    noon = time.mktime((2026, 1, 5, 12, 0, 0, 0, 0, -1))
    assert stamp_of(course, "ida") == datetime.utcfromtimestamp(noon)
    assert "Please look at" not in told


def test_a_download_that_was_unpacked_and_single_files(folder, collect, collected, answered):
    place = folder / f"Ida Lovelace_4711_assignsubmission_file_/{UNIT} (1).ipynb"
    place.parent.mkdir()
    place.write_bytes(answered("ida"))
    (folder / "jon.ipynb").write_bytes(answered("jon"))
    (folder / "ana@example.org.zip").write_bytes(zipped((f"a/{UNIT}.ipynb", answered("ana"))))
    single = folder.parent / "omarali_1818_3_x.ipynb"
    single.write_bytes(answered("ali"))
    status, told = collect(folder, single, place.parent)
    assert (status, collected()) == (0, {"ida": "ida", "jon": "jon", "ana": "ana", "ali": "ali"})
    assert "Please look at" not in told


def test_a_typed_id_is_told_and_not_obeyed(folder, collect, collected, answered):
    (folder / "lovelaceida_1815_91_a.zip").write_bytes(packed("ida", answered("ida")))
    (folder / "mullerjon_1816_92_b.zip").write_bytes(packed("ida", answered("jon"), LATE))
    (folder / "weissana_1817_93_c.zip").write_bytes(packed("ana@example.org", answered("ana")))
    status, told = collect(folder)
    assert (status, collected()) == (0, {"ida": "ida", "jon": "jon", "ana": "ana"})
    assert "bears the id ida; it is jon's, as Canvas says" in told
    assert "bears the id ana@example.org" not in told


def test_another_one_s_name_inside_an_archive_is_not_obeyed(folder, collect, collected, answered):
    inside = "lovelaceida_1815_99_x/Ida Lovelace_1_assignsubmission_file_/ida"
    content = zipped((f"{inside}/{UNIT}.ipynb", answered("jon")))
    (folder / "mullerjon_1816_92_b.zip").write_bytes(content)
    assert collect(folder)[0] == 0
    assert collected() == {"jon": "jon"}


def test_the_last_attempt_counts(course, folder, collect, collected, answered):
    for number, text in ((91, "first"), (95, "last"), (93, "second")):
        name = f"lovelaceida_1815_{number}_{UNIT}-{number}.ipynb"
        (folder / name).write_bytes(answered(text))
    mine = folder / "Jon Müller_4712_assignsubmission_file_"
    mine.mkdir()
    (mine / f"jon+{UNIT}+{LATE}.zip").write_bytes(packed("jon", answered("late"), LATE))
    (mine / f"jon+{UNIT}+{EARLY}.zip").write_bytes(packed("jon", answered("early"), EARLY))
    _, told = collect(folder)
    assert collected() == {"ida": "last", "jon": "late"}
    assert "lovelaceida_1815_95_01-sums-95.ipynb counts, the last one; not" in told
    assert stamp_of(course, "jon") == parsed(LATE)


def test_an_answered_notebook_counts_before_an_empty_a_broken_or_another_one(
    folder, collect, collected, answered, untouched
):
    """Whatever comes last: the release, a file that is cut off, another unit's."""
    other = json.loads(answered("x").replace(b'"total', b'"mean').replace(b'"largest', b'"least'))
    other = json.dumps(other).replace("def total", "def mean").replace("def largest", "def least")
    for number, content in enumerate(
        (answered("mine"), untouched, answered("x")[:300], other.encode())
    ):
        (folder / f"lovelaceida_1815_{number}_w.ipynb").write_bytes(content)
    collect(folder)
    assert collected() == {"ida": "mine"}
    (folder / "lovelaceida_1815_0_w.ipynb").unlink()
    _, told = collect(folder)
    assert collected() == {"ida": "mine"}
    assert "kept as it is" in told


def test_what_is_no_answer_is_taken_where_there_is_nothing_else_and_told(
    folder, collect, collected, answered, untouched
):
    (folder / "lovelaceida_1815_1_w.ipynb").write_bytes(untouched)
    (folder / "mullerjon_1816_2_w.ipynb").write_bytes(answered("x")[:300])
    (folder / "weissana_1817_3_w.ipynb").write_bytes(b'{"cells": [], "nbformat": 4}')
    status, told = collect(folder)
    assert status == 1
    assert set(collected()) == {"ida", "jon"}
    assert "no exercise in it is answered" in told
    assert "cut off or damaged" in told
    assert "ana: not taken: down/weissana_1817_3_w.ipynb: it has none of the exercises" in told


@pytest.mark.parametrize("is_zipped", [False, True])
def test_files_that_may_hold_a_notebook_are_told_with_what_to_do(
    folder, collect, collected, answered, is_zipped
):
    files = {
        "lovelaceida_1815_1_w.ipynb.txt": answered(),
        "mullerjon_1816_2_w.rar": b"Rar!",
        "weissana_1817_3_w.py": b"1",
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    if is_zipped:
        for name in files:
            (folder / name).unlink()
        (folder / "class.zip").write_bytes(zipped(*files.items()))
    status, told = collect(folder)
    assert (status, collected()) == (1, {})
    assert "its name does not end with .ipynb: rename it" in told
    assert "only .zip, .tar, .tar.gz, .tgz are read" in told
    assert "weissana_1817_3_w.py: no notebook" in told


def test_a_notebook_that_lost_its_labels_is_known_by_what_it_defines(
    folder, collect, collected, answered
):
    notebook = json.loads(answered("mine"))
    for cell in notebook["cells"]:
        cell["metadata"] = {}
    (folder / "lovelaceida_1815_1_colab.ipynb").write_text(json.dumps(notebook))
    assert collect(folder)[0] == 0
    assert collected() == {"ida": "mine"}


def test_what_was_collected_is_kept_when_it_is_replaced(
    course, folder, collect, collected, answered
):
    work = folder / "lovelaceida_1815_1_w.zip"
    work.write_bytes(packed("ida", answered("first")))
    collect(folder)
    assert "1 in before" in collect(folder)[1]
    assert not (course / "replaced").exists()
    work.write_bytes(packed("ida", answered("second"), LATE))
    assert "is in replaced/ now" in collect(folder)[1]
    assert collected() == {"ida": "second"}
    (kept,) = (course / "replaced" / "ida" / UNIT).iterdir()
    assert _first((kept / f"{UNIT}.ipynb").read_text("utf-8")) == "first"
    work.write_bytes(packed("ida", answered("first")))
    assert "what is in submitted/ is newer" in collect(folder)[1]
    assert collected() == {"ida": "second"}


@pytest.mark.parametrize(
    ("names", "taken"),
    [
        (["Ali Omar_1_assignsubmission_file_"], {}),
        (["Ali Omar_1_assignsubmission_file_", "Omar Ali_2_assignsubmission_file_"], {}),
    ],
)
def test_people_of_one_name_are_told_apart_by_the_typed_id_only_among_them(
    folder, collect, collected, answered, names, taken
):
    for name in names:
        (folder / name).mkdir()
        (folder / name / f"{UNIT}.ipynb").write_bytes(answered(name))
    status, told = collect(folder)
    assert (status, collected()) == (1, taken)
    assert "is the name of ali, omar" in told
    assert "3 missing, 2 not taken" in told
    for name, student in zip(names, ("ali", "omar"), strict=False):
        (folder / name / f"{UNIT}.ipynb").unlink()
        (folder / name / "w.zip").write_bytes(packed(student, answered(student)))
    assert collect(folder)[0] == 0
    assert collected() == {student: student for student in ("ali", "omar")[: len(names)]}


def test_two_accounts_of_one_name_in_the_roster_are_nobody_s_work(
    folder, collect, collected, answered
):
    for number in (1, 2):
        place = folder / f"Ida Lovelace_{number}_assignsubmission_file_"
        place.mkdir()
        (place / f"{UNIT}.ipynb").write_bytes(answered(str(number)))
    status, told = collect(folder)
    assert (status, collected()) == (1, {})
    assert "2 accounts bear this name (numbers 1, 2)" in told


def test_one_person_may_come_by_several_ways(folder, collect, collected, answered):
    for name in ("ida", "Ida Lovelace_1_assignsubmission_file_"):
        (folder / name).mkdir()
        (folder / name / "w.ipynb").write_bytes(answered(name))
    (folder / "lovelaceida_1815_3_w.ipynb").write_bytes(answered("canvas"))
    os.utime(folder / "ida" / "w.ipynb", (time.time() + 60,) * 2)
    assert collect(folder)[0] == 0
    assert collected() == {"ida": "ida"}


def test_a_gradebook_that_cannot_be_used_is_said(course, folder, collect):
    (course / "gradebook.db").write_bytes(b"no database" * 100)
    status, told = collect(folder)
    assert status == 1
    assert "The gradebook cannot be used: file is not a database." in told


def test_a_folder_that_cannot_be_read_is_told(folder, collect, monkeypatch):
    (folder / "ida").mkdir()
    scandir = os.scandir

    def refused(path="."):  # root may read everything
        if path == str(folder / "ida"):
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refused)
    status, told = collect(folder)
    assert status == 1
    assert "ida: not taken: down/ida: it cannot be read" in told


def test_where_number_and_name_differ_the_roster_has_to_be_put_right(
    folder, collect, collected, answered
):
    (folder / "mullerjon_1815_1_w.ipynb").write_bytes(answered())
    (folder / "weissana_9999_1_w.ipynb").write_bytes(answered())
    status, told = collect(folder)
    assert (status, collected()) == (1, {})
    assert "number 1815 is ida's in the roster, the name mullerjon is jon's" in told
    assert "number is 9999, in the roster ana has 1817" in told


@pytest.fixture
def clone(folder):
    """A student's repository as it is cloned; `commits` are (file, content, time)."""

    def make(name, *commits, shallow=False):
        origin = folder.parent / "origin" / name
        origin.mkdir(parents=True)
        run = lambda *words, cwd=origin, **extra: subprocess.run(  # noqa: E731
            ["git", *words], cwd=cwd, check=True, capture_output=True, env=os.environ | extra
        )
        run("init", "-q", "-b", "main")
        for place, content, when in commits:
            (origin / place).parent.mkdir(parents=True, exist_ok=True)
            (origin / place).write_bytes(content)
            run("add", "-A")
            who = ("-c", "user.name=x", "-c", "user.email=x@example.org")
            run(*who, "commit", "-qm", "x", GIT_COMMITTER_DATE=when, GIT_AUTHOR_DATE=when)
        depth = ("--depth", "1") if shallow else ()
        run("clone", "-q", *depth, origin.as_uri(), str(folder / name), cwd=folder)
        return folder / name

    return make


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_clones_of_github_classroom(course, folder, collect, collected, answered, untouched, clone):
    """Whose they are is what follows on the part that all names share; commits have times."""
    clone(
        "conv-lab-ida-l",
        (f"notebooks/{UNIT}/{UNIT}.ipynb", untouched, "2026-01-01T00:00:00Z"),
        (f"course-work/{UNIT}/{UNIT}.ipynb", answered("ida"), "2026-01-02T03:04:05+02:00"),
        ("README.md", b"late", "2026-01-09T00:00:00Z"),
    )
    clone("conv-lab-jon", (f"{UNIT}.ipynb", answered("jon"), "2026-01-03T00:00:00Z"), shallow=True)
    clone("conv-lab-anaw-1", (f"{UNIT}.ipynb", answered("ana"), "2026-01-03T00:00:00Z"))
    clone("conv-lab-omar", ("README.md", b"nothing", "2026-01-03T00:00:00Z"))
    clone("conv-lab-maria-ali", (f"{UNIT}.ipynb", answered("x"), "2026-01-03T00:00:00Z"))
    status, told = collect(folder)
    assert collected() == {"ida": "ida", "jon": "jon", "ana": "ana"}
    assert status == 1
    assert "nobody in the roster is maria-ali" in told
    assert "omar: not taken: down/conv-lab-omar: no notebook" in told
    assert stamp_of(course, "ida") == datetime(2026, 1, 2, 1, 4, 5)
    assert stamp_of(course, "jon") == datetime(2026, 1, 3)


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_one_clone_and_what_its_configuration_would_run(
    folder, collect, collected, answered, clone
):
    """A `.git` that a student has made names programs; none of them runs."""
    place = clone("conv-ida-l", (f"{UNIT}.ipynb", answered("ida"), "2026-01-03T00:00:00Z"))
    trap = folder.parent / "trap"
    for key in ("core.fsmonitor", "gpg.program", "core.sshCommand", "core.pager"):
        words = ("config", key, f"touch {trap};")
        subprocess.run(["git", *words], cwd=place, check=True)
    subprocess.run(["git", "config", "log.showSignature", "true"], cwd=place, check=True)
    assert collect(place)[0] == 0
    assert collected() == {"ida": "ida"}
    assert not trap.exists()


@pytest.mark.skipif(os.name == "nt", reason="needs links")
def test_a_link_in_a_clone_is_refused(course, folder, collect, collected, answered):
    (folder / "ida").mkdir()
    (folder / "ida" / f"{UNIT}.ipynb").symlink_to(course / "solutions" / UNIT / f"{UNIT}.ipynb")
    status, told = collect(folder)
    assert (status, collected()) == (1, {})
    assert f"ida/{UNIT}.ipynb: it is a link" in told


@pytest.mark.skipif(sys.platform == "win32", reason="nbgrader's exchange does not exist on Windows")
@pytest.mark.parametrize("depth", [0, 1, 2])
def test_an_exchange(course, tmp_path, collect, collected, answered, depth):
    inbound = tmp_path / "exchange" / "medical-imaging" / "inbound"
    inbound.mkdir(parents=True)
    for student, ago in (("ida", 2), ("ida", 1), ("mallory", 1)):
        when = datetime.utcnow() - timedelta(hours=ago)
        place = inbound / f"{student}+{UNIT}+{when:%Y-%m-%d %H:%M:%S} UTC"
        place.mkdir()
        (place / f"{UNIT}.ipynb").write_bytes(answered(f"{student} {ago}"))
        for path in (place / f"{UNIT}.ipynb", place):
            os.utime(path, (time.time() - 3600 * ago,) * 2)
    exchange = (inbound, *inbound.parents)[depth]
    status, told = collect(exchange)
    assert (status, collected()) == (1, {"ida": "ida 1"})
    assert "mallory" in told
    assert "nobody in the roster has this id" in told
    assert "1 in before" in collect(exchange)[1]
    link = inbound / f"jon+{UNIT}+2026-01-02 03:04:05 UTC"
    link.symlink_to(place)
    status, told = collect(exchange)
    assert status == 1
    assert "it is no ordinary folder" in told
    assert "3 missing, 1 not taken" in told


def test_archives_without_an_lms_are_their_own_word(folder, collect, collected, answered):
    (folder / f"ida+{UNIT}+{EARLY}.zip").write_bytes(packed("ida", answered("ida")))
    (folder / "mallory.zip").write_bytes(packed("ida", answered("not hers"), LATE))
    (folder / "a.zip").write_bytes(packed("jon", answered("a")))
    (folder / "b.zip").write_bytes(packed("jon", answered("b"), LATE))
    (folder / "c.zip").write_bytes(packed("bo", answered("b"), LATE))
    (folder / "d.ipynb").write_bytes(answered("b"))
    (folder / "ana").mkdir()
    (folder / "ana" / "w.ipynb").write_bytes(answered("ana"))
    (folder / f"ana+{UNIT}+{LATE}.zip").write_bytes(packed("ana", answered("not hers"), LATE))
    status, told = collect(folder)
    assert (status, collected()) == (1, {"ida": "ida", "ana": "ana"})
    assert "files of other names bear this id, too" in told
    assert "jon: not taken: files of different names bear this id" in told
    assert "it bears the id bo, nobody's in the roster" in told
    assert "d.ipynb: not taken: nothing says whose it is" in told
    assert "Only its own word makes it ana's" in told


def test_an_extension_in_the_class_file_counts(course, folder, collect, answered):
    (course / "class.toml").write_text(
        f"[units.{UNIT}]\ndue = 2026-01-10\n[units.{UNIT}.extensions]\njon = 2026-01-20\n"
    )
    now = time.localtime()[:6]
    members = (
        (member(f"lovelaceida_1815_91_{UNIT}.ipynb", now), answered("ida")),
        (member(f"mullerjon_1816_92_{UNIT}.ipynb", now), answered("jon")),
    )
    (folder / "class.zip").write_bytes(zipped(*members))
    collect(folder)
    between = stamp_of(course, "jon") - stamp_of(course, "ida")
    assert between == timedelta(days=10)


def test_due_dates_and_what_canvas_says_of_them(course, folder, collect, answered):
    """Canvas's archive has the time of the download only, and says who is late."""
    yesterday = datetime.utcnow().replace(microsecond=0) - timedelta(days=1)
    now = time.localtime()[:6]
    before = f"{yesterday - timedelta(days=1):%Y%m%dT%H%M%SZ}"
    members = (
        (member(f"lovelaceida_1815_91_{UNIT}.ipynb", now), answered("ida")),
        (member(f"mullerjon_LATE_1816_92_{UNIT}.ipynb", now), answered("jon")),
        (member("weissana_LATE_1817_93_x.zip", now), packed("ana", answered("ana"), before)),
        (member("Ali Omar_3_assignsubmission_file_/x.zip", now), packed("ali", answered(), before)),
    )
    (folder / "class.zip").write_bytes(zipped(*members))
    collect(folder)
    assert stamp_of(course, "ida") > yesterday
    due(course, yesterday)
    _, told = collect(folder)
    assert stamp_of(course, "ida") == yesterday
    assert datetime.utcnow() - stamp_of(course, "jon") < timedelta(minutes=5)
    assert "ida: Canvas's archive has no times" in told
    assert "jon: late, as Canvas says" in told
    assert "ali, ana: made before the due date" in told


@pytest.mark.parametrize("when", ["99999999T999999Z", "20990101T000000Z"])
def test_an_impossible_time_is_told_and_does_not_count(course, folder, collect, answered, when):
    (folder / "lovelaceida_1815_91_x.zip").write_bytes(packed("ida", answered(), when))
    assert "its time is impossible" in collect(folder)[1]
    assert datetime.utcnow() - stamp_of(course, "ida") < timedelta(minutes=5)


def test_who_is_missing_is_in_the_gradebook(course, folder, collect):
    status, told = collect(folder)
    assert status == 0
    assert "5 missing" in told
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        jon = gradebook.find_student("jon")
        assert (jon.first_name, jon.last_name) == ("Jon", "Müller")
        assert (jon.email, jon.lms_user_id) == ("jon@example.org", "1816")
        assert gradebook.find_student("ida").last_name == "Lovelace"
    (course / "roster.csv").unlink()
    assert "Of 5 in the roster" in collect(folder)[1]


def test_without_a_roster_it_says_how_to_make_one(course, folder, collect):
    (course / "roster.csv").unlink()
    status, told = collect(folder)
    assert status == 1
    assert "There is no roster.csv" in told
    other = folder.parent / "canvas.csv"
    other.write_text("Student,ID,SIS Login ID\nIda,1,ida\n")
    assert "Of 1 in the roster" in collect(folder, options=("--roster", str(other)))[1]


def test_a_folder_that_is_not_there_is_said(folder, collect):
    assert "There is no folder or file" in collect(folder / "nowhere")[1]


def test_who_is_in_submitted_but_not_in_the_roster_is_told(course, folder, collect, answered):
    for name in ("Ida", "bo"):
        place = course / "submitted" / name / UNIT
        place.mkdir(parents=True)
        (place / f"{UNIT}.ipynb").write_bytes(answered(name))
    _, told = collect(folder)
    assert "submitted/bo: nobody in the roster has this id" in told
    assert "mv submitted/Ida submitted/ida" in told


def test_names_and_contents_of_any_kind_stop_nobody(folder, collect, collected, answered):
    (folder / "lovelaceida_1815_1_w.ipynb").write_bytes(answered("ida"))
    for name, content in {
        "x\x1b[31m.ipynb": b"{}",
        "mullerjon_1816_2_[red]x\u202e.ipynb": b"[" * 100_000,
        "weissana_1817_3_.zip": b"",
        "omarali_1818_4_w.ipynb": b"\x00" * 10,
    }.items():
        (folder / name).write_bytes(content)
    status, _ = collect(folder)
    assert status == 1
    assert collected()["ida"] == "ida"


@pytest.mark.skipif(sys.platform == "win32", reason="nbgrader's exchange does not exist on Windows")
@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_the_guide_s_commands_and_its_roster(
    course, tmp_path, collected, answered, monkeypatch, clone, folder
):
    """Each `course collect` of the guide, with folders of the names that stand there."""
    guide = (ROOT / "docs" / "instructors.md").read_text("utf-8")
    roster = guide.partition("```csv\n")[2].partition("```")[0]
    (course / "roster.csv").write_text(roster, encoding="utf-8")
    block = guide.partition("## Collect\n")[2].partition("```sh\n")[2].partition("```")[0]
    commands = [shlex.split(line, comments=True) for line in block.splitlines()]
    monkeypatch.setenv("HOME", str(tmp_path))
    downloads, exchange = tmp_path / "Downloads", tmp_path / "srv" / "nbgrader" / "exchange"
    unpacked = downloads / "03-convolution" / "Jon Müller_7_assignsubmission_file_"
    unpacked.mkdir(parents=True)
    (unpacked / "work.ipynb").write_bytes(answered("moodle"))
    canvas = zipped((member("lovelaceida_1815_9_work.ipynb"), answered("canvas")))
    (downloads / "submissions.zip").write_bytes(canvas)
    clone("lab-ida-l", (f"{UNIT}.ipynb", answered("clone"), "2026-02-03T00:00:00Z"))
    clone("lab-jon", (f"{UNIT}.ipynb", answered("clone"), "2026-02-03T00:00:00Z"))
    folder.rename(course / "conv-submissions")
    now = f"{datetime.utcnow():%Y-%m-%d %H:%M:%S} UTC"
    place = exchange / "medical-imaging" / "inbound" / f"ida+{UNIT}+{now}"
    place.mkdir(parents=True)
    (place / f"{UNIT}.ipynb").write_bytes(answered("exchange"))
    found = []
    for program, *words in commands:
        words[1] = UNIT
        words[2] = words[2].replace("/srv", str(tmp_path / "srv"))
        assert (program, cli.main(words)) == ("course", 0)
        found.append(collected())
    assert found == [
        {"ida": "canvas"},
        {"ida": "canvas", "jon": "moodle"},
        {"ida": "clone", "jon": "moodle"},
        {"ida": "exchange", "jon": "moodle"},
    ]
