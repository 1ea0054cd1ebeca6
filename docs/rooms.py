"""Draws `rooms.svg`: the rooms of `course_utils`, and which of them imports which.

Run `python docs/rooms.py` after an import between rooms has come or gone; a test compares.
"""

import ast
from collections import defaultdict
from pathlib import Path

from course_utils.files import write_atomically
from course_utils.repository import repository

PICTURE = Path(__file__).with_name("rooms.svg")
WIDTH, ROW, BOX, HIGH = 760, 92, 128, 40
LANE = 130
"""Left of all rooms, in pixels: where arrows pass rooms that they have nothing to do with."""
STYLE = """
text { font: 15px sans-serif; text-anchor: middle; fill: #1f2328; }
rect { fill: #eef2f7; stroke: #57606a; } path { fill: none; stroke: #57606a; }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3; } rect { fill: #1c2430; stroke: #8b949e; } path { stroke: #8b949e; } }
"""


def imports(package: Path) -> dict[str, set[str]]:
    """For each room the other rooms that it imports, wherever in its modules."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in package.rglob("*.py"):
        parts = path.relative_to(package).parts
        room = parts[0] if len(parts) > 1 else path.stem
        found[room] |= _rooms_in(path, package) - {room}
    return {room: others for room, others in found.items() if (package / room).is_dir()}


def _rooms_in(path: Path, package: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    split = (name.split(".") for name in names)
    rooms = {parts[1] for parts in split if parts[0] == package.name and len(parts) > 1}
    return {room for room in rooms if (package / room).is_dir()}


def levels(graph: dict[str, set[str]]) -> dict[str, int]:
    """How far up each room is: one above the highest that it imports.

    Raises:
        ValueError: when rooms import each other in a circle.
    """
    known: dict[str, int] = {}
    while len(known) < len(graph):
        ready = [r for r in graph if r not in known and graph[r] <= known.keys()]
        if not ready:
            raise ValueError(f"these rooms import in a circle: {sorted(graph.keys() - known)}")
        known |= {room: 1 + max((known[o] for o in graph[room]), default=-1) for room in ready}
    return known


def draw(graph: dict[str, set[str]]) -> str:
    """The picture: who imports stands above what it imports.

    An arrow that only repeats a longer way through other rooms is left out.
    """
    height_of = levels(graph)
    top = max(height_of.values())
    arrows = [(room, other) for room in sorted(graph) for other in sorted(direct(graph, room))]
    far = [arrow for arrow in arrows if height_of[arrow[0]] - height_of[arrow[1]] > 1]
    by_the_lane = {room for arrow in far for room in arrow}
    ordered = sorted(graph, key=lambda room: (room not in by_the_lane, room))
    rows = [[r for r in ordered if height_of[r] == level] for level in range(top + 1)]
    centre = {
        room: ((i + 1) * WIDTH / (len(row) + 1), 30 + (top - level) * ROW)
        for level, row in enumerate(rows)
        for i, room in enumerate(row)
    }
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {60 + top * ROW}" role="img"'
        f' aria-label="{describe(graph)}">',
        f"<style>{STYLE}</style>",
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8"'
        ' markerHeight="8" orient="auto"><path d="M0 0L8 4L0 8"/></marker></defs>',
    ]
    for room, other in arrows:
        (x, y), (to_x, to_y) = centre[room], centre[other]
        start, end = y + HIGH / 2, to_y - HIGH / 2
        lane = LANE if (room, other) in far else None
        lines.append(f'<path d="{_way(x, start, to_x, end, lane)}" marker-end="url(#tip)"/>')
    for room, (x, y) in sorted(centre.items()):
        corner = f'x="{x - BOX / 2:.0f}" y="{y - HIGH / 2:.0f}"'
        lines.append(f'<rect {corner} width="{BOX}" height="{HIGH}" rx="6"/>')
        lines.append(f'<text x="{x:.0f}" y="{y + 5:.0f}">{room}</text>')
    return "\n".join([*lines, "</svg>"]) + "\n"


def _way(x: float, y: float, to_x: float, to_y: float, lane: float | None) -> str:
    """A line down from one place to the other, by way of the lane if there is one."""
    if lane is None:
        middle = (y + to_y) / 2
        return (
            f"M{x:.0f} {y:.0f}C{x:.0f} {middle:.0f} {to_x:.0f} {middle:.0f} {to_x:.0f} {to_y:.0f}"
        )
    turn = ROW - HIGH
    down, up = y + turn, to_y - turn
    return (
        f"M{x:.0f} {y:.0f}C{x:.0f} {down:.0f} {lane:.0f} {y:.0f} {lane:.0f} {down:.0f}V{up:.0f}"
        f"C{lane:.0f} {to_y:.0f} {to_x:.0f} {up:.0f} {to_x:.0f} {to_y:.0f}"
    )


def describe(graph: dict[str, set[str]]) -> str:
    """The picture in words."""
    told = [
        f"{room} imports {', '.join(sorted(direct(graph, room))) or 'no other room'}"
        for room in sorted(graph)
    ]
    return "; ".join(told)


def direct(graph: dict[str, set[str]], room: str) -> set[str]:
    """The rooms that a room imports and does not reach through another one."""
    reached = {far for near in graph[room] for far in _below(graph, near)}
    return graph[room] - reached


def _below(graph: dict[str, set[str]], room: str) -> set[str]:
    return graph[room].union(*(_below(graph, other) for other in graph[room]))


if __name__ == "__main__":
    write_atomically(PICTURE, draw(imports(repository() / "course_utils")))
