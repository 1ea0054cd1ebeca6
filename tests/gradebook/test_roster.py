"""The class's list is read as spreadsheets and LMS leave it."""

import pytest

from course_utils.errors import CourseError
from course_utils.gradebook.roster import Person, letters, of_course, read

IDA = Person("ida", "Ida Lovelace", "1815", "ida@example.org")
JON = Person("jon", "Müller, Jon", "1816", "jon@example.org")


@pytest.fixture
def roster(tmp_path):
    def of(content):
        path = tmp_path / "roster.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read(path)

    return of


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_whatever_a_spreadsheet_writes_is_read(roster, encoding, separator, end):
    lines = [
        ["id", "name", "LMS id", "E-Mail"],
        ["ida", "Ida  Lovelace ", "1815.0", "ida@example.org"],
        [],
        ["jon", '"Müller, Jon"', "1816", "jon@example.org"],
        ["", "", "", ""],
    ]
    text = end.join(separator.join(line) for line in lines)
    assert list(roster(text.encode(encoding))) == [IDA, JON]


@pytest.mark.parametrize(
    ("text", "person"),
    [
        (
            "Student,ID,SIS User ID,SIS Login ID,Section,Sums (1)\n"
            "    Points Possible,,,,,6\n"
            '"Lovelace, Ida",1815,s17,ida,A,\n'
            '"Student, Test",99,,,A,\n',
            Person("ida", "Lovelace, Ida", "1815"),
        ),
        (
            "First name,Last name,ID number,Email address\nIda,Lovelace,s17,ida@example.org\n",
            Person("s17", "Lovelace, Ida", "", "ida@example.org"),
        ),
        (
            "Identifier,Full name,Email address,Status\n"
            "Participant 4711,Ida Lovelace,ida@example.org,Submitted\n",
            Person("ida@example.org", "Ida Lovelace", "", "ida@example.org"),
        ),
        (
            "Vorname;Nachname;ID-Nummer;E-Mail-Adresse\nIda;Lovelace;;ida@example.org\n",
            Person("ida@example.org", "Lovelace, Ida", "", "ida@example.org"),
        ),
        (
            '"identifier","github_username","github_id","name"\n"ida","ida-l","17",""\n',
            Person("ida", github="ida-l"),
        ),
        ("sep=;\nID;Name\nida;Ida\n", Person("ida", "Ida")),
        ("Class of 2026\n\nname,id\nIda,ida\n", Person("ida", "Ida")),
    ],
)
def test_lists_of_an_lms_are_read_as_they_are(roster, text, person):
    assert list(roster(text)) == [person]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", "no column for the students' ids"),
        ("name,points\nIda,3\n", "Expected a first row such as"),
        ("id,name\nida,Ida\n,Jon\n", "row 3 (Jon): it has no id"),
        ("id\na b\n", "a-b would do"),
        ("id\nana\nAna\n", "ana is the id of 2 rows"),
        ("id,lms id\nida,7\njon,7\n", "7 is the lms_id of 2 rows"),
        (b"PK\x03\x04...", "Save it as CSV"),
        (b"id\n" + b"x" * 200_000, "an id has 64 characters at most"),
        (b'id\n"ida', "a quote has no end"),
    ],
)
def test_what_is_no_roster_is_refused_with_the_reason(roster, content, why):
    with pytest.raises(CourseError) as refused:
        roster(content)
    assert why in str(refused.value)
    assert len(str(refused.value)) < 1000


def test_a_course_without_a_list_has_an_empty_one(tmp_path):
    assert not of_course(tmp_path)
    (tmp_path / "roster.csv").write_text("id\nida\n")
    assert [person.id for person in of_course(tmp_path)] == ["ida"]


def test_people_are_found_by_every_name_that_they_have(roster):
    found = roster(
        "id,name,lms_id,email,github\n"
        "ida,Ida Lovelace,1815,Ida@Example.org,ida-l\n"
        'jon,"Müller, Jon",,,\n'
        "al,Ali Omar,,,\n"
        "om,Omar Ali,,,\n"
    )
    ida, jon, ali, omar = found
    assert found.with_id("IDA") is ida
    assert found.with_lms_id("1815") is found.with_email("ida@example.org") is ida
    assert found.with_github("Ida-L") is ida
    assert found.named("Lovelace, Ida") == found.named("lovelaceida") == [ida]
    assert found.named("JON MU\u0308LLER") == [jon]
    assert found.named("Ali Omar") == [ali, omar]
    assert found.with_lms_id("") is found.with_github("nobody") is None
    assert found.named("") == []
    assert letters("Ø O'Neill") == letters("o'neill ø")
