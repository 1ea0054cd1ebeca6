"""The widgets of 08-saliency: sentences, presets, refusals, size, the same frames again."""

import json
import re

import numpy as np
import pytest

from course_utils.data import phantoms
from course_utils.widgets import saliency, style
from course_utils.widgets.saliency import (
    lime_widget,
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
    return [unpack(runs, widget.lines) for film in widget.films for runs in film["frames"]]


def last(module, values):
    return list(module._film(**values))[-1].sentence


# ------------------------------------------------------------------ sentences


def test_the_shares_are_named_and_add_up():
    sentence = last(shapley_widget, shapley_widget.INVENTED[shapley_widget.DUMMY])
    assert "fever +30, opacity +50, bed number 0" in sentence
    assert "add up to what all gained, +80 (efficiency)" in sentence
    assert "C never changed anything and gets 0 (dummy player)" in sentence


def test_symmetric_players_are_named():
    sentence = last(shapley_widget, shapley_widget.INVENTED["two symmetric players: two films"])
    assert "A and B bring the same everywhere and get the same (symmetry)" in sentence


def test_a_marginal_contribution_is_told_step_by_step():
    values = shapley_widget.INVENTED["three clinicians, who know partly the same"]
    sentences = [frame.sentence for frame in shapley_widget._film(**values)]
    assert len(sentences) == 20
    assert sentences[5].startswith("Order 2 of 6, A → C → B: C (student) joins A. From 60 to 65 %")
    assert sentences[3].endswith("Mean of this order: A +60, B +20, C +4.")


def test_the_players_of_shap_are_regions_and_the_marker_wins_where_it_was_learned():
    fooled, honest = (shapley_widget.examples()[label] for label in shapley_widget.ASKED)
    shares = {}
    for name, values in (("fooled", fooled), ("honest", honest)):
        worth = [values[each.lower()] for each in shapley_widget.NAMES]
        shares[name] = shapley_widget.Game(tuple(worth)).shares
    assert shares["fooled"].argmax() == 2
    assert shares["fooled"][2] > 50
    assert abs(shares["honest"][2]) < 20
    assert shares["honest"].argmax() == 1  # the half with the opacity


def test_the_frog_has_its_four_probabilities():
    values = lime_widget.PRESETS["the tree frog, worked out"]
    frames = lime_widget._film(**values)
    told = " ".join(frame.sentence for frame in frames)
    for number in ("0.54", "0.85", "0.00001", "0.52"):
        assert number in told
        assert number in frames[-1].svg
    assert "<image" not in frames[-1].svg


def test_lime_finds_the_marker():
    sentence = last(lime_widget, lime_widget.PRESETS["a healthy patient with the marker"])
    assert "it holds the marker" in sentence


def test_lime_finds_the_lesion_unless_hidden_pieces_look_like_one():
    assert "part of the true lesion" in last(lime_widget, lime_widget.PRESETS["an opacity"])
    gray = last(lime_widget, lime_widget.PRESETS["the opacity, hidden ones become gray"])
    assert "hiding hardly moved the prediction" in gray


def test_too_few_instances_are_called_so():
    sentence = last(lime_widget, lime_widget.PRESETS["the opacity, too few instances"])
    assert sentence.endswith("The instances do not even settle the weights.")


def test_hits_are_counted_against_the_true_lesion():
    values = methods_widget.PRESETS["an opacity"]
    frames = list(methods_widget._film(**values))
    model = methods_widget._explained(**values)
    hits = [method for method in maps.METHODS if model.patient.mask[model.peaks[method]]]
    assert f"for {len(hits)} of 9 methods ({', '.join(hits)})" in frames[-1].sentence
    assert frames[-1].svg.count("✓ hit") == len(hits)
    assert "hit" not in frames[0].svg


def test_a_healthy_patient_has_nothing_to_hit():
    assert "no lesion" in last(methods_widget, methods_widget.PRESETS["a healthy patient"])


def test_a_network_trained_with_markers_is_caught():
    label = "ill, with marker; a network trained with markers"
    assert "On the marker: gradient" in last(methods_widget, methods_widget.PRESETS[label])


def test_the_outline_is_a_switch_and_the_opacity_a_scale():
    frames = list(methods_widget._film(**methods_widget.PRESETS["an opacity"]))
    assert len(frames) == 10
    outlines = [frame.svg.count("course-line-vermillion") for frame in frames]
    assert outlines == [0] * 5 + [10] * 5
    found = [re.findall(r'<g opacity="([\d.]+)">', frame.svg) for frame in frames[:5]]
    assert found == [[], ["0.25"], ["0.5"], ["0.75"], ["1.0"]]


def test_with_all_layers_random_the_correlations_say_who_noticed():
    values = randomize_widget.PRESETS["from the top, one layer more each time"]
    frames = list(randomize_widget._film(**values))
    assert len(frames) == 5
    assert frames[1].sentence.startswith("Random now: fc.")
    assert frames[-1].sentence.startswith("All layers are random")
    model = randomize_widget._forgetting(**values)
    for method in model.stages[4].maps:
        assert model.noticed(method, 4) == (method not in frames[-1].sentence.partition("Last")[0])


def test_guided_backprop_notices_later_than_the_gradient():
    model = randomize_widget._forgetting(
        **randomize_widget.PRESETS["from the top, one layer more each time"]
    )
    for late in (maps.GUIDED, maps.DECONVNET):
        assert model.mean(late, 2) > model.mean(maps.GRADIENT, 2) + 0.1


def test_the_marker_flips_the_prediction_and_no_patient():
    sentences = [frame.sentence for frame in shortcut_widget._film(**{"film": 9})]
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


@pytest.mark.parametrize("name", NAMES)
def test_frames_speak_and_come_out_the_same_again(shown, name):
    again = getattr(saliency, name)()
    assert (again.lines, again.films) == (shown[name].lines, shown[name].films)
    for picture in pictures(again):
        assert re.search(r'aria-label="[^"]+[.?]"', picture)


@pytest.mark.parametrize("name", NAMES)
def test_pictures_use_known_classes_and_no_lost_numbers(shown, name):
    known = set(re.findall(rf"\.({style.PREFIX}-[\w-]+)", style.picture_css()))
    for picture in pictures(shown[name]):
        bare = re.sub(r"base64,[\w+/=]+", "", picture)
        used = set(re.findall(rf"{style.PREFIX}-[\w-]+", bare)) - {f"{style.PREFIX}-svg"}
        assert used <= known
        assert not re.search(r"\bnan\b|\binf\b", bare)


@pytest.mark.parametrize("name", NAMES)
def test_every_click_leads_to_a_frame(shown, name):
    widget = shown[name]
    for film in widget.films:
        for step, runs in enumerate(film["frames"]):
            picture = unpack(runs, widget.lines)
            assert f'data-step="{step}"' in picture
            gotos = re.findall(r'data-goto="(\d+)"', picture)
            assert all(int(goto) < len(film["frames"]) for goto in gotos)


@pytest.mark.parametrize("name", NAMES)
def test_the_frames_are_small(shown, name):
    payload = json.dumps([shown[name].lines, shown[name].films], ensure_ascii=False).encode()
    assert len(payload) < 400_000


@pytest.mark.parametrize("name", NAMES)
def test_a_still_tells_title_and_result(shown, name):
    assert shown[name].sentences.startswith(shown[name].title)
    assert shown[name].still().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("shapley", {"players": "four clinicians"}),
        ("shapley", {"worth": {"A": 101}}),
        ("shapley", {"worth": {"BA": 1}}),
        ("lime", {"picture": "a frog"}),
        ("lime", {"pieces": 3}),
        ("lime", {"samples": 61}),
        ("lime", {"width": 0.01}),
        ("lime", {"fill": "white"}),
        ("methods", {"images": np.zeros((1, 28, 28))}),
        ("methods", {"images": np.zeros((28, 28), np.uint8)}),
        ("methods", {"images": np.zeros((13, 28, 28), np.uint8)}),
        ("randomize", {"order": "from below"}),
        ("randomize", {"seed": -1}),
        ("shortcut", {"film": 200}),
    ],
)
def test_impossible_settings_are_refused(name, wrong):
    with pytest.raises(ValueError, match="must be"):
        getattr(saliency, name)(**wrong)


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("shapley", shapley_widget._values("three clinicians", -100, 100, 0, 0, 0, 50, 50, -20)),
        (
            "lime",
            lime_widget._values(
                cases.ILL_MARKED, cases.WITH, cases.GRAY, pieces=4, samples=4, width=200, seed=9
            ),
        ),
        ("methods", methods_widget._values(cases.HEALTHY_MARKED, cases.WITH, "normal")),
        ("randomize", randomize_widget._values(cases.HEALTHY, cases.WITH, seed=77)),
        ("shortcut", {"film": 0}),
    ],
)
def test_a_reader_gets_frames_of_own_settings(shown, name, own):
    widget = shown[name]
    widget.asked = {"values": own, "turn": 1}
    assert widget.answer == {"turn": 1, "refusal": ""}
    assert widget.own["values"] == own


def test_own_worths_of_coalitions_are_shown_first():
    widget = saliency.shapley(worth={"AB": 60, "ABC": 60})
    assert widget.films[0]["label"] == "your game"
    assert "A radiologist" not in widget.sentences
    assert "radiologist +30, lung doctor +30, student 0" in widget.sentences


def test_films_without_a_known_lesion_are_not_judged():
    films = phantoms.chest(2, 28, seed=5)
    widget = saliency.methods(cases.network(cases.WITHOUT), films.images)
    assert [film["label"] for film in widget.films] == ["film 1", "film 2"]
    assert "no truth known" in pictures(widget)[-1]
    assert "Nobody has drawn the lesion" in widget.sentences


def test_phantoms_bring_their_lesions():
    films = phantoms.chest(6, 28, seed=5)
    ill = films[films.labels == 1]
    widget = saliency.methods(images=ill)
    assert len(widget.films[0]["frames"]) == 10
    assert widget.settings[0]["options"][0] == "film 1"


def test_films_of_another_size_are_hidden_by_gray_only():
    widget = saliency.methods(images=phantoms.chest(1, 64, seed=5).images)
    [fill] = [setting for setting in widget.settings if setting["name"] == "fill"]
    assert tuple(fill["options"]) == (cases.GRAY,)
