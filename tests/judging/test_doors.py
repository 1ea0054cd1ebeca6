"""Files of students are opened where they are ordinary files in ordinary folders."""

import os
import socket
import sys

import pytest

from course_utils.judging import doors
from course_utils.judging.doors import NotAFileError, identities, is_one_of, open_file


@pytest.fixture(params=["by folders", "by a look"])
def either_way(request, monkeypatch):
    """As on Linux and macOS, and as on Windows."""
    if request.param == "by a look":
        monkeypatch.setattr(doors, "_IN_A_FOLDER", False)
    elif not doors._IN_A_FOLDER:
        pytest.skip("this system has no folders by number")


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "ida" / "01-sums" / "01-sums.ipynb"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"{}")
    return path


@pytest.mark.usefixtures("either_way")
class TestEitherWay:
    def test_an_ordinary_file_is_opened(self, file, monkeypatch):
        with open_file(file, folders=2) as opened:
            assert opened.read() == b"{}"
        monkeypatch.chdir(file.parent)
        with open_file(file.relative_to(file.parent), folders=30) as opened:
            assert opened.read() == b"{}"

    @pytest.mark.skipif(os.name == "nt" or sys.platform == "darwin", reason="needs Linux's rights")
    def test_folders_that_one_may_pass_need_not_be_readable(self, file):
        for folder in file.parents[:2]:
            folder.chmod(0o300)
        try:
            open_file(file, folders=2).close()
        finally:
            for folder in reversed(file.parents[:2]):
                folder.chmod(0o700)

    def test_what_is_missing_is_missing(self, file):
        with pytest.raises(FileNotFoundError):
            open_file(file.with_name("other"), folders=2)
        with pytest.raises(NotADirectoryError):
            open_file(file / "x", folders=2)

    @pytest.mark.skipif(os.name == "nt", reason="links need rights there")
    @pytest.mark.parametrize("above", [0, 1, 2])
    def test_a_link_is_refused_on_each_step_that_is_the_student_s(self, file, above):
        place = [file, *file.parents][above]
        place.rename(place.with_name("real"))
        place.symlink_to("real")
        with pytest.raises(NotAFileError, match="is a link"):
            open_file(file, folders=2)
        if above:
            open_file(file, folders=above - 1).close()

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
    def test_a_pipe_a_socket_a_folder_and_a_device_are_refused(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        os.mkfifo("pipe")
        (tmp_path / "folder").mkdir()
        with socket.socket(socket.AF_UNIX) as server:
            server.bind("socket")
        for kind in ("pipe", "folder", "socket"):
            with pytest.raises(NotAFileError) as refused:
                open_file(tmp_path / kind)
            assert refused.value.kind == f"a {kind}"
        with pytest.raises(NotAFileError) as refused:
            open_file(doors.Path("/dev/null"))
        assert refused.value.kind == "a device"


@pytest.mark.skipif(not doors._IN_A_FOLDER, reason="needs folders by number")
def test_what_is_exchanged_after_the_look_is_not_followed(file, monkeypatch):
    look = doors._look

    def exchange(name, status, *, is_folder):
        look(name, status, is_folder=is_folder)
        if name == file.name and not file.is_symlink():
            file.unlink()
            file.symlink_to("/etc/hostname")

    monkeypatch.setattr(doors, "_look", exchange)
    with pytest.raises(OSError, match=r"symbolic links|Not a directory"):
        open_file(file, folders=2)


def test_a_hard_link_is_known_by_its_identity(file, tmp_path):
    known = identities(tmp_path / "ida")
    os.link(file, tmp_path / "second.ipynb")
    (tmp_path / "third.ipynb").write_bytes(b"{}")
    with (
        open_file(tmp_path / "second.ipynb") as second,
        open_file(tmp_path / "third.ipynb") as third,
    ):
        assert is_one_of(second, known)
        assert not is_one_of(third, known)


def test_no_descriptor_is_left_open(file):
    if not os.path.isdir("/proc/self/fd"):
        pytest.skip("no /proc here")
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(5):
        open_file(file, folders=2).close()
        with pytest.raises(OSError, match="No such file"):
            open_file(file.with_name("none"), folders=2)
    assert len(os.listdir("/proc/self/fd")) == before
