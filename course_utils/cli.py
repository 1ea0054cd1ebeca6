"""The `course` command: one function a command, loaded when it is called."""

import argparse
import importlib.util
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from course_utils import __version__
from course_utils.class_commands import add_class_commands
from course_utils.errors import CourseError
from course_utils.files import NO_ROOM, is_full
from course_utils.sandbox.limits import BUILDERS, UNSAFE
from course_utils.student_ids import printable

Run = Callable[[argparse.Namespace], int | None]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns:
        0 on success, 1 when the command failed (the reason is printed in one line).
    """
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.command is None:
        parser.print_help()
        return 2
    try:
        Path.cwd()
    except OSError as error:
        print(
            f"course: the working directory is gone ({error.strerror}): cd to another one.",
            file=sys.stderr,
        )
        return 1
    try:
        return options.run(options) or 0
    except CourseError as error:
        lines = map(printable, str(error).split("\n"))
        print(f"course {options.command}: " + "\n".join(lines), file=sys.stderr)
        return 1
    except ModuleNotFoundError as error:
        module = (error.name or "course_utils").partition(".")[0]
        if module == "course_utils":
            raise  # no installation helps: a fault of this package
        print(f"course {options.command}{_missing(module, options.extra)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(f"course {options.command}: stopped", file=sys.stderr)
        return 130
    except Exception as error:
        if not is_full(error):
            raise
        print(f"course {options.command}: {NO_ROOM}", file=sys.stderr)
        return 1


def _missing(module: str, extra: str) -> str:
    """What to install where a command could not import a module.

    Args:
        module: what is missing.
        extra: the extra that the command needs; empty where the base is enough.
    """
    wanted = f"medical-imaging-course[{extra}]" if extra else "medical-imaging-course"
    if extra and re.sub("[-_.]+", "-", module).lower() in _in_extras():
        return f" needs the extra `{extra}`: run pip install '{wanted}'"
    return f": there is no module `{module}`. Run pip install '{wanted}' again."


def _in_extras() -> set[str]:
    """The packages that only extras bring; none where the course runs without being installed."""
    from importlib import metadata

    try:
        lines = metadata.requires("medical-imaging-course") or []
    except metadata.PackageNotFoundError:
        return set()
    return {re.split(r"[^\w.-]", line)[0].lower() for line in lines if "extra ==" in line}


def _lab(options: argparse.Namespace) -> int:
    from course_utils.student.lab import lab

    if importlib.util.find_spec("jupyterlab") is None:  # it will run in a process of its own
        raise ModuleNotFoundError("No module named 'jupyterlab'", name="jupyterlab")
    return lab(options.folder, options.arguments, options.update)


def _demo(options: argparse.Namespace) -> int:
    from course_utils.authoring import answers
    from course_utils.demo import demo

    return demo.run(options.units, options.folder, lambda unit: answers.load(unit).wrong)


def _submit(options: argparse.Namespace) -> None:
    from course_utils.student.submit import submit

    archive = submit(options.unit, options.student, options.work, options.to)
    print(f"Made {archive}. Hand in this file.")


def _progress(options: argparse.Namespace) -> None:
    from rich.console import Console
    from rich.table import Table

    from course_utils.student.progress import show

    if options.run_anew:
        options.extra = "lab"
        from course_utils.student import fresh_run

        found = fresh_run.run(options.work)
        if not found.lessons:
            print(f"No answer is written in the notebooks of {options.work}.")
            return
    else:
        found = show(options.work)
    table = Table("unit", "exercises passed", "points")
    for row in found:
        table.add_row(*row)
    console = Console()
    if found.lessons:
        console.print(table)
    if found.due:
        console.print(found.due, markup=False, highlight=False)
    console.print(f"Next: {found.next_step}", markup=False)
    if options.summary is not None:
        from course_utils.student.summary import markdown

        with options.summary.open("a", encoding="utf-8") as file:
            file.write(markdown(found))


def _collect(options: argparse.Namespace) -> int:
    from course_utils.gradebook import collect

    return collect.run(options.unit, options.folders, options.roster)


def _grade(options: argparse.Namespace) -> int:
    from course_utils.grading import course_grade

    return course_grade.run(
        options.unit,
        options.students,
        options.workers,
        options.scheduler,
        again=options.again,
        preview=options.preview,
        sandbox=options.sandbox,
    )


def _build(options: argparse.Namespace) -> int:
    from course_utils.authoring import build

    return build.run(options.units)


def _publish(options: argparse.Namespace) -> None:
    from course_utils.authoring.places import Places
    from course_utils.authoring.publish import publish

    places = None
    if options.repository:
        places = Places(options.repository, options.branch, options.hub)
    publish(options.folder, places, options.solutions, now=options.now)


def _site(options: argparse.Namespace) -> None:
    from course_utils.authoring.site import site

    site(options.folder)


def _doctor(options: argparse.Namespace) -> int:
    from course_utils import doctor

    if options.sandbox:
        return doctor.sandbox(options.sandbox)
    return doctor.tests(options.units) if options.tests else doctor.installation()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="course", description="The deep-learning course for medical imaging."
    )
    parser.add_argument("--version", action="version", version=f"course {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    def command(name: str, run: Run, text: str, extra: str = "") -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=text, description=text)
        sub.set_defaults(run=run, extra=extra)
        return sub

    lab = command("lab", _lab, "Open JupyterLab on your own copy of the lessons.", "lab")
    lab.add_argument(
        "--folder", type=Path, default=Path("course-work"), help="your work folder (%(default)s)"
    )
    lab.add_argument(
        "--update",
        action="store_true",
        help="bring your answers into new versions of lessons without asking; old files are kept",
    )
    lab.add_argument(
        "arguments", nargs=argparse.REMAINDER, help="after --, passed on to JupyterLab"
    )

    demo = command(
        "demo", _demo, "Release, collect and grade a sample class in a new folder.", "teach"
    )
    _add_units(demo)
    demo.add_argument("--folder", type=Path, help="the new folder (default: named by the time)")

    submit = command("submit", _submit, "Make the archive of one unit to hand in.", "lab")
    submit.add_argument("unit", metavar="UNIT", help="the unit, such as 03-convolution")
    submit.add_argument("--student", required=True, help="your student id")
    submit.add_argument(
        "--work", type=Path, default=Path("course-work"), help="your work folder (%(default)s)"
    )
    submit.add_argument(
        "--to", type=Path, default=Path(), help="where to put the archive (here by default)"
    )

    progress = command("progress", _progress, "Show which exercises pass and what to do next.")
    progress.add_argument(
        "--work", type=Path, default=Path("course-work"), help="your work folder (%(default)s)"
    )

    progress.add_argument(
        "--run",
        dest="run_anew",
        action="store_true",
        help="run the notebooks in which you have written from the top; the files stay",
    )
    progress.add_argument(
        "--summary", type=Path, metavar="FILE", help="add a table of all exercises, in Markdown"
    )

    collect = command(
        "collect", _collect, "Put what a class has handed in into submitted/, and list it.", "teach"
    )
    collect.add_argument("unit", metavar="UNIT", help="the unit, such as 03-convolution")
    collect.add_argument(
        "folders",
        type=Path,
        nargs="+",
        metavar="FOLDER",
        help="downloads of an LMS (folders or archives), cloned repositories, or an exchange",
    )
    collect.add_argument(
        "--roster", type=Path, metavar="CSV", help="the class's list (default: roster.csv)"
    )

    grade = command("grade", _grade, "Grade the submissions to one unit, on all cores.", "teach")
    grade.add_argument("unit", metavar="UNIT", help="the unit, such as 03-convolution")
    grade.add_argument("--students", nargs="+", default=[], metavar="ID", help="only theirs")
    grade.add_argument("--workers", type=int, help="processes (default: one a core)")
    grade.add_argument(
        "--scheduler", default="", metavar="ADDRESS", help="use a Dask cluster's workers instead"
    )
    grade.add_argument(
        "--again", action="store_true", help="also what is graded and has not changed"
    )
    grade.add_argument(
        "--preview", action="store_true", help="write nothing; say whose points would change"
    )
    grade.add_argument(
        "--sandbox",
        choices=(*BUILDERS, UNSAFE),
        default="",
        help="who builds its walls (default: as configured, else bubblewrap), or none",
    )
    grade.add_argument(
        "--unsafe",
        action="store_const",
        dest="sandbox",
        const=UNSAFE,
        help="short for --sandbox unsafe: for students whom you trust",
    )

    add_class_commands(command)

    build = command(
        "build", _build, "Build and prove the source notebooks and the releases.", "teach"
    )
    _add_units(build)

    publish = command(
        "publish", _publish, "Write a repository for students, without solutions.", "teach"
    )
    publish.add_argument("folder", type=Path, metavar="DIR", help="a new or empty folder")
    publish.add_argument(
        "--repository",
        metavar="OWNER/NAME",
        help="where you push it on GitHub; gives links to Colab and Binder",
    )
    publish.add_argument("--branch", default="main", help="the branch there (%(default)s)")
    publish.add_argument(
        "--hub", metavar="URL", default="", help="a JupyterHub with nbgitpuller, for links to it"
    )

    publish.add_argument(
        "--solutions",
        nargs="+",
        default=[],
        metavar="UNIT",
        help="add the worked solutions of these units, once nobody can hand them in any more",
    )
    publish.add_argument("--now", action="store_true", help="add them before the due date, too")

    site = command(
        "site", _site, "Write the whole course as static pages, for any web host.", "teach"
    )
    site.add_argument("folder", type=Path, metavar="DIR", help="a new folder, or an earlier site")

    doctor = command("doctor", _doctor, "Say what is installed, what is missing, what to do.")
    _add_units(doctor)
    doctor.add_argument(
        "--tests", action="store_true", help="print which wrong answers each check recognises"
    )
    doctor.add_argument(
        "--sandbox",
        nargs="?",
        choices=BUILDERS,
        const=BUILDERS[0],
        help="try each wall of the grader's sandbox for real, as %(const)s builds it or another",
    )
    return parser


def _add_units(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "units", nargs="*", metavar="UNIT", help="such as 03-convolution or 03; all by default"
    )


if __name__ == "__main__":
    sys.exit(main())
