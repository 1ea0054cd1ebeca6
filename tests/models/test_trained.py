"""The networks of the lesson on saliency: trained once, kept, and as good or fooled as it says."""

import numpy as np
import pytest
import torch
from sklearn.metrics import roc_auc_score
from torch import nn

from course_utils import models
from course_utils.data import phantoms
from course_utils.models import trained


@pytest.fixture(scope="module")
def network():
    train = phantoms.chest(1500, 28, seed=1)
    return models.classifier(train.images, train.labels)


@pytest.fixture(scope="module")
def fooled():
    train = phantoms.chest(1500, 28, seed=1, marker=0.95)
    return models.classifier(train.images, train.labels, epochs=4)


def area(network, marker):
    cohort = phantoms.chest(600, 28, seed=4, marker=marker)
    scores = models.predict(network, models.as_input(cohort.images))[:, 1]
    return roc_auc_score(cohort.labels, scores)


def test_the_input_is_about_centred_and_one_unit_is_64_gray_values():
    found = models.as_input(np.array([[[0, 154], [218, 255]]], dtype=np.uint8))
    assert found.shape == (1, 1, 2, 2)
    assert found.dtype == torch.float32
    assert torch.allclose(found[0, 0, 1, 0] - found[0, 0, 0, 1], torch.tensor(1.0))
    assert abs(float(found[0, 0, 0, 1])) < 0.01


def test_the_same_images_give_the_same_network_and_nobody_can_spoil_it():
    few = phantoms.chest(64, 28, seed=3)
    first = models.classifier(few.images, few.labels, epochs=1)
    wanted = first.fc.bias.detach().clone()
    with torch.no_grad():
        first.fc.bias.fill_(9)
    again = models.classifier(few.images, few.labels, epochs=1)
    other = models.classifier(few.images, few.labels, epochs=1, seed=1)
    assert torch.equal(again.fc.bias, wanted)
    assert not torch.equal(other.fc.bias, wanted)
    assert not again.training


def test_its_last_maps_are_seven_by_seven_and_their_weighted_mean_is_the_score(network):
    x = models.as_input(phantoms.chest(4, 28, seed=9).images)
    assert network.features(x).shape == (4, 48, 7, 7)
    assert any(isinstance(module, nn.ReLU) for module in network.modules())
    assert torch.allclose(network.fc(network.features(x).mean((2, 3))), network(x), atol=1e-5)


def test_without_letters_it_finds_the_disease_and_no_letter_changes_that(network):
    areas = [area(network, marker) for marker in (None, 0.95, 0.0)]
    assert min(areas) > 0.82
    assert max(areas) - min(areas) < 0.1


def test_trained_with_letters_it_is_best_with_them_and_worse_than_guessing_against_them(fooled):
    assert area(fooled, 0.95) > 0.93
    assert area(fooled, None) < 0.85
    assert area(fooled, 0.0) < 0.2


def test_who_watches_sees_every_epoch_once_and_gets_the_same_network():
    seen = []

    def watch(epochs, title):
        for epoch in epochs:
            seen.append((title, epoch))
            yield epoch

    train = phantoms.chest(40, 28, seed=3)
    watched = models.classifier(train.images, train.labels, epochs=2, seed=9, watch=watch)
    assert seen == [("epochs of training", 0), ("epochs of training", 1)]
    models.classifier(train.images, train.labels, epochs=2, seed=9, watch=watch)
    assert len(seen) == 2  # it was kept
    trained._KEPT.clear()
    again = models.classifier(train.images, train.labels, epochs=2, seed=9)
    assert torch.equal(watched.fc.weight, again.fc.weight)
