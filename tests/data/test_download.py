"""A download is whole and right, or it leaves nothing behind."""

import hashlib
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from course_utils.data import download
from course_utils.data.download import UnavailableError

CONTENT = bytes(range(256)) * 2000


def md5(content):
    return hashlib.md5(content).hexdigest()  # noqa: S324


@pytest.fixture
def target(tmp_path):
    return tmp_path / "cache" / "images.npz"


def leftovers(target):
    return list(target.parent.iterdir()) if target.parent.exists() else []


def test_a_whole_file_arrives_under_its_name_alone(server, send, target):
    server.answers["/file"] = send(CONTENT)
    download.fetch(f"{server.url}/file", target, md5(CONTENT))
    assert target.read_bytes() == CONTENT
    assert leftovers(target) == [target]


def test_a_file_of_unknown_length_arrives_too(server, target):
    def until_the_end(handler):
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(CONTENT)

    server.answers["/file"] = until_the_end
    download.fetch(f"{server.url}/file", target, md5(CONTENT))
    assert target.read_bytes() == CONTENT


def test_first_digits_of_a_checksum_are_enough(server, send, target):
    server.answers["/file"] = send(CONTENT)
    digits = hashlib.sha256(CONTENT).hexdigest()[:8]
    download.fetch(f"{server.url}/file", target, digits, "sha256")
    target.unlink()
    wrong = "0" if digits[0] != "0" else "1"
    with pytest.raises(UnavailableError, match=f"SHA256.*{wrong} is published"):
        download.fetch(f"{server.url}/file", target, wrong, "sha256")
    assert leftovers(target) == []


def test_several_that_fetch_the_same_file_at_once_all_succeed(server, send, target):
    everybody = threading.Barrier(4)

    def together(handler):
        everybody.wait(20)  # nobody gets a byte before all have asked
        send(CONTENT)(handler)

    server.answers["/file"] = together
    with ThreadPoolExecutor(everybody.parties) as pool:
        url = f"{server.url}/file"
        tasks = [pool.submit(download.fetch, url, target, md5(CONTENT)) for _ in range(4)]
        assert [task.result() for task in tasks] == [None] * 4
    assert leftovers(target) == [target]
    assert target.read_bytes() == CONTENT


def test_a_redirection_is_followed(server, send, target):
    def elsewhere(handler):
        handler.send_response(302)
        handler.send_header("Location", f"{server.url}/file")
        handler.end_headers()

    server.answers |= {"/moved": elsewhere, "/file": send(CONTENT)}
    download.fetch(f"{server.url}/moved", target, md5(CONTENT))
    assert target.read_bytes() == CONTENT


def test_an_interrupted_download_leaves_nothing_and_starts_afresh(server, send, target):
    server.answers["/file"] = send(CONTENT[:100_000], length=len(CONTENT))
    with pytest.raises(UnavailableError, match="broke off"):
        download.fetch(f"{server.url}/file", target, md5(CONTENT))
    assert leftovers(target) == []
    server.answers["/file"] = send(CONTENT)
    download.fetch(f"{server.url}/file", target, md5(CONTENT))
    assert target.read_bytes() == CONTENT


def test_an_altered_download_is_refused_with_what_to_do(server, send, target):
    server.answers["/file"] = send(CONTENT[:-1] + b"!")
    with pytest.raises(UnavailableError, match=f"{md5(CONTENT)} is published.*try again"):
        download.fetch(f"{server.url}/file", target, md5(CONTENT))
    assert leftovers(target) == []


def test_a_failed_download_does_not_harm_an_older_file(server, send, target):
    target.parent.mkdir()
    target.write_bytes(b"older")
    server.answers["/file"] = send(b"wrong")
    with pytest.raises(UnavailableError):
        download.fetch(f"{server.url}/file", target, md5(CONTENT))
    assert target.read_bytes() == b"older"


def test_a_publisher_without_the_file_is_named(server, target):
    server.answers["/file"] = lambda handler: handler.send_error(404)
    with pytest.raises(UnavailableError, match=r"127\.0\.0\.1 answered 404"):
        download.fetch(f"{server.url}/file", target, md5(CONTENT))


def test_a_closed_port_and_an_unknown_host_are_unreachable(target):
    for url in ("http://127.0.0.1:9/file", "http://nowhere.invalid/file"):
        with pytest.raises(UnavailableError, match="cannot be reached"):
            download.fetch(url, target, md5(CONTENT))
    assert leftovers(target) == []


def test_a_publisher_that_does_not_answer_is_given_up(server, target, monkeypatch):
    release = threading.Event()
    server.answers["/file"] = lambda _: release.wait(20)
    monkeypatch.setattr(download, "CONNECT_SECONDS", 0.2)
    begin = time.monotonic()
    with pytest.raises(UnavailableError, match=r"did not answer within 0\.2 seconds"):
        download.fetch(f"{server.url}/file", target, md5(CONTENT))
    waited = time.monotonic() - begin
    release.set()
    assert waited < 10  # not as long as the server holds the line
    assert leftovers(target) == []


def test_a_publisher_that_falls_silent_is_given_up(server, target, monkeypatch):
    release = threading.Event()

    def silent(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(CONTENT)))
        handler.end_headers()
        handler.wfile.write(CONTENT[:1000])
        handler.wfile.flush()
        release.wait(20)

    server.answers["/file"] = silent
    monkeypatch.setattr(download, "STALL_SECONDS", 0.3)
    with pytest.raises(UnavailableError, match="broke off"):
        download.fetch(f"{server.url}/file", target, md5(CONTENT))
    release.set()
    assert leftovers(target) == []


def test_the_connection_may_take_five_seconds():
    assert download.CONNECT_SECONDS == 5


def test_a_cache_that_cannot_be_written_is_named(server, send, tmp_path):
    server.answers["/file"] = send(CONTENT)
    (tmp_path / "cache").write_text("a file where the folder should be")
    with pytest.raises(UnavailableError, match=r"cannot be written.*COURSE_DATA"):
        download.fetch(f"{server.url}/file", tmp_path / "cache" / "x.npz", md5(CONTENT))


def test_an_impatient_user_leaves_nothing_behind(server, send, target, monkeypatch):
    server.answers["/file"] = send(CONTENT)

    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(download, "_copy", interrupt)
    with pytest.raises(KeyboardInterrupt):
        download.fetch(f"{server.url}/file", target, md5(CONTENT))
    assert leftovers(target) == []
