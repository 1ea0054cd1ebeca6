"""Pooling backwards: derivatives are PyTorch's, none is lost, and the wrong ways are told."""

import re

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from course_utils import widgets
from course_utils.widgets import stills
from course_utils.widgets.pooling.backward_model import OVERLAPS, TIES, PoolingBackward
from course_utils.widgets.pooling.backward_view import backward_frames
from course_utils.widgets.pooling.examples import ACTIVATIONS, TIED, UPSTREAM

SHAPES = [(n, k, s) for n in (1, 4, 5, 8) for k in (1, 2, 3, 4) for s in (1, 2, 3) if k <= n]


def worked(**changes) -> PoolingBackward:
    return PoolingBackward(ACTIVATIONS[:5, :5], 3, 1, dout=UPSTREAM[:3, :3], **changes)


def tied(**changes) -> PoolingBackward:
    return PoolingBackward(TIED[:4, :4], 2, 2, dout=UPSTREAM[:2, :2], **changes)


@pytest.mark.parametrize("kind", ["max", "mean"])
@pytest.mark.parametrize(("n", "k", "s"), SHAPES)
def test_the_gradient_is_pytorchs_and_nothing_is_lost(n, k, s, kind):
    rng = np.random.default_rng(n * 10 + k)
    x = torch.from_numpy(rng.normal(size=(1, 1, n, n))).requires_grad_()
    pooled = (F.max_pool2d if kind == "max" else F.avg_pool2d)(x, k, s)
    dout = rng.integers(1, 7, pooled.shape[2:]).astype(float)
    pooled.backward(torch.from_numpy(dout)[None, None])
    model = PoolingBackward(x.detach().numpy()[0, 0], k, s, kind, dout=dout)
    np.testing.assert_allclose(model.output, pooled.detach()[0, 0])
    np.testing.assert_allclose(model.gradient, x.grad[0, 0], atol=1e-12)
    np.testing.assert_allclose(model.landed + model.above, dout.sum())


def test_the_worked_example_comes_out():
    model = worked()
    assert model.output.tolist() == [[9, 8, 8], [9, 6, 6], [7, 7, 7]]
    assert model.gradient.tolist() == [
        [0, 0, 4, 0, 0],
        [2, 0, 0, 0, 0],
        [0, 0, 6, 0, 0],
        [0, 0, 0, 0, 0],
        [0, 8, 0, 0, 1],
    ]
    assert set(model.landed + model.above) == {21}


@pytest.mark.parametrize("ties", TIES[:2])
def test_ties_are_a_valid_split(ties):
    model = tied(ties=ties)
    assert model.landed[-1] == pytest.approx(model.dout.sum())
    assert (model.drops >= 0).all()
    given = model.drops.reshape(4, 4, 4) > 0
    assert (model.x[given.any(axis=0)] == np.kron(model.output, np.ones((2, 2)))[
        given.any(axis=0)
    ]).all()  # fmt: skip


def test_the_wrong_ways_change_the_mass_and_say_so():
    overwritten = worked(overlaps=OVERLAPS[1])
    assert overwritten.landed[-1] == 7
    assert "21 came in, but 7 landed: this is wrong, overlaps must add up" in (
        backward_frames(overwritten)[-1].sentence
    )
    doubled = tied(ties=TIES[2])
    assert doubled.landed[-1] == 1 * 3 + 3 * 4 + 1 + 4 * 4
    last = backward_frames(doubled)[-1]
    assert "9 came in, but 32 landed: this is wrong, tied cells must share" in last.sentence
    assert "23 too much" in last.svg


def test_the_counter_says_21_in_every_frame_of_the_way_down():
    frames = backward_frames(worked())
    assert len(frames) == 20
    for frame in frames[9:]:
        words = re.sub("<[^>]*>", "", frame.svg)
        assert "= 21  nothing lost" in words
        assert not re.search("= (?!21 )[0-9]+  ", words)
    for frame in frames[10:-1]:
        assert frame.sentence.endswith("together 21.")


def test_an_overlap_adds_up_in_words():
    assert backward_frames(worked())[12].sentence == (
        "Backward, window [0, 2] hands its derivative 1 to row 0, column 2, where it adds up:"
        " 3 + 1 = 4. Landed 5, still above 16: together 21."
    )


def test_the_forward_sentence_names_the_switch():
    assert backward_frames(worked())[1].sentence == (
        "Forward, window [0, 1]: the largest of its 9 activations is 8, at row 0, column 2;"
        " the switch remembers it."
    )


def test_each_window_lets_its_coin_fall_from_its_own_place():
    frames = backward_frames(worked())
    assert all('class="course-coin"' not in frame.svg for frame in frames[:10])
    for frame in frames[10:-1]:
        assert frame.svg.count('class="course-coin"') == 1
    mean = backward_frames(worked(kind="mean"))
    assert mean[10].svg.count('class="course-coin"') == 9


def test_while_a_coin_falls_the_counter_tells_it_apart():
    svg = backward_frames(worked())[12].svg
    groups = re.findall('<g class="course-(?:before|after)"[^>]*>\n(.*?)\n</g>', svg, re.DOTALL)
    before, after = (re.sub("<[^>]*>|\n", "", group) for group in groups)
    assert before == "landed 4 + falling 1 + above 16= 21  nothing lost"
    assert after == "landed 5 + above 16= 21  nothing lost"


def test_motion_rests_for_readers_who_asked_for_less():
    svg = backward_frames(worked())[10].svg
    assert "@media (prefers-reduced-motion:reduce)" in svg
    # Without the animation a falling coin is not drawn, and what has landed is.
    assert all('opacity="0"' in coin for coin in re.findall('<g class="course-coin"[^>]*>', svg))
    assert 'class="course-after" opacity' not in svg


def test_a_click_leads_to_the_window():
    frames = backward_frames(worked())
    reached = {int(at) for at in re.findall('data-goto="(\\d+)"', frames[-1].svg)}
    assert reached == {*range(9), *range(10, 19)}


def test_a_still_can_be_made_of_an_animated_frame():
    frame = backward_frames(worked())[12]
    assert stills.rasterise(frame.svg).startswith(b"\x89PNG")


def test_own_settings_come_first():
    stepper = widgets.pooling.pooling_backward(n=6, k=2, s=2)
    assert stepper.presets[0]["label"] == "n = 6, k = 2, s = 2, max"
    assert len(stepper.presets) == len(widgets.pooling.pooling_backward.record.presets) + 1


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"n": 2}, "No window fits: it has 3 cells along a side, the input has 2"),
    ],
)
def test_impossible_settings_are_refused_with_the_reason(settings, reason):
    with pytest.raises(ValueError, match=reason):
        widgets.pooling.pooling_backward(**settings)


def test_all_settings_stay_below_the_limit():
    stepper = widgets.pooling.pooling_backward()
    choices = {
        each.name: each.options
        for each in widgets.pooling.pooling_backward.record.settings
        if each.kind == "choice"
    }
    for turn, (k, s) in enumerate(((1, 1), (2, 1), (4, 1), (1, 4))):
        values = {"n": 8, "k": k, "s": s} | {name: each[-1] for name, each in choices.items()}
        stepper.asked = {"turn": turn, "values": values}
        assert stepper.answer["refusal"] == ""
