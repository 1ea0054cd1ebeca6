"""Archives are unpacked within bounds, and nowhere but where told; what is not taken is said."""

import gzip
import io
import os
import stat
import struct
import tarfile
import time
import zipfile
from dataclasses import replace

import pytest
from archive_files import zipped
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course_utils.gradebook.archives import Bounds, stem, unpack

NOTEBOOK = b'{"cells": []}'
SMALL = Bounds(
    archive=2**20,
    member=2**18,
    total=2**19,
    inner_total=2**18,
    ratio=20,
    small=2**10,
    members=50,
    inner_members=20,
    depth=3,
    folders=4,
)


def tarred(*members) -> bytes:
    """An archive of (TarInfo, content) pairs."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for info, content in members:
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return packed.getvalue()


def special(name, kind) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = (kind | 0o777) << 16
    info.create_system = 3
    return info


def tar_info(name, kind=tarfile.REGTYPE, target="") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info


@pytest.fixture
def place(tmp_path):
    """A folder for what is unpacked, with neighbours that must stay as they are."""
    (tmp_path / "neighbour.ipynb").write_bytes(b"ours")
    return tmp_path / "out"


@pytest.fixture
def opened(tmp_path, place):
    """Unpacks bytes; gives the names of what was written and the reasons of what was not."""

    def run(content, name="ida.zip", bounds=SMALL):
        archive = tmp_path / name
        archive.write_bytes(content)
        found = unpack(archive, place, bounds)
        assert (tmp_path / "neighbour.ipynb").read_bytes() == b"ours"
        assert {path.name for path in tmp_path.iterdir()} == {"neighbour.ipynb", "out", name}
        assert sorted(found.notebooks) == sorted(p for p in place.rglob("*") if p.is_file())
        names = {path.relative_to(place).as_posix() for path in found.notebooks}
        return names, dict(found.refused)

    return run


def test_notebooks_keep_their_path_and_get_the_archive_s_time(tmp_path, place, opened):
    content = zipped(("a/x.ipynb", NOTEBOOK), ("a/data.csv", b"1"), ("__MACOSX/a/._x.ipynb", b"x"))
    assert opened(content) == ({"a/x.ipynb"}, {})
    assert (place / "a/x.ipynb").read_bytes() == NOTEBOOK
    assert (place / "a/x.ipynb").stat().st_mtime == (tmp_path / "ida.zip").stat().st_mtime


def test_times_in_an_archive_count_where_they_are_believed(tmp_path, place):
    inner = zipped((written("x.ipynb", 2020), NOTEBOOK))
    archive = tmp_path / "class.zip"
    members = (written("ida/x.ipynb", 2024), NOTEBOOK), (written("bo.zip", 2025), inner)
    archive.write_bytes(zipped(*members))
    unpack(archive, place, SMALL, believed=lambda name: name == "")
    years = {path.parent.name: time.gmtime(path.stat().st_mtime).tm_year for path in _files(place)}
    assert years == {"ida": 2024, "bo": 2025}


def written(name, year):
    return zipfile.ZipInfo(name, (year, 5, 6, 7, 8, 10))


def _files(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("year", [1980, 2107])
def test_a_time_that_cannot_be_is_none(tmp_path, place, year):
    archive = tmp_path / "class.zip"
    archive.write_bytes(zipped((zipfile.ZipInfo("x.ipynb", (year, 1, 1, 0, 0, 0)), NOTEBOOK)))
    unpack(archive, place, SMALL, believed=lambda name: True)
    assert abs((place / "x.ipynb").stat().st_mtime - time.time()) < 3600


@pytest.mark.parametrize("mtime", ["nan", "1e300", "-5"])
def test_a_time_in_a_tar_that_cannot_be_is_none(tmp_path, place, mtime):
    info = tar_info("x.ipynb")
    info.pax_headers = {"mtime": mtime}
    (tmp_path / "class.tar").write_bytes(tarred((info, NOTEBOOK)))
    (notebook,) = unpack(tmp_path / "class.tar", place, SMALL, lambda name: True).notebooks
    assert abs(notebook.stat().st_mtime - time.time()) < 3600


def test_the_time_in_utc_of_an_archive_is_used(tmp_path, place):
    info = written("x.ipynb", 2024)
    info.extra = struct.pack("<HHBi", 0x5455, 5, 1, 1_700_000_000)
    archive = tmp_path / "class.zip"
    archive.write_bytes(zipped((info, NOTEBOOK)))
    unpack(archive, place, SMALL, believed=lambda name: True)
    assert (place / "x.ipynb").stat().st_mtime == 1_700_000_000


def test_names_in_utf_8_are_read_though_the_archive_does_not_say_that_they_are(opened):
    content = zipped(("Jon Müller_2_file_/x.ipynb", NOTEBOOK))
    unsaid = bytearray(content)
    unsaid[7] &= ~0x08
    unsaid[content.index(b"PK\x01\x02") + 9] &= ~0x08
    assert bytes(unsaid) != content
    assert opened(bytes(unsaid)) == ({"Jon Müller_2_file_/x.ipynb"}, {})


@pytest.mark.parametrize("name", ["ida.tar", "ida.tar.gz", "ida.TGZ"])
def test_tar_files_too(opened, name):
    content = tarred((tar_info("a/x.ipynb"), NOTEBOOK), (tar_info("a/y.ipynb"), NOTEBOOK))
    packed = content if name.endswith(".tar") else gzip.compress(content)
    assert opened(packed, name) == ({"a/x.ipynb", "a/y.ipynb"}, {})


def test_archives_in_an_archive_become_folders(opened):
    inner = zipped(("x.ipynb", NOTEBOOK))
    assert opened(zipped(("ida_1.zip", inner), ("bo_2.zip", inner))) == (
        {"ida_1/x.ipynb", "bo_2/x.ipynb"},
        {},
    )


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("../x.ipynb", "out of the folder"),
        ("a/../../x.ipynb", "out of the folder"),
        ("a\\..\\..\\x.ipynb", "out of the folder"),
        (".. /x.ipynb", "out of the folder"),
        ("/x.ipynb", "out of the folder"),
        ("\\\\server\\x.ipynb", "out of the folder"),
        ("C:/x.ipynb", "colon"),
        ("C:x.ipynb", "colon"),
        ("x.ipynb:y.ipynb", "colon"),
        ("a\x1b[31m/x.ipynb", "not printable"),
        ("a\u202egnp/x.ipynb", "not printable"),
        ("a\nb/x.ipynb", "not printable"),
        ("1/2/3/4/5/x.ipynb", "more than 4 folders"),
        ("a" * 300 + "/x.ipynb", "cannot be written"),
    ],
)
@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_a_member_that_would_lie_elsewhere_is_refused_and_the_others_are_not(
    opened, kind, name, why
):
    if kind == "zip":
        info = zipfile.ZipInfo("placeholder")
        info.filename = name
        content = zipped((info, NOTEBOOK), ("good.ipynb", NOTEBOOK))
    else:
        content = tarred((tar_info(name), NOTEBOOK), (tar_info("good.ipynb"), NOTEBOOK))
    names, refused = opened(content, f"ida.{kind}")
    assert names == {"good.ipynb"}
    (reason,) = refused.values()
    assert why in reason


@pytest.mark.parametrize(
    "kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFSOCK]
)
def test_a_link_or_a_device_in_a_zip_is_refused(opened, kind):
    content = zipped((special("x.ipynb", kind), b"/etc/passwd"), ("good.ipynb", NOTEBOOK))
    names, refused = opened(content)
    assert (names, refused) == ({"good.ipynb"}, {"x.ipynb": "it is a link or a device"})


@pytest.mark.parametrize(
    "kind",
    [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE],
)
def test_a_link_or_a_device_in_a_tar_is_refused(opened, kind):
    members = (tar_info("x.ipynb", kind, "../neighbour.ipynb"), b""), (tar_info("y.ipynb"), b"{}")
    assert opened(tarred(*members), "ida.tar") == (
        {"y.ipynb"},
        {"x.ipynb": "it is a link or a device"},
    )


def test_what_is_there_is_not_written_over(opened):
    with pytest.warns(UserWarning, match="Duplicate name"):
        content = zipped(("x.ipynb", NOTEBOOK), ("x.ipynb", b"{}"), ("x.ipynb/y.ipynb", b"{}"))
    names, refused = opened(content)
    assert names == {"x.ipynb"}
    assert set(refused) == {"x.ipynb", "x.ipynb/y.ipynb"}


def test_an_encrypted_member_is_refused(opened):
    content = bytearray(zipped(("x.ipynb", NOTEBOOK)))
    content[6] |= 1
    place = content.index(b"PK\x01\x02")
    content[place + 8] |= 1
    assert opened(bytes(content)) == (set(), {"x.ipynb": "it is encrypted"})


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_unusual_compression_is_refused(opened, method):
    _, refused = opened(zipped(("x.ipynb", NOTEBOOK), compression=method))
    assert "not read" in refused["x.ipynb"]


def test_a_bomb_is_refused_by_its_ratio(opened):
    names, refused = opened(zipped(("x.ipynb", b" " * 2**17), ("good.ipynb", NOTEBOOK)))
    assert names == {"good.ipynb"}
    assert "20 times its size" in refused["x.ipynb"]


def test_a_bomb_that_lies_about_its_size_is_refused(opened):
    content = zipped(("x.ipynb", b" " * 2**17)).replace(
        struct.pack("<I", 2**17), struct.pack("<I", 500)
    )
    names, refused = opened(content)
    assert not names
    assert refused


def test_a_bomb_in_a_tar_gz_is_refused(opened):
    content = tarred((tar_info("y.csv"), b" " * 2**26), (tar_info("z.ipynb"), b"{}"))
    names, refused = opened(gzip.compress(content), "ida.tgz")
    assert not names
    assert "more than there is room for" in refused[""]


def test_a_header_that_claims_gigabytes_is_refused(opened):
    info = tar_info("x.ipynb")
    info.pax_headers = {"comment": "a" * 5_000_000}
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive:
        archive.addfile(info)
    bounds = Bounds(archive=2**26)
    names, refused = opened(packed.getvalue(), "ida.tar", bounds)
    assert not names
    assert "larger than it may" in refused[""]


def test_all_members_together_are_bounded(opened):
    members = [(f"{n}.ipynb", os.urandom(2**17)) for n in range(6)]
    names, refused = opened(zipped(*members))
    assert len(names) == 4
    assert all("together" in why for why in refused.values())


def test_a_large_member_is_refused(opened):
    _, refused = opened(zipped(("x.ipynb", os.urandom(2**18 + 1))))
    assert "larger than" in refused["x.ipynb"]


def test_the_number_of_members_is_bounded(opened):
    names, refused = opened(zipped(*((f"{n}.ipynb", b"{}") for n in range(60))))
    assert len(names) == 50
    assert "too many files" in refused[""]


@pytest.mark.parametrize("greedy", [[2**17] * 6, [0] * 40], ids=["bytes", "members"])
def test_one_student_s_archive_cannot_take_the_room_of_a_class(opened, greedy):
    inner = zipped(*((f"{n}.ipynb", os.urandom(size)) for n, size in enumerate(greedy)))
    members = [("mallory.zip", inner), ("ida.zip", zipped(("x.ipynb", NOTEBOOK)))]
    bounds = replace(SMALL, total=2**21, archive=2**21)
    names, refused = opened(zipped(*members, compression=zipfile.ZIP_STORED), bounds=bounds)
    assert "ida/x.ipynb" in names
    assert len(names) < 1 + len(greedy)
    assert all(name.startswith("mallory.zip") for name in refused)


def test_each_broken_archive_of_a_class_is_told(opened):
    broken = [(f"s{number}.zip", b"PK broken") for number in range(45)]
    names, refused = opened(zipped(*broken, ("ida.zip", zipped(("x.ipynb", NOTEBOOK)))))
    assert names == {"ida/x.ipynb"}
    assert set(refused) == {name for name, _ in broken}


def test_archives_in_each_other_are_bounded(opened):
    content = zipped(("x.ipynb", NOTEBOOK))
    for _ in range(4):
        content = zipped(("a.zip", content), ("y.ipynb", NOTEBOOK))
    names, refused = opened(content)
    assert names == {"y.ipynb", "a/y.ipynb", "a/a/y.ipynb"}
    (why,) = refused.values()
    assert "more than 3 archives" in why


@pytest.mark.parametrize(
    "content", [b"", b"PK", b"no archive at all" * 100, b"PK\x05\x06" + bytes(18)]
)
@pytest.mark.parametrize("name", ["ida.zip", "ida.tar", "ida.tar.gz"])
def test_what_is_no_archive_is_said(opened, content, name):
    names, _ = opened(content, name)
    assert not names


def test_every_truncation_is_survived(opened):
    content = zipped(("x.ipynb", os.urandom(500)), ("y.ipynb", NOTEBOOK))
    for length in range(0, len(content) - 1, 7):
        assert opened(content[:length])[1]


@pytest.mark.skipif(os.name == "nt", reason="needs links and pipes")
def test_an_archive_that_is_a_link_or_a_pipe_is_not_opened(tmp_path, place):
    (tmp_path / "real.zip").write_bytes(zipped(("x.ipynb", NOTEBOOK)))
    (tmp_path / "link.zip").symlink_to("real.zip")
    os.mkfifo(tmp_path / "pipe.zip")
    for name, kind in (("link.zip", "a link"), ("pipe.zip", "a pipe"), ("gone.zip", "cannot")):
        found = unpack(tmp_path / name, place, SMALL)
        assert not found.notebooks
        assert kind in found.refused[0][1]


def test_a_long_list_of_refusals_tells_its_beginning(opened):
    found = opened(zipped(*((f"../{n}.ipynb", b"{}") for n in range(40))))[1]
    assert len(found) == 21


def test_the_stem_of_an_archive():
    assert [stem(n) for n in ("a.zip", "a.b.TAR.GZ", ".zip", "a")] == ["a", "a.b", "archive", "a"]


SEEDS = [
    ("ida.zip", zipped(("a/x.ipynb", NOTEBOOK), ("b.zip", zipped(("y.ipynb", NOTEBOOK))))),
    ("ida.tar", tarred((tar_info("a/x.ipynb"), NOTEBOOK), (tar_info("y.ipynb"), NOTEBOOK))),
    ("ida.tar.gz", gzip.compress(tarred((tar_info("a/x.ipynb"), NOTEBOOK)))),
]
CHANGES = st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=12)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.sampled_from(SEEDS), changes=CHANGES)
def test_whatever_bytes_are_changed_nothing_is_raised_or_written_elsewhere(
    tmp_path_factory, seed, changes
):
    name, content = seed
    content = bytearray(content)
    for place, value in changes:
        content[place % len(content)] = value
    folder = tmp_path_factory.mktemp("fuzz")
    (folder / name).write_bytes(content)
    unpack(folder / name, folder / "out", SMALL)
    assert {path.name for path in folder.iterdir()} == {name, "out"}
