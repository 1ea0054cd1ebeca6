"""The numbers behind the widgets of 08-saliency, against closed forms, Captum and scikit-learn."""

import math
import re
from itertools import combinations

import numpy as np
import pytest
import torch
from sklearn.linear_model import LinearRegression
from torch import nn

from course_utils.models import SmallNet
from course_utils.widgets.draw import regions
from course_utils.widgets.saliency import lime_frog, maps, panels
from course_utils.widgets.saliency.lime_model import Lime, superpixels
from course_utils.widgets.saliency.patients import of
from course_utils.widgets.saliency.randomize_model import FROM_TOP, Forgetting, randomized
from course_utils.widgets.saliency.shapley_model import COALITIONS, LETTERS, Game

# ------------------------------------------------------------------ Shapley values


def by_the_formula(game, player):
    """Shapley's sum over the coalitions without the player."""
    others = [letter for letter in LETTERS if letter != player]
    total = 0.0
    for size in range(3):
        weight = math.factorial(size) * math.factorial(2 - size) / math.factorial(3)
        for members in combinations(others, size):
            joined = "".join(sorted([*members, player]))
            total += weight * (game.value(joined) - game.value("".join(members)))
    return total


@pytest.mark.parametrize("seed", range(5))
def test_the_mean_over_all_orders_is_shapleys_formula(seed):
    game = Game(tuple(np.random.default_rng(seed).integers(-100, 100, 8).tolist()))
    expected = [by_the_formula(game, player) for player in LETTERS]
    np.testing.assert_allclose(game.shares, expected)


@pytest.mark.parametrize("seed", range(5))
def test_the_contributions_of_every_order_add_up(seed):
    game = Game(tuple(np.random.default_rng(seed).integers(-100, 100, 8).tolist()))
    np.testing.assert_allclose(game.contributions.sum(axis=1), game.gain)
    np.testing.assert_allclose(game.running.sum(axis=1), game.gain)


def test_every_order_leads_from_nobody_to_all():
    game = Game((0,) * 8)
    assert sorted(game.orders) == ["ABC", "ACB", "BAC", "BCA", "CAB", "CBA"]
    assert set(game.paths[:, 0]) == {0}
    assert set(game.paths[:, -1]) == {7}


def test_dummies_and_twins_are_found():
    dummy = Game((10, 30, 50, 10, 90, 30, 50, 90))
    assert dummy.dummies == ("C",)
    assert dummy.shares[2] == 0
    twins = Game((0, 40, 40, 30, 46, 64, 64, 70))
    assert twins.twins == (("A", "B"),)
    assert twins.shares[0] == twins.shares[1]
    assert not Game((0, 60, 50, 20, 80, 65, 60, 84)).twins


def test_a_coalition_has_its_worth():
    game = Game(tuple(range(8)))
    assert [game.value(members) for members in COALITIONS] == list(range(8))


# ------------------------------------------------------------------ LIME


def additive(seed=0, samples=40, width=0.25):
    """An explanation of a network that adds up what the superpixels show."""
    rng = np.random.default_rng(seed)
    image = rng.integers(1, 255, (12, 12)).astype(np.uint8)
    segments = np.arange(12)[:, None] // 4 * 3 + np.arange(12)[None] // 4
    fill = np.zeros_like(image)
    gains = rng.normal(size=9)

    def predict(images):
        shown = np.stack([(images == image)[:, segments == at].all(axis=1) for at in range(9)], 1)
        return 0.3 + shown @ gains

    return Lime(image, segments, predict, samples, width, seed, fill), gains


@pytest.mark.parametrize("seed", range(3))
def test_the_surrogate_of_an_additive_network_is_that_network(seed):
    lime, gains = additive(seed)
    slopes, intercept = lime.surrogate(41)
    np.testing.assert_allclose(slopes, gains, atol=1e-9)
    assert intercept == pytest.approx(0.3)
    assert lime.agreement == pytest.approx(1)


@pytest.mark.parametrize("seen", [20, 41])
def test_the_surrogate_is_weighted_least_squares(seen):
    lime, _ = additive(1)
    object.__setattr__(lime, "predictions", np.random.default_rng(0).random(41))
    fitted = LinearRegression().fit(
        lime.shown[:seen], lime.predictions[:seen], sample_weight=lime.weights[:seen]
    )
    slopes, intercept = lime.surrogate(seen)
    np.testing.assert_allclose(slopes, fitted.coef_, atol=1e-8)
    assert intercept == pytest.approx(fitted.intercept_)


def test_near_instances_count_more():
    lime, _ = additive()
    assert lime.weights[0] == pytest.approx(1)
    hidden = (lime.shown == 0).sum(axis=1)
    assert (np.diff(lime.weights[np.argsort(hidden, kind="stable")]) <= 1e-9).all()
    # Half of the superpixels: cosine distance 1 − √(4/9), kernel exp(−(d / width)²).
    [at, *_] = np.flatnonzero(hidden == 5)
    expected = np.exp(-(((1 - np.sqrt(4 / 9)) / 0.25) ** 2))
    assert lime.weights[at] == pytest.approx(expected, rel=1e-6)


def test_hidden_superpixels_become_the_fill():
    lime, _ = additive()
    for shown, instance in zip(lime.shown, lime.instances, strict=True):
        hidden = shown[lime.segments] == 0
        assert (instance[hidden] == 0).all()
        assert (instance[~hidden] == lime.image[~hidden]).all()


def test_too_few_instances_do_not_settle_the_surrogate():
    lime, _ = additive()
    assert not lime.determined(9)
    assert lime.determined(41)
    assert lime.surrogate(1)[1] == lime.predictions[0]


@pytest.mark.parametrize("count", [4, 12])
def test_superpixels_are_numbered_without_a_gap(count):
    image = np.random.default_rng(0).integers(0, 255, (28, 28)).astype(np.uint8)
    pieces = superpixels(image, count)
    assert pieces.shape == image.shape
    assert set(pieces.flat) == set(range(count))
    np.testing.assert_array_equal(pieces, superpixels(image, count))


def test_the_frogs_surrogate_says_its_four_probabilities():
    *slopes, intercept = lime_frog.weights()
    said = [intercept + np.dot(slopes, row.shown) for row in lime_frog.ROWS]
    np.testing.assert_allclose(said, [0.54, 0.85, 0.00001, 0.52])


# ------------------------------------------------------------------ maps


@pytest.fixture(scope="module")
def network():
    """An untrained network whose last stage does not pool, as those of the lesson."""
    net = SmallNet(2, widths=(4, 6, 8), seed=3)
    net.layer3.pool = nn.Identity()
    return net.eval()


@pytest.fixture(scope="module")
def x():
    return torch.randn(2, 1, 28, 28, generator=torch.Generator().manual_seed(0))


@pytest.mark.parametrize("method", maps.METHODS)
def test_every_method_gives_a_map_for_every_image(method, network, x):
    pieces = np.arange(28)[:, None] // 7 * 4 + np.arange(28)[None] // 7
    one = x[:1] if method == maps.LIME else x
    found = maps.explain(method, network, one, 1, pieces=pieces)
    assert found.shape == (len(one), 28, 28)
    assert np.isfinite(found).all()
    np.testing.assert_array_equal(found, maps.explain(method, network, one, 1, pieces=pieces))


def test_the_gradient_is_autograds(network, x):
    leaf = x.clone().requires_grad_()
    network(leaf)[:, 1].sum().backward()
    expected = leaf.grad.abs()[:, 0].numpy()
    np.testing.assert_allclose(maps.explain(maps.GRADIENT, network, x, 1), expected, atol=1e-7)


def test_the_mean_of_cam_is_the_score_without_its_bias(network, x):
    with torch.no_grad():
        scores = network(x)[:, 1] - network.fc.bias[1]
        coarse = maps._cam(network, x, 1).mean(dim=(1, 2, 3))
    torch.testing.assert_close(coarse, scores)


def test_gradcam_at_the_last_layer_is_cam_without_what_is_negative(network, x):
    cam = maps._cam(network, x, 1).clamp(min=0).numpy()
    gradcam = maps._gradcam(network, x, 1, "layer3.relu").detach().numpy()
    np.testing.assert_allclose(gradcam * 49, cam, atol=1e-5)


def test_no_method_touches_the_networks_gradients_or_pytorchs_generator(network, x):
    before = torch.random.get_rng_state()
    for method in (maps.SMOOTH, maps.GUIDED, maps.SHAP):
        pieces = np.zeros((28, 28), dtype=int)
        maps.explain(method, network, x, 0, pieces=pieces)
    torch.testing.assert_close(torch.random.get_rng_state(), before)
    assert not any(module._forward_hooks for module in network.modules())


def test_the_peak_is_the_maximum_and_of_a_plateau_its_middle():
    values = np.zeros((9, 9))
    assert maps.peak(values) is None
    values[2, 5] = 1
    assert maps.peak(values) == (2, 5)
    values[1:4, 4:7] = 1
    assert maps.peak(values) == (2, 5)


def test_the_similarity_is_spearmans():
    from scipy.stats import spearmanr

    found = np.random.default_rng(0).random((4, 5, 5)).round(1)
    expected = [spearmanr(found[0].ravel(), each.ravel()).statistic for each in found]
    np.testing.assert_allclose(maps.similarity(found), expected)
    assert maps.similarity(np.stack([found[0], np.ones((5, 5))]))[1] == 0


# ------------------------------------------------------------------ randomization


def test_only_the_named_layers_become_random(network):
    changed = randomized(network, ("fc", "layer3"), seed=1)
    for name, weights in network.named_parameters():
        same = torch.equal(weights, changed.get_parameter(name))
        if name.startswith(("fc", "layer3.conv")):
            assert not same
        elif not name.startswith("layer3"):
            assert same
    assert not changed.training
    again = randomized(network, ("fc", "layer3"), seed=1)
    torch.testing.assert_close(changed.state_dict(), again.state_dict())


def test_forgetting_begins_with_the_trained_network_and_ends_with_none_of_it(network):
    films = np.random.default_rng(0).integers(0, 255, (2, 28, 28)).astype(np.uint8)
    model = Forgetting(network, films, 1, FROM_TOP, 5, np.full((28, 28), 154, np.uint8))
    assert model.stages[0].lost == ()
    assert set(model.stages[-1].lost) == {"fc", "layer3", "layer2", "layer1"}
    for method in model.stages[0].maps:
        np.testing.assert_allclose(model.stages[0].alike[method], 1)
        assert not model.noticed(method, 0)


# ------------------------------------------------------------------ drawing


def test_an_outline_goes_once_around():
    mask = np.zeros((6, 6), dtype=bool)
    mask[1:4, 2:5] = True
    path = regions.border_path(np.pad(mask, 1), 0, 0, 8)
    drawn = sum(float(length) for length in re.findall(r"[hv]([\d.]+)", path))
    assert path.count("M") == 4
    assert drawn == 12
    assert panels.outline(np.zeros((6, 6), dtype=bool), 0, 0, 6) == ""


def test_the_brightest_pixel_is_one_and_what_is_negative_is_zero():
    values = np.linspace(-1, 3, 400).reshape(20, 20)
    scaled = panels.scaled(values)
    assert scaled.max() == 1
    assert (scaled[values < 0] == 0).all()
    assert (panels.scaled(np.zeros((4, 4))) == 0).all()


def test_a_film_knows_its_truth():
    from course_utils.data import phantoms

    films = phantoms.chest(20, 28, seed=3, marker=1.0)
    for row in range(20):
        patient = of(films, row)
        assert patient.mask.any() == patient.marker.any() == (films.labels[row] == 1)
