"""`data.load`: given folder, cache, download, and phantoms only with a notice."""

import json
import subprocess
import sys

import numpy as np
import pytest

from course_utils import data
from course_utils.authoring import medmnist_table
from course_utils.data import catalogue
from course_utils.data.notice import Notice
from course_utils.errors import CourseError

HEADLINE = "PHANTOMS: these images do not come from patients"


def give(folder, content, layout="medmnist/pneumoniamnist.npz"):
    file = folder / layout
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return file


@pytest.fixture
def folder(tmp_path, monkeypatch):
    given = tmp_path / "given"
    given.mkdir()
    monkeypatch.setenv("COURSE_DATA", str(given))
    return given


@pytest.mark.parametrize("layout", ["medmnist/pneumoniamnist.npz", "pneumoniamnist.npz"])
def test_a_given_folder_comes_first(folder, publish, npz, capsys, layout):
    content = npz()
    publish(content)
    give(folder, content, layout)
    loaded = data.load("pneumoniamnist")
    assert loaded.source == "real, verified"
    assert (len(loaded.train), len(loaded.val), len(loaded.test)) == (6, 3, 4)
    assert loaded.class_names == ("normal", "pneumonia")
    assert loaded.licence == "CC BY 4.0"
    assert "Scientific Data" in loaded.citation
    assert "Kermany" in loaded.citation
    assert HEADLINE not in capsys.readouterr().out


def test_a_given_file_with_another_checksum_is_unverified(folder, publish, npz):
    publish(npz(val_labels=np.zeros((3, 1), np.uint8)))
    give(folder, npz())
    loaded = data.load("pneumoniamnist")
    assert loaded.source == "real, unverified"
    assert "real, unverified" in repr(loaded)


def test_a_given_file_of_the_wrong_kind_is_an_error_not_a_reason_for_phantoms(folder):
    give(folder, b"nonsense")
    with pytest.raises(
        CourseError, match=r"cannot be read.*Replace the file, or unset COURSE_DATA"
    ):
        data.load("pneumoniamnist")


def test_a_given_folder_without_the_file_leaves_the_other_ways_open(
    folder, publish, server, send, npz
):
    content = npz()
    server.answers["/file"] = send(content)
    publish(content, f"{server.url}/file")
    assert data.load("pneumoniamnist").source == "real, verified"


def test_a_relative_folder_is_found_from_the_repository_too(tmp_path, monkeypatch, publish, npz):
    repository = tmp_path / "course"
    unit = repository / "solutions" / "01-topic"
    unit.mkdir(parents=True)
    (repository / "nbgrader_config.py").touch()
    content = npz()
    publish(content)
    give(tmp_path / "images", content)
    monkeypatch.setenv("COURSE_DATA", "../images")
    for place in (repository, unit):
        monkeypatch.chdir(place)
        assert data.load("pneumoniamnist").source == "real, verified"


def test_a_folder_that_does_not_exist_is_an_error(monkeypatch, tmp_path):
    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "missing"))
    with pytest.raises(CourseError, match="missing is none: create it, or unset"):
        data.load("pneumoniamnist")


def test_a_download_is_kept_and_not_repeated(server, send, publish, npz, cache):
    content = npz()
    server.answers["/file"] = send(content)
    publish(content, f"{server.url}/file")
    first, second = data.load("pneumoniamnist"), data.load("pneumoniamnist")
    assert first.source == second.source == "real, verified"
    assert np.array_equal(first.train.images, second.train.images)
    assert server.asked == ["/file"]
    assert [file.name for file in cache.iterdir()] == ["pneumoniamnist.npz"]


def test_a_damaged_cache_is_fetched_again(server, send, publish, npz, cache):
    content = npz()
    server.answers["/file"] = send(content)
    publish(content, f"{server.url}/file")
    give(cache, content[:-10], "pneumoniamnist.npz")
    assert data.load("pneumoniamnist").source == "real, verified"
    assert (cache / "pneumoniamnist.npz").read_bytes() == content


@pytest.mark.parametrize("damage", ["altered", "interrupted"])
def test_a_bad_download_is_never_used_and_never_kept(
    server, send, publish, npz, cache, monkeypatch, capsys, damage
):
    content = npz()
    bodies = {
        "altered": send(content[:-1] + b"?"),
        "interrupted": send(content[:500], length=len(content)),
    }
    server.answers["/file"] = bodies[damage]
    publish(content, f"{server.url}/file")
    assert data.load("pneumoniamnist").source == "phantoms"
    assert HEADLINE in capsys.readouterr().out
    assert list(cache.iterdir()) == []
    monkeypatch.setenv("COURSE_DATA_SOURCE", "real")
    with pytest.raises(CourseError, match=r"thrown away.*COURSE_DATA"):
        data.load("pneumoniamnist")
    assert list(cache.iterdir()) == []


def test_without_a_network_phantoms_stand_in_and_say_so_on_standard_output(capsys):
    loaded = data.load("pneumoniamnist")
    shown = capsys.readouterr()
    assert loaded.source == "phantoms"
    assert shown.err == ""
    assert HEADLINE in shown.out
    assert "127.0.0.1 cannot be reached from here" in shown.out
    assert "COURSE_DATA" in shown.out
    assert shown.out.isascii()  # every terminal can print it


def test_the_notice_is_the_same_each_time(capsys):
    notices = []
    for _ in range(2):
        data.load("mednist", 28)
        notices.append(capsys.readouterr().out)
    assert notices[0] == notices[1]


def test_the_notice_is_a_box_in_a_notebook_and_text_elsewhere():
    notice = Notice("Head <line>", ("One & two.",))
    assert "Head <line>" in repr(notice)
    assert "One & two." in repr(notice)
    markup = notice._repr_html_()
    assert "Head &lt;line&gt;" in markup
    assert "One &amp; two." in markup
    assert "border" in markup


def test_in_a_running_kernel_the_notice_is_displayed(monkeypatch):
    import IPython.display

    shown = []
    monkeypatch.setattr(IPython.display, "display", shown.append)
    data.load("pneumoniamnist")
    assert [notice.headline for notice in shown] == [HEADLINE]


def test_phantoms_can_be_asked_for_and_then_nothing_else_is_tried(folder, monkeypatch, capsys):
    give(folder, b"nonsense")
    monkeypatch.setenv("COURSE_DATA_SOURCE", "phantoms")
    assert data.load("pneumoniamnist").source == "phantoms"
    assert "COURSE_DATA_SOURCE=phantoms asks for them" in capsys.readouterr().out


def test_real_images_can_be_asked_for_and_then_phantoms_never_come(monkeypatch, capsys):
    monkeypatch.setenv("COURSE_DATA_SOURCE", "real")
    with pytest.raises(CourseError, match=r"cannot be had.*put MedNIST\.tar\.gz in a folder"):
        data.load("mednist")
    assert capsys.readouterr().out == ""


def test_an_unknown_source_is_refused(monkeypatch):
    monkeypatch.setenv("COURSE_DATA_SOURCE", "fake")
    with pytest.raises(CourseError, match="one of auto, phantoms, real, but it is 'fake'"):
        data.load("pneumoniamnist")


def test_an_empty_variable_counts_as_unset(monkeypatch):
    monkeypatch.setenv("COURSE_DATA_SOURCE", "")
    monkeypatch.setenv("COURSE_DATA", "")
    assert data.load("pneumoniamnist").source == "phantoms"


def test_unknown_names_and_sizes_are_refused_with_the_known_ones():
    with pytest.raises(
        ValueError, match=r"no data set 'penumonia'; there are mednist, .*pneumonia"
    ):
        data.load("penumonia")
    for name in ("mednist", "pneumoniamnist"):
        with pytest.raises(ValueError, match=r"\(28, 64\), but size is 32"):
            data.load(name, 32)


def test_sets_without_phantoms_need_the_real_images(monkeypatch):
    with pytest.raises(CourseError, match="octmnist cannot be had"):
        data.load("octmnist")
    monkeypatch.setenv("COURSE_DATA_SOURCE", "phantoms")
    with pytest.raises(CourseError, match="No phantoms stand in for octmnist"):
        data.load("octmnist")


@pytest.mark.parametrize(("name", "size"), [("pneumoniamnist", 28), ("mednist", 28)])
def test_stand_ins_look_like_the_real_set_to_a_program(name, size):
    loaded = data.load(name, size)
    splits = (loaded.train, loaded.val, loaded.test)
    for split in splits:
        assert split.images.shape == (len(split), size, size)
        assert split.images.dtype == np.uint8
        assert split.labels.dtype == np.int64
        assert set(split.labels) == set(range(len(loaded.class_names)))
        assert np.array_equal(split.truth.images, split.images)
    people = [set(split.truth.patients) for split in splits]
    assert not people[0] & people[1]
    assert not people[0] & people[2]
    assert not people[1] & people[2]


def test_the_stand_in_for_pneumoniamnist_has_its_counts_and_its_share_of_ill_patients():
    loaded = data.load("pneumoniamnist")
    for split, n, share in (
        (loaded.train, 4708, 0.742),
        (loaded.val, 524, 0.742),
        (loaded.test, 624, 0.625),
    ):
        assert len(split) == n
        assert abs(split.labels.mean() - share) < 0.05


def test_sizes_default_to_the_published_ones():
    assert data.load("mednist").train.images.shape[1:] == (64, 64)
    assert data.load("pneumoniamnist").train.images.shape[1:] == (28, 28)


def test_the_table_is_what_medmnist_says_today():
    assert json.loads(catalogue.TABLE.read_text("utf-8")) == medmnist_table.rows()


def test_an_entry_has_the_address_and_checksum_that_medmnist_gives():
    from medmnist import INFO

    assert catalogue.names() == ["mednist", *sorted(catalogue.names()[1:])]
    assert "pneumoniamnist" in catalogue.names()
    for name in catalogue.names()[1:]:
        for size, suffix in ((28, ""), (64, "_64")):
            entry = catalogue._medmnist(name, size)
            assert entry.url == INFO[name]["url" + suffix]
            assert entry.md5 == INFO[name]["MD5" + suffix]
            assert entry.licence == INFO[name]["license"]
            assert entry.layouts[0] == f"medmnist/{name}{suffix}.npz"
            assert [*enumerate(entry.class_names)] == [
                (int(k), text) for k, text in INFO[name]["label"].items()
            ]


def test_the_published_mednist_is_the_one_by_its_checksum():
    assert catalogue._mednist(64).md5 == "0bc7306e7427e00ad1c5526a6677552d"


def test_loading_imports_neither_torch_nor_medmnist():
    program = (
        "import os, sys; os.environ['COURSE_DATA_SOURCE'] = 'phantoms'\n"
        "from course_utils import data; data.load('mednist', 28)\n"
        "print([m for m in ('torch', 'torchvision', 'medmnist') if m in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert result.stdout.splitlines()[-1] == "[]", result.stderr
    assert HEADLINE in result.stdout
    assert result.stderr == ""


def test_the_data_room_itself_imports_nothing_heavy():
    program = "import sys, course_utils.data; print('numpy' in sys.modules)"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert result.stdout.strip() == "False"
    assert {"load", "phantoms"} <= set(dir(data))
    with pytest.raises(AttributeError, match="'lode'"):
        data.lode  # noqa: B018
