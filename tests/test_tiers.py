"""The tiers of tests, and the recorded durations by which workers share them."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TESTS = {
    "quick": "def test_quick(): pass",
    "long": "def test_long(): pass",
    "walled": "import pytest\n@pytest.mark.sandbox\ndef test_walled(): pass",
    "seen": "import pytest\n@pytest.fixture\ndef browser(): pass\ndef test_seen(browser): pass",
}
RECORDED = {"tests/test_quick.py": 0.2, "tests/test_long.py": 99.0, "tests/test_gone.py": 1.0}


@pytest.fixture
def run(tmp_path):
    """Runs pytest on the files above with the repository's conftest; gives what became of them."""
    (tmp_path / "tests").mkdir()
    for name, code in TESTS.items():
        (tmp_path / "tests" / f"test_{name}.py").write_text(code, "utf-8")
    (tmp_path / "tests" / "durations.json").write_text(json.dumps({"not slow": RECORDED}), "utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = -n0\n", "utf-8")
    shutil.copy(ROOT / "conftest.py", tmp_path)

    def run(*options: str) -> list[str]:
        result = subprocess.run(
            [sys.executable, "-m", "pytest", "-v", *options],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
        return re.findall(r"::test_(\w+) PASSED", result.stdout)

    return run


def test_the_longest_come_first_and_before_them_what_is_new(run):
    found = run()
    assert set(found[:2]) == {"walled", "seen"}
    assert found[2:] == ["long", "quick"]


def test_fast_leaves_out_what_takes_long_or_needs_a_browser_or_a_sandbox(run):
    assert run("--fast") == ["quick"]


def test_browser_is_marked_by_its_fixture(run):
    assert run("-m", "browser") == ["seen"]


def test_durations_are_stored_and_those_of_files_that_are_gone_dropped(run, tmp_path):
    run("--store-durations", "-k", "quick")
    stored = json.loads((tmp_path / "tests" / "durations.json").read_text("utf-8"))["not slow"]
    assert stored.keys() == {"tests/test_quick.py", "tests/test_long.py"}
    assert stored["tests/test_long.py"] == 99.0
    assert stored["tests/test_quick.py"] != 0.2
