"""The widgets of 08-saliency: sentences, presets, refusals, size, the same frames again."""

import re

import numpy as np
import pytest
from read_widgets import frames, last

from course_utils.data import phantoms
from course_utils.widgets import saliency
from course_utils.widgets.saliency import (
    maps,
    methods_widget,
    randomize_widget,
    shapley_widget,
    shortcut_model,
    shortcut_widget,
)
from course_utils.widgets.saliency import patients as cases
from course_utils.widgets.stepper import unpack

NAMES = ("lime", "methods", "randomize", "shapley", "shortcut")


@pytest.fixture(scope="module")
def shown():
    """Every widget as the lesson shows it; two networks are trained for them, once."""
    return {name: getattr(saliency, name)() for name in NAMES}


def pictures(widget):
    return [unpack(runs, widget.lines) for preset in widget.presets for runs in preset["frames"]]


# ------------------------------------------------------------------ sentences


def test_the_shares_are_named_and_add_up():
    sentence = last(saliency.shapley, shapley_widget.DUMMY)
    assert "fever +30, opacity +50, bed number 0" in sentence
    assert "add up to what all gained, +80 (efficiency)" in sentence
    assert "C never changed anything and gets 0 (dummy player)" in sentence


def test_symmetric_players_are_named():
    sentence = last(saliency.shapley, "two symmetric players: two films")
    assert "A and B bring the same everywhere and get the same (symmetry)" in sentence


def test_a_marginal_contribution_is_told_step_by_step():
    label = "three clinicians, who know partly the same"
    sentences = [frame.sentence for frame in frames(saliency.shapley, label)]
    assert len(sentences) == 20
    assert sentences[5].startswith("Order 2 of 6, A → C → B: C (student) joins A. From 60 to 65 %")
    assert sentences[3].endswith("Mean of this order: A +60, B +20, C +4.")


def test_the_players_of_shap_are_regions_and_the_marker_wins_where_it_was_learned():
    *_, fooled, honest = saliency.shapley.record.examples().values()
    shares = {}
    for name, values in (("fooled", fooled), ("honest", honest)):
        worth = [values[each.lower()] for each in shapley_widget.NAMES]
        shares[name] = shapley_widget.Game(tuple(worth)).shares
    assert shares["fooled"].argmax() == 2
    assert shares["fooled"][2] > 50
    assert abs(shares["honest"][2]) < 20
    assert shares["honest"].argmax() == 1  # the half with the opacity


def test_the_frog_has_its_four_probabilities():
    shown = frames(saliency.lime, "the tree frog, worked out")
    told = " ".join(frame.sentence for frame in shown)
    for number in ("0.54", "0.85", "0.00001", "0.52"):
        assert number in told
        assert number in shown[-1].svg
    assert "<image" not in shown[-1].svg


def test_lime_finds_the_marker():
    sentence = last(saliency.lime, "a healthy patient with the marker")
    assert "it holds the marker" in sentence


def test_lime_finds_the_lesion_unless_hidden_pieces_look_like_one():
    assert "part of the true lesion" in last(saliency.lime, "an opacity")
    gray = last(saliency.lime, "the opacity, hidden ones become gray")
    assert "hiding hardly moved the prediction" in gray


def test_too_few_instances_are_called_so():
    sentence = last(saliency.lime, "the opacity, too few instances")
    assert sentence.endswith("The instances do not even settle the weights.")


def test_hits_are_counted_against_the_true_lesion():
    values = methods_widget.EXAMPLES.examples()["an opacity"]
    shown = frames(methods_widget.EXAMPLES, "an opacity")
    model = methods_widget._explained(**values)
    hits = [method for method in maps.METHODS if model.patient.mask[model.peaks[method]]]
    assert f"for {len(hits)} of 9 methods ({', '.join(hits)})" in shown[-1].sentence
    assert shown[-1].svg.count("✓ hit") == len(hits)
    assert "hit" not in shown[0].svg


def test_a_healthy_patient_has_nothing_to_hit():
    assert "no lesion" in last(methods_widget.EXAMPLES, "a healthy patient")


def test_a_network_trained_with_markers_is_caught():
    label = "ill, with marker; a network trained with markers"
    assert "On the marker: gradient" in last(methods_widget.EXAMPLES, label)


def test_the_outline_is_a_switch_and_the_opacity_a_scale():
    shown = frames(methods_widget.EXAMPLES, "an opacity")
    assert len(shown) == 10
    outlines = [frame.svg.count("course-line-vermillion") for frame in shown]
    assert outlines == [0] * 5 + [10] * 5
    found = [re.findall(r'<g opacity="([\d.]+)">', frame.svg) for frame in shown[:5]]
    assert found == [[], ["0.25"], ["0.5"], ["0.75"], ["1.0"]]


def test_with_all_layers_random_the_correlations_say_who_noticed():
    shown = frames(saliency.randomize, "from the top, one layer more each time")
    assert len(shown) == 5
    assert shown[1].sentence.startswith("Random now: fc.")
    assert shown[-1].sentence.startswith("All layers are random")
    model = randomize_widget._forgetting(**saliency.randomize.record.first)
    for method in model.stages[4].maps:
        assert model.noticed(method, 4) == (method not in shown[-1].sentence.partition("Last")[0])


def test_guided_backprop_notices_later_than_the_gradient():
    model = randomize_widget._forgetting(**saliency.randomize.record.first)
    for late in (maps.GUIDED, maps.DECONVNET):
        assert model.mean(late, 2) > model.mean(maps.GRADIENT, 2) + 0.1


def test_the_marker_flips_the_prediction_and_no_patient():
    sentences = [frame.sentence for frame in saliency.shortcut.record.frames(film=9)]
    assert sentences[0].startswith("The patient is ill; there is no marker")
    assert "The prediction flips from" in sentences[1]
    assert "the ward is the confounder" in sentences[2]
    disease = shortcut_model.diseased()
    assert disease.change == 0
    assert f"{disease.present:.2f} after we put the marker on" in sentences[5]


def test_seeing_is_not_doing():
    assert shortcut_model.seen().change > 0.8
    assert shortcut_model.predicted(cases.WITH).change > 0.6
    assert abs(shortcut_model.predicted(cases.WITHOUT).change) < 0.1
    assert shortcut_model.diseased().change == 0


def test_one_map_stays_while_the_prediction_flips():
    model = shortcut_widget._model(9)
    assert model.alike(cases.WITH, maps.DECONVNET) > 0.8
    assert model.alike(cases.WITH, maps.GRADCAM) < 0.6
    assert model.verdict(cases.WITH, maps.GRADCAM, True) == "marker"


# ------------------------------------------------------------------ widgets


@pytest.mark.parametrize("shape", [(28, 28), (13, 28, 28), (1, 28, 27)])
def test_impossible_images_are_refused(shape):
    with pytest.raises(ValueError, match="images must be"):
        saliency.methods(images=np.zeros(shape, np.uint8))


def test_images_that_are_no_bytes_are_refused():
    with pytest.raises(ValueError, match="uint8"):
        saliency.methods(images=np.zeros((1, 28, 28)))


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("shapley", {"nobody": -100, "a": 100, "b": 0, "abc": -20}),
        (
            "lime",
            {"picture": cases.ILL_MARKED, "network": cases.WITH, "fill": cases.GRAY,
             "pieces": 4, "samples": 4, "width": 2, "seed": 9},
        ),
        (
            "methods",
            {"patient": cases.HEALTHY_MARKED, "network": cases.WITH, "wanted": "normal"},
        ),
        ("randomize", {"patient": cases.HEALTHY, "network": cases.WITH, "seed": 77}),
        ("shortcut", {"film": 0}),
    ],
)  # fmt: skip
def test_a_reader_gets_frames_of_own_settings(shown, name, own):
    widget = shown[name]
    own = widget.presets[0]["values"] | own
    widget.asked = {"values": own, "turn": 1}
    assert widget.answer == {"turn": 1, "refusal": ""}
    assert widget.own["values"] == own


def test_own_worths_of_coalitions_are_shown_first():
    widget = saliency.shapley(a=0, b=0, c=0, ab=60, ac=0, bc=0, abc=60)
    assert widget.presets[0]["label"] == "your game"
    assert "A radiologist" not in widget.sentences
    assert "radiologist +30, lung doctor +30, student 0" in widget.sentences


def test_films_without_a_known_lesion_are_not_judged():
    films = phantoms.chest(2, 28, seed=5)
    widget = saliency.methods(cases.network(cases.WITHOUT), films.images)
    assert [preset["label"] for preset in widget.presets] == ["film 1", "film 2"]
    assert "no truth known" in pictures(widget)[-1]
    assert "Nobody has drawn the lesion" in widget.sentences


def test_phantoms_bring_their_lesions():
    films = phantoms.chest(6, 28, seed=5)
    ill = films[films.labels == 1]
    widget = saliency.methods(images=ill)
    assert len(widget.presets[0]["frames"]) == 10
    assert widget.settings[0]["options"][0] == "film 1"


def test_films_of_another_size_are_hidden_by_gray_only():
    widget = saliency.methods(images=phantoms.chest(1, 64, seed=5).images)
    [fill] = [setting for setting in widget.settings if setting["name"] == "fill"]
    assert tuple(fill["options"]) == (cases.GRAY,)
