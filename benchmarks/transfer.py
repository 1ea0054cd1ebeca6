"""AUC against the number of labels for four ways to train: phantoms, or real images.

Four shares of 1,000 labelled training films; the same steps for all ways; tested on the test split
(up to 624 films of other patients). Mean ± half the 95 % interval over the draws of the films.

Run: python benchmarks/transfer.py [DRAWS] [FACTOR]
FACTOR multiplies the steps. The images are those of the environment: COURSE_DATA_SOURCE=phantoms,
or COURSE_DATA=FOLDER COURSE_DATA_SOURCE=real.
"""

import sys

import numpy as np
import torch
from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from scipy.stats import t as student_t
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from course_utils import data
from course_utils.models import SmallNet, fit, modality_net, predict, standardized
from course_utils.models.pretrained import WIDTHS

STEPS = {10: 30, 50: 50, 250: 100, 1000: 200}
RATES = {"from scratch": 1e-2, "full fine-tuning": 2e-2, "layer-wise rates": 2e-2}
GAMMA = 0.5
WAYS = ("from scratch", "head only, to the end", "full fine-tuning", "layer-wise rates")


def drawn(labels: np.ndarray, count: int, seed: int) -> np.ndarray:
    """Rows of the labelled films, both classes in their proportion."""
    rng, rows = np.random.default_rng(seed), []
    for label in (0, 1):
        members = rng.permutation(np.flatnonzero(labels == label))
        rows.append(members[: round(count * len(members) / len(labels))])
    return np.concatenate(rows)


def network(way: str, seed: int) -> tuple[SmallNet, torch.optim.Optimizer]:
    """A network for two classes and its optimizer."""
    made = SmallNet(2, widths=WIDTHS, seed=seed)
    if way != "from scratch":
        body = {k: v for k, v in modality_net().state_dict().items() if not k.startswith("fc.")}
        made.load_state_dict(body, strict=False)
    stages = list(made.children())
    gamma = GAMMA if way == "layer-wise rates" else 1.0
    groups = [
        {"params": list(stage.parameters()), "lr": RATES[way] * gamma ** (len(stages) - 1 - at)}
        for at, stage in enumerate(stages)
    ]
    return made, torch.optim.Adam(groups)


def main(draws: int, factor: float) -> None:
    """Print the table."""
    torch.set_num_threads(1)
    console = Console()
    chest = data.load("pneumoniamnist")
    pool, labels = standardized(chest.train.images[:1000]), chest.train.labels[:1000]
    new, truth = standardized(chest.test.images), chest.test.labels
    targets = torch.from_numpy(labels)
    source = modality_net()
    with torch.inference_mode():
        known, unseen = (source.features(x).mean(dim=(2, 3)).numpy() for x in (pool, new))

    def auc(way: str, count: int, seed: int) -> float:
        rows = drawn(labels, count, seed)
        if way == "head only, to the end":
            probe = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000))
            probe.fit(known[rows], labels[rows])
            return roc_auc_score(truth, probe.decision_function(unseen))
        made, optimizer = network(way, seed)
        epochs = round(factor * STEPS[count] / -(-len(rows) // 32))
        x, y = pool[rows], targets[rows]
        for _ in fit(made, x, y, epochs=epochs, optimizer=optimizer, seed=seed, batch_size=32):
            pass
        return roc_auc_score(truth, predict(made, new)[:, 1])

    table = Table("AUC", *(f"{count / 10:g} % ({count})" for count in STEPS), title=repr(chest))
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("Training", total=len(WAYS) * len(STEPS) * draws)
        for way in WAYS:
            cells = []
            for count in STEPS:
                found = []
                for seed in range(draws):
                    found.append(auc(way, count, seed))
                    progress.advance(task)
                half = student_t.ppf(0.975, draws - 1) * np.std(found, ddof=1) / np.sqrt(draws)
                cells.append(f"{np.mean(found):.3f} ± {half:.3f}")
            table.add_row(way, *cells)
    console.print(table)
    console.print(f"{draws} draws, {factor:g} × the lesson's steps")


if __name__ == "__main__":
    given = sys.argv[1:]
    main(int(given[0]) if given else 10, float(given[1]) if len(given) > 1 else 1.0)
