"""The gradebook can be a PostgreSQL database, and holds the same as SQLite then."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from small_class import db_url, hand_in, held, release
from tiny_unit import UNIT

from course_utils.grading import course_grade

pytestmark = pytest.mark.sandbox


def programs() -> Path | None:
    """The folder of `initdb` and `pg_ctl`; Debian keeps it off the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    plain = shutil.which("initdb")
    return found[-1].parent if found else Path(plain).parent if plain else None


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    """The URL of an empty database on a server of its own, which listens on a UNIX socket only."""
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    folder = programs()
    if folder is None:
        pytest.skip("PostgreSQL's server is not installed (Debian: apt install postgresql)")
    place = Path(tempfile.mkdtemp(prefix="course-pg-"))  # short: a socket's path has 107 bytes
    other = []
    if os.geteuid() == 0:  # the server refuses to run as root
        if not shutil.which("runuser"):
            pytest.skip("PostgreSQL does not run as root, and there is no runuser")
        other = ["runuser", "-u", "nobody", "--"]
        shutil.chown(place, "nobody")

    def server(program: str, *arguments: str) -> None:
        command = [*other, str(folder / program), "-D", str(place / "data"), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, cwd=place, check=False)
        assert done.returncode == 0, done.stdout + done.stderr

    server("initdb", "-U", "teacher", "--auth=trust", "-E", "UTF8", "--no-sync")
    options = f"-c listen_addresses='' -c unix_socket_directories={place} -c fsync=off"
    server("pg_ctl", "-w", "-l", str(place / "log"), "-o", options, "start")
    try:
        yield f"postgresql+psycopg://teacher@/postgres?host={place}"
    finally:
        server("pg_ctl", "-w", "-m", "immediate", "stop")
        shutil.rmtree(place)


@pytest.mark.slow
def test_a_class_graded_into_postgresql_has_what_sqlite_has(repository, database, monkeypatch):
    release(repository)
    hand_in(repository, 7)
    assert course_grade.run(UNIT, [], 2) == 0
    expected = held(repository)
    grades = (repository / "grades.csv").read_text(encoding="utf-8")
    shutil.rmtree(repository / "autograded")

    monkeypatch.setenv("COURSE_GRADEBOOK", database)
    release(repository)
    assert db_url(repository) == database
    assert held(repository) == {}
    assert course_grade.run(UNIT, [], 2) == 0

    assert len(expected) == 7
    assert held(repository) == expected
    assert (repository / "grades.csv").read_text(encoding="utf-8") == grades
