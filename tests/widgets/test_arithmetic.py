"""Convolution arithmetic: its numbers are PyTorch's, its pictures tell them."""

import re

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from course_utils import widgets
from course_utils.widgets.convolution import arithmetic
from course_utils.widgets.convolution.arithmetic_model import Convolution, TransposedConvolution
from course_utils.widgets.convolution.arithmetic_view import (
    convolution_frames,
    nearest_window,
    transposed_frames,
)

PRESETS = arithmetic.record.examples()

SHAPES = [
    (n, k, p, s, d)
    for n in (1, 4, 5, 6, 10)
    for k in (1, 2, 3, 4)
    for p in (0, 1, 2)
    for s in (1, 2, 3, 5)
    for d in (1, 2, 4)
]


def numbers(n: int, k: int) -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(n * 10 + k)
    return generator.normal(size=(n, n)), generator.normal(size=(k, k))


def tensors(*arrays: np.ndarray) -> list[torch.Tensor]:
    return [torch.from_numpy(array)[None, None] for array in arrays]


@pytest.mark.parametrize("n", [1, 4, 5, 6, 10])
def test_a_convolution_is_that_of_pytorch(n):
    for _, k, p, s, d in (shape for shape in SHAPES if shape[0] == n):
        x, w = numbers(n, k)
        try:
            expected = F.conv2d(*tensors(x, w), padding=p, stride=s, dilation=d)[0, 0].numpy()
        except RuntimeError:
            with pytest.raises(ValueError, match="No window fits"):
                Convolution(x, w, p, s, d)
            continue
        model = Convolution(x, w, p, s, d)
        assert model.size == len(expected)
        np.testing.assert_allclose(model.output, expected)


@pytest.mark.parametrize("n", [1, 4, 5, 6, 10])
def test_a_transposed_convolution_is_that_of_pytorch(n):
    for _, k, p, s, d in (shape for shape in SHAPES if shape[0] == n):
        x, w = numbers(n, k)
        try:
            expected = F.conv_transpose2d(*tensors(x, w), padding=p, stride=s, dilation=d)
        except RuntimeError:
            with pytest.raises(ValueError, match="Nothing is left"):
                TransposedConvolution(x, w, p, s, d)
            continue
        model = TransposedConvolution(x, w, p, s, d)
        np.testing.assert_allclose(model.output, expected[0, 0].numpy(), atol=1e-12)


def test_cells_that_no_window_reads_have_no_gradient():
    for n, k, p, s, d in SHAPES:
        try:
            model = Convolution(*numbers(n, k), p, s, d)
        except ValueError:
            continue
        padded = torch.zeros(1, 1, model.side, model.side, requires_grad=True)
        F.conv2d(padded, torch.ones(1, 1, k, k), stride=s, dilation=d).sum().backward()
        assert np.array_equal(model.unread, padded.grad[0, 0].numpy() == 0)


@pytest.mark.parametrize(
    ("n", "k", "p", "s", "d", "size"),
    [
        (5, 3, 0, 1, 1, 3),
        (5, 3, 1, 1, 1, 5),
        (5, 3, 2, 1, 1, 7),
        (5, 4, 2, 1, 1, 6),
        (5, 3, 1, 2, 1, 3),
        (7, 3, 0, 1, 1, 5),
        (7, 3, 0, 2, 1, 3),
        (6, 3, 0, 2, 1, 2),
        (7, 3, 0, 1, 2, 3),
    ],
)
def test_the_worked_sizes_come_out(n, k, p, s, d, size):
    assert Convolution(*numbers(n, k), p, s, d).size == size


@pytest.mark.parametrize(("mode", "theirs"), [("reflect", "reflect"), ("replicate", "replicate")])
@pytest.mark.parametrize("p", [1, 2, 3])
def test_the_border_is_pytorchs(mode, theirs, p):
    x, w = numbers(5, 3)
    padded = F.pad(tensors(x)[0], (p, p, p, p), mode=theirs)
    model = Convolution(x, w, p, 2, 1, mode)
    assert (model.padded == padded[0, 0].numpy()).all()
    expected = F.conv2d(padded, tensors(w)[0], stride=2)
    np.testing.assert_allclose(model.output, expected[0, 0].numpy())


def test_the_examples_hold_the_cases_that_the_course_must_show():
    shown = {(v["s"], v["k"], v["p"]) for v in PRESETS.values() if v["d"] == 1 and v["n"] == 5}
    assert shown == {(1, 3, 0), (1, 3, 1), (1, 3, 2), (1, 4, 2), (2, 3, 1)}
    assert any(values["d"] > 1 for values in PRESETS.values())
    assert any(values["kind"] == "transposed" for values in PRESETS.values())
    assert any((v["n"], v["k"], v["p"], v["s"]) == (6, 3, 0, 2) for v in PRESETS.values())


def frames_of(n, k, p, s, d=1):
    return convolution_frames(Convolution(*numbers(n, k), p, s, d))


def test_there_is_a_frame_for_each_output_cell_and_a_click_leads_to_it():
    frames = frames_of(5, 3, 1, 2)
    assert len(frames) == 9
    for frame in frames:
        assert set(range(9)) == {int(at) for at in re.findall('data-goto="(\\d+)"', frame.svg)}


def test_a_click_on_an_input_cell_leads_to_a_window_that_reads_it():
    model = Convolution(*numbers(6, 3), 0, 2, 1)
    goto = nearest_window(model.windows, model.side)
    for cell, step in enumerate(goto.ravel()):
        assert (step < 0) == model.unread.ravel()[cell]
        assert step < 0 or cell in model.windows[step]


def test_the_sentence_states_position_value_and_window():
    model = Convolution(np.arange(25.0).reshape(5, 5), np.ones((3, 3)), 0, 1, 1)
    assert convolution_frames(model)[5].sentence == (
        "Output [1, 2] of 3 × 3 is 117: the window reads input rows 1 to 3 and columns 2 to 4."
    )


def test_the_sentence_of_a_dilated_window_lists_its_rows():
    assert "rows 0, 2, 4 and columns 1, 3, 5" in frames_of(7, 3, 0, 1, 2)[1].sentence


def test_a_case_that_does_not_divide_shows_what_is_never_read():
    frames = frames_of(6, 3, 0, 2)
    assert "One more step would not fit" in frames[-1].sentence
    assert "11 hatched cells are never read" in frames[-1].sentence
    assert "course-dashed" in frames[-1].svg
    assert "course-dashed" not in frames[0].svg
    assert "course-thin-vermillion" not in frames_of(7, 3, 0, 2)[-1].svg


def test_the_picture_shows_the_formula_with_its_numbers():
    words = re.sub("<[^>]*>", "", frames_of(6, 3, 1, 2)[0].svg)
    assert "n + 2p − d(k − 1) − 1" in words
    assert "6 + 2·1 − 1·(3 − 1) − 1" in words


def test_frames_of_a_transposed_convolution_end_with_its_output():
    x, w = np.ones((3, 3)), np.ones((3, 3))
    frames = transposed_frames(TransposedConvolution(x, w, 1, 2, 1))
    assert len(frames) == 9
    assert "columns −1 to 1 of the 5 × 5 output" in frames[0].sentence
    four = '<text class="course-text" [^>]*>4<'  # where four windows overlap
    assert re.search(four, frames[-1].svg)
    assert not re.search(four, frames[0].svg)


def test_own_settings_come_first():
    stepper = arithmetic(n=7, s=3)
    assert stepper.presets[0]["label"] == "n = 7, s = 3, k = 3, p = 0 (zero), d = 1, convolution"
    assert len(stepper.presets) == len(PRESETS) + 1
    assert len(arithmetic(n=5, p=1).presets) == len(PRESETS)
    assert arithmetic(n=5, p=1).presets[0]["values"]["p"] == 1


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"n": 2}, "No window fits: the kernel reaches over 3 cells"),
        ({"n": 5, "d": 4}, r"reaches over 9 cells \(k = 3, d = 4\)"),
        ({"k": 0}, "kernel k must be a whole number from 1 to 7; got 0"),
        ({"n": 99}, "input n must be"),
        ({"kind": "transposed", "n": 1, "k": 1, "p": 1}, "Nothing is left"),
        ({"kind": "transposed", "n": 10, "s": 5}, "has 48 cells .* shows up to 20"),
        ({"p": 4, "n": 4, "mode": "reflect"}, "too little to reflect"),
        ({"kind": "transposed", "n": 3, "mode": "replicate"}, "adds no border"),
        ({"mode": "wrap"}, "border must be one of zero, reflect, replicate"),
        ({"kind": "deconvolution"}, "kind must be one of convolution, transposed"),
    ],
)
def test_impossible_settings_are_refused_with_the_reason(settings, reason):
    with pytest.raises(ValueError, match=reason):
        widgets.convolution.arithmetic(**settings)


def test_the_largest_settings_stay_below_the_limit():
    stepper = arithmetic()
    largest = {
        each.name: each.maximum for each in arithmetic.record.settings if each.kind == "number"
    }
    for kind in ("convolution", "transposed"):
        for turn, changes in enumerate([{}, {"s": 1, "d": 1}, {"s": 5, "d": 1}, {"s": 1, "d": 2}]):
            values = largest | {"mode": "zero", "kind": kind} | changes
            stepper.asked = {"turn": turn, "values": values}
            refusal = stepper.answer["refusal"]
            assert refusal == "" or "cells" in refusal
