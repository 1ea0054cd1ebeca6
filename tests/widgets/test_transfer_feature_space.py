"""Feature spaces: the probe meets new patients only, the plane is that of principal components."""

import re

import numpy as np
import pytest
from sklearn.decomposition import PCA

from course_utils import widgets
from course_utils.widgets.stepper import unpack
from course_utils.widgets.transfer.feature_space_model import NETWORKS, spaces
from course_utils.widgets.transfer.feature_space_widget import SELECTABLE


@pytest.fixture(scope="module")
def stepper():
    return widgets.transfer.feature_space()


@pytest.mark.parametrize("name", NETWORKS)
def test_the_plane_is_that_of_the_principal_components(name):
    space = spaces()[name]
    expected = PCA(2).fit_transform(space.standardized)
    np.testing.assert_allclose(np.abs(space.plane), np.abs(expected), atol=1e-6)
    ill = space.cohort.labels == 1
    assert (space.plane[ill].mean(axis=0) >= space.plane[~ill].mean(axis=0)).all()


def test_learning_about_the_task_makes_the_probe_better():
    scores = {name: space.auc for name, space in spaces().items()}
    assert scores["random"] < scores["pre-trained"] < scores["fine-tuned"]
    assert all(0.5 < space.accuracy < 1 for space in spaces().values())


def test_neighbours_are_the_nearest_films_of_other_patients():
    space = spaces()["pre-trained"]
    near = space.neighbours(3, 5)
    apart = np.linalg.norm(space.standardized - space.standardized[3], axis=1)
    others = space.cohort.patients != space.cohort.patients[3]
    assert (space.cohort.patients[near] != space.cohort.patients[3]).all()
    np.testing.assert_allclose(apart[near], np.sort(apart[others])[:5])


def test_every_selectable_film_has_its_frame(stepper):
    assert [preset["label"] for preset in stepper.presets] == list(NETWORKS)
    for preset in stepper.presets:
        assert len(preset["frames"]) == SELECTABLE
        for step, runs in enumerate(preset["frames"]):
            svg = unpack(runs, stepper.lines)
            assert f'data-step="{step}"' in svg
            goes = {int(at) for at in re.findall('data-goto="(\\d+)"', svg)}
            assert goes == {*range(SELECTABLE)}
            assert svg.count("<image") == 4


def test_the_sentence_tells_network_probe_and_film(stepper):
    for name in NETWORKS:
        assert f"In the features of the {name} network a linear probe has an AUC" in (
            stepper.sentences
        )
    assert "The selected film is normal: the probe" in stepper.sentences


def test_another_network_can_come_first_and_an_unknown_one_is_refused():
    assert widgets.transfer.feature_space("fine-tuned").presets[0]["label"] == "fine-tuned"
    with pytest.raises(ValueError, match=r"one of random, pre-trained, fine-tuned; got 'big'"):
        widgets.transfer.feature_space("big")
