"""Times are read in one form, whatever else lies there."""

import os
from datetime import datetime, timedelta

import pytest
from dateutil.parser import parse as by_dateutil
from hypothesis import given
from hypothesis import strategies as st

from course_utils.gradebook.arrival import Stamp, arrival, parsed, stamp, utc


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2026-01-02 03:04:05.678901 UTC", datetime(2026, 1, 2, 3, 4, 5, 678901)),
        ("2026-01-02 03:04:05 UTC\n", datetime(2026, 1, 2, 3, 4, 5)),
        ("2026-01-02 03:04 UTC", datetime(2026, 1, 2, 3, 4)),
        ("2026-01-02 03:04:05", datetime(2026, 1, 2, 3, 4, 5)),
        ("2026-01-02T03:04:05Z", datetime(2026, 1, 2, 3, 4, 5)),
        ("20260102T030405Z", datetime(2026, 1, 2, 3, 4, 5)),
        ("2026-01-02 03:04:05 +0200", datetime(2026, 1, 2, 1, 4, 5)),
        ("2026-01-02 03:04:05-05:30", datetime(2026, 1, 2, 8, 34, 5)),
        ("2026-07-02 03:04:05 Europe/Berlin", datetime(2026, 7, 2, 1, 4, 5)),
        ("2026-01-02 03:04:05.5 UTC", datetime(2026, 1, 2, 3, 4, 5, 500000)),
    ],
)
def test_times_as_nbgrader_and_course_submit_write_them(text, time):
    assert parsed(text) == time


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "now", "2026", "2026-01-02", "1" * 5_000_000, "2026-13-02 03:04:05 UTC"),
        *("2026-02-30 03:04:05 UTC", "99999-01-02 03:04:05 UTC", "0001-01-01 00:00:00 +2300"),
        *("2026-01-02 25:04:05 UTC", "2026-01-02 03:04:05 +9999", "-2026-01-02 03:04:05"),
        *("2026-01-02 03:04:05 /etc/localtime", "2026-01-02 03:04:05 ../../etc/localtime"),
        *("2026-01-02 03:04:05 Europe", "2026-01-02 03:04:05 No/Where", "2026-01-02 03:04:05 XYZ"),
        *(
            "2026-01-02 03:04:05 Europe/Berlin/x/y",
            "٢٠٢٦-01-02 03:04:05",
            "2026-01-02 03:04:05 UTC x",
        ),
        "2026-01-02 03:04:05 UTC\0",
    ],
)
def test_all_else_is_no_time(text):
    assert parsed(text) is None


@given(st.text(alphabet="0123456789-: TZ.+UTC/abc", max_size=40))
def test_no_text_raises(text):
    parsed(text)


@given(st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31)))
def test_every_time_that_can_be_comes_back(time):
    assert parsed(time.isoformat(" ")) == time == by_dateutil(time.isoformat(" "))


def a_file(path):
    path.write_text("2026-01-02 03:04:05 UTC")


def with_a_byte_order_mark(path):
    path.write_text("2026-01-02 03:04:05 UTC", encoding="utf-8-sig")


@pytest.mark.parametrize("make", [a_file, with_a_byte_order_mark])
def test_a_stamp_is_read(tmp_path, make):
    make(tmp_path / "timestamp.txt")
    assert stamp(tmp_path) == Stamp(datetime(2026, 1, 2, 3, 4, 5))


def test_no_stamp_is_no_problem(tmp_path):
    assert stamp(tmp_path) == Stamp()


@pytest.mark.skipif(os.name == "nt", reason="needs links and pipes")
@pytest.mark.parametrize(
    ("make", "problem"),
    [
        (lambda path: path.write_bytes(b"\xff" * 10), "holds no time"),
        (lambda path: path.write_bytes(b"1" * 5_000_000), "holds no time"),
        (lambda path: path.write_bytes(b""), "holds no time"),
        (lambda path: path.symlink_to("/dev/zero"), "is a link"),
        (lambda path: path.symlink_to("nowhere"), "is a link"),
        (os.mkfifo, "is a pipe"),
        (lambda path: path.mkdir(), "is a folder"),
    ],
)
def test_what_is_none_is_said(tmp_path, make, problem):
    make(tmp_path / "timestamp.txt")
    found = stamp(tmp_path)
    assert found.time is None
    assert problem in found.problem


@pytest.mark.parametrize("seconds", [-1e18, -1e10, 1e11, 1e18, float("inf")])
def test_a_file_s_time_may_be_anything(seconds):
    assert utc(seconds).year in (1970, 2100)


def test_an_arrival_is_the_youngest_file_s(tmp_path):
    folder = tmp_path / "ida"
    folder.mkdir()
    (folder / "x.ipynb").write_text("{}")
    (folder / "deep").mkdir()
    (folder / "deep" / "y").write_text("{}")
    old = datetime(2026, 1, 2).timestamp()
    for path in (folder / "deep" / "y", folder / "deep", folder / "x.ipynb", folder):
        os.utime(path, (old, old))
    found = arrival(folder)
    assert found.written.timestamp() - old < timedelta(days=1).total_seconds()
    assert found.touched
    ahead = datetime(2090, 1, 2).timestamp()
    os.utime(folder / "x.ipynb", (ahead, ahead))
    assert arrival(folder).written.year < 2090
