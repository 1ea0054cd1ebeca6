"""Finds which cells of a submission answer an exercise, by their labels and by what they define.

Cells are copied, restored, merged, split, moved, and lose their labels. A definition counts
wherever it stands; one that is only a stub never does. Nothing is run: cells are read as text.
"""

import ast
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from nbformat.notebooknode import NotebookNode
from nbgrader.utils import is_solution

from course_utils.judging.cell_names import (
    UNCLEAR,
    bound,
    is_python,
    lines_of,
    loaded,
    names,
    parsed,
)
from course_utils.judging.cells import grade_id, is_test
from course_utils.judging.ranks import FUNCTIONS, Rank, rank_of, skeleton

_BEGINS = re.compile(r"^[ \t]*(?:def|class)[ \t]+(\w+)", re.MULTILINE)
_NAMED = 8
"""Cells that are named in a sentence."""

_MAGIC = re.compile(r"\s*%%.*\n?")


@dataclass(frozen=True)
class Exercise:
    """An exercise of a unit.

    Attributes:
        name: of its cell.
        place: of its cell in the template.
        test: the place of its test.
        functions: the names that an answer must define.
        released: the statements of its stub, as `ranks.skeleton` has them.
    """

    name: str
    place: int
    test: int
    functions: frozenset[str]
    released: frozenset[str]


@dataclass(frozen=True)
class Definition:
    """Where a cell of a submission defines one of the names that an exercise asks for."""

    function: str
    cell: int
    rank: Rank
    lines: range = range(0)
    text: str = ""
    wraps: bool = False
    """Whether it makes use of what the name meant before."""


@dataclass(frozen=True)
class Answer:
    """What is taken as the answer to an exercise.

    Attributes:
        exercise: the exercise.
        cells: the submission's cells that are taken, by index; none when there is no answer.
        note: what the student is told of this, in sentences; empty where all is as it should be.
        question: what the instructor is asked; empty where all could be decided.
    """

    exercise: Exercise
    cells: tuple[int, ...] = ()
    note: str = ""
    question: str = ""


def exercises(template: Sequence[NotebookNode]) -> list[Exercise]:
    """The exercises with code among the cells of a unit's template, in order."""
    tests = {grade_id(cell): place for place, cell in enumerate(template) if is_test(cell)}
    found = []
    for place, cell in enumerate(template):
        name = grade_id(cell)
        if name is None or cell.cell_type != "code" or not is_solution(cell):
            continue
        tree = parsed(cell.source)
        functions = bound(tree) if tree else set()
        released = {skeleton(statement) for statement in tree.body} if tree else set()
        test = tests.get(f"{name}-test", place)
        found.append(
            Exercise(name, place, test, frozenset(functions or {name}), frozenset(released - {""}))
        )
    return found


class Found:
    """The answers in a submission.

    Args:
        template: the cells of the unit's template.
        cells: those of the submission.
        places: which cell of the template each of them is, by index; copies may share a place.
    """

    def __init__(
        self,
        template: Sequence[NotebookNode],
        cells: Sequence[NotebookNode],
        places: Mapping[int, int],
    ) -> None:
        self._cells = cells
        self._places = places
        self._exercises = exercises(template)
        self._labels = {each.place: each.name for each in self._exercises}
        self._wanted = {f: each for each in self._exercises for f in each.functions}
        self._tests = {each.test: each.name for each in self._exercises if each.test != each.place}
        self._definitions: list[Definition] = []
        self._in_tests: list[Definition] = []
        self._last_checks: dict[str, int] = {}
        for index, cell in enumerate(cells):
            place = places.get(index, -1)
            if place in self._tests:
                self._last_checks[self._tests[place]] = index
            if self._may_answer(index, cell, template):
                binds, uses = names(cell.source)
                which = self._in_tests if place in self._tests else self._definitions
                which += self._in_cell(index, cell.source, binds)
                if "check" in uses:
                    self._last_checks |= dict.fromkeys(self._checked(cell.source), index)
        answered = {d.function for d in self._definitions if d.rank > Rank.BROKEN}
        self._stubs: dict[int, list[Definition]] = {}
        for definition in self._definitions:
            if definition.rank == Rank.STUB and definition.function in answered:
                self._stubs.setdefault(definition.cell, []).append(definition)

    @cached_property
    def answers(self) -> list[Answer]:
        """What is taken for each exercise, in the order of the unit."""
        return [self._answer(exercise) for exercise in self._exercises]

    def source(self, index: int) -> str:
        """The text of a cell without the stubs of what is answered elsewhere.

        Its lines keep their numbers.
        """
        if index not in self._stubs:
            return self._cells[index].source
        lines = lines_of(self._cells[index].source)
        for stub in self._stubs[index]:
            first, *others = stub.lines
            lines[first] = f"# {stub.function}: a stub stood here; it is answered elsewhere.\n"
            for number in others:
                lines[number] = "\n"
        return "".join(lines)

    def says_something(self, index: int) -> bool:
        """Whether there is anything in a cell when such stubs are left out."""
        written, source = self._cells[index].source, self.source(index)
        lines = map(str.strip, source.splitlines())
        return bool(written.strip()) and (
            source == written or any(line and not line.startswith("#") for line in lines)
        )

    def joined(self, indices: Sequence[int]) -> str:
        """The text of several cells as one."""
        first, *others = (self.source(index).rstrip("\n") for index in indices)
        return "\n\n".join([first, *(_MAGIC.sub("", text, count=1) for text in others)])

    def _may_answer(self, index: int, cell: NotebookNode, template: Sequence[NotebookNode]) -> bool:
        place = self._places.get(index)
        if place is None:
            return cell.cell_type == "code"
        if place in self._labels:
            return True
        is_code = cell.cell_type == template[place].cell_type == "code"
        return is_code and template[place].source.strip() != cell.source.strip()

    def _in_cell(self, index: int, source: str, binds: Set[str]) -> Iterator[Definition]:
        wanted = self._wanted
        if not binds & (UNCLEAR | wanted.keys()):
            return
        tree = parsed(source)
        if tree is None and is_python(source):
            said = set(_BEGINS.findall(source))
            yield from (Definition(f, index, Rank.BROKEN) for f in said & wanted.keys())
        if tree and not UNCLEAR.isdisjoint(binds):  # it imports a module's names, all of them
            own = self._labels.get(self._places.get(index, -1))
            said = {f for f, exercise in wanted.items() if exercise.name == own}
            yield from (Definition(f, index, Rank.ASSIGNED) for f in said)
        for node in tree.body if tree else ():
            for function in bound(node) & wanted.keys():
                text = skeleton(node)
                rank = rank_of(node, function)
                if rank == Rank.DEFINED and text in wanted[function].released:
                    rank = Rank.STUB
                if rank is not None:
                    first = min(d.lineno for d in [node, *getattr(node, "decorator_list", [])])
                    lines = range(first - 1, node.end_lineno or first)
                    wraps = not isinstance(node, FUNCTIONS) and function in loaded(node)
                    yield Definition(function, index, rank, lines, text, wraps)

    def _checked(self, source: str) -> set[str]:
        """The exercises that a cell checks by itself."""
        tree = parsed(source)
        known = {each.name for each in self._exercises}
        nodes = ast.walk(tree) if tree else ()
        return {n.attr for n in nodes if isinstance(n, ast.Attribute) and n.attr in known}

    def _answer(self, exercise: Exercise) -> Answer:
        own = [i for i, place in self._places.items() if place == exercise.place]
        found = [d for d in self._definitions if d.function in exercise.functions]
        taken = {}
        for function in sorted(exercise.functions):
            best = self._taken([d for d in found if d.function == function], exercise, own)
            if best is not None:
                taken[function] = best
        if not taken:
            return self._without(exercise, own)
        cells = tuple(sorted({definition.cell for definition in taken.values()}))
        question = ""
        for definition in taken.values():
            question = question or self._doubt(definition, found, exercise, own)
        return Answer(exercise, cells, self._note(exercise, cells, found, own), question)

    def _taken(
        self, found: Sequence[Definition], exercise: Exercise, own: Sequence[int]
    ) -> Definition | None:
        """The definition of a function that counts; None when there is none but stubs.

        It is the last one that the student has checked, if one stands in the exercise's own cell;
        else the last one in the notebook.
        """
        full = [d for d in found if d.rank == Rank.DEFINED or (d.rank > 2 and d.cell in own)]
        full = full or [d for d in found if d.rank == Rank.ASSIGNED]
        full = full or [d for d in found if d.rank == Rank.BROKEN]
        labelled = [d for d in full if d.cell in own]
        if not labelled:
            return full[-1] if full else None
        checked = self._last_checks.get(exercise.name, -1)
        later = [d for d in full if labelled[-1].cell <= d.cell < checked]
        return later[-1] if later else labelled[-1]

    def _without(self, exercise: Exercise, own: Sequence[int]) -> Answer:
        """Of an exercise that nothing defines: its own cell, if it is there, counts as it is."""
        name = ", ".join(sorted(exercise.functions))
        tests = [d.cell for d in self._in_tests if d.function in exercise.functions]
        if tests:
            said = f"cell {tests[-1] + 1} defines {name}, but is a test's: nothing in it counts"
            question = f"{exercise.name}: {said}. Is the answer there by mistake?"
            return Answer(exercise, tuple(own[-1:]), said.capitalize() + ".", question)
        stubs = {d.cell for d in self._definitions if d.rank == Rank.STUB}
        written = [index for index in own if index not in stubs]
        if written:
            index = written[-1]
            binds = names(self._cells[index].source)[0]
            question = (
                f"{exercise.name}: its cell, {index + 1}, does not define {name}. Is the answer "
                "there under another name?"
            )
            return Answer(exercise, (index,), question=question if binds - UNCLEAR else "")
        if own:
            return Answer(exercise, tuple(own[-1:]))
        return Answer(
            exercise,
            note=f"Your notebook has no cell of this exercise any more, and none that defines "
            f"{name}. If you did answer it, ask your instructor.",
            question=f"{exercise.name}: its cell is not in the notebook, and no cell defines "
            f"{name}. Is the answer there under another name?",
        )

    def _doubt(
        self,
        taken: Definition,
        found: Sequence[Definition],
        exercise: Exercise,
        own: Sequence[int],
    ) -> str:
        """What the instructor is asked where several cells answer, each in another way."""
        others = {
            d.cell
            for d in found
            if d.function == taken.function
            and d.rank == Rank.DEFINED
            and d.cell != taken.cell
            and d.text != taken.text
            and (d.cell > taken.cell or taken.cell not in own)
        }
        if not others or taken.wraps:
            return ""
        return (
            f"{exercise.name}: {_cells([*others, taken.cell])} define {taken.function}, each in "
            f"another way. Cell {taken.cell + 1} was taken: is it the right one?"
        )

    def _note(
        self,
        exercise: Exercise,
        cells: Sequence[int],
        found: Sequence[Definition],
        own: Sequence[int],
    ) -> str:
        said = []
        elsewhere = [cell for cell in cells if cell not in own]
        full = {d.cell for d in found if d.rank == Rank.DEFINED}
        broken = {d.cell for d in found if d.rank == Rank.BROKEN}
        if elsewhere:
            others = {self._labels.get(self._places.get(cell, -1)) for cell in elsewhere} - {None}
            whose = f" (the cell of {', '.join(sorted(map(str, others)))})" if others else ""
            if not own:
                why = "the exercise's own cell is not there any more, or has lost its label"
            elif broken.intersection(own):
                why = f"Python cannot read the exercise's own cell, {own[-1] + 1}"
            elif not full.intersection(own):
                why = f"the exercise's own cell, {own[-1] + 1}, has no answer"
            else:
                why = "it defines the answer anew"
            said.append(f"Taken from {_cells(cells)} of your notebook{whose}: {why}.")
        elif len(full.intersection(own)) > 1:
            said.append(
                f"{_cells(own).capitalize()} of your notebook are copies of this exercise's cell: "
                f"the last one with an answer, {cells[-1] + 1}, was taken."
            )
        stubs = {d.cell for d in found if d.rank == Rank.STUB}
        if not full.intersection(own):
            stubs -= set(own)
        if stubs:
            verb = "defines" if len(stubs) == 1 else "define"
            said.append(
                f"{_cells(stubs).capitalize()} of your notebook {verb} it once more without an "
                "answer; that was left out."
            )
        return " ".join(said)


def _cells(indices: Sequence[int] | set[int]) -> str:
    """Cells as they are counted from the top of a notebook, in words."""
    *numbers, last = [str(index + 1) for index in sorted(set(indices))]
    if not numbers:
        return f"cell {last}"
    dots = ", …" if len(numbers) > _NAMED else ""
    return f"cells {', '.join(numbers[:_NAMED])}{dots} and {last}"
