"""The code cells that a student has added, and where they stand among the unit's own."""

import builtins
import symtable
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_code_cell

from course_utils.judging.answer_cells import Answer
from course_utils.judging.cell_names import UNCLEAR, names, needed, readable
from course_utils.judging.cells import KEY

_BUILTINS = frozenset(dir(builtins))


@dataclass
class _Own:
    """A cell of the student's own.

    Attributes:
        index: its place in the submission.
        source: its text.
        after: the place of the template's cell after which it stands, -1 for the beginning.
    """

    index: int
    source: str
    after: int

    @cached_property
    def binds(self) -> frozenset[str]:
        return names(self.source)[0]

    @cached_property
    def uses(self) -> frozenset[str]:
        return used_from_outside(self.source)


class OwnCells:
    """The student's own cells of one submission.

    Args:
        template: the cells of the unit's template.
    """

    def __init__(self, template: Sequence[NotebookNode]) -> None:
        self._template = template
        self._cells: list[_Own] = []

    def add(self, index: int, source: str, after: int) -> None:
        """Put a cell of the submission after the template's cell at the place `after`."""
        self._cells.append(_Own(index, source, after))

    def arrange(self, answer: Answer, source: str) -> None:
        """Let what an answer needs stand before it, and nothing undo it before its test.

        Args:
            answer: what is taken.
            source: its text, which stands in the exercise's cell.
        """
        exercise, last = answer.exercise, answer.cells[-1]
        late = [own for own in self._cells if own.after >= exercise.place]
        if not late:
            return
        uses = used_from_outside(source)
        before = [own for own in late if own.index < last]
        after = [own for own in late if own.index > last and own.after >= exercise.test]
        first = {*_those(before, uses | UNCLEAR), *_those(after, uses - self._known)}
        for own in late:
            rebinds = bool(own.binds & exercise.functions)
            if own.index in first or (rebinds and own.index < last):
                own.after = exercise.place - 1
            elif rebinds and own.after < exercise.test:
                own.after = exercise.test

    def among(self, cells: Iterable[NotebookNode]) -> list[NotebookNode]:
        """The cells of the notebook that is graded: the unit's, and these in their places."""
        own: dict[int, list[NotebookNode]] = {}
        for each in sorted(self._cells, key=lambda each: each.index):
            cell = new_code_cell(each.source, metadata={KEY: {"was": ""}})
            own.setdefault(each.after, []).append(cell)
        found = own.get(-1, [])
        for place, cell in enumerate(cells):
            found += [cell, *own.get(place, [])]
        return found

    @cached_property
    def _known(self) -> frozenset[str]:
        """The names that the unit's cells bind, and Python itself."""
        code = (cell.source for cell in self._template if cell.cell_type == "code")
        return _BUILTINS.union(*(names(source)[0] for source in code))


def _those(cells: Sequence[_Own], wanted: Iterable[str]) -> Iterator[int]:
    """Which of the cells bind these names, or what those use in their turn."""
    known = [(own.binds, own.uses) for own in cells]
    return (cells[place].index for place in needed(known, wanted))


def used_from_outside(source: str) -> frozenset[str]:
    """The names that a cell and its functions look up in the notebook; none if it is unreadable."""
    text = readable(source)
    try:
        todo = [symtable.symtable(text, "cell", "exec")]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return frozenset()
    found: set[str] = set()
    while todo:
        table = todo.pop()
        top = table.get_type() == "module"
        symbols = table.get_symbols()
        found |= {s.get_name() for s in symbols if s.is_referenced() and (top or s.is_global())}
        todo += table.get_children()
    return frozenset(found)
