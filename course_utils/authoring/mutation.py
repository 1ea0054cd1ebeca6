"""Mutation testing of the checks: a right answer, changed in one place, must lose points.

Right answers are the solutions and the variants among the sample answers.

The changes are those of cosmic-ray's operators. A mutant that still gets full marks has survived:
a new case must kill it, or `SURVIVORS` in `answers/TOPIC/EXERCISE.py` says why it is right.
"""

import ast
import linecache
import multiprocessing
import multiprocessing.pool
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from course_utils.authoring.answers import load
from course_utils.authoring.notebook import read_script
from course_utils.checks import exercises
from course_utils.repository import Unit

SECONDS_A_MUTANT = 10.0
MARKERS = ("### BEGIN SOLUTION", "### END SOLUTION")
NEEDS_ARGUMENTS = ("core/VariableReplacer", "core/VariableInserter")


@dataclass(frozen=True)
class Mutant:
    """One change of one right answer: the exercise, what changed, and all code up to its cell."""

    topic: str
    exercise: str
    change: str
    code: str


@dataclass(frozen=True)
class Verdict:
    """What the check said: `killed`, `timeout`, `survived`, or `explained` with the reason."""

    mutant: Mutant
    outcome: str
    reason: str = ""


def mutants(unit: Unit) -> Iterator[Mutant]:
    """Every different mutant of the unit's solutions, in the order of the lesson."""
    code_before = ""
    for position, cell in enumerate(_code_cells(unit)):
        name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        is_solution = cell.metadata.get("nbgrader", {}).get("solution", False)
        if position and not is_solution:
            continue
        solution = "\n".join(
            line for line in cell.source.splitlines() if line.strip() not in MARKERS
        )
        if is_solution:
            for change, mutated in _mutations(solution + "\n"):
                yield Mutant(unit.topic, name, change, code_before + mutated)
        code_before += solution + "\n\n"


def mutants_of_variants(unit: Unit, seed: int = 0) -> list[Mutant]:
    """Every different mutant of the unit's variants, shuffled: a budget then meets all of them."""
    imports = _code_cells(unit)[0].source + "\n\n"
    found = [
        Mutant(unit.topic, answer.exercise, change, imports + mutated)
        for answer in load(unit).variants
        for change, mutated in _mutations(answer.source)
    ]
    random.Random(seed).shuffle(found)  # noqa: S311 (no secret)
    return found


def judge(unit: Unit, chosen: Iterable[Mutant]) -> Iterator[Verdict]:
    """Run the check over mutants, each within a time limit, in a process of its own.

    The process is shared by mutants until one exceeds the limit: then it is replaced.
    """
    explained = load(unit).survivors
    pool = _pool()
    try:
        for mutant in chosen:
            try:
                survived = pool.apply_async(_gets_full_marks, (mutant,)).get(SECONDS_A_MUTANT)
            except multiprocessing.TimeoutError:
                pool.terminate()
                pool = _pool()
                yield Verdict(mutant, "timeout")
                continue
            if not survived:
                yield Verdict(mutant, "killed")
            elif (key := f"{mutant.exercise}: {mutant.change}") in explained:
                yield Verdict(mutant, "explained", explained[key])
            else:
                yield Verdict(mutant, "survived")
    finally:
        pool.terminate()


def _code_cells(unit: Unit) -> list:
    return [cell for cell in read_script(unit.script).cells if cell.cell_type == "code"]


def _mutations(code: str) -> Iterator[tuple[str, str]]:
    """Each different one-place change of the code, as `old line -> new line`, and the new code."""
    from cosmic_ray.mutating import mutate_code
    from cosmic_ray.plugins import get_operator, operator_names

    seen = {_meaning(code)}
    for name in sorted(operator_names()):
        if name in NEEDS_ARGUMENTS:
            continue
        operator = get_operator(name)()
        occurrence = 0
        while mutated := mutate_code(code, operator, occurrence):
            occurrence += 1
            if (meaning := _meaning(mutated)) not in seen:
                seen.add(meaning)
                yield _change(code, mutated), mutated


def _meaning(code: str) -> str:
    """The code as a tree without the texts of its errors, which no check judges."""
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return code
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            node.exc.args = []
    return ast.dump(tree)


def _change(old: str, new: str) -> str:
    pairs = zip(old.splitlines(), new.splitlines(), strict=False)
    return next(f"{a.strip()} -> {b.strip()}" for a, b in pairs if a != b)


def _pool() -> multiprocessing.pool.Pool:
    return multiprocessing.get_context("spawn").Pool(1)


def _gets_full_marks(mutant: Mutant) -> bool:
    """Run in the worker: whether the mutant's check finds nothing wrong, on two seeds."""
    filename = f"<mutant of {mutant.exercise}>"
    lines = mutant.code.splitlines(keepends=True)
    linecache.cache[filename] = (len(mutant.code), None, lines, filename)
    exercise = exercises(mutant.topic)[mutant.exercise]
    scope: dict[str, Any] = {"__name__": "mutant"}
    try:
        exec(compile(mutant.code, filename, "exec"), scope)  # noqa: S102 - our own solution
    except Exception:
        return False  # a mutant that does not even load is dead
    names = exercise.functions or (exercise.name,)
    if any(name not in scope for name in names):
        return False
    answers = [scope[name] for name in names]
    return exercise(*answers).passed and exercise(*answers, seed=1).passed
