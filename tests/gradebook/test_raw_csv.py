"""Single cells of a CSV file are changed, and no other byte is."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_utils.errors import CourseError
from course_utils.gradebook.raw_csv import read

LINES = 'name{d}id{d}points\r\n"O\'Hara{d} ""Ida"""{d} 1 {d}\n"two\r\nlines"{d}{d}"3"\r\nMüller{d}2'


def table(path, content):
    path.write_bytes(content)
    return read(path, lambda row: sum(cell in ("name", "id") for cell in row))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "file.csv"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252", "latin-1"])
def test_what_is_not_changed_stays_byte_by_byte(path, delimiter, encoding):
    content = LINES.format(d=delimiter).encode(encoding)
    found = table(path, content)
    assert found.delimiter == delimiter
    assert found.content() == content
    assert [row.values for row in found.rows] == [
        ["name", "id", "points"],
        [f'O\'Hara{delimiter} "Ida"', " 1 ", ""],
        ["two\r\nlines", "", "3"],
        ["Müller", "2"],
    ]
    found.put(1, 2, "5")
    found.put(2, 2, "6")
    found.put(3, 2, "7.5")
    changed = found.content().decode(encoding)
    assert changed == (
        LINES.format(d=delimiter)
        .replace(f" 1 {delimiter}", f" 1 {delimiter}5")
        .replace('"3"', '"6"')
        .replace(f"Müller{delimiter}2", f"Müller{delimiter}2{delimiter}7.5")
    )


def test_utf8_gets_the_mark_without_which_excel_misreads_it(path):
    content = LINES.format(d=",").encode()
    assert table(path, content).content() == b"\xef\xbb\xbf" + content


def test_the_line_for_excel_stays(path):
    content = b"\xef\xbb\xbfsep=;\r\nname;id\r\na,b;1\r\n"
    found = table(path, content)
    assert found.rows[1].values == ["a,b", "1"]
    assert found.content() == content


def test_a_text_with_a_delimiter_is_quoted(path):
    found = table(path, b"\xef\xbb\xbfname,id\nIda,1\n")
    found.put(1, 0, 'a,"b"')
    assert found.content() == b'\xef\xbb\xbfname,id\n"a,""b""",1\n'


@given(
    st.lists(
        st.lists(st.text("ab,;\"'\n\r é", max_size=5), min_size=1, max_size=3).filter(
            lambda row: row != [""]
        ),
        max_size=4,
    ),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_it_reads_what_the_standard_library_writes(tmp_path_factory, rows, quoting):
    text = io.StringIO()
    csv.writer(text, quoting=quoting).writerows([["name", "id"], *rows])
    content = b"\xef\xbb\xbf" + text.getvalue().encode()
    found = table(tmp_path_factory.getbasetemp() / "random.csv", content)
    assert [row.values for row in found.rows] == [["name", "id"], *rows]
    assert found.content() == content


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'name,id\n"a,1\n', "line 2: a quote has no end"),
        (b"PK\x03\x04...", "no CSV file"),
        (b"\xff\xfea", "is damaged"),
    ],
)
def test_what_is_no_csv_file_is_refused(path, content, said):
    with pytest.raises(CourseError, match=said):
        table(path, content)


def test_a_missing_file_is_said(path):
    with pytest.raises(CourseError, match="cannot be read: No such file"):
        read(path, len)
