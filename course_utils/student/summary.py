"""A student's progress in Markdown, as the page of a workflow on GitHub shows it."""

from collections.abc import Iterable, Iterator

from course_utils.student.progress import Exercise, Lesson, Progress


def markdown(progress: Progress) -> str:
    """A table of the exercises for each lesson, and what to do next, in GitHub's Markdown."""
    parts = [_table(lesson) for lesson in progress.lessons]
    return "\n\n".join([*parts, f"**Next:** {_line(progress.next_step)}"]) + "\n"


def _table(lesson: Lesson) -> str:
    head = f"### {lesson.unit}: {lesson.earned:g} of {lesson.points:g} points"
    if lesson.problem:
        head += f"\n\n{_line(lesson.problem)}"
    rows = [" | ".join(_row(exercise)) for exercise in lesson.exercises]
    return "\n".join([head, "", *_framed(["exercise | points | hint", "--- | ---: | ---", *rows])])


def _row(exercise: Exercise) -> tuple[str, str, str]:
    earned = "–" if exercise.earned is None else f"{exercise.earned:g}"
    return f"`{exercise.name}`", f"{earned} of {exercise.points:g}", _line(exercise.hint)


def _framed(rows: Iterable[str]) -> Iterator[str]:
    return (f"| {row} |" for row in rows)


def _line(text: str) -> str:
    """A text in one line of a table, in which no character draws anything but itself."""
    line = " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|")
    return line.replace("<", "&lt;").replace("[", "\\[").replace("!", "&#33;")
