"""Counts the house: lines by room, what an exercise and a widget cost, long modules, repetitions.

`python benchmarks/house.py` counts this checkout, `--root FOLDER` another one, to compare. A
thermometer, not an aim.
"""

import argparse
import ast
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from rich.console import Console
from rich.table import Table

from course_utils.repository import repository

LONG = 400
RUN = 6
"""Lines that make a repetition."""


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def modules(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.py"))


def rooms(package: Path) -> Iterable[tuple[str, list[Path]]]:
    """The rooms of the package, each with its modules; those beside them come last."""
    found = defaultdict(list)
    for path in modules(package):
        parts = path.relative_to(package).parts
        found[parts[0] if len(parts) > 1 else "(beside the rooms)"].append(path)
    return sorted(found.items())


def repetitions(paths: Iterable[Path]) -> int:
    """How many runs of six lines stand in two modules, indentation and imports aside.

    Overlapping windows of one longer run count once.
    """
    windows = [_windows(path) for path in paths]
    counted = Counter(window for module in windows for window in set(module))
    repeated = 0
    for module in windows:
        is_known = [False, *(counted[window] > 1 for window in module)]
        repeated += sum(now and not before for before, now in pairwise(is_known))
    return repeated


def _windows(path: Path) -> list[tuple[str, ...]]:
    imports = {
        at
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for at in range(node.lineno, node.end_lineno + 1)
    }
    text = [line.strip() for at, line in enumerate(lines(path), 1) if at not in imports]
    text = [line for line in text if line and not line.startswith("#")]
    return [tuple(text[at : at + RUN]) for at in range(len(text) - RUN + 1)]


def exercises(package: Path) -> int:
    """How many exercises the checks declare."""
    found = 0
    for path in modules(package / "checks"):
        if "core" not in path.parts:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
            found += sum(getattr(call.func, "id", "") == "Exercise" for call in calls)
    return found


def sample_answers(root: Path) -> tuple[int, int]:
    """How many sample answers there are, and how many lines they take."""
    place = root / "answers"
    paths = modules(place) if place.is_dir() else modules(root / "tests" / "checks")
    count = length = 0
    for path in paths:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            names = {getattr(getattr(d, "func", d), "id", "") for d in _decorators(node)}
            if names & {"wrong", "variant", "neutral"}:
                count += 1
                length += node.end_lineno - node.lineno + 1
    return count, length


def _decorators(node: ast.stmt) -> list[ast.expr]:
    return getattr(node, "decorator_list", [])


def widgets(package: Path) -> tuple[int, int, int]:
    """How many widgets there are; the lines and modules of all topics."""
    topics = [
        p
        for p in modules(package / "widgets")
        if p.parent != package / "widgets" and p.parent.name != "draw"
    ]
    factories = 0
    for path in topics:
        if path.name == "__init__.py":
            tree = ast.parse(path.read_text(encoding="utf-8"))
            assigned = [n for n in tree.body if isinstance(n, ast.Assign)]
            exported = [n.value for n in assigned if getattr(n.targets[0], "id", "") == "__all__"]
            factories += sum(len(getattr(value, "elts", [])) for value in exported)
    return factories, sum(len(lines(path)) for path in topics), len(topics)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--root", type=Path, default=repository())
    root = parser.parse_args().root
    package = root / "course_utils"
    table = Table("room", "modules", "lines", "longest module", title=str(root.name))
    for room, paths in rooms(package):
        longest = max(paths, key=lambda path: len(lines(path)))
        total = sum(len(lines(path)) for path in paths)
        table.add_row(room, str(len(paths)), str(total), f"{longest.name} {len(lines(longest))}")
    console = Console()
    console.print(table)
    everything = modules(package)
    console.print(f"lines of the package: {sum(len(lines(path)) for path in everything)}")
    long = [f"{p.relative_to(package)} {len(lines(p))}" for p in everything if len(lines(p)) > LONG]
    console.print(f"modules over {LONG} lines: {', '.join(long) or 'none'}")
    console.print(f"repeated runs of {RUN} lines: {repetitions(everything)}")
    topics = [p for p in modules(package / "checks") if "core" not in p.parts]
    number, length = exercises(package), sum(len(lines(path)) for path in topics)
    console.print(f"exercises: {number}, a check takes {length / number:.0f} lines")
    count, length = sample_answers(root)
    console.print(f"sample answers: {count}, one takes {length / count:.1f} lines")
    number, length, files = widgets(package)
    if number:
        made = f"{length / number:.0f} lines in {files / number:.1f} modules"
        console.print(f"widgets: {number}, one takes {made}")


if __name__ == "__main__":
    main()
