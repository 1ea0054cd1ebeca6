"""The classifier head: its numbers are NumPy's too, its sentences tell the class."""

import re

import numpy as np
import pytest

from course_utils.widgets.pooling.gap_model import (
    BIASES,
    CLASSES,
    DETECTORS,
    HEAD,
    SPOTS,
    Head,
    feature_maps,
)
from course_utils.widgets.pooling.gap_view import head_frames


@pytest.mark.parametrize("image", SPOTS)
def test_the_head_is_average_linear_softmax(image):
    model = Head(feature_maps(image))
    np.testing.assert_allclose(model.averages, model.maps.reshape(6, 49).mean(axis=1))
    np.testing.assert_allclose(model.scores, model.products.sum(axis=1) + BIASES)
    powers = np.exp(model.scores)
    np.testing.assert_allclose(model.probabilities, powers / powers.sum())
    assert CLASSES[model.probabilities.argmax()] == image


def test_there_is_a_weight_for_each_class_and_detector():
    assert HEAD.shape == (len(CLASSES), len(DETECTORS))
    assert BIASES.shape == (len(CLASSES),)


@pytest.mark.parametrize("moved", [1, 2, 6])
def test_a_moved_image_has_the_same_averages(moved):
    maps = feature_maps("dog")
    np.testing.assert_allclose(Head(maps, moved=moved).averages, Head(maps).averages)
    assert "averages and answer are as before" in head_frames(Head(maps, moved=moved))[-1].sentence


def test_an_average_is_below_zero_only_without_a_relu():
    maps = feature_maps("dog")
    assert (Head(maps).averages >= 0).all()
    assert (Head(maps, relu=False).averages < 0).any()
    words = "cannot happen after a ReLU"
    assert any(words in frame.sentence for frame in head_frames(Head(maps, relu=False)))
    assert not any(words in frame.sentence for frame in head_frames(Head(maps)))


def test_there_is_a_frame_for_each_average_each_class_and_the_answer():
    frames = head_frames(Head(feature_maps("car")))
    assert len(frames) == 10
    assert "The 49 values of the map “wheel” have the average" in frames[1].sentence
    assert "Score of “car”" in frames[7].sentence
    assert "The answer is “car”." in frames[9].sentence
    for frame in frames:
        assert {int(at) for at in re.findall('data-goto="(\\d+)"', frame.svg)} == {*range(9)}
