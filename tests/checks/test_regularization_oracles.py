"""Oracles of regularization that are no library's function, against the libraries."""

import numpy as np
import pytest
import torch
from sklearn.linear_model import Ridge
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import PolynomialFeatures

from course_utils.checks.regularization import (
    grouped_folds,
    polynomial_features,
    ridge_fit,
    weight_decay,
)
from course_utils.checks.regularization.pictures import mask, motion, picture
from course_utils.checks.regularization.ridge import columns

RNG = np.random.default_rng(3)


def test_powers_are_those_of_scikit_learn():
    x = RNG.normal(size=7)
    theirs = PolynomialFeatures(5, include_bias=False).fit_transform(x[:, None])
    np.testing.assert_allclose(polynomial_features.oracle(x, 5), theirs)


@pytest.mark.parametrize(("n", "d", "lam"), [(9, 3, 0.7), (4, 6, 2.0), (8, 2, 0.05)])
def test_ridge_is_that_of_scikit_learn(n, d, lam):
    X, y, _ = columns(RNG, n, d, lam).args
    theirs = Ridge(lam, solver="svd").fit(X, y)
    w, b = ridge_fit.oracle(X, y, lam)
    np.testing.assert_allclose(w, theirs.coef_)
    assert b == pytest.approx(theirs.intercept_)


def test_without_a_penalty_copies_of_columns_share_the_weight():
    X, y = np.repeat(RNG.normal(size=(6, 1)), 2, axis=1), RNG.normal(size=6)
    w, _ = ridge_fit.oracle(X, y, 0.0)
    np.testing.assert_allclose(w, np.linalg.pinv(X - X.mean(0)) @ (y - y.mean()))


def test_decoupled_decay_is_that_of_adamw():
    w, gradient = RNG.normal(size=5), RNG.normal(size=5)
    parameter = torch.nn.Parameter(torch.tensor(w))
    parameter.grad = torch.tensor(gradient)
    torch.optim.AdamW([parameter], lr=0.1, weight_decay=0.3, eps=1e-12).step()
    ours = weight_decay.oracle["decoupled_decay_step"](w, np.sign(gradient), 0.1, 0.3)
    np.testing.assert_allclose(parameter.detach().numpy(), ours, rtol=1e-9)


def test_scikit_learns_own_folds_are_accepted():
    def answer(patients, k, rng):
        seed = int(rng.integers(2**31))
        folds = GroupKFold(k, shuffle=True, random_state=seed)
        return [valid for _, valid in folds.split(patients, groups=patients)]

    for case in grouped_folds.cases[:5]:
        for each in [case.calls] if hasattr(case.calls, "args") else case.calls:
            assert grouped_folds.observe(answer, *each.args) == grouped_folds.oracle(*each.args)


@pytest.mark.parametrize("shape", [(64, 64), (70, 64)])
def test_a_picture_tells_that_it_was_not_moved(shape):
    found = motion(picture(shape, 0.3, 0.7))
    assert np.abs(found.shift).max() < 0.05
    assert abs(found.angle) < 0.3
    assert not found.mirrored
    assert (mask(shape, found.places) == mask(shape)).mean() > 0.995


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_picture_tells_how_it_was_turned_and_mirrored(turns):
    turned = np.rot90(picture((64, 64), 0.3, 0.7), turns)
    found = motion(turned)
    assert (found.angle - 90 * turns + 180) % 360 == pytest.approx(180, abs=0.3)
    assert not found.mirrored
    assert motion(turned[:, ::-1]).mirrored


def test_a_picture_tells_how_far_it_was_shifted():
    found = motion(np.roll(picture((64, 64), 0.3, 0.7), (2, -1), axis=(0, 1)))
    np.testing.assert_allclose(found.shift, (2, -1), atol=0.05)
