"""A training run: what is refused, sentences, marks, and the runs that are trained on first use."""

import json

import numpy as np
import pytest
from read_widgets import pictures, sentences

from course_utils.widgets.cnn import training
from course_utils.widgets.cnn.training_model import example, recorded

HISTORY = [
    {"epoch": 1, "train_loss": 1.0, "val_loss": 0.9, "val_accuracy": 0.5,
     "confusion": [[3, 2], [3, 2]]},
    {"epoch": 2, "train_loss": 0.5, "val_loss": 0.6, "val_accuracy": 0.8,
     "confusion": [[4, 1], [1, 4]]},
    {"epoch": 3, "train_loss": 0.1, "val_loss": 1.2, "val_accuracy": 0.7,
     "confusion": [[2, 3], [0, 5]]},
]  # fmt: skip


def changed(**values: object) -> list[dict]:
    return [HISTORY[0], {**HISTORY[1], **values}]


@pytest.fixture(scope="module")
def own():
    return training(HISTORY, ("normal", "opacity"))


def test_sentences_state_losses_accuracy_and_the_most_frequent_error(own):
    first, second, last = sentences(own)
    assert first.startswith(
        "Epoch 1 of 3: training loss 1, validation loss 0.9, accuracy 50.0\u00a0%."
        " Most frequent error: 3 of 5 images of the class “opacity” are called “normal”."
    )
    assert "training loss 0.5, validation loss 0.6, accuracy 80.0\u00a0%" in second
    assert "overfits" not in second
    assert "3 of 5 images of the class “normal” are called “opacity”" in last
    assert "lowest in epoch 2 and has risen since" in last
    assert last.endswith("the network overfits.")


def test_a_run_without_errors_says_so():
    perfect = {**HISTORY[0], "val_accuracy": 1.0, "confusion": [[5, 0], [0, 5]]}
    assert sentences(training([perfect]))[0].endswith("Every validation image is right.")


def test_rows_of_the_matrix_are_the_truth(own):
    run = recorded(HISTORY, None)
    assert run.shares(2).tolist() == [[0.4, 0.6], [0, 1]]
    assert run.worst_error(2) == (0, 1)
    assert run.names == ("class 0", "class 1")
    assert ">60\u00a0%<" in pictures(own)[2]


def test_a_class_without_images_has_no_shares():
    run = recorded([{**HISTORY[0], "confusion": [[0, 0], [1, 3]]}], None)
    assert run.shares(0).tolist() == [[0, 0], [0.25, 0.75]]


def test_the_lowest_validation_loss_is_marked_as_soon_as_it_is_past(own):
    assert ["lowest<" in svg for svg in pictures(own)] == [False, False, True]


def test_a_click_on_either_panel_leads_to_the_epoch(own):
    svg = pictures(own)[0]
    for epoch in range(3):
        assert svg.count(f'data-goto="{epoch}"') == 2


def test_arrays_and_lists_give_the_same_pictures(own):
    arrays = [{**entry, "confusion": np.array(entry["confusion"])} for entry in HISTORY]
    again = training(arrays, ["normal", "opacity"])
    assert (again.lines, again.presets) == (own.lines, own.presets)


@pytest.mark.parametrize("k", [2, 7, 12])
def test_few_and_many_classes_are_drawn(k):
    entry = {**HISTORY[0], "confusion": np.eye(k, dtype=int) + 1}
    names = [f"a rather long name {i}" for i in range(k)]
    assert len(pictures(training([entry], names))) == 1


@pytest.mark.parametrize(
    ("history", "names", "reason"),
    [
        ([], None, "at least one epoch"),
        ([{"epoch": 1}], None, r"history\[0\] lacks train_loss, val_loss, val_accuracy, confusion"),
        (changed(val_loss=float("nan")), None, "val_loss must be finite"),
        (changed(val_accuracy=80), None, "val_accuracy must be from 0 to 1"),
        (changed(epoch=1), None, "epochs must rise"),
        (changed(confusion=[[1, 2, 3]]), None, r"must be \(K, K\) counts.*\(1, 3\)"),
        (changed(confusion=[[1, -2], [0, 1]]), None, r"must be \(K, K\) counts"),
        (HISTORY, ("normal",), "class_names must be 2 names; got 1"),
    ],
)
def test_impossible_histories_are_refused_with_the_reason(history, names, reason):
    with pytest.raises(ValueError, match=reason):
        training(history, names)


def test_the_easy_task_is_learned_and_the_chest_learned_by_heart():
    easy, heart = example("modality"), example("chest")
    assert easy.accuracy[-1] > 0.9
    assert easy.accuracy[-1] > easy.accuracy[0] + 0.3
    assert heart.train_loss[-1] < 0.3
    assert heart.val_loss[-1] > 1.1 * heart.val_loss[heart.best]
    assert heart.best < len(heart.epochs) - 5


def test_accuracy_is_the_share_on_the_diagonal():
    for task in ("modality", "chest"):
        run = example(task)
        on_diagonal = np.trace(run.confusion, axis1=1, axis2=2) / run.confusion.sum(axis=(1, 2))
        np.testing.assert_allclose(run.accuracy, on_diagonal)


def test_the_default_is_trained_to_the_same_frames_each_time_and_small():
    widget = training()
    example.cache_clear()
    again = training()
    assert (again.lines, again.presets) == (widget.lines, widget.presets)
    assert len(json.dumps([widget.lines, widget.presets], ensure_ascii=False).encode()) < 200_000
    assert "overfits" in widget.sentences
