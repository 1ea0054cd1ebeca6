"""The `course` command: help, clear errors, exit status."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import course_utils
from course_utils import cli
from course_utils.errors import CourseError
from course_utils.repository import repository, units
from course_utils.student import lab

COMMANDS = (
    *("lab", "demo", "submit", "progress", "collect", "grade", "due", "export"),
    *("build", "publish", "site", "doctor"),
)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command, capsys):
    with pytest.raises(SystemExit) as stopped:
        cli.main([command, "--help"])
    assert stopped.value.code == 0
    assert f"course {command}" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        *(["no-such-command"], ["submit"], ["submit", "03-convolution"]),
        *(["publish"], ["grade"], ["site"], ["progress", "--work"]),
    ],
)
def test_wrong_usage_exits_with_2(arguments, capsys):
    with pytest.raises(SystemExit) as stopped:
        cli.main(arguments)
    assert stopped.value.code == 2
    assert "usage" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["build", "demo", "grade"])
def test_an_unknown_unit_is_named_with_the_known_ones(command, capsys):
    assert cli.main([command, "77-nothing"]) == 1
    error = capsys.readouterr().err
    assert "77-nothing" in error
    assert "03-convolution" in error


@pytest.mark.parametrize(
    "arguments",
    [["build"], ["demo"], ["doctor", "--tests"], ["lab"], ["grade", "03"], ["site", "pages"]],
)
def test_without_the_repository_one_sentence_says_so(arguments, tmp_path):
    """As installed from a wheel: the package alone, called from an unrelated folder."""
    package = tmp_path / "site" / "course_utils"
    package.parent.mkdir()
    shutil.copytree(
        Path(course_utils.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__")
    )
    result = subprocess.run(
        [sys.executable, "-m", "course_utils.cli", *arguments],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(package.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert result.stderr.count("\n") == 1
    assert "needs the course's repository" in result.stderr


def test_progress_says_where_there_is_nothing_to_read(tmp_path, capsys):
    assert cli.main(["progress", "--work", str(tmp_path / "nowhere")]) == 1
    assert "Name your work folder with --work" in capsys.readouterr().err
    assert cli.main(["progress", "--work", str(tmp_path)]) == 0
    assert "No notebook with exercises is saved here" in capsys.readouterr().out


def test_the_site_goes_into_no_file(tmp_path, capsys):
    file = tmp_path / "pages"
    file.touch()
    assert cli.main(["site", str(file)]) == 1
    assert str(file) in capsys.readouterr().err


def test_a_wrong_repository_is_refused_before_anything_is_written(tmp_path, capsys):
    target = tmp_path / "students"
    assert cli.main(["publish", str(target), "--repository", "no-owner"]) == 1
    assert "expected OWNER/NAME" in capsys.readouterr().err
    assert not target.exists()


def test_units_are_found_by_name_topic_or_number():
    root = repository()
    for name in ("03-convolution", "convolution", "03"):
        assert [unit.name for unit in units(root, [name])] == ["03-convolution"]


class TestLab:
    def test_releases_are_copied_once_and_work_is_kept(self, tmp_path, capsys):
        lab.prepare(tmp_path)
        first = tmp_path / "01-perceptron" / "01-perceptron.ipynb"
        first.write_text("my work", encoding="utf-8")
        assert f"New in {tmp_path}: 01-perceptron\n" in capsys.readouterr().out
        lab.prepare(tmp_path, update=True)
        assert capsys.readouterr().out == ""
        assert first.read_text(encoding="utf-8") == "my work"

    def test_jupyterlab_starts_in_the_work_folder_with_the_course_s_configuration(self, jupyterlab):
        said = jupyterlab("print(os.getcwd(), os.environ['JUPYTER_CONFIG_PATH'], sys.argv[1:])")
        folder, path, arguments = said.stdout.read().splitlines()[-1].split(maxsplit=2)
        assert Path(folder).name == "work"
        assert (Path(path.split(os.pathsep)[0]) / "nbgrader_config.py").is_file()
        assert path.split(os.pathsep)[1:] == ["another"]
        assert arguments == "['--no-browser']"
        assert said.wait() == 0

    @pytest.mark.skipif(os.name == "nt", reason="signals to a group of processes")
    def test_jupyterlab_has_the_time_to_end_when_it_is_interrupted(self, jupyterlab):
        said = jupyterlab(
            "try: print('ready', flush=True); time.sleep(60)\n"
            "except KeyboardInterrupt: time.sleep(1); print('tidy'); sys.exit(3)"
        )
        while said.stdout.readline() != "ready\n":
            assert said.poll() is None
        os.killpg(said.pid, signal.SIGINT)
        assert said.stdout.read() == "tidy\n"
        assert said.wait() == 3

    @pytest.mark.parametrize("ended", [subprocess.Popen.terminate, subprocess.Popen.kill])
    def test_jupyterlab_ends_with_the_command(self, jupyterlab, ended):
        said = jupyterlab(
            "import signal\n"
            "signal.signal(signal.SIGTERM, lambda *_: sys.exit(print('tidy')))\n"
            "print('ready', flush=True)\n"
            "time.sleep(60)\n"
            "print('still there')"
        )
        while said.stdout.readline() != "ready\n":
            assert said.poll() is None
        ended(said)
        # The end of its output is the end of JupyterLab, which has no time to be tidy on Windows.
        assert said.stdout.read() == ("" if os.name == "nt" else "tidy\n")

    @pytest.fixture
    def jupyterlab(self, tmp_path):
        """Starts `course lab` with these lines of Python in the place of JupyterLab."""
        place = tmp_path / "site" / "jupyterlab"
        place.mkdir(parents=True)
        (place / "__init__.py").touch()
        arguments = ("--folder", "work", "--", "--no-browser")
        path = os.pathsep.join([str(place.parent), str(Path(course_utils.__file__).parents[1])])
        started = []

        def start(lines):
            (place / "__main__.py").write_text(f"import os, sys, time\n{lines}", encoding="utf-8")
            process = subprocess.Popen(
                [*(sys.executable, "-m", "course_utils.cli", "lab"), *arguments],
                cwd=tmp_path,
                env={**os.environ, "PYTHONPATH": path, "JUPYTER_CONFIG_PATH": "another"},
                stdout=subprocess.PIPE,
                text=True,
                start_new_session=True,
                preexec_fn=_hear_interrupts,
            )
            started.append(process)
            return process

        yield start
        for process in started:
            process.kill()
            process.wait()
            process.stdout.close()

    def test_the_releases_themselves_are_no_work_folder(self):
        with pytest.raises(CourseError, match="another folder"):
            lab.prepare(repository() / "notebooks")

    def test_a_file_is_no_work_folder(self, tmp_path):
        file = tmp_path / "file"
        file.touch()
        with pytest.raises(CourseError, match="is a file"):
            lab.prepare(file)


def _hear_interrupts() -> None:
    """Who runs the tests in the background has interrupts ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_without_a_command_the_commands_are_listed(capsys):
    assert cli.main([]) == 2
    printed = capsys.readouterr().out
    assert "grade" in printed
    assert "publish" in printed


def test_a_working_directory_that_is_gone_is_said(tmp_path, monkeypatch, capsys):
    folder = tmp_path / "gone"
    folder.mkdir()
    monkeypatch.chdir(folder)
    folder.rmdir()
    assert cli.main(["grade", "03"]) == 1
    assert "the working directory is gone" in capsys.readouterr().err
