"""The widget `filters`: PyTorch's and SciPy's results, the anatomy of the places, the legend."""

import re

import numpy as np
import pytest
import torch
from scipy import ndimage
from torch import nn

from course_utils.data import phantoms
from course_utils.widgets.convolution import filters_widget
from course_utils.widgets.convolution.filters_model import Filtered
from course_utils.widgets.convolution.filters_view import frames
from course_utils.widgets.convolution.filters_widget import PLACES, RECORD, filters
from course_utils.widgets.stepper import unpack

PICTURE = filters_widget.image()
PRESETS = RECORD.examples()
NAMES = [label.split(":")[0] for label in PRESETS]


def weights(values: dict) -> np.ndarray:
    kernel = [values[f"w{r}{c}"] for r in range(3) for c in range(3)]
    return np.array(kernel).reshape(3, 3)


def model(name: str) -> Filtered:
    values = next(values for label, values in PRESETS.items() if label.startswith(name))
    return Filtered(PICTURE, weights(values), values["divisor"])


def at(filtered: Filtered, place: str) -> float:
    row, column = PLACES[place]
    return filtered.output[row - 1, column - 1]


# ------------------------------------------------------------------ numbers


@pytest.mark.parametrize("name", NAMES)
def test_the_output_is_that_of_scipy_without_the_rim(name):
    filtered = model(name)
    kernel = filtered.weights / filtered.divisor
    truth = ndimage.correlate(PICTURE.astype(float), kernel)[1:-1, 1:-1]
    np.testing.assert_allclose(filtered.output, truth, atol=1e-9)


def test_the_output_is_that_of_a_layer_of_pytorch():
    kernel = np.random.default_rng(0).integers(-9, 10, (3, 3))
    layer = nn.Conv2d(1, 1, 3, bias=False, dtype=torch.float64)
    with torch.no_grad():
        layer.weight[:] = torch.from_numpy(kernel / 4)
        truth = layer(torch.from_numpy(PICTURE.astype(float))[None, None])[0, 0].numpy()
    np.testing.assert_allclose(Filtered(PICTURE, kernel, 4).output, truth, atol=1e-9)


@pytest.mark.parametrize("name", NAMES)
def test_the_products_of_a_window_add_up_to_the_output(name):
    filtered = model(name)
    for row, column in [(0, 0), (61, 61), (17, 40)]:
        total = filtered.products(row, column).sum()
        assert total / filtered.divisor == pytest.approx(filtered.output[row, column])


def test_weights_of_blurs_sharpening_and_emboss_add_up_to_one_those_of_edges_to_zero():
    totals = {name: model(name).weights.sum() / model(name).divisor for name in NAMES}
    edges = {"Sobel x", "Sobel y", "Laplacian"}
    assert {name for name, total in totals.items() if total == 0} == edges
    assert {name for name, total in totals.items() if total == 1} == set(NAMES) - edges


def test_identity_changes_nothing():
    assert (model("identity").output == PICTURE[1:-1, 1:-1]).all()


def test_sobel_y_is_sobel_x_with_rows_and_columns_exchanged():
    assert (model("Sobel y").weights == model("Sobel x").weights.T).all()


# ------------------------------------------------------------------ places


def test_the_opacity_lies_where_the_phantom_has_one():
    phantom = phantoms.chest(1, 64, seed=31)
    assert (phantom.images[0] == PICTURE).all()
    assert phantom.masks[0][PLACES["inside the opacity"]]
    row, column = PLACES["edge of the opacity"]
    around = phantom.masks[0][row - 2 : row + 3, column - 2 : column + 3]
    assert around.any()
    assert not around.all()


def test_the_opacity_is_brighter_than_the_lung():
    blurred = model("box blur")
    assert at(blurred, "inside the opacity") > at(blurred, "lung between ribs") + 40


def test_sobel_x_answers_to_upright_borders_and_sobel_y_to_level_ones():
    x, y = model("Sobel x"), model("Sobel y")
    for upright in ("heart border", "chest wall", "edge of the body"):
        assert abs(at(x, upright)) > 3 * abs(at(y, upright))
    for level in ("diaphragm", "lower edge of a rib", "edge of the opacity"):
        assert abs(at(y, level)) > 3 * abs(at(x, level))


def test_no_edge_filter_answers_strongly_where_the_image_is_flat():
    for name in ("Sobel x", "Sobel y", "Laplacian"):
        for flat in ("lung between ribs", "inside the opacity"):
            assert abs(at(model(name), flat)) < 0.2 * model(name).limit


# ------------------------------------------------------------------ pictures


def test_the_sentence_of_an_image_compares_with_the_pixel_below():
    sentence = frames(model("box blur"), PLACES)[2].sentence
    window = PICTURE[40:43, 40:43].astype(int)
    row, column = PLACES["heart border"]
    assert sentence == (
        f"Heart border: output [{row - 1}, {column - 1}] is {window.mean():.4g}, the sum of the 9"
        f" products ({window.sum()}) divided by 9. It is darker than the pixel in the middle of"
        f" the window, {window[1, 1]}."
    )


def test_the_sentence_of_an_edge_map_says_how_strong_the_answer_is():
    sobel = model("Sobel x")
    value = int(at(sobel, "heart border"))
    share = (abs(sobel.output) < abs(value)).mean()
    sentence = frames(sobel, PLACES)[2].sentence
    assert f"is {value}, ".replace("-", "−") in sentence
    assert sentence.endswith(f"{100 * share:.0f} % of all outputs are nearer to zero.")
    assert share > 0.8


def test_a_flat_answer_of_the_identity_is_neither_brighter_nor_darker():
    assert "It is as bright as the pixel" in frames(model("identity"), PLACES)[0].sentence


def test_signed_outputs_have_a_legend_around_zero_and_images_one_in_gray():
    signed = frames(model("Sobel x"), PLACES)[0].svg
    limit = f"{model('Sobel x').limit:.0f}"
    for word in (f"−{limit} or less", ">0<", f"{limit} or more"):
        assert word in signed
    gray = frames(model("sharpen"), PLACES)[0].svg
    assert "255 or more: white" in gray


def test_every_place_can_be_reached_by_a_click_in_either_image():
    svg = frames(model("box blur"), PLACES)[3].svg
    gotos = [int(goto) for goto in re.findall(r'data-goto="(\d+)"', svg)]
    assert sorted(gotos) == sorted([*range(len(PLACES))] * 2)


def test_products_stand_in_the_picture():
    sobel = model("Sobel x")
    for frame, (row, column) in zip(frames(sobel, PLACES), PLACES.values(), strict=True):
        drawn = re.findall(r'course-fill-purple".*?<text[^>]*>(.*?)</text>', frame.svg)
        values = [int(text.replace("−", "-")) for text in drawn]
        assert values == sobel.products(row - 1, column - 1).ravel().tolist()


@pytest.mark.parametrize(
    "kernel", [np.zeros((3, 3)), -np.eye(3), np.full((3, 3), 32), np.full((3, 3), -32)]
)
def test_extreme_kernels_are_drawn_with_all_their_digits(kernel):
    made = frames(Filtered(PICTURE, kernel.astype(int), 1), PLACES)
    assert len(made) == len(PLACES)
    assert not any("e+" in re.sub(r"data:image[^\"]*", "", frame.svg) for frame in made)


# ------------------------------------------------------------------ widget


def test_the_presets_are_the_classical_filters():
    blurs, edges = ["box blur", "Gaussian blur"], ["Sobel x", "Sobel y", "Laplacian"]
    assert [*blurs, "sharpen", *edges, "emboss", "identity"] == NAMES
    widget = filters()
    assert [preset["label"] for preset in widget.presets] == list(PRESETS)
    assert [len(preset["frames"]) for preset in widget.presets] == [len(PLACES)] * len(PRESETS)


def test_a_kernel_with_fractions_becomes_whole_weights_and_a_divisor():
    kernel = np.outer([1, 3, 1], [1, 2, 1]).astype(np.float32) / 20
    values = filters(kernel).presets[0]["values"]
    assert filters(kernel).presets[0]["label"] == "your kernel"
    np.testing.assert_allclose(weights(values) / values["divisor"], kernel, atol=1e-6)


def test_a_classical_kernel_keeps_its_name():
    assert filters(np.full((3, 3), 1 / 9)).presets[0]["label"].startswith("box blur")
    assert len(filters(np.full((3, 3), 1 / 9)).presets) == len(PRESETS)


@pytest.mark.parametrize(
    ("kernel", "reason"),
    [
        (np.ones((5, 5)), "3 × 3"),
        (np.full((3, 3), np.nan), "finite"),
        (np.full((3, 3), np.pi / 100), "simple fractions"),
        (np.full((3, 3), 33), r"w\[0, 0\] must be a whole number from -32 to 32; got 33"),
    ],
)
def test_an_impossible_kernel_is_refused_with_the_reason(kernel, reason):
    with pytest.raises(ValueError, match=reason):
        filters(kernel)


def test_a_reader_can_edit_one_weight():
    widget = filters()
    values = next(iter(PRESETS.values())) | {"w11": 2}
    widget.asked = {"values": values, "turn": 1}
    assert widget.answer == {"turn": 1, "refusal": ""}
    assert widget.own["values"] == values
    picture = unpack(widget.own["frames"][0], widget.own["lines"])
    kernel = re.findall(r'course-fill-orange".*?<text[^>]*>(.*?)</text>', picture)
    assert kernel == ["1"] * 4 + ["2"] + ["1"] * 4


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("w12", 40, "w[1, 2] must be a whole number from -32 to 32; got 40."),
        ("w20", 0.5, "w[2, 0] must be a whole number from -32 to 32; got 0.5."),
        ("divisor", 0, "divide the sum by must be a whole number from 1 to 999; got 0."),
        ("w00", None, "w[0, 0] must be a whole number from -32 to 32; got nothing."),
    ],
)
def test_a_setting_out_of_range_is_refused_with_the_reason(name, value, reason):
    widget = filters()
    widget.asked = {"values": next(iter(PRESETS.values())) | {name: value}, "turn": 1}
    assert widget.answer == {"turn": 1, "refusal": reason}
    assert widget.shown == 0
