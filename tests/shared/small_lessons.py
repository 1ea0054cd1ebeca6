"""Small lessons as plain JSON, for the tests of what becomes of a student's copy."""

import json
from pathlib import Path

from course_utils.student.merge import text

STUB = "def {0}(x):\n    raise NotImplementedError()"


def markdown(name: str, source: str) -> dict:
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": lines(source)}


def code(name: str, source: str, **marks: object) -> dict:
    metadata = {"nbgrader": marks} if marks else {}
    return {
        "cell_type": "code",
        "id": name,
        "metadata": metadata,
        "source": lines(source),
        "outputs": [],
        "execution_count": None,
    }


def exercise(name: str, stub: str = STUB, points: float = 2) -> list[dict]:
    return [
        code(name, stub.format(name), grade_id=name, solution=True, grade=False),
        code(f"{name}-test", f"check({name})", grade_id=f"{name}-test", grade=True, points=points),
    ]


def lesson(*cells: dict) -> dict:
    return {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def lines(source: str) -> list[str]:
    return source.splitlines(keepends=True)


def sources(notebook: dict) -> list[str]:
    return ["".join(cell["source"]) for cell in notebook["cells"]]


def cell(notebook: dict, name: str) -> dict:
    return next(each for each in notebook["cells"] if each["id"] == name)


def write(path: Path, notebook: dict) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text(notebook))
    return path


def load(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))
