"""How far saliency maps can be trusted: pointing game, randomization and noise, method by method.

Over networks of several seeds and films of patients that no network has seen. `hits`: the maximum
of the map lies in the true lesion (95 % interval of Wilson). `weights`, `labels`: rank correlation
with the map of a network with random weights, and of one trained on shuffled labels. `noise`: with
the map of the same film under noise that keeps the diagnosis. `letter`: the maximum lies at the
corner letter, for a network that was trained with letters, on films with the letter.

Run: python benchmarks/saliency.py [FILMS] [SEEDS]
"""

import sys

import numpy as np
import torch
from rich.console import Console
from rich.progress import track
from rich.table import Table
from scipy import ndimage, stats
from torch import nn

from course_utils import models
from course_utils.data import phantoms
from course_utils.widgets.saliency import maps

PIECES = np.kron(np.arange(49).reshape(7, 7), np.ones((4, 4), dtype=int))
EARLY = "Grad-CAM, layer 1"
GRAY = "occlusion, gray"


def explained(network: nn.Module, x: torch.Tensor, fill: torch.Tensor) -> dict[str, np.ndarray]:
    """Maps (N, 28, 28) of every method; hidden parts become `fill`, for `GRAY` middle gray."""
    found = {}
    for method in maps.METHODS:
        batches = x.split(1) if method == maps.LIME else [x]
        settings = {"pieces": PIECES, "fill": fill}
        parts = [maps.explain(method, network, batch, 1, **settings) for batch in batches]
        found[method] = np.concatenate(parts)
    found[GRAY] = maps.explain(maps.OCCLUSION, network, x, 1)
    found[EARLY] = maps.explain(maps.GRADCAM, network, x, 1, layer=maps.LAYERS[0])
    return found


def hits(found: np.ndarray, masks: np.ndarray) -> np.ndarray:
    """Whether each map's maximum lies in its mask; a constant map misses."""
    peaks = [maps.peak(values) for values in found]
    return np.array([at is not None and mask[at] for at, mask in zip(peaks, masks, strict=True)])


def alike(found: np.ndarray, others: np.ndarray) -> float:
    """The mean rank correlation, film by film."""
    pairs = zip(found, others, strict=True)
    return float(np.mean([maps.similarity(np.stack(pair))[1] for pair in pairs]))


def untrained(seed: int) -> nn.Module:
    """The same architecture with random weights."""
    network = models.SmallNet(2, widths=(12, 24, 48), seed=1000 + seed)
    network.layer3.pool = nn.Identity()
    return network.eval()


def one_seed(seed: int, films: int) -> tuple[dict[str, dict], list[str]]:
    """All figures of one network; and what to say of the networks."""
    train = phantoms.chest(1500, 28, seed=1)
    marked = phantoms.chest(1500, 28, seed=1, marker=0.95)
    test = phantoms.chest(3 * films, 28, seed=100 + seed)
    rows = np.flatnonzero(test.labels == 1)[:films]
    with_letter = phantoms.chest(3 * films, 28, seed=100 + seed, marker=1.0)[rows]
    x, masks = models.as_input(test.images[rows]), test.masks[rows]
    fill = models.as_input(train.images[train.labels == 0]).mean(0, keepdim=True)
    rng = np.random.default_rng(seed)

    network = models.classifier(train.images, train.labels, seed=seed)
    confused = models.classifier(train.images, rng.permutation(train.labels), seed=seed)
    fooled = models.classifier(marked.images, marked.labels, epochs=4, seed=seed)
    noisy = x + 0.15 * torch.from_numpy(rng.standard_normal(x.shape)).float()
    ill, ill_after = (models.predict(network, batch)[:, 1].numpy() > 0.5 for batch in (x, noisy))
    kept = ill == ill_after

    own, none = explained(network, x, fill), explained(untrained(seed), x, fill)
    shuffled, shaken = explained(confused, x, fill), explained(network, noisy, fill)
    cheating = explained(fooled, models.as_input(with_letter.images), fill)
    letters = ndimage.binary_dilation(with_letter.marker_masks, np.ones((1, 5, 5)))
    figures = {
        name: {
            "hits": hits(found, masks),
            "weights": alike(found, none[name]),
            "labels": alike(found, shuffled[name]),
            "noise": alike(found[kept], shaken[name][kept]),
            "letter": hits(cheating[name], letters),
        }
        for name, found in own.items()
    }
    brightest = x[:, 0].numpy()
    figures["brightest pixel"] = {"hits": hits(brightest, masks)}
    figures["blind guess"] = {"hits": masks.mean(axis=(1, 2))}
    said = (
        f"seed {seed}: {ill.mean():.0%} of the ill films found, {kept.mean():.0%} kept under noise"
    )
    return figures, [said]


def main() -> None:
    """Print the table."""
    films = int(sys.argv[1]) if len(sys.argv) > 1 else 150
    seeds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    torch.set_num_threads(1)
    runs, words = [], []
    for seed in track(range(seeds), "networks"):
        figures, said = one_seed(seed, films)
        runs.append(figures)
        words += said
    table = Table(title=f"{films} films with an opacity, {seeds} networks")
    for column in ("map", "hits", "95 %", "weights", "labels", "noise", "letter"):
        table.add_column(column, justify="left" if column == "map" else "right")
    for name in runs[0]:
        won = np.concatenate([run[name]["hits"] for run in runs])
        low, high = stats.binomtest(round(won.sum()), len(won)).proportion_ci(method="wilson")
        row = [name, f"{won.mean():.0%}", f"{low:.0%} to {high:.0%}"]
        if "weights" in runs[0][name]:
            for column in ("weights", "labels", "noise"):
                row.append(f"{np.mean([run[name][column] for run in runs]):.2f}")
            row.append(f"{np.mean([run[name]['letter'].mean() for run in runs]):.0%}")
        table.add_row(*row)
    console = Console()
    console.print(table)
    console.print("\n".join(words))


if __name__ == "__main__":
    main()
