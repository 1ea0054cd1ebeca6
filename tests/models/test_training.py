"""The lessons' network and training loop."""

import numpy as np
import torch

from course_utils import data
from course_utils.models import SmallNet, fit, predict


def _chest(n, seed):
    images = data.phantoms.chest(n, size=28, seed=seed)
    return torch.as_tensor(images.images, dtype=torch.float32)[:, None] / 255, torch.as_tensor(
        images.labels
    ).long()


def _train(epochs=2):
    x, y = _chest(200, seed=1)
    network = SmallNet(2)
    optimizer = torch.optim.Adam(network.parameters(), 3e-3)
    return network, [e.loss for e in fit(network, x, y, epochs=epochs, optimizer=optimizer, seed=4)]


def test_training_lowers_the_loss_and_repeats_exactly():
    state = torch.random.get_rng_state()
    (first, losses), (second, again) = _train(), _train()
    assert losses[1] < losses[0]
    assert losses == again
    for ours, theirs in zip(first.parameters(), second.parameters(), strict=True):
        assert torch.equal(ours, theirs)
    assert torch.equal(torch.random.get_rng_state(), state)


def test_probabilities_do_not_depend_on_batches_and_leave_the_mode_alone():
    network, _ = _train(epochs=1)
    x, _ = _chest(30, seed=2)
    network.train()
    network.layer1.eval()
    whole, parts = predict(network, x), predict(network, x, batch_size=7)
    np.testing.assert_allclose(whole, parts, atol=1e-6)
    np.testing.assert_allclose(whole.sum(dim=1), 1, atol=1e-6)
    assert network.training
    assert not network.layer1.training


def test_the_logits_come_from_the_mean_of_each_last_map():
    network = SmallNet(3, c_in=2, widths=(4, 8)).eval()
    x = torch.randn(5, 2, 28, 28, generator=torch.Generator().manual_seed(0))
    maps = network.features(x)
    assert maps.shape == (5, 8, 7, 7)
    expected = torch.einsum("nchw,kc->nk", maps / 49, network.fc.weight) + network.fc.bias
    torch.testing.assert_close(network(x), expected)
