"""The cells of `grades.csv` are text for every spreadsheet and every terminal."""

import csv

import pytest
from nbgrader.api import Gradebook


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("Ida", "Ida"),
        ("O'Hara", "O'Hara"),
        ('=HYPERLINK("https://x.org")', '\'=HYPERLINK("https://x.org")'),
        ("+1", "'+1"),
        ("-1+1", "'-1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'=1"),
        ("\r=1", "'=1"),
        ("a\r\n=1", "a =1"),
        (" =1", "'=1"),
        ("＝1", "'＝1"),
        ("a;=1", "a;'=1"),
        ("a\x1b[31mb", "a\\x1b[31mb"),
        ("a\u202eb", "a\\u202eb"),
    ],
)
def test_a_name_is_never_a_formula(classroom, name, cell):
    with Gradebook(classroom.course.db_url) as gradebook:
        gradebook.add_student("ida", last_name=name)
    with classroom.export().open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["last_name"] == cell
