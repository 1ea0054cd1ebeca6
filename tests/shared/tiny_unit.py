"""A tiny unit, `01-sums`, for the tests of grading; without PyTorch, so it is fast."""

from pathlib import Path
from textwrap import dedent
from types import SimpleNamespace

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from course_utils.checks.core.report import MIME
from course_utils.demo.sample_class import to_bytes

ROOT = Path(__file__).resolve().parents[2]
UNIT = "01-sums"

CHECKS = """
    from types import SimpleNamespace
    from course_utils.checks.core import Exercise, Forbid, Misconception, ValueCase, call

    def drawn(rng):
        for _ in range(3):
            yield call([int(value) for value in rng.integers(10, 99, size=4)])

    check = SimpleNamespace(
        total=Exercise(
            "total", 2, sum,
            (ValueCase("three numbers", (call([1, 2, 4]),)), ValueCase("random numbers", drawn)),
            (Misconception("last left out", "Is the last number added?", lambda xs: sum(xs[:-1])),),
            (Forbid(("torch", "scipy", "numpy.nansum"), "add the numbers up."),),
        ),
        largest=Exercise(
            "largest", 4, lambda xs: max(xs),
            (ValueCase("three numbers", (call([1, 4, 2]),)), ValueCase("random numbers", drawn)),
            (Misconception("smallest", "You look for the smallest number.", lambda xs: min(xs)),),
        ),
    )
"""
WRONG = (
    SimpleNamespace(exercise="total", source="def total(xs):\n    return sum(xs[:-1])"),
    SimpleNamespace(exercise="largest", source="def largest(xs):\n    return min(xs)"),
)

SAMPLE_ANSWERS = """
from course_utils.authoring.answers import wrong

@wrong("total", "last left out")
def leaves_one_out(xs):
    return sum(xs[:-1])

@wrong("largest", "smallest")
def takes_the_smallest(xs):
    return min(xs)
"""


def code(source: str, tags: tuple[str, ...] = (), **nbgrader: object) -> NotebookNode:
    cell = new_code_cell(dedent(source).strip())
    if tags:
        cell.metadata.tags = list(tags)
    if nbgrader:
        defaults = {"grade": False, "solution": False, "locked": False, "task": False}
        cell.metadata.nbgrader = NotebookNode(defaults | {"schema_version": 3} | nbgrader)
    return cell


def exercise(name: str, line: str, points: float) -> list[NotebookNode]:
    answer = f"""
        def {name}(xs):
            ### BEGIN SOLUTION
            {line}
            ### END SOLUTION
    """
    test = f"""
        check.{name}({name})
        ### BEGIN HIDDEN TESTS
        check.{name}({name}, seed=20431)
        ### END HIDDEN TESTS
    """
    return [
        new_markdown_cell(f"## Write `{name}`"),
        code(answer, grade_id=name, solution=True),
        code(test, grade_id=f"{name}-test", grade=True, locked=True, points=points),
    ]


def tiny_source() -> NotebookNode:
    """The unit's source, with what an instructor's run leaves behind."""
    notebook = new_notebook(
        cells=[
            new_markdown_cell("# Sums"),
            code(CHECKS),
            *exercise("total", "return sum(xs)", 2),
            code("raise RuntimeError('a cell that only demonstrates was run')", tags=("demo",)),
            *exercise("largest", "return max(xs)", 4),
            code("1 + 1", tags=("covers-1.1", "nbval-skip")),
        ],
        metadata={
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
            "language_info": {"name": "python", "version": "3.11.7"},
            "widgets": {"application/vnd.jupyter.widget-state+json": {"state": {"a": "answer"}}},
        },
    )
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.metadata.execution = {"iopub.status.busy": "2026-01-01T00:00:00Z"}
    return notebook


def put_source(folder: Path, source: NotebookNode) -> None:
    place = folder / "solutions" / UNIT
    place.mkdir(parents=True)
    (place / f"{UNIT}.ipynb").write_bytes(to_bytes(source))
    (place / f"{UNIT}.py").write_text("# the hand-written source\n")


def cell_named(notebook: NotebookNode, name: str) -> NotebookNode:
    """The cell with this `grade_id`."""
    return next(
        cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == name
    )


def checked(notebook: NotebookNode) -> None:
    """Let each check of a notebook have been run after its answer, with full marks."""
    for cell in notebook.cells:
        known = cell.metadata.get("nbgrader", {})
        if known.get("solution"):
            cell.execution_count = 1
        elif known.get("grade"):
            name, points = known["grade_id"].removesuffix("-test"), known["points"]
            record = {"exercise": name, "earned": points, "points": points, "cases": []}
            data = {MIME: record | {"problem": "", "written": True}, "text/plain": str(points)}
            cell.execution_count = 2
            cell.outputs = [new_output("execute_result", data, execution_count=2)]
