"""`course export` fills an LMS's own file: by ids, and nothing else of it changes."""

import csv
import io
import os
import re
import shlex
import shutil

import nbformat
import pytest
from nbgrader.api import Gradebook
from tiny_unit import ROOT, UNIT

from course_utils import cli

POINTS = {"ida": (2, 4), "jon": (2, 1.5), "kim": (0, 4), "lea": None}
ROSTER = """id,name,lms_id,email
ida,"Lovelace, Ida",1815,ida@example.org
jon,"Müller, Jon",1816,Jon@example.org
kim,Kim,1817,kim@example.org
lea,Lea,1818,lea@example.org
"""
CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,01 Sums (77),Quiz (78),Current Score\r\n"
    ",,,,,Manual Posting,,\r\n"
    '"    Points Possible",,,,,6,10,(read only)\r\n'
    '"Lovelace, Ida",1815,s15,ida,A and B,,7.0,70.0\r\n'
    '"Müller, ""Jon""",1816,s16,jon,A,1,  8,\r\n'
    "Kim,1817,s17,kim,B,EX,,\r\n"
    "Lea,1818,s18,lea,B,,,\r\n"
    '"Student, Test",9999,,0a1b,A,,,\r\n'
)
MOODLE = (
    '"First name","Last name","ID number","Email address",'
    '"Assignment: 01 Sums (Real)","Assignment: 01 Sums (Percentage)","Course total (Real)"\n'
    'Ida,Lovelace,,ida@example.org,-,-,"12.50"\n'
    "Jon,Müller,,jon@example.org,-,-,-\n"
    "Kim,,,kim@example.org,-,-,-\n"
)


@pytest.fixture
def root(released, tmp_path, monkeypatch):
    """A course folder whose gradebook holds the points above; lea has handed in nothing."""
    root = shutil.copytree(released.folder, tmp_path / "course")
    shutil.copy(ROOT / "nbgrader_config.py", root)
    (root / "roster.csv").write_text(ROSTER, encoding="utf-8")
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", "medical-imaging") as gradebook:
        for student, points in POINTS.items():
            gradebook.update_or_create_student(student)
            if points is None:
                continue
            for step in ("submitted", "autograded"):
                place = root / step / student / UNIT / f"{UNIT}.ipynb"
                place.parent.mkdir(parents=True)
                nbformat.write(released.release, place)
            gradebook.update_or_create_submission(UNIT, student)
            for name, number in zip(("total", "largest"), points, strict=True):
                gradebook.find_grade(f"{name}-test", UNIT, UNIT, student).auto_score = number
        gradebook.db.commit()
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def export(root, capsys):
    """Runs the command on a file; its status, the new file's bytes, and what it said."""

    def run(content, *options, lms="canvas"):
        content = content if isinstance(content, bytes) else content.encode("utf-8-sig")
        path = root / "exported.csv"
        path.write_bytes(content)
        status = cli.main(["export", "--lms", lms, "--gradebook", "exported.csv", *options])
        assert path.read_bytes() == content
        said = capsys.readouterr()
        new = root / "exported-filled.csv"
        return status, new.read_bytes() if new.exists() else None, said.out + said.err

    return run


def cells(content, name, key="ID", encoding="utf-8-sig", delimiter=","):
    """A column of the new file, by another one."""
    text = io.StringIO(content.decode(encoding), newline="")
    return {row[key]: row[name] for row in csv.DictReader(text, delimiter=delimiter)}


def test_canvas_gets_its_column_and_nothing_else_changes(export):
    status, new, said = export(CANVAS)
    assert status == 0
    expected = CANVAS.replace("A and B,,7.0", "A and B,6,7.0").replace("A,1,  8", "A,3.5,  8")
    assert new == expected.encode("utf-8-sig")
    assert f"{UNIT} → 01 Sums (77): 2 students" in said
    assert f"{UNIT}: excused, so left so: kim." in said
    assert f"{UNIT}: nothing submitted, so the cell stays as it was: lea." in said


def test_moodle_gets_points_and_no_percentage(export):
    status, new, said = export(MOODLE, lms="moodle")
    assert status == 0
    expected = MOODLE
    for who, number in (("ida", "6"), ("jon", "3.5"), ("kim", "4")):
        expected = expected.replace(f"{who}@example.org,-", f"{who}@example.org,{number}")
    assert new == expected.encode("utf-8-sig")
    assert "it must be 6 (or --maximum)" in said


def test_a_german_moodle_on_a_german_spreadsheet(export):
    german = (
        "Vorname;Nachname;ID-Nummer;E-Mail-Adresse;Aufgabe: 01 Sums (Punkte);"
        "Aufgabe: 01 Sums (Prozentsatz);Kurs (Punkte)\r\n"
        "Ida;Lovelace;;ida@example.org;-;-;12,50\r\nJörg;Müller;;jon@example.org;-;-;-\r\n"
    ).encode("cp1252")
    _, new, _ = export(german, lms="moodle")
    expected = german.replace(b"ida@example.org;-", b"ida@example.org;6")
    assert new == expected.replace(b"jon@example.org;-", b"jon@example.org;3,5")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_excel_reads_what_is_written(export, encoding):
    _, new, _ = export(CANVAS.encode(encoding))
    assert new.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"))
    named = cells(new, "01 Sums (77)", "Student", "utf-16" if encoding == "utf-16" else "utf-8-sig")
    assert named['Müller, "Jon"'] == "3.5"


def test_the_late_penalty_is_taken_off(export, root):
    (root / "class.toml").write_text(f"[units.{UNIT}]\ndue = 2026-12-01\npenalty = '1 point a day'")
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", "medical-imaging") as gradebook:
        when = {"timestamp": "2026-12-02 12:00:00 UTC"}
        gradebook.update_or_create_submission(UNIT, "ida", **when)
    _, new, _ = export(CANVAS)
    assert cells(new, "01 Sums (77)")["1815"] == "5"


def test_points_are_scaled_to_those_of_the_lms(export):
    _, new, said = export(CANVAS.replace(",6,10,", ",100,10,"))
    assert cells(new, "01 Sums (77)")["1816"] == "58.33"
    assert "6 points are 100 in the LMS: they were scaled." in said
    _, new, _ = export(MOODLE, "--maximum", "12", lms="moodle")
    assert cells(new, "Assignment: 01 Sums (Real)", "Email address")["jon@example.org"] == "7"


def test_who_handed_in_nothing_gets_0_on_demand_only(export):
    assert cells(export(CANVAS)[1], "01 Sums (77)")["1818"] == ""
    assert cells(export(CANVAS, "--zeros")[1], "01 Sums (77)")["1818"] == "0"


def test_who_is_on_one_side_only_is_listed(export):
    stranger = CANVAS.replace("1816,s16,jon", "4711,s47,zoe")
    status, new, said = export(stranger)
    assert status == 1
    assert "In the gradebook, but in no row of the LMS's file:\n  jon\n" in said
    assert 'row 5 (Müller, "Jon", 4711, zoe, s47): nobody in roster.csv or the gradebook' in said
    assert cells(new, "01 Sums (77)")["4711"] == "1"


def test_a_moodle_row_without_any_id_is_listed(export):
    _, _, said = export(MOODLE + "Zoe,Zed,,,-,-,-\n", lms="moodle")
    assert "row 5 (Zoe, Zed): nobody in roster.csv" in said


def test_ids_that_contradict_each_other_match_nobody(export):
    status, new, said = export(CANVAS.replace("1816,s16,jon", "1816,s16,ida"))
    assert status == 1
    assert "its ids belong to different people: ida, jon." in said
    assert cells(new, "01 Sums (77)")["1816"] == "1"


def test_one_person_in_two_rows_matches_neither(export):
    _, new, said = export(CANVAS + "Ida again,1815,s15,ida,C,,,\r\n")
    assert "ida: is in several rows: 4, 9." in said
    assert "6" not in cells(new, "01 Sums (77)")["1815"]


def test_names_alone_match_nobody(export):
    status, _, said = export(MOODLE.replace("@example.org", "@elsewhere.org"), lms="moodle")
    assert status == 1
    assert "file:\n  ida\n  jon\n  kim\n  lea (nothing graded)\n" in said


def test_who_is_in_the_roster_alone_has_handed_in_nothing(export, root):
    with (root / "roster.csv").open("a", encoding="utf-8") as file:
        file.write("max,Max,1819,\n")
    row = "Max,1819,s19,max,A,,,\r\n"
    assert cells(export(CANVAS + row)[1], "01 Sums (77)")["1819"] == ""
    assert cells(export(CANVAS + row, "--zeros")[1], "01 Sums (77)")["1819"] == "0"


def test_who_is_in_the_gradebook_alone_is_matched_by_its_id(export, root):
    (root / "roster.csv").write_text("id,name\nida,Ida\n")
    _, new, _ = export(CANVAS)
    assert cells(new, "01 Sums (77)")["1816"] == "3.5"


def test_without_a_roster_the_ids_of_the_gradebook_count(export, root):
    (root / "roster.csv").unlink()
    status, new, _ = export(CANVAS)
    assert status == 0
    assert cells(new, "01 Sums (77)")["1815"] == "6"


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("01-sums (77)", True),
        ("Sums (77)", True),
        ("Unit 1: Sums (77)", True),
        ("1. The sums (77)", True),
        ("Übung 1: Sums (77)", True),
        ("01 Sums and more (77)", False),
        ("Sums quiz (77)", False),
        ("Week 2: Sums (77)", False),
        ("Sums", False),
    ],
)
def test_a_column_is_found_by_number_and_topic(export, title, found):
    status, new, said = export(CANVAS.replace("01 Sums (77)", title))
    assert (new is not None) == found
    assert status == (0 if found else 1)
    if not found:
        assert f"no column is that of {UNIT}. Name it: --column '{UNIT}=NAME'" in said


@pytest.mark.parametrize("named", ["Homework one (77)", "Homework one"])
def test_a_column_may_be_named(export, named):
    header = CANVAS.replace("01 Sums (77)", "Homework one (77)")
    _, new, _ = export(header, "01", "--column", f"01={named}")
    assert cells(new, "Homework one (77)")["1815"] == "6"


def test_so_may_that_of_the_ids(export):
    header = CANVAS.replace("SIS Login ID", "Kennung").replace("SIS User ID", "Nummer")
    header = header.replace(",ID,", ",Nr,")
    assert "--id-column" in export(header)[2]
    _, new, _ = export(header, "--id-column", "Kennung")
    assert cells(new, "01 Sums (77)", "Kennung")["jon"] == "3.5"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--column", "01=Nothing"], "There is no column 'Nothing'. The columns are:"),
        (["--column", "Nothing"], "expected UNIT=NAME"),
        (["--to", "exported.csv"], "is the exported file itself"),
        (["--to", "./../course/exported.csv"], "is the exported file itself"),
        (["--to", "."], "is a folder"),
        (["09"], "There is no unit '09'"),
    ],
)
def test_what_cannot_be_done_writes_nothing(export, options, said):
    status, new, told = export(CANVAS, *options)
    assert (status, new) == (1, None)
    assert said in told


def test_links_do_not_lead_over_the_exported_file(export, root):
    os.link(root / "nbgrader_config.py", root / "other")
    (root / "link.csv").symlink_to("exported.csv")
    status, _, said = export(CANVAS, "--to", "link.csv")
    assert status == 1
    assert "is the exported file itself" in said


def test_two_columns_of_one_unit_are_a_question(export):
    header = CANVAS.replace("01 Sums (77)", "Unit 1 Sums (77)").replace("Quiz (78)", "Sums (78)")
    status, new, said = export(header)
    assert (status, new) == (1, None)
    assert "Several columns may be that of 01-sums: 'Unit 1 Sums (77)', 'Sums (78)'" in said


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-cmd", "'-cmd"),
        ("a;=1", "a;'=1"),
        ("＝1", "'＝1"),
        ("-", "-"),
        ("+49 (170) 12", "+49 (170) 12"),
        ("-1.5", "-1.5"),
    ],
)
def test_no_name_is_a_formula(export, name, cell):
    _, new, said = export(CANVAS.replace("Kim,", f"{name},"))
    assert cells(new, "Student")["1817"] == cell
    assert ("looked like a formula, so it begins with ' now" in said) == (name != cell)


def test_an_id_that_looks_like_a_formula_is_kept_and_told(export):
    _, new, said = export(CANVAS.replace("s17", "=s17"))
    assert cells(new, "SIS User ID")["1817"] == "=s17"
    assert "row 6, SIS User ID: an id that looks like a formula was left as it is" in said


def test_each_command_of_the_guide_runs(root, capsys):
    guide = (ROOT / "docs" / "instructors.md").read_text("utf-8")
    text = guide.partition("\n## Points for an LMS\n")[2].partition("\n## ")[0]
    text = text.replace("03-convolution", UNIT).replace("Convolution (4711)", "01 Sums (77)")
    (root / "canvas.csv").write_text(CANVAS, encoding="utf-8")
    (root / "moodle.csv").write_text(MOODLE.replace("Ida,Lovelace,,", "Ida,Lovelace,ida,"))
    block = re.search(r"```sh\n(.*?)```", text, re.DOTALL)[1]
    commands = [shlex.split(line) for line in block.splitlines()]
    assert len(commands) == 4
    statuses = [cli.main(words) for _, *words in commands]
    assert statuses == [0, 0, 0, 1]  # in the last one two have no number
    said = capsys.readouterr().out
    assert said.count("Written: ") == 4
    assert "no row of the LMS's file:\n  jon\n  kim\n  lea (nothing graded)\n" in said
