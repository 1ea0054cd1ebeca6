"""Classrooms with the tiny unit, and the sample class that hands it in."""

import contextlib
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from jupyter_core.application import NoStart
from nbformat import NotebookNode
from nbgrader.apps import NbGraderApp
from tiny_unit import ROOT, SAMPLE_ANSWERS, UNIT, WRONG, put_source, tiny_source

from course_utils.demo.sample_class import filled, solutions, submissions
from course_utils.gradebook.classroom import Classroom, load_config

__all__ = [
    *("classroom", "config", "full", "graded_class", "nbgrader", "released", "repository"),
    "source",
]
"""What the rooms' conftests take over."""


@pytest.fixture(scope="session")
def source() -> NotebookNode:
    """The unit's source, with what an instructor's run leaves behind."""
    return tiny_source()


@pytest.fixture(scope="session")
def config():
    return load_config(ROOT)


@pytest.fixture(scope="session")
def released(tmp_path_factory, source, config) -> SimpleNamespace:
    """A course folder in which the tiny unit has been released, and the release."""
    folder = tmp_path_factory.mktemp("released")
    put_source(folder, source)
    return SimpleNamespace(folder=folder, release=Classroom(folder, config).release(UNIT))


@pytest.fixture
def classroom(tmp_path, released, config) -> Classroom:
    """A classroom of its own, with the tiny unit released."""
    return Classroom(shutil.copytree(released.folder, tmp_path / "course"), config)


@pytest.fixture
def full(source, released) -> NotebookNode:
    """A student's notebook with every answer right, to be spoilt by the test."""
    return filled(released.release, solutions(source))


@pytest.fixture(scope="session")
def graded_class(tmp_path_factory, source, released, config) -> SimpleNamespace:
    """The seven students of the sample class, graded once for all tests, with feedback."""
    folder = tmp_path_factory.mktemp("class") / "course"
    classroom = Classroom(shutil.copytree(released.folder, folder), config)
    grades = {}
    for submission in submissions(source, released.release, WRONG):
        classroom.enrol(submission.student)
        classroom.hand_in(submission.student, UNIT, submission.content)
        grades[submission.student] = classroom.grade(UNIT, submission.student)
        classroom.give_feedback(UNIT, submission.student)
    return SimpleNamespace(classroom=classroom, grades=grades)


@pytest.fixture
def repository(tmp_path, source, monkeypatch) -> Path:
    """A small repository with the tiny unit and its sample answers, as the working directory."""
    root = tmp_path / "repository"
    put_source(root, source)
    shutil.copy(ROOT / "nbgrader_config.py", root)
    sample_answers = root / "answers" / "sums" / "both.py"
    sample_answers.parent.mkdir(parents=True)
    sample_answers.write_text(SAMPLE_ANSWERS, encoding="utf-8")
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def nbgrader(tmp_path, monkeypatch):
    """Runs an `nbgrader` command in a folder, with an exchange and settings of its own.

    The command runs in this process, which saves its seconds of imports.
    """
    exchange = tmp_path / "exchange"
    exchange.mkdir()
    exchange.chmod(0o777)
    monkeypatch.setenv("COURSE_EXCHANGE", str(exchange))
    for name in ("JUPYTER_DATA_DIR", "JUPYTER_CONFIG_DIR"):
        monkeypatch.setenv(name, str(tmp_path / name))

    def run(*arguments: str, folder: Path) -> None:
        monkeypatch.chdir(folder)
        app = NbGraderApp.instance()
        try:
            with contextlib.suppress(NoStart):  # raised when the subcommand has done its work
                app.initialize(list(arguments))
                app.start()
        finally:
            for each in (app.subapp, app):  # else the next command of this kind has its options
                if each is not None:
                    type(each).clear_instance()

    return run
