"""`course doctor`: what it finds and what it advises."""

import subprocess
import sys

import pytest

from course_utils import cli, doctor


def test_here_everything_needed_is_found(capsys):
    assert cli.main(["doctor"]) == 0
    printed = capsys.readouterr().out
    assert "extra teach" in printed
    assert "missing" not in printed


def test_a_missing_package_makes_it_fail_with_the_remedy(monkeypatch, capsys):
    found = doctor.Finding("torch", "nothing", "Run: pip install -c constraints.txt -e .")
    monkeypatch.setattr(doctor, "examine", lambda: [found])
    assert cli.main(["doctor"]) == 1
    assert "pip install" in capsys.readouterr().out


def test_a_remedy_with_brackets_is_printed_whole(monkeypatch, capsys):
    found = doctor.Finding("extra", "[Errno 2]", "Run: pip install -e '.[teach]'", needed=False)
    monkeypatch.setattr(doctor, "examine", lambda: [found])
    assert cli.main(["doctor"]) == 0
    printed = capsys.readouterr().out
    assert "[Errno 2]" in printed
    assert "'.[teach]'" in printed


def test_what_is_only_useful_does_not_fail(monkeypatch):
    found = doctor.Finding("chromium", "nothing", "Browser tests are skipped.", needed=False)
    monkeypatch.setattr(doctor, "examine", lambda: [found])
    assert cli.main(["doctor"]) == 0


def test_an_extra_that_lacks_a_package_says_which_and_what_to_run(monkeypatch):
    assert "nbgrader" in doctor._required("teach")
    assert "nbgrader" not in doctor._required("")
    assert "numpy" not in doctor._required("teach")
    known = doctor.importlib.metadata.version

    def version(name: str) -> str:
        if name == "nbgrader":
            raise doctor.importlib.metadata.PackageNotFoundError
        return known(name)

    monkeypatch.setattr(doctor.importlib.metadata, "version", version)
    finding = doctor._extra("teach")
    assert (finding.found, finding.state) == ("lacks nbgrader", "optional")
    assert "'.[teach]'" in finding.remedy


@pytest.mark.parametrize(
    ("error", "advice"),
    [
        ("RuntimeError: operator torchvision::nms does not exist", "different builds"),
        ("ModuleNotFoundError: No module named 'torch'", "Reinstall both"),
    ],
)
def test_a_pytorch_that_does_not_import_is_explained(monkeypatch, error, advice):
    failed = subprocess.CompletedProcess([sys.executable], 1, "", f"Traceback\n{error}\n")
    monkeypatch.setattr(doctor.subprocess, "run", lambda *args, **kwargs: failed)
    finding = doctor._torch()
    assert finding.state == "missing"
    assert error in finding.found
    assert advice in finding.remedy
