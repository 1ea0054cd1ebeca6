"""What each regulariser brings, alone and together: phantoms, or real images.

A small network without any of them learns from 50, 200 and 1,000 patients; then with each one, then
with all. Reported is the AUC on the test films; the interval (95 %) comes from a bootstrap that
draws training draws, and test patients with all their films. Real films have no patients' numbers:
there every film counts as a patient, which makes the intervals too narrow.

Run: python benchmarks/regularization.py [--draws 5] [--part NAME] [--write FILE]
Parts: budget, rate, clinic, flip. The images are those of the environment:
COURSE_DATA_SOURCE=phantoms, or COURSE_DATA=FOLDER COURSE_DATA_SOURCE=real.
`--write course_utils/widgets/regularization/budget.json` puts the part `budget` into the file that
the widget `budget` shows.
"""

import argparse
import copy
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
import torch
from rich.console import Console
from rich.progress import track
from rich.table import Table
from torch import nn
from torch.nn import functional

from course_utils import data
from course_utils.data.dataset import Split
from course_utils.models import as_input, fit, predict

BUDGETS = (50, 200, 1000)
STEPS, BATCH, EVERY = 250, 32, 20
RESAMPLES = 2000
BRIGHT, FLAT = 100, 0.5
"""The other clinic: a gray value v becomes FLAT · v + BRIGHT."""


@dataclass(frozen=True)
class Recipe:
    """How a network is built and trained; the defaults have no regulariser."""

    rate: float = 2e-3
    norm: str = ""  # "batch" or "group"
    dropout: float = 0.0
    decay: float = 0.0
    smoothing: float = 0.0
    mixup: float = 0.0
    augmented: bool = False
    flipped: bool = False
    stopped: bool = False


PLAIN = Recipe()
RECIPES = {
    "none": PLAIN,
    "weight decay": replace(PLAIN, decay=1.0),
    "dropout": replace(PLAIN, dropout=0.5),
    "batch norm": replace(PLAIN, norm="batch"),
    "early stopping": replace(PLAIN, stopped=True),
    "augmentation": replace(PLAIN, augmented=True),
    "label smoothing": replace(PLAIN, smoothing=0.1),
    "mixup": replace(PLAIN, mixup=0.4),
    "all but mixup": replace(
        PLAIN, decay=1.0, dropout=0.5, norm="batch", stopped=True, augmented=True, smoothing=0.1
    ),
}
RATES = (1e-4, 3e-4, 1e-3, 3e-3, 1e-2)
Pool = tuple[np.ndarray, np.ndarray, np.ndarray]  # images, labels, patients


def network(recipe: Recipe, seed: int) -> nn.Sequential:
    """Three stages of convolution, a hidden layer that can learn films by heart, two logits."""
    norms = {
        "": lambda c: nn.Identity(), "batch": nn.BatchNorm2d, "group": lambda c: nn.GroupNorm(4, c)
    }  # fmt: skip
    layers: list[nn.Module] = []
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        for before, after, stride in ((1, 16, 2), (16, 32, 1), (32, 64, 1)):
            conv = nn.Conv2d(before, after, 3, stride, padding=1)
            layers += [conv, norms[recipe.norm](after), nn.ReLU()]
            layers += [nn.MaxPool2d(2)] if stride == 1 else []
        layers += [nn.Flatten(), nn.Linear(64 * 9, 64), nn.ReLU(), nn.Dropout(recipe.dropout)]
        layers.append(nn.Linear(64, 2))
    return nn.Sequential(*layers).to(memory_format=torch.channels_last)


class Augmented(nn.Module):
    """A network that sees every training film moved, turned, and with other gray values."""

    def __init__(self, inner: nn.Module, recipe: Recipe) -> None:
        super().__init__()
        self.inner, self.recipe = inner, recipe

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if self.training and self.recipe.augmented:
            x = _moved(x)
        if self.training and self.recipe.flipped:
            mirrored = torch.rand(len(x)) < 0.5
            x = torch.where(mirrored[:, None, None, None], x.flip(3), x)
        return self.inner(x)


def _moved(x: torch.Tensor) -> torch.Tensor:
    """Up to 2 of 28 pixels, 10 degrees, contrast by a tenth, brightness by a tenth."""
    n = len(x)
    angle = (2 * torch.rand(n) - 1) * np.pi / 18
    shift = (2 * torch.rand(n, 2) - 1) * 2 / 14
    cos, sin = angle.cos(), angle.sin()
    turn = torch.stack([cos, -sin, shift[:, 0], sin, cos, shift[:, 1]], dim=1).view(n, 2, 3)
    grid = functional.affine_grid(turn, list(x.shape), align_corners=False)
    moved = functional.grid_sample(x, grid, padding_mode="border", align_corners=False)
    gain = 0.9 + 0.2 * torch.rand(n, 1, 1, 1)
    more = 0.4 * (2 * torch.rand(n, 1, 1, 1) - 1)  # 0.1 of the gray scale; a unit is 64 of 255
    return gain * (moved + 0.4) - 0.4 + more


def learned(recipe: Recipe, pool: Pool, seed: int) -> nn.Module:
    """A network trained on these films for STEPS steps."""
    images, labels, patients = pool
    x, y = as_input(images), functional.one_hot(torch.from_numpy(labels), 2).float()
    kept = np.ones(len(x), dtype=bool)
    if recipe.stopped:  # a fifth of the patients is not learned from
        people = np.random.default_rng([seed, 1]).permutation(np.unique(patients))
        kept = ~np.isin(patients, people[: max(2, len(people) // 5)])
    net = Augmented(network(recipe, seed), recipe)
    optimizer = torch.optim.AdamW(net.parameters(), recipe.rate, weight_decay=recipe.decay)
    rng = np.random.default_rng([seed, 2])

    def loss(logits: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
        return functional.cross_entropy(logits, targets, label_smoothing=recipe.smoothing)

    x_in, y_in = x[kept], y[kept]
    epochs = max(1, round(STEPS / -(-len(x_in) // BATCH)))
    best, state = np.inf, None
    if recipe.mixup:
        _learn_mixed(net, x_in, y_in, epochs, optimizer, recipe, rng, loss)
        return net.eval()
    for epoch in fit(
        net, x_in, y_in, epochs=epochs, optimizer=optimizer, seed=seed, batch_size=BATCH, loss=loss
    ):
        due = epochs < EVERY or epoch.number % (epochs // EVERY) == 0
        if recipe.stopped and due:
            shares = predict(net, x[~kept])
            value = -(y[~kept] * shares.clamp_min(1e-12).log()).sum(1).mean().item()
            if value < best:
                best, state = value, copy.deepcopy(net.state_dict())
    if state is not None:
        net.load_state_dict(state)
    return net.eval()


def _learn_mixed(net, x, y, epochs, optimizer, recipe, rng, loss) -> None:  # type: ignore[no-untyped-def]
    """As `fit`, with each batch mixed with itself in another order."""
    net.train()
    for _ in range(epochs):
        for rows in torch.from_numpy(rng.permutation(len(x))).split(BATCH):
            share, partner = rng.beta(recipe.mixup, recipe.mixup), rows[rng.permutation(len(rows))]
            mixed = torch.lerp(x[partner], x[rows], share), torch.lerp(y[partner], y[rows], share)
            optimizer.zero_grad()
            loss(net(mixed[0]), mixed[1]).backward()
            optimizer.step()


def drawn(pool: Pool, count: int, seed: int) -> Pool:
    """All films of some patients, as many ill as healthy ones as far as they go."""
    images, labels, patients = pool
    rng, people = np.random.default_rng([seed, 3]), []
    for label in (0, 1):
        people.append(rng.permutation(np.unique(patients[labels == label]))[: count // 2])
    rows = np.flatnonzero(np.isin(patients, np.concatenate(people)))
    return images[rows], labels[rows], patients[rows]


def score(net: nn.Module, images: np.ndarray) -> np.ndarray:
    """(N,) how sure the network is of an opacity, as a logit."""
    shares = predict(net, as_input(images)).double().clamp(1e-12, 1 - 1e-12)
    return torch.logit(shares[:, 1]).numpy()


class Resampled:
    """AUC over resampled patients: films enter as often as their patient was drawn."""

    def __init__(self, labels: np.ndarray, patients: np.ndarray) -> None:
        _, owner = np.unique(patients, return_inverse=True)
        people = owner.max() + 1
        rng = np.random.default_rng(4)
        drawn = rng.multinomial(people, np.full(people, 1 / people), size=RESAMPLES)
        self.labels, self.weights = labels, drawn[:, owner].astype(float)

    def auc(self, scores: np.ndarray) -> tuple[float, np.ndarray]:
        """Of all films, and (RESAMPLES,) of the resampled ones."""
        order = np.argsort(scores, kind="stable")
        ill = self.labels[order] == 1

        def area(weights: np.ndarray) -> np.ndarray:
            weights = weights[..., order]
            below = np.cumsum(weights * ~ill, axis=-1)
            return (weights * ill * below).sum(-1) / (
                (weights * ill).sum(-1) * (weights * ~ill).sum(-1)
            )

        return float(area(np.ones(len(scores)))), area(self.weights)


def summary(areas: Sequence[tuple[float, np.ndarray]]) -> tuple[float, float, float]:
    """Mean over the draws, and the interval over draws and patients."""
    rng = np.random.default_rng(5)
    table = np.stack([resampled for _, resampled in areas])
    which = rng.integers(len(areas), size=(len(areas), RESAMPLES))
    means = np.take_along_axis(table, which, axis=0).mean(axis=0)
    low, high = np.quantile(means, [0.025, 0.975])
    return float(np.mean([whole for whole, _ in areas])), float(low), float(high)


def cell(areas: Sequence[tuple[float, np.ndarray]]) -> str:
    """A result as the tables print it."""
    mean, low, high = summary(areas)
    return f"{mean:.3f} ({low:.3f}–{high:.3f})"


def budget(
    train: Pool, test: Pool, draws: int, console: Console, write: Path | None, name: str
) -> None:
    """AUC of every recipe for every number of patients."""
    resampled = Resampled(*test[1:])
    table = Table("AUC", *(f"{count} patients" for count in BUDGETS), title=name)
    found = {}
    for recipe in track(RECIPES, console=console, transient=True):
        cells = []
        for count in BUDGETS:
            nets = (
                learned(RECIPES[recipe], drawn(train, count, seed), seed) for seed in range(draws)
            )
            areas = [resampled.auc(score(net, test[0])) for net in nets]
            cells.append(cell(areas))
            found.setdefault(recipe, []).append([round(value, 4) for value in summary(areas)])
        table.add_row(recipe, *cells)
        print(recipe, *cells, flush=True)
    console.print(table)
    if write is not None:
        kept = json.loads(write.read_text("utf-8")) if write.exists() else {}
        kept[name] = {
            "measured": date.today().isoformat(), "draws": draws, "patients": BUDGETS, "auc": found
        }  # fmt: skip
        write.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", "utf-8")


def rate(train: Pool, test: Pool, draws: int, console: Console) -> None:
    """The learning rate alone, 200 patients, no other regulariser."""
    resampled = Resampled(*test[1:])
    table = Table("rate", "training loss", "test loss", "AUC")
    for value in RATES:
        areas, losses = [], []
        for seed in range(draws):
            some = drawn(train, 200, seed)
            net = learned(replace(PLAIN, rate=value), some, seed)
            areas.append(resampled.auc(score(net, test[0])))
            losses.append([_loss(net, some), _loss(net, test)])
        inside, outside = np.mean(losses, axis=0)
        table.add_row(f"{value:g}", f"{inside:.3f}", f"{outside:.2f}", cell(areas))
    console.print(table)


def _loss(net: nn.Module, pool: Pool) -> float:
    shares = predict(net, as_input(pool[0])).clamp_min(1e-12)
    return functional.nll_loss(shares.log(), torch.from_numpy(pool[1])).item()


def clinic(train: Pool, test: Pool, draws: int, console: Console) -> None:
    """Three networks at home and in a clinic with other gray values, 1,000 patients."""
    resampled = Resampled(*test[1:])
    other = np.clip(np.rint(FLAT * test[0] + BRIGHT), 0, 255).astype(np.uint8)
    table = Table(
        "norm, mode", "AUC at home", "AUC there", "called ill at home", "called ill there"
    )
    for norm in ("", "group", "batch"):
        nets = [
            learned(replace(PLAIN, norm=norm), drawn(train, 1000, seed), seed)
            for seed in range(draws)
        ]
        for mode in ("evaluation", "training")[: 1 + (norm == "batch")]:
            cells = []
            for images in (test[0], other):
                scores = [_scores(net, images, mode) for net in nets]
                cells.append(
                    (cell([resampled.auc(each) for each in scores]),
                     f"{np.mean(np.stack(scores) > 0):.0%}")
                )  # fmt: skip
            aucs, called = zip(*cells, strict=True)
            table.add_row(f"{norm or 'none'}, {mode}", *aucs, *called)
    console.print(table)


def _scores(net: nn.Module, images: np.ndarray, mode: str) -> np.ndarray:
    """Logits of opacity; in training mode the batch's own statistics, batch for batch of 64."""
    if mode == "evaluation":
        return score(net, images)
    copied = copy.deepcopy(net).train()
    copied.recipe = PLAIN  # type: ignore[assignment]
    with torch.inference_mode():
        logits = torch.cat([copied(batch) for batch in as_input(images).split(64)]).double()
    return (logits[:, 1] - logits[:, 0]).numpy()


def flip(train: Pool, test: Pool, draws: int, console: Console) -> None:
    """Mirrored films as augmentation: for opacities, and for a heart on the other side."""
    table = Table("200 patients", "without flips", "with flips")
    for task in ("opacity", "heart on the other side"):
        kinds = [_situs(pool, at) if task != "opacity" else pool for at, pool in
                 enumerate((train, test))]  # fmt: skip
        resampled = Resampled(*kinds[1][1:])
        cells = []
        for flipped in (False, True):
            recipe = replace(PLAIN, flipped=flipped)
            nets = (learned(recipe, drawn(kinds[0], 200, seed), seed) for seed in range(draws))
            cells.append(cell([resampled.auc(score(net, kinds[1][0])) for net in nets]))
        table.add_row(task, *cells)
    console.print(table)


def _situs(pool: Pool, seed: int) -> Pool:
    """The same films, those of half the patients mirrored; the label says which."""
    images, _, patients = pool
    people = np.unique(patients)
    chosen = np.random.default_rng([seed, 6]).permutation(people)[: len(people) // 2]
    mirrored = np.isin(patients, chosen)
    moved = np.where(mirrored[:, None, None], images[:, :, ::-1], images)
    return moved, mirrored.astype(np.int64), patients


def main() -> None:
    """Print the tables that are asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--draws", type=int, default=5)
    parser.add_argument("--part", choices=("budget", "rate", "clinic", "flip"))
    parser.add_argument("--write", type=Path)
    given = parser.parse_args()
    torch.set_num_threads(1)
    console = Console(width=120)
    chest = data.load("pneumoniamnist")
    console.print(repr(chest), date.today().isoformat(), f"{given.draws} draws")

    def pool(split: Split) -> Pool:
        patients = np.arange(len(split)) if split.truth is None else split.truth.patients
        return split.images, split.labels, patients

    train, test = pool(chest.train), pool(chest.test)
    name = "phantoms" if chest.source == "phantoms" else "PneumoniaMNIST"
    parts = {
        "budget": lambda: budget(train, test, given.draws, console, given.write, name),
        "rate": lambda: rate(train, test, given.draws, console),
        "clinic": lambda: clinic(train, test, given.draws, console),
        "flip": lambda: flip(train, test, given.draws, console),
    }
    for part in [given.part] if given.part else parts:
        parts[part]()


if __name__ == "__main__":
    main()
