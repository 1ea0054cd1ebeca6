"""Ids are safe in paths, pages, tables and terminals; other names get one like them."""

import csv
import io
import os
import shlex
from html import escape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.text import Text

from course_utils.student_ids import LONGEST, printable, renaming, suggested, unfit


@pytest.mark.parametrize(
    "name",
    ["ida", "s123", "ida.b-c_d@example.org", "_x", "müller", "Łukasz", "山田", "אבא", "a" * 64],
)
def test_ordinary_ids_are_fit(name):
    assert unfit(name) == ""


@pytest.mark.parametrize(
    "name",
    [
        *(
            "",
            ".",
            "..",
            "-",
            "-rf",
            "@x",
            ".x",
            "x.",
            "a b",
            "a+b",
            "a/b",
            "a\\b",
            "a:b",
            "a*",
            "a?",
        ),
        *(
            "a'b",
            'a"b',
            "<b>",
            "&",
            "=1",
            "a;b",
            "a,b",
            "a\nb",
            "a\tb",
            "a\0b",
            "a\x1bb",
            "\u202ea",
        ),
        *(
            "\u200bx",
            "x\u200d",
            "\ufeffx",
            "\ud800",
            "\u1160",
            "ﬁ",
            "ａ",
            "x²",
            "e\u0301",
            "a" * 65,
        ),
        *("con", "NUL", "com1.txt", "[bold]", "$HOME", "`x`", "山" * 60),
    ],
)
def test_all_others_are_not(name):
    assert unfit(name)
    assert not unfit(suggested(name))


@given(st.text())
def test_whatever_is_fit_is_safe_everywhere(name):
    if unfit(name):
        assert not unfit(suggested(name))
        return
    assert Path("a", name).parts == ("a", name)
    assert os.path.normpath(f"a/{name}/b") == os.path.join("a", name, "b")
    assert escape(name) == name
    assert Text.from_markup(name).plain == name
    assert name[0] not in "=+-@\t\r"
    table = io.StringIO()
    csv.writer(table).writerow([name])
    assert table.getvalue() == f"{name}\r\n"
    assert printable(name) == name
    assert shlex.split(renaming(Path(name), Path("x"))) == ["mv", name, "x"]


@given(st.text(alphabet=st.characters()))
def test_printable_texts_have_nothing_for_a_terminal_to_obey(text):
    assert printable(text).isprintable()


def test_suggestions_differ_from_what_is_taken():
    assert suggested("a b", {"a-b", "a-b-2"}) == "a-b-3"
    assert len(suggested("x" * 300)) <= LONGEST
