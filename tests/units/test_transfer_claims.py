"""What the text of 07-transfer says of its measurements holds for the outputs that are stored."""

import re

import nbformat
import pytest

from course_utils.repository import repository, units

UNIT = units(repository(), ["07-transfer"])[0]
BUDGETS = (10, 50, 250, 1000)
TO_THE_END = "head only, to the end"


@pytest.fixture(scope="module")
def printed() -> str:
    """Everything that the lesson's cells print."""
    cells = nbformat.read(UNIT.source, as_version=4).cells
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    return "\n".join(o.text for o in outputs if o.output_type == "stream" and o.name == "stdout")


def means(printed: str, name: str) -> dict[int, float]:
    """The means of a row of the tables, by the number of labels."""
    row = re.search(rf"^{re.escape(name)} +(\d\.\d+ ± .*)$", printed, re.MULTILINE)
    return dict(zip(BUDGETS, map(float, re.findall(r"(\d\.\d+) ±", row[1])), strict=True))


def number(printed: str, before: str) -> float:
    return float(re.search(rf"{re.escape(before)}\D*(\d+\.\d+)", printed)[1])


def test_with_ten_labels_all_are_near_chance_and_alike(printed):
    names = ("head only", "from scratch", "full fine-tuning", "layer-wise rates", TO_THE_END)
    found = [means(printed, name)[10] for name in names]
    assert 0.52 < min(found) <= max(found) < 0.68
    assert max(found) - min(found) < 0.06


def test_fifty_labels_are_better_used_by_those_who_begin_with_the_source(printed):
    scratch = means(printed, "from scratch")[50]
    for name in ("head only", "full fine-tuning", "layer-wise rates"):
        assert means(printed, name)[50] > scratch


def test_the_head_alone_is_overtaken_between_50_and_250_labels(printed):
    scratch = means(printed, "from scratch")
    for name in ("head only", TO_THE_END):
        head = means(printed, name)
        assert head[50] > scratch[50]
        assert head[250] < scratch[250]
        assert head[1000] < scratch[1000] - 0.03


def test_those_who_may_change_their_body_go_on_learning(printed):
    for name in ("full fine-tuning", "layer-wise rates"):
        found = means(printed, name)
        assert found[10] < found[50] < found[250] < found[1000]
        assert found[1000] > means(printed, TO_THE_END)[1000] + 0.06


def test_rotations_are_learned_and_about_as_good_a_source_as_six_kinds(printed):
    turned = means(printed, "rotations, films")
    kinds, random = means(printed, "six kinds, labelled"), means(printed, "random weights")
    for budget in BUDGETS[1:]:
        assert turned[budget] == pytest.approx(kinds[budget], abs=0.05)
        assert turned[budget] > random[budget]


def test_the_student_of_a_teacher_is_far_ahead_of_the_one_with_few_labels(printed):
    alone = number(printed, "  50 labels                AUC")
    taught = number(printed, "  teacher, no label        AUC")
    labelled = number(printed, "  1,000 labels             AUC")
    both = number(printed, "  teacher and 1,000 labels AUC")
    assert taught > alone + 0.04
    assert taught == pytest.approx(labelled, abs=0.05)
    assert both > labelled


def test_frozen_batch_norms_stop_the_drift(printed):
    assert "training mode: the frozen features move by" in printed
    assert "its 3 batch norms in evaluation mode: by 0 %" in printed


def test_features_by_hand_and_learned_say_much_the_same(printed):
    hand, learned = (number(printed, f"{name} features: AUC") for name in ("12", "32"))
    both = number(printed, "44 features: AUC")
    assert hand < learned < both + 0.03
    assert both - learned < 0.04
