"""Formgrader, in a Jupyter server that runs in the course folder with this configuration."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
from bs4 import BeautifulSoup
from tiny_unit import ROOT, UNIT

from course_utils.demo.sample_class import to_bytes
from course_utils.gradebook.formgrader import markdown
from course_utils.markdown import rendered

pytestmark = pytest.mark.sandbox

SECONDS_TO_START = 60


@pytest.fixture
def server(classroom, full, tmp_path):
    """A server on a course folder with one submission; yields a function that asks it."""
    shutil.copy(ROOT / "nbgrader_config.py", classroom.folder)
    classroom.hand_in("ida", UNIT, to_bytes(full))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folders = {name: str(tmp_path / name) for name in ("JUPYTER_DATA_DIR", "JUPYTER_CONFIG_DIR")}
    options = ["--no-browser", "--allow-root", f"--port={port}", "--IdentityProvider.token=key"]
    command = [sys.executable, "-m", "jupyter_server", *options]
    command.append("--ServerApp.disable_check_xsrf=True")
    process = subprocess.Popen(
        command,
        cwd=classroom.folder,
        env=os.environ | folders,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )

    def ask(path, method="GET"):
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/{path}", method=method, headers={"Authorization": "token key"}
        )
        with urllib.request.urlopen(request, timeout=120) as answer:  # noqa: S310
            return answer.read().decode("utf-8")

    try:
        deadline = time.monotonic() + SECONDS_TO_START
        while True:
            try:
                ask("api")
                break
            except urllib.error.URLError:
                assert process.poll() is None, "the server ended"
                assert time.monotonic() < deadline, "the server did not start"
                time.sleep(0.2)
        yield ask
    finally:
        process.terminate()
        process.wait(timeout=30)


def test_an_instructor_grades_reads_reports_and_gives_feedback(server, classroom):
    assert "Current configuration" in server("formgrader/manage_assignments")

    done = json.loads(server(f"formgrader/api/submission/{UNIT}/ida/autograde", "POST"))
    assert done["success"], done
    (entry,) = json.loads(server(f"formgrader/api/submitted_notebooks/{UNIT}/{UNIT}"))
    assert (entry["student"], entry["score"], entry["max_score"]) == ("ida", 6, 6)

    submission = server(f"formgrader/submissions/{entry['id']}/")
    assert "cu-report" in submission
    assert "random numbers" in submission
    assert not re.search(r"(src|href)=.https?:", submission)

    done = json.loads(server(f"formgrader/api/assignment/{UNIT}/generate_feedback", "POST"))
    assert done["success"], done
    assert "6 of 6 points" in classroom.path("feedback", "ida", UNIT, ".html").read_text("utf-8")


def test_formulas_are_mathml_and_a_mistyped_one_is_shown_as_it_was_typed():
    assert "<math" in markdown("With $p = 1$ it fits.")
    assert "<math" in markdown("$$\\frac{n}{s}$$")
    assert "<code>x_1_&lt;</code>" in markdown("With $x_1_<$ it does not.")


@pytest.mark.parametrize(
    "source",
    [
        "<script>run()</script>",
        '<img src="https://elsewhere.org/a.png" onerror="run()">',
        "**bold** <b onclick='run()'>text</b>",
        '<form action="/api"><input name="score" value="6"></form>',
        '<div style="position: fixed; inset: 0">6 of 6</div>',
        "[a link](javascript:run())",
        "![a picture](https://elsewhere.org/a.png)",
        "![a picture](attachment:missing.png)",
        "$\\text{<img src=x onerror=run()>}$",
        "$\\href{javascript:run()}{x}$",
        "$\\style{position: fixed}{x}$",
        "$$\\text{<script>run()</script>}$$",
        "<svg><style><img src=x onerror=run()></style></svg>",
    ],
)
def test_nothing_in_a_markdown_answer_runs_or_fetches(source):
    page = BeautifulSoup(markdown(source), "html.parser")
    assert not page.find_all(["script", "img", "form", "input", "style", "svg", "iframe"])
    for tag in page.find_all(True):
        assert not {"onerror", "onclick", "src", "style"} & set(tag.attrs)
        assert "javascript" not in tag.get("href", "")


def test_what_lessons_are_written_with_stays():
    source = "# Title\n\n| a | b |\n|---|---|\n| `x` | [y](https://a.org) |\n\n$\\frac{a}{b} < c^2$"
    assert markdown(source).split() == rendered(source).split()
