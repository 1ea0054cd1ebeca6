"""Small nodules with and without skips; Dice against cross-entropy; one encoder against three.

On phantoms of 28 × 28. Each row is the mean over several trainings (seeds 0, 1, …) with the 95 %
interval by patient: test patients are drawn with replacement, with all their films and all
trainings. The lesson's own code is taken from its script.

Run: python benchmarks/segmentation.py [skips] [losses] [tasks]
"""

import ast
import sys
import time
from collections.abc import Callable

import numpy as np
import torch
from rich.console import Console
from rich.table import Table
from scipy.stats import rankdata
from torchvision.ops import box_iou, nms

from course_utils.authoring.notebook import read_script
from course_utils.authoring.pretrain_segmentation import cells, task_losses
from course_utils.data import phantoms
from course_utils.models import Segmenter, standardized
from course_utils.models.segmenter import CELL
from course_utils.repository import repository, units

WANTED = {
    *("EncoderDecoder", "soft_dice_loss", "dice", "boxes_from_mask", "interval", "nodules_found"),
    *("tensors", "cross_entropy", "both_losses", "trained", "predicted", "shown"),
}
SEEDS = {"skips": 5, "losses": 3, "tasks": 3}
BUDGETS = (50, 100, 200)
TASKS = {"class": (1, 0, 0), "boxes": (0, 1, 0), "mask": (0, 0, 1), "all": (1, 1, 1)}
SURE, SAME, HIT = 0.5, 0.2, 0.3  # a box is shown above, boxes are one above, a box is right above


def lesson() -> dict:
    """The lesson's own definitions, of its first cell's imports and the functions above."""
    script = units(repository(), ["09-segmentation"])[0].script
    names: dict = {}
    for cell in read_script(script).cells:
        if cell.cell_type != "code":
            continue
        tree = ast.parse(cell.source)
        tree.body = [
            node
            for node in tree.body
            if isinstance(node, ast.Import | ast.ImportFrom)
            or (isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name in WANTED)
        ]
        exec(compile(tree, str(script), "exec"), names)  # noqa: S102 - our own lesson
    return names


def nodules(own: dict, rows: dict[str, tuple[bool, Callable, int]], title: str) -> Table:
    """A row for each way to train: Dice, and the share of nodules that is found, by size."""
    films, new = phantoms.nodules(300, 28, seed=1), phantoms.nodules(200, 28, seed=2)
    table = Table("", "Dice", "found, < 9 pixels", "found, ≥ 9 pixels", "s", title=title)
    for name, (skip, loss, epochs) in rows.items():
        scores, hits, start = [], [], time.perf_counter()
        for seed in range(SEEDS[title]):
            network = own["trained"](skip, loss, films, epochs, seed)
            guess = own["predicted"](network, new)
            scores.append(own["dice"](guess, new.masks))
            hits.append(own["nodules_found"](guess, new))
        spent = (time.perf_counter() - start) / SEEDS[title]
        area, patient, _ = hits[0]
        hit = np.mean([each[2] for each in hits], axis=0)
        columns = [own["shown"](np.mean(scores, axis=0), new.patients)]
        columns += [own["shown"](hit[rows], patient[rows]) for rows in (area < 9, area >= 9)]
        spread = ", ".join(f"{each.mean():.2f}" for each in scores)
        table.add_row(name, *columns, f"{spent:.1f}")
        Console().print(f"{name}: Dice of each training {spread}", highlight=False)
    return table


def fitted(films: phantoms.Phantoms, weights: tuple[int, int, int], epochs: int, seed: int):
    """A network trained on the tasks whose weights are not zero."""
    torch.manual_seed(seed)
    network = Segmenter(skips=True)
    optimizer = torch.optim.Adam(network.parameters(), 5e-3)
    x, labels = standardized(films.images), torch.from_numpy(films.labels)
    masks, boxes = torch.from_numpy(films.masks).float(), cells(films.masks)
    for _ in range(epochs):
        for rows in torch.randperm(len(x)).split(16):
            optimizer.zero_grad()
            losses = task_losses(network(x[rows]), masks[rows], labels[rows], boxes[rows])
            sum(w * loss for w, loss in zip(weights, losses, strict=True)).backward()
            optimizer.step()
    return network.eval()


def auc(scores: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """(N,) for each ill film the share of healthy ones below it; their mean is the AUC."""
    healthy, ill = scores[labels == 0], scores[labels == 1]
    ranks = rankdata(np.concatenate([healthy, ill]))[len(healthy) :] - rankdata(ill)
    return ranks / len(healthy)


def boxes_found(answer, masks: np.ndarray) -> tuple[np.ndarray, float]:
    """For each true box whether one of ours lies on it; and wrong boxes per film."""
    hits, wrong = [], 0
    truth = cells(masks)
    sure = answer.boxes[:, 0].sigmoid()
    for image in range(len(masks)):
        ours, theirs = (
            _boxes(maps, there)
            for maps, there in (
                (answer.boxes[image, 1:], sure[image] > SURE),
                (truth[image, 1:], truth[image, 0] > 0),
            )
        )
        ours = ours[nms(ours, sure[image][sure[image] > SURE].double(), SAME)]
        overlap = box_iou(theirs, ours) > HIT
        hits.append(overlap.any(dim=1).numpy())
        wrong += int((~overlap.any(dim=0)).sum())
    return hits, wrong / len(masks)


def _boxes(maps: torch.Tensor, there: torch.Tensor) -> torch.Tensor:
    places = there.nonzero().double()
    down, right, height, width = (each[there].double() for each in maps)
    middle = torch.stack([right + places[:, 1], down + places[:, 0]], 1)
    half = torch.stack([width, height], 1).clamp(min=0.25) / 2
    return CELL * torch.cat([middle - half, middle + half], 1)


def tasks(own: dict) -> Table:
    """A row for each number of films: one encoder and three, by class, boxes and masks."""
    new = phantoms.chest(400, 28, seed=12)
    there = new.labels == 1
    x = standardized(new.images)
    table = Table("films", "", "AUC", "Dice, ill", "boxes found", "wrong boxes a film")
    for count in BUDGETS:
        films = phantoms.chest(count, 28, seed=11)
        epochs = max(15, 2000 // count)
        found: dict = {}
        for seed in range(SEEDS["tasks"]):
            answers = {}
            for name, weights in TASKS.items():
                network = fitted(films, weights, epochs, seed)
                with torch.inference_mode():
                    answers[name] = network(x)
            for kind, used in (("three", "class boxes mask"), ("one", "all all all")):
                of_class, of_boxes, of_mask = (answers[name] for name in used.split())
                score = (of_class.label[:, 1] - of_class.label[:, 0]).numpy()
                hits, wrong = boxes_found(of_boxes, new.masks)
                marked = (of_mask.mask > 0).numpy()
                found.setdefault(kind, []).append(
                    (
                        auc(score, new.labels),
                        own["dice"](marked[there], new.masks[there]),
                        np.concatenate(hits),
                        wrong,
                    )
                )
        ill = new.patients[there]
        owners = np.repeat(new.patients, [len(each) for each in hits])
        for kind in ("three", "one"):
            ranks, dices, boxed, wrong = (
                np.mean(each, axis=0) for each in zip(*found[kind], strict=True)
            )
            columns = [own["shown"](v, p) for v, p in ((ranks, ill), (dices, ill), (boxed, owners))]
            table.add_row(str(count), kind, *columns, f"{wrong:.2f}")
        Console().print(f"{count} films: done, {epochs} epochs", highlight=False)
    return table


def main(asked: list[str]) -> None:
    """Print the tables that are asked for, or all."""
    torch.set_num_threads(1)
    console, own = Console(width=110), lesson()
    both, cross, dice = own["both_losses"], own["cross_entropy"], own["soft_dice_loss"]
    if not asked or "skips" in asked:
        rows = {"with skips": (True, both, 12), "without skips": (False, both, 12)}
        rows |= {"with, 36 epochs": (True, both, 36), "without, 36 epochs": (False, both, 36)}
        console.print(nodules(own, rows, "skips"))
    if not asked or "losses" in asked:
        losses = {"cross-entropy": cross, "Dice": dice, "both": both}
        rows = {
            f"{name}, {epochs} epochs": (True, loss, epochs)
            for epochs in (12, 36)
            for name, loss in losses.items()
        }
        console.print(nodules(own, rows, "losses"))
    if not asked or "tasks" in asked:
        console.print(tasks(own))


if __name__ == "__main__":
    main(sys.argv[1:])
