"""A teacher's answers: the softmax is SciPy's, the sentences follow the temperature."""

import json

import numpy as np
import pytest
from scipy.special import softmax
from scipy.stats import entropy

from course_utils import widgets
from course_utils.data.phantoms import MODALITIES
from course_utils.widgets.stepper import unpack
from course_utils.widgets.transfer.distillation_model import TEMPERATURES, answers
from course_utils.widgets.transfer.distillation_view import softened_frames


@pytest.mark.parametrize("kind", MODALITIES)
@pytest.mark.parametrize("temperature", [0.5, 1.0, 20.0])
def test_softened_answers_are_a_softmax(kind, temperature):
    answer = answers()[kind]
    expected = softmax(answer.logits / temperature)
    np.testing.assert_allclose(answer.softened(temperature), expected)
    np.testing.assert_allclose(answer.entropy(temperature), entropy(expected, base=2), atol=1e-9)


@pytest.mark.parametrize("kind", MODALITIES)
def test_the_teacher_is_right_and_heat_brings_doubt(kind):
    answer = answers()[kind]
    assert MODALITIES[answer.label] == kind
    assert answer.logits.argmax() == answer.label
    doubts = [answer.entropy(temperature) for temperature in TEMPERATURES]
    assert doubts == sorted(doubts)
    assert answer.runner_up == np.argsort(answer.softened(4.0))[-2]


def test_the_sentences_tell_both_classes_and_what_is_left_to_learn():
    frames = softened_frames(answers()["ChestCT"])
    assert len(frames) == len(TEMPERATURES)
    assert frames[0].sentence.startswith("At temperature 0.5 the teacher rightly gives ChestCT")
    assert "hardly more than the label" in frames[0].sentence
    assert "what the teacher knows fades" in frames[-1].sentence
    assert any("resemble each other" in frame.sentence for frame in frames)


def test_every_temperature_can_be_pressed_and_the_frames_are_light():
    first, second = widgets.transfer.distillation(), widgets.transfer.distillation()
    assert (first.lines, first.presets) == (second.lines, second.presets)
    assert len(json.dumps([first.lines, first.presets])) < 200_000
    for preset in first.presets:
        for step, runs in enumerate(preset["frames"]):
            svg = unpack(runs, first.lines)
            assert f'data-step="{step}"' in svg
            assert all(f'data-goto="{goto}"' in svg for goto in range(len(TEMPERATURES)))
