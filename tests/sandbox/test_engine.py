"""Container engines as builders of the walls: what they are told, and what is said without one."""

import io
import tarfile

import pytest

from course_utils import cli
from course_utils.sandbox import engine, walls
from course_utils.sandbox.bubblewrap import NoSandboxError
from course_utils.sandbox.walls import Place


@pytest.fixture
def on_path(tmp_path, monkeypatch):
    """Puts a script called `podman` where programs are found, and nothing else."""
    monkeypatch.setenv("PATH", str(tmp_path))

    def put(script: str) -> None:
        (tmp_path / "podman").write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        (tmp_path / "podman").chmod(0o755)
        engine.trial.cache_clear()

    engine.trial.cache_clear()
    yield put
    engine.trial.cache_clear()


@pytest.fixture
def logged(on_path, tmp_path):
    """An engine that writes down what it is told, and has no image yet."""
    on_path(f'echo "$@" >> {tmp_path}/told; [ "$1" != image ]')
    return tmp_path / "told"


def entries(archive: bytes) -> dict[str, tarfile.TarInfo]:
    with tarfile.open(fileobj=io.BytesIO(archive)) as opened:
        return {entry.name: entry for entry in opened}


@pytest.mark.parametrize("name", engine.ENGINES)
def test_an_engine_that_is_not_there_is_named(on_path, name):
    with pytest.raises(NoSandboxError, match=f"{name} is not installed"):
        engine.program(name)


def test_an_engine_that_does_not_answer_says_why(on_path, capsys):
    on_path("[ $1 = --version ] && echo podman version 9 || { echo no daemon >&2; exit 125; }")
    assert cli.main(["doctor", "--sandbox", "podman"]) == 1
    assert "podman info says “no daemon”" in capsys.readouterr().err


def test_a_container_sees_what_is_named_and_no_network(logged, tmp_path):
    shown = tmp_path / "shown"
    shown.touch()
    places = [
        Place("/lib", "link", "usr/lib"),
        Place("/tmp", "memory"),
        Place("/etc/hosts", "shown", str(shown)),
        Place("/etc/secret", "hidden"),
    ]
    words = engine.command("podman", "grading-1", places, {"LANG": "C"}, tmp_path, "/meeting")
    said = " ".join(words)
    assert f"--volume {shown}:/etc/hosts:ro" in said
    assert f"--volume {tmp_path}/empty:/etc/secret:ro" in said
    assert f"--volume {tmp_path}:/meeting:ro" in said
    assert "--network none" in said
    assert "--read-only" in words
    assert words[-3:] == ["/usr/bin/env", "-i", "LANG=C"]
    image = words[-4]
    assert f"import - {image}" in logged.read_text()


def test_an_image_is_made_once(on_path, tmp_path):
    on_path(f'echo "$1" >> {tmp_path}/told')
    made = engine.image(engine.program("podman").path, [Place("/x", "folder")])
    assert made.startswith(f"{engine.IMAGE}:")
    assert "import" not in (tmp_path / "told").read_text()


def test_an_image_holds_folders_and_links_and_nothing_of_this_machine(tmp_path):
    file = tmp_path / "file"
    file.write_text("secret")
    places = [
        Place("/lib64", "link", "usr/lib64"),
        Place("/lib64/python", "shown", str(tmp_path)),
        Place("/opt/there/file", "shown", str(file)),
        Place("/opt", "folder"),
    ]
    found = entries(engine.skeleton(places))
    assert found["lib64"].linkname == "usr/lib64"
    assert set(found) == {"lib64", "opt", "opt/there", "opt/there/file"}
    assert found["opt/there/file"].isfile()
    assert found["opt/there/file"].size == 0
    assert all(entry.mode == 0o755 for entry in found.values())


@pytest.mark.sandbox
def test_the_image_for_this_machine_is_the_same_each_time():
    one, other = (engine.skeleton(walls.places()) for _ in range(2))
    assert one == other
    assert "course/course_utils" in entries(one)
