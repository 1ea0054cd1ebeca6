"""Where COURSE_REQUIRE_SANDBOX is set, no test is skipped for want of a sandbox."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).parent
SAMPLE = """
import pytest

@pytest.fixture
def sandbox():
    pytest.skip("no sandbox: no user namespaces here")

def test_by_a_fixture(sandbox): pass

def test_by_itself(): pytest.skip("no sandbox: bubblewrap does not start")

@pytest.mark.skipif(True, reason="no sandbox: not Linux")
def test_by_a_mark(): pass

def test_for_another_reason(): pytest.skip("no Chromium, and no sandbox either")

@pytest.mark.xfail
def test_that_is_known_to_fail(): assert False

def test_that_passes(): pass
"""
WHOLE_FILE = 'import pytest\npytest.skip("no sandbox: none", allow_module_level=True)\n'


def outcomes(folder: Path, *options: str) -> dict[str, int]:
    """How many tests of the samples passed, failed, were skipped …"""
    (folder / "test_sample.py").write_text(SAMPLE, "utf-8")
    (folder / "test_whole_file.py").write_text(WHOLE_FILE, "utf-8")
    (folder / "pytest.ini").write_text("[pytest]\n", "utf-8")
    shutil.copy(TESTS / "conftest.py", folder)
    result = subprocess.run(
        [sys.executable, "-m", "pytest", "--continue-on-collection-errors", *options],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(TESTS.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    last = result.stdout.splitlines()[-1]
    return {name: int(count) for count, name in re.findall(r"(\d+) ([a-z]+)", last)}


def test_where_it_is_required_a_skip_for_want_of_a_sandbox_is_a_failure(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_REQUIRE_SANDBOX", "1")
    found = outcomes(tmp_path, "-n1")
    assert found == {"errors": 3, "failed": 1, "passed": 1, "skipped": 1, "xfailed": 1}


def test_elsewhere_it_is_a_skip(tmp_path, monkeypatch):
    monkeypatch.delenv("COURSE_REQUIRE_SANDBOX", raising=False)
    assert outcomes(tmp_path) == {"passed": 1, "skipped": 5, "xfailed": 1}
