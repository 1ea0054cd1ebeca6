"""No test of the data room reaches the network or the user's cache."""

import dataclasses
import hashlib
import io
import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest

from course_utils.data import archives, catalogue, download

COUNTS = {"train": 6, "val": 3, "test": 4}


@pytest.fixture(autouse=True)
def cache(monkeypatch, tmp_path):
    """An empty cache of the test's own, no COURSE_DATA, and publishers that refuse to connect."""
    for variable in ("COURSE_DATA", "COURSE_DATA_SOURCE"):
        monkeypatch.delenv(variable, raising=False)
    folder = tmp_path / "cache"
    monkeypatch.setattr(download, "cache_folder", lambda: folder)
    real = catalogue.entry

    def entry(name, size=None):
        return dataclasses.replace(real(name, size), url="http://127.0.0.1:9/closed")

    monkeypatch.setattr(catalogue, "entry", entry)
    return folder


@pytest.fixture
def npz():
    """Make the bytes of a small file in MedMNIST's format; arrays can be replaced or left out."""

    def make(**changes):
        rng = np.random.default_rng(0)
        arrays = {}
        for split, n in COUNTS.items():
            arrays[f"{split}_images"] = rng.integers(0, 256, (n, 28, 28), dtype=np.uint8)
            arrays[f"{split}_labels"] = rng.integers(0, 2, (n, 1), dtype=np.uint8)
        arrays |= changes
        buffer = io.BytesIO()
        np.savez(buffer, **{name: array for name, array in arrays.items() if array is not None})
        return buffer.getvalue()

    return make


@pytest.fixture
def publish(monkeypatch):
    """Let the catalogue's pneumoniamnist be a small file with this content at this address."""

    def change(content, url="http://127.0.0.1:9/closed"):
        before = catalogue.entry

        def entry(name, size=None):
            return dataclasses.replace(
                before(name, size),
                url=url,
                md5=hashlib.md5(content).hexdigest(),  # noqa: S324
                read=partial(archives.read_medmnist, size=28, classes=2, counts=COUNTS),
            )

        monkeypatch.setattr(catalogue, "entry", entry)

    return change


@pytest.fixture
def server():
    """A publisher: a server whose `answers` (path -> function of the request handler) are set."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            site.asked.append(self.path)
            site.answers[self.path](self)

        def log_message(self, *_):
            pass

    site = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.daemon_threads = True
    site.block_on_close = False
    site.answers, site.asked = {}, []
    site.url = f"http://127.0.0.1:{site.server_port}"
    thread = threading.Thread(target=site.serve_forever, args=(0.02,))
    thread.start()
    yield site
    site.shutdown()
    site.server_close()
    thread.join()


@pytest.fixture
def send():
    """Make an answer that sends a body; `length` is what the header says, if not the truth."""

    def make(body, length=None):
        def answer(handler):
            handler.send_response(200)
            handler.send_header("Content-Length", str(len(body) if length is None else length))
            handler.end_headers()
            handler.wfile.write(body)

        return answer

    return make
