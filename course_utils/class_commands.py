"""Commands of `course` for a running class: due dates, an LMS, reports, what is stored."""

import argparse
from collections.abc import Callable
from pathlib import Path

from course_utils.errors import CourseError

AddCommand = Callable[..., argparse.ArgumentParser]


def add_class_commands(command: AddCommand) -> None:
    """Add the commands to the parser.

    Args:
        command: adds one, by name, function, description and the extra that it needs.
    """
    due = command("due", _due, "Show and set due dates; the grades follow.", "teach")
    due.add_argument("unit", nargs="?", metavar="UNIT", help="the unit; by default all are shown")
    due.add_argument(
        "date",
        nargs="?",
        metavar="DATE",
        help='such as 2026-12-01 (the end of that day) or "2026-12-01 18:00"; none takes it away',
    )
    due.add_argument(
        "--students",
        nargs="+",
        default=[],
        metavar="ID",
        help='only their date: an extension, which can be "3 days", too',
    )
    due.add_argument("--grace", default="", help='how much later is not late: 2 or "12 hours"')
    due.add_argument(
        "--penalty",
        default="",
        help='what later work loses: none, zero (all), "10%% per day" or "2 points per day"',
    )
    due.add_argument(
        "--timezone", default="", metavar="ZONE", help="of the class, such as Europe/Berlin"
    )

    export = command(
        "export", _export, "Fill the grades into a gradebook exported from an LMS.", "teach"
    )
    export.add_argument(
        "units", nargs="*", metavar="UNIT", help="such as 03-convolution; all by default"
    )
    export.add_argument("--lms", choices=("canvas", "moodle"), required=True)
    export.add_argument(
        "--gradebook",
        type=Path,
        required=True,
        metavar="FILE",
        help="the CSV file that it exported; it stays as it is",
    )
    export.add_argument(
        "--to", type=Path, metavar="FILE", help="the new file (default: FILE-filled.csv)"
    )
    export.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="UNIT=NAME",
        help="the column of a unit, where its name does not tell",
    )
    export.add_argument(
        "--id-column", default="", metavar="NAME", help="the column of the students' ids"
    )
    export.add_argument(
        "--maximum", type=float, metavar="POINTS", help="all points in the LMS: others are scaled"
    )
    export.add_argument(
        "--zeros", action="store_true", help="write 0 for who handed in nothing, too"
    )

    forget = command("forget", _forget, "List and remove what is stored about a student.", "teach")
    forget.add_argument("student", metavar="ID", help="the student's id")
    how = forget.add_mutually_exclusive_group()
    how.add_argument("--dry-run", action="store_true", help="only list it")
    how.add_argument("--yes", action="store_true", help="remove it without asking")

    report = command(
        "report", _report, "Write the class report of units; nobody is graded anew.", "teach"
    )
    report.add_argument(
        "units", nargs="*", metavar="UNIT", help="such as 03-convolution or 03; all by default"
    )


def _due(options: argparse.Namespace) -> int:
    from course_utils.gradebook import due

    change = due.Change(
        options.unit or "",
        options.date or "",
        tuple(options.students),
        options.grace,
        options.penalty,
        options.timezone,
    )
    return due.run(change)


def _export(options: argparse.Namespace) -> int:
    from course_utils.gradebook import lms_export, lms_sheet

    wrong = [text for text in options.column if "=" not in text]
    if wrong:
        raise CourseError(f"--column {wrong[0]!r}: expected UNIT=NAME.")
    chosen = lms_sheet.Options(
        options.lms,
        options.gradebook,
        tuple(options.units),
        options.to,
        dict(text.split("=", 1) for text in options.column),
        options.id_column,
        options.maximum,
        options.zeros,
    )
    return lms_export.run(chosen)


def _forget(options: argparse.Namespace) -> int:
    from course_utils.gradebook import forget

    return forget.run(options.student, dry_run=options.dry_run, yes=options.yes)


def _report(options: argparse.Namespace) -> int:
    from course_utils.gradebook import class_reports

    return class_reports.run(options.units)
