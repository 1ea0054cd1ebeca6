"""The three models of 05-cnn on chest opacity: how good, how sure, how fast.

The lesson's own code is taken from its script and trained as it is there, on phantoms and, where
the folder COURSE_DATA holds them, on the real images of PneumoniaMNIST. Published for comparison:
ResNet-18 at 28×28, AUC 0.944, accuracy 0.854 (Yang 2023).

Run: COURSE_DATA=FOLDER python benchmarks/cnn.py
"""

import ast
import os
import time
from collections.abc import Iterator

import numpy as np
import torch
from rich.console import Console
from rich.table import Table

from course_utils import data
from course_utils.authoring.notebook import read_script
from course_utils.data.dataset import Dataset
from course_utils.repository import repository, units

WANTED = {"tensors", "optimizer_for", "probabilities", "fit", "trained", "bootstrap", "people"}
NAMES = ("accuracy", "AUC", "sensitivity", "specificity")
ROUNDS = 1000


def lesson() -> dict:
    """What the lesson defines: its solutions, its recipes and its helpers."""
    [unit] = units(repository(), ["05-cnn"])
    scope: dict = {"__name__": "lesson"}
    cells = [cell for cell in read_script(unit.script).cells if cell.cell_type == "code"]
    for position, cell in enumerate(cells):
        tree = ast.parse(cell.source)
        defined = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        solution = cell.metadata.get("nbgrader", {}).get("solution")
        if position == 0 or solution or defined & WANTED:
            exec(compile(tree, unit.script.name, "exec"), scope)  # noqa: S102 - our own lesson
    return scope


def measured(scope: dict, dataset: Dataset) -> Iterator[tuple[str, list[str], float]]:
    """For each model: its name, the four measures with 95 % intervals, seconds of training."""
    images, labels = (tensor.numpy() for tensor in scope["tensors"](dataset.test).tensors)
    patients = scope["people"](dataset.test)

    def measures(rows: np.ndarray, scores: np.ndarray) -> np.ndarray:
        truth, given = labels[rows], scores[rows]
        rates = scope["sensitivity_specificity"](truth, given)
        accuracy = np.mean((given >= 0.5) == truth)
        return np.array([accuracy, scope["roc_auc"](truth, given), *rates])

    for name, recipe in scope["recipes"].items():
        start = time.perf_counter()
        model, _ = scope["trained"](dataset, recipe)
        seconds = time.perf_counter() - start
        scores = scope["probabilities"](model, torch.from_numpy(images))[:, 1]
        values = measures(np.arange(len(labels)), scores)
        low, high = scope["bootstrap"](lambda rows, s=scores: measures(rows, s), patients, ROUNDS)
        triples = zip(values, low, high, strict=True)
        yield name, [f"{v:.3f} ({a:.3f}–{b:.3f})" for v, a, b in triples], seconds


def main() -> None:
    """Print a table of both data sets."""
    scope = lesson()
    table = Table("images", "model", *NAMES, "seconds", title="test images, 95 % intervals")
    for source in ("phantoms", "real") if os.environ.get("COURSE_DATA") else ("phantoms",):
        os.environ["COURSE_DATA_SOURCE"] = source
        dataset = data.load("pneumoniamnist")
        for name, cells, seconds in measured(scope, dataset):
            table.add_row(dataset.source, name, *cells, f"{seconds:.1f}")
    Console(width=150).print(table)


if __name__ == "__main__":
    main()
