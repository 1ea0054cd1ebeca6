"""What the lessons rely on: how hard the phantoms are for which kind of model."""

import numpy as np
import pytest
import torch
from sklearn.metrics import roc_auc_score
from torch import nn

from course_utils.data import phantoms

TRAINING, TEST = 1500, 1500


@pytest.fixture(autouse=True, scope="module")
def one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def linear():
    return nn.Sequential(nn.Flatten(), nn.Linear(784, 1))


def mlp():
    return nn.Sequential(
        nn.Flatten(), nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 128), nn.ReLU(),
        nn.Linear(128, 1),
    )  # fmt: skip


def cnn():
    return nn.Sequential(
        nn.Conv2d(1, 12, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(12, 24, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(24, 32, 3, padding=1), nn.ReLU(), nn.AdaptiveMaxPool2d(2),
        nn.Flatten(), nn.Linear(128, 1),
    )  # fmt: skip


def inputs(drawn):
    return torch.from_numpy(drawn.images.astype(np.float32) / 64 - 2.4)[:, None]


# How long each model learns, and its highest learning rate.
SCHEDULE = {linear: (20, 2e-3), mlp: (20, 1e-3), cnn: (12, 4e-3)}


def trained(build, drawn, seed):
    """A model trained with Adam and one cycle of the learning rate."""
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        model = build()
    epochs, rate = SCHEDULE[build]
    x, y = inputs(drawn), torch.from_numpy(drawn.labels).float()
    order = torch.Generator().manual_seed(seed)
    optimizer = torch.optim.AdamW(model.parameters(), weight_decay=1e-3)
    steps = epochs * -(-len(x) // 64)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=steps)
    for _ in range(epochs):
        for rows in torch.randperm(len(x), generator=order).split(64):
            loss = nn.functional.binary_cross_entropy_with_logits(model(x[rows])[:, 0], y[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    return model


@torch.no_grad()
def scores(model, drawn):
    """Accuracy and AUC."""
    logits = model(inputs(drawn))[:, 0].numpy()
    return ((logits > 0) == drawn.labels).mean(), roc_auc_score(drawn.labels, logits)


@pytest.mark.parametrize("seed", [0, *(pytest.param(n, marks=pytest.mark.slow) for n in (1, 2))])
def test_on_the_chest_a_linear_model_an_mlp_and_a_cnn_come_out_in_this_order(seed):
    training = phantoms.chest(TRAINING, 28, seed=10 + seed)
    test = phantoms.chest(TEST, 28, seed=20 + seed)
    results = [scores(trained(build, training, seed), test) for build in SCHEDULE]
    (linear_accuracy, linear_auc), (mlp_accuracy, mlp_auc), (cnn_accuracy, cnn_auc) = results
    assert 0.6 < linear_accuracy < mlp_accuracy - 0.03
    assert mlp_accuracy < cnn_accuracy - 0.05
    assert linear_auc < mlp_auc - 0.04
    assert mlp_auc < cnn_auc - 0.05
    assert cnn_auc < 0.99


@pytest.mark.slow
def test_a_cnn_that_learned_the_marker_collapses_when_the_marker_is_flipped():
    model = trained(cnn, phantoms.chest(800, 28, seed=30, marker=0.95), seed=0)
    as_trained, _ = scores(model, phantoms.chest(TEST, 28, seed=31, marker=0.95))
    flipped, auc = scores(model, phantoms.chest(TEST, 28, seed=31, marker=0.05))
    assert as_trained > 0.9
    assert flipped < 0.4
    assert auc < 0.5


def test_modalities_are_easy_as_they_are_on_real_images():
    from sklearn.linear_model import LogisticRegression

    training, test = (phantoms.modalities(600, 28, seed=seed) for seed in (40, 41))
    model = LogisticRegression(tol=1e-2, max_iter=500).fit(
        training.images.reshape(600, -1) / 255, training.labels
    )
    accuracy = model.score(test.images.reshape(600, -1) / 255, test.labels)
    assert accuracy > 0.9


def test_a_split_by_image_leaks_and_a_split_by_patient_does_not():
    from sklearn.neighbors import KNeighborsClassifier

    drawn = phantoms.chest(1200, 28, seed=50)
    images = drawn.images.reshape(1200, -1).astype(np.float32)
    by_image = np.arange(1200) % 2 == 0
    half = np.median(drawn.patients)
    by_patient = drawn.patients < half
    accuracy = {}
    for name, training in (("image", by_image), ("patient", by_patient)):
        model = KNeighborsClassifier(1).fit(images[training], drawn.labels[training])
        accuracy[name] = model.score(images[~training], drawn.labels[~training])
    assert accuracy["image"] > accuracy["patient"] + 0.05
